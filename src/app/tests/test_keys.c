/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/data_key.h"
#include "app/keys.h"
#include "app/ledger.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>

/* The keys of a data directory: never replaced in silence. */

static const AppModule *const NO_MODULES[] = {NULL};

/* Opens the directory of a test once more, as the next command would. */
static bool
open_again(const AppTest *test, bool are_keys_lost, App **ret_app, GError **error)
{
	const AppOptions options = {.directory = test->directory,
	    .database = g_str_has_prefix(test->location, "postgresql") ? test->location : NULL,
	    .modules = NO_MODULES,
	    .now_us = app_now_us(test->app),
	    .today = APP_TEST_TODAY,
	    .is_clock_fixed = true,
	    .are_keys_lost = are_keys_lost};

	return app_open(&options, ret_app, error);
}

static char *
path_of(const AppTest *test, const char *file)
{
	return g_build_filename(test->directory, file, NULL);
}

static void
assert_refused(const AppTest *test, const char *says, const char *next)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;

	g_assert_false(open_again(test, false, &app, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, says));
	g_assert_nonnull(strstr(error->message, next));
	g_assert_nonnull(strstr(error->message, "namro restore"));
}

static void
assert_opens(const AppTest *test)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;

	open_again(test, false, &app, &error);
	g_assert_no_error(error);
}

/* Both are for their owner alone. */
static void
test_made(void)
{
	static const char *const FILES[] = {LEDGER_KEY_FILE, DATA_KEY_FILE};
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);

	for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
		g_autofree char *path = path_of(test, FILES[i]);
		GStatBuf info;

		g_assert_cmpint(g_stat(path, &info), ==, 0);
		g_assert_cmpint(info.st_mode & 07777, ==, 0600);
	}
	assert_opens(test);
}

static void
check_lost(const char *file, const char *object, const char *command)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autofree char *path = path_of(test, file);
	g_autofree char *kept = path_of(test, "kept");
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;

	g_assert_cmpint(g_rename(path, kept), ==, 0);
	assert_refused(test, "không còn trong thư mục dữ liệu", command);
	assert_refused(test, "không còn trong thư mục dữ liệu", command);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_assert_cmpint(g_rename(kept, path), ==, 0);
	assert_opens(test);
	g_assert_true(open_again(test, true, &app, &error));
	g_assert_false(app_keys_renew(app, object, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

static void
test_lost(void)
{
	check_lost(LEDGER_KEY_FILE, LEDGER_SIGNING_OBJECT, "namro admin new-key ledger");
	check_lost(DATA_KEY_FILE, APP_SECRETS_KEY_OBJECT, "namro admin new-key secrets");
}

static void
check_other(const char *file, bool (*make)(const char *directory, GError **error))
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autofree char *path = path_of(test, file);
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_unlink(path), ==, 0);
	g_assert_true(make(test->directory, &error));
	assert_refused(test, "không phải là khóa mà nhật ký đã ghi", "namro admin new-key");
}

static void
test_other(void)
{
	check_other(LEDGER_KEY_FILE, ledger_key_make);
	check_other(DATA_KEY_FILE, data_key_make);
}

static void
test_cut(void)
{
	static const char *const FILES[] = {LEDGER_KEY_FILE, DATA_KEY_FILE};

	for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++)
		for (gssize len = 0; len <= 100; len += 10) {
			g_autoptr(AppTest) test = app_test_new(NO_MODULES);
			g_autofree char *path = path_of(test, FILES[i]);
			g_autofree char *bytes = g_strnfill((gsize)len, 'x');
			g_autoptr(GError) error = NULL;
			g_autoptr(App) app = NULL;

			g_assert_true(g_file_set_contents(path, bytes, len, &error));
			g_assert_false(open_again(test, false, &app, &error));
			g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
			g_assert_nonnull(strstr(error->message, "bị hỏng"));
		}
}

/* The ledger says from where on the new key signs, and stays whole over it. */
static void
test_renew(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autofree char *path = path_of(test, LEDGER_KEY_FILE);
	g_autofree char *before = NULL, *after = NULL;
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;

	g_assert_true(ledger_last_state(test->db, test->commune_id, LEDGER_SIGNING_OBJECT, &before, &error));
	g_assert_cmpint(g_unlink(path), ==, 0);
	g_assert_true(open_again(test, true, &app, &error));
	g_assert_true(app_keys_renew(app, LEDGER_SIGNING_OBJECT, &error));
	g_assert_true(app_sign_ledger(app, &error));
	g_assert_true(ledger_last_state(test->db, test->commune_id, LEDGER_SIGNING_OBJECT, &after, &error));
	g_assert_cmpstr(before, !=, after);
	g_assert_true(app_verify(app, &report, &error));
	g_assert_no_error(error);
	g_assert_cmpint(report.n_checkpoints, ==, 2);
	g_assert_cmpuint(report.problems->len, ==, 0);
	assert_opens(test);
}

/* Whoever has the store alone cannot name a key of his own: the last one named has to be the directory's. */
static void
test_foreign_key_row(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	const LedgerActor actor = {.name = "kẻ lạ", .origin = "tệp dữ liệu"};
	const LedgerNote note = {LEDGER_SYSTEM, LEDGER_SIGNING_OBJECT, NULL,
	    "{\"public_key\":\"0000000000000000000000000000000000000000000000000000000000000000\"}"};
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(App) app = NULL;

	g_assert_true(db_txn_begin(test->db, &txn, &error));
	g_assert_true(ledger_note(test->db, test->commune_id, &actor, 1, &note, &error));
	g_assert_true(db_txn_commit(txn, &error));
	g_assert_false(open_again(test, false, &app, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
}

static void
test_seal(void)
{
	static const uint8_t SECRET[] = "12345678901234567890";
	uint8_t sealed[sizeof(SECRET) + DATA_KEY_SEAL_BYTES], again[sizeof(sealed)], plain[sizeof(SECRET)];
	DataKey key = {{1}}, other = {{2}};

	data_key_seal(&key, "totp/1/2", SECRET, sizeof(SECRET), sealed);
	data_key_seal(&key, "totp/1/2", SECRET, sizeof(SECRET), again);
	g_assert_cmpint(memcmp(sealed, again, sizeof(sealed)), !=, 0);
	g_assert_null(memmem(sealed, sizeof(sealed), SECRET, 8));
	g_assert_true(data_key_open(&key, "totp/1/2", sealed, sizeof(sealed), plain));
	g_assert_cmpint(memcmp(plain, SECRET, sizeof(SECRET)), ==, 0);
	g_assert_false(data_key_open(&other, "totp/1/2", sealed, sizeof(sealed), plain));
	g_assert_false(data_key_open(&key, "totp/1/3", sealed, sizeof(sealed), plain));
	for (size_t i = 0; i < sizeof(sealed); i++) {
		g_assert_false(data_key_open(&key, "totp/1/2", sealed, i, plain));
		sealed[i] ^= 1;
		g_assert_false(data_key_open(&key, "totp/1/2", sealed, sizeof(sealed), plain));
		sealed[i] ^= 1;
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/keys/made", test_made);
	g_test_add_func("/keys/lost", test_lost);
	g_test_add_func("/keys/other", test_other);
	g_test_add_func("/keys/cut", test_cut);
	g_test_add_func("/keys/renew", test_renew);
	g_test_add_func("/keys/foreign-key-row", test_foreign_key_row);
	g_test_add_func("/keys/seal", test_seal);
	return g_test_run();
}
