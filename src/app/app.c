/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "app/keys.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0750
#define COMMUNE_ID_UNKNOWN 1 /* of a directory without a code */

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
app_find_commune(Db *db, AppCommune *ret_commune, bool *ret_found, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_FIND_COMMUNE, &stmt, error) || !db_step(stmt, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	ret_commune->commune_id = db_column_int(stmt, APP_FIND_COMMUNE_C_COMMUNE_ID);
	ret_commune->code = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_CODE));
	ret_commune->name = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_NAME));
	ret_commune->province = g_strdup(db_column_text(stmt, APP_FIND_COMMUNE_C_PROVINCE));
	return true;
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* The code's number, so that communes keep their identity when a city takes their data together. */
static int64_t
derive_commune_id(const char *code)
{
	guint64 number;

	if (code != NULL && g_ascii_string_to_unsigned(code, 10, 1, G_MAXINT32, &number, NULL))
		return (int64_t)number;
	return COMMUNE_ID_UNKNOWN;
}

char *
app_commune_state(const AppCommune *commune)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "code", or_empty(commune->code));
	json_key_string(&json, "name", or_empty(commune->name));
	json_key_string(&json, "province", or_empty(commune->province));
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The first rows of a ledger: whose it is, and by which key it is signed. */
static bool
note_beginning(App *app, int64_t commune_id, const AppCommune *commune, GError **error)
{
	g_autofree char *state = app_commune_state(commune);
	const LedgerNote note = {LEDGER_SYSTEM, APP_COMMUNE_OBJECT, NULL, state};

	return ledger_note(app->db, commune_id, &APP_SHELL_ACTOR, app->options.now_us, &note, error) &&
	       app_keys_begin(app, commune_id, error);
}

static bool
insert_commune(App *app, const AppCommune *commune, GError **error)
{
	int64_t commune_id = derive_commune_id(commune->code);
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(app->db, &txn, error) || !db_prepare(app->db, &APP_INSERT_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_CODE, or_empty(commune->code));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_NAME, or_empty(commune->name));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_PROVINCE, or_empty(commune->province));
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_CREATED_US, app->options.now_us);
	if (!db_run(stmt, error) || !note_beginning(app, commune_id, commune, error) ||
	    !db_txn_commit(txn, error))
		return false;
	app->commune.commune_id = commune_id;
	return app_sign_ledger(app, error);
}

static bool
agrees(const char *wanted, const char *found)
{
	return wanted == NULL || strcmp(wanted, found) == 0;
}

static bool
check_same_commune(const App *app, const AppCommune *wanted, GError **error)
{
	const AppCommune *found = &app->commune;

	if (agrees(wanted->code, found->code) && agrees(wanted->name, found->name) &&
	    agrees(wanted->province, found->province))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s đã là thư mục dữ liệu của \"%s\"%s%s; hãy chọn thư mục khác", app->directory,
	    *found->name != '\0' ? found->name : "một xã chưa đặt tên", *found->code != '\0' ? ", mã " : "",
	    found->code);
	return false;
}

static bool
app_new(const AppOptions *options, App **ret_app, GError **error)
{
	g_autoptr(App) app = g_new0(App, 1);

	app->options = *options;
	app->directory = g_strdup(options->directory);
	app->location = options->database != NULL ? g_strdup(options->database)
						  : g_build_filename(options->directory, "namro.db", NULL);
	if (!app_modules_sort(options->modules, &app->modules, error))
		return false;
	*ret_app = g_steal_pointer(&app);
	return true;
}

bool
app_sign_ledger(App *app, GError **error)
{
	g_auto(LedgerKey) key = {0};

	return ledger_key_load(app->directory, &key, error) &&
	       ledger_sign(app->db, app->commune.commune_id, &key, app_now_us(app), error);
}

/* What the program did to the store by itself. */
static bool
note_upgrade(App *app, GError **error)
{
	g_autofree char *state = g_strdup_printf("{\"migrations\":%u}", app->n_migrated);
	const LedgerNote note = {LEDGER_SYSTEM, "store", NULL, state};
	g_autoptr(DbTxn) txn = NULL;

	if (app->n_migrated == 0)
		return true;
	return db_txn_begin(app->db, &txn, error) &&
	       ledger_note(
		   app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app->options.now_us, &note, error) &&
	       db_txn_commit(txn, error);
}

static bool
open_database(App *app, DbMode mode, GError **error)
{
	g_autoptr(GArray) sets = app_modules_migrations(app->modules);

	if (!db_open(app->location, mode, &app->db, error))
		return false;
	if (!db_migrate(app->db, (const DbMigrationSet *)(const void *)sets->data, sets->len,
		app->options.now_us, &app->n_migrated, error)) {
		/* The address of a server may hold a password. */
		g_prefix_error(error, "%s: ", db_is_server(app->location) ? "PostgreSQL" : app->location);
		return false;
	}
	return true;
}

bool
app_init(const AppOptions *options, const AppCommune *commune, bool *ret_is_new, GError **error)
{
	g_autoptr(App) app = NULL;
	g_autofree char *files = g_build_filename(options->directory, "files", NULL);
	bool found;

	if (!app_new(options, &app, error))
		return false;
	if (g_mkdir_with_parents(files, FOLDER_MODE) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", files,
		    g_strerror(errno));
		return false;
	}
	if (!open_database(app, DB_CREATE, error) || !app_find_commune(app->db, &app->commune, &found, error))
		return false;
	*ret_is_new = !found;
	return found ? check_same_commune(app, commune, error) : insert_commune(app, commune, error);
}

bool
app_open(const AppOptions *options, App **ret_app, GError **error)
{
	g_autoptr(App) app = NULL;
	bool found = false;

	if (!app_new(options, &app, error))
		return false;
	if (!db_is_server(app->location) && !g_file_test(app->location, G_FILE_TEST_EXISTS)) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "%s chưa phải là thư mục dữ liệu; hãy chạy \"namro init %s\" trước", app->directory,
		    app->directory);
		return false;
	}
	if (!open_database(app, DB_WRITE, error) || !app_find_commune(app->db, &app->commune, &found, error))
		return false;
	if (!found) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "%s được tạo dở dang; hãy chạy lại \"namro init %s\"", app->directory, app->directory);
		return false;
	}
	if ((!options->are_keys_lost && !app_keys_check(app, error)) || !note_upgrade(app, error))
		return false;
	*ret_app = g_steal_pointer(&app);
	return true;
}

bool
app_open_reader(const App *app, Db **ret_db, GError **error)
{
	return db_open(app->location, DB_READ, ret_db, error);
}

bool
app_open_writer(const App *app, Db **ret_db, GError **error)
{
	return db_open(app->location, DB_WRITE, ret_db, error);
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

	if (!db_txn_begin(db, &txn, error) || !app_find_commune(db, &before, &is_found, error))
		return false;
	if (!is_found || *before.name != '\0')
		return db_txn_commit(txn, error);
	if (!set_name(db, commune_id, name, error) || !app_find_commune(db, &after, &is_found, error))
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
