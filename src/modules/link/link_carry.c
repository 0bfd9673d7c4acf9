/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"
#include "storage/txn.h"

/* A plan's successor takes over what was decided about the rows that became its rows. */

/* A decision as it is stored. */
typedef struct Decided {
	int64_t task_no, indicator_no, score, person_id, at_us;
	LinkState state;
	const char *reason, *name; /* name: NULL */
} Decided;

/* 0: the row is not in the new plan. */
static int64_t
number_after(const GArray *moved, bool is_indicator, int64_t old_no)
{
	for (guint i = 0; i < moved->len; i++) {
		const LinkMoved *row = &g_array_index(moved, LinkMoved, i);

		if (row->is_indicator == is_indicator && row->old_no == old_no)
			return row->new_no;
	}
	return 0;
}

static bool
read_decided(const LinkScope *scope, int64_t plan_id, GArray *decided, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &LINK_PAIRS, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PAIRS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PAIRS_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const Decided pair = {.task_no = db_column_int(stmt, LINK_PAIRS_C_TASK_NO),
		    .indicator_no = db_column_int(stmt, LINK_PAIRS_C_INDICATOR_NO),
		    .score = db_column_int(stmt, LINK_PAIRS_C_SCORE),
		    .person_id = db_column_int(stmt, LINK_PAIRS_C_PERSON_ID),
		    .at_us = db_column_int(stmt, LINK_PAIRS_C_AT_US),
		    .state = (LinkState)CLAMP(
			db_column_int(stmt, LINK_PAIRS_C_STATE), LINK_CONFIRMED, LINK_REFUSED),
		    .reason = link_keep(scope, db_column_text(stmt, LINK_PAIRS_C_REASON)),
		    .name = link_keep(scope, db_column_text(stmt, LINK_PAIRS_C_NAME))};

		g_array_append_val(decided, pair);
	}
	return !has_row;
}

static bool
is_decided(const GArray *decided, int64_t task_no, int64_t indicator_no)
{
	for (guint i = 0; i < decided->len; i++) {
		const Decided *pair = &g_array_index(decided, Decided, i);

		if (pair->task_no == task_no && pair->indicator_no == indicator_no)
			return true;
	}
	return false;
}

/* Whoever decided it stays named. */
static bool
put_again(const LinkScope *scope, int64_t plan_id, int64_t task_no, int64_t indicator_no, const Decided *pair,
    GError **error)
{
	g_autofree char *object = link_pair_object(plan_id, task_no, indicator_no);
	g_autofree char *after = link_pair_state(pair->state, (unsigned)pair->score, pair->reason);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &LINK_PUT_PAIR, &stmt, error))
		return false;
	db_bind_int(stmt, LINK_PUT_PAIR_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, LINK_PUT_PAIR_P_PLAN_ID, plan_id);
	db_bind_int(stmt, LINK_PUT_PAIR_P_TASK_NO, task_no);
	db_bind_int(stmt, LINK_PUT_PAIR_P_INDICATOR_NO, indicator_no);
	db_bind_int(stmt, LINK_PUT_PAIR_P_STATE, pair->state);
	db_bind_int(stmt, LINK_PUT_PAIR_P_SCORE, pair->score);
	db_bind_text(stmt, LINK_PUT_PAIR_P_REASON, pair->reason);
	db_bind_int(stmt, LINK_PUT_PAIR_P_PERSON_ID, pair->person_id);
	db_bind_text(stmt, LINK_PUT_PAIR_P_NAME, pair->name);
	db_bind_int(stmt, LINK_PUT_PAIR_P_AT_US, pair->at_us);
	return db_run(stmt, error) && link_note(scope, object, after, error);
}

static bool
carry_pairs(const LinkScope *scope, int64_t from_plan_id, int64_t to_plan_id, const GArray *moved, int *n,
    GError **error)
{
	g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(Decided));
	g_autoptr(GArray) there = g_array_new(FALSE, FALSE, sizeof(Decided));

	if (!read_decided(scope, from_plan_id, before, error) ||
	    !read_decided(scope, to_plan_id, there, error))
		return false;
	for (guint i = 0; i < before->len; i++) {
		const Decided *pair = &g_array_index(before, Decided, i);
		int64_t task_no = number_after(moved, false, pair->task_no);
		int64_t indicator_no = number_after(moved, true, pair->indicator_no);

		if (task_no == 0 || indicator_no == 0 || is_decided(there, task_no, indicator_no))
			continue;
		if (!put_again(scope, to_plan_id, task_no, indicator_no, pair, error))
			return false;
		(*n)++;
	}
	return true;
}

static bool
has_match(const GArray *matches, const LinkMatch *wanted)
{
	for (guint i = 0; i < matches->len; i++) {
		const LinkMatch *match = &g_array_index(matches, LinkMatch, i);

		if (match->plan_id == wanted->plan_id && match->row_no == wanted->row_no &&
		    match->item_no == wanted->item_no)
			return true;
	}
	return false;
}

/* What our rows answer in one plan of a higher level. */
static bool
carry_matches(const LinkScope *scope, int64_t higher_id, int64_t from_plan_id, int64_t to_plan_id,
    const GArray *moved, int *n, GError **error)
{
	g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(LinkMatch));
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkHigherRow));

	if (!link_matches_read(scope, higher_id, matches, error) ||
	    !link_higher_rows_read(scope, higher_id, rows, error))
		return false;
	for (guint i = 0; i < matches->len; i++) {
		LinkMatch match = g_array_index(matches, LinkMatch, i);
		bool is_of_row = match.row_no >= 1 && match.row_no <= rows->len;

		if (match.plan_id != from_plan_id || !is_of_row)
			continue;
		if (match.item_no != 0) {
			bool is_target =
			    g_array_index(rows, LinkHigherRow, match.row_no - 1).kind == LINK_ROW_TARGET;

			match.item_no = number_after(moved, is_target, match.item_no);
			if (match.item_no == 0)
				continue;
		}
		match.plan_id = to_plan_id;
		if (has_match(matches, &match))
			continue;
		if (!link_match_decide(
			scope, higher_id, match.row_no, to_plan_id, match.item_no, match.state, error))
			return false;
		(*n)++;
	}
	return true;
}

bool
link_carry(const LinkScope *scope, int64_t from_plan_id, int64_t to_plan_id, const GArray *moved,
    int *ret_n_links, GError **error)
{
	g_autoptr(GPtrArray) highers = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !carry_pairs(scope, from_plan_id, to_plan_id, moved, ret_n_links, error) ||
	    !link_highers(scope, highers, error))
		return false;
	for (guint i = 0; i < highers->len; i++) {
		const LinkHigher *higher = g_ptr_array_index(highers, i);

		if (!higher->is_removed && !carry_matches(scope, higher->higher_id, from_plan_id, to_plan_id,
					       moved, ret_n_links, error))
			return false;
	}
	return db_txn_commit(txn, error);
}
