/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move.h"

#include "app/app_internal.h"
#include "app/backup_crypt.h"
#include "app/directory.h"
#include "base/app-error.h"
#include "base/json.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define OWN_FILE "namro.db"
#define OWN_SCHEMA \
	". Các xã được tạo khi chưa có mã đơn vị hành chính cùng mang một số; hãy cho xã này một vùng " \
	"riêng " \
	"trên máy chủ bằng cách thêm \"?options=-csearch_path%3Dten-xa\" vào địa chỉ"
#define ASIDE ".dang-chuyen" /* behind the name of a file that is not whole yet */

/* A move on its way. */
typedef struct Moving {
	App *app;
	Db *to;
	char *location; /* of the target */
	char *aside;    /* the target while it is a new file; NULL */
	int lock_fd;
} Moving;

void
app_move_report_clear(AppMoveReport *report)
{
	g_clear_pointer(&report->sums, g_ptr_array_unref);
	g_clear_pointer(&report->to, g_free);
	ledger_report_clear(&report->ledger);
}

/* What belongs to a database's file: a journal that stayed behind would be taken for the new file's. */
static const char *const TAILS[] = {"", "-wal", "-shm"};

static void
remove_file(const char *path)
{
	for (size_t i = 0; i < G_N_ELEMENTS(TAILS); i++) {
		g_autofree char *one = g_strconcat(path, TAILS[i], NULL);

		(void)g_unlink(one);
	}
}

static void
moving_clear(Moving *moving)
{
	db_free(moving->to);
	if (moving->aside != NULL)
		remove_file(moving->aside);
	if (moving->lock_fd >= 0)
		close(moving->lock_fd);
	g_free(moving->aside);
	g_free(moving->location);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Moving, moving_clear)

static bool
rebuild(const GPtrArray *modules, Db *db, int64_t commune_id, GError **error)
{
	for (guint i = 0; i < modules->len; i++) {
		const AppModule *module = g_ptr_array_index(modules, i);

		if (module->rebuild != NULL && !module->rebuild(db, commune_id, error))
			return false;
	}
	return true;
}

bool
app_copy_commune(
    const GPtrArray *modules, Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(GPtrArray) here = NULL;
	g_autoptr(GPtrArray) there = NULL;
	const char *table;

	if (!db_commune_copy(from, to, commune_id, &here, error) ||
	    !rebuild(modules, to, commune_id, error) || !db_commune_sum(to, commune_id, &there, error))
		return false;
	table = db_sums_differ(here, there);
	if (table != NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "bảng %s ở nơi nhận không giống ở nơi gửi; không có gì được thay đổi", table);
		return false;
	}
	*ret_sums = g_steal_pointer(&here);
	return true;
}

static bool
check_file_is_new(const char *path, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(TAILS); i++) {
		g_autofree char *one = g_strconcat(path, TAILS[i], NULL);

		if (!g_file_test(one, G_FILE_TEST_EXISTS))
			continue;
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s đã có dữ liệu; hãy cất tệp này đi nơi khác rồi thử lại", one);
		return false;
	}
	return true;
}

static bool
choose_target(Moving *moving, const char *database, GError **error)
{
	const App *app = moving->app;

	moving->location =
	    database != NULL ? g_strdup(database) : g_build_filename(app->directory, OWN_FILE, NULL);
	if (strcmp(moving->location, app->location) == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, "dữ liệu đang ở chính nơi này rồi");
		return false;
	}
	if (database != NULL)
		return true;
	if (!check_file_is_new(moving->location, error))
		return false;
	moving->aside = g_strconcat(moving->location, ASIDE, NULL);
	remove_file(moving->aside);
	return true;
}

static bool
open_target(Moving *moving, const char *database, GError **error)
{
	const App *app = moving->app;
	g_auto(AppCommune) commune = {0};
	bool found;

	if (!choose_target(moving, database, error) ||
	    !app_open_store(moving->aside != NULL ? moving->aside : moving->location, DB_CREATE, app->modules,
		app->options.now_us, NULL, &moving->to, error) ||
	    !app_find_commune(moving->to, app->commune.commune_id, &commune, &found, error))
		return false;
	if (found) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "nơi nhận đã có dữ liệu của \"%s\" (số %" G_GINT64_FORMAT "); không chuyển đè lên%s",
		    commune.name, commune.commune_id, *commune.code == '\0' ? OWN_SCHEMA : "");
		return false;
	}
	db_set_commune(moving->to, app->commune.commune_id);
	return true;
}

/* Before anything is copied, in the same transaction: both stores have the note, or none. */
static bool
note(Moving *moving, const char *to, GError **error)
{
	g_autoptr(GString) state = g_string_new(NULL);
	LedgerNote note = {LEDGER_SYSTEM, "store", NULL, NULL};
	App *app = moving->app;
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "moved_to", to);
	json_end_object(&json);
	note.after = state->str;
	return ledger_note(
		   app->db, app->commune.commune_id, &APP_SHELL_ACTOR, app_now_us(app), &note, error) &&
	       app_sign_ledger(app, error);
}

static bool
check_target(Moving *moving, LedgerReport *report, GError **error)
{
	if (!app_verify_in(moving->app, moving->to, report, error))
		return false;
	if (report->problems->len == 0)
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "nhật ký ở nơi nhận không nguyên vẹn: %s",
	    (const char *)g_ptr_array_index(report->problems, 0));
	return false;
}

/* A new file gets its name when all of it is on the disk. */
static bool
give_name(Moving *moving, GError **error)
{
	if (moving->aside == NULL)
		return true;
	g_clear_pointer(&moving->to, db_free);
	if (g_rename(moving->aside, moving->location) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đổi được tên (%s)",
		    moving->location, g_strerror(errno));
		return false;
	}
	g_clear_pointer(&moving->aside, g_free);
	return backup_sync_folder(moving->app->directory, error);
}

/* Both transactions are open until everything at the target was looked at; the target's ends first. */
static bool
copy(Moving *moving, AppMoveReport *report, GError **error)
{
	App *app = moving->app;
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;

	if (!db_txn_begin(app->db, &from, error) || !note(moving, report->to, error) ||
	    !db_txn_begin(moving->to, &to, error) ||
	    !app_copy_commune(
		app->modules, app->db, moving->to, app->commune.commune_id, &report->sums, error) ||
	    !check_target(moving, &report->ledger, error) || !db_txn_commit(to, error))
		return false;
	g_clear_pointer(&to, db_txn_free);
	return give_name(moving, error) && db_txn_commit(from, error);
}

bool
app_move(App *app, const char *database, AppMoveReport *ret_report, GError **error)
{
	const DirectoryMark mark = {app->commune.commune_id, database != NULL};
	g_auto(Moving) moving = {.app = app, .lock_fd = -1};
	g_auto(AppMoveReport) report = {0};

	if (!directory_hold(app->directory, true, &moving.lock_fd, error) ||
	    !open_target(&moving, database, error))
		return false;
	report.to = db_describe(moving.location);
	if (!copy(&moving, &report, error) || !directory_mark_write(app->directory, &mark, error))
		return false;
	*ret_report = report;
	report = (AppMoveReport){0};
	return true;
}
