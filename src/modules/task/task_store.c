/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_rows.h"
#include "storage/db_day.h"

/* The statements of a page declare what they share in the same order, and give the same columns. */
G_STATIC_ASSERT((int)TASK_PAGE_P_ROW_LIMIT == (int)TASK_PAGE_BY_DUE_P_ROW_LIMIT);
G_STATIC_ASSERT((int)TASK_PAGE_P_ROW_LIMIT == (int)TASK_PAGE_OF_AGENCY_P_ROW_LIMIT);
G_STATIC_ASSERT((int)TASK_PAGE_P_ROW_LIMIT == (int)TASK_PAGE_OF_SEARCH_P_ROW_LIMIT);
G_STATIC_ASSERT((int)TASK_PAGE_P_ROW_LIMIT == (int)TASK_PAGE_BY_STATE_P_ROW_LIMIT);
G_STATIC_ASSERT((int)TASK_PAGE_C_DONE_COUNT == (int)TASK_PAGE_OF_SEARCH_C_DONE_COUNT);
G_STATIC_ASSERT((int)TASK_PAGE_C_DONE_COUNT == (int)TASK_PAGE_OF_AGENCY_SORTED_C_DONE_COUNT);
G_STATIC_ASSERT(
    TASK_PAGE_C_DONE_COUNT - TASK_PAGE_C_WORK_STAGE == TASK_FIND_C_DONE_COUNT - TASK_FIND_C_WORK_STAGE);

typedef enum { FROM_PLAN, FROM_AGENCY, FROM_SEARCH } Source;

static Source
source_of(const TaskFilter *filter)
{
	if (filter->expression != NULL)
		return FROM_SEARCH;
	return filter->agency_id > TASK_NOBODY ? FROM_AGENCY : FROM_PLAN;
}

/* Going back through an ascending list reads it as going on through the descending one does. */
static bool
is_reversed(const TaskPage *page)
{
	return page->is_back != page->is_descending;
}

const TaskStateRange TASK_STATES_ANY = {{TASK_KEY_MIN, INT32_MAX}, {TASK_KEY_MIN, INT32_MAX}};

/* Every statement that is held to units declares the role and four of them, one behind the other. */
void
task_bind_units(DbStmt *stmt, int role_param, const TaskUnits *units)
{
	if (units == NULL)
		return;
	db_bind_int(stmt, role_param, units->role);
	for (size_t i = 0; i < TASK_UNITS_MAX; i++)
		db_bind_int(stmt, role_param + 1 + (int)i, i < units->n ? units->agency_ids[i] : -1);
}

TaskProgress
task_read_progress(const DbStmt *stmt, int first)
{
	int to = first - TASK_PAGE_C_WORK_STAGE;
	TaskStage stage = (TaskStage)db_column_int(stmt, first);

	return (TaskProgress){
	    .stage = stage,
	    .percent = (int)db_column_int(stmt, to + TASK_PAGE_C_WORK_PERCENT),
	    .due = db_column_day(stmt, to + TASK_PAGE_C_WORK_DUE),
	    .original_due = (int32_t)db_column_int(stmt, to + TASK_PAGE_C_LIVE_ORIGINAL),
	    .late_days = (int)db_column_int(stmt, to + TASK_PAGE_C_WORK_LATE),
	    .n_pieces = (int)db_column_int(stmt, to + TASK_PAGE_C_PIECE_COUNT),
	    .n_done = (int)db_column_int(stmt, to + TASK_PAGE_C_DONE_COUNT),
	};
}

static const DbSql *
choose_statement(Source source, const TaskPage *page)
{
	static const DbSql *const OF_PLAN[][2] = {
	    [TASK_ORDER_PLAN] = {&TASK_PAGE, &TASK_PAGE_BACK},
	    [TASK_ORDER_DUE] = {&TASK_PAGE_BY_DUE, &TASK_PAGE_BY_DUE_BACK},
	    [TASK_ORDER_LEAD] = {&TASK_PAGE_BY_LEAD, &TASK_PAGE_BY_LEAD_BACK},
	    [TASK_ORDER_STATE] = {&TASK_PAGE_BY_STATE, &TASK_PAGE_BY_STATE_BACK},
	};

	if (source == FROM_PLAN)
		return OF_PLAN[page->order][is_reversed(page)];
	if (source == FROM_AGENCY && page->order == TASK_ORDER_PLAN)
		return is_reversed(page) ? &TASK_PAGE_OF_AGENCY_BACK : &TASK_PAGE_OF_AGENCY;
	if (source == FROM_AGENCY)
		return &TASK_PAGE_OF_AGENCY_SORTED;
	if (page->order == TASK_ORDER_PLAN)
		return is_reversed(page) ? &TASK_PAGE_OF_SEARCH_BACK : &TASK_PAGE_OF_SEARCH;
	return &TASK_PAGE_OF_SEARCH_SORTED;
}

