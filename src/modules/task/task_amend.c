/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_amend.h"

#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_search.h"

bool
task_tally_count(
    const PlanScope *scope, const Task *task, const TaskPlace *place, int32_t due_key, int by, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_TALLY_MOVE, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_TALLY_MOVE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_ROLE, place->role);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_AGENCY_ID, place->agency_id);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_ANNEX_NO, task->annex_no);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_DUE_KEY, due_key);
	db_bind_int(stmt, TASK_TALLY_MOVE_P_BY, by);
	return db_run(stmt, error);
}

bool
task_tally_drop_empty(const PlanScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_TALLY_DROP_EMPTY, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_TALLY_DROP_EMPTY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_TALLY_DROP_EMPTY_P_PLAN_ID, scope->plan_id);
	return db_run(stmt, error);
}

/* Where task_add_all() counted it: once for the plan, once for each agency in each role, or for nobody. */
static bool
list_places(const PlanScope *scope, const Task *task, Arena *arena, GArray *ret_places, GError **error)
{
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	static const AgencyRole ROLES[] = {AGENCY_ROLE_LEAD, AGENCY_ROLE_COORDINATING};
	TaskPlace whole = {0};

	if (!task_list_agencies(scope, task->task_no, arena, agencies, error))
		return false;
	g_array_append_val(ret_places, whole);
	for (size_t r = 0; r < G_N_ELEMENTS(ROLES); r++) {
		TaskPlace place = {.role = ROLES[r]};
		guint before = ret_places->len;

		for (guint i = 0; i < agencies->len; i++) {
			const TaskAgency *agency = g_ptr_array_index(agencies, i);

			if (agency->role != ROLES[r])
				continue;
			place.agency_id = agency->agency_id;
			g_array_append_val(ret_places, place);
		}
		if (ret_places->len == before)
			g_array_append_val(ret_places, place);
	}
	return true;
}

static bool
move_counts(const PlanScope *scope, const Task *task, int32_t from, int32_t to, Arena *arena, GError **error)
{
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(TaskPlace));

	if (from == to)
		return true;
	if (!list_places(scope, task, arena, places, error))
		return false;
	for (guint i = 0; i < places->len; i++) {
		const TaskPlace *place = &g_array_index(places, TaskPlace, i);

		if (!task_tally_count(scope, task, place, from, -1, error) ||
		    !task_tally_count(scope, task, place, to, 1, error))
			return false;
	}
	return task_tally_drop_empty(scope, error);
}

static bool
set_deadline(
    const PlanScope *scope, int64_t task_no, const TaskDeadline *deadline, const char *raw, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_SET_DEADLINE, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SET_DEADLINE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SET_DEADLINE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_SET_DEADLINE_P_TASK_NO, task_no);
	db_bind_int(stmt, TASK_SET_DEADLINE_P_KIND, deadline->kind);
	db_bind_int(stmt, TASK_SET_DEADLINE_P_DUE, deadline->due);
	db_bind_int(stmt, TASK_SET_DEADLINE_P_DUE_KEY, task_due_key(deadline));
	db_bind_text(stmt, TASK_SET_DEADLINE_P_RAW, raw);
	return db_run(stmt, error);
}

bool
task_amend_deadline(const PlanScope *scope, int64_t task_no, int32_t due, const char *raw, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	TaskDeadline deadline;
	Task task;

	if (!task_load(scope, task_no, arena, &task, error))
		return false;
	deadline = task.deadline;
	deadline.kind = PLAN_DEADLINE_ONCE;
	deadline.due = due;
	return move_counts(
		   scope, &task, task_due_key(&task.deadline), task_due_key(&deadline), arena, error) &&
	       task_search_remove(scope, task_no, error) &&
	       set_deadline(scope, task_no, &deadline, raw, error) && task_search_put(scope, task_no, error);
}

static bool
set_output(const PlanScope *scope, int64_t task_no, const char *output, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_SET_OUTPUT, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_SET_OUTPUT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_SET_OUTPUT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_SET_OUTPUT_P_TASK_NO, task_no);
	db_bind_text(stmt, TASK_SET_OUTPUT_P_OUTPUT, output);
	return db_run(stmt, error);
}

bool
task_amend_output(const PlanScope *scope, int64_t task_no, const char *output, GError **error)
{
	return task_search_remove(scope, task_no, error) && set_output(scope, task_no, output, error) &&
	       task_search_put(scope, task_no, error);
}
