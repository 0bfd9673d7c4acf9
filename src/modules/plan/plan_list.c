/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_rows.h"
#include "storage/db_day.h"

static PlanInfo *
read_plan(const DbStmt *stmt, Arena *arena)
{
	PlanInfo *info = arena_new0(arena, PlanInfo);

	info->plan_id = db_column_int(stmt, PLAN_LIST_C_PLAN_ID);
	info->document_id = db_column_int(stmt, PLAN_LIST_C_DOCUMENT_ID);
	info->version = db_column_int(stmt, PLAN_LIST_C_VERSION);
	info->is_current = db_column_int(stmt, PLAN_LIST_C_IS_CURRENT) != 0;
	info->is_plan = db_column_int(stmt, PLAN_LIST_C_IS_PLAN) != 0;
	info->family = (PlanFamily)db_column_int(stmt, PLAN_LIST_C_FAMILY);
	info->number = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_NUMBER));
	info->type = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_TYPE));
	info->issuer = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_ISSUER));
	info->issued_on = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_ISSUED_ON));
	info->title = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_TITLE));
	info->signer = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_SIGNER));
	info->signer_role = arena_strdup(arena, db_column_text(stmt, PLAN_LIST_C_SIGNER_ROLE));
	info->added_us = db_column_int(stmt, PLAN_LIST_C_ADDED_AT);
	info->replaced_by = db_column_int(stmt, PLAN_LIST_C_REPLACED_BY);
	info->replaced_from = db_column_day(stmt, PLAN_LIST_C_REPLACED_FROM);
	info->counts = (PlanCounts){
	    .tasks = db_column_int(stmt, PLAN_LIST_C_TASK_COUNT),
	    .indicators = db_column_int(stmt, PLAN_LIST_C_INDICATOR_COUNT),
	    .duties = db_column_int(stmt, PLAN_LIST_C_DUTY_COUNT),
	    .errors = db_column_int(stmt, PLAN_LIST_C_ERROR_COUNT),
	    .warnings = db_column_int(stmt, PLAN_LIST_C_WARNING_COUNT),
	    .infos = db_column_int(stmt, PLAN_LIST_C_INFO_COUNT),
	};
	return info;
}

bool
plan_list(Db *db, int64_t commune_id, Arena *arena, GPtrArray *ret_plans, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &PLAN_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_LIST_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &row, error) && row)
		g_ptr_array_add(ret_plans, read_plan(stmt, arena));
	return !row;
}

bool
plan_list_annexes(const PlanScope *scope, Arena *arena, GPtrArray *ret_annexes, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_ANNEX_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_ANNEX_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_ANNEX_LIST_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		PlanAnnexInfo *annex = arena_new0(arena, PlanAnnexInfo);

		annex->annex_no = db_column_int(stmt, PLAN_ANNEX_LIST_C_ANNEX_NO);
		annex->kind = (PlanAnnexKind)db_column_int(stmt, PLAN_ANNEX_LIST_C_KIND);
		annex->label = arena_strdup(arena, db_column_text(stmt, PLAN_ANNEX_LIST_C_LABEL));
		annex->title = arena_strdup(arena, db_column_text(stmt, PLAN_ANNEX_LIST_C_TITLE));
		g_ptr_array_add(ret_annexes, annex);
	}
	return !row;
}

bool
plan_list_groups(
    const PlanScope *scope, int64_t first, int64_t last, Arena *arena, GPtrArray *ret_groups, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_GROUP_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_GROUP_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_GROUP_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_GROUP_LIST_P_FIRST, first);
	db_bind_int(stmt, PLAN_GROUP_LIST_P_LAST, last);
	while (db_step(stmt, &row, error) && row) {
		PlanGroupInfo *group = arena_new0(arena, PlanGroupInfo);

		group->group_no = db_column_int(stmt, PLAN_GROUP_LIST_C_GROUP_NO);
		group->annex_no = db_column_int(stmt, PLAN_GROUP_LIST_C_ANNEX_NO);
		group->parent_no = db_column_int(stmt, PLAN_GROUP_LIST_C_PARENT_NO);
		group->level = (int)db_column_int(stmt, PLAN_GROUP_LIST_C_LEVEL);
		group->no = arena_strdup(arena, db_column_text(stmt, PLAN_GROUP_LIST_C_NO));
		group->title = arena_strdup(arena, db_column_text(stmt, PLAN_GROUP_LIST_C_TITLE));
		g_ptr_array_add(ret_groups, group);
	}
	return !row;
}

bool
plan_list_columns(const PlanScope *scope, Arena *arena, GPtrArray *ret_columns, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_COLUMN_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_COLUMN_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_COLUMN_LIST_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		PlanColumnInfo *column = arena_new0(arena, PlanColumnInfo);

		column->annex_no = db_column_int(stmt, PLAN_COLUMN_LIST_C_ANNEX_NO);
		column->kind = (PlanColumnKind)db_column_int(stmt, PLAN_COLUMN_LIST_C_KIND);
		column->title = arena_strdup(arena, db_column_text(stmt, PLAN_COLUMN_LIST_C_TITLE));
		column->year = (int)db_column_int(stmt, PLAN_COLUMN_LIST_C_YEAR);
		g_ptr_array_add(ret_columns, column);
	}
	return !row;
}
