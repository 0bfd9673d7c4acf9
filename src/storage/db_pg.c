/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/pg.h"

#include "base/app-error.h"

#include <stdlib.h>
#include <string.h>

#define MARK "namro"          /* the comment of a schema of ours */
#define LOCK_KEY "1315007826" /* "NamR" */

static PGconn *
connection_of(const Db *db)
{
	return ((const PgDb *)db)->connection;
}

static AppErrorCode
error_code(const char *state)
{
	static const char *const BUSY[] = {"40001", "40P01", "55P03", "57014"};

	if (state == NULL)
		return APP_ERROR_BUSY; /* the connection is gone */
	for (size_t i = 0; i < G_N_ELEMENTS(BUSY); i++)
		if (strcmp(state, BUSY[i]) == 0)
			return APP_ERROR_BUSY;
	if (strcmp(state, "53100") == 0)
		return APP_ERROR_DISK;
	if (g_str_has_prefix(state, "23"))
		return APP_ERROR_CONFLICT;
	if (g_str_has_prefix(state, "08") || g_str_has_prefix(state, "57P"))
		return APP_ERROR_BUSY;
	return APP_ERROR_STORAGE;
}

/* The server's parting words: it ends the connection, or the machine between has (classes 57P0 and 08). */
static bool
ends_connection(const char *state)
{
	return g_str_has_prefix(state, "57P0") || g_str_has_prefix(state, "08");
}

/* Notes whether a statement failed because its connection broke. libpq says so by the connection's state, or,
 * the first time, by the error alone: the server's last one, or one of its own, which has no code. */
static bool
is_lost(PgDb *db, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	bool is_fatal = PQresultStatus(result) == PGRES_FATAL_ERROR;

	db->is_lost = db->is_lost || PQstatus(db->connection) == CONNECTION_BAD ||
		      (is_fatal && (state == NULL || ends_connection(state)));
	return db->is_lost;
}

bool
pg_fail(PgDb *db, const PGresult *result, const char *what, GError **error)
{
	const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *reason = result != NULL ? PQresultErrorMessage(result) : "";
	g_autofree char *message = g_strdup(*reason != '\0' ? reason : PQerrorMessage(db->connection));

	if (is_lost(db, result))
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    "%s: mất kết nối với máy chủ PostgreSQL (%s); hãy thử lại", what, g_strstrip(message));
	else
		g_set_error(error, APP_ERROR, (gint)error_code(state), "%s: %s", what, g_strstrip(message));
	return false;
}

static bool
fail(Db *db, const PGresult *result, const char *what, GError **error)
{
	return pg_fail((PgDb *)db, result, what, error);
}

