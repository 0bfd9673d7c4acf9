/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/json.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"

#include <string.h>

static char *
object_of(int64_t evidence_id)
{
	return g_strdup_printf("evidence/%" G_GINT64_FORMAT, evidence_id);
}

static char *
content_object(const char *sha256)
{
	return g_strconcat("evidence-file/", sha256, NULL);
}

static bool
write_links(const EvidenceScope *scope, int64_t evidence_id, JsonWriter *json, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) objects = g_ptr_array_new();

	if (!evidence_links(scope, evidence_id, arena, objects, error))
		return false;
	json_key(json, "objects");
	json_begin_array(json);
	for (guint i = 0; i < objects->len; i++) {
		const EvidenceObject *object = g_ptr_array_index(objects, i);

		json_string(json, arena_printf(arena, "%s/%s", object->kind, object->id));
	}
	json_end_array(json);
	return true;
}

static bool
state_of(const EvidenceScope *scope, const DbStmt *stmt, char **ret_state, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);
	char day[DATE_ISO_SIZE] = "";
	JsonWriter json;

	if (!db_column_is_null(stmt, EVIDENCE_NOTED_C_ISSUED_DAY))
		date_format_iso((int32_t)db_column_int(stmt, EVIDENCE_NOTED_C_ISSUED_DAY), day);
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "title", db_column_text(stmt, EVIDENCE_NOTED_C_TITLE));
	json_key_string(&json, "kind", db_column_text(stmt, EVIDENCE_NOTED_C_KIND));
	json_key_string(&json, "number", db_column_text(stmt, EVIDENCE_NOTED_C_NUMBER));
	json_key_string(&json, "issued", day);
	json_key_int(&json, "is_secret", db_column_int(stmt, EVIDENCE_NOTED_C_IS_SECRET));
	json_key_string(&json, "file_name", db_column_text(stmt, EVIDENCE_NOTED_C_FILE_NAME));
	json_key_string(&json, "file_sha256", db_column_text(stmt, EVIDENCE_NOTED_C_SHA256));
	json_key_int(&json, "person_id", db_column_int(stmt, EVIDENCE_NOTED_C_PERSON_ID));
	json_key_string(&json, "person", db_column_text(stmt, EVIDENCE_NOTED_C_PERSON));
	json_key_int(&json, "withdrawn_us", db_column_int(stmt, EVIDENCE_NOTED_C_WITHDRAWN_US));
	json_key_string(&json, "withdrawn_by", db_column_text(stmt, EVIDENCE_NOTED_C_WITHDRAWN_BY));
	json_key_string(&json, "withdrawn_why", db_column_text(stmt, EVIDENCE_NOTED_C_WITHDRAWN_WHY));
	if (!write_links(scope, db_column_int(stmt, EVIDENCE_NOTED_C_EVIDENCE_ID), &json, error))
		return false;
	json_end_object(&json);
	*ret_state = g_string_free(g_steal_pointer(&out), FALSE);
	return true;
}

static bool
prepare_rows(const EvidenceScope *scope, int64_t from_id, int64_t limit, DbStmt **ret_stmt, GError **error)
{
	if (!db_prepare(scope->db, &EVIDENCE_NOTED, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, EVIDENCE_NOTED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(*ret_stmt, EVIDENCE_NOTED_P_FROM_ID, from_id);
	db_bind_int(*ret_stmt, EVIDENCE_NOTED_P_ROW_LIMIT, limit);
	return true;
}

bool
evidence_state(const EvidenceScope *scope, int64_t evidence_id, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_state = NULL;
	if (!prepare_rows(scope, evidence_id, 1, &stmt, error) || !db_step(stmt, &has_row, error))
		return false;
	if (!has_row || db_column_int(stmt, EVIDENCE_NOTED_C_EVIDENCE_ID) != evidence_id)
		return true;
	return state_of(scope, stmt, ret_state, error);
}

bool
evidence_note(
    const EvidenceScope *scope, int64_t evidence_id, LedgerAction action, const char *before, GError **error)
{
	g_autofree char *object = object_of(evidence_id), *state = NULL;
	LedgerNote note = {action, object, before, NULL};

	if (!evidence_state(scope, evidence_id, &state, error))
		return false;
	note.after = state;
	return g_strcmp0(before, state) == 0 ||
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

/* A scan that goes on is no state: it ends, or begins anew. */
static char *
state_of_content(const DbStmt *stmt)
{
	static const char *const SCANS[EVIDENCE_SCAN_MAX] = {"unscanned", "unscanned", "clean", "suspect"};
	int64_t scan = db_column_int(stmt, EVIDENCE_CONTENT_NOTED_C_SCAN);
	bool is_known = scan >= 0 && scan < EVIDENCE_SCAN_MAX, is_found = scan == EVIDENCE_SUSPECT;
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "size_bytes", db_column_int(stmt, EVIDENCE_CONTENT_NOTED_C_SIZE_BYTES));
	json_key_string(&json, "type", db_column_text(stmt, EVIDENCE_CONTENT_NOTED_C_TYPE));
	json_key_string(&json, "scan", is_known ? SCANS[scan] : "?");
	json_key_string(
	    &json, "found", is_found ? db_column_text(stmt, EVIDENCE_CONTENT_NOTED_C_SCAN_MESSAGE) : "");
	json_key_int(&json, "wiped_us", db_column_int(stmt, EVIDENCE_CONTENT_NOTED_C_WIPED_US));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
prepare_contents(
    const EvidenceScope *scope, const char *from, int64_t limit, DbStmt **ret_stmt, GError **error)
{
	if (!db_prepare(scope->db, &EVIDENCE_CONTENT_NOTED, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, EVIDENCE_CONTENT_NOTED_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(*ret_stmt, EVIDENCE_CONTENT_NOTED_P_FROM_SHA256, from);
	db_bind_int(*ret_stmt, EVIDENCE_CONTENT_NOTED_P_ROW_LIMIT, limit);
	return true;
}

bool
evidence_content_state(const EvidenceScope *scope, const char *sha256, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_state = NULL;
	if (!prepare_contents(scope, sha256, 1, &stmt, error) || !db_step(stmt, &has_row, error))
		return false;
	if (has_row && strcmp(db_column_text(stmt, EVIDENCE_CONTENT_NOTED_C_SHA256), sha256) == 0)
		*ret_state = state_of_content(stmt);
	return true;
}

bool
evidence_note_content(
    const EvidenceScope *scope, const char *sha256, LedgerAction action, const char *before, GError **error)
{
	g_autofree char *object = content_object(sha256), *state = NULL;
	LedgerNote note = {action, object, before, NULL};

	if (!evidence_content_state(scope, sha256, &state, error))
		return false;
	note.after = state;
	return g_strcmp0(before, state) == 0 ||
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}
