/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/secret/secret_store.h"

#include "base/json.h"
#include "modules/secret/secret.sql.h"

bool
secret_store_insert(const SecretScope *scope, const SecretMark *mark, int64_t *ret_mark_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &SECRET_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, SECRET_INSERT_P_KIND, mark->kind);
	db_bind_text(stmt, SECRET_INSERT_P_OBJECT_ID, mark->id);
	db_bind_text(stmt, SECRET_INSERT_P_NUMBER, mark->number);
	db_bind_text(stmt, SECRET_INSERT_P_DATED, mark->dated);
	db_bind_int(stmt, SECRET_INSERT_P_AT_US, mark->at_us);
	db_bind_text(stmt, SECRET_INSERT_P_PERSON, mark->person);
	db_bind_int(stmt, SECRET_INSERT_P_LEDGER_ROWS, mark->ledger_rows);
	db_bind_int(stmt, SECRET_INSERT_P_FILE_COUNT, mark->file_count);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_mark_no = db_column_int(stmt, SECRET_INSERT_C_MARK_NO);
	return true;
}

static char *
state_of(const SecretMark *mark)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "kind", mark->kind);
	json_key_string(&json, "item", mark->id);
	json_key_string(&json, "number", mark->number);
	json_key_string(&json, "issued", mark->dated);
	json_key_string(&json, "by", mark->person);
	json_key_int(&json, "rows", mark->ledger_rows);
	json_key_int(&json, "files", mark->file_count);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

bool
secret_store_note(const SecretScope *scope, const SecretMark *mark, GError **error)
{
	g_autofree char *state = state_of(mark);
	const LedgerNote note = {
	    LEDGER_ADD, arena_printf(scope->arena, "secret/%" G_GINT64_FORMAT, mark->mark_no), NULL, state};

	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &note, error);
}

bool
secret_list(const SecretScope *scope, GPtrArray *ret_marks, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &SECRET_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_LIST_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		SecretMark *mark = arena_new0(scope->arena, SecretMark);

		*mark = (SecretMark){.mark_no = db_column_int(stmt, SECRET_LIST_C_MARK_NO),
		    .kind = arena_strdup(scope->arena, db_column_text(stmt, SECRET_LIST_C_KIND)),
		    .id = arena_strdup(scope->arena, db_column_text(stmt, SECRET_LIST_C_OBJECT_ID)),
		    .number = arena_strdup(scope->arena, db_column_text(stmt, SECRET_LIST_C_NUMBER)),
		    .dated = arena_strdup(scope->arena, db_column_text(stmt, SECRET_LIST_C_DATED)),
		    .person = arena_strdup(scope->arena, db_column_text(stmt, SECRET_LIST_C_PERSON)),
		    .at_us = db_column_int(stmt, SECRET_LIST_C_AT_US),
		    .ledger_rows = db_column_int(stmt, SECRET_LIST_C_LEDGER_ROWS),
		    .file_count = db_column_int(stmt, SECRET_LIST_C_FILE_COUNT),
		    .is_compact = db_column_int(stmt, SECRET_LIST_C_IS_COMPACT) != 0};
		g_ptr_array_add(ret_marks, mark);
	}
	return !has_row;
}

bool
secret_is_marked(const SecretScope *scope, const SecretObject *object, bool *ret_is, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &SECRET_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, SECRET_FIND_P_KIND, object->kind);
	db_bind_text(stmt, SECRET_FIND_P_OBJECT_ID, object->id);
	return db_step(stmt, ret_is, error);
}

G_STATIC_ASSERT((int)SECRET_FILE_INSERT_P_COMMUNE_ID == (int)SECRET_FILE_DELETE_P_COMMUNE_ID &&
		(int)SECRET_FILE_INSERT_P_SHA256 == (int)SECRET_FILE_DELETE_P_SHA256);

static bool
run_with_file(const SecretScope *scope, const DbSql *sql, const char *sha256, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_FILE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, SECRET_FILE_INSERT_P_SHA256, sha256);
	return db_run(stmt, error);
}

bool
secret_store_add_file(const SecretScope *scope, const char *sha256, GError **error)
{
	return run_with_file(scope, &SECRET_FILE_INSERT, sha256, error);
}

bool
secret_store_drop_file(const SecretScope *scope, const char *sha256, GError **error)
{
	return run_with_file(scope, &SECRET_FILE_DELETE, sha256, error);
}

bool
secret_store_files(const SecretScope *scope, GPtrArray *ret_files, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &SECRET_FILE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_FILE_LIST_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(
		    ret_files, arena_strdup(scope->arena, db_column_text(stmt, SECRET_FILE_LIST_C_SHA256)));
	return !has_row;
}

bool
secret_store_waiting(const SecretScope *scope, int64_t *ret_n, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &SECRET_COUNT_WAITING, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_COUNT_WAITING_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_n = db_column_int(stmt, SECRET_COUNT_WAITING_C_N);
	return true;
}

bool
secret_store_set_compact(const SecretScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &SECRET_SET_COMPACT, &stmt, error))
		return false;
	db_bind_int(stmt, SECRET_SET_COMPACT_P_COMMUNE_ID, scope->commune_id);
	return db_run(stmt, error);
}

bool
secret_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	const SecretScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	if (!secret_list(&scope, marks, error))
		return false;
	for (guint i = 0; i < marks->len; i++) {
		const SecretMark *mark = g_ptr_array_index(marks, i);
		g_autofree char *state = state_of(mark);

		if (!ledger_check_state(db, commune_id,
			arena_printf(arena, "secret/%" G_GINT64_FORMAT, mark->mark_no), state, report, error))
			return false;
	}
	return true;
}
