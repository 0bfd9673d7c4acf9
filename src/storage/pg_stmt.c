/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/pg.h"

static bool
prepare(PgStmt *stmt, PgDb *db, const DbSql *sql, GError **error)
{
	PGresult *result;
	bool is_ok;

	if (!pg_later_settle(db, error))
		return false;
	result = PQprepare(db->connection, stmt->name, sql->pg, 0, NULL);
	is_ok = pg_is_fine(result) || pg_fail(db, result, sql->name, error);
	PQclear(result);
	if (is_ok)
		stmt->generation = db->generation;
	return is_ok;
}

/* The same on a connection that turns out to be broken: nothing was lost but the connection, so it is made
 * anew. */
static bool
prepare_alive(PgStmt *stmt, PgDb *db, const DbSql *sql, GError **error)
{
	g_autoptr(GError) reason = NULL;

	if (!pg_revive(db, error))
		return false;
	if (prepare(stmt, db, sql, &reason))
		return true;
	if (db->is_lost && !db_txn_is_open(&db->base))
		return pg_revive(db, error) && prepare(stmt, db, sql, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static void
drop_result(PgStmt *stmt)
{
	g_clear_pointer(&stmt->result, PQclear);
	g_ptr_array_set_size(stmt->bytes, 0);
}

void
pg_stmt_free(DbStmt *base)
{
	PgStmt *stmt = (PgStmt *)base;
	PgDb *db = (PgDb *)base->db;

	drop_result(stmt);
	/* Cached ones end with the connection; one that was in use twice would stay prepared for ever. */
	if (!base->is_cached && db != NULL && stmt->generation == db->generation && db->sent->len == 0 &&
	    PQtransactionStatus(db->connection) != PQTRANS_INERROR) {
		g_autofree char *sql = g_strdup_printf("DEALLOCATE %s", stmt->name);

		PQclear(PQexec(db->connection, sql));
	}
	for (unsigned i = 0; i < base->sql->n_params; i++)
		g_string_free(stmt->params[i].value, TRUE);
	g_ptr_array_unref(stmt->bytes);
	g_free(stmt->params);
	g_free(stmt);
}

bool
pg_stmt_new(Db *base, const DbSql *sql, DbStmt **ret_stmt, GError **error)
{
	PgDb *db = (PgDb *)base;
	PgStmt *stmt = g_new0(PgStmt, 1);

	stmt->base.sql = sql;
	stmt->bytes = g_ptr_array_new_with_free_func(PQfreemem);
	stmt->params = g_new0(PgParam, MAX(sql->n_params, 1));
	for (unsigned i = 0; i < sql->n_params; i++)
		stmt->params[i].value = g_string_new(NULL);
	g_snprintf(stmt->name, sizeof(stmt->name), "s%u", db->n_stmts++);
	if (!prepare_alive(stmt, db, sql, error)) {
		pg_stmt_free(&stmt->base);
		return false;
	}
	*ret_stmt = &stmt->base;
	return true;
}

void
pg_reset(DbStmt *stmt)
{
	drop_result((PgStmt *)stmt);
}

void
pg_clear(DbStmt *stmt)
{
	for (unsigned i = 0; i < stmt->sql->n_params; i++)
		((PgStmt *)stmt)->params[i].is_set = false;
	((PgStmt *)stmt)->is_misbound = false;
}

/* The place of a parameter, emptied; NULL where there is none of that number. */
static PgParam *
param_of(DbStmt *stmt, int param)
{
	PgParam *place;

	if (param < 1 || param > stmt->sql->n_params) {
		((PgStmt *)stmt)->is_misbound = true;
		return NULL;
	}
	place = &((PgStmt *)stmt)->params[param - 1];
	g_string_truncate(place->value, 0);
	place->is_set = true;
	place->is_binary = false;
	return place;
}

void
pg_bind_int(DbStmt *stmt, int param, int64_t value)
{
	PgParam *place = param_of(stmt, param);

	if (place != NULL)
		g_string_append_printf(place->value, "%" G_GINT64_FORMAT, value);
}

void
pg_bind_text(DbStmt *stmt, int param, const char *text)
{
	PgParam *place = param_of(stmt, param);

	if (place == NULL)
		return;
	place->is_set = text != NULL;
	if (text != NULL)
		g_string_append(place->value, text);
}

void
pg_bind_bytes(DbStmt *stmt, int param, const void *bytes, size_t len)
{
	PgParam *place = param_of(stmt, param);

	if (place == NULL)
		return;
	place->is_set = bytes != NULL;
	place->is_binary = true;
	g_string_append_len(place->value, bytes, (gssize)len);
}

void
pg_values(const PgStmt *stmt, PgValues *values)
{
	for (unsigned i = 0; i < stmt->base.sql->n_params; i++) {
		const PgParam *param = &stmt->params[i];

		values->values[i] = param->is_set ? param->value->str : NULL;
		values->lengths[i] = (int)param->value->len;
		values->formats[i] = param->is_binary;
	}
}

static PGresult *
exec_prepared(PgStmt *stmt, PgDb *db)
{
	PgValues values;

	pg_values(stmt, &values);
	return PQexecPrepared(db->connection, stmt->name, stmt->base.sql->n_params, values.values,
	    values.lengths, values.formats, 0);
}

/* True where the statement may be sent: it is bound rightly, and prepared in this connection. */
static bool
make_ready(PgStmt *stmt, GError **error)
{
	PgDb *db = (PgDb *)stmt->base.db;

	if (stmt->is_misbound) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: a parameter is out of range",
		    stmt->base.sql->name);
		return false;
	}
	return pg_revive(db, error) &&
	       (stmt->generation == db->generation || prepare_alive(stmt, db, stmt->base.sql, error));
}

