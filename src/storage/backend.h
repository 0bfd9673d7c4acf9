/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/migrate.h"
#include "storage/txn.h"

/* What a kind of store does for db.h, and what the rest of src/storage needs of a connection; not for other
 * layers. */

typedef enum { DB_TXN_NONE, DB_TXN_READ, DB_TXN_WRITE } DbTxnKind;

/* The state of the connection's transaction, kept by txn.c. */
typedef struct DbTxnState {
	DbTxnKind kind;
	unsigned depth;
	bool is_doomed;   /* an inner transaction was not committed */
	bool is_group;    /* inside a DbGroup: the outermost transactions are parts of one */
	bool is_changed;  /* of a group: a transaction that writes was committed */
	bool is_lost;     /* of a group: the store has given it up */
	int failure_code; /* of a group: the code of the last failure (APP_ERROR), for want of which it may be
			     lost */
	bool has_failed;  /* of a group's part that reads: a statement failed */
	bool keeps_version; /* db_version() stays as it is */
	bool moves;         /* says where the commune lives, so it is written although it lives elsewhere */
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
	bool (*run_later)(DbStmt *stmt, GError **error); /* NULL: there is nothing to wait for */
	int64_t (*column_int)(const DbStmt *stmt, int column);
	const char *(*column_text)(const DbStmt *stmt, int column);
	const void *(*column_bytes)(const DbStmt *stmt, int column, size_t *ret_len);
	bool (*column_is_null)(const DbStmt *stmt, int column);
	int (*column_count)(const DbStmt *stmt);
	int64_t (*changes)(const Db *db);
	bool (*begin)(Db *db, DbTxnKind kind, GError **error);
	bool (*commit)(Db *db, GError **error);
	void (*rollback)(Db *db);
	/* Inside a transaction that writes: sets the place that undo() goes back to, giving up the one
	 * before. */
	bool (*mark)(Db *db, bool is_first, GError **error);
	bool (*undo)(Db *db, GError **error);
	bool (*run_script)(Db *db, const DbScript *script, GError **error);
	bool (*has_table)(Db *db, const char *table, bool *ret_has, GError **error);
	/* NULL: the store does it by itself. checkpoint: moves the log into the database, where there is much
	 * of it; checkpoint_alone: whether the connection does so too, when it commits. */
	void (*checkpoint)(Db *db);
	void (*checkpoint_alone)(Db *db, bool is_on);
	void (*scan)(Db *db, bool is_on);                         /* NULL: it keeps nothing */
	bool (*copy)(Db *db, const char *path, GError **error);   /* NULL: it cannot */
	bool (*count_rows)(Db *db, GString *out, GError **error); /* NULL: it cannot */
} DbBackend;

extern const DbBackend DB_BACKEND_SQLITE, DB_BACKEND_PG;

/* db_describe() of an address. */
char *db_pg_describe(const char *location);

/* A backend's own connection and statement begin with these. */
struct Db {
	const DbBackend *backend;
	GHashTable *stmts; /* const DbSql * → DbStmt *, one of each; more where one is used twice at a time */
	DbTxnState txn;
	int64_t commune_id; /* db_set_commune(); 0: the whole store */
	unsigned fail_after;
	DbTxnMemory memory, marked_memory; /* of a group: as it was when its last part was committed */
};

struct DbStmt {
	Db *db;
	const DbSql *sql;
	bool is_cached, is_in_use;
};

/* True between begin and commit or rollback of the backend's own transaction. */
bool db_txn_is_open(const Db *db);

/* A statement has failed. Outside of a part that writes it would end the other parts of a group too
 * (PostgreSQL), so the store is put back to the end of the last part. */
void db_txn_contain_failure(Db *db, const GError *error);

/* Runs a statement without parameters that is a constant of the backend. */
bool db_run_fixed(Db *db, const DbSql *sql, GError **error);

/* Takes a statement that was given back out of the connection, before its text ends. */
void db_forget(Db *db, const DbSql *sql);

/* Makes the n-th step or commit from now on fail with APP_ERROR_STORAGE, once; 0 switches it off. For fault
 * tests. */
void db_backend_fail_after(Db *db, unsigned n);
