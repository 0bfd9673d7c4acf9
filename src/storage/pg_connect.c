/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/pg.h"

#include <string.h>

#define MARK "namro" /* the comment of a schema of ours */

bool
pg_exec(PgDb *db, const char *sql, GError **error)
{
	PGresult *result;
	bool is_ok;

	if (!pg_later_settle(db, error))
		return false;
	result = PQexec(db->connection, sql);
	is_ok = pg_is_fine(result) || pg_fail(db, result, "SQL", error);
	PQclear(result);
	return is_ok;
}

static void
drop_notice(void *data, const PGresult *result)
{
	(void)data;
	(void)result;
}

/* What every new connection begins with. */
static bool
configure(PgDb *db, GError **error)
{
	PQsetNoticeReceiver(db->connection, drop_notice, NULL);
	g_ptr_array_set_size(db->sent, 0);
	db->generation++;
	return pg_exec(db,
		   "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET lock_timeout = '10s';"
		   "SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on",
		   error) &&
	       (!db->is_read_only || pg_exec(db, "SET default_transaction_read_only = on", error));
}

/* Makes the schema that the address names ("?options=-csearch_path%3Dxa") where it is not there yet, and
 * marks an empty one as ours. */
static bool
claim_schema(PgDb *db, GError **error)
{
	return pg_exec(db,
	    "DO $$ BEGIN IF current_schema() IS NULL THEN EXECUTE format('CREATE SCHEMA %I',"
	    " trim(split_part(current_setting('search_path'), ',', 1))); END IF;"
	    "IF NOT EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())"
	    " THEN EXECUTE format('COMMENT ON SCHEMA %I IS %L', current_schema(), '" MARK
	    "'); END IF; END $$",
	    error);
}

static bool
check_is_ours(PgDb *db, GError **error)
{
	PGresult *result = PQexec(db->connection,
	    "SELECT current_schema(), obj_description(to_regnamespace(current_schema())) = '" MARK "',"
	    " EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema())");
	bool is_ok = pg_is_fine(result) || pg_fail(db, result, "SQL", error), is_ours, is_empty;

	is_ours = is_ok && *PQgetvalue(result, 0, 1) == 't';
	is_empty = is_ok && *PQgetvalue(result, 0, 2) != 't';
	PQclear(result);
	if (!is_ok || is_ours)
		return is_ok;
	g_set_error_literal(error, APP_ERROR, is_empty ? APP_ERROR_NOT_FOUND : APP_ERROR_STORAGE,
	    is_empty ? "cơ sở dữ liệu còn trống; hãy chạy \"namro init\" trước"
		     : "cơ sở dữ liệu này không phải của Năm Rõ");
	return false;
}

void
pg_close(Db *base)
{
	PgDb *db = (PgDb *)base;

	PQfinish(db->connection);
	g_ptr_array_unref(db->sent);
	g_free(db);
}

/* The location's own settings win over ours, which stand before it. */
static PGconn *
connect_to(const char *location, DbMode mode)
{
	const char *const keywords[] = {
	    "application_name", "connect_timeout", "target_session_attrs", "dbname", NULL};
	const char *const values[] = {"namro", "10", mode == DB_READ ? "any" : "read-write", location, NULL};

	return PQconnectdbParams(keywords, values, 1);
}

static const char *
option_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options != NULL && options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0)
			return options->val != NULL ? options->val : "";
	return "";
}

/* A schema is one of the server's options. */
char *
db_pg_describe(const char *location)
{
	static const char SCHEMA[] = "search_path=";
	PQconninfoOption *options = PQconninfoParse(location, NULL);
	const char *host = option_of(options, "host"),
		   *schema = strstr(option_of(options, "options"), SCHEMA);
	char *text = g_strdup_printf("PostgreSQL %s/%s%s%s", *host != '\0' ? host : "localhost",
	    option_of(options, "dbname"), schema != NULL ? "/" : "",
	    schema != NULL ? schema + strlen(SCHEMA) : "");

	PQconninfoFree(options);
	return text;
}

bool
pg_open(const char *location, DbMode mode, Db **ret_db, GError **error)
{
	PgDb *db = g_new0(PgDb, 1);

	db->is_read_only = mode == DB_READ;
	db->sent = g_ptr_array_new();
	db->connection = connect_to(location, mode);
	if (PQstatus(db->connection) != CONNECTION_OK) {
		g_autofree char *message = g_strdup(PQerrorMessage(db->connection));

		/* The location is left out of the message: it may hold a password. */
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "không kết nối được với máy chủ PostgreSQL: %s", g_strstrip(message));
	} else if (configure(db, error) && (mode != DB_CREATE || claim_schema(db, error)) &&
		   check_is_ours(db, error)) {
		*ret_db = &db->base;
		return true;
	}
	pg_close(&db->base);
	return false;
}

bool
pg_revive(PgDb *db, GError **error)
{
	if ((!db->is_lost && PQstatus(db->connection) != CONNECTION_BAD) || db_txn_is_open(&db->base))
		return true;
	PQreset(db->connection);
	if (PQstatus(db->connection) != CONNECTION_OK)
		return pg_fail(db, NULL, "PostgreSQL", error);
	db->is_lost = false;
	return configure(db, error);
}
