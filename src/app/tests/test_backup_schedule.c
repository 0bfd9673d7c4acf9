/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup.h"
#include "app/backup_keeper.h"
#include "app/backup_schedule.h"
#include "app/testing.h"
#include "base/date.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>

/* When the schedule asks for what, and what the keeper makes of it. */

#define MINUTE (60 * INSTANT_SECOND)
#define AT_22 (22 * 60)
#define WAIT_US ((int64_t)10 * G_USEC_PER_SEC)

static const AppModule *const NO_MODULES[] = {NULL};
static const int64_t NEVER = 0;
static char SOMEWHERE[] = "/kho";

static BackupSchedule
at_22(unsigned prove_days)
{
	return (BackupSchedule){.folder = SOMEWHERE, .minute = AT_22, .prove_days = prove_days};
}

/* An instant of day 20802 in Việt Nam, or of a day near it. */
static int64_t
at(int day, int hour, int minute)
{
	return instant_at(APP_TEST_TODAY + day, hour) + minute * MINUTE;
}

static void
assert_due(unsigned prove_days, int64_t made_us, int64_t proven_us, int64_t now_us, BackupDue due)
{
	const BackupSchedule schedule = {.folder = SOMEWHERE, .minute = AT_22, .prove_days = prove_days};
	const BackupHistory history = {.made_us = made_us, .proven_us = proven_us};

	g_assert_cmpint(backup_schedule_due(&schedule, &history, now_us), ==, due);
}

static void
test_due(void)
{
	const BackupSchedule none = {0};
	const BackupHistory empty = {0};

	g_assert_cmpint(backup_schedule_due(&none, &empty, at(0, 12, 0)), ==, BACKUP_WAIT);
	assert_due(0, NEVER, NEVER, at(0, 12, 0), BACKUP_MAKE);
	assert_due(0, at(-1, 22, 1), NEVER, at(0, 21, 59), BACKUP_WAIT);
	assert_due(0, at(-1, 22, 1), NEVER, at(0, 22, 0), BACKUP_MAKE);
	assert_due(0, at(0, 22, 0), NEVER, at(0, 22, 0), BACKUP_WAIT);
	/* One made by hand in the morning does not stand for the evening's; one missed is made up for. */
	assert_due(0, at(0, 8, 0), NEVER, at(0, 22, 30), BACKUP_MAKE);
	assert_due(0, at(-3, 22, 1), NEVER, at(0, 7, 0), BACKUP_MAKE);
}

static void
test_due_at_first(void)
{
	BackupSchedule schedule = at_22(0);
	BackupHistory history = {.made_us = at(0, 8, 0)};

	schedule.since_us = at(0, 9, 0);
	g_assert_cmpint(backup_schedule_due(&schedule, &history, at(0, 9, 1)), ==, BACKUP_MAKE);
	history.made_us = at(0, 9, 2);
	g_assert_cmpint(backup_schedule_due(&schedule, &history, at(0, 9, 3)), ==, BACKUP_WAIT);
}

static void
test_due_proof(void)
{
	int64_t made_us = at(-1, 22, 1), now_us = at(0, 8, 0);

	assert_due(30, made_us, NEVER, now_us, BACKUP_PROVE);
	assert_due(30, made_us, now_us - 29 * INSTANT_DAY, now_us, BACKUP_WAIT);
	assert_due(30, made_us, now_us - 30 * INSTANT_DAY, now_us, BACKUP_PROVE);
	assert_due(0, made_us, NEVER, now_us, BACKUP_WAIT);
	assert_due(30, NEVER, NEVER, now_us, BACKUP_MAKE);
}

static void
test_due_after_failure(void)
{
	const BackupSchedule schedule = at_22(0);
	BackupHistory history = {.failed_us = at(0, 22, 0), .failure = (char[]){"đĩa đầy"}};

	g_assert_cmpint(backup_schedule_due(&schedule, &history, at(0, 22, 29)), ==, BACKUP_WAIT);
	g_assert_cmpint(backup_schedule_due(&schedule, &history, at(0, 22, 30)), ==, BACKUP_MAKE);
	/* The clock was put back: not a reason to wait for a year. */
	g_assert_cmpint(backup_schedule_due(&schedule, &history, at(0, 21, 0)), ==, BACKUP_MAKE);
}

static void
write_schedule(AppTest *test, const BackupSchedule *schedule)
{
	g_autoptr(GError) error = NULL;

	backup_schedule_write(
	    test->db, test->commune_id, &APP_SHELL_ACTOR, app_now_us(test->app), schedule, &error);
	g_assert_no_error(error);
}

