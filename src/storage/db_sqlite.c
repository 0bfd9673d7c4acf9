/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/backend.h"

#include "base/app-error.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 10000
#define COPY_PAGES 1024
#define CACHE "PRAGMA cache_size = -4096"     /* KB */
#define SCAN_CACHE "PRAGMA cache_size = -512" /* a page that is read once costs a new page of memory */
#define AUTOCHECKPOINT_PAGES 1000             /* SQLite's own default */
#define LOG_PAGES_MAX 8192                    /* 32 MB */
#define APPLICATION_ID 1315007826             /* "NamR" in the file's header */

typedef struct SqliteDb {
	Db base;
	sqlite3 *handle;
} SqliteDb;

typedef struct SqliteStmt {
	DbStmt base;
	sqlite3_stmt *handle;
	int bind_result; /* of the first bind that failed */
} SqliteStmt;

static sqlite3 *
handle_of(const Db *db)
{
	return ((const SqliteDb *)db)->handle;
}

static sqlite3_stmt *
stmt_handle(const DbStmt *stmt)
{
	return ((const SqliteStmt *)stmt)->handle;
}

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
	case SQLITE_FULL:
	case SQLITE_READONLY:
		return APP_ERROR_DISK;
	case SQLITE_IOERR:
		/* What SQLite says where its files cannot grow. */
		return result == SQLITE_IOERR_WRITE || result == SQLITE_IOERR_SHMSIZE ||
			       result == SQLITE_IOERR_TRUNCATE || result == SQLITE_IOERR_FSYNC
			   ? APP_ERROR_DISK
			   : APP_ERROR_STORAGE;
	case SQLITE_CANTOPEN:
		return APP_ERROR_NOT_FOUND;
	default:
		return APP_ERROR_STORAGE;
	}
}

/* What to do, for the codes that a person can do something about. */
static const char *
advice_of(AppErrorCode code)
{
	if (code == APP_ERROR_BUSY)
		return "cơ sở dữ liệu đang được một chương trình khác ghi; hãy thử lại sau ít giây";
	if (code == APP_ERROR_DISK)
		return "ổ đĩa chứa dữ liệu đã đầy hoặc chỉ cho đọc; hãy giải phóng ổ đĩa hoặc cho ghi rồi "
		       "thử lại";
	return NULL;
}

/* Folds the driver's error into ours; gives false, so that a failing step is one line. */
static bool
fail(const Db *db, int result, const char *what, GError **error)
{
	sqlite3 *handle = handle_of(db);
	const char *reason = handle != NULL ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
	AppErrorCode code = error_code(result);

	/* A write on a connection that only reads is the program's mistake: check_is_writable() has seen to
	 * the rest. */
	if (handle != NULL && (result & 0xFF) == SQLITE_READONLY && sqlite3_db_readonly(handle, "main") == 1)
		code = APP_ERROR_STORAGE;
	if (advice_of(code) != NULL)
		g_set_error(error, APP_ERROR, (gint)code, "%s: %s (%s)", what, advice_of(code), reason);
	else
		g_set_error(error, APP_ERROR, (gint)code, "%s: %s", what, reason);
	return false;
}

static bool
exec(Db *db, const char *sql, GError **error)
{
	int result = sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL);

	return result == SQLITE_OK || fail(db, result, "SQL", error);
}

