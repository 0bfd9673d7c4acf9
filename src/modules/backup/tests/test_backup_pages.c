/* SPDX-License-Identifier: GPL-3.0-or-later */
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backup-pages/page", test_page);
	return g_test_run();
}
