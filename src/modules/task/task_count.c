/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_rows.h"

static bool
count_whole_search(const PlanScope *scope, const char *expression, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &TASK_SEARCH_COUNT_ALL, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SEARCH_COUNT_ALL_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_ALL_P_PLAN_ID, scope->plan_id);
	db_bind_text(stmt, TASK_SEARCH_COUNT_ALL_P_EXPRESSION, expression);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_count = db_column_int(stmt, TASK_SEARCH_COUNT_ALL_C_TASK_COUNT);
	return true;
}

static bool
is_unfiltered(const TaskFilter *filter)
{
	return filter->annex_no == TASK_ANY_ANNEX && filter->agency_id == TASK_ANY_AGENCY &&
	       filter->keys.from == TASK_KEY_MIN && filter->keys.to == INT32_MAX;
}

static bool
count_search(
    const PlanScope *scope, const TaskFilter *filter, TaskKeyRange keys, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &TASK_SEARCH_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_KEY_FROM, keys.from);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_KEY_TO, keys.to);
	if (filter->annex_no != TASK_ANY_ANNEX)
		db_bind_int(stmt, TASK_SEARCH_COUNT_P_ANNEX_NO, filter->annex_no);
	if (filter->agency_id == TASK_NOBODY)
		db_bind_int(stmt, TASK_SEARCH_COUNT_P_LEAD_RANK, TASK_RANK_NOBODY);
	if (filter->agency_id > TASK_NOBODY)
		db_bind_int(stmt, TASK_SEARCH_COUNT_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_ROLE, filter->role);
	db_bind_text(stmt, TASK_SEARCH_COUNT_P_EXPRESSION, filter->expression);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_ROW_BASE, task_search_base(scope));
	if (!db_step(stmt, &row, error))
		return false;
	*ret_count = db_column_int(stmt, TASK_SEARCH_COUNT_C_TASK_COUNT);
	return true;
}

/* Sums the stored counts of a filter without a search into `n_ranges` ranges of keys. */
static bool
sum_tally(const PlanScope *scope, const TaskFilter *filter, const TaskKeyRange *ranges, size_t n_ranges,
    int64_t *ret_counts, GError **error)
{
	bool has_agency = filter->agency_id != TASK_ANY_AGENCY;
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_TALLY_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_TALLY_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_TALLY_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_TALLY_LIST_P_ROLE, has_agency ? (int64_t)filter->role : 0);
	db_bind_int(stmt, TASK_TALLY_LIST_P_AGENCY_ID, has_agency ? filter->agency_id : 0);
	for (size_t i = 0; i < n_ranges; i++)
		ret_counts[i] = 0;
	while (db_step(stmt, &row, error) && row) {
		int64_t key = db_column_int(stmt, TASK_TALLY_LIST_C_DUE_KEY);

		if (filter->annex_no != TASK_ANY_ANNEX &&
		    filter->annex_no != db_column_int(stmt, TASK_TALLY_LIST_C_ANNEX_NO))
			continue;
		for (size_t i = 0; i < n_ranges; i++)
			if (key >= ranges[i].from && key <= ranges[i].to)
				ret_counts[i] += db_column_int(stmt, TASK_TALLY_LIST_C_TASK_COUNT);
	}
	return !row;
}

bool
task_count(const PlanScope *scope, const TaskFilter *filter, int64_t *ret_count, GError **error)
{
	if (filter->expression != NULL && is_unfiltered(filter))
		return count_whole_search(scope, filter->expression, ret_count, error);
	if (filter->expression != NULL)
		return count_search(scope, filter, filter->keys, ret_count, error);
	return sum_tally(scope, filter, &filter->keys, 1, ret_count, error);
}

bool
task_count_states(const PlanScope *scope, const TaskFilter *filter, int32_t today,
    const TaskSettings *settings, int64_t ret_counts[TASK_STATE_MAX], GError **error)
{
	TaskKeyRange ranges[TASK_STATE_MAX];

	for (int state = 0; state < TASK_STATE_MAX; state++)
		ranges[state] = task_state_range((TaskStateKind)state, today, settings);
	if (filter->expression == NULL)
		return sum_tally(scope, filter, ranges, TASK_STATE_MAX, ret_counts, error);
	for (int state = 0; state < TASK_STATE_MAX; state++)
		if (!count_search(scope, filter, ranges[state], &ret_counts[state], error))
			return false;
	return true;
}

static TaskStateKind
state_of_key(int64_t key, int32_t today, const TaskSettings *settings)
{
	TaskStateKind state = 0;

	while (state + 1 < TASK_STATE_MAX) {
		TaskKeyRange range = task_state_range(state, today, settings);

		if (key >= range.from && key <= range.to)
			break;
		state++;
	}
	return state;
}

bool
task_tally_leads(
    const PlanScope *scope, int32_t today, const TaskSettings *settings, GArray *ret_tallies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_TALLY_BY_AGENCY, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_ROLE, AGENCY_ROLE_LEAD);
	while (db_step(stmt, &row, error) && row) {
		TaskTally next = {.agency_id = db_column_int(stmt, TASK_TALLY_BY_AGENCY_C_AGENCY_ID)};
		TaskStateKind state =
		    state_of_key(db_column_int(stmt, TASK_TALLY_BY_AGENCY_C_DUE_KEY), today, settings);
		TaskTally *tally;

		tally = ret_tallies->len > 0 ? &g_array_index(ret_tallies, TaskTally, ret_tallies->len - 1)
					     : NULL;
		if (tally == NULL || tally->agency_id != next.agency_id) {
			g_array_append_val(ret_tallies, next);
			tally = &g_array_index(ret_tallies, TaskTally, ret_tallies->len - 1);
		}
		tally->counts[state] += db_column_int(stmt, TASK_TALLY_BY_AGENCY_C_TASK_COUNT);
	}
	return !row;
}

bool
task_list_keys(const PlanScope *scope, GArray *ret_keys, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_TALLY_BY_AGENCY, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_TALLY_BY_AGENCY_P_ROLE, 0);
	while (db_step(stmt, &row, error) && row) {
		TaskKeyCount key = {(int32_t)db_column_int(stmt, TASK_TALLY_BY_AGENCY_C_DUE_KEY),
		    db_column_int(stmt, TASK_TALLY_BY_AGENCY_C_TASK_COUNT)};

		g_array_append_val(ret_keys, key);
	}
	return !row;
}
