/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/ledger.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/text.h"
#include "storage/backend.h"
#include "storage/txn.h"

#include <string.h>

#define LONG_LEDGER 5000 /* two threads check it (app/verify_shared.c) */

static const AppModule *const NO_MODULES[] = {NULL};

static void
append(AppTest *test, const char *object, const char *after)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	LedgerRow row = {
	    .at_us = 1000, .actor = {0, "kiểm thử", "dòng lệnh"}, .object = object, .after = after};

	g_assert_true(db_txn_begin(test->db, &txn, &error));
	ledger_append(test->db, test->commune_id, &row, &error);
	g_assert_no_error(error);
	g_assert_true(db_txn_commit(txn, &error));
}

static void
sign(AppTest *test)
{
	g_auto(LedgerKey) key = {0};
	g_autoptr(GError) error = NULL;

	g_assert_true(ledger_key_load(test->directory, &key, &error));
	g_assert_true(ledger_sign(test->db, test->commune_id, &key, 5000, &error));
}

/* Runs SQL as somebody with the database file in hands would, locks taken off. */
static void
tamper(AppTest *test, const char *sql)
{
	static const DbScript UNLOCK = {
	    .sqlite =
		"DROP TRIGGER IF EXISTS ledger_is_not_changed; DROP TRIGGER IF EXISTS ledger_is_not_deleted;",
	    .pg = "ALTER TABLE ledger DISABLE TRIGGER USER;"};
	const DbScript script = {.sqlite = sql, .pg = sql};
	g_autoptr(GError) error = NULL;

	test->db->backend->run_script(test->db, &UNLOCK, &error);
	test->db->backend->run_script(test->db, &script, &error);
	g_assert_no_error(error);
}

/* Five rows, the fourth one signed. */
static AppTest *
new_test(void)
{
	AppTest *test = app_test_new(NO_MODULES);

	/* What the data directory itself noted is out of the way. */
	tamper(test, "DELETE FROM ledger; DELETE FROM ledger_head; DELETE FROM ledger_checkpoint");
	append(test, "plan/1", "{\"name\":\"Kế hoạch\"}");
	append(test, "task/1/1", NULL);
	append(test, "task/1/2", "{}");
	append(test, "task/1/1", "{\"state\":2}");
	sign(test);
	append(test, "task/1/3", NULL);
	return test;
}