/* Where a page begins in the order of its list. */
static bool
find_key(const PlanScope *scope, const TaskPage *page, int64_t *ret_after, int64_t *ret_key, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = false;

	*ret_after = page->after;
	if (page->after > 0 && page->order != TASK_ORDER_PLAN) {
		if (!db_prepare(scope->db, &TASK_KEY, &stmt, error))
			return false;
		db_bind_int(stmt, TASK_KEY_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, TASK_KEY_P_PLAN_ID, scope->plan_id);
		db_bind_int(stmt, TASK_KEY_P_TASK_NO, page->after);
		if (!db_step(stmt, &row, error))
			return false;
	}
	if (row) {
		static const int COLUMNS[] = {[TASK_ORDER_DUE] = TASK_KEY_C_DUE_KEY,
		    [TASK_ORDER_LEAD] = TASK_KEY_C_LEAD_RANK,
		    [TASK_ORDER_STATE] = TASK_KEY_C_LIVE_KEY};

		*ret_key = db_column_int(stmt, COLUMNS[page->order]);
	} else if (is_reversed(page) && page->after == 0) {
		*ret_after = TASK_SEARCH_ROWS - 1;
		*ret_key = INT32_MAX;
	} else {
		*ret_key = INT32_MIN;
	}
	return true;
}

static void
bind_order(DbStmt *stmt, Source source, const TaskPage *page, int64_t key)
{
	if (source == FROM_PLAN && page->order != TASK_ORDER_PLAN) {
		db_bind_int(stmt, TASK_PAGE_BY_DUE_P_AFTER_KEY, key);
	} else if (source == FROM_AGENCY && page->order != TASK_ORDER_PLAN) {
		db_bind_int(stmt, TASK_PAGE_OF_AGENCY_SORTED_P_AFTER_KEY, key);
		db_bind_int(stmt, TASK_PAGE_OF_AGENCY_SORTED_P_ORDER_BY, page->order);
		db_bind_int(stmt, TASK_PAGE_OF_AGENCY_SORTED_P_DIRECTION, is_reversed(page) ? -1 : 1);
	} else if (source == FROM_SEARCH && page->order != TASK_ORDER_PLAN) {
		db_bind_int(stmt, TASK_PAGE_OF_SEARCH_SORTED_P_AFTER_KEY, key);
		db_bind_int(stmt, TASK_PAGE_OF_SEARCH_SORTED_P_ORDER_BY, page->order);
		db_bind_int(stmt, TASK_PAGE_OF_SEARCH_SORTED_P_DIRECTION, is_reversed(page) ? -1 : 1);
	}
}

static void
bind_filter(DbStmt *stmt, const PlanScope *scope, Source source, const TaskFilter *filter)
{
	const TaskStateRange *states = filter->states != NULL ? filter->states : &TASK_STATES_ANY;

	db_bind_int(stmt, TASK_PAGE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_PAGE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_PAGE_P_KEY_FROM, filter->keys.from);
	db_bind_int(stmt, TASK_PAGE_P_KEY_TO, filter->keys.to);
	db_bind_int(stmt, TASK_PAGE_P_LIVE_FROM, states->live.from);
	db_bind_int(stmt, TASK_PAGE_P_LIVE_TO, states->live.to);
	db_bind_int(stmt, TASK_PAGE_P_ORIGINAL_FROM, states->original.from);
	db_bind_int(stmt, TASK_PAGE_P_ORIGINAL_TO, states->original.to);
	task_bind_units(stmt, TASK_PAGE_P_SCOPE_ROLE, filter->units);
	if (filter->annex_no != TASK_ANY_ANNEX)
		db_bind_int(stmt, TASK_PAGE_P_ANNEX_NO, filter->annex_no);
	if (filter->agency_id == TASK_NOBODY)
		db_bind_int(stmt, TASK_PAGE_P_LEAD_RANK, TASK_RANK_NOBODY);
	if (source == FROM_AGENCY) {
		db_bind_int(stmt, TASK_PAGE_OF_AGENCY_P_AGENCY_ID, filter->agency_id);
		db_bind_int(stmt, TASK_PAGE_OF_AGENCY_P_ROLE, filter->role);
	} else if (source == FROM_SEARCH) {
		if (filter->agency_id > TASK_NOBODY)
			db_bind_int(stmt, TASK_PAGE_OF_SEARCH_P_AGENCY_ID, filter->agency_id);
		db_bind_int(stmt, TASK_PAGE_OF_SEARCH_P_ROLE, filter->role);
		db_bind_text(stmt, TASK_PAGE_OF_SEARCH_P_EXPRESSION, filter->expression);
		db_bind_int(stmt, TASK_PAGE_OF_SEARCH_P_ROW_BASE, task_search_base(scope));
	}
}

