/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* For other modules: open work that stands in the name of somebody, and handing it over. */

#define WORK_HANDOVER_PATH "/ban-giao"

/* Somebody who has open work by name. */
typedef struct WorkHolder {
	int64_t person_id;
	const char *name;
	int64_t n_open, n_late;
	bool has_post; /* today */
} WorkHolder;

/* Appends them (WorkHolder *), those without a post first. */
bool work_holders(const WorkScope *scope, GPtrArray *ret_holders, GError **error);

/* Counts the open pieces in somebody's name. */
bool work_count_held(const WorkScope *scope, int64_t person_id, int64_t *ret_count, GError **error);

/* Appends the open pieces in somebody's name (WorkRow *), soonest due first. */
bool work_held(const WorkScope *scope, int64_t person_id, int limit, GPtrArray *ret_rows, GError **error);

/* Gives pieces to somebody else, all of them or none. *ret_problem: Vietnamese, naming the piece that is
 * refused; NULL. */
bool work_hand_over(const WorkScope *scope, const int64_t *piece_ids, size_t n_pieces, int64_t to_person,
    const char *reason, const char **ret_problem, GError **error);