static void
test_kept(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	const BackupSchedule none = {0}, schedule = {.folder = (char[]){"/media/usb"},
					     .key = (char[]){"/root/khoa.txt"},
					     .minute = AT_22,
					     .n_keep = 14,
					     .prove_days = 30};
	g_auto(BackupSchedule) back = {0}, gone = {0};
	g_autoptr(GError) error = NULL;

	write_schedule(test, &schedule);
	g_assert_true(backup_schedule_read(test->db, test->commune_id, &back, &error));
	g_assert_cmpstr(back.folder, ==, schedule.folder);
	g_assert_cmpstr(back.key, ==, schedule.key);
	g_assert_cmpint(back.minute, ==, AT_22);
	g_assert_cmpuint(back.n_keep, ==, 14);
	g_assert_cmpuint(back.prove_days, ==, 30);
	write_schedule(test, &none);
	g_assert_true(backup_schedule_read(test->db, test->commune_id, &gone, &error));
	g_assert_null(gone.folder);
	g_assert_null(gone.key);
}

/* A program in namro's place that writes down how it was called, and then does `then`. */
static char *
make_program(const AppTest *test, const char *then)
{
	char *path = g_build_filename(test->directory, "program", NULL);
	g_autofree char *script =
	    g_strdup_printf("#!/bin/sh\necho \"$*\" >> '%s/called'\n%s\n", test->directory, then);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, script, -1, &error);
	g_assert_no_error(error);
	g_assert_cmpint(g_chmod(path, 0700), ==, 0);
	return path;
}

static char *
wait_for_call(const AppTest *test)
{
	g_autofree char *path = g_build_filename(test->directory, "called", NULL);
	int64_t until_us = g_get_monotonic_time() + WAIT_US;
	char *called = NULL;

	while (!g_file_get_contents(path, &called, NULL, NULL) || *called == '\0') {
		g_clear_pointer(&called, g_free);
		g_assert_cmpint(g_get_monotonic_time(), <, until_us);
		g_usleep(1000);
	}
	return called;
}

static void
wait_for_history(AppTest *test, BackupHistory *history)
{
	int64_t until_us = g_get_monotonic_time() + WAIT_US;
	g_autoptr(GError) error = NULL;

	do {
		g_usleep(1000);
		backup_history_clear(history);
		backup_history_read(test->db, test->commune_id, history, &error);
		g_assert_no_error(error);
		g_assert_cmpint(g_get_monotonic_time(), <, until_us);
	} while (history->failure == NULL);
}

static void
test_keeper_fails(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autofree char *program = make_program(test, "echo 'namro backup: đĩa đầy' >&2; exit 4");
	g_autofree char *called = NULL, *expected = NULL;
	const BackupSchedule schedule = {
	    .folder = (char[]){"/kho"}, .key = (char[]){"/khoa"}, .minute = 0, .n_keep = 7};
	g_auto(BackupHistory) history = {0};
	g_autoptr(AppBackupKeeper) keeper = NULL;
	g_autoptr(GError) error = NULL;

	write_schedule(test, &schedule);
	g_assert_true(app_backup_keeper_start(test->app, program, &keeper, &error));
	called = wait_for_call(test);
	expected = g_strdup_printf("backup --to /kho --key /khoa --keep 7 %s\n", test->directory);
	g_assert_cmpstr(called, ==, expected);
	wait_for_history(test, &history);
	g_assert_cmpstr(history.failure, ==, "namro backup: đĩa đầy");
	g_assert_cmpint(history.failed_us, ==, app_now_us(test->app));
}

/* The server's end does not wait for a long backup, and is no failure of it. */
static void
test_keeper_stops(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autofree char *program = make_program(test, "exec sleep 600");
	g_autofree char *called = NULL;
	const BackupSchedule schedule = at_22(0);
	g_auto(BackupHistory) history = {0};
	AppBackupKeeper *keeper = NULL;
	g_autoptr(GError) error = NULL;

	write_schedule(test, &schedule);
	g_assert_true(app_backup_keeper_start(test->app, program, &keeper, &error));
	called = wait_for_call(test);
	app_backup_keeper_stop(keeper);
	g_assert_true(backup_history_read(test->db, test->commune_id, &history, &error));
	g_assert_null(history.failure);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backup-schedule/due", test_due);
	g_test_add_func("/backup-schedule/due-at-first", test_due_at_first);
	g_test_add_func("/backup-schedule/due-proof", test_due_proof);
	g_test_add_func("/backup-schedule/due-after-failure", test_due_after_failure);
	g_test_add_func("/backup-schedule/kept", test_kept);
	g_test_add_func("/backup-schedule/keeper-fails", test_keeper_fails);
	g_test_add_func("/backup-schedule/keeper-stops", test_keeper_stops);
	return g_test_run();
}