static Task *
read_row(const DbStmt *stmt, Arena *arena)
{
	Task *task = arena_new0(arena, Task);

	task->task_no = db_column_int(stmt, TASK_PAGE_C_TASK_NO);
	task->no = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_NO));
	task->name = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_NAME));
	task->output = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_OUTPUT));
	task->lead = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_LEAD));
	task->given_lead = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_GIVEN_LEAD));
	task->coordinating = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_COORDINATING));
	task->annex_no = db_column_int(stmt, TASK_PAGE_C_ANNEX_NO);
	task->group_no = db_column_int(stmt, TASK_PAGE_C_GROUP_NO);
	task->section_title = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_SECTION_TITLE));
	task->deadline.kind = (PlanDeadlineKind)db_column_int(stmt, TASK_PAGE_C_DEADLINE_KIND);
	task->deadline.due = db_column_day(stmt, TASK_PAGE_C_DUE_DAY);
	task->deadline.start = db_column_day(stmt, TASK_PAGE_C_START_DAY);
	task->deadline.period = (PlanPeriod)db_column_int(stmt, TASK_PAGE_C_PERIOD);
	task->deadline_raw = arena_strdup(arena, db_column_text(stmt, TASK_PAGE_C_DEADLINE_RAW));
	task->confidence = (int)db_column_int(stmt, TASK_PAGE_C_CONFIDENCE);
	task->progress = task_read_progress(stmt, TASK_PAGE_C_WORK_STAGE);
	return task;
}

static void
reverse(GPtrArray *items, guint first)
{
	for (guint i = first, j = items->len; i + 1 < j; i++, j--) {
		gpointer item = items->pdata[i];

		items->pdata[i] = items->pdata[j - 1];
		items->pdata[j - 1] = item;
	}
}

bool
task_list(const PlanScope *scope, const TaskFilter *filter, const TaskPage *page, Arena *arena,
    GPtrArray *ret_tasks, bool *ret_has_more, GError **error)
{
	Source source = source_of(filter);
	g_autoptr(DbStmt) stmt = NULL;
	guint first = ret_tasks->len;
	int64_t after, key;
	bool row = true;

	if (!find_key(scope, page, &after, &key, error) ||
	    !db_prepare(scope->db, choose_statement(source, page), &stmt, error))
		return false;
	bind_filter(stmt, scope, source, filter);
	bind_order(stmt, source, page, key);
	db_bind_int(stmt, TASK_PAGE_P_AFTER, after);
	db_bind_int(stmt, TASK_PAGE_P_ROW_LIMIT, (int64_t)page->limit + 1);
	while (db_step(stmt, &row, error) && row)
		g_ptr_array_add(ret_tasks, read_row(stmt, arena));
	if (row)
		return false;
	*ret_has_more = ret_tasks->len - first > (guint)page->limit;
	if (*ret_has_more)
		g_ptr_array_set_size(ret_tasks, (gint)first + page->limit);
	if (page->is_back)
		reverse(ret_tasks, first);
	return true;
}

bool
task_load(const PlanScope *scope, int64_t task_no, Arena *arena, Task *ret_task, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &TASK_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_FIND_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_FIND_P_TASK_NO, task_no);
	if (!db_step(stmt, &row, error))
		return false;
	if (!row) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "no task %" G_GINT64_FORMAT, task_no);
		return false;
	}
	*ret_task = (Task){
	    .task_no = task_no,
	    .item = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_ITEM)),
	    .no = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_NO)),
	    .name = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_NAME)),
	    .output = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_OUTPUT)),
	    .lead = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_LEAD)),
	    .given_lead = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_GIVEN_LEAD)),
	    .coordinating = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_COORDINATING)),
	    .annex_no = db_column_int(stmt, TASK_FIND_C_ANNEX_NO),
	    .group_no = db_column_int(stmt, TASK_FIND_C_GROUP_NO),
	    .section_title = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_SECTION_TITLE)),
	    .condition = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_CONDITION)),
	    .deadline_raw = arena_strdup(arena, db_column_text(stmt, TASK_FIND_C_DEADLINE_RAW)),
	    .deadline = {(PlanDeadlineKind)db_column_int(stmt, TASK_FIND_C_DEADLINE_KIND),
		db_column_day(stmt, TASK_FIND_C_DUE_DAY), db_column_day(stmt, TASK_FIND_C_START_DAY),
		(PlanPeriod)db_column_int(stmt, TASK_FIND_C_PERIOD)},
	    .confidence = (int)db_column_int(stmt, TASK_FIND_C_CONFIDENCE),
	    .lead_count = (int)db_column_int(stmt, TASK_FIND_C_LEAD_COUNT),
	    .progress = task_read_progress(stmt, TASK_FIND_C_WORK_STAGE),
	};
	return true;
}

bool
task_list_agencies(
    const PlanScope *scope, int64_t task_no, Arena *arena, GPtrArray *ret_agencies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_AGENCY_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_AGENCY_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_AGENCY_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_AGENCY_LIST_P_TASK_NO, task_no);
	while (db_step(stmt, &row, error) && row) {
		TaskAgency *agency = arena_new0(arena, TaskAgency);

		agency->role = (AgencyRole)db_column_int(stmt, TASK_AGENCY_LIST_C_ROLE);
		agency->agency_id = db_column_int(stmt, TASK_AGENCY_LIST_C_AGENCY_ID);
		agency->printed = arena_strdup(arena, db_column_text(stmt, TASK_AGENCY_LIST_C_PRINTED));
		g_ptr_array_add(ret_agencies, agency);
	}
	return !row;
}
