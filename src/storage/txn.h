/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "storage/db.h"

/* A transaction that is rolled back unless it was committed: g_autoptr(DbTxn). A transaction begun inside
 * another joins it: only the outer commit writes, and where an inner one ends uncommitted the outer commit is
 * refused. */
typedef struct DbTxn DbTxn;

/* Begins a transaction that writes. Fails with APP_ERROR_BUSY, APP_ERROR_STORAGE, or APP_ERROR_INTERNAL
 * inside a transaction that reads. */
bool db_txn_begin(Db *db, DbTxn **ret_txn, GError **error);

/* Begins a transaction that sees one state of the store, whatever others write meanwhile: a page is made
 * inside one. */
bool db_txn_begin_read(Db *db, DbTxn **ret_txn, GError **error);

/* True inside a transaction that writes. */
bool db_txn_is_writing(const Db *db);

/* Commits; a transaction that writes also moves db_version() on. The transaction still has to be freed.
 * Fails with APP_ERROR_BUSY, APP_ERROR_CONFLICT, APP_ERROR_STORAGE, after which nothing was written. */
bool db_txn_commit(DbTxn *txn, GError **error);

/* Rolls back what was not committed; takes NULL. */
void db_txn_free(DbTxn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbTxn, db_txn_free)

/* Gives the number of the store's state as the connection's commune sees it: it grows with every committed
 * write of any connection or process that works for this commune or for the whole store, so it tells whether
 * a page has changed. */
bool db_version(Db *db, int64_t *ret_version, GError **error);
