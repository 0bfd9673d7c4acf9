/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/migrate.h"

/* What a kind of store does for db.h, and what the rest of src/storage needs of a connection; not for other
 * layers. */

typedef enum { DB_TXN_NONE, DB_TXN_READ, DB_TXN_WRITE } DbTxnKind;

/* The state of the connection's transaction, kept by txn.c. */
typedef struct DbTxnState {
	DbTxnKind kind;
	unsigned depth;
	bool is_doomed;     /* an inner transaction was not committed */
	bool keeps_version; /* db_version() stays as it is */
} DbTxnState;

/* The functions of one kind of store; each does what the function of the same name in db.h promises. */
typedef struct DbBackend {
	bool (*open)(const char *location, DbMode mode, Db **ret_db, GError **error);
	void (*close)(Db *db);
	bool (*stmt_new)(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error);
	void (*stmt_free)(DbStmt *stmt);
	void (*reset)(DbStmt *stmt);
	void (*clear)(DbStmt *stmt); /* what was bound */
	void (*bind_int)(DbStmt *stmt, int param, int64_t value);
	void (*bind_text)(DbStmt *stmt, int param, const char *text);
	void (*bind_bytes)(DbStmt *stmt, int param, const void *bytes, size_t len);
	bool (*step)(DbStmt *stmt, bool *ret_row, GError **error);
	int64_t (*column_int)(const DbStmt *stmt, int column);
	const char *(*column_text)(const DbStmt *stmt, int column);
	const void *(*column_bytes)(const DbStmt *stmt, int column, size_t *ret_len);
	bool (*column_is_null)(const DbStmt *stmt, int column);
	int (*column_count)(const DbStmt *stmt);
	int64_t (*changes)(const Db *db);
	bool (*begin)(Db *db, DbTxnKind kind, GError **error);
	bool (*commit)(Db *db, GError **error);
	void (*rollback)(Db *db);
	bool (*run_script)(Db *db, const DbScript *script, GError **error);
	bool (*has_table)(Db *db, const char *table, bool *ret_has, GError **error);
	bool (*copy)(Db *db, const char *path, GError **error);   /* NULL: it cannot */
	bool (*count_rows)(Db *db, GString *out, GError **error); /* NULL: it cannot */
} DbBackend;

extern const DbBackend DB_BACKEND_SQLITE, DB_BACKEND_PG;

/* A backend's own connection and statement begin with these. */
struct Db {
	const DbBackend *backend;
	GHashTable *stmts; /* const DbSql * → DbStmt *, one of each; more where one is used twice at a time */
	DbTxnState txn;
	int64_t commune_id; /* db_set_commune(); 0: the whole store */
	unsigned fail_after;
};

struct DbStmt {
	Db *db;
	const DbSql *sql;
	bool is_cached, is_in_use;
};

/* Runs a statement without parameters that is a constant of the backend. */
bool db_run_fixed(Db *db, const DbSql *sql, GError **error);

/* Takes a statement that was given back out of the connection, before its text ends. */
void db_forget(Db *db, const DbSql *sql);

/* Makes the n-th step or commit from now on fail with APP_ERROR_STORAGE, once; 0 switches it off. For fault
 * tests. */
void db_backend_fail_after(Db *db, unsigned n);
