/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "base/date.h"
#include "base/json.h"
#include "storage/txn.h"

#include <string.h>

const LedgerActor APP_SHELL_ACTOR = {.name = "chưa đăng nhập", .origin = "dòng lệnh"};

void
app_commune_clear(AppCommune *commune)
{
	g_clear_pointer(&commune->code, g_free);
	g_clear_pointer(&commune->name, g_free);
	g_clear_pointer(&commune->province, g_free);
}

void
app_free(App *app)
{
	if (app == NULL)
		return;
	db_free(app->db);
	app_commune_clear(&app->commune);
	g_clear_pointer(&app->modules, g_ptr_array_unref);
	g_free(app->location);
	g_free(app->directory);
	g_free(app);
}

bool
app_find_commune(Db *db, int64_t commune_id, AppCommune *ret_commune, bool *ret_found, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_FIND_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_FIND_COMMUNE_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	ret_commune->commune_id = commune_id;
	ret_commune->code = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_CODE));
	ret_commune->name = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_NAME));
	ret_commune->province = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_PROVINCE));
	return true;
}

char *
app_commune_state(const AppCommune *commune)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "code", app_or_empty(commune->code));
	json_key_string(&json, "name", app_or_empty(commune->name));
	json_key_string(&json, "province", app_or_empty(commune->province));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

bool
app_sign_ledger(App *app, GError **error)
{
	g_auto(LedgerKey) key = {0};

	return ledger_key_load(app->directory, &key, error) &&
	       ledger_sign(app->db, app->commune.commune_id, &key, app_now_us(app), error);
}

static bool
open_again(const App *app, DbMode mode, Db **ret_db, GError **error)
{
	if (!db_open(app->location, mode, ret_db, error))
		return false;
	db_set_commune(*ret_db, app->commune.commune_id);
	return true;
}

bool
app_open_reader(const App *app, Db **ret_db, GError **error)
{
	return open_again(app, DB_READ, ret_db, error);
}

bool
app_open_writer(const App *app, Db **ret_db, GError **error)
{
	return open_again(app, DB_WRITE, ret_db, error);
}

Db *
app_db(App *app)
{
	return app->db;
}

const AppCommune *
app_commune(const App *app)
{
	return &app->commune;
}

const char *
app_directory(const App *app)
{
	return app->directory;
}

static bool
set_name(Db *db, int64_t commune_id, const char *name, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_NAME_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_NAME_COMMUNE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_NAME_COMMUNE_P_NAME, name);
	return db_run(stmt, error);
}

bool
app_name_commune_in(
    Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *name, GError **error)
{
	g_auto(AppCommune) before = {0}, after = {0};
	g_autofree char *before_state = NULL, *after_state = NULL;
	g_autoptr(DbTxn) txn = NULL;
	bool is_found;

	if (!db_txn_begin(db, &txn, error) || !app_find_commune(db, commune_id, &before, &is_found, error))
		return false;
	if (!is_found || *before.name != '\0')
		return db_txn_commit(txn, error);
	if (!set_name(db, commune_id, name, error) ||
	    !app_find_commune(db, commune_id, &after, &is_found, error))
		return false;
	before_state = app_commune_state(&before);
	after_state = app_commune_state(&after);
	return ledger_note(db, commune_id, actor, now_us,
		   &(LedgerNote){LEDGER_CHANGE, APP_COMMUNE_OBJECT, before_state, after_state}, error) &&
	       db_txn_commit(txn, error);
}

bool
app_name_commune(App *app, const char *name, GError **error)
{
	if (*app->commune.name != '\0')
		return true;
	if (!app_name_commune_in(
		app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app_now_us(app), name, error))
		return false;
	g_free(app->commune.name);
	app->commune.name = g_strdup(name);
	return true;
}

int64_t
app_now_us(const App *app)
{
	return app->options.is_clock_fixed ? app->options.now_us : g_get_real_time();
}

int32_t
app_today(const App *app)
{
	if (app->options.is_clock_fixed)
		return app->options.today;
	return instant_day(app_now_us(app));
}
