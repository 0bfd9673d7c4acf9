/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/move_target.h"

#include "app/app_internal.h"
#include "app/backup_crypt.h"
#include "base/app-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define OWN_FILE "namro.db"
#define ASIDE ".dang-chuyen" /* behind the name of a file that is not whole yet */

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

void
move_target_clear(MoveTarget *target)
{
	g_clear_pointer(&target->db, db_free);
	if (target->aside != NULL)
		remove_file(target->aside);
	g_clear_pointer(&target->aside, g_free);
	g_clear_pointer(&target->location, g_free);
	g_clear_pointer(&target->name, g_free);
}

bool
move_target_choose(const App *app, const char *database, MoveTarget *target, GError **error)
{
	target->location =
	    database != NULL ? g_strdup(database) : g_build_filename(app->directory, OWN_FILE, NULL);
	target->name = db_describe(target->location);
	if (strcmp(target->location, app->location) != 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT, "dữ liệu đang ở chính nơi này rồi");
	return false;
}

static bool
open_at(const App *app, MoveTarget *target, const char *path, DbMode mode, GError **error)
{
	int64_t commune_id = app->commune.commune_id;
	g_auto(AppCommune) commune = {0};

	g_clear_pointer(&target->db, db_free);
	if (!app_open_store(path, mode, app->modules, app->options.now_us, NULL, &target->db, error) ||
	    !app_find_commune(target->db, commune_id, &commune, &target->is_found, error) ||
	    !db_place_read(target->db, commune_id, &target->place, NULL, error))
		return false;
	db_set_commune(target->db, commune_id);
	return true;
}

bool
move_target_look(const App *app, MoveTarget *target, DbMode mode, GError **error)
{
	if (db_is_server(target->location))
		return open_at(app, target, target->location, mode, error);
	return !g_file_test(target->location, G_FILE_TEST_EXISTS) ||
	       open_at(app, target, target->location, DB_WRITE, error);
}

bool
move_target_is_copy(const App *app, const MoveTarget *target)
{
	g_autoptr(Db) db = NULL;
	DbPlace place;

	return g_file_test(target->location, G_FILE_TEST_EXISTS) &&
	       db_open(target->location, DB_READ, &db, NULL) &&
	       db_place_read(db, app->commune.commune_id, &place, NULL, NULL) && place == DB_PLACE_ARRIVING;
}

void
move_target_drop_file(MoveTarget *target)
{
	g_return_if_fail(!db_is_server(target->location) && target->place == DB_PLACE_ARRIVING);
	g_clear_pointer(&target->db, db_free);
	remove_file(target->location);
	target->is_found = false;
	target->place = DB_PLACE_HERE;
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

bool
move_target_make(const App *app, MoveTarget *target, GError **error)
{
	if (db_is_server(target->location))
		return target->db != NULL || move_target_look(app, target, DB_CREATE, error);
	if (!check_file_is_new(target->location, error))
		return false;
	target->aside = g_strconcat(target->location, ASIDE, NULL);
	remove_file(target->aside);
	return open_at(app, target, target->aside, DB_CREATE, error);
}

bool
move_target_name(const App *app, MoveTarget *target, GError **error)
{
	if (target->aside == NULL)
		return true;
	g_clear_pointer(&target->db, db_free);
	if (g_rename(target->aside, target->location) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đổi được tên (%s)",
		    target->location, g_strerror(errno));
		return false;
	}
	g_clear_pointer(&target->aside, g_free);
	return backup_sync_folder(app->directory, error) &&
	       open_at(app, target, target->location, DB_WRITE, error);
}