/* The joined problems of a check; "" where there are none. */
static char *
problems_of(AppTest *test, int64_t *ret_rows)
{
	g_auto(LedgerReport) report = {0};
	g_auto(LedgerKey) key = {0};
	g_autoptr(GError) error = NULL;
	GString *out = g_string_new(NULL);

	g_assert_true(ledger_key_load(test->directory, &key, &error));
	ledger_verify(test->db, test->commune_id, &key.public_key, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_string_append_printf(out, "%s\n", (const char *)g_ptr_array_index(report.problems, i));
	if (ret_rows != NULL)
		*ret_rows = report.n_rows;
	return g_string_free(out, FALSE);
}

static void
test_sound(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autofree char *problems = NULL;
	int64_t n_rows;

	problems = problems_of(test, &n_rows);
	g_assert_cmpstr(problems, ==, "");
	g_assert_cmpint(n_rows, ==, 5);
}

/* A row is written in the transaction of what it is about, and goes with it. */
static void
test_transaction(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autoptr(GError) error = NULL;
	g_autofree char *problems = NULL;
	LedgerRow row = {.actor = {0, "a", "b"}, .object = "task/9"};
	DbTxn *txn = NULL;
	int64_t n_rows;

	g_assert_false(ledger_append(test->db, test->commune_id, &row, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
	g_clear_error(&error);
	g_assert_true(db_txn_begin(test->db, &txn, &error));
	g_assert_true(ledger_append(test->db, test->commune_id, &row, &error));
	db_txn_free(txn);
	problems = problems_of(test, &n_rows);
	g_assert_cmpstr(problems, ==, "");
	g_assert_cmpint(n_rows, ==, 5);
}

static void
test_locked(void)
{
	static const DbScript CHANGE = {
	    .sqlite = "UPDATE ledger SET object = 'x'", .pg = "UPDATE ledger SET object = 'x'"};
	static const DbScript DELETE = {.sqlite = "DELETE FROM ledger", .pg = "DELETE FROM ledger"};
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);

	g_assert_false(test->db->backend->run_script(test->db, &CHANGE, NULL));
	g_assert_false(test->db->backend->run_script(test->db, &DELETE, NULL));
}

/* … but for that of a copy which never lived here (storage/place.h), and of no other commune. */
static void
test_locked_by_place(void)
{
	static const struct {
		const char *place;
		bool may;
	} CASES[] = {{"place = 1", false}, {"place = 2", false}, {"place = 3, commune_id = 77", false},
	    {"place = 3", true}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(AppTest) test = app_test_new(NO_MODULES);
		g_autofree char *set = g_strdup_printf(
		    "UPDATE db_state SET %s WHERE commune_id = %d", CASES[i].place, (int)test->commune_id);
		const DbScript place = {.sqlite = set, .pg = set};
		const DbScript change = {
		    .sqlite = "UPDATE ledger SET object = 'x'", .pg = "UPDATE ledger SET object = 'x'"};
		const DbScript delete = {.sqlite = "DELETE FROM ledger", .pg = "DELETE FROM ledger"};

		g_assert_true(test->db->backend->run_script(test->db, &place, NULL));
		g_assert_false(test->db->backend->run_script(test->db, &change, NULL));
		g_assert_cmpint(test->db->backend->run_script(test->db, &delete, NULL), ==, CASES[i].may);
	}
}

static void
test_tampering(void)
{
	static const struct {
		const char *name, *sql, *problem;
	} CASES[] = {
	    {"edit", "UPDATE ledger SET after_state = '{\"state\":3}' WHERE seq = 4",
		"Dòng 4: mã băm không khớp"},
	    {"edit the actor", "UPDATE ledger SET actor = 'người khác' WHERE seq = 2",
		"Dòng 2: mã băm không khớp"},
	    {"empty instead of none", "UPDATE ledger SET before_state = '' WHERE seq = 1",
		"Dòng 1: mã băm không khớp"},
	    {"delete", "DELETE FROM ledger WHERE seq = 2", "Dòng 3: ngay trước đó là dòng 1"},
	    {"delete and close up",
		"DELETE FROM ledger WHERE seq = 2; UPDATE ledger SET seq = seq - 1 WHERE seq = 3;"
		"UPDATE ledger SET seq = seq - 1 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 5",
		"Dòng 2: mã băm không khớp"},
	    {"reorder",
		"UPDATE ledger SET seq = 99 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3;"
		"UPDATE ledger SET seq = 3 WHERE seq = 99",
		"Dòng 2: mã băm không khớp"},
	    {"back-date", "UPDATE ledger SET at_us = 1 WHERE seq = 3",
		"Dòng 3: thời điểm sớm hơn dòng trước"},
	    {"cut the end", "DELETE FROM ledger WHERE seq = 5", "phần cuối đã bị cắt"},
	    {"cut behind the signature",
		"DELETE FROM ledger WHERE seq >= 3; UPDATE ledger_head SET seq = 2, hash = "
		"(SELECT l.hash FROM ledger l WHERE l.seq = 2)",
		"Dòng 4 đã được ký nhưng không còn trong nhật ký"},
	    {"empty all", "DELETE FROM ledger; DELETE FROM ledger_head", "Dòng 4 đã được ký nhưng không còn"},
	    {"edit a signature", "UPDATE ledger_checkpoint SET at_us = 4",
		"Điểm ký tại dòng 4: chữ ký không đúng"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(AppTest) test = new_test();
		g_autofree char *problems = NULL;

		tamper(test, CASES[i].sql);
		problems = problems_of(test, NULL);
		g_test_message("%s: %s", CASES[i].name, problems);
		g_assert_nonnull(strstr(problems, CASES[i].problem));
	}
}

typedef struct {
	GPtrArray *sql; /* of char * */
	uint8_t previous[LEDGER_HASH_SIZE];
	int64_t commune_id;
} Forger;

static bool
forge(void *data, const LedgerRow *row)
{
	Forger *forger = data;
	LedgerRow forged = *row;
	g_autoptr(GString) hex = g_string_new(NULL);

	if (row->seq == 2)
		forged.object = "task/1/7";
	ledger_hash(forger->commune_id, &forged, forger->previous, forged.hash);
	memcpy(forger->previous, forged.hash, LEDGER_HASH_SIZE);
	text_hex_append(hex, forged.hash, LEDGER_HASH_SIZE);
	g_ptr_array_add(forger->sql, g_strdup_printf("%s %d %s", forged.object, (int)row->seq, hex->str));
	return true;
}

/* Somebody who knows the format recomputes every hash behind the row he changes: the signature gives him
 * away. */
static void
test_forged_chain(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autoptr(GPtrArray) forged = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *problems = NULL;
	g_autoptr(GError) error = NULL;
	Forger forger = {.sql = forged, .commune_id = test->commune_id};
	bool on_server = db_is_server(test->location);

	g_assert_true(ledger_walk(test->db, test->commune_id, forge, &forger, &error));
	for (guint i = 0; i < forged->len; i++) {
		g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(forged, i), " ", 3);
		g_autofree char *hash = g_strdup_printf(on_server ? "'\\x%s'" : "x'%s'", parts[2]);
		g_autofree char *sql = g_strdup_printf("UPDATE ledger SET object = '%s', hash = %s WHERE seq "
						       "= %s; UPDATE ledger_head SET hash = %s",
		    parts[0], hash, parts[1], hash);

		tamper(test, sql);
	}
	problems = problems_of(test, NULL);
	g_assert_cmpstr(problems, ==, "Dòng 4: nội dung khác với lúc được ký; nhật ký đã bị viết lại.\n");
}

/* Signed with another key, everything fits but the key. */
static void
test_foreign_key(void)
{
	g_autoptr(AppTest) test = new_test();
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	const LedgerPublicKey other = {.bytes = {1}};

	g_assert_true(ledger_verify(test->db, test->commune_id, &other, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 1);
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 0), "khóa khác"));
}

