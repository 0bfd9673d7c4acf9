/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/db.h"

#include "base/app-error.h"
#include "storage/backend.h"

#include <sqlite3.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 10000
#define APPLICATION_ID 1315007826 /* "NamR" in the file's header */

struct Db {
	sqlite3 *handle;
	GHashTable *stmts; /* const DbSql * → DbStmt *, one of each; more where one is used twice at a time */
	DbTxnState txn;
	unsigned fail_after;
};

struct DbStmt {
	Db *db;
	const DbSql *sql;
	sqlite3_stmt *handle;
	int bind_result; /* of the first bind that failed */
	bool is_cached, is_in_use;
};

static AppErrorCode
error_code(int result)
{
	switch (result & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return APP_ERROR_BUSY;
	case SQLITE_CONSTRAINT:
		return APP_ERROR_CONFLICT;
	case SQLITE_TOOBIG:
		return APP_ERROR_LIMIT;
	case SQLITE_CANTOPEN:
		return APP_ERROR_NOT_FOUND;
	default:
		return APP_ERROR_STORAGE;
	}
}

/* Folds the driver's error into ours; gives false, so that a failing step is one line. */
static bool
fail(const Db *db, int result, const char *what, GError **error)
{
	g_set_error(error, APP_ERROR, (gint)error_code(result), "%s: %s", what,
	    db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(result));
	return false;
}

static bool
is_fault_due(Db *db, GError **error)
{
	if (db->fail_after == 0 || --db->fail_after > 0)
		return false;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "a fault made by the test");
	return true;
}

static bool
exec(Db *db, const char *sql, GError **error)
{
	int result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return result == SQLITE_OK || fail(db, result, "SQL", error);
}

