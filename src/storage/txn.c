/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/txn.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/storage.sql.h"

struct DbTxn {
	Db *db;
	bool is_committed;
};

static bool
begin(Db *db, DbTxnKind kind, DbTxn **ret_txn, GError **error)
{
	DbTxnState *state = &db->txn;

	if (state->depth > 0 && kind == DB_TXN_WRITE && state->kind == DB_TXN_READ) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL,
		    "a write was begun inside a transaction that only reads");
		return false;
	}
	if (state->depth == 0) {
		if (!db->backend->begin(db, kind, error))
			return false;
		*state = (DbTxnState){.kind = kind};
	}
	state->depth++;
	*ret_txn = g_new0(DbTxn, 1);
	(*ret_txn)->db = db;
	return true;
}

bool
db_txn_begin(Db *db, DbTxn **ret_txn, GError **error)
{
	return begin(db, DB_TXN_WRITE, ret_txn, error);
}

bool
db_txn_begin_read(Db *db, DbTxn **ret_txn, GError **error)
{
	return begin(db, DB_TXN_READ, ret_txn, error);
}

bool
db_txn_is_writing(const Db *db)
{
	return db->txn.depth > 0 && db->txn.kind == DB_TXN_WRITE;
}

static bool
bump_version(Db *db, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &STORAGE_BUMP_VERSION, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_BUMP_VERSION_P_COMMUNE_ID, db->commune_id);
	return db_run(stmt, error);
}

static bool
commit_outer(Db *db, DbTxnState *state, GError **error)
{
	if (state->is_doomed) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL,
		    "a transaction cannot be committed after an inner one was rolled back");
		return false;
	}
	if (state->kind == DB_TXN_WRITE && !state->keeps_version && !bump_version(db, error))
		return false;
	return db->backend->commit(db, error);
}

bool
db_txn_commit(DbTxn *txn, GError **error)
{
	DbTxnState *state;

	g_return_val_if_fail(txn != NULL && !txn->is_committed, false);
	state = &txn->db->txn;
	if (state->depth == 1 && !commit_outer(txn->db, state, error))
		return false;
	txn->is_committed = true;
	state->depth--;
	return true;
}

void
db_txn_free(DbTxn *txn)
{
	DbTxnState *state;

	if (txn == NULL)
		return;
	state = &txn->db->txn;
	if (!txn->is_committed) {
		state->is_doomed = true;
		if (--state->depth == 0)
			txn->db->backend->rollback(txn->db);
	}
	g_free(txn);
}

bool
db_version(Db *db, int64_t *ret_version, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &STORAGE_VERSION, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_VERSION_P_COMMUNE_ID, db->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_version = has_row ? db_column_int(stmt, STORAGE_VERSION_C_VERSION) : 0;
	return true;
}
