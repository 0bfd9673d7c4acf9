/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/db.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/scan.h"

/* Gives is_ok; a failure is kept from the other parts of a group. */
static bool
contain(Db *db, bool is_ok, GError **error)
{
	if (!is_ok)
		db_txn_contain_failure(db, error != NULL ? *error : NULL);
	return is_ok;
}

static bool
is_fault_due(Db *db, GError **error)
{
	if (db->fail_after == 0 || --db->fail_after > 0)
		return false;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "a fault made by the test");
	return true;
}

static void
free_stmt(gpointer data)
{
	DbStmt *stmt = data;

	stmt->db->backend->stmt_free(stmt);
}

bool
db_is_server(const char *location)
{
	return g_str_has_prefix(location, "postgresql://") || g_str_has_prefix(location, "postgres://");
}

char *
db_describe(const char *location)
{
	return db_is_server(location) ? db_pg_describe(location) : g_strdup(location);
}

bool
db_open(const char *location, DbMode mode, Db **ret_db, GError **error)
{
	const DbBackend *backend = db_is_server(location) ? &DB_BACKEND_PG : &DB_BACKEND_SQLITE;
	Db *db;

	if (!backend->open(location, mode, &db, error))
		return false;
	db->backend = backend;
	db->stmts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_stmt);
	*ret_db = db;
	return true;
}

void
db_set_commune(Db *db, int64_t commune_id)
{
	g_return_if_fail(db->txn.depth == 0 && commune_id >= 0 && commune_id <= G_MAXINT32);
	db->commune_id = commune_id;
}

void
db_free(Db *db)
{
	if (db == NULL)
		return;
	g_hash_table_unref(db->stmts);
	db->backend->close(db);
}

static bool
new_stmt(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	if (!contain(db, db->backend->stmt_new(db, sql, ret_stmt, error), error))
		return false;
	(*ret_stmt)->db = db;
	(*ret_stmt)->sql = sql;
	return true;
}

bool
db_prepare(Db *db, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	DbStmt *stmt = g_hash_table_lookup(db->stmts, sql);
	bool is_first = stmt == NULL;

	if (is_first || stmt->is_in_use) {
		if (!new_stmt(db, sql, &stmt, error))
			return false;
		if (is_first) {
			stmt->is_cached = true;
			g_hash_table_insert(db->stmts, (gpointer)(guintptr)sql, stmt);
		}
	}
	stmt->is_in_use = true;
	*ret_stmt = stmt;
	return true;
}

void
db_stmt_reset(DbStmt *stmt)
{
	stmt->db->backend->reset(stmt);
}

void
db_stmt_release(DbStmt *stmt)
{
	if (stmt == NULL)
		return;
	if (!stmt->is_cached) {
		free_stmt(stmt);
		return;
	}
	stmt->db->backend->reset(stmt);
	stmt->db->backend->clear(stmt);
	stmt->is_in_use = false;
}

void
db_bind_int(DbStmt *stmt, int param, int64_t value)
{
	stmt->db->backend->bind_int(stmt, param, value);
}

void
db_bind_text(DbStmt *stmt, int param, const char *text)
{
	stmt->db->backend->bind_text(stmt, param, text);
}

void
db_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len)
{
	stmt->db->backend->bind_bytes(stmt, param, bytes, len);
}

void
db_bind_null(DbStmt *stmt, int param)
{
	stmt->db->backend->bind_text(stmt, param, NULL);
}

bool
db_step(DbStmt *stmt, bool *ret_row, GError **error)
{
	return contain(
	    stmt->db, !is_fault_due(stmt->db, error) && stmt->db->backend->step(stmt, ret_row, error), error);
}

bool
db_run(DbStmt *stmt, GError **error)
{
	bool has_row = true;
	bool is_ok = true;

	while (is_ok && has_row)
		is_ok = db_step(stmt, &has_row, error);
	db_stmt_reset(stmt);
	return is_ok;
}

bool
db_run_later(DbStmt *stmt, GError **error)
{
	Db *db = stmt->db;

	if (db->backend->run_later == NULL || !db_txn_is_writing(db))
		return db_run(stmt, error);
	return contain(db, !is_fault_due(db, error) && db->backend->run_later(stmt, error), error);
}

bool
db_run_fixed(Db *db, const DbSql *sql, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	return db_prepare(db, sql, &stmt, error) && db_run(stmt, error);
}

int64_t
db_column_int(const DbStmt *stmt, int column)
{
	return stmt->db->backend->column_int(stmt, column);
}

const char *
db_column_text(const DbStmt *stmt, int column)
{
	return stmt->db->backend->column_text(stmt, column);
}

const void *
db_column_bytes(const DbStmt *stmt, int column, size_t *ret_len)
{
	return stmt->db->backend->column_bytes(stmt, column, ret_len);
}

bool
db_column_is_null(const DbStmt *stmt, int column)
{
	return stmt->db->backend->column_is_null(stmt, column);
}

int
db_column_count(const DbStmt *stmt)
{
	return stmt->db->backend->column_count(stmt);
}

int64_t
db_changes(const Db *db)
{
	return db->backend->changes(db);
}

static bool
refuse_server(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, "a server's store is no file to be copied");
	return false;
}

bool
db_copy(Db *db, const char *path, GError **error)
{
	g_return_val_if_fail(db->txn.depth > 0 && db->txn.kind == DB_TXN_READ, false);
	return db->backend->copy != NULL ? db->backend->copy(db, path, error) : refuse_server(error);
}

bool
db_count_rows(Db *db, GString *out, GError **error)
{
	return db->backend->count_rows != NULL ? db->backend->count_rows(db, out, error)
					       : refuse_server(error);
}

void
db_scan(Db *db, bool is_on)
{
	if (db->backend->scan != NULL)
		db->backend->scan(db, is_on);
}

void
db_forget(Db *db, const DbSql *sql)
{
	DbStmt *stmt = g_hash_table_lookup(db->stmts, sql);

	if (stmt == NULL)
		return;
	g_return_if_fail(!stmt->is_in_use);
	stmt->is_cached = false;
	g_hash_table_remove(db->stmts, sql);
}

void
db_backend_fail_after(Db *db, unsigned n)
{
	db->fail_after = n;
}
