/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.sql.h"
#include "app/app_internal.h"
#include "app/directory.h"
#include "app/keys.h"
#include "base/app-error.h"
#include "storage/place.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0750
#define COMMUNE_ID_UNKNOWN 1    /* of a directory without a code, in a file of its own */
#define COMMUNE_ID_GIVEN 100000 /* above all codes: the first of those without one on a server */

/* The code's number, so that communes keep their identity when a city takes their data together. */
static int64_t
derive_commune_id(const char *code)
{
	guint64 number;

	if (code != NULL && g_ascii_string_to_unsigned(code, 10, 1, G_MAXINT32, &number, NULL))
		return (int64_t)number;
	return COMMUNE_ID_UNKNOWN;
}

/* The first rows of a ledger: whose it is, and by which keys. */
static bool
note_beginning(App *app, const AppCommune *commune, GError **error)
{
	g_autofree char *state = app_commune_state(commune);
	const LedgerNote note = {LEDGER_SYSTEM, APP_COMMUNE_OBJECT, NULL, state};
	int64_t commune_id = app->commune.commune_id;

	return ledger_note(app->db, commune_id, &APP_SHELL_ACTOR, app->options.now_us, &note, error) &&
	       app_keys_begin(app, commune_id, error);
}

static bool
insert_commune(App *app, const AppCommune *commune, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(app->db, &txn, error) || !db_prepare(app->db, &APP_INSERT_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_COMMUNE_ID, app->commune.commune_id);
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_CODE, app_or_empty(commune->code));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_NAME, app_or_empty(commune->name));
	db_bind_text(stmt, APP_INSERT_COMMUNE_P_PROVINCE, app_or_empty(commune->province));
	db_bind_int(stmt, APP_INSERT_COMMUNE_P_CREATED_US, app->options.now_us);
	return db_run(stmt, error) && note_beginning(app, commune, error) &&
	       app_derive(app->modules, app->db, app->commune.commune_id, error) &&
	       db_txn_commit(txn, error) && app_sign_ledger(app, error);
}

static bool
agrees(const char *wanted, const char *found)
{
	return wanted == NULL || strcmp(wanted, found) == 0;
}

static bool
refuse_other(const App *app, const AppCommune *found, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s đã là thư mục dữ liệu của \"%s\"%s%s; hãy chọn thư mục khác", app->directory,
	    *found->name != '\0' ? found->name : "một xã chưa đặt tên", *found->code != '\0' ? ", mã " : "",
	    found->code);
	return false;
}

static bool
check_same_commune(const App *app, const AppCommune *wanted, GError **error)
{
	const AppCommune *found = &app->commune;

	return (agrees(wanted->code, found->code) && agrees(wanted->name, found->name) &&
		   agrees(wanted->province, found->province)) ||
	       refuse_other(app, found, error);
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

/* What the program did to the store by itself. */
static bool
note_upgrade(App *app, GError **error)
{
	g_autofree char *state = g_strdup_printf("{\"migrations\":%u}", app->n_migrated);
	const LedgerNote note = {LEDGER_SYSTEM, "store", NULL, state};
	g_autoptr(DbTxn) txn = NULL;
	DbPlace place;

	if (app->n_migrated == 0)
		return true;
	if (!db_place_read(app->db, app->commune.commune_id, &place, NULL, error))
		return false;
	if (place != DB_PLACE_HERE) /* is_moving: the ledger stays as it is */
		return true;
	return db_txn_begin(app->db, &txn, error) &&
	       ledger_note(
		   app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app->options.now_us, &note, error) &&
	       db_txn_commit(txn, error);
}

bool
app_open_store(const char *location, DbMode mode, const GPtrArray *modules, int64_t now_us,
    unsigned *ret_n_migrated, Db **ret_db, GError **error)
{
	g_autoptr(GArray) sets = app_modules_migrations(modules);
	g_autoptr(Db) db = NULL;

	if (!db_open(location, mode, &db, error))
		return false;
	if (!db_migrate(db, (const DbMigrationSet *)(const void *)sets->data, sets->len, now_us,
		ret_n_migrated, error)) {
		/* The address of a server may hold a password. */
		g_prefix_error(error, "%s: ", db_is_server(location) ? "PostgreSQL" : location);
		return false;
	}
	*ret_db = g_steal_pointer(&db);
	return true;
}

static bool
open_database(App *app, DbMode mode, GError **error)
{
	return app_open_store(
	    app->location, mode, app->modules, app->options.now_us, &app->n_migrated, &app->db, error);
}

/* Reads what the directory says of itself; whoever names another store than it does would begin a second
 * life of the same commune there. */
static bool
read_mark(const App *app, DirectoryMark *mark, bool *ret_found, GError **error)
{
	if (!directory_mark_read(app->directory, mark, ret_found, error))
		return false;
	if (!*ret_found || mark->is_elsewhere == (app->options.database != NULL))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    mark->is_elsewhere
		? "dữ liệu của %s nằm trên máy chủ PostgreSQL; hãy cho địa chỉ bằng --db hoặc biến môi "
		  "trường NAMRO_DB"
		: "dữ liệu của %s nằm trong tệp của chính thư mục này; hãy bỏ --db và biến môi trường "
		  "NAMRO_DB, hoặc "
		  "chuyển dữ liệu lên máy chủ bằng \"namro migrate\"",
	    app->directory);
	return false;
}

