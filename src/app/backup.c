/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/backup_internal.h"
#include "app/data_key.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "storage/txn.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define FOLDER_MODE 0700
#define COPY_NAME "sao-luu.db" /* in the data directory's folder for work; gone at the end */
#define VERSIONS_A_SECOND 100
#define NOTE_TRIES 6 /* each as long as one waits for other writers: the backup is whole already */

/* A version on its way. */
typedef struct Making {
	App *app;
	const BackupOptions *options;
	BackupManifest manifest;
	BackupResult result;
	char *aside; /* the version's folder until it is whole */
	char *copy;  /* of the database */
} Making;

void
backup_result_clear(BackupResult *result)
{
	g_clear_pointer(&result->version, g_free);
}

static void
remove_copy(const Making *making)
{
	static const char *const TAILS[] = {"", "-wal", "-shm", "-journal"};

	for (size_t i = 0; making->copy != NULL && i < G_N_ELEMENTS(TAILS); i++) {
		g_autofree char *path = g_strconcat(making->copy, TAILS[i], NULL);

		(void)g_unlink(path);
	}
}

static void
making_clear(Making *making)
{
	remove_copy(making);
	if (making->aside != NULL)
		backup_remove_tree(making->aside);
	g_free(making->copy);
	g_free(making->aside);
	backup_manifest_clear(&making->manifest);
	backup_result_clear(&making->result);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Making, making_clear)

static bool
make_folder(const char *path, GError **error)
{
	if (g_mkdir_with_parents(path, FOLDER_MODE) == 0)
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_STORAGE, "%s: không tạo được thư mục (%s)", path, g_strerror(errno));
	return false;
}

/* What an earlier run left when it was broken off. */
static void
sweep(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_str_has_prefix(name, BACKUP_ASIDE))
			backup_remove_tree(path);
	}
}

/* A store that is not the directory's own holds others too: the commune's rows go into a file of their own.
 */
static bool
copy_rows(const Making *making, Db *from, GError **error)
{
	const App *app = making->app;
	g_autoptr(Db) to = NULL;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GPtrArray) sums = NULL;

	if (!app_open_store(making->copy, DB_CREATE, app->modules, making->options->now_us, NULL, &to, error))
		return false;
	db_set_commune(to, app->commune.commune_id);
	return db_txn_begin(to, &txn, error) &&
	       app_copy_commune(app->modules, from, to, app->commune.commune_id, &sums, error) &&
	       db_txn_commit(txn, error);
}

static bool
copy_store(const Making *making, Db *from, GError **error)
{
	return making->app->options.database != NULL ? copy_rows(making, from, error)
						     : db_copy(from, making->copy, error);
}

static bool
count_copy(Making *making, GError **error)
{
	g_autoptr(GString) rows = g_string_new(NULL);
	g_autoptr(Db) db = NULL;

	if (!db_open(making->copy, DB_WRITE, &db, error) || !db_count_rows(db, rows, error))
		return false;
	making->manifest.rows = g_string_free(g_steal_pointer(&rows), FALSE);
	return true;
}

/* Copies the database in one state; the ledger's head and the rows are of the same. */
static bool
copy_database(Making *making, GError **error)
{
	g_autofree char *work = g_build_filename(making->app->directory, "work", NULL);
	g_autoptr(Db) db = NULL;
	g_autoptr(DbTxn) txn = NULL;
	LedgerMark last;

	making->copy = g_build_filename(work, COPY_NAME, NULL);
	remove_copy(making);
	return make_folder(work, error) && app_open_reader(making->app, &db, error) &&
	       db_txn_begin_read(db, &txn, error) &&
	       ledger_marks(db, making->manifest.commune_id, &making->manifest.head, &last, error) &&
	       copy_store(making, db, error) && count_copy(making, error);
}

static bool
seal_own(Making *making, const char *from, const char *path, GError **error)
{
	g_autofree char *stored = g_strdup_printf("%s/%s.enc", making->result.version, path);
	g_autofree char *name = g_strconcat(path, ".enc", NULL);
	g_autofree char *to = g_build_filename(making->aside, name, NULL);
	BackupDigest digest;

	if (!backup_seal(making->options->key, from, to, &digest, error))
		return false;
	making->result.n_bytes += digest.size;
	backup_manifest_add(&making->manifest, stored, path, &digest);
	return true;
}

/* Names in the store say nothing of what the files are. */
static char *
stored_name(const BackupKey *key, const char *content_key)
{
	uint8_t hash[crypto_generichash_BYTES];
	char hex[2 * sizeof(hash) + 1];

	crypto_generichash(hash, sizeof(hash), (const uint8_t *)content_key, strlen(content_key), key->names,
	    sizeof(key->names));
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return g_strdup_printf(BACKUP_STORE "/%.2s/%s", hex, hex + 2);
}