static bool
read_pragma(Db *db, const char *sql, int64_t *ret_value, GError **error)
{
	sqlite3_stmt *stmt = NULL;
	int result = sqlite3_prepare_v2(handle_of(db), sql, -1, &stmt, NULL);

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
	sqlite3_busy_timeout(handle_of(db), BUSY_TIMEOUT_MS);
	sqlite3_extended_result_codes(handle_of(db), 1);
	sqlite3_db_config(handle_of(db), SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(handle_of(db), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(handle_of(db), SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(handle_of(db), SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* No mmap_size: beside a writer it makes reads five times slower. */
	return check_is_ours(db, mode, error) &&
	       exec(db,
		   "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;" CACHE
		   "; PRAGMA journal_size_limit = 67108864;",
		   error) &&
	       (mode == DB_READ || exec(db, "PRAGMA journal_mode = WAL", error));
}

static void
sqlite_close(Db *db)
{
	sqlite3_close(handle_of(db));
	g_free(db);
}

/* SQLite counts the memory it takes for the whole process, under one lock that every thread then waits for at
 * each little piece; nobody asks for that figure. */
static gpointer
set_up_library(gpointer unused)
{
	(void)unused;
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	return NULL;
}

/* SQLite itself opens such a file for reading, and fails later without the reason. */
static bool
check_is_writable(const char *location, GError **error)
{
	if (access(location, F_OK) != 0 || access(location, W_OK) == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_DISK,
	    "%s: ổ đĩa hoặc tệp chỉ cho đọc (%s); hãy cho ghi rồi thử lại", location, g_strerror(errno));
	return false;
}

static bool
sqlite_open(const char *location, DbMode mode, Db **ret_db, GError **error)
{
	static const int FLAGS[] = {
	    [DB_READ] = SQLITE_OPEN_READONLY,
	    [DB_WRITE] = SQLITE_OPEN_READWRITE,
	    [DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
	};
	static GOnce once = G_ONCE_INIT;
	SqliteDb *db;
	int result;

	g_once(&once, set_up_library, NULL);
	if (mode != DB_READ && !check_is_writable(location, error))
		return false;
	db = g_new0(SqliteDb, 1);
	result = sqlite3_open_v2(location, &db->handle, FLAGS[mode] | SQLITE_OPEN_NOMUTEX, NULL);

	if (result != SQLITE_OK) {
		fail(&db->base, result, location, error);
	} else if (configure(&db->base, mode, error)) {
		*ret_db = &db->base;
		return true;
	} else {
		g_prefix_error(error, "%s: ", location);
	}
	sqlite_close(&db->base);
	return false;
}

static void
sqlite_stmt_free(DbStmt *stmt)
{
	/* Each of our own statements; not sqlite3_next_stmt(), which would take FTS5's too. */
	sqlite3_finalize(stmt_handle(stmt));
	g_free(stmt);
}

static bool
sqlite_stmt_new(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	SqliteStmt *stmt;
	sqlite3_stmt *handle = NULL;
	int result =
	    sqlite3_prepare_v3(handle_of(db), sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

	if (result != SQLITE_OK)
		return fail(db, result, sql->name, error);
	stmt = g_new0(SqliteStmt, 1);
	stmt->handle = handle;
	*ret_stmt = &stmt->base;
	return true;
}

static void
sqlite_reset(DbStmt *stmt)
{
	sqlite3_reset(stmt_handle(stmt));
}

static void
sqlite_clear(DbStmt *stmt)
{
	sqlite3_clear_bindings(stmt_handle(stmt));
	((SqliteStmt *)stmt)->bind_result = SQLITE_OK;
}

static void
note_bind(DbStmt *stmt, int result)
{
	SqliteStmt *own = (SqliteStmt *)stmt;

	if (own->bind_result == SQLITE_OK)
		own->bind_result = result;
}

static void
sqlite_bind_int(DbStmt *stmt, int param, int64_t value)
{
	note_bind(stmt, sqlite3_bind_int64(stmt_handle(stmt), param, value));
}

static void
sqlite_bind_text(DbStmt *stmt, int param, const char *text)
{
	note_bind(stmt, sqlite3_bind_text(stmt_handle(stmt), param, text, -1, SQLITE_TRANSIENT));
}

static void
sqlite_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len)
{
	note_bind(stmt, sqlite3_bind_blob64(stmt_handle(stmt), param, bytes, len, SQLITE_TRANSIENT));
}

static bool
sqlite_step(DbStmt *stmt, bool *ret_row, GError **error)
{
	int result = ((const SqliteStmt *)stmt)->bind_result;

	if (result == SQLITE_OK)
		result = sqlite3_step(stmt_handle(stmt));
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return fail(stmt->db, result, stmt->sql->name, error);
	*ret_row = result == SQLITE_ROW;
	return true;
}

static int64_t
sqlite_column_int(const DbStmt *stmt, int column)
{
	return sqlite3_column_int64(stmt_handle(stmt), column);
}

static const char *
sqlite_column_text(const DbStmt *stmt, int column)
{
	return (const char *)sqlite3_column_text(stmt_handle(stmt), column);
}

static const void *
sqlite_column_bytes(const DbStmt *stmt, int column, size_t *ret_len)
{
	const void *bytes = sqlite3_column_blob(stmt_handle(stmt), column);

	*ret_len = (size_t)sqlite3_column_bytes(stmt_handle(stmt), column);
	return bytes;
}

static bool
sqlite_column_is_null(const DbStmt *stmt, int column)
{
	return sqlite3_column_type(stmt_handle(stmt), column) == SQLITE_NULL;
}

static int
sqlite_column_count(const DbStmt *stmt)
{
	return sqlite3_column_count(stmt_handle(stmt));
}

static int64_t
sqlite_changes(const Db *db)
{
	return sqlite3_changes64(handle_of(db));
}

/* Prepared like any statement: parsing BEGIN for each page would cost as much as asking for an unchanged one.
 */
static bool
sqlite_begin(Db *db, DbTxnKind kind, GError **error)
{
	static const DbSql BEGIN_READ = {.name = "begin", .sqlite = "BEGIN"};
	static const DbSql BEGIN_WRITE = {.name = "begin immediate", .sqlite = "BEGIN IMMEDIATE"};

	return db_run_fixed(db, kind == DB_TXN_WRITE ? &BEGIN_WRITE : &BEGIN_READ, error);
}

static bool
sqlite_commit(Db *db, GError **error)
{
	static const DbSql COMMIT = {.name = "commit", .sqlite = "COMMIT"};

	return db_run_fixed(db, &COMMIT, error);
}

static void
sqlite_rollback(Db *db)
{
	static const DbSql ROLLBACK = {.name = "rollback", .sqlite = "ROLLBACK"};

	/* Some errors have rolled back already. */
	if (sqlite3_get_autocommit(handle_of(db)) == 0)
		(void)db_run_fixed(db, &ROLLBACK, NULL);
}

static bool
fail_ended(GError **error)
{
	g_set_error_literal(
	    error, APP_ERROR, APP_ERROR_STORAGE, "the store has rolled back the transaction by itself");
	return false;
}

static bool
sqlite_mark(Db *db, bool is_first, GError **error)
{
	static const DbSql SAVEPOINT = {.name = "savepoint", .sqlite = "SAVEPOINT part"};
	static const DbSql RELEASE = {.name = "release", .sqlite = "RELEASE part"};

	/* Outside of a transaction a savepoint would begin one. */
	if (sqlite3_get_autocommit(handle_of(db)) != 0)
		return fail_ended(error);
	return (is_first || db_run_fixed(db, &RELEASE, error)) && db_run_fixed(db, &SAVEPOINT, error);
}

static bool
sqlite_undo(Db *db, GError **error)
{
	static const DbSql ROLLBACK_TO = {.name = "rollback to", .sqlite = "ROLLBACK TO part"};

	return sqlite3_get_autocommit(handle_of(db)) != 0 ? fail_ended(error)
							  : db_run_fixed(db, &ROLLBACK_TO, error);
}

static bool
sqlite_run_script(Db *db, const DbScript *script, GError **error)
{
	return exec(db, script->sqlite, error);
}

static bool
sqlite_has_table(Db *db, const char *table, bool *ret_has, GError **error)
{
	static const DbSql FIND_TABLE = {
	    .name = "find table", .sqlite = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"};
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &FIND_TABLE, &stmt, error))
		return false;
	db_bind_text(stmt, 1, table);
	return db_step(stmt, ret_has, error);
}

/* PASSIVE waits for nobody, but while people write without a pause it never comes to the end, where the log
 * begins anew; what is left then is short, and a writer may wait for that much. */
static void
sqlite_checkpoint(Db *db)
{
	int n_log = 0, n_done = 0;
	int result =
	    sqlite3_wal_checkpoint_v2(handle_of(db), NULL, SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_done);

	if (result == SQLITE_OK && n_log >= LOG_PAGES_MAX)
		sqlite3_wal_checkpoint_v2(handle_of(db), NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
}

static void
sqlite_checkpoint_alone(Db *db, bool is_on)
{
	sqlite3_wal_autocheckpoint(handle_of(db), is_on ? AUTOCHECKPOINT_PAGES : 0);
}

static void
sqlite_scan(Db *db, bool is_on)
{
	(void)exec(db, is_on ? SCAN_CACHE : CACHE, NULL);
}

static bool
fail_copy(sqlite3 *to, const char *path, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không ghi được bản sao cơ sở dữ liệu (%s)",
	    path, sqlite3_errmsg(to));
	return false;
}

/* The transaction of the source stays open over all steps, so every step sees the same state and nothing
 * begins anew, whatever others write: a reader of a WAL stops no writer. */
static bool
sqlite_copy(Db *db, const char *path, GError **error)
{
	sqlite3 *to = NULL;
	sqlite3_backup *backup = NULL;
	int result = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	bool is_ok;

	/* Whoever wants the copy to last syncs it. */
	if (result == SQLITE_OK)
		result = sqlite3_exec(to, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	if (result == SQLITE_OK &&
	    (backup = sqlite3_backup_init(to, "main", handle_of(db), "main")) != NULL) {
		while ((result = sqlite3_backup_step(backup, COPY_PAGES)) == SQLITE_OK)
			;
		sqlite3_backup_finish(backup);
	}
	is_ok = (backup != NULL && result == SQLITE_DONE) || fail_copy(to, path, error);
	if (sqlite3_close(to) != SQLITE_OK && is_ok)
		is_ok = fail_copy(to, path, error);
	return is_ok;
}

static bool
count_one(Db *db, const char *table, GString *out, GError **error)
{
	char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
	int64_t count = 0;
	bool is_ok = read_pragma(db, sql, &count, error);

	sqlite3_free(sql);
	g_string_append_printf(out, "%s %" G_GINT64_FORMAT "\n", table, count);
	return is_ok;
}

static bool
sqlite_count_rows(Db *db, GString *out, GError **error)
{
	static const DbSql LIST_TABLES = {.name = "list tables",
	    .sqlite = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
		      "ESCAPE '\\' ORDER BY name"};
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &LIST_TABLES, &stmt, error))
		return false;
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		if (!count_one(db, db_column_text(stmt, 0), out, error))
			return false;
	}
}

const DbBackend DB_BACKEND_SQLITE = {
    .open = sqlite_open,
    .close = sqlite_close,
    .stmt_new = sqlite_stmt_new,
    .stmt_free = sqlite_stmt_free,
    .reset = sqlite_reset,
    .clear = sqlite_clear,
    .bind_int = sqlite_bind_int,
    .bind_text = sqlite_bind_text,
    .bind_bytes = sqlite_bind_bytes,
    .step = sqlite_step,
    .column_int = sqlite_column_int,
    .column_text = sqlite_column_text,
    .column_bytes = sqlite_column_bytes,
    .column_is_null = sqlite_column_is_null,
    .column_count = sqlite_column_count,
    .changes = sqlite_changes,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .mark = sqlite_mark,
    .undo = sqlite_undo,
    .run_script = sqlite_run_script,
    .has_table = sqlite_has_table,
    .checkpoint = sqlite_checkpoint,
    .checkpoint_alone = sqlite_checkpoint_alone,
    .scan = sqlite_scan,
    .copy = sqlite_copy,
    .count_rows = sqlite_count_rows,
};