bool
pg_is_fine(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static bool
exec(Db *db, const char *sql, GError **error)
{
	PGresult *result;
	bool is_ok;

	if (!pg_later_settle((PgDb *)db, error))
		return false;
	result = PQexec(connection_of(db), sql);
	is_ok = pg_is_fine(result) || fail(db, result, "SQL", error);
	PQclear(result);
	return is_ok;
}

static void
drop_notice(void *data, const PGresult *result)
{
	(void)data;
	(void)result;
}

/* What every new connection begins with. */
static bool
configure(PgDb *db, GError **error)
{
	PQsetNoticeReceiver(db->connection, drop_notice, NULL);
	g_ptr_array_set_size(db->sent, 0);
	db->generation++;
	return exec(&db->base,
		   "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET lock_timeout = '10s';"
		   "SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on",
		   error) &&
	       (!db->is_read_only || exec(&db->base, "SET default_transaction_read_only = on", error));
}

/* Makes the schema that the address names ("?options=-csearch_path%3Dxa") where it is not there yet, and
 * marks an empty one as ours. */
static bool
claim_schema(Db *db, GError **error)
{
	return exec(db,
	    "DO $$ BEGIN IF current_schema() IS NULL THEN EXECUTE format('CREATE SCHEMA %I',"
	    " trim(split_part(current_setting('search_path'), ',', 1))); END IF;"
	    "IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())"
	    " THEN EXECUTE format('COMMENT ON SCHEMA %I IS %L', current_schema(), '" MARK
	    "'); END IF; END $$",
	    error);
}

static bool
check_is_ours(Db *db, GError **error)
{
	PGresult *result = PQexec(connection_of(db),
	    "SELECT current_schema(), obj_description(to_regnamespace(current_schema())) = '" MARK "',"
	    " EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())");
	bool is_ok = pg_is_fine(result) || fail(db, result, "SQL", error), is_ours, is_empty;

	is_ours = is_ok && *PQgetvalue(result, 0, 1) == 't';
	is_empty = is_ok && *PQgetvalue(result, 0, 2) != 't';
	PQclear(result);
	if (!is_ok || is_ours)
		return is_ok;
	g_set_error_literal(error, APP_ERROR, is_empty ? APP_ERROR_NOT_FOUND : APP_ERROR_STORAGE,
	    is_empty ? "cơ sở dữ liệu còn trống; hãy chạy \"namro init\" trước"
		     : "cơ sở dữ liệu này không phải của Năm Rõ");
	return false;
}

static void
pg_close(Db *db)
{
	PQfinish(connection_of(db));
	g_ptr_array_unref(((PgDb *)db)->sent);
	g_free(db);
}

/* The location's own settings win over ours, which stand before it. */
static PGconn *
connect_to(const char *location, DbMode mode)
{
	const char *const keywords[] = {
	    "application_name", "connect_timeout", "target_session_attrs", "dbname", NULL};
	const char *const values[] = {"namro", "10", mode == DB_READ ? "any" : "read-write", location, NULL};

	return PQconnectdbParams(keywords, values, 1);
}

static const char *
option_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options != NULL && options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0)
			return options->val != NULL ? options->val : "";
	return "";
}

/* A schema is one of the server's options. */
char *
db_pg_describe(const char *location)
{
	static const char SCHEMA[] = "search_path=";
	PQconninfoOption *options = PQconninfoParse(location, NULL);
	const char *host = option_of(options, "host"),
		   *schema = strstr(option_of(options, "options"), SCHEMA);
	char *text = g_strdup_printf("PostgreSQL %s/%s%s%s", *host != '\0' ? host : "localhost",
	    option_of(options, "dbname"), schema != NULL ? "/" : "",
	    schema != NULL ? schema + strlen(SCHEMA) : "");

	PQconninfoFree(options);
	return text;
}

static bool
pg_open(const char *location, DbMode mode, Db **ret_db, GError **error)
{
	PgDb *db = g_new0(PgDb, 1);

	db->is_read_only = mode == DB_READ;
	db->sent = g_ptr_array_new();
	db->connection = connect_to(location, mode);
	if (PQstatus(db->connection) != CONNECTION_OK) {
		g_autofree char *message = g_strdup(PQerrorMessage(db->connection));

		/* The location is left out of the message: it may hold a password. */
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "không kết nối được với máy chủ PostgreSQL: %s", g_strstrip(message));
	} else if (configure(db, error) && (mode != DB_CREATE || claim_schema(&db->base, error)) &&
		   check_is_ours(&db->base, error)) {
		*ret_db = &db->base;
		return true;
	}
	pg_close(&db->base);
	return false;
}

static bool
prepare(PgStmt *stmt, PgDb *db, const DbSql *sql, GError **error)
{
	PGresult *result;
	bool is_ok;

	if (!pg_later_settle(db, error))
		return false;
	result = PQprepare(db->connection, stmt->name, sql->pg, 0, NULL);
	is_ok = pg_is_fine(result) || fail(&db->base, result, sql->name, error);
	PQclear(result);
	if (is_ok)
		stmt->generation = db->generation;
	return is_ok;
}

/* A connection that broke between transactions is made anew; inside one, what was done is lost. */
static bool
revive(PgDb *db, GError **error)
{
	if ((!db->is_lost && PQstatus(db->connection) != CONNECTION_BAD) || db_txn_is_open(&db->base))
		return true;
	PQreset(db->connection);
	if (PQstatus(db->connection) != CONNECTION_OK)
		return fail(&db->base, NULL, "PostgreSQL", error);
	db->is_lost = false;
	return configure(db, error);
}

