/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_rows.h"

#include <string.h>

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
	       filter->keys.from == TASK_KEY_MIN && filter->keys.to == INT32_MAX && filter->states == NULL &&
	       filter->units == NULL;
}

static bool
count_search(const PlanScope *scope, const TaskFilter *filter, const TaskStateRange *states,
    int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &TASK_SEARCH_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_KEY_FROM, filter->keys.from);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_KEY_TO, filter->keys.to);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_LIVE_FROM, states->live.from);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_LIVE_TO, states->live.to);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_ORIGINAL_FROM, states->original.from);
	db_bind_int(stmt, TASK_SEARCH_COUNT_P_ORIGINAL_TO, states->original.to);
	task_bind_units(stmt, TASK_SEARCH_COUNT_P_SCOPE_ROLE, filter->units);
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

static bool
has_keys(const TaskFilter *filter)
{
	return filter->keys.from != TASK_KEY_MIN || filter->keys.to != INT32_MAX;
}

/* The stored counts by the plan's deadline, for a filter by that alone. */
static bool
sum_by_deadline(const PlanScope *scope, const TaskFilter *filter, int64_t *ret_count, GError **error)
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
	*ret_count = 0;
	while (db_step(stmt, &row, error) && row) {
		int64_t key = db_column_int(stmt, TASK_TALLY_LIST_C_DUE_KEY);

		if (filter->annex_no != TASK_ANY_ANNEX &&
		    filter->annex_no != db_column_int(stmt, TASK_TALLY_LIST_C_ANNEX_NO))
			continue;
		if (key >= filter->keys.from && key <= filter->keys.to)
			*ret_count += db_column_int(stmt, TASK_TALLY_LIST_C_TASK_COUNT);
	}
	return !row;
}

G_STATIC_ASSERT((int)TASK_STATE_TALLY_LIST_C_TASK_COUNT == (int)TASK_STATE_COUNT_C_TASK_COUNT);

/* Gives the statement of the counts by state: the stored ones, or for what they do not tell apart the tasks
 * themselves. */
static bool
prepare_counts(const PlanScope *scope, const TaskFilter *filter, DbStmt **ret_stmt, GError **error)
{
	bool is_stored = filter->units == NULL && !has_keys(filter);
	bool has_agency = filter->agency_id != TASK_ANY_AGENCY;
	DbStmt *stmt;

	if (!db_prepare(scope->db, is_stored ? &TASK_STATE_TALLY_LIST : &TASK_STATE_COUNT, &stmt, error))
		return false;
	*ret_stmt = stmt;
	if (is_stored) {
		db_bind_int(stmt, TASK_STATE_TALLY_LIST_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, TASK_STATE_TALLY_LIST_P_PLAN_ID, scope->plan_id);
		db_bind_int(stmt, TASK_STATE_TALLY_LIST_P_ROLE, has_agency ? (int64_t)filter->role : 0);
		db_bind_int(stmt, TASK_STATE_TALLY_LIST_P_AGENCY_ID, has_agency ? filter->agency_id : 0);
		return true;
	}
	db_bind_int(stmt, TASK_STATE_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_STATE_COUNT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_STATE_COUNT_P_KEY_FROM, filter->keys.from);
	db_bind_int(stmt, TASK_STATE_COUNT_P_KEY_TO, filter->keys.to);
	task_bind_units(stmt, TASK_STATE_COUNT_P_SCOPE_ROLE, filter->units);
	if (filter->agency_id == TASK_NOBODY)
		db_bind_int(stmt, TASK_STATE_COUNT_P_LEAD_RANK, TASK_RANK_NOBODY);
	if (filter->agency_id > TASK_NOBODY)
		db_bind_int(stmt, TASK_STATE_COUNT_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, TASK_STATE_COUNT_P_ROLE, filter->role);
	return true;
}

static bool
is_in(const TaskStateRange *range, int64_t live, int64_t original)
{
	return live >= range->live.from && live <= range->live.to && original >= range->original.from &&
	       original <= range->original.to;
}

/* One row of counts: where its tasks stand, and how many there are. */
typedef void (*AddCount)(int64_t live, int64_t original, int64_t count, void *data);