static bool
write_mark(const App *app, GError **error)
{
	const DirectoryMark mark = {app->commune.commune_id, app->options.database != NULL};

	return directory_mark_write(app->directory, &mark, error);
}

/* The communes of the store: none (0), one (its number), or several (-1). */
static bool
find_only_commune(Db *db, int64_t *ret_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_id = 0;
	if (!db_prepare(db, &APP_LIST_COMMUNES, &stmt, error))
		return false;
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		*ret_id = *ret_id == 0 ? db_column_int(stmt, APP_LIST_COMMUNES_C_COMMUNE_ID) : -1;
	}
}

/* Reads the commune with this number into the app. */
static bool
load_commune(App *app, int64_t commune_id, bool *ret_found, GError **error)
{
	app->commune.commune_id = commune_id;
	db_set_commune(app->db, commune_id);
	return app_find_commune(app->db, commune_id, &app->commune, ret_found, error);
}

/* The commune lives in this store. */
static bool
check_place(const App *app, GError **error)
{
	return app->options.is_moving || db_place_check(app->db, app->commune.commune_id, error);
}

/* A directory without a mark is of a commune of a shared store where the commune's ledger is signed with the
 * directory's key. */
static bool
check_is_mine(App *app, GError **error)
{
	g_auto(LedgerKey) key = {0};
	bool is_mine = false;

	if (app->options.database == NULL)
		return true;
	if (ledger_key_is_there(app->directory) &&
	    (!ledger_key_load(app->directory, &key, error) ||
		!ledger_is_signed_by(app->db, app->commune.commune_id, &key.public_key, &is_mine, error)))
		return false;
	if (is_mine)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "cơ sở dữ liệu đã có dữ liệu của \"%s\" (số %" G_GINT64_FORMAT
	    "), thuộc một thư mục dữ liệu khác; hãy dùng thư mục đó, hoặc cho --code là mã của đơn vị này",
	    app->commune.name, app->commune.commune_id);
	return false;
}

/* A number for a commune without a code that shares a server with others: the first that is free. */
static bool
give_commune_id(const App *app, int64_t *ret_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(app->db, &APP_NEXT_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_NEXT_COMMUNE_P_FIRST, COMMUNE_ID_GIVEN);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_id = db_column_int(stmt, APP_NEXT_COMMUNE_C_COMMUNE_ID);
	return true;
}

/* Which commune a new directory is to be of. */
static bool
choose_commune(const App *app, const AppCommune *wanted, const DirectoryMark *mark, bool is_marked,
    int64_t *ret_id, GError **error)
{
	*ret_id = is_marked ? mark->commune_id : 0;
	if (!is_marked && app->options.database == NULL && !find_only_commune(app->db, ret_id, error))
		return false;
	if (*ret_id <= 0)
		*ret_id = derive_commune_id(wanted->code);
	if (is_marked || app->options.database == NULL || *ret_id != COMMUNE_ID_UNKNOWN)
		return true;
	return give_commune_id(app, ret_id, error);
}

