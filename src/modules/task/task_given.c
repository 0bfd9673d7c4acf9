/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"

/* Units that were given a task by hand. They count like those that the plan names, on the dashboard, in lists
 * and in what their people may do (docs/adr/0034-given-leads.md). */

const char *
task_lead_text(const Task *task)
{
	return *task->given_lead != '\0' ? task->given_lead : task->lead;
}

const char *
task_deadline_text(const Task *task, Arena *arena)
{
	if (*task->deadline_raw != '\0')
		return task->deadline_raw;
	if (task->progress.n_pieces == 0 || task->progress.due == DATE_NONE)
		return NULL;
	return date_text_vi(arena, task->progress.due);
}

/* Says whether somebody has the role in a task, and whether this unit has. */
static bool
look(const PlanScope *scope, int64_t task_no, AgencyRole role, int64_t agency_id, bool *ret_has_any,
    bool *ret_has_unit, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();

	*ret_has_any = *ret_has_unit = false;
	if (!task_list_agencies(scope, task_no, arena, agencies, error))
		return false;
	for (guint i = 0; i < agencies->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(agencies, i);

		if (agency->role != role)
			continue;
		*ret_has_any = true;
		*ret_has_unit = *ret_has_unit || agency->agency_id == agency_id;
	}
	return true;
}

static bool
insert(const PlanScope *scope, int64_t task_no, const TaskAgency *given, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_AGENCY_GIVE, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_AGENCY_GIVE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_AGENCY_GIVE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_AGENCY_GIVE_P_TASK_NO, task_no);
	db_bind_int(stmt, TASK_AGENCY_GIVE_P_ROLE, given->role);
	db_bind_int(stmt, TASK_AGENCY_GIVE_P_AGENCY_ID, given->agency_id);
	db_bind_text(stmt, TASK_AGENCY_GIVE_P_PRINTED, given->printed);
	return db_run(stmt, error);
}

static bool
name_lead(const PlanScope *scope, int64_t task_no, const char *name, int64_t rank, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_GIVE_LEAD, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_GIVE_LEAD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_GIVE_LEAD_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_GIVE_LEAD_P_TASK_NO, task_no);
	db_bind_text(stmt, TASK_GIVE_LEAD_P_PRINTED, name);
	db_bind_int(stmt, TASK_GIVE_LEAD_P_RANK, rank);
	return db_run(stmt, error);
}

/* Counted for the unit; no longer for nobody. */
static bool
count(const PlanScope *scope, int64_t task_no, const TaskAgency *given, bool was_nobody, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const TaskPlace nobody = {given->role, 0}, unit = {given->role, given->agency_id};
	int32_t key;
	Task task;

	if (!task_load(scope, task_no, arena, &task, error))
		return false;
	key = task_due_key(&task.deadline);
	return (!was_nobody || task_tally_count(scope, &task, &nobody, key, -1, error)) &&
	       task_tally_count(scope, &task, &unit, key, 1, error) && task_tally_drop_empty(scope, error) &&
	       task_count_given(scope, task_no, given, was_nobody, error);
}

bool
task_give(const PlanScope *scope, int64_t task_no, AgencyRole role, int64_t agency_id, const char *name,
    GError **error)
{
	g_autofree char *printed = g_strdup(name);
	const TaskAgency given = {role, agency_id, printed};
	bool has_any, has_unit;
	int64_t rank;

	if (!look(scope, task_no, role, agency_id, &has_any, &has_unit, error))
		return false;
	return has_unit || (insert(scope, task_no, &given, error) &&
			       agency_add_task(scope, agency_id, role, &rank, error) &&
			       (role != AGENCY_ROLE_LEAD || name_lead(scope, task_no, name, rank, error)) &&
			       count(scope, task_no, &given, !has_any, error));
}
