/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/pg.h"

#include "base/app-error.h"

#include <string.h>

static AppErrorCode
error_code(const char *state)
{
	static const char *const BUSY[] = {"40001", "40P01", "55P03", "57014"};

	if (state == NULL)
		return APP_ERROR_BUSY; /* libpq's own: what was sent behind a failure was not run */
	for (size_t i = 0; i < G_N_ELEMENTS(BUSY); i++)
		if (strcmp(state, BUSY[i]) == 0)
			return APP_ERROR_BUSY;
	if (strcmp(state, "53100") == 0)
		return APP_ERROR_DISK;
	return g_str_has_prefix(state, "23") ? APP_ERROR_CONFLICT : APP_ERROR_STORAGE;
}

/* The server's parting words: it ends the connection (classes 57P0 and 08), or has waited too long inside a
 * transaction (25P03). */
static bool
ends_connection(const char *state)
{
	return g_str_has_prefix(state, "57P0") || g_str_has_prefix(state, "08") ||
	       strcmp(state, "25P03") == 0;
}

bool
pg_is_lost(PgDb *db, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	bool is_fatal = PQresultStatus(result) == PGRES_FATAL_ERROR;

	db->is_lost = db->is_lost || PQstatus(db->connection) == CONNECTION_BAD ||
		      (is_fatal && (state == NULL || ends_connection(state)));
	return db->is_lost;
}

bool
pg_fail(PgDb *db, const PGresult *result, const char *what, GError **error)
{
	const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const char *reason = result != NULL ? PQresultErrorMessage(result) : "";
	g_autofree char *message = g_strdup(*reason != '\0' ? reason : PQerrorMessage(db->connection));

	if (pg_is_lost(db, result))
		g_set_error(error, APP_ERROR, APP_ERROR_BUSY,
		    "%s: mất kết nối với máy chủ PostgreSQL (%s); hãy thử lại", what, g_strstrip(message));
	else
		g_set_error(error, APP_ERROR, (gint)error_code(state), "%s: %s", what, g_strstrip(message));
	return false;
}

bool
pg_is_fine(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}
