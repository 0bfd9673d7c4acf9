/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "modules/plan/plan.sql.h"
#include "modules/plan/plan_redact.h"
#include "modules/plan/plan_succession.h"

static char *
object_of(int64_t change_no)
{
	return g_strdup_printf("plan-change/%" G_GINT64_FORMAT, change_no);
}

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	json_key_string(json, key, iso);
}

static char *
state_of(int64_t plan_id, const PlanChange *change)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "plan", plan_id);
	json_key_int(&json, "what", change->what);
	json_key_int(&json, "row", change->row_no);
	json_key_int(&json, "version", change->version);
	json_key_string(&json, "field", change->field.field);
	json_key_string(&json, "title", change->field.title);
	json_key_int(&json, "year", change->field.year);
	json_key_string(&json, "from", change->field.old_text);
	json_key_string(&json, "to", change->field.new_text);
	put_day(&json, "valid_from", change->from_day);
	json_key_string(&json, "document", change->doc_number);
	put_day(&json, "document_day", change->doc_day);
	json_key_int(&json, "at_us", change->at_us);
	json_key_string(&json, "by", change->name);
	json_key_string(&json, "source", change->source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

bool
plan_change_add(
    const PlanScope *scope, const LedgerActor *actor, int64_t now_us, PlanChange *change, GError **error)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *object = NULL, *state = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!plan_change_list(scope, change->what, change->row_no, arena, known, error) ||
	    !db_prepare(scope->db, &PLAN_CHANGE_INSERT, &stmt, error))
		return false;
	change->version = (int64_t)known->len + 2;
	change->at_us = now_us;
	change->name = actor->name != NULL ? actor->name : LEDGER_NOBODY;
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_WHAT, change->what);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_ROW_NO, change->row_no);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_VERSION, change->version);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_FIELD, change->field.field);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_TITLE, change->field.title);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_YEAR, change->field.year);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_OLD_TEXT, change->field.old_text);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_NEW_TEXT, change->field.new_text);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_FROM_DAY, change->from_day);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_DOC_NUMBER, change->doc_number);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_DOC_DAY, change->doc_day);
	db_bind_int(stmt, PLAN_CHANGE_INSERT_P_AT_US, change->at_us);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_NAME, change->name);
	db_bind_text(stmt, PLAN_CHANGE_INSERT_P_SOURCE, change->source);
	if (!db_step(stmt, &has_row, error))
		return false;
	change->change_no = db_column_int(stmt, PLAN_CHANGE_INSERT_C_CHANGE_NO);
	object = object_of(change->change_no);
	state = state_of(scope->plan_id, change);
	return ledger_note(scope->db, scope->commune_id, actor, now_us,
	    &(LedgerNote){LEDGER_ADD, object, NULL, state}, error);
}

bool
plan_change_list(const PlanScope *scope, PlanLineWhat what, int64_t row_no, Arena *arena,
    GPtrArray *ret_changes, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PLAN_CHANGE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_CHANGE_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_CHANGE_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_CHANGE_LIST_P_WHAT, what);
	db_bind_int(stmt, PLAN_CHANGE_LIST_P_ROW_NO, row_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		PlanChange *change = arena_new0(arena, PlanChange);

		*change = (PlanChange){.change_no = db_column_int(stmt, PLAN_CHANGE_LIST_C_CHANGE_NO),
		    .version = db_column_int(stmt, PLAN_CHANGE_LIST_C_VERSION),
		    .what = what,
		    .row_no = row_no,
		    .field = {.field = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_FIELD)),
			.title = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_TITLE)),
			.year = (int)db_column_int(stmt, PLAN_CHANGE_LIST_C_YEAR),
			.old_text = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_OLD_TEXT)),
			.new_text = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_NEW_TEXT))},
		    .from_day = (int32_t)db_column_int(stmt, PLAN_CHANGE_LIST_C_FROM_DAY),
		    .doc_number = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_DOC_NUMBER)),
		    .doc_day = (int32_t)db_column_int(stmt, PLAN_CHANGE_LIST_C_DOC_DAY),
		    .at_us = db_column_int(stmt, PLAN_CHANGE_LIST_C_AT_US),
		    .name = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_NAME)),
		    .source = arena_strdup(arena, db_column_text(stmt, PLAN_CHANGE_LIST_C_SOURCE))};
		g_ptr_array_add(ret_changes, change);
	}
	return !has_row;
}

static PlanChange
read_all(const DbStmt *stmt)
{
	return (PlanChange){.change_no = db_column_int(stmt, PLAN_CHANGE_ALL_C_CHANGE_NO),
	    .version = db_column_int(stmt, PLAN_CHANGE_ALL_C_VERSION),
	    .what = (PlanLineWhat)db_column_int(stmt, PLAN_CHANGE_ALL_C_WHAT),
	    .row_no = db_column_int(stmt, PLAN_CHANGE_ALL_C_ROW_NO),
	    .field = {.field = db_column_text(stmt, PLAN_CHANGE_ALL_C_FIELD),
		.title = db_column_text(stmt, PLAN_CHANGE_ALL_C_TITLE),
		.year = (int)db_column_int(stmt, PLAN_CHANGE_ALL_C_YEAR),
		.old_text = db_column_text(stmt, PLAN_CHANGE_ALL_C_OLD_TEXT),
		.new_text = db_column_text(stmt, PLAN_CHANGE_ALL_C_NEW_TEXT)},
	    .from_day = (int32_t)db_column_int(stmt, PLAN_CHANGE_ALL_C_FROM_DAY),
	    .doc_number = db_column_text(stmt, PLAN_CHANGE_ALL_C_DOC_NUMBER),
	    .doc_day = (int32_t)db_column_int(stmt, PLAN_CHANGE_ALL_C_DOC_DAY),
	    .at_us = db_column_int(stmt, PLAN_CHANGE_ALL_C_AT_US),
	    .name = db_column_text(stmt, PLAN_CHANGE_ALL_C_NAME),
	    .source = db_column_text(stmt, PLAN_CHANGE_ALL_C_SOURCE)};
}

bool
plan_change_walk(const AppStates *states, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(states->db, &PLAN_CHANGE_ALL, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_CHANGE_ALL_P_COMMUNE_ID, states->commune_id);
	db_bind_int(stmt, PLAN_CHANGE_ALL_P_PLAN_ID, states->plan_id);
	db_bind_int(stmt, PLAN_CHANGE_ALL_P_TASK_NO, states->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const PlanChange change = read_all(stmt);
		g_autofree char *object = object_of(change.change_no);
		g_autofree char *state = state_of(db_column_int(stmt, PLAN_CHANGE_ALL_C_PLAN_ID), &change);

		if (!app_state(states, object, state, error))
			return false;
	}
	return !has_row;
}

bool
plan_change_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	const AppStates states = app_states_to_verify(db, commune_id, report);

	return plan_change_walk(&states, error);
}