/* The same on a connection that turns out to be broken: nothing was lost but the connection, so it is made
 * anew. */
static bool
prepare_alive(PgStmt *stmt, PgDb *db, const DbSql *sql, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (!revive(db, error))
		return false;
	if (prepare(stmt, db, sql, &reason))
		return true;
	if (db->is_lost && !db_txn_is_open(&db->base))
		return revive(db, error) && prepare(stmt, db, sql, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static void
drop_result(PgStmt *stmt)
{
	g_clear_pointer(&stmt->result, PQclear);
	g_ptr_array_set_size(stmt->bytes, 0);
}

static void
pg_stmt_free(DbStmt *base)
{
	PgStmt *stmt = (PgStmt *)base;
	PgDb *db = (PgDb *)base->db;

	drop_result(stmt);
	/* Cached ones end with the connection; one that was in use twice would stay prepared for ever. */
	if (!base->is_cached && db != NULL && stmt->generation == db->generation && db->sent->len == 0 &&
	    PQtransactionStatus(db->connection) != PQTRANS_INERROR) {
		g_autofree char *sql = g_strdup_printf("DEALLOCATE %s", stmt->name);

		PQclear(PQexec(db->connection, sql));
	}
	for (unsigned i = 0; i < base->sql->n_params; i++)
		g_string_free(stmt->params[i].value, TRUE);
	g_ptr_array_unref(stmt->bytes);
	g_free(stmt->params);
	g_free(stmt);
}

static bool
pg_stmt_new(Db *base, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	PgDb *db = (PgDb *)base;
	PgStmt *stmt = g_new0(PgStmt, 1);

	stmt->base.sql = sql;
	stmt->bytes = g_ptr_array_new_with_free_func(PQfreemem);
	stmt->params = g_new0(PgParam, MAX(sql->n_params, 1));
	for (unsigned i = 0; i < sql->n_params; i++)
		stmt->params[i].value = g_string_new(NULL);
	g_snprintf(stmt->name, sizeof(stmt->name), "s%u", db->n_stmts++);
	if (!prepare_alive(stmt, db, sql, error)) {
		pg_stmt_free(&stmt->base);
		return false;
	}
	*ret_stmt = &stmt->base;
	return true;
}

static void
pg_reset(DbStmt *stmt)
{
	drop_result((PgStmt *)stmt);
}

static void
pg_clear(DbStmt *stmt)
{
	for (unsigned i = 0; i < stmt->sql->n_params; i++)
		((PgStmt *)stmt)->params[i].is_set = false;
	((PgStmt *)stmt)->is_misbound = false;
}

/* The place of a parameter, emptied; NULL where there is none of that number. */
static PgParam *
param_of(DbStmt *stmt, int param)
{
	PgParam *place;

	if (param < 1 || param > stmt->sql->n_params) {
		((PgStmt *)stmt)->is_misbound = true;
		return NULL;
	}
	place = &((PgStmt *)stmt)->params[param - 1];
	g_string_truncate(place->value, 0);
	place->is_set = true;
	place->is_binary = false;
	return place;
}

static void
pg_bind_int(DbStmt *stmt, int param, int64_t value)
{
	PgParam *place = param_of(stmt, param);

	if (place != NULL)
		g_string_append_printf(place->value, "%" G_GINT64_FORMAT, value);
}

static void
pg_bind_text(DbStmt *stmt, int param, const char *text)
{
	PgParam *place = param_of(stmt, param);

	if (place == NULL)
		return;
	place->is_set = text != NULL;
	if (text != NULL)
		g_string_append(place->value, text);
}

static void
pg_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len)
{
	PgParam *place = param_of(stmt, param);

	if (place == NULL)
		return;
	place->is_set = bytes != NULL;
	place->is_binary = true;
	g_string_append_len(place->value, bytes, (gssize)len);
}

static PGresult *
exec_prepared(PgStmt *stmt, PgDb *db)
{
	unsigned n = stmt->base.sql->n_params;
	const char *values[UINT8_MAX];
	int lengths[UINT8_MAX], formats[UINT8_MAX];

	for (unsigned i = 0; i < n; i++) {
		const PgParam *param = &stmt->params[i];

		values[i] = param->is_set ? param->value->str : NULL;
		lengths[i] = (int)param->value->len;
		formats[i] = param->is_binary;
	}
	return PQexecPrepared(db->connection, stmt->name, (int)n, values, lengths, formats, 0);
}

/* True where the statement may be sent: it is bound rightly, and prepared in this connection. */
static bool
make_ready(PgStmt *stmt, GError **error)
{
	PgDb *db = (PgDb *)stmt->base.db;

	if (stmt->is_misbound) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: a parameter is out of range",
		    stmt->base.sql->name);
		return false;
	}
	return revive(db, error) &&
	       (stmt->generation == db->generation || prepare_alive(stmt, db, stmt->base.sql, error));
}

