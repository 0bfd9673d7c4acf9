/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/pg.h"

/* So many answers fit into the socket's own buffers: neither side ever waits for the other to read. */
#define SENT_MAX 128

static bool
send_prepared(PgDb *db, const PgStmt *stmt)
{
	PgValues values;

	pg_values(stmt, &values);
	return PQsendQueryPrepared(db->connection, stmt->name, stmt->base.sql->n_params, values.values,
		   values.lengths, values.formats, 0) == 1;
}

/* The answer of one statement, the caller's; behind it libpq gives NULL. */
static PGresult *
take_answer(PgDb *db)
{
	PGresult *result = PQgetResult(db->connection);

	if (result != NULL)
		PQclear(PQgetResult(db->connection));
	return result;
}

/* Takes all answers, the last one for ret_last where that is not NULL. */
static bool
take_answers(PgDb *db, PGresult **ret_last, GError **error)
{
	guint n_own = ret_last != NULL ? db->sent->len - 1 : db->sent->len;
	bool is_ok = PQpipelineSync(db->connection) == 1 || pg_fail(db, NULL, "PostgreSQL", error);

	for (guint i = 0; i < n_own; i++) {
		PGresult *result = take_answer(db);

		if (is_ok && !pg_is_fine(result))
			is_ok = pg_fail(db, result, g_ptr_array_index(db->sent, i), error);
		PQclear(result);
	}
	if (ret_last != NULL)
		*ret_last = take_answer(db);
	PQclear(PQgetResult(db->connection)); /* of the synchronisation */
	g_ptr_array_set_size(db->sent, 0);
	PQexitPipelineMode(db->connection);
	return is_ok;
}

bool
pg_later_settle(PgDb *db, GError **error)
{
	return db->sent->len == 0 || take_answers(db, NULL, error);
}

static bool
open_pipeline(PgDb *db, const char *what, GError **error)
{
	if (db->sent->len >= SENT_MAX && !take_answers(db, NULL, error))
		return false;
	return db->sent->len > 0 || PQenterPipelineMode(db->connection) == 1 ||
	       pg_fail(db, NULL, what, error);
}

static bool
note_sent(PgDb *db, bool is_sent, const char *what, GError **error)
{
	if (is_sent) {
		g_ptr_array_add(db->sent, (gpointer)(guintptr)what);
		return true;
	}
	pg_fail(db, NULL, what, error);
	if (db->sent->len == 0)
		PQexitPipelineMode(db->connection);
	(void)pg_later_settle(db, NULL);
	return false;
}

bool
pg_later_send(PgDb *db, const PgStmt *stmt, GError **error)
{
	const char *name = stmt->base.sql->name;

	return open_pipeline(db, name, error) && note_sent(db, send_prepared(db, stmt), name, error);
}

bool
pg_later_send_text(PgDb *db, const char *sql, GError **error)
{
	return open_pipeline(db, sql, error) &&
	       note_sent(
		   db, PQsendQueryParams(db->connection, sql, 0, NULL, NULL, NULL, NULL, 0) == 1, sql, error);
}

bool
pg_later_run(PgDb *db, const PgStmt *stmt, PGresult **ret_result, GError **error)
{
	*ret_result = NULL;
	if (!pg_later_send(db, stmt, error))
		return false;
	if (take_answers(db, ret_result, error))
		return true;
	g_clear_pointer(ret_result, PQclear);
	return false;
}
