/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/backup.h"
#include "app/directory.h"
#include "app/dispatch.h"
#include "app/move.h"
#include "base/app-error.h"
#include "modules/tests/full_commune.h"
#include "storage/backend.h"
#include "storage/place.h"
#include "storage/testing.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A commune with data of all modules moves to a server and back, and is backed up from there. */

#define WORD "Binhnguyet"

typedef struct Fixture {
	AppTest *test;          /* in a file of its own */
	char *server;           /* an empty schema */
	char *root;             /* for backups */
	AppOptions there, here; /* the directory with the server's database, and with its own file */
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(full_commune_modules());
	full_commune_fill(fixture->test, WORD, 2);
	fixture->server = db_test_location(NULL, "x", true);
	fixture->root = g_dir_make_tmp("namro-move-XXXXXX", NULL);
	fixture->here = fixture->there = fixture->test->app->options;
	fixture->there.database = fixture->server;
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	db_test_drop(fixture->server);
	backup_remove_tree(fixture->root);
	g_free(fixture->server);
	g_free(fixture->root);
}

/* Everything a page shows, whatever store it is made from. */
static char *
pages_of(App *app)
{
	static const char *const TARGETS[] = {"/", "/nhiem-vu", "/nhiem-vu.csv", "/nhiem-vu?q=wifi+cong+cong",
	    "/nhiem-vu?q=%22h%E1%BA%A1+t%E1%BA%A7ng%22", "/nhiem-vu/1", "/chi-tieu.json", "/co-quan",
	    "/lich-bao-cao", "/kiem-tra", "/van-ban", "/quan-tri/tai-khoan", "/ra-soat/1", "/nhap-ke-hoach"};
	AppTest test = {.app = app, .db = app_db(app), .directory = (char *)(guintptr)app_directory(app)};
	GString *pages = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(TARGETS); i++) {
		g_autofree char *body = NULL;

		if (app_test_get(&test, TARGETS[i], &body) != 200)
			g_error("%s: %s", TARGETS[i], body);
		g_string_append_printf(pages, "%s\n%s\n", TARGETS[i], body);
	}
	app_dispatcher_free(test.dispatcher);
	g_free(test.set_cookie);
	g_free(test.location_header);
	g_free(test.etag);
	return g_string_free(pages, FALSE);
}

static bool
try_move(App *app, const char *database, AppMoveReport *report, GError **error)
{
	return app_move(app, &(AppMoveOptions){.database = database}, report, error);
}