static bool
run(PgStmt *stmt, GError **error)
{
	PgDb *db = (PgDb *)stmt->base.db;
	const char *changed;

	if (!make_ready(stmt, error))
		return false;
	if (db->sent->len == 0)
		stmt->result = exec_prepared(stmt, db);
	else if (!pg_later_run(db, stmt, &stmt->result, error))
		return false;
	if (!pg_is_fine(stmt->result) && is_lost(db, stmt->result) && !db_txn_is_open(&db->base) &&
	    revive(db, NULL) && prepare(stmt, db, stmt->base.sql, NULL)) {
		/* Nothing was lost but the connection: a statement of its own is asked again, once. */
		PQclear(stmt->result);
		stmt->result = exec_prepared(stmt, db);
	}
	if (!pg_is_fine(stmt->result)) {
		fail(&db->base, stmt->result, stmt->base.sql->name, error);
		drop_result(stmt);
		return false;
	}
	changed = PQcmdTuples(stmt->result);
	if (*changed != '\0')
		db->changes = g_ascii_strtoll(changed, NULL, 10);
	stmt->row = -1;
	return true;
}

static bool
pg_run_later(DbStmt *base, GError **error)
{
	PgStmt *stmt = (PgStmt *)base;

	return make_ready(stmt, error) && pg_later_send((PgDb *)base->db, stmt, error);
}

static bool
pg_step(DbStmt *base, bool *ret_row, GError **error)
{
	PgStmt *stmt = (PgStmt *)base;

	if (stmt->result == NULL && !run(stmt, error))
		return false;
	g_ptr_array_set_size(stmt->bytes, 0);
	*ret_row = ++stmt->row < PQntuples(stmt->result);
	return true;
}

static bool
pg_column_is_null(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;

	return PQgetisnull(stmt->result, stmt->row, column) != 0;
}

static int64_t
pg_column_int(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;
	const char *text = PQgetvalue(stmt->result, stmt->row, column);

	return *text == 't' ? 1 : g_ascii_strtoll(text, NULL, 10); /* a comparison gives t or f */
}

static const char *
pg_column_text(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;

	return pg_column_is_null(base, column) ? NULL : PQgetvalue(stmt->result, stmt->row, column);
}

static const void *
pg_column_bytes(const DbStmt *base, int column, size_t *ret_len)
{
	const PgStmt *stmt = (const PgStmt *)base;
	unsigned char *bytes;

	*ret_len = 0;
	if (pg_column_is_null(base, column))
		return NULL;
	bytes = PQunescapeBytea((const unsigned char *)PQgetvalue(stmt->result, stmt->row, column), ret_len);
	g_ptr_array_add(stmt->bytes, bytes);
	return bytes;
}

static int
pg_column_count(const DbStmt *base)
{
	const PgStmt *stmt = (const PgStmt *)base;
	PGresult *result;
	int n;

	if (stmt->result != NULL)
		return PQnfields(stmt->result);
	(void)pg_later_settle((PgDb *)base->db, NULL);
	result = PQdescribePrepared(connection_of(base->db), stmt->name);
	n = PQnfields(result);
	PQclear(result);
	return n;
}

static int64_t
pg_changes(const Db *db)
{
	return ((const PgDb *)db)->changes;
}

