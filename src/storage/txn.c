/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/txn.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/place.h"
#include "storage/storage.sql.h"

struct DbTxn {
	Db *db;
	bool is_committed;
};

struct DbGroup {
	Db *db;
	bool is_committed;
};

bool
db_txn_is_open(const Db *db)
{
	return db->txn.depth > 0 || db->txn.is_group;
}

static bool
fail_lost(const DbTxnState *state, GError **error)
{
	g_set_error_literal(
	    error, APP_ERROR, state->failure_code, "the transaction around this one was lost");
	return false;
}

/* The outermost transaction: the store's own, or a part of a group, which begins where the last one ended. */
static bool
begin_outer(Db *db, DbTxnKind kind, GError **error)
{
	DbTxnState *state = &db->txn;

	if (state->is_group ? state->is_lost : !db->backend->begin(db, kind, error))
		return state->is_group ? fail_lost(state, error) : false;
	if (!state->is_group)
		db->memory = (DbTxnMemory){0};
	state->kind = kind;
	state->is_doomed = state->has_failed = state->keeps_version = state->moves = false;
	return true;
}

/* Back to the end of the last part. Marked as lost meanwhile, because undoing may fail and come back here.
 * What is undone explains nothing any more; a connection that is gone explains everything. */
static void
undo_part(Db *db)
{
	DbTxnState *state = &db->txn;
	g_autoptr(GError) error = NULL;

	if (state->is_lost)
		return;
	db->memory = db->marked_memory;
	state->is_lost = true;
	state->is_lost = !db->backend->undo(db, &error);
	if (!state->is_lost)
		state->failure_code = APP_ERROR_STORAGE;
	else if (g_error_matches(error, APP_ERROR, APP_ERROR_BUSY))
		state->failure_code = APP_ERROR_BUSY;
}

static void
rollback_outer(Db *db)
{
	DbTxnState *state = &db->txn;

	if (!state->is_group) {
		db->memory = (DbTxnMemory){0};
		db->backend->rollback(db);
		return;
	}
	if (state->kind == DB_TXN_WRITE || state->has_failed)
		undo_part(db);
}

void
db_txn_contain_failure(Db *db, const GError *error)
{
	DbTxnState *state = &db->txn;

	if (!state->is_group)
		return;
	if (!state->is_lost && error != NULL && error->domain == APP_ERROR)
		state->failure_code = error->code;
	if (state->depth == 0)
		undo_part(db);
	else
		state->has_failed = true;
}

static bool
begin(Db *db, DbTxnKind kind, DbTxn **ret_txn, GError **error)
{
	DbTxnState *state = &db->txn;

	if (state->depth > 0 && kind == DB_TXN_WRITE && state->kind == DB_TXN_READ) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL,
		    "a write was begun inside a transaction that only reads");
		return false;
	}
	if (state->depth == 0 && !begin_outer(db, kind, error))
		return false;
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

DbTxnMemory *
db_txn_memory(Db *db)
{
	return &db->memory;
}

bool
db_txn_write_memory(Db *db, GError **error)
{
	bool (*write)(Db *, GError **) = db->memory.write;

	if (write != NULL && !write(db, error))
		return false;
	db->memory.write = NULL;
	return true;
}

void
db_txn_keep_version(DbTxn *txn)
{
	txn->db->txn.keeps_version = true;
}

/* Refuses where the commune lives in another store. */
static bool
bump_version(Db *db, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &STORAGE_BUMP_VERSION, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_BUMP_VERSION_P_COMMUNE_ID, db->commune_id);
	db_bind_int(stmt, STORAGE_BUMP_VERSION_P_MOVES, db->txn.moves);
	return db_run(stmt, error) && (db_changes(db) == 1 || db_place_check(db, db->commune_id, error));
}

/* What moves no number on has to ask. db->commune_id 0 is the store, which stays where it is. */
static bool
check_place(Db *db, GError **error)
{
	return db->txn.moves || db->commune_id == 0 || db_place_check(db, db->commune_id, error);
}

static bool
commit_part(Db *db, DbTxnState *state, GError **error)
{
	if (state->kind == DB_TXN_READ) {
		if (state->has_failed)
			undo_part(db);
		return true;
	}
	if (state->is_lost)
		return fail_lost(state, error);
	if (!db->backend->mark(db, false, error)) {
		db_txn_contain_failure(db, error != NULL ? *error : NULL);
		return false;
	}
	db->marked_memory = db->memory;
	state->is_changed = state->is_changed || !state->keeps_version;
	return true;
}

static bool
commit_outer(Db *db, DbTxnState *state, GError **error)
{
	if (state->is_doomed) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL,
		    "a transaction cannot be committed after an inner one was rolled back");
		return false;
	}
	if (state->is_group)
		return commit_part(db, state, error);
	if (state->kind == DB_TXN_WRITE &&
	    (!db_txn_write_memory(db, error) ||
		!(state->keeps_version ? check_place(db, error) : bump_version(db, error))))
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
			rollback_outer(txn->db);
	}
	g_free(txn);
}

bool
db_group_begin(Db *db, DbGroup **ret_group, GError **error)
{
	g_return_val_if_fail(!db_txn_is_open(db), false);
	if (!db->backend->begin(db, DB_TXN_WRITE, error))
		return false;
	if (!db->backend->mark(db, true, error)) {
		db->backend->rollback(db);
		return false;
	}
	db->memory = db->marked_memory = (DbTxnMemory){0};
	db->txn = (DbTxnState){.is_group = true, .failure_code = APP_ERROR_STORAGE};
	*ret_group = g_new0(DbGroup, 1);
	(*ret_group)->db = db;
	return true;
}

bool
db_group_is_lost(const DbGroup *group)
{
	return group->db->txn.is_lost;
}

bool
db_group_commit(DbGroup *group, GError **error)
{
	DbTxnState *state;

	g_return_val_if_fail(group != NULL && !group->is_committed && group->db->txn.depth == 0, false);
	state = &group->db->txn;
	if (state->is_lost)
		return fail_lost(state, error);
	if (!db_txn_write_memory(group->db, error) ||
	    !(state->is_changed ? bump_version(group->db, error) : check_place(group->db, error)) ||
	    !group->db->backend->commit(group->db, error))
		return false;
	group->is_committed = true;
	*state = (DbTxnState){0};
	return true;
}

void
db_group_free(DbGroup *group)
{
	if (group == NULL)
		return;
	g_return_if_fail(group->is_committed || group->db->txn.depth == 0);
	if (!group->is_committed) {
		group->db->txn = (DbTxnState){0};
		group->db->memory = (DbTxnMemory){0};
		group->db->backend->rollback(group->db);
	}
	g_free(group);
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

bool
db_stamp(Db *db, int64_t commune_id, int64_t *ret_stamp, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &STORAGE_STAMP, &stmt, error))
		return false;
	db_bind_int(stmt, STORAGE_STAMP_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_stamp = has_row ? db_column_int(stmt, STORAGE_STAMP_C_STAMP) : 0;
	return true;
}
