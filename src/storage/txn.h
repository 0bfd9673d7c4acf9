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

/* What a layer above has read and written last in the transaction that writes, so that it need not read it
 * again; and what it need not write each time, but once, when the transaction or group ends. */
typedef struct DbTxnMemory {
	int64_t numbers[3];
	uint8_t bytes[32];
	/* Writes what of this is not in the store yet; NULL: all of it is. Called before the commit, which
	 * fails where it does. */
	bool (*write)(Db *db, GError **error);
} DbTxnMemory;

/* The connection's memory: all zero at the beginning of a transaction or group, and after a transaction was
 * rolled back; of a group's part that was rolled back, as it was before the part. */
DbTxnMemory *db_txn_memory(Db *db);

/* Has the memory written now where something of it is not in the store yet. */
bool db_txn_write_memory(Db *db, GError **error);

/* Lets the transaction under way leave db_version() as it is: for what no page shows that browsers keep. */
void db_txn_keep_version(DbTxn *txn);

/* Commits; a transaction that writes also moves db_version() on. The transaction still has to be freed.
 * Fails with APP_ERROR_BUSY, APP_ERROR_CONFLICT, APP_ERROR_STORAGE, after which nothing was written. */
bool db_txn_commit(DbTxn *txn, GError **error);

/* Rolls back what was not committed; takes NULL. */
void db_txn_free(DbTxn *txn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbTxn, db_txn_free)

/* Several transactions that become lasting by one commit. While a group is open, the outermost transactions
 * of its connection are its parts: one that is committed sees what was committed before it and can no longer
 * be undone by itself, one that is not committed is undone alone, and all are lost together where the group
 * is not committed. db_version() moves on once, with the commit. A statement outside of any transaction
 * belongs to the group too; one that fails may take those since the last transaction with it. */
typedef struct DbGroup DbGroup;

/* Begins a group, outside of any transaction. Fails with APP_ERROR_BUSY, APP_ERROR_STORAGE. */
bool db_group_begin(Db *db, DbGroup **ret_group, GError **error);

/* True where the store has given up the whole group (a full disk, a lost connection): begun transactions
 * fail, and so will the commit. */
bool db_group_is_lost(const DbGroup *group);

/* Commits all parts. The group still has to be freed. Fails as db_txn_commit(): nothing of the group was
 * written. */
bool db_group_commit(DbGroup *group, GError **error);

/* Rolls back what was not committed; takes NULL. */
void db_group_free(DbGroup *group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbGroup, db_group_free)

/* Gives the number of the store's state as the connection's commune sees it: it grows with every committed
 * write of any connection or process that works for this commune or for the whole store, so it tells whether
 * a page has changed. */
bool db_version(Db *db, int64_t *ret_version, GError **error);

/* Gives the number that a commune's rows about who may do what were given when one of them changed last, by
 * any connection or process: what was read of them is as it was for as long as the number is the same. It is
 * drawn by lot, so no two states of them have the same. 0: unknown, nothing may be kept. */
bool db_stamp(Db *db, int64_t commune_id, int64_t *ret_stamp, GError **error);