static bool
keep_file(Making *making, const char *from, const char *content_key, GError **error)
{
	g_autofree char *stored = stored_name(making->options->key, content_key);
	g_autofree char *to = g_build_filename(making->options->folder, stored, NULL);
	g_autofree char *folder = g_path_get_dirname(to);
	g_autofree char *path = g_strdup_printf("files/%.2s/%s", content_key, content_key + 2);
	BackupDigest digest = {0};
	GStatBuf info;

	making->result.n_files++;
	if (g_stat(from, &info) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: %s", from, g_strerror(errno));
		return false;
	}
	if (g_file_test(to, G_FILE_TEST_EXISTS)) {
		digest.size = info.st_size;
		g_strlcpy(digest.sha256, content_key, sizeof(digest.sha256));
		backup_manifest_add(&making->manifest, stored, path, &digest);
		return true;
	}
	if (!make_folder(folder, error) || !backup_seal(making->options->key, from, to, &digest, error))
		return false;
	if (strcmp(digest.sha256, content_key) != 0) {
		(void)g_unlink(to);
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
		    "%s: nội dung tệp đã bị hỏng; hãy khôi phục tệp này từ bản sao lưu cũ rồi sao lưu lại",
		    from);
		return false;
	}
	making->result.n_new_files++;
	making->result.n_bytes += digest.size;
	backup_manifest_add(&making->manifest, stored, path, &digest);
	return backup_sync_folder(folder, error);
}

static bool
keep_folder(Making *making, const char *folder, const char *prefix, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *content_key = g_strconcat(prefix, name, NULL);

		if (strlen(content_key) == BACKUP_SHA256_SIZE - 1 && *name != '.' &&
		    !keep_file(making, path, content_key, error))
			return false;
	}
	return true;
}

/* A file is there before the row that names it: all that the copy of the database names are here by now. */
static bool
keep_files(Making *making, GError **error)
{
	g_autofree char *files = g_build_filename(making->app->directory, "files", NULL);
	g_autofree char *store = g_build_filename(making->options->folder, BACKUP_STORE, NULL);
	g_autoptr(GDir) dir = g_dir_open(files, 0, NULL);
	const char *name;

	if (!make_folder(store, error))
		return false;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *folder = g_build_filename(files, name, NULL);

		if (strlen(name) == 2 && !keep_folder(making, folder, name, error))
			return false;
	}
	return backup_sync_folder(store, error);
}

static char *
choose_name(const BackupOptions *options)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(options->now_us / INSTANT_SECOND);
	g_autofree char *base = g_date_time_format(at, "%Y%m%dT%H%M%SZ");

	for (int i = 1; i < VERSIONS_A_SECOND; i++) {
		g_autofree char *name = g_strdup_printf("%s-%02d", base, i);
		g_autofree char *path = g_build_filename(options->folder, name, NULL);

		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			return g_steal_pointer(&name);
	}
	return g_strdup(base);
}

/* From here on the version counts. */
static bool
finish(Making *making, GError **error)
{
	g_autofree char *path = g_build_filename(making->options->folder, making->result.version, NULL);

	if (!backup_manifest_write(&making->manifest, making->options->key, making->aside, error) ||
	    !backup_sync_folder(making->aside, error))
		return false;
	if (g_rename(making->aside, path) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không đổi được tên (%s)", path,
		    g_strerror(errno));
		return false;
	}
	g_clear_pointer(&making->aside, g_free);
	return backup_sync_folder(making->options->folder, error);
}

static bool
write_note(App *app, const LedgerNote *note, int64_t now_us, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(app->db, &txn, error) &&
	       ledger_note(app->db, app->commune.commune_id, &APP_SHELL_ACTOR, now_us, note, error) &&
	       db_txn_commit(txn, error);
}

bool
backup_note(App *app, const char *action, const char *version, const BackupManifest *manifest, int64_t now_us,
    GError **error)
{
	g_autoptr(GString) state = g_string_new(NULL);
	LedgerNote note = {LEDGER_SYSTEM, BACKUP_OBJECT, NULL, NULL};
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "action", action);
	json_key_string(&json, "version", version);
	json_key_int(&json, "files", manifest->files->len);
	json_key_int(&json, "ledger", manifest->head.seq);
	json_end_object(&json);
	note.after = state->str;
	for (int i = 1; i < NOTE_TRIES; i++) {
		g_autoptr(GError) reason = NULL;

		if (write_note(app, &note, now_us, &reason))
			return app_sign_ledger(app, error);
		if (!g_error_matches(reason, APP_ERROR, APP_ERROR_BUSY)) {
			g_propagate_error(error, g_steal_pointer(&reason));
			return false;
		}
	}
	return write_note(app, &note, now_us, error) && app_sign_ledger(app, error);
}

bool
backup_make(App *app, const BackupOptions *options, BackupResult *ret_result, GError **error)
{
	g_auto(Making) making = {.app = app, .options = options};
	g_autofree char *aside = NULL;
	g_autofree char *key_path = g_build_filename(app->directory, LEDGER_KEY_FILE, NULL);
	g_autofree char *data_key_path = g_build_filename(app->directory, DATA_KEY_FILE, NULL);

	making.manifest.at_us = options->now_us;
	making.manifest.commune_id = app->commune.commune_id;
	making.manifest.program = g_strdup(options->program);
	if (!make_folder(options->folder, error))
		return false;
	sweep(options->folder);
	making.result.version = choose_name(options);
	aside = g_strconcat(BACKUP_ASIDE, making.result.version, NULL);
	making.aside = g_build_filename(options->folder, aside, NULL);
	if (!make_folder(making.aside, error) || !copy_database(&making, error) ||
	    !seal_own(&making, making.copy, "namro.db", error) ||
	    !seal_own(&making, key_path, LEDGER_KEY_FILE, error) ||
	    !seal_own(&making, data_key_path, DATA_KEY_FILE, error) || !keep_files(&making, error) ||
	    !finish(&making, error) ||
	    !backup_note(app, "backup", making.result.version, &making.manifest, options->now_us, error))
		return false;
	making.result.n_removed = backup_prune(options);
	*ret_result = making.result;
	making.result = (BackupResult){0};
	return true;
}
