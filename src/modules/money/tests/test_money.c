/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/money/money.h"

#include <string.h>

/* Amounts as people type them, and what is said of those that are none. */
static void
test_amounts(void)
{
	static const struct {
		const char *text;
		int64_t amount;
	} GOOD[] = {{"1.234.567", 1234567}, {"1234567", 1234567}, {"0", 0}, {" 500.000 đồng ", 500000},
	    {"1,5 triệu", 1500000}, {"2 tỷ", 2000000000}, {"2 tỉ", 2000000000}, {"2,25 TỶ đồng", 2250000000},
	    {"2 tỷ 300 triệu", 2300000000}, {"1 tỷ 200 triệu 50 nghìn đồng", 1200050000}, {"15tr", 15000000},
	    {"750 ngàn", 750000}, {"1.500 triệu", 1500000000}, {"500.000 VNĐ", 500000}, {"500000đ", 500000},
	    {"1.000.000 tỷ", MONEY_AMOUNT_MAX}, {"0,000000001 tỷ", 1}};
	static const struct {
		const char *text, *words;
	} BAD[] = {{NULL, "Hãy ghi"}, {"", "Hãy ghi"}, {"nhiều", "chưa đúng"}, {"1.23", "chưa đúng"},
	    {"12.34.567", "chưa đúng"}, {"1,5", "dưới một đồng"}, {"1.234,5", "dưới một đồng"},
	    {"-5", "chưa đúng"}, {"5 yến", "chưa đúng"}, {"300 triệu 2 tỷ", "từ lớn đến bé"},
	    {"1 triệu 1 triệu", "từ lớn đến bé"}, {"2.000.000 tỷ", "quá lớn"},
	    {"99999999999999999999", "quá lớn"}, {"1,2345678 triệu", "dưới một đồng"}, {"1.", "chưa đúng"},
	    {"1,", "chưa đúng"}, {"1e9", "chưa đúng"}, {"đồng", "chưa đúng"}};
	g_autoptr(GString) out = g_string_new(NULL);
	int64_t amount;

	for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++) {
		const char *problem = money_amount_parse(GOOD[i].text, &amount);

		if (problem != NULL)
			g_test_message("%s: %s", GOOD[i].text, problem);
		g_assert_null(problem);
		g_assert_cmpint(amount, ==, GOOD[i].amount);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		const char *problem = money_amount_parse(BAD[i].text, &amount);

		g_test_message("%s: %s", BAD[i].text, problem != NULL ? problem : "(nhận)");
		g_assert_nonnull(problem);
		g_assert_nonnull(strstr(problem, BAD[i].words));
	}
	money_amount_append(out, 1234567);
	g_string_append_c(out, ' ');
	money_amount_append(out, 0);
	g_string_append_c(out, ' ');
	money_amount_append(out, MONEY_AMOUNT_MAX);
	g_assert_cmpstr(out->str, ==, "1.234.567 0 1.000.000.000.000.000");
	g_assert_cmpint(money_percent(1, 3), ==, 33);
	g_assert_cmpint(money_percent(MONEY_AMOUNT_MAX, MONEY_AMOUNT_MAX), ==, 100);
	g_assert_cmpint(money_percent(5, 0), ==, -1);
}

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	MoneyScope scope;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	sample_store(fixture->test);
	fixture->scope = (MoneyScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .today = APP_TEST_TODAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

static MoneyEntry
entry_of(int64_t task_no, MoneyKind kind, int64_t amount)
{
	return (MoneyEntry){.plan_id = 1,
	    .task_no = task_no,
	    .kind = kind,
	    .source = "xa",
	    .year = 2026,
	    .amount = amount,
	    .day = APP_TEST_TODAY,
	    .doc_number = "12/QĐ-UBND",
	    .note = ""};
}

static int64_t
add(const Fixture *fixture, const MoneyEntry *entry)
{
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t id;

	money_add(&fixture->scope, entry, &id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	return id;
}

static void
refuse(const Fixture *fixture, const MoneyEntry *entry, const char *words)
{
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t id;

	money_add(&fixture->scope, entry, &id, &problem, &error);
	g_assert_no_error(error);
	g_assert_nonnull(problem);
	g_test_message("%s", problem);
	g_assert_nonnull(strstr(problem, words));
}

static int64_t
total_of(const Fixture *fixture, int64_t task_no, MoneyKind kind)
{
	const MoneyFilter filter = {.plan_id = 1, .task_no = task_no};
	g_autoptr(GPtrArray) totals = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	MoneyTotal sum = {.last_disbursed = DATE_NONE};

	g_assert_true(money_totals(&fixture->scope, &filter, totals, &error));
	for (guint i = 0; i < totals->len; i++)
		money_total_add(&sum, g_ptr_array_index(totals, i));
	return sum.amounts[kind];
}

static guint
count_problems(const Fixture *fixture)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(fixture->test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	return report.problems->len;
}

/* A correction stands for what was written, which stays; it is itself corrected, and nothing is twice. */
static void
test_corrections(Fixture *fixture, gconstpointer unused)
{
	MoneyEntry entry = entry_of(1, MONEY_ALLOCATION, 50000000),
		   correction = entry_of(9, MONEY_ESTIMATE, 45000000);
	int64_t first = add(fixture, &entry);
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	correction.corrects_id = first;
	refuse(fixture, &correction, "nêu lý do");
	correction.note = "Ghi nhầm số";
	correction.corrects_id = add(fixture, &correction);
	g_assert_cmpint(total_of(fixture, 1, MONEY_ALLOCATION), ==, 45000000); /* of its task and kind */
	g_assert_cmpint(total_of(fixture, 9, MONEY_ESTIMATE), ==, 0);
	correction.amount = 0;
	add(fixture, &correction);
	g_assert_cmpint(total_of(fixture, 1, MONEY_ALLOCATION), ==, 0);
	correction.corrects_id = first;
	refuse(fixture, &correction, "đã được đính chính");
	g_assert_true(money_of_task(&fixture->scope, 1, 1, entries, &error));
	g_assert_cmpuint(entries->len, ==, 3);
	g_assert_cmpuint(count_problems(fixture), ==, 0);
}

static void
test_refused(Fixture *fixture, gconstpointer unused)
{
	MoneyEntry entry = entry_of(1, MONEY_DISBURSEMENT, 0);
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t id;

	(void)unused;
	refuse(fixture, &entry, "lớn hơn 0");
	entry.amount = MONEY_AMOUNT_MAX + 1;
	refuse(fixture, &entry, "một triệu tỷ");
	entry.amount = 1;
	entry.doc_number = "";
	refuse(fixture, &entry, "số văn bản hoặc chứng từ");
	entry.doc_number = "1";
	entry.day = APP_TEST_TODAY + 1;
	refuse(fixture, &entry, "không được sau hôm nay");
	entry.day = DATE_NONE;
	refuse(fixture, &entry, "ghi ngày");
	entry.day = APP_TEST_TODAY;
	entry.source = "khong-co";
	refuse(fixture, &entry, "nguồn");
	entry.source = "xa";
	entry.agency_id = 999;
	refuse(fixture, &entry, "không tham gia");
	entry.agency_id = 0;
	entry.task_no = 999;
	g_assert_false(money_add(&fixture->scope, &entry, &id, &problem, &error));
	g_assert_nonnull(error);
}

/* Sums by anything come of the same entries. */
static void
test_totals(Fixture *fixture, gconstpointer unused)
{
	MoneyEntry entry = entry_of(1, MONEY_ESTIMATE, 100);
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_autoptr(GPtrArray) social = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	MoneyTotal sum = {.last_disbursed = DATE_NONE};

	(void)unused;
	add(fixture, &entry);
	entry.kind = MONEY_DISBURSEMENT;
	entry.amount = 7;
	add(fixture, &entry);
	entry.source = "xa-hoi-hoa";
	entry.amount = 3;
	add(fixture, &entry);
	entry.task_no = 2;
	entry.year = 2027;
	add(fixture, &entry);
	g_assert_true(money_totals(&fixture->scope, &(MoneyFilter){0}, all, &error));
	g_assert_cmpuint(all->len, ==, 3);
	for (guint i = 0; i < all->len; i++)
		money_total_add(&sum, g_ptr_array_index(all, i));
	g_assert_cmpint(sum.amounts[MONEY_ESTIMATE], ==, 100);
	g_assert_cmpint(sum.amounts[MONEY_DISBURSEMENT], ==, 13);
	g_assert_cmpint(sum.last_disbursed, ==, APP_TEST_TODAY);
	g_assert_true(money_totals(&fixture->scope, &(MoneyFilter){.source = "xa-hoi-hoa"}, social, &error));
	g_assert_cmpuint(social->len, ==, 2);
}

static const DbSql TAMPER = {.name = "tamper",
    .sqlite = "UPDATE money_entry SET amount = amount + 1 WHERE commune_id = ?1",
    .pg = "UPDATE money_entry SET amount = amount + 1 WHERE commune_id = $1",
    .n_params = 1};

static void
test_tampering(Fixture *fixture, gconstpointer unused)
{
	MoneyEntry entry = entry_of(1, MONEY_ESTIMATE, 100);
	const MoneySource source = {"von-vay", "Vốn vay", "QĐ 5"};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	add(fixture, &entry);
	g_assert_true(money_set_source(&fixture->scope, &source, APP_TEST_TODAY, &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	entry.source = "von-vay";
	add(fixture, &entry);
	g_assert_cmpuint(count_problems(fixture), ==, 0);
	g_assert_true(db_prepare(fixture->test->db, &TAMPER, &stmt, &error));
	db_bind_int(stmt, 1, fixture->test->commune_id);
	g_assert_true(db_run(stmt, &error));
	g_assert_cmpuint(count_problems(fixture), ==, 2);
}

static void
check_page(AppTest *test, const char *target, const char *const *expected)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	for (; *expected != NULL; expected++) {
		if (strstr(body, *expected) == NULL)
			g_test_message("%s: no \"%s\"", target, *expected);
		g_assert_nonnull(strstr(body, *expected));
	}
	g_assert_cmpuint(strlen(body), <, 60 * 1024);
}

static void
test_pages(Fixture *fixture, gconstpointer unused)
{
	AppTest *test = fixture->test;
	g_autofree char *body = NULL, *csv = NULL, *json = NULL, *correction = NULL, *gone = NULL;

	(void)unused;
	check_page(test, "/kinh-phi", (const char *const[]){"Chưa ghi khoản kinh phí nào", NULL});
	check_page(
	    test, "/kinh-phi/1?ke-hoach=1", (const char *const[]){"Ghi khoản mới", "Công an xã", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/1?ke-hoach=1",
		"loai=phan-bo&so-tien=nhi%E1%BB%81u&nguon=xa&nam=2026&ngay=2026-12-01&so=5&ghi-chu=a%3Cb",
		&body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "Số tiền chưa đúng"));
	g_assert_nonnull(strstr(body, "value=\"nhiều\""));
	g_assert_nonnull(strstr(body, ">a&lt;b</textarea>"));
	html_check_assert(body);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/1?ke-hoach=1",
		"loai=phan-bo&so-tien=1%2C5+tri%E1%BB%87u&nguon=xa&nam=2026&ngay=2026-12-01&so=5&don-vi=1",
		NULL, NULL),
	    ==, 303);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/1?ke-hoach=1",
		"loai=giai-ngan&so-tien=600.000&nguon=xa&nam=2026&ngay=2026-12-02&so=7&don-vi=1", NULL, NULL),
	    ==, 303);
	check_page(test, "/kinh-phi/1?ke-hoach=1",
	    (const char *const[]){"Phân bổ: 1.500.000 đồng", "Giải ngân: 600.000 đồng", "40 %", NULL});
	g_assert_cmpint(app_test_post(test, "/kinh-phi/dinh-chinh/2",
			    "so-tien=700.000&nguon=xa&nam=2026&ngay=2026-12-02&so=7", &correction, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(correction, "Đính chính phải nêu lý do"));
	html_check_assert(correction);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/dinh-chinh/2",
		"so-tien=750.000&nguon=xa&nam=2026&ngay=2026-12-02&so=7&ghi-chu=Nh%E1%BA%A7m", NULL, NULL),
	    ==, 303);
	check_page(
	    test, "/kinh-phi/1?ke-hoach=1", (const char *const[]){"Đã đính chính", "750.000", "50 %", NULL});
	check_page(test, "/kinh-phi?theo=don-vi", (const char *const[]){"Công an xã", "1.500.000", NULL});
	check_page(test, "/kinh-phi?theo=nguon&nam=2026", (const char *const[]){"Ngân sách xã", NULL});
	check_page(test, "/kinh-phi?nam=2027", (const char *const[]){"Chưa ghi khoản", NULL});
	g_assert_cmpint(app_test_get(test, "/kinh-phi.csv", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, ",Công an xã,Ngân sách xã,2026,0,1500000,0\r\n"));
	g_assert_cmpint(app_test_get(test, "/kinh-phi.json?ke-hoach=1", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"disbursement\":750000"));
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/nguon", "ma=Von+vay&ten=a&can-cu=b", NULL, NULL), ==, 422);
	g_assert_cmpint(
	    app_test_post(test, "/kinh-phi/nguon", "ma=von-vay&ten=V%E1%BB%91n+vay&can-cu=b", NULL, NULL), ==,
	    303);
	check_page(test, "/kinh-phi", (const char *const[]){"Vốn vay", NULL});
	g_assert_cmpint(app_test_get(test, "/kinh-phi/999?ke-hoach=1", &gone), ==, 404);
	g_assert_cmpint(app_test_post(test, "/kinh-phi/dinh-chinh/999", "so-tien=1", NULL, NULL), ==, 404);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money/amounts", test_amounts);
	g_test_add("/money/corrections", Fixture, NULL, set_up, test_corrections, tear_down);
	g_test_add("/money/refused", Fixture, NULL, set_up, test_refused, tear_down);
	g_test_add("/money/totals", Fixture, NULL, set_up, test_totals, tear_down);
	g_test_add("/money/tampering", Fixture, NULL, set_up, test_tampering, tear_down);
	g_test_add("/money/pages", Fixture, NULL, set_up, test_pages, tear_down);
	return g_test_run();
}
