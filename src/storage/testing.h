/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* Stores for tests. The tests of a program run on PostgreSQL where NAMRO_TEST_PG holds the address of a
 * database in which schemas may be made (build-aux/with-postgres starts one). */

/* True where there is a server for tests. */
bool db_test_has_server(void);

/* Gives the location of a new store, the caller's: a file in `folder`, or an empty schema of the server. */
char *db_test_location(const char *folder, const char *name, bool on_server);

/* Drops the schema; does nothing for a file. */
void db_test_drop(const char *location);
