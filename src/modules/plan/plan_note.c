/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_note.h"

#include "base/app-error.h"
#include "base/json.h"
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_succession.h"

static char *
object_of(int64_t plan_id)
{
	return g_strdup_printf("plan/%" G_GINT64_FORMAT, plan_id);
}

static char *
state_of(const DbStmt *stmt)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "identity", db_column_text(stmt, PLAN_NOTED_C_IDENTITY));
	json_key_int(&json, "version", db_column_int(stmt, PLAN_NOTED_C_VERSION));
	json_key_string(&json, "file_name", db_column_text(stmt, PLAN_NOTED_C_FILE_NAME));
	json_key_string(&json, "file_sha256", db_column_text(stmt, PLAN_NOTED_C_SHA256));
	json_key_int(&json, "tasks", db_column_int(stmt, PLAN_NOTED_C_TASK_COUNT));
	json_key_int(&json, "indicators", db_column_int(stmt, PLAN_NOTED_C_INDICATOR_COUNT));
	json_key_int(&json, "duties", db_column_int(stmt, PLAN_NOTED_C_DUTY_COUNT));
	json_key_int(&json, "errors", db_column_int(stmt, PLAN_NOTED_C_ERROR_COUNT));
	json_key_int(&json, "warnings", db_column_int(stmt, PLAN_NOTED_C_WARNING_COUNT));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
prepare(Db *db, int64_t commune_id, int64_t from_id, DbStmt **ret_stmt, GError **error)
{
	if (!db_prepare(db, &PLAN_NOTED, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, PLAN_NOTED_P_COMMUNE_ID, commune_id);
	db_bind_int(*ret_stmt, PLAN_NOTED_P_FROM_ID, from_id);
	return true;
}

static bool
note(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, LedgerAction action, GError **error)
{
	g_autofree char *object = object_of(scope->plan_id), *state = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!prepare(scope->db, scope->commune_id, scope->plan_id, &stmt, error) ||
	    !db_step(stmt, &has_row, error))
		return false;
	g_return_val_if_fail(has_row, false);
	state = state_of(stmt);
	return ledger_note(
	    scope->db, scope->commune_id, actor, now_us, &(LedgerNote){action, object, NULL, state}, error);
}

bool
plan_note_added(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, GError **error)
{
	return note(scope, actor, now_us, LEDGER_ADD, error);
}

bool
plan_note_redacted(const PlanScope *scope, const LedgerActor *actor, int64_t now_us, GError **error)
{
	return note(scope, actor, now_us, LEDGER_REMOVE, error);
}

bool
plan_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!prepare(db, commune_id, 0, &stmt, error))
		return false;
	for (;;) {
		g_autofree char *object = NULL, *state = NULL;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return plan_succession_verify(db, commune_id, report, error);
		object = object_of(db_column_int(stmt, PLAN_NOTED_C_PLAN_ID));
		state = state_of(stmt);
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
}
