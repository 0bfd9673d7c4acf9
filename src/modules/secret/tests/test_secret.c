/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence.h"
#include "modules/secret/secret.h"
#include "modules/secret/tests/fill.h"
#include "modules/tests/full_commune.h"
#include "storage/backend.h"
#include "storage/catalog.h"

#include <string.h>

#define WORD "Binhnguyet"
#define TASK "Rà soát hạ tầng mạng " WORD " phần 102"
#define MARK_PATH "/van-ban-mat/danh-dau"

typedef struct Fixture {
	AppTest *test;
} Fixture;

static void
run_sql(AppTest *test, const char *sqlite, const char *pg)
{
	const DbScript script = {.sqlite = sqlite, .pg = pg};
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
assert_verified(AppTest *test)
{
	g_autofree char *problems = verify(test);

	g_assert_cmpstr(problems, ==, "");
}

static void
send(const Fixture *fixture, const char *target, const char *form, int status)
{
	g_autofree char *body = NULL, *whole = g_strconcat(FULL_COMMUNE_FORM "&", form, NULL);
	int answer = app_test_post(fixture->test, target, whole, &body, NULL);

	if (answer != status)
		g_error("POST %s: %d\n%s", target, answer, body);
}

static bool
holds(const char *bytes, size_t len, const char *word)
{
	return memmem(bytes, len, word, strlen(word)) != NULL;
}

/* Counts the files below a folder in which a word stands: the database's own among them. */
static int
count_files(const char *folder, const char *word)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	int n = 0;

	for (const char *name = dir != NULL ? g_dir_read_name(dir) : NULL; name != NULL;
	     name = g_dir_read_name(dir)) {
		g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
		size_t len = 0;

		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			n += count_files(path, word);
		} else if (g_file_get_contents(path, &bytes, &len, NULL) && holds(bytes, len, word)) {
			g_test_message("%s holds \"%s\"", path, word);
			n++;
		}
	}
	return n;
}

static int
count_in_column(AppTest *test, const char *table, const char *column, const char *word)
{
	bool on_server = test->db->backend == &DB_BACKEND_PG;
	g_autofree char *text =
	    g_strdup_printf("SELECT COUNT(*) FROM \"%s\" WHERE \"%s\" LIKE '%%' || %s || '%%'", table, column,
		on_server ? "CAST($1 AS TEXT)" : "?1");
	DbSql *sql = g_new0(DbSql, 1);
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;
	int n;

	*sql = (DbSql){.name = "count", .sqlite = text, .pg = text, .n_params = 1, .n_columns = 1};
	db_prepare(test->db, sql, &stmt, &error);
	g_assert_no_error(error);
	db_bind_text(stmt, 1, word);
	g_assert_true(db_step(stmt, &has_row, &error));
	n = (int)db_column_int(stmt, 0);
	g_clear_pointer(&stmt, db_stmt_release);
	db_forget(test->db, sql);
	g_free(sql);
	if (n > 0)
		g_test_message("%s.%s holds \"%s\"", table, column, word);
	return n;
}

/* Counts the rows of all tables in which a word stands. */
static int
count_rows(AppTest *test, const char *word)
{
	g_autoptr(GPtrArray) tables = NULL;
	g_autoptr(GError) error = NULL;
	int n = 0;

	db_catalog_load(test->db, &tables, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < tables->len; i++) {
		const DbTable *table = g_ptr_array_index(tables, i);

		for (guint k = 0; k < table->columns->len && !table->is_derived; k++) {
			const DbColumn *column = g_ptr_array_index(table->columns, k);

			if (column->type == DB_TYPE_TEXT)
				n += count_in_column(test, table->name, column->name, word);
		}
	}
	return n;
}

static void
add_evidence(const Fixture *fixture)
{
	static const char BYTES[] = "Kết quả khảo sát bí ẩn\n";
	const EvidenceScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .directory = fixture->test->directory,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.person_id = 1, .name = "người nộp", .origin = "kiểm thử"}};
	g_autofree char *sha256 = g_compute_checksum_for_string(G_CHECKSUM_SHA256, BYTES, -1);
	g_autofree char *folder = g_strdup_printf("%s/files/%.2s", fixture->test->directory, sha256);
	g_autofree char *path = g_build_filename(folder, sha256 + 2, NULL);
	g_autoptr(GError) error = NULL;
	int64_t evidence_id;

	g_mkdir_with_parents(folder, 0700);
	g_assert_true(g_file_set_contents(path, BYTES, -1, &error));
	evidence_add(&scope,
	    &(EvidenceNew){.kind = "bao-cao",
		.title = "Kết quả khảo sát bí ẩn",
		.number = "9/BC",
		.issued_day = 20000,
		.object = {"task", "2/1"}},
	    &(EvidenceFile){sha256, "khao-sat-bi-an.txt", "txt", (int64_t)strlen(BYTES)}, &evidence_id,
	    &error);
	g_assert_no_error(error);
}