static void
append_many(AppTest *test, int n_rows, int n_objects)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;

	g_assert_true(db_txn_begin(test->db, &txn, &error));
	for (int i = 0; i < n_rows; i++) {
		g_autofree char *object = g_strdup_printf("work/%d", i % n_objects);
		g_autofree char *after = g_strdup_printf("{\"n\":%d}", i);
		LedgerRow row = {
		    .at_us = 6000, .actor = {0, "kiểm thử", "dòng lệnh"}, .object = object, .after = after};

		ledger_append(test->db, test->commune_id, &row, &error);
		g_assert_no_error(error);
	}
	g_assert_true(db_txn_commit(txn, &error));
}

static bool
take_seq(void *data, const LedgerRow *row)
{
	g_array_append_val((GArray *)data, row->seq);
	return true;
}

/* The rows of an object are found in every part of the index, the newest first. */
static void
test_parts(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GError) error = NULL;
	g_autofree char *state = NULL, *none = NULL;

	append_many(test, 3000, 20); /* rows 6 to 3005 */
	ledger_walk_back(test->db, test->commune_id, "work/7", INT64_MAX, take_seq, all, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(all->len, ==, 150);
	for (guint i = 0; i < all->len; i++)
		g_assert_cmpint(g_array_index(all, int64_t, i), ==, 6 + 7 + 20 * (149 - (int)i));
	ledger_walk_back(test->db, test->commune_id, "work/7", 2053, take_seq, some, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(some->len, ==, 102);
	g_assert_cmpint(g_array_index(some, int64_t, 0), ==, 2033);
	g_assert_true(ledger_last_state(test->db, test->commune_id, "work/7", &state, &error));
	g_assert_cmpstr(state, ==, "{\"n\":2987}");
	g_assert_true(ledger_last_state(test->db, test->commune_id, "work/20", &none, &error));
	g_assert_null(none);
}

/* … also where the parts between hold nothing of it. */
static void
test_far_parts(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GError) error = NULL;

	tamper(test, "UPDATE ledger_head SET seq = 131070");
	append(test, "task/1/1", "{\"state\":3}");
	append(test, "task/1/2", "{\"state\":3}");
	append(test, "task/1/1", "{\"state\":4}");
	tamper(test, "UPDATE ledger_head SET seq = 600000");
	append(test, "task/1/1", "{\"state\":5}");
	append(test, "task/1/2", "{\"state\":5}");
	ledger_walk_back(test->db, test->commune_id, "task/1/1", INT64_MAX, take_seq, all, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(all->len, ==, 5);
	g_assert_cmpint(g_array_index(all, int64_t, 0), ==, 600001);
	g_assert_cmpint(g_array_index(all, int64_t, 1), ==, 131073);
	g_assert_cmpint(g_array_index(all, int64_t, 2), ==, 131071);
	g_assert_cmpint(g_array_index(all, int64_t, 3), ==, 4);
	g_assert_cmpint(g_array_index(all, int64_t, 4), ==, 2);
}

static void
append_part(AppTest *test, const char *object, bool is_kept)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	LedgerRow row = {.at_us = 6000, .actor = {0, "a", "b"}, .object = object, .after = "{}"};

	g_assert_true(db_txn_begin(test->db, &txn, &error));
	g_assert_true(ledger_append(test->db, test->commune_id, &row, &error));
	if (is_kept)
		g_assert_true(db_txn_commit(txn, &error));
}