/* A writer waits for the one before it in the same commune, as on SQLite: numbers are given by MAX() + 1. All
 * of them share the store; what changes it as a whole has it alone. One round trip. */
static bool
begin_write(Db *db, GError **error)
{
	char sql[160];

	if (db->commune_id == 0)
		return exec(db, "BEGIN; SELECT pg_advisory_xact_lock(" LOCK_KEY ")", error);
	g_snprintf(sql, sizeof(sql),
	    "BEGIN; SELECT pg_advisory_xact_lock_shared(" LOCK_KEY ");"
	    "SELECT pg_advisory_xact_lock(" LOCK_KEY ", %d)",
	    (int)db->commune_id);
	return exec(db, sql, error);
}

static bool
begin(Db *db, DbTxnKind kind, GError **error)
{
	return kind == DB_TXN_WRITE ? begin_write(db, error)
				    : exec(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
}

static bool
pg_begin(Db *db, DbTxnKind kind, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (!revive((PgDb *)db, error))
		return false;
	if (begin(db, kind, &reason))
		return true;
	/* That a connection is gone shows only now; nothing was done in it yet. */
	if (((PgDb *)db)->is_lost)
		return revive((PgDb *)db, error) && begin(db, kind, error);
	PQclear(PQexec(connection_of(db), "ROLLBACK"));
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static bool
pg_commit(Db *db, GError **error)
{
	PGresult *result;
	bool is_ok;

	if (!pg_later_settle((PgDb *)db, error))
		return false;
	result = PQexec(connection_of(db), "COMMIT");
	is_ok = pg_is_fine(result) || fail(db, result, "COMMIT", error);
	/* In a transaction that an error has ended, COMMIT is answered by a rollback. */
	if (is_ok && strcmp(PQcmdStatus(result), "COMMIT") != 0) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_STORAGE, "COMMIT: the transaction had failed before");
		is_ok = false;
	}
	PQclear(result);
	return is_ok;
}

static void
pg_rollback(Db *db)
{
	(void)pg_later_settle((PgDb *)db, NULL);
	if (PQtransactionStatus(connection_of(db)) != PQTRANS_IDLE)
		PQclear(PQexec(connection_of(db), "ROLLBACK"));
}

/* One round trip, with whatever was sent before. */
static bool
pg_mark(Db *base, bool is_first, GError **error)
{
	PgDb *db = (PgDb *)base;

	return (is_first || pg_later_send_text(db, "RELEASE SAVEPOINT part", error)) &&
	       pg_later_send_text(db, "SAVEPOINT part", error) && pg_later_settle(db, error);
}

static bool
pg_undo(Db *db, GError **error)
{
	(void)pg_later_settle((PgDb *)db, NULL); /* what is undone need not have gone well */
	return exec(db, "ROLLBACK TO SAVEPOINT part", error);
}

static bool
pg_run_script(Db *db, const DbScript *script, GError **error)
{
	return exec(db, script->pg, error);
}

static bool
pg_has_table(Db *db, const char *table, bool *ret_has, GError **error)
{
	static const DbSql FIND_TABLE = {.name = "find table",
	    .pg = "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND "
		  "table_name = $1",
	    .n_params = 1};
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &FIND_TABLE, &stmt, error))
		return false;
	db_bind_text(stmt, 1, table);
	return db_step(stmt, ret_has, error);
}

const DbBackend DB_BACKEND_PG = {
    .open = pg_open,
    .close = pg_close,
    .stmt_new = pg_stmt_new,
    .stmt_free = pg_stmt_free,
    .reset = pg_reset,
    .clear = pg_clear,
    .bind_int = pg_bind_int,
    .bind_text = pg_bind_text,
    .bind_bytes = pg_bind_bytes,
    .step = pg_step,
    .run_later = pg_run_later,
    .column_int = pg_column_int,
    .column_text = pg_column_text,
    .column_bytes = pg_column_bytes,
    .column_is_null = pg_column_is_null,
    .column_count = pg_column_count,
    .changes = pg_changes,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .mark = pg_mark,
    .undo = pg_undo,
    .run_script = pg_run_script,
    .has_table = pg_has_table,
};