static bool
run(PgStmt *stmt, GError **error)
{
	PgDb *db = (PgDb *)stmt->base.db;
	const char *changed;

	if (!make_ready(stmt, error))
		return false;
	if (db->sent->len == 0)
		stmt->result = exec_prepared(stmt, db);
	else if (!pg_later_run(db, stmt, &stmt->result, error))
		return false;
	if (!pg_is_fine(stmt->result) && pg_is_lost(db, stmt->result) && !db_txn_is_open(&db->base) &&
	    pg_revive(db, NULL) && prepare(stmt, db, stmt->base.sql, NULL)) {
		/* Nothing was lost but the connection: a statement of its own is asked again, once. */
		PQclear(stmt->result);
		stmt->result = exec_prepared(stmt, db);
	}
	if (!pg_is_fine(stmt->result)) {
		pg_fail(db, stmt->result, stmt->base.sql->name, error);
		drop_result(stmt);
		return false;
	}
	changed = PQcmdTuples(stmt->result);
	if (*changed != '\0')
		db->changes = g_ascii_strtoll(changed, NULL, 10);
	stmt->row = -1;
	return true;
}

bool
pg_run_later(DbStmt *base, GError **error)
{
	PgStmt *stmt = (PgStmt *)base;

	return make_ready(stmt, error) && pg_later_send((PgDb *)base->db, stmt, error);
}

bool
pg_step(DbStmt *base, bool *ret_row, GError **error)
{
	PgStmt *stmt = (PgStmt *)base;

	if (stmt->result == NULL && !run(stmt, error))
		return false;
	g_ptr_array_set_size(stmt->bytes, 0);
	*ret_row = ++stmt->row < PQntuples(stmt->result);
	return true;
}

bool
pg_column_is_null(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;

	return PQgetisnull(stmt->result, stmt->row, column) != 0;
}

int64_t
pg_column_int(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;
	const char *text = PQgetvalue(stmt->result, stmt->row, column);

	return *text == 't' ? 1 : g_ascii_strtoll(text, NULL, 10); /* a comparison gives t or f */
}

const char *
pg_column_text(const DbStmt *base, int column)
{
	const PgStmt *stmt = (const PgStmt *)base;

	return pg_column_is_null(base, column) ? NULL : PQgetvalue(stmt->result, stmt->row, column);
}

const void *
pg_column_bytes(const DbStmt *base, int column, size_t *ret_len)
{
	const PgStmt *stmt = (const PgStmt *)base;
	unsigned char *bytes;

	*ret_len = 0;
	if (pg_column_is_null(base, column))
		return NULL;
	bytes = PQunescapeBytea((const unsigned char *)PQgetvalue(stmt->result, stmt->row, column), ret_len);
	g_ptr_array_add(stmt->bytes, bytes);
	return bytes;
}

int
pg_column_count(const DbStmt *base)
{
	const PgStmt *stmt = (const PgStmt *)base;
	PGresult *result;
	int n;

	if (stmt->result != NULL)
		return PQnfields(stmt->result);
	(void)pg_later_settle((PgDb *)base->db, NULL);
	result = PQdescribePrepared(((PgDb *)base->db)->connection, stmt->name);
	n = PQnfields(result);
	PQclear(result);
	return n;
}