static bool
read_pragma(Db *db, const char *sql, int64_t *ret_value, GError **error)
{
	sqlite3_stmt *stmt = NULL;
	int result = sqlite3_prepare_v2(db->handle, sql, -1, &stmt, NULL);

	if (result == SQLITE_OK && (result = sqlite3_step(stmt)) == SQLITE_ROW) {
		*ret_value = sqlite3_column_int64(stmt, 0);
		result = SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	return result == SQLITE_OK || fail(db, result, sql, error);
}

static bool
check_is_ours(Db *db, DbMode mode, GError **error)
{
	int64_t application_id = 0, n_objects = 0;

	if (!read_pragma(db, "PRAGMA application_id", &application_id, error) ||
	    !read_pragma(db, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
		return false;
	if (mode == DB_CREATE && application_id == 0 && n_objects == 0)
		return exec(db, "PRAGMA application_id = " G_STRINGIFY(APPLICATION_ID), error);
	if (application_id == APPLICATION_ID)
		return true;
	g_set_error_literal(
	    error, APP_ERROR, APP_ERROR_STORAGE, "tệp này không phải là cơ sở dữ liệu của Năm Rõ");
	return false;
}

static bool
configure(Db *db, DbMode mode, GError **error)
{
	sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* No mmap_size: beside a writer it makes reads five times slower. */
	return check_is_ours(db, mode, error) &&
	       exec(db,
		   "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
		   "PRAGMA cache_size = -4096; PRAGMA journal_size_limit = 67108864;",
		   error) &&
	       (mode == DB_READ || exec(db, "PRAGMA journal_mode = WAL", error));
}

static void
stmt_free(gpointer data)
{
	DbStmt *stmt = data;

	sqlite3_finalize(stmt->handle);
	g_free(stmt);
}

bool
db_open(const char *location, DbMode mode, Db **ret_db, GError **error)
{
	static const int FLAGS[] = {
	    [DB_READ] = SQLITE_OPEN_READONLY,
	    [DB_WRITE] = SQLITE_OPEN_READWRITE,
	    [DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	g_autoptr(Db) db = g_new0(Db, 1);
	int result;

	db->stmts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, stmt_free);
	result = sqlite3_open_v2(location, &db->handle, FLAGS[mode] | SQLITE_OPEN_NOMUTEX, NULL);
	if (result != SQLITE_OK) {
		fail(db, result, location, error);
		return false;
	}
	if (!configure(db, mode, error)) {
		g_prefix_error(error, "%s: ", location);
		return false;
	}
	*ret_db = g_steal_pointer(&db);
	return true;
}

void
db_free(Db *db)
{
	if (db == NULL)
		return;
	/* Each of our own statements; not sqlite3_next_stmt(), which would take FTS5's too. */
	g_hash_table_unref(db->stmts);
	sqlite3_close(db->handle);
	g_free(db);
}

static bool
stmt_new(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	DbStmt *stmt;
	sqlite3_stmt *handle = NULL;
	int result =
	    sqlite3_prepare_v3(db->handle, sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

	if (result != SQLITE_OK)
		return fail(db, result, sql->name, error);
	stmt = g_new0(DbStmt, 1);
	*stmt = (DbStmt){.db = db, .sql = sql, .handle = handle};
	*ret_stmt = stmt;
	return true;
}

bool
db_prepare(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	DbStmt *stmt = g_hash_table_lookup(db->stmts, sql);
	bool is_first = stmt == NULL;

	if (is_first || stmt->is_in_use) {
		if (!stmt_new(db, sql, &stmt, error))
			return false;
		if (is_first) {
			stmt->is_cached = true;
			g_hash_table_insert(db->stmts, (gpointer)(guintptr)sql, stmt);
		}
	}
	stmt->is_in_use = true;
	*ret_stmt = stmt;
	return true;
}

void
db_stmt_reset(DbStmt *stmt)
{
	sqlite3_reset(stmt->handle);
}

void
db_stmt_release(DbStmt *stmt)
{
	if (stmt == NULL)
		return;
	if (!stmt->is_cached) {
		stmt_free(stmt);
		return;
	}
	sqlite3_reset(stmt->handle);
	sqlite3_clear_bindings(stmt->handle);
	stmt->bind_result = SQLITE_OK;
	stmt->is_in_use = false;
}

static void
note_bind(DbStmt *stmt, int result)
{
	if (stmt->bind_result == SQLITE_OK)
		stmt->bind_result = result;
}

void
db_bind_int(DbStmt *stmt, int param, int64_t value)
{
	note_bind(stmt, sqlite3_bind_int64(stmt->handle, param, value));
}

void
db_bind_text(DbStmt *stmt, int param, const char *text)
{
	note_bind(stmt, sqlite3_bind_text(stmt->handle, param, text, -1, SQLITE_TRANSIENT));
}

void
db_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len)
{
	note_bind(stmt, sqlite3_bind_blob64(stmt->handle, param, bytes, len, SQLITE_TRANSIENT));
}

void
db_bind_null(DbStmt *stmt, int param)
{
	note_bind(stmt, sqlite3_bind_null(stmt->handle, param));
}

bool
db_step(DbStmt *stmt, bool *ret_row, GError **error)
{
	int result = stmt->bind_result;

	if (is_fault_due(stmt->db, error))
		return false;
	if (result == SQLITE_OK)
		result = sqlite3_step(stmt->handle);
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return fail(stmt->db, result, stmt->sql->name, error);
	*ret_row = result == SQLITE_ROW;
	return true;
}

bool
db_run(DbStmt *stmt, GError **error)
{
	bool has_row = true;
	bool is_ok = true;

	while (is_ok && has_row)
		is_ok = db_step(stmt, &has_row, error);
	sqlite3_reset(stmt->handle);
	return is_ok;
}

int64_t
db_column_int(const DbStmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->handle, column);
}

const char *
db_column_text(const DbStmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt->handle, column);
}

const void *
db_column_bytes(const DbStmt *stmt, int column, size_t *ret_len)
{
	const void *bytes = sqlite3_column_blob(stmt->handle, column);

	*ret_len = (size_t)sqlite3_column_bytes(stmt->handle, column);
	return bytes;
}

bool
db_column_is_null(const DbStmt *stmt, int column)
{
	return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

int
db_column_count(const DbStmt *stmt)
{
	return sqlite3_column_count(stmt->handle);
}

int64_t
db_changes(const Db *db)
{
	return sqlite3_changes64(db->handle);
}

DbTxnState *
db_txn_state(Db *db)
{
	return &db->txn;
}

/* Prepared like any statement: parsing BEGIN for each page would cost as much as asking for an unchanged one.
 */
static bool
run_prepared(Db *db, const DbSql *sql, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	return db_prepare(db, sql, &stmt, error) && db_run(stmt, error);
}

bool
db_backend_begin(Db *db, DbTxnKind kind, GError **error)
{
	static const DbSql BEGIN_READ = {.name = "begin", .sqlite = "BEGIN"};
	static const DbSql BEGIN_WRITE = {.name = "begin immediate", .sqlite = "BEGIN IMMEDIATE"};

	return run_prepared(db, kind == DB_TXN_WRITE ? &BEGIN_WRITE : &BEGIN_READ, error);
}

bool
db_backend_commit(Db *db, GError **error)
{
	static const DbSql COMMIT = {.name = "commit", .sqlite = "COMMIT"};

	return run_prepared(db, &COMMIT, error);
}

void
db_backend_rollback(Db *db)
{
	static const DbSql ROLLBACK = {.name = "rollback", .sqlite = "ROLLBACK"};

	/* Some errors have rolled back already. */
	if (sqlite3_get_autocommit(db->handle) == 0)
		(void)run_prepared(db, &ROLLBACK, NULL);
}

bool
db_backend_run_script(Db *db, const char *sql, GError **error)
{
	return exec(db, sql, error);
}

bool
db_backend_has_table(Db *db, const char *table, bool *ret_has, GError **error)
{
	static const DbSql FIND_TABLE = {
	    .name = "find table", .sqlite = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"};
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &FIND_TABLE, &stmt, error))
		return false;
	db_bind_text(stmt, 1, table);
	return db_step(stmt, ret_has, error);
}

void
db_backend_fail_after(Db *db, unsigned n)
{
	db->fail_after = n;
}