static bool
begin_or_find(App *app, const AppCommune *commune, bool is_marked, bool *ret_is_new, GError **error)
{
	int64_t commune_id = app->commune.commune_id;
	bool found;

	if (!load_commune(app, commune_id, &found, error))
		return false;
	*ret_is_new = !found;
	if (found)
		return check_same_commune(app, commune, error) && check_place(app, error) &&
		       (is_marked || (check_is_mine(app, error) && write_mark(app, error)));
	if (commune->code != NULL && derive_commune_id(commune->code) != commune_id) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s đã được dành cho đơn vị có mã khác; hãy chọn thư mục khác", app->directory);
		return false;
	}
	/* Marked first: a directory that broke off here is finished by the same command. */
	return write_mark(app, error) && insert_commune(app, commune, error);
}

bool
app_init(const AppOptions *options, const AppCommune *commune, bool *ret_is_new, GError **error)
{
	g_autoptr(App) app = NULL;
	g_autofree char *files = g_build_filename(options->directory, "files", NULL);
	DirectoryMark mark;
	bool is_marked;

	if (!app_new(options, &app, error))
		return false;
	if (g_mkdir_with_parents(files, FOLDER_MODE) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", files,
		    g_strerror(errno));
		return false;
	}
	return read_mark(app, &mark, &is_marked, error) && open_database(app, DB_CREATE, error) &&
	       choose_commune(app, commune, &mark, is_marked, &app->commune.commune_id, error) &&
	       begin_or_find(app, commune, is_marked, ret_is_new, error);
}

static bool
refuse_several(const App *app, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "cơ sở dữ liệu có nhiều đơn vị mà %s không ghi là của đơn vị nào; hãy chạy \"namro init --code "
	    "MÃ %s\"",
	    app->directory, app->directory);
	return false;
}

static bool
refuse_unfinished(const App *app, GError **error)
{
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
	    "%s được tạo dở dang; hãy chạy lại \"namro init %s\"", app->directory, app->directory);
	return false;
}

static bool
find_own_commune(App *app, const DirectoryMark *mark, bool is_marked, GError **error)
{
	int64_t commune_id = mark->commune_id;
	bool found = false;

	if (!is_marked && !find_only_commune(app->db, &commune_id, error))
		return false;
	if (commune_id < 0)
		return refuse_several(app, error);
	if (commune_id > 0 && !load_commune(app, commune_id, &found, error))
		return false;
	if (!found)
		return refuse_unfinished(app, error);
	return check_place(app, error) &&
	       (is_marked || (check_is_mine(app, error) && write_mark(app, error)));
}

/* Before anything is opened: a directory that was mistyped must not become one. */
static bool
check_is_there(const App *app, bool is_marked, GError **error)
{
	bool is_there = app->options.database != NULL ? is_marked || ledger_key_is_there(app->directory)
						      : g_file_test(app->location, G_FILE_TEST_EXISTS);

	if (!is_there)
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "%s chưa phải là thư mục dữ liệu; hãy chạy \"namro init %s\" trước", app->directory,
		    app->directory);
	return is_there;
}

bool
app_open(const AppOptions *options, App **ret_app, GError **error)
{
	g_autoptr(App) app = NULL;
	DirectoryMark mark = {0};
	bool is_marked;

	if (!app_new(options, &app, error) || !read_mark(app, &mark, &is_marked, error) ||
	    !check_is_there(app, is_marked, error) || !open_database(app, DB_WRITE, error) ||
	    !find_own_commune(app, &mark, is_marked, error) ||
	    (!options->are_keys_lost && !app_keys_check(app, error)) || !note_upgrade(app, error) ||
	    !app_derive(app->modules, app->db, app->commune.commune_id, error))
		return false;
	*ret_app = g_steal_pointer(&app);
	return true;
}
