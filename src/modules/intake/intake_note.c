/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_note.h"

#include "base/json.h"
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_review.h"

static const char *
state_word(int64_t state)
{
	static const char *const WORDS[INTAKE_STATE_MAX] = {
	    "waiting", "waiting", "failed", "ready", "published", "discarded"};

	return state >= 0 && state < INTAKE_STATE_MAX ? WORDS[state] : "?";
}

static char *
draft_object(int64_t draft_id)
{
	return g_strdup_printf("draft/%" G_GINT64_FORMAT, draft_id);
}

static char *
draft_state(const DbStmt *stmt)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "file_name", db_column_text(stmt, INTAKE_NOTED_C_FILE_NAME));
	json_key_string(&json, "file_sha256", db_column_text(stmt, INTAKE_NOTED_C_FILE_SHA256));
	json_key_int(&json, "size_bytes", db_column_int(stmt, INTAKE_NOTED_C_SIZE_BYTES));
	json_key_string(&json, "state", state_word(db_column_int(stmt, INTAKE_NOTED_C_STATE)));
	json_key_string(&json, "message", db_column_text(stmt, INTAKE_NOTED_C_MESSAGE));
	json_key_int(&json, "version", db_column_int(stmt, INTAKE_NOTED_C_VERSION));
	json_key_int(&json, "plan_id", db_column_int(stmt, INTAKE_NOTED_C_PLAN_ID));
	json_key_int(&json, "edits", db_column_int(stmt, INTAKE_NOTED_C_EDIT_COUNT));
	json_key_int(&json, "counting", db_column_int(stmt, INTAKE_NOTED_C_COUNTING));
	json_key_string(&json, "last_edit", db_column_text(stmt, INTAKE_NOTED_C_LAST_EDIT));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
prepare_drafts(Db *db, int64_t commune_id, int64_t from_id, int64_t limit, DbStmt **ret_stmt, GError **error)
{
	if (!db_prepare(db, &INTAKE_NOTED, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, INTAKE_NOTED_P_COMMUNE_ID, commune_id);
	db_bind_int(*ret_stmt, INTAKE_NOTED_P_FROM_ID, from_id);
	db_bind_int(*ret_stmt, INTAKE_NOTED_P_ROW_LIMIT, limit);
	db_bind_int(*ret_stmt, INTAKE_NOTED_P_COUNTS, INTAKE_STANDING_COUNTS);
	return true;
}

bool
intake_draft_state(const IntakeScope *scope, int64_t draft_id, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_state = NULL;
	if (!prepare_drafts(scope->db, scope->commune_id, draft_id, 1, &stmt, error) ||
	    !db_step(stmt, &has_row, error))
		return false;
	if (has_row && db_column_int(stmt, INTAKE_NOTED_C_DRAFT_ID) == draft_id)
		*ret_state = draft_state(stmt);
	return true;
}

bool
intake_note_draft(
    const IntakeScope *scope, int64_t draft_id, LedgerAction action, const char *before, GError **error)
{
	g_autofree char *object = draft_object(draft_id), *state = NULL;
	LedgerNote note = {action, object, before, NULL};

	if (!intake_draft_state(scope, draft_id, &state, error))
		return false;
	note.after = state;
	return g_strcmp0(before, state) == 0 ||
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

static char *
alias_object(const char *printed)
{
	return g_strconcat("alias/", printed, NULL);
}

/* INTAKE_ALIAS_FIND has the same columns. */
static char *
alias_state(const DbStmt *stmt)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "printed", db_column_text(stmt, INTAKE_ALIAS_NOTED_C_PRINTED));
	json_key_string(&json, "name", db_column_text(stmt, INTAKE_ALIAS_NOTED_C_NAME));
	json_key_int(&json, "draft_id", db_column_int(stmt, INTAKE_ALIAS_NOTED_C_DRAFT_ID));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
intake_alias_state(const IntakeScope *scope, const char *printed, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_state = NULL;
	if (!db_prepare(scope->db, &INTAKE_ALIAS_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_ALIAS_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, INTAKE_ALIAS_FIND_P_PRINTED, printed);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		*ret_state = alias_state(stmt);
	return true;
}

bool
intake_note_alias(const IntakeScope *scope, const char *printed, const char *before, GError **error)
{
	g_autofree char *object = alias_object(printed), *state = NULL;
	LedgerNote note = {before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, NULL};

	if (!intake_alias_state(scope, printed, &state, error))
		return false;
	note.after = state;
	return g_strcmp0(before, state) == 0 ||
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

static bool
verify_drafts(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!prepare_drafts(db, commune_id, 0, G_MAXINT32, &stmt, error))
		return false;
	for (;;) {
		g_autofree char *object = NULL, *state = NULL;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		object = draft_object(db_column_int(stmt, INTAKE_NOTED_C_DRAFT_ID));
		state = draft_state(stmt);
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
}

static bool
verify_aliases(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &INTAKE_ALIAS_NOTED, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_ALIAS_NOTED_P_COMMUNE_ID, commune_id);
	for (;;) {
		g_autofree char *object = NULL, *state = NULL;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		object = alias_object(db_column_text(stmt, INTAKE_ALIAS_NOTED_C_PRINTED));
		state = alias_state(stmt);
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
}

bool
intake_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	return verify_drafts(db, commune_id, report, error) && verify_aliases(db, commune_id, report, error);
}
