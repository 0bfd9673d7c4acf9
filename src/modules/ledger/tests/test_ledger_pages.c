/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger.h"
#include "app/recorder.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "modules/intake/intake.h"
#include "modules/ledger/ledger_pages.h"
#include "storage/backend.h"
#include "storage/txn.h"

#include <string.h>

static const char PLAN[] =
    "UBND XÃ BÌNH NGUYỆT\nSố: 18/KH-UBND\nBình Nguyệt, ngày 10 tháng 02 năm 2026\nKẾ HOẠCH\n"
    "Phát triển kinh tế năm 2026\n\nI. MỤC TIÊU\n1. Xây dựng đường trục chính. Hoàn thành trước ngày "
    "30/6/2026.\n";

static void
run_sql(AppTest *test, const char *sql)
{
	const DbScript script = {.sqlite = sql, .pg = sql};
	g_autoptr(GError) error = NULL;

	test->db->backend->run_script(test->db, &script, &error);
	g_assert_no_error(error);
}

static char *
verify(AppTest *test)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	GString *out = g_string_new(NULL);

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_string_append_printf(out, "%s\n", (const char *)g_ptr_array_index(report.problems, i));
	return g_string_free(out, FALSE);
}

static void
import(AppTest *test)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading;
	IntakeResult result;

	intake_read("ke-hoach.txt", g_strdup(PLAN), strlen(PLAN), &reading, &error);
	g_assert_no_error(error);
	g_ptr_array_add(readings, reading);
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
}

static void
assert_page(AppTest *test, const char *target, const char *has, const char *has_not)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	if (has != NULL && strstr(body, has) == NULL)
		g_error("%s: %s is not there: %s", target, has, body);
	if (has_not != NULL)
		g_assert_null(strstr(body, has_not));
}

static void
test_import_is_noted(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *problems = NULL, *sha = NULL;

	import(test);
	problems = verify(test);
	g_assert_cmpstr(problems, ==, "");
	sha = g_compute_checksum_for_string(G_CHECKSUM_SHA256, PLAN, -1);
	assert_page(test, "/nhat-ky?doi-tuong=plan/1", sha, "Khóa công khai");
	assert_page(test, "/nhat-ky?loai=plan", "ke-hoach.txt", "Khóa công khai");
	assert_page(test, "/nhat-ky?viec=he-thong", "Khóa công khai", "ke-hoach.txt");
	assert_page(test, "/nhat-ky?ai=DONG%20lenh", "ke-hoach.txt", NULL);
	assert_page(test, "/nhat-ky?ai=chua%20dang", "ke-hoach.txt", NULL);
	assert_page(test, "/nhat-ky?ai=nguy%E1%BB%85n", "Không có dòng nào", "ke-hoach.txt");
	assert_page(test, "/nhat-ky?den-ngay=2020-01-01", "Không có dòng nào", NULL);
	assert_page(test, "/nhat-ky?tu-ngay=2020-01-01&truoc=2", "id=\"d1\"", "id=\"d2\"");
	assert_page(test, "/nhat-ky.csv", "dòng lệnh", NULL);
	assert_page(test, "/nhat-ky.json", "\"action\":\"them\"", NULL);
}