/* Plan 2 came as a draft, was corrected, and is worked on. */
static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(full_commune_modules());
	full_commune_fill(fixture->test, WORD, 1);
	full_commune_work(fixture->test);
	add_evidence(fixture);
	fill_modules(fixture->test, TASK);
	for (size_t i = 0; FILL_COLUMNS[i][0] != NULL; i++)
		g_assert_cmpint(
		    count_in_column(fixture->test, FILL_COLUMNS[i][0], FILL_COLUMNS[i][1], FILL_WORDS), >, 0);
	g_assert_cmpint(count_in_column(fixture->test, "link_higher_row", "name", TASK), ==, 1);
	assert_verified(fixture->test);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
}

static void
assert_gone(const Fixture *fixture, const char *const *words)
{
	for (; *words != NULL; words++) {
		g_assert_cmpint(count_rows(fixture->test, *words), ==, 0);
		g_assert_cmpint(count_files(fixture->test->directory, *words), ==, 0);
	}
}

static void
assert_pages(const Fixture *fixture, const char *const *words)
{
	static const char *const PAGES[] = {"/?ke-hoach=2", "/nhiem-vu?ke-hoach=2",
	    "/nhiem-vu.csv?ke-hoach=2", "/nhiem-vu.json?ke-hoach=2", "/nhiem-vu/1?ke-hoach=2",
	    "/nhiem-vu?ke-hoach=2&q=ha+tang", "/chi-tieu?ke-hoach=2", "/chi-tieu/1?ke-hoach=2",
	    "/co-quan?ke-hoach=2", "/lich-bao-cao?ke-hoach=2", "/kiem-tra?ke-hoach=2", "/van-ban?ke-hoach=2",
	    "/van-ban/tai-ve?ke-hoach=2", "/nhat-ky", "/nhat-ky.csv", "/nhat-ky.json", "/ra-soat/2",
	    "/nhap-ke-hoach", "/nhap-ke-hoach/2", "/nhap-ke-hoach/2/tep", "/cong-viec", "/cong-viec.csv",
	    "/minh-chung", "/minh-chung/1", "/vai-tro?ke-hoach=2", "/nhat-ky/ban-ghi?doi-tuong=plan/2",
	    "/nhat-ky/ban-ghi?doi-tuong=task/2/1", "/thong-bao", "/kinh-phi?ke-hoach=2", "/kien-nghi",
	    "/kien-nghi/1", "/giai-trinh", "/giai-trinh/1", "/doi-soat", "/lien-ket?ke-hoach=2",
	    "/van-ban-mat", "/van-ban-mat.csv", "/van-ban-mat.json"};

	for (size_t i = 0; i < G_N_ELEMENTS(PAGES); i++) {
		g_autofree char *body = NULL;
		int status = app_test_get(fixture->test, PAGES[i], &body);

		g_test_message("%s: %d", PAGES[i], status);
		g_assert_cmpint(status, <, 500);
		for (const char *const *word = words; *word != NULL; word++)
			g_assert_null(strstr(body, *word));
	}
}

static void
test_plan(Fixture *fixture, gconstpointer unused)
{
	static const char *const WORDS[] = {
	    "phần 102", "Kết quả khảo sát bí ẩn", "khao-sat-bi-an", FILL_WORDS, "987654321", NULL};
	g_autofree char *ask = NULL, *list = NULL, *dashboard = NULL;

	(void)unused;
	g_assert_cmpint(count_rows(fixture->test, WORDS[0]), >, 3);
	g_assert_cmpint(count_files(fixture->test->directory, WORDS[0]), >, 0);
	g_assert_cmpint(app_test_get(fixture->test, MARK_PATH "?doi-tuong=plan/2", &ask), ==, 200);
	g_assert_nonnull(strstr(ask, "bản sao lưu làm trước"));
	send(fixture, MARK_PATH, "doi-tuong=plan/2", 422);
	g_assert_cmpint(count_rows(fixture->test, WORDS[0]), >, 3);
	send(fixture, MARK_PATH, "doi-tuong=plan/2&da-hieu=1", 303);
	full_commune_work(fixture->test);
	assert_gone(fixture, WORDS);
	assert_verified(fixture->test);
	assert_pages(fixture, WORDS);
	g_assert_cmpint(app_test_get(fixture->test, "/van-ban-mat", &list), ==, 200);
	g_assert_nonnull(strstr(list, "102/KH-UBND"));
	g_assert_nonnull(strstr(list, "24/02/2026"));
	g_assert_nonnull(strstr(list, "đã dọn tệp dữ liệu"));
	g_assert_cmpint(app_test_get(fixture->test, "/?ke-hoach=2", &dashboard), ==, 200);
	g_assert_nonnull(strstr(dashboard, "102/KH-UBND"));
	send(fixture, MARK_PATH, "doi-tuong=plan/2&da-hieu=1", 422);
	g_assert_cmpint(count_rows(fixture->test, "phần 1"), >, 3); /* the other plan is as it was */
}

