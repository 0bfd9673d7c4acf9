/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/all_communes.h"
#include "app/app_internal.h"
#include "app/backup_crypt.h"
#include "app/move.h"
#include "base/app-error.h"
#include "storage/place.h"
#include "storage/testing.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Taken back from where it makes a difference. */
#define UNDONE (1 << APP_MOVE_COPY | 1 << APP_MOVE_NAME | 1 << APP_MOVE_ARRIVE | 1 << APP_MOVE_MARK)
#define MOVE_STEPS (APP_MOVE_MARK + 1) /* without those of taking back */

/* The machine dies at every step of a move, in both directions: at most one of the two stores lives, nothing
 * is lost, and the same command called again finishes the move or takes it back. */

typedef struct Case {
	AppMoveStep step;
	bool goes_home; /* from the server into the directory's file */
	bool undoes;
} Case;

typedef struct Fixture {
	char *directory, *server;
	AppOptions here, there; /* the directory with its own file, and with the server */
	const AppOptions *from, *to;
	int64_t commune_id;
} Fixture;

static App *
open_app(const AppOptions *options, bool is_moving)
{
	AppOptions copy = *options;
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	copy.is_moving = is_moving;
	app_open(&copy, &app, &error);
	g_assert_no_error(error);
	return app;
}

static bool
write_row(Db *db, int64_t commune_id, GError **error)
{
	const LedgerNote note = {LEDGER_SYSTEM, "test", NULL, "{}"};
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) &&
	       ledger_note(db, commune_id, &APP_SHELL_ACTOR, 1, &note, error) && db_txn_commit(txn, error);
}

/* Opens as everybody does; what cannot be opened is refused with words that help. */
static bool
lives(const Fixture *fixture, const AppOptions *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;

	if (app_open(options, &app, &error)) {
		g_assert_true(write_row(app_db(app), fixture->commune_id, &error));
		return true;
	}
	if (!g_error_matches(error, APP_ERROR, APP_ERROR_NOT_FOUND)) /* no file yet */
		g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	return false;
}

static bool
touch(Db *db, int64_t commune_id, void *data, GError **error)
{
	(void)data;
	return write_row(db, commune_id, error);
}

/* What works for all communes of the server passes over those that do not live there. */
static int64_t
count_living_at_server(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;
	AppAllReport report;

	app_for_all_communes(&fixture->there, 1, touch, NULL, &report, &error);
	g_assert_no_error(error);
	g_assert_cmpint(report.n_failed, ==, 0);
	return report.n_done;
}

static void
move_to_server(const Fixture *fixture)
{
	g_autofree char *own = g_build_filename(fixture->directory, "namro.db", NULL);
	g_auto(AppMoveReport) report = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = open_app(&fixture->here, true);

	app_move(app, &(AppMoveOptions){.database = fixture->server}, &report, &error);
	g_assert_no_error(error);
	g_clear_pointer(&app, app_free);
	g_assert_cmpint(g_remove(own), ==, 0);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	const Case *c = data;
	char code[] = "26734", name[] = "xã Bình Nguyệt";
	g_autoptr(GError) error = NULL;
	bool is_new;

	fixture->directory = g_dir_make_tmp("namro-killed-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->server = db_test_location(NULL, "killed", true);
	fixture->here = fixture->there = (AppOptions){
	    .directory = fixture->directory, .modules = APP_MODULES, .now_us = 1, .is_clock_fixed = true};
	fixture->there.database = fixture->server;
	app_init(&fixture->here, &(AppCommune){.code = code, .name = name}, &is_new, &error);
	g_assert_no_error(error);
	fixture->commune_id = 26734;
	if (c->goes_home)
		move_to_server(fixture);
	fixture->from = c->goes_home ? &fixture->there : &fixture->here;
	fixture->to = c->goes_home ? &fixture->here : &fixture->there;
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	db_test_drop(fixture->server);
	backup_remove_tree(fixture->directory);
	g_free(fixture->server);
	g_free(fixture->directory);
}

static void
die(void *data, AppMoveStep step)
{
	if (step == *(const AppMoveStep *)data)
		raise(SIGKILL);
}

static bool
move(const Fixture *fixture, const AppMoveStep *dies_at, GError **error)
{
	g_auto(AppMoveReport) report = {0};
	g_autoptr(App) app = open_app(fixture->from, true);
	AppMoveOptions options = {.database = fixture->to->database};

	if (dies_at != NULL) {
		options.on_step = die;
		options.data = (void *)(guintptr)dies_at;
	}
	return app_move(app, &options, &report, error);
}

static bool
undo(const Fixture *fixture, const AppMoveStep *dies_at, AppMoveUndo *ret_undo, GError **error)
{
	g_autoptr(App) app = open_app(fixture->from, true);
	AppMoveOptions options = {.database = fixture->to->database};

	if (dies_at != NULL) {
		options.on_step = die;
		options.data = (void *)(guintptr)dies_at;
	}
	return app_move_undo(app, &options, ret_undo, error);
}

/* Moving, or taking back. */
static void
work_and_die(const Fixture *fixture, AppMoveStep step, bool undoes)
{
	AppMoveUndo done = {0};
	int status;
	pid_t child = fork();

	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		(void)(undoes ? undo(fixture, &step, &done, NULL) : move(fixture, &step, NULL));
		_exit(1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
move_and_die(const Fixture *fixture, AppMoveStep step)
{
	work_and_die(fixture, step, false);
}

static void
check_early(const Fixture *fixture, Db *early, AppMoveStep step)
{
	g_autoptr(GError) error = NULL;

	if (write_row(early, fixture->commune_id, &error)) {
		g_assert_cmpint(step, ==, APP_MOVE_LEAVE);
		return;
	}
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "namro migrate"));
	g_assert_cmpint(step, >, APP_MOVE_LEAVE);
}

static void
assert_whole(const AppOptions *options)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = open_app(options, false);

	app_verify(app, &report, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(report.problems->len, ==, 0);
	g_assert_cmpint(report.n_rows, >, 3);
}

static void
finish(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;

	move(fixture, NULL, &error);
	g_assert_no_error(error);
	g_assert_true(lives(fixture, fixture->to));
	g_assert_false(lives(fixture, fixture->from));
	assert_whole(fixture->to);
}

static int64_t
count_rows(const AppOptions *options, int64_t commune_id)
{
	const char *location = options->database;
	g_autofree char *own = g_build_filename(options->directory, "namro.db", NULL);
	g_autoptr(GPtrArray) sums = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Db) db = NULL;
	int64_t n = 0;

	if (location == NULL && !g_file_test(own, G_FILE_TEST_EXISTS))
		return 0;
	db_open(location != NULL ? location : own, DB_WRITE, &db, &error);
	g_assert_no_error(error);
	db_commune_sum(db, commune_id, &sums, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < sums->len; i++)
		n += ((const DbTableSum *)g_ptr_array_index(sums, i))->n_rows;
	return n;
}

