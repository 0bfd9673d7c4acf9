/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/backend.h"

#include <libpq-fe.h>

/* What the files of the PostgreSQL store share. */

typedef struct PgDb {
	Db base;
	PGconn *connection;
	unsigned generation; /* counts connections: a statement is prepared in one of them */
	unsigned n_stmts;    /* ever made, for their names */
	int64_t changes;
	bool is_read_only;
	bool is_lost;    /* the connection broke */
	GPtrArray *sent; /* of const char *: statements without an answer yet; any: the pipeline is open */
} PgDb;

typedef struct PgParam {
	GString *value;
	bool is_set, is_binary;
} PgParam;

typedef struct PgStmt {
	DbStmt base;
	char name[16];
	unsigned generation; /* of the connection it is prepared in */
	PgParam *params;
	PGresult *result; /* NULL: not run yet */
	int row;          /* the present one; the first step moves to 0 */
	GPtrArray *bytes; /* of decoded columns of the present row */
	bool is_misbound; /* a parameter was bound that it does not have */
} PgStmt;

/* What is bound to a statement, as libpq takes it; the texts stay the statement's. */
typedef struct PgValues {
	const char *values[UINT8_MAX];
	int lengths[UINT8_MAX], formats[UINT8_MAX];
} PgValues;

void pg_values(const PgStmt *stmt, PgValues *values);

/* --- failures (pg_fail.c) --------------------------------------------------------------------------------
 */

/* True where a statement was carried out. */
bool pg_is_fine(const PGresult *result);

/* Notes whether a statement failed because its connection broke, and gives it. libpq says so by the
 * connection's state, or, the first time, by the error alone: the server's last one, or one of its own, which
 * has no code. */
bool pg_is_lost(PgDb *db, const PGresult *result);

/* Folds libpq's message into ours: a lost connection is APP_ERROR_BUSY. result: NULL where there is none.
 * Gives false. */
bool pg_fail(PgDb *db, const PGresult *result, const char *what, GError **error);

/* --- the connection (pg_connect.c) -----------------------------------------------------------------------
 */

bool pg_open(const char *location, DbMode mode, Db **ret_db, GError **error);
void pg_close(Db *db);

/* One or more statements of the store's own, without parameters. */
bool pg_exec(PgDb *db, const char *sql, GError **error);

/* A connection that broke between transactions is made anew; inside one, what was done is lost, and the next
 * statement says so. */
bool pg_revive(PgDb *db, GError **error);

/* --- prepared statements, as backend.h has them (pg_stmt.c) ----------------------------------------------
 */

bool pg_stmt_new(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error);
void pg_stmt_free(DbStmt *stmt);
void pg_reset(DbStmt *stmt);
void pg_clear(DbStmt *stmt);
void pg_bind_int(DbStmt *stmt, int param, int64_t value);
void pg_bind_text(DbStmt *stmt, int param, const char *text);
void pg_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len);
bool pg_step(DbStmt *stmt, bool *ret_row, GError **error);
bool pg_run_later(DbStmt *stmt, GError **error);
int64_t pg_column_int(const DbStmt *stmt, int column);
const char *pg_column_text(const DbStmt *stmt, int column);
const void *pg_column_bytes(const DbStmt *stmt, int column, size_t *ret_len);
bool pg_column_is_null(const DbStmt *stmt, int column);
int pg_column_count(const DbStmt *stmt);

/* --- statements that nobody waits for (pg_later.c) ---------------------------------------------------------
 *
 * They are sent, and the server works at them, while the program goes on; the answers of all are taken before
 * anything else is done with the connection. */

/* Sends a prepared statement. */
bool pg_later_send(PgDb *db, const PgStmt *stmt, GError **error);

/* Sends one statement of the store's own, a constant. */
bool pg_later_send_text(PgDb *db, const char *sql, GError **error);

/* Takes the answers of what was sent. Fails as the first of them that failed. */
bool pg_later_settle(PgDb *db, GError **error);

/* Carries out a prepared statement and gives its result, the caller's, be it a failure; one round trip for it
 * and all that was sent before. Fails, with *ret_result NULL, where one of these failed. */
bool pg_later_run(PgDb *db, const PgStmt *stmt, PGresult **ret_result, GError **error);
