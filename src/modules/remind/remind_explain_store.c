/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/remind/remind.sql.h"
#include "modules/remind/remind_explain_internal.h"

/* Rows of requests for an explanation and of their steps. */

G_STATIC_ASSERT((int)REMIND_FIND_EXPLAIN_C_ASKER == (int)REMIND_LIST_EXPLAINS_C_ASKER);
G_STATIC_ASSERT((int)REMIND_FIND_EXPLAIN_C_VERSION == (int)REMIND_ALL_EXPLAINS_C_VERSION);

void
remind_explain_read(Arena *arena, const DbStmt *stmt, RemindExplain *ret)
{
	*ret = (RemindExplain){.explain_no = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_EXPLAIN_NO),
	    .plan_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_PLAN_ID),
	    .task_no = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_TASK_NO),
	    .piece_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_PIECE_ID),
	    .agency_id = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_AGENCY_ID),
	    .label = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_LABEL)),
	    .path = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_PATH)),
	    .asked_by = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ASKED_BY),
	    .asked_us = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ASKED_US),
	    .state = (RemindExplainState)CLAMP(
		db_column_int(stmt, REMIND_FIND_EXPLAIN_C_STATE), REMIND_ASKED, REMIND_WITHDRAWN),
	    .original_due = (int32_t)db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ORIGINAL_DUE),
	    .due = (int32_t)db_column_int(stmt, REMIND_FIND_EXPLAIN_C_DUE),
	    .answered_us = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ANSWERED_US),
	    .answered_by = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_ANSWERED_BY),
	    .version = db_column_int(stmt, REMIND_FIND_EXPLAIN_C_VERSION)};
	if (db_column_count(stmt) > REMIND_FIND_EXPLAIN_C_AGENCY) {
		ret->agency = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_AGENCY));
		ret->asker = arena_strdup(arena, db_column_text(stmt, REMIND_FIND_EXPLAIN_C_ASKER));
	}
}

/* What belongs to a plan is for who may look at the plan. */
static bool
may_read(const WorkScope *scope, const RemindExplain *explain)
{
	return scope->visitor == NULL || scope->visitor->is_open ||
	       app_access_grant(scope->visitor, APP_READ, &(AppTarget){.plan_id = explain->plan_id}) != NULL;
}

bool
remind_explain_find(const WorkScope *scope, int64_t explain_no, RemindExplain *ret_explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &REMIND_FIND_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_FIND_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_FIND_EXPLAIN_P_EXPLAIN_NO, explain_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		remind_explain_read(scope->arena, stmt, ret_explain);
	if (has_row && may_read(scope, ret_explain))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có yêu cầu giải trình số %" G_GINT64_FORMAT,
	    explain_no);
	return false;
}

bool
remind_explain_steps(const WorkScope *scope, int64_t explain_no, GPtrArray *ret_steps, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_EXPLAIN_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_P_EXPLAIN_NO, explain_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindStep *step = arena_new0(scope->arena, RemindStep);

		*step = (RemindStep){.entry_no = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_ENTRY_NO),
		    .kind = (RemindExplainKind)CLAMP(
			db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_KIND), REMIND_ASK, REMIND_WITHDRAW),
		    .at_us = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_AT_US),
		    .person_id = db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_PERSON_ID),
		    .name =
			arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_NAME)),
		    .body =
			arena_strdup(scope->arena, db_column_text(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_BODY)),
		    .due = db_column_is_null(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_DUE)
			       ? DATE_NONE
			       : (int32_t)db_column_int(stmt, REMIND_LIST_EXPLAIN_ENTRIES_C_DUE)};
		g_ptr_array_add(ret_steps, step);
	}
	return !has_row;
}