/* Of a group the head is written once; what was undone leaves no gap, and what was lost leaves nothing. */
static void
test_group(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autofree char *problems = NULL, *problems_after = NULL;
	g_autoptr(GError) error = NULL;
	LedgerMark head;
	DbGroup *group = NULL;
	int64_t n_rows;

	g_assert_true(db_group_begin(test->db, &group, &error));
	append_part(test, "task/a", false);
	append_part(test, "task/b", true);
	append_part(test, "task/c", false);
	append_part(test, "task/d", true);
	g_assert_true(ledger_head(test->db, test->commune_id, &head, &error));
	g_assert_cmpint(head.seq, ==, 7);
	g_assert_true(db_group_commit(group, &error));
	db_group_free(group);
	problems = problems_of(test, &n_rows);
	g_assert_cmpstr(problems, ==, "");
	g_assert_cmpint(n_rows, ==, 7);

	g_assert_true(db_group_begin(test->db, &group, &error));
	append_part(test, "task/e", true);
	db_group_free(group);
	g_assert_true(ledger_head(test->db, test->commune_id, &head, &error));
	g_assert_cmpint(head.seq, ==, 7);
	append(test, "task/f", "{}");
	problems_after = problems_of(test, &n_rows);
	g_assert_cmpstr(problems_after, ==, "");
	g_assert_cmpint(n_rows, ==, 8);
}

/* Rows of two communes in one transaction go on with the ledger of each. */
static void
test_two_communes(void)
{
	g_autoptr(AppTest) host = new_test();
	g_autoptr(AppTest) beside = app_test_new_beside(host, "26737", "xã Trường Khê");
	g_autofree char *problems = NULL, *problems_beside = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(Db) db = NULL;

	g_assert_true(db_open(host->location, DB_WRITE, &db, &error));
	g_assert_true(db_txn_begin(db, &txn, &error));
	for (int i = 0; i < 6; i++) {
		LedgerRow row = {.at_us = 1000, .actor = {0, "a", "b"}, .object = "task/1", .after = "{}"};

		g_assert_true(
		    ledger_append(db, i % 3 == 0 ? host->commune_id : beside->commune_id, &row, &error));
	}
	g_assert_true(db_txn_commit(txn, &error));
	problems = problems_of(host, NULL);
	problems_beside = problems_of(beside, NULL);
	g_assert_cmpstr(problems, ==, "");
	g_assert_cmpstr(problems_beside, ==, "");
}