/* One task: its words and the document go, the other tasks stay. */
static void
test_task(Fixture *fixture, gconstpointer unused)
{
	static const char *const WORDS[] = {TASK, "Kết quả khảo sát bí ẩn", FILL_WORDS, "987654321", NULL};
	g_autofree char *list = NULL, *search = NULL;

	(void)unused;
	send(fixture, MARK_PATH, "doi-tuong=task/2/1&da-hieu=1", 303);
	full_commune_work(fixture->test);
	assert_gone(fixture, WORDS);
	assert_verified(fixture->test);
	assert_pages(fixture, WORDS);
	g_assert_cmpint(app_test_get(fixture->test, "/nhiem-vu?ke-hoach=2", &list), ==, 200);
	g_assert_nonnull(strstr(list, "Bí mật nhà nước"));
	g_assert_nonnull(strstr(list, "Lắp wifi"));
	g_assert_cmpint(app_test_get(fixture->test, "/nhiem-vu?ke-hoach=2&q=ha+tang", &search), ==, 200);
	g_assert_null(strstr(search, "/nhiem-vu/1?"));
	send(fixture, MARK_PATH, "doi-tuong=plan/2&da-hieu=1", 303); /* and then the whole */
	assert_verified(fixture->test);
}

static void
test_draft(Fixture *fixture, gconstpointer unused)
{
	static const char *const WORDS[] = {"phần 101", NULL};

	(void)unused;
	g_assert_cmpint(count_files(fixture->test->directory, WORDS[0]), >, 0);
	send(fixture, MARK_PATH, "doi-tuong=draft/2&da-hieu=1", 409); /* it is a plan by now */
	send(fixture, MARK_PATH, "doi-tuong=draft/1&da-hieu=1", 303);
	full_commune_work(fixture->test);
	assert_gone(fixture, WORDS);
	assert_verified(fixture->test);
	for (const char *const *word =
		 (const char *const[]){"draft/99", "plan/99", "task/1/99", "person/1", "x", "", NULL};
	     *word != NULL; word++) {
		g_autofree char *form = g_strdup_printf("doi-tuong=%s&da-hieu=1", *word);

		send(fixture, MARK_PATH, form, 404);
	}
}

/* Words that are taken away otherwise are found out, and so is a change of what a row without words still
 * says. */
static void
test_found_out(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *silent = NULL, *changed = NULL;

	(void)unused;
	run_sql(fixture->test,
	    "UPDATE ledger SET before_state = NULL, after_state = '{\"redacted\":true}' WHERE object = "
	    "'setting/thu.chu'",
	    "UPDATE ledger SET before_state = NULL, after_state = '{\"redacted\":true}' WHERE object = "
	    "'setting/thu.chu'");
	silent = verify(fixture->test);
	g_assert_nonnull(
	    strstr(silent, "nội dung đã bị lấy đi mà không có dòng nào sau đó ghi đúng việc ấy"));
	send(fixture, MARK_PATH, "doi-tuong=plan/2&da-hieu=1", 303);
	run_sql(fixture->test,
	    "DROP TRIGGER ledger_is_not_changed; UPDATE ledger SET actor = 'Người khác' WHERE object = "
	    "'plan/2' AND "
	    "after_state = '{\"redacted\":true}'",
	    "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET actor = 'Người khác' WHERE object = "
	    "'plan/2' AND "
	    "after_state = '{\"redacted\":true}'; ALTER TABLE ledger ENABLE TRIGGER USER");
	changed = verify(fixture->test);
	g_assert_cmpuint(strlen(changed), >, strlen(silent));
}

/* What is damaged is not covered up: nothing is marked. */
static void
test_damaged(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	run_sql(fixture->test,
	    "DROP TRIGGER ledger_is_not_changed; UPDATE ledger SET actor = 'Người khác' WHERE object = "
	    "'plan/2'",
	    "ALTER TABLE ledger DISABLE TRIGGER USER; UPDATE ledger SET actor = 'Người khác' WHERE object = "
	    "'plan/2'; "
	    "ALTER TABLE ledger ENABLE TRIGGER USER");
	send(fixture, MARK_PATH, "doi-tuong=plan/2&da-hieu=1", 409);
	g_assert_cmpint(count_rows(fixture->test, "phần 102"), >, 3);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/secret/plan", Fixture, NULL, set_up, test_plan, tear_down);
	g_test_add("/secret/task", Fixture, NULL, set_up, test_task, tear_down);
	g_test_add("/secret/draft", Fixture, NULL, set_up, test_draft, tear_down);
	g_test_add("/secret/found-out", Fixture, NULL, set_up, test_found_out, tear_down);
	g_test_add("/secret/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
	return g_test_run();
}