/* Whoever changes a table behind the program's back is found out, on either store. */
static void
test_tables_are_compared(void)
{
	static const struct {
		const char *sql, *problem;
	} CASES[] = {
	    {"UPDATE plan SET task_count = task_count + 1", "plan/1: dữ liệu khác"},
	    {"UPDATE document SET sha256 = 'abc'", "plan/1: dữ liệu khác"},
	    {"UPDATE intake_draft SET version = 7", "draft/1: dữ liệu khác"},
	    {"UPDATE intake_draft SET state = 5", "draft/1: dữ liệu khác"},
	    {"INSERT INTO intake_edit (commune_id, draft_id, edit_no, version, body, standing, made_at) "
	     "SELECT commune_id, 1, 1, 1, 'x', 0, 0 FROM commune",
		"draft/1: dữ liệu khác"},
	    {"INSERT INTO intake_alias (commune_id, printed, name, learned_at, draft_id) "
	     "SELECT commune_id, 'PTP', 'Phòng Tư pháp', 0, 1 FROM commune",
		"alias/PTP: có trong dữ liệu nhưng nhật ký không ghi nhận"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(AppTest) test = app_test_new(APP_MODULES);
		g_autofree char *sound = NULL, *problems = NULL;

		import(test);
		g_assert_cmpint(
		    app_test_post(test, "/nhap-ke-hoach", "van-ban=KE+HOACH+so+1&nhap-lai=1", NULL, NULL), ==,
		    303);
		sound = verify(test);
		g_assert_cmpstr(sound, ==, "");
		run_sql(test, CASES[i].sql);
		problems = verify(test);
		g_test_message("%s: %s", CASES[i].sql, problems);
		g_assert_nonnull(strstr(problems, CASES[i].problem));
	}
}

static void
test_receipt(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *receipt = NULL, *body = NULL;
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	LedgerPublicKey key;
	LedgerMark mark;
	LedgerRow row;

	g_assert_cmpint(app_test_get(test, "/nhat-ky/2/bien-nhan", &receipt), ==, 200);
	ledger_receipt_parse(receipt, strlen(receipt), &mark, &key, &error);
	g_assert_no_error(error);
	g_assert_true(ledger_find(test->db, test->commune_id, 2, arena, &row, &error));
	g_assert_true(memcmp(mark.hash, row.hash, sizeof(mark.hash)) == 0);
	g_assert_cmpint(app_test_get(test, "/nhat-ky/99/bien-nhan", &body), ==, 404);
}

/* Exports are written behind the page, and the end writes what still waits and signs it. */
static void
test_exports(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	AppContext context = {.now_us = G_MAXINT64 / 2, .commune_id = test->commune_id};
	const HttpPair query[] = {{"tim", "\"đường\""}};
	const HttpRequest request = {.path = "/nhiem-vu.csv",
	    .format = HTTP_CSV,
	    .query = (HttpPair *)(guintptr)query,
	    .n_query = 1,
	    .address = "192.0.2.7",
	    .context = &context,
	    .arena = arena};
	HttpResponse response = {.body = g_string_new("a,b")};
	AppRecorder *recorder;
	LedgerMark head, last;
	LedgerRow row;

	g_assert_true(app_recorder_start(test->app, &recorder, &error));
	for (int i = 0; i < 5; i++)
		app_recorder_export(recorder, &request, &response);
	app_recorder_stop(recorder);
	g_string_free(response.body, TRUE);
	g_assert_true(ledger_marks(test->db, test->commune_id, &head, &last, &error));
	g_assert_cmpint(head.seq, ==, 8);
	g_assert_cmpint(last.seq, ==, 8);
	g_assert_true(ledger_find(test->db, test->commune_id, 8, arena, &row, &error));
	g_assert_cmpint(row.action, ==, LEDGER_EXPORT);
	g_assert_cmpstr(row.actor.name, ==, "chưa đăng nhập");
	g_assert_cmpstr(row.actor.origin, ==, "192.0.2.7");
	g_assert_cmpstr(row.after, ==,
	    "{\"path\":\"/"
	    "nhiem-vu.csv\",\"format\":\"CSV\",\"query\":{\"tim\":\"\\\"đường\\\"\"},\"bytes\":3}");
}

typedef struct Count {
	int n;
	int64_t seq;
} Count;

static bool
count_exports(void *data, const LedgerRow *row)
{
	Count *count = data;

	count->n += row->action == LEDGER_EXPORT;
	count->seq = row->seq;
	return true;
}

/* What holds personal data is in the ledger when it leaves; where it cannot be written, it does not leave,
 * and neither way makes pages new. */
static void
test_exports_first(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	AppContext context = {.now_us = 1, .commune_id = test->commune_id};
	const HttpRequest request = {.path = "/nhat-ky.csv",
	    .format = HTTP_CSV,
	    .address = "192.0.2.7",
	    .context = &context,
	    .arena = arena};
	HttpResponse response = {.body = g_string_new("a,b")};
	g_autoptr(AppRecorder) recorder = NULL;
	int64_t before, after;
	Count count = {0};

	g_assert_true(app_recorder_start(test->app, &recorder, &error));
	g_assert_true(app_recorder_export_now(recorder, &request, &response, &error));
	g_assert_true(db_version(test->db, &before, &error));
	for (int i = 1; i <= 3; i++) {
		count = (Count){0};
		g_assert_true(app_recorder_export_now(recorder, &request, &response, &error));
		g_assert_true(ledger_walk(test->db, test->commune_id, count_exports, &count, &error));
		g_assert_cmpint(count.n, ==, 1 + i); /* at once */
	}
	g_assert_true(db_version(test->db, &after, &error));
	g_assert_cmpint(after, ==, before);
	run_sql(test, "ALTER TABLE ledger RENAME TO ledger_away");
	g_assert_false(app_recorder_export_now(recorder, &request, &response, &error));
	g_assert_nonnull(error);
	g_clear_error(&error);
	run_sql(test, "ALTER TABLE ledger_away RENAME TO ledger");
	g_assert_true(app_recorder_export_now(recorder, &request, &response, &error));
	count = (Count){0};
	g_assert_true(ledger_walk(test->db, test->commune_id, count_exports, &count, &error));
	g_assert_cmpint(count.n, ==, 5); /* and none for what did not leave */
	g_string_free(response.body, TRUE);
}

static void
test_fields(void)
{
	g_autoptr(Arena) arena = arena_new();
	size_t n;
	LedgerField *fields = ledger_fields(arena, NULL, "{\"a\":1,\"name\":\"x\",\"value\":\"c\\u0169\\n\"}",
	    "{\"a\":1,\"name\":\"y \\\"z\\\"\",\"query\":{\"b\":[1,2]},\"none\":null}", &n);

	g_assert_cmpuint(n, ==, 3);
	g_assert_cmpstr(fields[0].label, ==, "Tên");
	g_assert_cmpstr(fields[0].before, ==, "x");
	g_assert_cmpstr(fields[0].after, ==, "y \"z\"");
	g_assert_cmpstr(fields[1].after, ==, "b: 1; 2");
	g_assert_cmpstr(fields[2].before, ==, "cũ\n");
	/* Anything may stand in a ledger that somebody else wrote. */
	for (const char *const *bad = (const char *const[]){"", "{", "{\"", "{\"a", "{\"a\"",
		 "{\"a\":", "{\"a\":\"\\", "{\"a\":\"\\u", "{\"a\":{", "[1]", "{\"a\":1,}", NULL};
	     *bad != NULL; bad++)
		ledger_fields(arena, NULL, *bad, *bad, &n);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ledger-pages/import", test_import_is_noted);
	g_test_add_func("/ledger-pages/tables", test_tables_are_compared);
	g_test_add_func("/ledger-pages/receipt", test_receipt);
	g_test_add_func("/ledger-pages/exports", test_exports);
	g_test_add_func("/ledger-pages/exports-first", test_exports_first);
	g_test_add_func("/ledger-pages/fields", test_fields);
	return g_test_run();
}
