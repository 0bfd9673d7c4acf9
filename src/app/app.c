/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "base/app-error.h"
#include "base/date.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0750
#define COMMUNE_ID_UNKNOWN 1 /* of a directory without a code */

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

static bool
insert_commune(App *app, const AppCommune *commune, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(app->db, &txn, error) || !db_prepare(app->db, &APP_INSERT_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_COMMUNE_ID, derive_commune_id(commune->code));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_CODE, or_empty(commune->code));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_NAME, or_empty(commune->name));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_PROVINCE, or_empty(commune->province));
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_CREATED_US, app->options.now_us);
	return db_run(stmt, error) && db_txn_commit(txn, error);
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

static bool
open_database(App *app, DbMode mode, GError **error)
{
	g_autoptr(GArray) sets = app_modules_migrations(app->modules);

	if (!db_open(app->location, mode, &app->db, error))
		return false;
	if (!db_migrate(app->db, (const DbMigrationSet *)(const void *)sets->data, sets->len,
		app->options.now_us, NULL, error)) {
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
	*ret_app = g_steal_pointer(&app);
	return true;
}

bool
app_open_reader(const App *app, Db **ret_db, GError **error)
{
	return db_open(app->location, DB_READ, ret_db, error);
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

bool
app_name_commune(App *app, const char *name, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (*app->commune.name != '\0')
		return true;
	if (!db_txn_begin(app->db, &txn, error) || !db_prepare(app->db, &APP_NAME_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_NAME_COMMUNE_P_COMMUNE_ID, app->commune.commune_id);
	db_bind_text(stmt, APP_NAME_COMMUNE_P_NAME, name);
	if (!db_run(stmt, error) || !db_txn_commit(txn, error))
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
