/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/backup_schedule.h"
#include "app/ledger.h"
#include "app/testing.h"
#include "storage/txn.h"

#include <string.h>

#define US_PER_DAY (INT64_C(24) * 3600 * 1000 * 1000)

static void
note(AppTest *test, const char *action, int64_t days_ago)
{
	g_autofree char *state = g_strdup_printf("{\"action\":\"%s\"}", action);
	const LedgerNote row = {LEDGER_SYSTEM, "backup", NULL, state};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_txn_begin(test->db, &txn, &error));
	ledger_note(test->db, test->commune_id, &APP_SHELL_ACTOR,
	    app_now_us(test->app) - days_ago * US_PER_DAY, &row, &error);
	g_assert_no_error(error);
	g_assert_true(db_txn_commit(txn, &error));
}

static void
assert_page(AppTest *test, const char *has, const char *has_not)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, "/sao-luu", &body), ==, 200);
	if (strstr(body, has) == NULL)
		g_error("%s: %s", has, body);
	g_assert_null(strstr(body, has_not));
}

static void
test_page(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	assert_page(test, "Chưa lần nào", ">Tốt<");
	note(test, "backup", 0);
	note(test, "verify", 0);
	assert_page(test, "Tốt", "Chưa lần nào");
}

static void
test_schedule(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const BackupSchedule schedule = {.folder = (char[]){"/media/usb/<namro>"},
	    .key = (char[]){"/root/khoa.txt"},
	    .minute = 22 * 60 + 5,
	    .n_keep = 14,
	    .prove_days = 30};
	g_autoptr(GError) error = NULL;

	assert_page(test, "Chưa đặt", "Mỗi ngày lúc");
	backup_schedule_write(
	    test->db, test->commune_id, &APP_SHELL_ACTOR, app_now_us(test->app), &schedule, &error);
	g_assert_no_error(error);
	assert_page(test, "Mỗi ngày lúc 22:05 vào /media/usb/&lt;namro&gt;, giữ 14 bản", "không thành công");
	backup_history_note_try(test->db, test->commune_id, app_now_us(test->app), "đĩa đầy <b>", &error);
	g_assert_no_error(error);
	assert_page(test, "không thành công:</strong> đĩa đầy &lt;b&gt;", "Chưa đặt");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backup-pages/page", test_page);
	g_test_add_func("/backup-pages/schedule", test_schedule);
	return g_test_run();
}
