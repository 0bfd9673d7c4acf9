/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* One thing done to several pieces at once: tried first, then all or only what is allowed, in one
 * transaction. */

#define WORK_BULK_MAX 200 /* pieces at once */

typedef enum {
	WORK_BULK_ASSIGN,
	WORK_BULK_TAKE,
	WORK_BULK_IDLE, /* nothing happened this month */
	WORK_BULK_EXTEND,
	WORK_BULK_ACCEPT,
	WORK_BULK_RETURN,
	WORK_BULK_MAX_KIND,
} WorkBulkKind;

extern const char *const WORK_BULK_WORDS[]; /* in forms; ended by NULL */
extern const char *const WORK_BULK_TITLES[WORK_BULK_MAX_KIND];

/* A piece that was chosen, in the version that was seen; and what comes of it. */
typedef struct WorkBulkItem {
	int64_t piece_id, version;
	WorkRow row;         /* piece_id 0: there is no such piece */
	const char *problem; /* why it is refused; NULL: it is not */
	int64_t entry_no;    /* that was written */
} WorkBulkItem;

typedef struct WorkBulk {
	WorkBulkKind kind;
	WorkEntry entry; /* the same for all */
	WorkBulkItem *items;
	size_t n_items, n_refused;
} WorkBulk;

/* Finds out for each piece whether it would be refused, and why; writes nothing. */
bool work_bulk_try(const WorkScope *scope, WorkBulk *bulk, GError **error);

/* Tries again and writes: all or, where one is refused, none (*ret_did false); skips_refused: all the others.
 */
bool work_bulk_act(const WorkScope *scope, WorkBulk *bulk, bool skips_refused, bool *ret_did, GError **error);

/* Takes back what one bulk wrote: all of it or nothing. items: piece_id and entry_no are set. *ret_problem:
 * why it is refused; NULL. */
bool work_bulk_take_back(const WorkScope *scope, const WorkBulkItem *items, size_t n_items,
    const char **ret_problem, GError **error);
