/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_unassigned.h"

#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "storage/db_day.h"

static WorkUnassigned *
read_task(const WorkScope *scope, const DbStmt *stmt)
{
	WorkUnassigned *task = arena_new0(scope->arena, WorkUnassigned);
	Arena *arena = scope->arena;

	task->plan_id = db_column_int(stmt, WORK_UNASSIGNED_C_PLAN_ID);
	task->task_no = db_column_int(stmt, WORK_UNASSIGNED_C_TASK_NO);
	task->no = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_NO));
	task->name = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_NAME));
	task->output = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_OUTPUT));
	task->section = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_SECTION_TITLE));
	task->lead = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_LEAD));
	task->deadline_raw = arena_strdup(arena, db_column_text(stmt, WORK_UNASSIGNED_C_DEADLINE_RAW));
	task->due = db_column_day(stmt, WORK_UNASSIGNED_C_DUE_DAY);
	return task;
}

bool
work_list_unassigned(
    const WorkScope *scope, int64_t plan_id, int64_t after, int limit, GPtrArray *ret_tasks, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_UNASSIGNED, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_UNASSIGNED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_UNASSIGNED_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_UNASSIGNED_P_AFTER, after);
	db_bind_int(stmt, WORK_UNASSIGNED_P_ROW_LIMIT, limit);
	while (db_step(stmt, &has_row, error) && has_row)
		if (work_may_read(scope, db_column_int(stmt, WORK_UNASSIGNED_C_PLAN_ID)))
			g_ptr_array_add(ret_tasks, read_task(scope, stmt));
	return !has_row;
}

bool
work_count_unassigned(const WorkScope *scope, int64_t plan_id, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_UNASSIGNED_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_UNASSIGNED_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_UNASSIGNED_COUNT_P_PLAN_ID, plan_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_count = has_row ? db_column_int(stmt, WORK_UNASSIGNED_COUNT_C_N) : 0;
	return true;
}
