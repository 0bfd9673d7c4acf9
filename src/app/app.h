/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "app/module.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* An opened data directory: the folder `files`, `namro.db` where no other database was named, and `commune`,
 * which says whose it is. */
typedef struct App App;

/* A commune as its data directory knows it. */
typedef struct AppCommune {
	int64_t commune_id;
	char *code; /* the five digits of the national list of administrative units; "" unknown */
	char *name; /* "xã Bình Nguyệt"; "" until it is known */
	char *province;
} AppCommune;

void app_commune_clear(AppCommune *commune);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AppCommune, app_commune_clear)

typedef struct AppOptions {
	const char *directory;
	const char *database; /* address of a PostgreSQL database ("postgresql://…"); NULL: the directory's
				 own file */
	const AppModule *const *modules; /* ended by NULL; must outlive the App */
	int64_t now_us;                  /* microseconds since 1970, UTC */
	int32_t today;                   /* day number in Asia/Ho_Chi_Minh */
	bool is_clock_fixed;             /* the two above count for ever, not only now */
	bool are_keys_lost; /* opens although a key is missing: to begin a new one (app/keys.h) */
	bool is_moving;     /* opens although the commune lives elsewhere: to finish its move (app/move.h) */
} AppOptions;

/* Makes a data directory, or finds that it is there already with the same commune (*ret_is_new false). NULL
 * fields of `commune` are unknown and agree with anything; commune_id is derived from the code. Fails with
 * APP_ERROR_CONFLICT where the directory belongs to another commune, or the commune to another directory;
 * APP_ERROR_STORAGE. */
bool app_init(const AppOptions *options, const AppCommune *commune, bool *ret_is_new, GError **error);

/* Opens a data directory and brings its database up to date.
 * Fails with APP_ERROR_NOT_FOUND (no data directory), APP_ERROR_CONFLICT (of a newer program, in another
 * store or on its way there, of none of the store's communes), APP_ERROR_STORAGE (also where one of its keys
 * is missing or is another one). */
bool app_open(const AppOptions *options, App **ret_app, GError **error);
void app_free(App *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(App, app_free)

/* The connection that may write, for commands; not for pages. */
Db *app_db(App *app);
const AppCommune *app_commune(const App *app);
const char *app_directory(const App *app);

/* Gives the commune its name where it has none yet; does nothing where it has one. */
bool app_name_commune(App *app, const char *name, GError **error);

/* The same on any connection that may write; an App that is open learns of it when it is opened again. */
bool app_name_commune_in(
    Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *name, GError **error);

/* Who works from a shell. */
extern const LedgerActor APP_SHELL_ACTOR;

/* Signs the ledger as it stands with the data directory's key: the end of each command that writes. Fails
 * with APP_ERROR_STORAGE, APP_ERROR_BUSY. */
bool app_sign_ledger(App *app, GError **error);

/* Checks the ledger with the directory's key, and that the tables hold what was noted last. Fails with
 * APP_ERROR_STORAGE. */
bool app_verify(App *app, LedgerReport *ret_report, GError **error);

/* Looks for the files of the modules (AppModule.verify_files) and adds what it finds to the report of
 * app_verify(). reads_all: reads every byte. */
bool app_verify_files(App *app, bool reads_all, LedgerReport *report, GError **error);

/* Instant and day: fixed by the options, or the clock's at this call. */
int64_t app_now_us(const App *app);
int32_t app_today(const App *app);
