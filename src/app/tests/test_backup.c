/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_internal.h"

#include "app/filestore.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define BIG_BYTES ((size_t)200 * 1024) /* more than three pieces */

static const AppModule *const NO_MODULES[] = {NULL};

/* A data directory with settings and two files, a place for backups, a key. */
typedef struct Case {
	AppTest *test;
	char *root, *folder, *target, *key_path;
	BackupKey key;
	AppOptions options; /* of what is restored */
	char file_keys[2][FILESTORE_KEY_SIZE];
} Case;

static void
set(Case *c, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	app_setting_set(c->test->db, c->test->commune_id, &APP_SHELL_ACTOR, 1, key, value, &error);
	g_assert_no_error(error);
}

static Case *
case_new(void)
{
	Case *c = g_new0(Case, 1);
	g_autofree char *big = g_malloc0(BIG_BYTES);
	g_autoptr(GError) error = NULL;

	c->test = app_test_new(NO_MODULES);
	c->root = g_dir_make_tmp("namro-backup-XXXXXX", &error);
	c->folder = g_build_filename(c->root, "kho-luu", NULL);
	c->target = g_build_filename(c->root, "moi", NULL);
	c->key_path = g_build_filename(c->root, "khoa.txt", NULL);
	backup_key_make(c->key_path, &c->key, &error);
	g_assert_no_error(error);
	c->options = (AppOptions){
	    .directory = c->target, .modules = NO_MODULES, .now_us = G_MAXINT64 / 4, .is_clock_fixed = true};
	set(c, "a", "1");
	filestore_add(c->test->directory, "nội dung", strlen("nội dung"), c->file_keys[0], &error);
	g_assert_no_error(error);
	filestore_add(c->test->directory, big, BIG_BYTES, c->file_keys[1], &error);
	g_assert_no_error(error);
	return c;
}

