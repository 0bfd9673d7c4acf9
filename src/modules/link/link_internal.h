/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/redact_states.h"
#include "base/json.h"
#include "modules/link/link.h"

/* What the module's own files share. */

/* Reads tasks or indicators of a plan with their headings. */
bool
link_tasks_read(const LinkScope *scope, int64_t plan_id, LinkItem **ret_items, size_t *ret_n, GError **error);
bool link_indicators_read(
    const LinkScope *scope, int64_t plan_id, LinkItem **ret_items, size_t *ret_n, GError **error);

/* The item of a number; NULL. */
const LinkItem *link_item(const LinkItem *items, size_t n, int64_t item_no);

/* Fails with APP_ERROR_NOT_FOUND where a plan has no such task or indicator; 0: is not asked for. */
bool link_check_items(
    const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, GError **error);

/* Notes a change: from the state that was noted last to `after` (NULL: it is no more), inside the caller's
 * transaction. */
bool link_note(const LinkScope *scope, const char *object, const char *after, GError **error);

/* What somebody decided about a task and an indicator. */
typedef struct LinkDecided {
	int64_t task_no, indicator_no;
	LinkState state;
	unsigned score;
	const char *reason, *name; /* name: who decided; NULL */
} LinkDecided;

/* Appends (LinkDecided) what was decided about rows of a plan. */
bool link_decided_read(const LinkScope *scope, int64_t plan_id, GArray *ret_decided, GError **error);

/* Walks of link_verify() and link_redact(). */
bool link_walk_pairs(const AppStates *states, GError **error);
bool link_walk_documents(const AppStates *states, GError **error);
bool link_walk_highers(const AppStates *states, GError **error);
bool link_verify_matches(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Who answers a row of a higher plan. */
typedef struct LinkMatch {
	int64_t higher_id, row_no, plan_id, item_no;
	LinkState state;
	const char *name; /* who decided; NULL */
} LinkMatch;

/* Appends (LinkMatch) the matches of a higher plan; 0: of all. */
bool link_matches_read(const LinkScope *scope, int64_t higher_id, GArray *ret_matches, GError **error);
char *link_match_object(const LinkMatch *match);
char *link_match_state(LinkState state);

/* Appends the rows of a higher plan (LinkHigherRow). */
bool link_higher_rows_read(const LinkScope *scope, int64_t higher_id, GArray *ret_rows, GError **error);

/* Write a higher plan and its row of the ledger, inside the caller's transaction; the first gives it its
 * number and writes its rows (LinkHigherRow) too. */
bool link_higher_insert(const LinkScope *scope, LinkHigher *higher, const GArray *rows, GError **error);
bool link_higher_update(const LinkScope *scope, const LinkHigher *higher, const GArray *rows, GError **error);

/* "a" → "a" in the arena; NULL → NULL. */
const char *link_keep(const LinkScope *scope, const char *text);
