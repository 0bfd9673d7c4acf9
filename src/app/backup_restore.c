/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/backup_internal.h"
#include "app/move.h"
#include "base/app-error.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define FOLDER_MODE 0750

/* The version that is meant: the folder itself, or the newest one in it. */
static char *
find_version(const char *from, GError **error)
{
	g_autofree char *manifest = g_build_filename(from, BACKUP_MANIFEST, NULL), *newest = NULL;
	g_autoptr(GPtrArray) versions = NULL;

	if (g_file_test(manifest, G_FILE_TEST_EXISTS))
		return g_canonicalize_filename(from, NULL);
	versions = backup_list_versions(from);
	if (versions->len == 0) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "%s: không có bản sao lưu nào ở đây", from);
		return NULL;
	}
	newest = g_build_filename(from, g_ptr_array_index(versions, versions->len - 1), NULL);
	return g_canonicalize_filename(newest, NULL);
}

static bool
unseal_file(
    const char *folder, const BackupFile *file, const BackupKey *key, const char *directory, GError **error)
{
	g_autofree char *from = g_build_filename(folder, file->stored, NULL);
	g_autofree char *to = g_build_filename(directory, file->path, NULL);
	g_autofree char *parent = g_path_get_dirname(to);
	BackupDigest digest;

	if (g_mkdir_with_parents(parent, FOLDER_MODE) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", parent,
		    g_strerror(errno));
		return false;
	}
	if (!backup_unseal(key, from, to, &digest, error))
		return false;
	if (digest.size != file->digest.size || strcmp(digest.sha256, file->digest.sha256) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "%s: nội dung không phải là của tệp này; tệp sao lưu đã bị thay", from);
		return false;
	}
	return backup_sync_folder(parent, error);
}

static bool
unseal_all(const char *version, const BackupManifest *manifest, const BackupKey *key, const char *directory,
    GError **error)
{
	g_autofree char *folder = g_path_get_dirname(version);

	for (guint i = 0; i < manifest->files->len; i++)
		if (!unseal_file(folder, g_ptr_array_index(manifest->files, i), key, directory, error))
			return false;
	return true;
}

static bool
refuse(GError **error, const char *what)
{
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT, "bản khôi phục không giống lúc sao lưu: %s", what);
	return false;
}

/* Before anything is migrated or written. */
static bool
compare(const char *directory, const BackupManifest *manifest, GError **error)
{
	g_autofree char *path = g_build_filename(directory, "namro.db", NULL);
	g_autoptr(GString) rows = g_string_new(NULL);
	g_autoptr(Db) db = NULL;
	LedgerMark head, last;

	if (!db_open(path, DB_WRITE, &db, error) ||
	    !ledger_marks(db, manifest->commune_id, &head, &last, error) || !db_count_rows(db, rows, error))
		return false;
	if (head.seq != manifest->head.seq || memcmp(head.hash, manifest->head.hash, LEDGER_HASH_SIZE) != 0)
		return refuse(error, "dòng cuối của nhật ký");
	return strcmp(rows->str, manifest->rows) == 0 || refuse(error, "số dòng của các bảng");
}

static bool
verify_ledger(App *app, GError **error)
{
	g_auto(LedgerReport) report = {0};

	if (!app_verify(app, &report, error))
		return false;
	return report.problems->len == 0 || refuse(error, g_ptr_array_index(report.problems, 0));
}

/* Makes a whole data directory in `directory`; *ret_app is opened there. */
static bool
unpack(const char *version, const AppOptions *options, const BackupKey *key, BackupManifest *manifest,
    App **ret_app, GError **error)
{
	return backup_manifest_read(version, key, manifest, error) &&
	       unseal_all(version, manifest, key, options->directory, error) &&
	       compare(options->directory, manifest, error) && app_open(options, ret_app, error) &&
	       verify_ledger(*ret_app, error);
}

static bool
check_target(const char *directory, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);

	if (!g_file_test(directory, G_FILE_TEST_EXISTS) || (dir != NULL && g_dir_read_name(dir) == NULL))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "%s đã có dữ liệu; hãy khôi phục vào một thư mục mới hoặc còn trống", directory);
	return false;
}

static bool
move_into_place(const char *aside, const char *directory, GError **error)
{
	g_autofree char *parent = g_path_get_dirname(directory);

	if (g_rename(aside, directory) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đổi được tên (%s)", directory,
		    g_strerror(errno));
		return false;
	}
	return backup_sync_folder(parent, error);
}

/* What came out of the backup as a file was only on its way. */
static bool
go_on_elsewhere(App *app, const char *database, GError **error)
{
	g_auto(AppMoveReport) report = {0};

	return app_move(app, &(AppMoveOptions){.database = database}, &report, error);
}

static void
remove_own_file(const char *directory)
{
	static const char *const NAMES[] = {"namro.db", "namro.db-wal", "namro.db-shm"};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(directory, NAMES[i], NULL);

		(void)g_unlink(path);
	}
}

static bool
unpack_and_note(const char *version, const AppOptions *options, const char *database, const BackupKey *key,
    BackupManifest *manifest, GError **error)
{
	g_autofree char *name = g_path_get_basename(version);
	App *app = NULL;
	bool is_ok;

	is_ok = unpack(version, options, key, manifest, &app, error) &&
		backup_note(app, "restore", name, manifest, options->now_us, error) &&
		(database == NULL || go_on_elsewhere(app, database, error));
	app_free(app);
	if (is_ok && database != NULL)
		remove_own_file(options->directory);
	return is_ok;
}

bool
backup_restore(const char *from, const AppOptions *options, const BackupKey *key,
    BackupManifest *ret_manifest, GError **error)
{
	g_autofree char *version = find_version(from, error);
	g_autofree char *directory = g_canonicalize_filename(options->directory, NULL);
	g_autofree char *aside = g_strconcat(directory, ".dang-khoi-phuc", NULL);
	g_auto(BackupManifest) manifest = {0};
	AppOptions there = *options;

	if (version == NULL || !check_target(directory, error))
		return false;
	backup_remove_tree(aside);
	there.directory = aside;
	there.database = NULL;
	if (g_mkdir_with_parents(aside, FOLDER_MODE) != 0 ||
	    !unpack_and_note(version, &there, options->database, key, &manifest, error) ||
	    !move_into_place(aside, directory, error)) {
		if (error != NULL && *error == NULL)
			g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)",
			    aside, g_strerror(errno));
		backup_remove_tree(aside);
		return false;
	}
	*ret_manifest = manifest;
	manifest = (BackupManifest){0};
	return true;
}

bool
backup_prove(App *app, const char *from, const BackupKey *key, BackupManifest *ret_manifest, GError **error)
{
	g_autofree char *version = find_version(from, error);
	g_autofree char *aside = g_build_filename(app->directory, "work", "thu-khoi-phuc", NULL);
	g_autofree char *name = NULL;
	g_auto(BackupManifest) manifest = {0};
	AppOptions there = app->options;
	App *restored = NULL;
	bool is_ok;

	if (version == NULL)
		return false;
	name = g_path_get_basename(version);
	there.directory = aside;
	there.database = NULL;
	there.now_us = app_now_us(app);
	there.is_clock_fixed = true;
	backup_remove_tree(aside);
	is_ok = unpack(version, &there, key, &manifest, &restored, error);
	app_free(restored);
	backup_remove_tree(aside);
	if (!is_ok || !backup_note(app, "verify", name, &manifest, app_now_us(app), error))
		return false;
	*ret_manifest = manifest;
	manifest = (BackupManifest){0};
	return true;
}