/* What tables hold is compared with the last row of each object, however many there are. */
static void
test_states(void)
{
	g_autoptr(AppTest) test = new_test();
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	append_many(test, 5000, 2500);
	g_assert_true(ledger_verify(test->db, test->commune_id, NULL, &report, &error));
	for (int i = 0; i < 2500; i++) {
		g_autofree char *object = g_strdup_printf("work/%d", i);
		g_autofree char *state = g_strdup_printf("{\"n\":%d}", 2500 + i);

		g_assert_true(ledger_check_state(test->db, test->commune_id, object, state, &report, &error));
	}
	g_assert_cmpuint(report.problems->len, ==, 0);
	ledger_check_state(test->db, test->commune_id, "work/3", "{\"n\":3}", &report, &error);
	ledger_check_state(test->db, test->commune_id, "work/2500", "{}", &report, &error);
	ledger_check_state(test->db, test->commune_id, "task/1/3", "{}", &report, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(report.problems->len, ==, 3);
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 0), "work/3: dữ liệu khác"));
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 1), "work/2500: có trong dữ liệu"));
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 2), "task/1/3: có trong dữ liệu"));
}

static void
test_receipt(void)
{
	g_autoptr(AppTest) test = new_test();
	g_auto(LedgerKey) key = {0};
	g_autoptr(GError) error = NULL;
	g_autofree char *receipt = NULL;
	LedgerMark mark = {.commune_id = 5, .seq = 4, .at_us = 77, .hash = {1, 2, 3}}, read;
	LedgerPublicKey public_key;

	g_assert_true(ledger_key_load(test->directory, &key, &error));
	receipt = ledger_receipt_new(&mark, &key);
	g_assert_true(ledger_receipt_parse(receipt, strlen(receipt), &read, &public_key, &error));
	g_assert_true(memcmp(&read, &mark, sizeof(mark)) == 0);
	g_assert_true(memcmp(&public_key, &key.public_key, sizeof(public_key)) == 0);

	*strstr(receipt, "77") = '8';
	g_assert_false(ledger_receipt_parse(receipt, strlen(receipt), &read, &public_key, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	for (size_t len = strlen(receipt) - 4; len > 0; len -= MIN(len, 7)) {
		g_assert_false(ledger_receipt_parse(receipt, len, &read, &public_key, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
		g_clear_error(&error);
	}
}

/* A new data directory says whose it is and which key signs for it, and is signed. */
static void
test_beginning(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autofree char *problems = NULL;
	g_autoptr(GError) error = NULL;
	LedgerMark head, last;
	LedgerRow row;
	int64_t n_rows;

	problems = problems_of(test, &n_rows);
	g_assert_cmpstr(problems, ==, "");
	g_assert_cmpint(n_rows, ==, 3);
	g_assert_true(ledger_find(test->db, test->commune_id, 1, arena, &row, &error));
	g_assert_cmpstr(row.object, ==, "commune");
	g_assert_cmpstr(row.actor.origin, ==, "dòng lệnh");
	g_assert_nonnull(strstr(row.after, "xã Bình Nguyệt"));
	g_assert_true(ledger_find(test->db, test->commune_id, 2, arena, &row, &error));
	g_assert_nonnull(strstr(row.after, "public_key"));
	g_assert_true(ledger_marks(test->db, test->commune_id, &head, &last, &error));
	g_assert_cmpint(last.seq, ==, 3);
	g_assert_false(ledger_find(test->db, test->commune_id, 4, arena, &row, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
}

/* Somebody changes a table and leaves the ledger alone. */
static void
test_tables(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_auto(LedgerReport) sound = {0}, report = {0};
	g_autoptr(GError) error = NULL;

	g_assert_true(app_verify(test->app, &sound, &error));
	g_assert_cmpuint(sound.problems->len, ==, 0);
	tamper(test, "UPDATE commune SET name = 'xã khác'");
	g_assert_true(app_verify(test->app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 1);
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 0), "commune: dữ liệu khác"));
}

/* A ledger so long that it is checked by two threads: the same is found. */
static void
test_tables_shared(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_auto(LedgerReport) sound = {0}, report = {0}, cut = {0};
	g_autoptr(GError) error = NULL;

	append_many(test, LONG_LEDGER, 20);
	g_assert_true(app_verify(test->app, &sound, &error));
	g_assert_cmpuint(sound.problems->len, ==, 0);
	g_assert_cmpint(sound.n_rows, ==, LONG_LEDGER + 3);
	tamper(test, "UPDATE commune SET name = 'xã khác'");
	g_assert_true(app_verify(test->app, &report, &error));
	g_assert_cmpuint(report.problems->len, ==, 1);
	g_assert_nonnull(strstr(g_ptr_array_index(report.problems, 0), "commune: dữ liệu khác"));
	tamper(test, "DELETE FROM ledger WHERE seq = 4000");
	g_assert_true(app_verify(test->app, &cut, &error));
	g_assert_cmpuint(cut.problems->len, ==, 3);
	g_assert_nonnull(strstr(g_ptr_array_index(cut.problems, 0), "Dòng 4001"));
	g_assert_nonnull(strstr(g_ptr_array_index(cut.problems, 2), "commune: dữ liệu khác"));
}

static const DbSql RENAME = {.name = "rename",
    .sqlite = "UPDATE commune SET name = ?2 WHERE commune_id = ?1",
    .pg = "UPDATE commune SET name = $2 WHERE commune_id = $1",
    .n_params = 2};

typedef struct {
	const AppTest *test;
	gint is_over;
	int n_renamed;
} Renamer;

static void
rename_once(Db *db, const AppTest *test, char *name)
{
	AppCommune commune = {.name = name, .code = (char[]){"26734"}};
	g_autofree char *state = app_commune_state(&commune);
	const LedgerNote note = {LEDGER_CHANGE, APP_COMMUNE_OBJECT, NULL, state};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	g_assert_true(db_txn_begin(db, &txn, NULL) && db_prepare(db, &RENAME, &stmt, NULL));
	db_bind_int(stmt, 1, test->commune_id);
	db_bind_text(stmt, 2, name);
	g_assert_true(db_run(stmt, NULL) &&
		      ledger_note(db, test->commune_id, &APP_SHELL_ACTOR, 6000, &note, NULL) &&
		      db_txn_commit(txn, NULL));
}

static gpointer
rename_on(gpointer data)
{
	Renamer *renamer = data;
	g_autoptr(Db) db = NULL;

	g_assert_true(app_open_writer(renamer->test->app, &db, NULL));
	for (; g_atomic_int_get(&renamer->is_over) == 0; renamer->n_renamed++) {
		g_autofree char *name = g_strdup_printf("xã số %d", renamer->n_renamed);

		rename_once(db, renamer->test, name);
	}
	return NULL;
}

/* Both threads see one state, whatever is written meanwhile. */
static void
test_shared_beside_writer(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	Renamer renamer = {.test = test};
	GThread *thread;

	append_many(test, LONG_LEDGER, 20);
	thread = g_thread_new("rename", rename_on, &renamer);
	for (int i = 0; i < 8; i++) {
		g_auto(LedgerReport) report = {0};
		g_autoptr(GError) error = NULL;

		app_verify(test->app, &report, &error);
		g_assert_no_error(error);
		for (guint j = 0; j < report.problems->len; j++)
			g_test_message("%s", (const char *)g_ptr_array_index(report.problems, j));
		g_assert_cmpuint(report.problems->len, ==, 0);
	}
	g_atomic_int_set(&renamer.is_over, 1);
	g_thread_join(thread);
	g_assert_cmpint(renamer.n_renamed, >, 0);
}

/* However many claims wait, each is compared; the last state counts. */
static void
test_claims(void)
{
	LedgerNoted *noted = ledger_noted_new();
	g_autoptr(LedgerClaims) good = ledger_claims_new(noted), bad = ledger_claims_new(noted);
	g_autoptr(LedgerClaims) missing = ledger_claims_new(noted), gone = ledger_claims_new(noted);

	ledger_noted_put(noted, "a", "1");
	ledger_claims_put(good, "a", "2"); /* not noted yet */
	ledger_claims_put(good, "b", "1");
	ledger_claims_put(bad, "a", "1");
	ledger_noted_put(noted, "a", "2");
	ledger_noted_put(noted, "b", "1");
	ledger_noted_put(noted, "c", NULL);
	ledger_noted_end(noted);
	ledger_claims_put(good, "a", "2");
	ledger_claims_put(missing, "d", "1");
	ledger_claims_put(gone, "c", "1");
	ledger_claims_put(gone, "a", "2");
	g_assert_true(ledger_claims_hold(good));
	g_assert_false(ledger_claims_hold(bad));
	g_assert_false(ledger_claims_hold(missing));
	g_assert_false(ledger_claims_hold(gone));
	ledger_noted_free(noted);
}

static void
test_seq_at(void)
{
	g_autoptr(AppTest) test = new_test(); /* all five at 1000 */
	g_autoptr(GError) error = NULL;
	int64_t seq;

	g_assert_true(ledger_seq_at(test->db, test->commune_id, 0, &seq, &error));
	g_assert_cmpint(seq, ==, 1);
	g_assert_true(ledger_seq_at(test->db, test->commune_id, 1000, &seq, &error));
	g_assert_cmpint(seq, ==, 1);
	g_assert_true(ledger_seq_at(test->db, test->commune_id, 1001, &seq, &error));
	g_assert_cmpint(seq, ==, 6);
}

static void
test_last_state(void)
{
	g_autoptr(AppTest) test = new_test();
	g_autofree char *state = NULL, *none = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(ledger_last_state(test->db, test->commune_id, "task/1/1", &state, &error));
	g_assert_cmpstr(state, ==, "{\"state\":2}");
	g_assert_true(ledger_last_state(test->db, test->commune_id, "task/9", &none, &error));
	g_assert_null(none);
}

/* Nothing new: nothing is written, so that no page has to be made again. */
static void
test_sign_twice(void)
{
	g_autoptr(AppTest) test = app_test_new(NO_MODULES);
	g_autoptr(GError) error = NULL;
	int64_t before, after;

	g_assert_true(db_version(test->db, &before, &error));
	sign(test);
	g_assert_true(db_version(test->db, &after, &error));
	g_assert_cmpint(after, ==, before);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ledger/sound", test_sound);
	g_test_add_func("/ledger/transaction", test_transaction);
	g_test_add_func("/ledger/locked", test_locked);
	g_test_add_func("/ledger/tampering", test_tampering);
	g_test_add_func("/ledger/forged-chain", test_forged_chain);
	g_test_add_func("/ledger/foreign-key", test_foreign_key);
	g_test_add_func("/ledger/receipt", test_receipt);
	g_test_add_func("/ledger/beginning", test_beginning);
	g_test_add_func("/ledger/tables", test_tables);
	g_test_add_func("/ledger/locked-by-place", test_locked_by_place);
	g_test_add_func("/ledger/tables-shared", test_tables_shared);
	g_test_add_func("/ledger/shared-beside-writer", test_shared_beside_writer);
	g_test_add_func("/ledger/claims", test_claims);
	g_test_add_func("/ledger/seq-at", test_seq_at);
	g_test_add_func("/ledger/last-state", test_last_state);
	g_test_add_func("/ledger/sign-twice", test_sign_twice);
	g_test_add_func("/ledger/parts", test_parts);
	g_test_add_func("/ledger/far-parts", test_far_parts);
	g_test_add_func("/ledger/group", test_group);
	g_test_add_func("/ledger/two-communes", test_two_communes);
	g_test_add_func("/ledger/states", test_states);
	return g_test_run();
}
