/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/testing.h"

#include "storage/db.h"

#include <glib.h>
#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA_OPTION "options=-csearch_path%3D"

bool
db_test_has_server(void)
{
	return g_getenv("NAMRO_TEST_PG") != NULL;
}

char *
db_test_location(const char *folder, const char *name, bool on_server)
{
	static gint n_schemas;
	const char *server = g_getenv("NAMRO_TEST_PG");

	if (!on_server)
		return g_build_filename(folder, name, NULL);
	return g_strdup_printf("%s%c%st%d_%d", server, strchr(server, '?') != NULL ? '&' : '?', SCHEMA_OPTION,
	    (int)getpid(), g_atomic_int_add(&n_schemas, 1));
}

void
db_test_drop(const char *location)
{
	const char *schema = strstr(location, SCHEMA_OPTION);
	g_autofree char *sql = NULL;
	PGconn *connection;

	if (!db_is_server(location) || schema == NULL)
		return;
	sql = g_strdup_printf("SET client_min_messages = error; DROP SCHEMA IF EXISTS %s CASCADE",
	    schema + strlen(SCHEMA_OPTION));
	connection = PQconnectdb(g_getenv("NAMRO_TEST_PG"));
	PQclear(PQexec(connection, sql));
	PQfinish(connection);
}