bool
remind_explain_insert(const WorkScope *scope, RemindExplain *explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &REMIND_INSERT_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_PLAN_ID, explain->plan_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_TASK_NO, explain->task_no);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_PIECE_ID, explain->piece_id);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_AGENCY_ID, explain->agency_id);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_P_LABEL, explain->label);
	db_bind_text(stmt, REMIND_INSERT_EXPLAIN_P_PATH, explain->path);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_ASKED_BY, explain->asked_by);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_ASKED_US, explain->asked_us);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_STATE, explain->state);
	db_bind_int(stmt, REMIND_INSERT_EXPLAIN_P_DUE, explain->due);
	if (!db_step(stmt, &has_row, error))
		return false;
	explain->explain_no = db_column_int(stmt, REMIND_INSERT_EXPLAIN_C_EXPLAIN_NO);
	return true;
}

bool
remind_explain_update(const WorkScope *scope, const RemindExplain *explain, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REMIND_UPDATE_EXPLAIN, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_EXPLAIN_NO, explain->explain_no);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_STATE, explain->state);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_DUE, explain->due);
	if (explain->answered_us != 0)
		db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_ANSWERED_US, explain->answered_us);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_ANSWERED_BY, explain->answered_by);
	db_bind_int(stmt, REMIND_UPDATE_EXPLAIN_P_VERSION, explain->version);
	return db_run(stmt, error);
}

bool
remind_explain_list(
    const WorkScope *scope, const RemindExplainFilter *filter, GPtrArray *ret_explains, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &REMIND_LIST_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_BEFORE, filter->before);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_STATE, filter->state);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_ASKED_BY, filter->asked_by);
	if (filter->plan_id != 0)
		db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_PLAN_ID, filter->plan_id);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_LATE_BEFORE, filter->is_late ? scope->today : 0);
	db_bind_int(stmt, REMIND_LIST_EXPLAINS_P_ROW_LIMIT, filter->limit);
	while (db_step(stmt, &has_row, error) && has_row) {
		RemindExplain *explain = arena_new0(scope->arena, RemindExplain);

		remind_explain_read(scope->arena, stmt, explain);
		if (may_read(scope, explain))
			g_ptr_array_add(ret_explains, explain);
	}
	return !has_row;
}

bool
remind_explain_count(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to,
    RemindExplainCounts *ret_counts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	*ret_counts = (RemindExplainCounts){0};
	if (!db_prepare(scope->db, &REMIND_COUNT_EXPLAINS, &stmt, error))
		return false;
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_COMMUNE_ID, scope->commune_id);
	if (plan_id != 0)
		db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_PLAN_ID, plan_id);
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_FROM_US, instant_at(from, 0));
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_UNTIL_US, instant_at(to + 1, 0));
	db_bind_int(stmt, REMIND_COUNT_EXPLAINS_P_TODAY, scope->today);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t state =
		    CLAMP(db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_STATE), REMIND_ASKED, REMIND_WITHDRAWN);

		ret_counts->n[state] += db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_N);
		ret_counts->n_late += db_column_int(stmt, REMIND_COUNT_EXPLAINS_C_N_LATE);
	}
	return !has_row;
}

static bool
fill_texts(const WorkScope *scope, RemindExplain *explain, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();

	if (!remind_explain_steps(scope, explain->explain_no, steps, error))
		return false;
	for (guint i = 0; i < steps->len; i++) {
		const RemindStep *step = g_ptr_array_index(steps, i);

		if (step->kind == REMIND_ASK)
			explain->question = step->body;
		else if (step->kind == REMIND_ANSWER)
			explain->answer = step->body;
	}
	return true;
}

bool
remind_explain_report(const WorkScope *scope, int64_t plan_id, int32_t from, int32_t to, int limit,
    GPtrArray *ret_explains, GError **error)
{
	const RemindExplainFilter filter = {.plan_id = plan_id, .before = INT64_MAX, .limit = G_MAXINT32};
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	if (!remind_explain_list(scope, &filter, all, error))
		return false;
	for (guint i = 0; i < all->len && ret_explains->len < (guint)limit; i++) {
		RemindExplain *explain = g_ptr_array_index(all, i);
		int32_t day = instant_day(explain->asked_us);

		if (day < from || day > to)
			continue;
		if (!fill_texts(scope, explain, error))
			return false;
		g_ptr_array_add(ret_explains, explain);
	}
	return true;
}
