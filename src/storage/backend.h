/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* What the rest of src/storage needs of a connection; not for other layers. */

typedef enum { DB_TXN_NONE, DB_TXN_READ, DB_TXN_WRITE } DbTxnKind;

/* The state of the connection's transaction, kept by txn.c. */
typedef struct DbTxnState {
	DbTxnKind kind;
	unsigned depth;
	bool is_doomed; /* an inner transaction was not committed */
} DbTxnState;

DbTxnState *db_txn_state(Db *db);

bool db_backend_begin(Db *db, DbTxnKind kind, GError **error);
bool db_backend_commit(Db *db, GError **error);
void db_backend_rollback(Db *db);

/* Runs the statements of one migration, whose text is part of the program. */
bool db_backend_run_script(Db *db, const char *sql, GError **error);

bool db_backend_has_table(Db *db, const char *table, bool *ret_has, GError **error);

/* Makes the n-th step or commit from now on fail with APP_ERROR_STORAGE, once; 0 switches it off. For fault
 * tests. */
void db_backend_fail_after(Db *db, unsigned n);