static void
move(App *app, const char *database, AppMoveReport *report)
{
	g_autoptr(GError) error = NULL;

	try_move(app, database, report, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(report->ledger.problems->len, ==, 0);
	g_assert_cmpint(report->ledger.n_rows, >, 10);
}

static App *
open_app(const AppOptions *options)
{
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	app_open(options, &app, &error);
	g_assert_no_error(error);
	return app;
}

static void
close_test(AppTest *test)
{
	g_clear_pointer(&test->dispatcher, app_dispatcher_free);
	g_clear_pointer(&test->app, app_free);
}

static void
assert_refused(const AppOptions *options)
{
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	g_assert_false(app_open(options, &app, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
assert_same_rows(App *app, const AppMoveReport *report)
{
	g_autoptr(GPtrArray) sums = NULL;
	g_autoptr(GError) error = NULL;

	db_commune_sum(app_db(app), app_commune(app)->commune_id, &sums, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(db_sums_differ(sums, report->sums), ==, NULL);
}

/* To the server and home again: the same rows, the same pages, the same search; the ledger says where it was.
 */
static void
test_round_trip(Fixture *fixture, gconstpointer unused)
{
	g_auto(AppMoveReport) out = {0}, home = {0};
	g_autofree char *before = pages_of(fixture->test->app), *there = NULL, *after = NULL, *state = NULL;
	g_autofree char *own = g_build_filename(fixture->test->directory, "namro.db", NULL);
	g_autofree char *old = g_build_filename(fixture->root, "old.db", NULL);
	g_autofree char *journal = g_strconcat(own, "-wal", NULL);
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	int64_t commune_id = fixture->test->commune_id;

	(void)unused;
	move(fixture->test->app, fixture->server, &out);
	assert_same_rows(fixture->test->app, &out); /* the source keeps all, the note too */
	assert_refused(&fixture->here);             /* but nobody opens it by mistake */
	app = open_app(&fixture->there);
	assert_same_rows(app, &out);
	there = pages_of(app);
	g_assert_cmpstr(there, ==, before);
	g_assert_true(ledger_last_state(app_db(app), commune_id, "store", &state, &error));
	g_assert_nonnull(strstr(state, "\"moved_to\":\"PostgreSQL "));

	g_assert_false(try_move(app, NULL, &home, &error)); /* the old file is still in its place */
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	close_test(fixture->test);
	g_assert_cmpint(g_rename(own, old), ==, 0);
	g_assert_true(g_file_set_contents(journal, "", 0, NULL)); /* one that stayed behind */
	g_assert_false(try_move(app, NULL, &home, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_cmpint(g_remove(journal), ==, 0);
	move(app, NULL, &home);
	g_clear_pointer(&app, app_free);
	app = open_app(&fixture->here);
	assert_same_rows(app, &home);
	after = pages_of(app);
	g_assert_cmpstr(after, ==, before);
	g_assert_true(app_verify(app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 0);
	assert_refused(&fixture->there);
}

/* A move to a server that has the commune, while it is served, or to where it is: refused, and everything is
 * as before. */
static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
	g_auto(AppMoveReport) first = {0}, second = {0}, home = {0}, third = {0};
	g_autofree char *own = g_build_filename(fixture->test->directory, "namro.db", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	int fd;

	(void)unused;
	g_assert_true(directory_hold(fixture->test->directory, false, &fd, &error));
	g_assert_false(try_move(fixture->test->app, fixture->server, &first, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_assert_nonnull(strstr(error->message, "namro serve"));
	g_clear_error(&error);
	close(fd);
	g_assert_false(try_move(fixture->test->app, NULL, &first, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	move(fixture->test->app, fixture->server, &first);
	/* The same move again: it is done already. */
	g_assert_true(try_move(fixture->test->app, fixture->server, &second, &error));
	g_assert_null(second.sums);
	assert_same_rows(fixture->test->app, &first);
	app = open_app(&fixture->there);
	assert_same_rows(app, &first);
	close_test(fixture->test);
	g_assert_cmpint(g_remove(own), ==, 0);
	move(app, NULL, &home);
	g_clear_pointer(&app, app_free);
	app = open_app(&fixture->here);
	g_assert_false(try_move(app, fixture->server, &third, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "không chuyển đè"));
	assert_same_rows(app, &home);
}

static int64_t
rows_of(Db *db, int64_t commune_id)
{
	g_autoptr(GPtrArray) sums = NULL;
	int64_t n = 0;

	g_assert_true(db_commune_sum(db, commune_id, &sums, NULL));
	for (guint i = 0; i < sums->len; i++)
		n += ((const DbTableSum *)g_ptr_array_index(sums, i))->n_rows;
	return n;
}

/* The store fails at a step of the move: the source goes on, whole, and the server has nothing that lives. */
static void
test_breaking_off(Fixture *fixture, gconstpointer unused)
{
	AppTest *test = fixture->test;

	(void)unused;
	for (unsigned n = 1; n < 400; n = n * 2 + 1) {
		g_auto(AppMoveReport) report = {0};
		g_auto(LedgerReport) checked = {0};
		g_autoptr(GError) error = NULL;
		g_autoptr(Db) server = NULL;
		DbPlace place;

		db_backend_fail_after(test->db, n);
		g_assert_false(try_move(test->app, fixture->server, &report, &error));
		db_backend_fail_after(test->db, 0);
		g_clear_error(&error);
		g_assert_true(db_place_read(test->db, test->commune_id, &place, NULL, &error));
		g_assert_cmpint(place, ==, DB_PLACE_HERE);
		g_assert_true(app_verify(test->app, &checked, &error));
		g_assert_cmpuint(checked.problems->len, ==, 0);
		if (n > 1) { /* the first failure comes before the server is asked */
			g_assert_true(db_open(fixture->server, DB_WRITE, &server, NULL));
			g_assert_cmpint(rows_of(server, test->commune_id), ==, 0);
		}
	}
}

/* A row in every table there is, of modules that come later too. */
static void
test_every_table(Fixture *fixture, gconstpointer unused)
{
	AppTest *test = fixture->test;
	guint n_tables = full_commune_fill_tables(test, WORD);
	g_autoptr(GPtrArray) copied = NULL;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) from = NULL;
	g_autoptr(DbTxn) to = NULL;
	g_autoptr(Db) server = NULL;

	(void)unused;
	app_open_store(fixture->server, DB_CREATE, test->app->modules, 1, NULL, &server, &error);
	g_assert_no_error(error);
	g_assert_true(db_txn_begin_read(test->db, &from, &error) && db_txn_begin(server, &to, &error));
	db_commune_copy(test->db, server, test->commune_id, &copied, &error);
	g_assert_no_error(error);
	g_assert_true(db_txn_commit(to, &error));
	g_assert_true(db_commune_sum(server, test->commune_id, &there, &error));
	g_assert_cmpstr(db_sums_differ(copied, there), ==, NULL);
	g_assert_cmpuint(copied->len, ==, n_tables);
	for (guint i = 0; i < copied->len; i++)
		g_assert_cmpint(((const DbTableSum *)g_ptr_array_index(copied, i))->n_rows, >, 0);
}

/* Backed up from the server, proved, restored into a file and into a server: the same pages. */
static void
test_backup(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *folder = g_build_filename(fixture->root, "luu", NULL);
	g_autofree char *key_path = g_build_filename(fixture->root, "khoa", NULL);
	g_autofree char *file = g_build_filename(fixture->root, "tep", NULL);
	g_autofree char *own = g_build_filename(fixture->root, "may-chu", "namro.db", NULL);
	g_autofree char *elsewhere = g_build_filename(fixture->root, "may-chu", NULL);
	g_autofree char *second = db_test_location(NULL, "y", true);
	g_autofree char *before = NULL, *in_file = NULL, *on_server = NULL;
	g_auto(BackupManifest) proved = {0}, restored = {0}, moved = {0};
	g_auto(BackupResult) made = {0};
	g_auto(AppMoveReport) report = {0};
	AppOptions options = fixture->here;
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL, again = NULL, there = NULL;
	BackupKey key;

	(void)unused;
	move(fixture->test->app, fixture->server, &report);
	app = open_app(&fixture->there);
	before = pages_of(app);
	g_assert_true(backup_key_make(key_path, &key, &error));
	backup_make(app,
	    &(BackupOptions){.folder = folder, .key = &key, .program = "thử", .now_us = app_now_us(app)},
	    &made, &error);
	g_assert_no_error(error);
	g_assert_cmpint(made.n_files, >, 1);
	backup_prove(app, folder, &key, &proved, &error);
	g_assert_no_error(error);

	options.directory = file;
	backup_restore(folder, &options, &key, &restored, &error);
	g_assert_no_error(error);
	again = open_app(&options);
	in_file = pages_of(again);
	g_assert_cmpstr(in_file, ==, before);

	options.directory = elsewhere;
	options.database = second;
	backup_restore(folder, &options, &key, &moved, &error);
	g_assert_no_error(error);
	g_assert_false(g_file_test(own, G_FILE_TEST_EXISTS));
	there = open_app(&options);
	on_server = pages_of(there);
	g_assert_cmpstr(on_server, ==, before);
	/* Where the commune is already, nothing is restored, and no directory is left. */
	options.directory = folder;
	backup_remove_tree(elsewhere);
	options.directory = elsewhere;
	g_assert_false(backup_restore(folder, &options, &key, &moved, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_false(g_file_test(elsewhere, G_FILE_TEST_EXISTS));
	g_clear_pointer(&there, app_free);
	db_test_drop(second);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *, gconstpointer);
	} TESTS[] = {{"/move/round-trip", test_round_trip}, {"/move/refusals", test_refusals},
	    {"/move/breaking-off", test_breaking_off}, {"/move/every-table", test_every_table},
	    {"/move/backup", test_backup}};

	g_test_init(&argc, &argv, NULL);
	/* Both stores are in every test: one run is enough. */
	g_setenv("NAMRO_TEST_STORE", "sqlite", TRUE);
	for (size_t i = 0; db_test_has_server() && i < G_N_ELEMENTS(TESTS); i++)
		g_test_add(TESTS[i].path, Fixture, NULL, set_up, TESTS[i].test, tear_down);
	return g_test_run();
}