static void
case_free(Case *c)
{
	app_test_free(c->test);
	backup_remove_tree(c->root);
	g_free(c->root);
	g_free(c->folder);
	g_free(c->target);
	g_free(c->key_path);
	g_free(c);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

static bool
make(Case *c, int64_t second, unsigned n_keep, BackupResult *ret_result, GError **error)
{
	const BackupOptions options = {.folder = c->folder,
	    .key = &c->key,
	    .program = "thử",
	    .now_us = second * INSTANT_SECOND,
	    .n_keep = n_keep};

	return backup_make(c->test->app, &options, ret_result, error);
}

static void
make_one(Case *c, int64_t second)
{
	g_auto(BackupResult) result = {0};
	g_autoptr(GError) error = NULL;

	make(c, second, 0, &result, &error);
	g_assert_no_error(error);
}

static bool
restore(Case *c, const BackupKey *key, GError **error)
{
	g_auto(BackupManifest) manifest = {0};

	return backup_restore(c->folder, &c->options, key, &manifest, error);
}

/* The settings and files are there, the ledger is sound and says that this was restored. */
static void
assert_restored(Case *c, const char *value)
{
	g_autoptr(App) app = NULL;
	g_autoptr(GError) error = NULL;
	g_auto(LedgerReport) report = {0};
	g_autofree char *found = NULL, *state = NULL, *bytes = NULL;
	size_t len;

	app_open(&c->options, &app, &error);
	g_assert_no_error(error);
	g_assert_true(app_setting_get(app_db(app), c->test->commune_id, "a", &found, &error));
	g_assert_cmpstr(found, ==, value);
	for (size_t i = 0; i < G_N_ELEMENTS(c->file_keys); i++) {
		filestore_get(c->target, c->file_keys[i], &bytes, &len, &error);
		g_assert_no_error(error);
		g_clear_pointer(&bytes, g_free);
	}
	g_assert_true(app_verify(app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 0);
	g_assert_true(ledger_last_state(app_db(app), c->test->commune_id, BACKUP_OBJECT, &state, &error));
	g_assert_nonnull(strstr(state, "\"action\":\"restore\""));
}

static void
test_round_trip(void)
{
	g_autoptr(Case) c = case_new();
	g_auto(BackupResult) first = {0}, second = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *state = NULL, *aside = g_strconcat(c->target, ".dang-khoi-phuc", NULL);

	make(c, 1, 0, &first, &error);
	g_assert_no_error(error);
	g_assert_cmpint(first.n_files, ==, 2);
	g_assert_cmpint(first.n_new_files, ==, 2);
	g_assert_true(ledger_last_state(c->test->db, c->test->commune_id, BACKUP_OBJECT, &state, &error));
	g_assert_nonnull(strstr(state, "\"action\":\"backup\""));
	set(c, "a", "2");
	make(c, 2, 0, &second, &error);
	g_assert_no_error(error);
	g_assert_cmpint(second.n_files, ==, 2);
	g_assert_cmpint(second.n_new_files, ==, 0); /* they are there already */
	restore(c, &c->key, &error);
	g_assert_no_error(error);
	assert_restored(c, "2");
	g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
	/* What is there is never written over. */
	g_assert_false(restore(c, &c->key, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
test_older_version(void)
{
	g_autoptr(Case) c = case_new();
	g_auto(BackupResult) first = {0}, second = {0};
	g_auto(BackupManifest) manifest = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *from = NULL;

	g_assert_true(make(c, 1, 0, &first, &error));
	set(c, "a", "2");
	g_assert_true(make(c, 2, 0, &second, &error));
	from = g_build_filename(c->folder, first.version, NULL);
	g_assert_cmpint(g_mkdir(c->target, 0700), ==, 0); /* empty is as good as not there */
	backup_restore(from, &c->options, &c->key, &manifest, &error);
	g_assert_no_error(error);
	assert_restored(c, "1");
}

static void
test_prove(void)
{
	g_autoptr(Case) c = case_new();
	g_auto(BackupManifest) manifest = {0};
	g_autofree char *state = NULL,
			*aside = g_build_filename(c->test->directory, "work", "thu-khoi-phuc", NULL);
	g_autoptr(GError) error = NULL;

	make_one(c, 1);
	backup_prove(c->test->app, c->folder, &c->key, &manifest, &error);
	g_assert_no_error(error);
	g_assert_nonnull(strstr(manifest.rows, "setting 1\n"));
	g_assert_true(ledger_last_state(c->test->db, c->test->commune_id, BACKUP_OBJECT, &state, &error));
	g_assert_nonnull(strstr(state, "\"action\":\"verify\""));
	g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
}

static void
test_wrong_key(void)
{
	g_autoptr(Case) c = case_new();
	g_autofree char *path = g_build_filename(c->root, "khac.txt", NULL);
	g_autoptr(GError) error = NULL;
	BackupKey other;

	make_one(c, 1);
	g_assert_true(backup_key_make(path, &other, &error));
	g_assert_false(restore(c, &other, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_FORBIDDEN);
	g_assert_false(g_file_test(c->target, G_FILE_TEST_EXISTS));
	g_clear_error(&error);
	g_assert_false(backup_key_make(path, &other, &error)); /* a key is never written over */
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_true(g_file_set_contents(path, "không phải khóa", -1, NULL));
	g_assert_false(backup_key_load(path, &other, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
}

static void
collect_files(const char *folder, GPtrArray *paths)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			collect_files(path, paths);
			g_free(path);
		} else {
			g_ptr_array_add(paths, path);
		}
	}
}

typedef void (*Damage)(const char *path, const char *bytes, size_t len);

static void
flip_first(const char *path, const char *bytes, size_t len)
{
	g_autofree char *copy = g_memdup2(bytes, len);

	copy[len / 100] ^= 1;
	g_assert_true(g_file_set_contents(path, copy, (gssize)len, NULL));
}

static void
flip_last(const char *path, const char *bytes, size_t len)
{
	g_autofree char *copy = g_memdup2(bytes, len);

	copy[len - 2] ^= 1;
	g_assert_true(g_file_set_contents(path, copy, (gssize)len, NULL));
}

static void
cut_half(const char *path, const char *bytes, size_t len)
{
	g_assert_true(g_file_set_contents(path, bytes, (gssize)len / 2, NULL));
}

/* Between two pieces: nothing but the mark of the last piece tells. */
static void
cut_piece(const char *path, const char *bytes, size_t len)
{
	size_t first = 8 + 24 + 64 * 1024 + 17;

	g_assert_true(g_file_set_contents(path, bytes, (gssize)(len > first ? first : len - 1), NULL));
}

static void
append(const char *path, const char *bytes, size_t len)
{
	g_autoptr(GString) text = g_string_new_len(bytes, (gssize)len);

	g_string_append(text, "x");
	g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
}

static void
empty(const char *path, const char *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	g_assert_true(g_file_set_contents(path, "", 0, NULL));
}

static void
take_away(const char *path, const char *bytes, size_t len)
{
	(void)bytes;
	(void)len;
	g_unlink(path);
}

/* Every file of a backup, damaged in every way: an error that names it, and nothing restored. */
static void
test_damage(void)
{
	static const Damage DAMAGES[] = {
	    flip_first, flip_last, cut_half, cut_piece, append, empty, take_away};
	g_autoptr(Case) c = case_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);

	make_one(c, 1);
	collect_files(c->folder, paths);
	g_assert_cmpuint(paths->len, ==, 6); /* database, two keys, manifest, two files */
	for (guint i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		g_autofree char *bytes = NULL, *name = g_path_get_basename(path);
		size_t len;

		g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
		for (size_t k = 0; k < G_N_ELEMENTS(DAMAGES); k++) {
			g_autoptr(GError) error = NULL;
			bool is_manifest_gone = DAMAGES[k] == take_away && strcmp(name, BACKUP_MANIFEST) == 0;

			DAMAGES[k](path, bytes, len);
			g_test_message("%s, damage %zu", name, k);
			g_assert_false(restore(c, &c->key, &error));
			g_test_message("%s", error->message);
			g_assert_true(is_manifest_gone || strstr(error->message, name) != NULL);
			g_assert_false(g_file_test(c->target, G_FILE_TEST_EXISTS));
			g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
		}
	}
	g_autoptr(GError) error = NULL;
	restore(c, &c->key, &error);
	g_assert_no_error(error);
}

/* Two files of one backup that change places are both good ciphertext. */
static void
test_swapped(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *store = g_build_filename(c->folder, BACKUP_STORE, NULL);
	g_autofree char *aside = g_build_filename(c->root, "x", NULL);
	g_autoptr(GError) error = NULL;

	make_one(c, 1);
	collect_files(store, paths);
	g_assert_cmpuint(paths->len, ==, 2);
	g_rename(paths->pdata[0], aside);
	g_rename(paths->pdata[1], paths->pdata[0]);
	g_rename(aside, paths->pdata[1]);
	g_assert_false(restore(c, &c->key, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
test_keep(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(GPtrArray) versions = NULL, left = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *path = filestore_path(c->test->directory, c->file_keys[1]);
	g_autofree char *store = g_build_filename(c->folder, BACKUP_STORE, NULL);
	g_autoptr(GError) error = NULL;

	make_one(c, 1);
	g_unlink(path); /* as if it had never been there: no newer version needs it */
	for (int i = 2; i < 6; i++) {
		g_auto(BackupResult) result = {0};

		make(c, i, 2, &result, &error);
		g_assert_no_error(error);
	}
	versions = backup_list_versions(c->folder);
	g_assert_cmpuint(versions->len, ==, 2);
	g_assert_cmpstr(versions->pdata[1], ==, "19700101T000005Z-01");
	collect_files(store, left);
	g_assert_cmpuint(left->len, ==, 1);
}

typedef struct Writer {
	Case *c;
	Db *db;
	gint is_ending, n_written;
} Writer;

/* Two settings that are always the same: half a transaction would show. */
static gpointer
write_on(gpointer data)
{
	Writer *writer = data;

	while (!g_atomic_int_get(&writer->is_ending)) {
		g_autoptr(DbTxn) txn = NULL;
		g_autoptr(GError) error = NULL;
		g_autofree char *value = g_strdup_printf("%d", g_atomic_int_add(&writer->n_written, 1));

		db_txn_begin(writer->db, &txn, &error);
		g_assert_no_error(error);
		app_setting_set(
		    writer->db, writer->c->test->commune_id, &APP_SHELL_ACTOR, 1, "a", value, &error);
		g_assert_no_error(error);
		app_setting_set(
		    writer->db, writer->c->test->commune_id, &APP_SHELL_ACTOR, 1, "b", value, &error);
		g_assert_no_error(error);
		db_txn_commit(txn, &error);
		g_assert_no_error(error);
		g_usleep(1000); /* the store knows no queue: who waits has to be let in */
	}
	return NULL;
}

static void
test_beside_writer(void)
{
	g_autoptr(Case) c = case_new();
	Writer writer = {.c = c};
	g_autoptr(GError) error = NULL;
	GThread *thread;

	db_open(c->test->location, DB_WRITE, &writer.db, &error);
	g_assert_no_error(error);
	thread = g_thread_new("writer", write_on, &writer);
	for (int i = 1; i <= 5; i++) {
		g_autoptr(App) app = NULL;
		g_autofree char *a = NULL, *b = NULL;
		int n_before = g_atomic_int_get(&writer.n_written);

		make_one(c, i);
		restore(c, &c->key, &error);
		g_assert_no_error(error);
		app_open(&c->options, &app, &error);
		g_assert_no_error(error);
		app_setting_get(app_db(app), c->test->commune_id, "a", &a, NULL);
		app_setting_get(app_db(app), c->test->commune_id, "b", &b, NULL);
		if (n_before > 1) {
			g_assert_cmpstr(a, ==, b);
			/* The last but one was acknowledged before the backup began. */
			g_assert_cmpint(atoi(a), >=, n_before - 2);
		}
		backup_remove_tree(c->target);
	}
	g_atomic_int_set(&writer.is_ending, 1);
	g_thread_join(thread);
	db_free(writer.db);
	g_assert_cmpint(writer.n_written, >, 0);
}

/* In a process of its own: what it ends with is not ours. */
static pid_t
fork_backups(Case *c, rlim_t file_max, int64_t first_second, int64_t n)
{
	pid_t pid = fork();

	if (pid == 0) {
		const AppOptions options = {.directory = c->test->directory,
		    .modules = NO_MODULES,
		    .now_us = 1,
		    .is_clock_fixed = true};
		const struct rlimit limit = {file_max, file_max};
		App *app;
		bool is_ok = app_open(&options, &app, NULL);

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		for (int64_t i = 0; is_ok && i < n; i++) {
			const BackupOptions backup = {.folder = c->folder,
			    .key = &c->key,
			    .program = "thử",
			    .now_us = (first_second + i) * INSTANT_SECOND};
			BackupResult result;
			g_autoptr(GError) error = NULL;

			is_ok = backup_make(app, &backup, &result, &error);
			if (!is_ok)
				fprintf(stderr, "# %s\n", error->message);
		}
		_exit(is_ok ? 0 : 3);
	}
	return pid;
}

/* A disk that takes no more: an error, and the version before is as good as it was. */
static void
test_full_disk(void)
{
	static const rlim_t ROOM[] = {1000, 50000, 100000};
	g_autoptr(Case) c = case_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *bigger = g_strnfill(BIG_BYTES, 'x');
	char key[FILESTORE_KEY_SIZE];

	make_one(c, 1);
	filestore_add(c->test->directory, bigger, BIG_BYTES, key, &error);
	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(ROOM); i++) {
		g_autoptr(GPtrArray) versions = NULL;
		int status;

		waitpid(fork_backups(c, ROOM[i], 10, 1), &status, 0);
		g_assert_true(WIFEXITED(status));
		g_assert_cmpint(WEXITSTATUS(status), ==, 3);
		versions = backup_list_versions(c->folder);
		g_assert_cmpuint(versions->len, ==, 1);
		restore(c, &c->key, &error);
		g_assert_no_error(error);
		assert_restored(c, "1");
		backup_remove_tree(c->target);
	}
	make_one(c, 20); /* room again */
}

static void
test_killed(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(GError) error = NULL;
	guint n_last = 0;

	make_one(c, 1);
	for (int i = 0; i < 12; i++) {
		g_autoptr(GPtrArray) versions = NULL;
		pid_t pid = fork_backups(c, RLIM_INFINITY, 100 * (i + 1), 1000);
		int status;

		g_usleep((gulong)(7000 + 11000 * i));
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		versions = backup_list_versions(c->folder);
		g_assert_cmpuint(versions->len, >=, MAX(n_last, 1));
		n_last = versions->len;
		restore(c, &c->key, &error); /* the newest one */
		g_assert_no_error(error);
		assert_restored(c, "1");
		backup_remove_tree(c->target);
	}
	make_one(c, 99999); /* what was left lying about is no hindrance */
}

static void
test_unwritable(void)
{
	g_autoptr(Case) c = case_new();
	g_auto(BackupResult) result = {0};
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(c->folder, "a file stands here", -1, NULL));
	g_assert_false(make(c, 1, 0, &result, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backup/round-trip", test_round_trip);
	g_test_add_func("/backup/older-version", test_older_version);
	g_test_add_func("/backup/prove", test_prove);
	g_test_add_func("/backup/wrong-key", test_wrong_key);
	g_test_add_func("/backup/damage", test_damage);
	g_test_add_func("/backup/swapped", test_swapped);
	g_test_add_func("/backup/keep", test_keep);
	g_test_add_func("/backup/beside-writer", test_beside_writer);
	g_test_add_func("/backup/full-disk", test_full_disk);
	g_test_add_func("/backup/killed", test_killed);
	g_test_add_func("/backup/unwritable", test_unwritable);
	return g_test_run();
}
