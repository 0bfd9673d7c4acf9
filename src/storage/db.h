/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One connection to the store. Statements are DbSql constants made by sqlc; nothing builds SQL at run time.
 * A connection belongs to one thread at a time. Errors are APP_ERROR: BUSY (another writer held the store too
 * long), CONFLICT (a constraint), STORAGE (anything else). */
typedef struct Db Db;
typedef struct DbStmt DbStmt;

/* One named statement (docs/sql.md). */
typedef struct DbSql {
	const char *name;
	const char *sqlite; /* parameters as ?1 */
	const char *pg;     /* parameters as $1 */
	uint8_t n_params;
	uint8_t n_columns;
	bool is_hot;      /* may not scan a whole table */
	bool is_of_store; /* of no commune */
} DbSql;

typedef enum {
	DB_READ,   /* can write nothing */
	DB_WRITE,  /* the store must exist */
	DB_CREATE, /* makes the store where it does not exist */
} DbMode;

/* True where a location is the address of a PostgreSQL database. */
bool db_is_server(const char *location);

/* Names a store for people: a path, or "PostgreSQL máy-chủ/tên"; without user and password. The caller's. */
char *db_describe(const char *location);

/* Opens a store; `location` is the path of an SQLite file, or the address of a PostgreSQL database
 * ("postgresql://user@host1,host2/name"; libpq's settings may follow). A schema that the address names is
 * made where it is not there; a database is not. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_STORAGE (not a
 * database, damaged, no right). */
bool db_open(const char *location, DbMode mode, Db **ret_db, GError **error);
void db_free(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_free)

/* Says which commune a connection works for. Where many share a store, writers of one commune take turns and
 * do not wait for those of another, and db_version() tells the commune's own changes. A connection that was
 * not told works on the whole store: it waits for every writer, and they for it. Not inside a transaction. */
void db_set_commune(Db *db, int64_t commune_id);

/* Gives a statement ready to bind. Prepared once for each connection: giving it back with db_stmt_release()
 * resets it and keeps it for the next caller. The same statement may be in use several times at once. */
bool db_prepare(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error);
void db_stmt_release(DbStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbStmt, db_stmt_release)

/* Bind a parameter by its X_P_ number; text and bytes are copied, NULL binds NULL. What was not bound is
 * NULL. */
void db_bind_int(DbStmt *stmt, int param, int64_t value);
void db_bind_text(DbStmt *stmt, int param, const char *text);
void db_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len);
void db_bind_null(DbStmt *stmt, int param);

/* Runs to the next row; *ret_row false: there is none. After a failure or the last row only a reset helps. */
bool db_step(DbStmt *stmt, bool *ret_row, GError **error);

/* Runs a statement to its end, passing over rows, and resets it: for writes in a loop. Bound values stay. */
bool db_run(DbStmt *stmt, GError **error);
void db_stmt_reset(DbStmt *stmt);

/* The same for a statement that gives no rows, in a transaction that writes, where nobody waits for it: on a
 * server it is under way when the call returns, and that it failed may show only at the transaction's next
 * statement, or at its end. db_changes() does not tell of it. */
bool db_run_later(DbStmt *stmt, GError **error);

/* Read the current row by X_C_ number. Text and bytes live until the next step, reset or release; NULL is
 * NULL. */
int64_t db_column_int(const DbStmt *stmt, int column); /* 0 for NULL */
const char *db_column_text(const DbStmt *stmt, int column);
const void *db_column_bytes(const DbStmt *stmt, int column, size_t *ret_len);
bool db_column_is_null(const DbStmt *stmt, int column);

/* How many columns the statement gives. */
int db_column_count(const DbStmt *stmt);

/* Copies the whole file, as the connection's transaction sees it, into a new one at `path`; must be called
 * inside one that reads, which holds up no writer. Fails with APP_ERROR_INTERNAL where the store is a
 * server's, APP_ERROR_STORAGE. */
bool db_copy(Db *db, const char *path, GError **error);

/* Appends "table count\n" of every table, by name. Fails as db_copy(). */
bool db_count_rows(Db *db, GString *out, GError **error);

/* Rows that the last INSERT, UPDATE or DELETE of this connection changed. */
int64_t db_changes(const Db *db);
