/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "storage/checkpoint.h"

struct App {
	char *directory;
	char *location;     /* of the database */
	GPtrArray *modules; /* of const AppModule *, sorted */
	AppOptions options;
	AppCommune commune;
	Db *db;
	unsigned n_migrated; /* when it was opened */
};

#define APP_COMMUNE_OBJECT "commune"

/* What the ledger notes of a commune, the caller's. */
char *app_commune_state(const AppCommune *commune);

/* Opens a store and brings it up to date, for no commune yet. Fails as db_open() and db_migrate(). */
bool app_open_store(const char *location, DbMode mode, const GPtrArray *modules, int64_t now_us,
    unsigned *ret_n_migrated, Db **ret_db, GError **error);

/* Makes anew what the modules keep of a commune in an earlier form (AppModule.derive), each by itself in a
 * transaction. Most of the time one statement finds that there is nothing to do. */
bool app_derive(const GPtrArray *modules, Db *db, int64_t commune_id, GError **error);

/* Copies a commune inside the callers' transactions, makes anew what is not copied, and compares every table.
 * *ret_sums: of DbTableSum *, the caller's. Fails as db_commune_copy(). */
bool app_copy_commune(
    const GPtrArray *modules, Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error);

/* The same as app_verify() on another connection, inside a transaction of the caller's. */
bool app_verify_in(const App *app, Db *db, LedgerReport *ret_report, GError **error);

/* Opens a connection that only reads. */
bool app_open_reader(const App *app, Db **ret_db, GError **error);

/* Opens a further connection that may write. */
bool app_open_writer(const App *app, Db **ret_db, GError **error);

/* Lets the log of app_db() be emptied beside it (storage/checkpoint.h). */
bool app_start_checkpoints(App *app, DbCheckpointer **ret_checkpointer, GError **error);

/* Reads a commune; the strings of *ret_commune are the caller's to clear. */
bool app_find_commune(Db *db, int64_t commune_id, AppCommune *ret_commune, bool *ret_found, GError **error);

static inline const char *
app_or_empty(const char *text)
{
	return text != NULL ? text : "";
}