/* Taken back, the source goes on, nothing is left at the target, and the next move there goes through. */
static void
check_undone(const Fixture *fixture, const Case *c)
{
	bool is_copied = (int)c->step > (int)APP_MOVE_SETTLE + c->goes_home;
	g_auto(AppMoveUndo) undone = {0};
	g_autoptr(GError) error = NULL;

	undo(fixture, NULL, &undone, &error);
	g_assert_no_error(error);
	g_assert_true(undone.is_taken_back);
	g_assert_cmpint(undone.is_removed, ==, is_copied);
	g_assert_cmpstr(undone.kept, ==, NULL);
	g_assert_cmpint(count_rows(fixture->to, fixture->commune_id), ==, 0);
	g_assert_true(lives(fixture, fixture->from));
	g_assert_false(lives(fixture, fixture->to));
	assert_whole(fixture->from);
	g_assert_cmpint(count_living_at_server(fixture), ==, c->goes_home);
	finish(fixture);
}

static void
test_killed(Fixture *fixture, gconstpointer data)
{
	const Case *c = data;
	g_autoptr(App) before = open_app(fixture->from, false);
	bool from_lives, to_lives;
	g_auto(AppMoveUndo) undone = {0};
	g_autoptr(GError) error = NULL;

	move_and_die(fixture, c->step);
	check_early(fixture, app_db(before), c->step);
	g_clear_pointer(&before, app_free);
	from_lives = lives(fixture, fixture->from);
	to_lives = lives(fixture, fixture->to);
	g_assert_cmpint(from_lives + to_lives, <=, 1);
	g_assert_cmpint(from_lives, ==, c->step == APP_MOVE_LEAVE);
	if (!c->undoes) {
		finish(fixture);
	} else if (c->step == APP_MOVE_LEAVE || c->step == APP_MOVE_MARK) {
		g_assert_false(undo(fixture, NULL, &undone, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
		finish(fixture);
	} else {
		check_undone(fixture, c);
	}
}

/* The machine dies while a move that had been copied is taken back: the source lives or waits, the copy never
 * does, and the next command of either kind goes on. */
static void
test_undo_killed(Fixture *fixture, gconstpointer data)
{
	const Case *c = data;
	bool is_back = c->step > APP_MOVE_TAKE_BACK;
	g_auto(AppMoveUndo) undone = {0};
	g_autoptr(GError) error = NULL;

	move_and_die(fixture, APP_MOVE_ARRIVE);
	work_and_die(fixture, c->step, true);
	g_assert_cmpint(lives(fixture, fixture->from), ==, is_back);
	g_assert_false(lives(fixture, fixture->to));
	g_assert_cmpint(count_rows(fixture->to, fixture->commune_id), >, 3);
	if (c->undoes) {
		undo(fixture, NULL, &undone, &error);
		g_assert_no_error(error);
		g_assert_cmpint(undone.is_taken_back, ==, !is_back);
		g_assert_true(undone.is_removed);
		g_assert_cmpint(count_rows(fixture->to, fixture->commune_id), ==, 0);
		g_assert_true(lives(fixture, fixture->from));
	}
	finish(fixture);
}

/* A copy that is left gives way to a new one in one go, also where the machine dies over it. */
static void
test_overwritten(Fixture *fixture, gconstpointer data)
{
	const Case *c = data;

	move_and_die(fixture, APP_MOVE_ARRIVE);
	work_and_die(fixture, APP_MOVE_DISCARD, true);
	g_assert_true(lives(fixture, fixture->from)); /* and has a row more than the copy */
	move_and_die(fixture, c->step);
	g_assert_false(lives(fixture, fixture->to));
	finish(fixture);
}

/* A copy whose ledger is not this one's holds what is nowhere else: it stays. */
static void
test_foreign_copy(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *other = g_dir_make_tmp("namro-killed-XXXXXX", NULL);
	char code[] = "26734", name[] = "xã Bình Nguyệt";
	g_auto(AppMoveUndo) undone = {0};
	g_autoptr(GError) error = NULL;
	AppOptions twin = fixture->here;
	Fixture wrong = *fixture;
	bool is_new;

	(void)unused;
	move_and_die(fixture, APP_MOVE_ARRIVE);
	twin.directory = other;
	wrong.from = &twin;
	app_init(&twin, &(AppCommune){.code = code, .name = name}, &is_new, &error);
	g_assert_no_error(error);
	g_assert_false(undo(&wrong, NULL, &undone, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	g_assert_false(move(&wrong, NULL, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_true(lives(&wrong, &twin));
	g_assert_cmpint(count_rows(fixture->to, fixture->commune_id), >, 3);
	backup_remove_tree(other);
	finish(fixture);
}

/* Half way, the command with another target is refused, and names the one it goes to. */
static void
test_other_target(Fixture *fixture, gconstpointer data)
{
	const Case *c = data;
	g_autofree char *other = db_test_location(NULL, "other", true);
	g_autoptr(GError) error = NULL;
	Fixture wrong = *fixture;
	AppOptions elsewhere = fixture->there;

	elsewhere.database = other;
	wrong.to = &elsewhere;
	move_and_die(fixture, c->step);
	g_assert_false(move(&wrong, NULL, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "--to"));
	finish(fixture);
	db_test_drop(other);
}

static void
add(const char *name, const Case *c, void (*test)(Fixture *, gconstpointer))
{
	g_autofree char *path = g_strdup_printf(
	    "/move-killed/%s/%s/step-%d", name, c->goes_home ? "to-file" : "to-server", (int)c->step);

	g_test_add(path, Fixture, c, set_up, test, tear_down);
}

int
main(int argc, char **argv)
{
	static Case cases[APP_MOVE_STEP_MAX * 4];
	static const Case UNDO_KILLED[] = {{APP_MOVE_TAKE_BACK, false, true},
	    {APP_MOVE_DISCARD, false, false}, {APP_MOVE_DISCARD, false, true},
	    {APP_MOVE_DISCARD, true, false}, {APP_MOVE_REMOVE, false, true}};
	static const Case OVERWRITTEN[] = {
	    {APP_MOVE_COPY, false, false}, {APP_MOVE_SETTLE, false, false}, {APP_MOVE_COPY, true, false}};
	static const Case LEAVING = {APP_MOVE_COPY, false, false};
	size_t n = 0;

	g_test_init(&argc, &argv, NULL);
	/* Both stores are in every test: one run is enough. */
	g_setenv("NAMRO_TEST_STORE", "sqlite", TRUE);
	if (!db_test_has_server())
		return g_test_run();
	for (int step = 0; step < MOVE_STEPS; step++)
		for (int way = 0; way < 4; way++) {
			bool undoes = way >= 2, is_other = (way + step) % 2 == 1;

			/* Each step both ways, one of them finished and the other undone. */
			if (is_other == undoes && (UNDONE >> step & 1) != 0)
				continue;
			if (undoes ? (UNDONE >> step & 1) == 0 : step == APP_MOVE_SETTLE)
				continue;
			cases[n] = (Case){(AppMoveStep)step, way % 2 == 1, undoes};
			add(undoes ? "undone" : "finished", &cases[n], test_killed);
			n++;
		}
	for (size_t i = 0; i < G_N_ELEMENTS(UNDO_KILLED); i++)
		add(UNDO_KILLED[i].undoes ? "undo-killed-and-undone" : "undo-killed", &UNDO_KILLED[i],
		    test_undo_killed);
	for (size_t i = 0; i < G_N_ELEMENTS(OVERWRITTEN); i++)
		add("overwritten", &OVERWRITTEN[i], test_overwritten);
	add("foreign-copy", &LEAVING, test_foreign_copy);
	add("other-target", &LEAVING, test_other_target);
	return g_test_run();
}
