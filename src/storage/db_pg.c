/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/pg.h"

#include <string.h>

/* Transactions on PostgreSQL, and the table of what a store does. */

#define LOCK_KEY "1315007826" /* "NamR" */

static PGconn *
connection_of(const Db *db)
{
	return ((const PgDb *)db)->connection;
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
		return pg_exec((PgDb *)db, "BEGIN; SELECT pg_advisory_xact_lock(" LOCK_KEY ")", error);
	g_snprintf(sql, sizeof(sql),
	    "BEGIN; SELECT pg_advisory_xact_lock_shared(" LOCK_KEY ");"
	    "SELECT pg_advisory_xact_lock(" LOCK_KEY ", %d)",
	    (int)db->commune_id);
	return pg_exec((PgDb *)db, sql, error);
}

static bool
begin(Db *db, DbTxnKind kind, GError **error)
{
	return kind == DB_TXN_WRITE
		   ? begin_write(db, error)
		   : pg_exec((PgDb *)db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
}

static bool
pg_begin(Db *db, DbTxnKind kind, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (!pg_revive((PgDb *)db, error))
		return false;
	if (begin(db, kind, &reason))
		return true;
	/* That a connection is gone shows only now; nothing was done in it yet. */
	if (((PgDb *)db)->is_lost)
		return pg_revive((PgDb *)db, error) && begin(db, kind, error);
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
	is_ok = pg_is_fine(result) || pg_fail((PgDb *)db, result, "COMMIT", error);
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
	return pg_exec((PgDb *)db, "ROLLBACK TO SAVEPOINT part", error);
}

static bool
pg_run_script(Db *db, const DbScript *script, GError **error)
{
	return pg_exec((PgDb *)db, script->pg, error);
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