/* Gives the counts of a filter without a search, row by row. */
static bool
each_count(const PlanScope *scope, const TaskFilter *filter, AddCount add, void *data, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!prepare_counts(scope, filter, &stmt, error))
		return false;
	while (db_step(stmt, &row, error) && row) {
		if (filter->annex_no != TASK_ANY_ANNEX &&
		    filter->annex_no != db_column_int(stmt, TASK_STATE_TALLY_LIST_C_ANNEX_NO))
			continue;
		add(db_column_int(stmt, TASK_STATE_TALLY_LIST_C_LIVE_KEY),
		    db_column_int(stmt, TASK_STATE_TALLY_LIST_C_LIVE_ORIGINAL),
		    db_column_int(stmt, TASK_STATE_TALLY_LIST_C_TASK_COUNT), data);
	}
	return !row;
}

typedef struct RangeCount {
	const TaskStateRange *range;
	int64_t count;
} RangeCount;

static void
add_in_range(int64_t live, int64_t original, int64_t count, void *data)
{
	RangeCount *sum = data;

	if (is_in(sum->range, live, original))
		sum->count += count;
}

typedef struct StateCounts {
	int32_t today;
	const TaskSettings *settings;
	int64_t *counts;
} StateCounts;

static void
add_by_state(int64_t live, int64_t original, int64_t count, void *data)
{
	StateCounts *sum = data;

	sum->counts[task_state_of_keys((int32_t)live, (int32_t)original, sum->today, sum->settings)] += count;
}

bool
task_count(const PlanScope *scope, const TaskFilter *filter, int64_t *ret_count, GError **error)
{
	const TaskStateRange *states = filter->states != NULL ? filter->states : &TASK_STATES_ANY;
	RangeCount sum = {states, 0};

	if (filter->expression != NULL && is_unfiltered(filter))
		return count_whole_search(scope, filter->expression, ret_count, error);
	if (filter->expression != NULL)
		return count_search(scope, filter, states, ret_count, error);
	if (filter->states == NULL && filter->units == NULL)
		return sum_by_deadline(scope, filter, ret_count, error);
	if (!each_count(scope, filter, add_in_range, &sum, error))
		return false;
	*ret_count = sum.count;
	return true;
}

bool
task_count_states(const PlanScope *scope, const TaskFilter *filter, int32_t today,
    const TaskSettings *settings, int64_t ret_counts[TASK_STATE_MAX], GError **error)
{
	StateCounts sum = {today, settings, ret_counts};

	memset(ret_counts, 0, TASK_STATE_MAX * sizeof(*ret_counts));
	if (filter->expression == NULL)
		return each_count(scope, filter, add_by_state, &sum, error);
	for (int state = 0; state < TASK_STATE_MAX; state++) {
		TaskStateRange range = task_state_range((TaskStateKind)state, today, settings);

		if (!count_search(scope, filter, &range, &ret_counts[state], error))
			return false;
	}
	return true;
}

bool
task_tally_leads(
    const PlanScope *scope, int32_t today, const TaskSettings *settings, GArray *ret_tallies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_STATE_TALLY_BY_AGENCY, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_STATE_TALLY_BY_AGENCY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_STATE_TALLY_BY_AGENCY_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_STATE_TALLY_BY_AGENCY_P_ROLE, AGENCY_ROLE_LEAD);
	while (db_step(stmt, &row, error) && row) {
		TaskTally next = {.agency_id = db_column_int(stmt, TASK_STATE_TALLY_BY_AGENCY_C_AGENCY_ID)};
		TaskStateKind state =
		    task_state_of_keys((int32_t)db_column_int(stmt, TASK_STATE_TALLY_BY_AGENCY_C_LIVE_KEY),
			(int32_t)db_column_int(stmt, TASK_STATE_TALLY_BY_AGENCY_C_LIVE_ORIGINAL), today,
			settings);
		TaskTally *tally;

		tally = ret_tallies->len > 0 ? &g_array_index(ret_tallies, TaskTally, ret_tallies->len - 1)
					     : NULL;
		if (tally == NULL || tally->agency_id != next.agency_id) {
			g_array_append_val(ret_tallies, next);
			tally = &g_array_index(ret_tallies, TaskTally, ret_tallies->len - 1);
		}
		tally->counts[state] += db_column_int(stmt, TASK_STATE_TALLY_BY_AGENCY_C_TASK_COUNT);
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
