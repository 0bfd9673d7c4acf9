/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/reconcile/reconcile.h"
#include "modules/work/tests/fixture.h"

#include <string.h>

#define TODAY APP_TEST_TODAY

/* Each rule by itself, at its threshold and beside it. */
static void
test_rules(void)
{
	static const struct {
		const char *rule;
		int64_t threshold;
		WorkFacts facts;
		int64_t estimated, allocated, disbursed;
		int32_t paid;
		const char *words; /* NULL: nothing is found */
	} CASES[] = {
	    {"giai-ngan-khong-san-pham", 50, {1, 1, 0, 0, 20, TODAY, DATE_NONE}, 0, 100, 50, TODAY,
		"50 % phân bổ"},
	    {"giai-ngan-khong-san-pham", 50, {1, 1, 0, 0, 20, TODAY, DATE_NONE}, 0, 100, 49, TODAY, NULL},
	    {"giai-ngan-khong-san-pham", 50, {1, 1, 0, 0, 20, TODAY, DATE_NONE}, 0, 0, 1, TODAY,
		"chưa có phân bổ"},
	    {"giai-ngan-khong-san-pham", 50, {1, 2, 1, 1, 50, TODAY, DATE_NONE}, 0, 100, 90, TODAY, NULL},
	    {"xong-chua-giai-ngan", 30, {1, 1, 1, 1, 100, TODAY, TODAY - 31}, 0, 100, 0, DATE_NONE,
		"chưa giải ngân"},
	    {"xong-chua-giai-ngan", 30, {1, 1, 1, 1, 100, TODAY, TODAY - 30}, 0, 100, 0, DATE_NONE, NULL},
	    {"xong-chua-giai-ngan", 30, {1, 1, 1, 1, 100, TODAY, TODAY - 99}, 0, 0, 0, DATE_NONE, NULL},
	    {"vuot-phan-bo", 0, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 0, 100, 101, TODAY, "Giải ngân 101 đồng"},
	    {"vuot-phan-bo", 0, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 0, 100, 100, TODAY, NULL},
	    {"vuot-phan-bo", 10, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 0, 100, 110, TODAY, NULL},
	    {"vuot-phan-bo", 10, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 0, MONEY_AMOUNT_MAX / 2, MONEY_AMOUNT_MAX,
		TODAY, "phân bổ"},
	    {"vuot-du-toan", 0, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 100, 101, 0, DATE_NONE, "dự toán 100"},
	    {"vuot-du-toan", 0, {1, 1, 0, 0, 0, TODAY, DATE_NONE}, 0, 101, 0, DATE_NONE,
		NULL}, /* none is not zero */
	    {"du-tien-do-chua-nghiem-thu", 10, {1, 2, 0, 0, 100, TODAY - 11, DATE_NONE}, 0, 0, 0, DATE_NONE,
		"100 %"},
	    {"du-tien-do-chua-nghiem-thu", 10, {1, 2, 0, 0, 100, TODAY - 10, DATE_NONE}, 0, 0, 0, DATE_NONE,
		NULL},
	    {"du-tien-do-chua-nghiem-thu", 10, {1, 2, 0, 0, 99, TODAY - 50, DATE_NONE}, 0, 0, 0, DATE_NONE,
		NULL},
	    {"chi-sau-khi-khep", 30, {1, 1, 1, 1, 100, TODAY, TODAY - 40}, 0, 100, 100, TODAY - 9,
		"ngày 06/12/2026"},
	    {"chi-sau-khi-khep", 30, {1, 1, 1, 1, 100, TODAY, TODAY - 40}, 0, 100, 100, TODAY - 10, NULL},
	    {"lech-tien-do", 40, {1, 1, 0, 0, 10, TODAY, DATE_NONE}, 0, 100, 51, TODAY,
		"Tiến độ 10 %, giải ngân 51 %"},
	    {"lech-tien-do", 40, {1, 1, 0, 0, 10, TODAY, DATE_NONE}, 0, 100, 50, TODAY, NULL},
	    {"khong-co", 0, {1, 1, 0, 0, 10, TODAY, DATE_NONE}, 0, 100, 51, TODAY, NULL},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		ReconcileRule rule = {.rule = CASES[i].rule, .is_on = true, .threshold = CASES[i].threshold};
		MoneyTotal money = {.amounts = {[MONEY_ESTIMATE] = CASES[i].estimated,
					[MONEY_ALLOCATION] = CASES[i].allocated,
					[MONEY_DISBURSEMENT] = CASES[i].disbursed},
		    .last_disbursed = CASES[i].paid};
		const char *said = reconcile_judge(arena, &rule, &CASES[i].facts, &money, TODAY);

		g_test_message("%zu %s: %s", i, CASES[i].rule, said != NULL ? said : "-");
		g_assert_true((said != NULL) == (CASES[i].words != NULL));
		if (said != NULL)
			g_assert_nonnull(strstr(said, CASES[i].words));
		rule.is_on = false;
		g_assert_null(reconcile_judge(arena, &rule, &CASES[i].facts, &money, TODAY));
	}
}

static MoneyScope
scope_of(const Fixture *fixture)
{
	return (MoneyScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .today = TODAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
}

static int64_t
pay(const Fixture *fixture, MoneyKind kind, int64_t amount, int64_t corrects_id)
{
	const MoneyScope scope = scope_of(fixture);
	const MoneyEntry entry = {.plan_id = 1,
	    .task_no = 1,
	    .kind = kind,
	    .source = "xa",
	    .year = 2026,
	    .amount = amount,
	    .day = TODAY,
	    .doc_number = "5",
	    .note = "Ghi",
	    .corrects_id = corrects_id};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t id;

	money_add(&scope, &entry, &id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	return id;
}

static int
run(const Fixture *fixture)
{
	const MoneyScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;
	int n;

	reconcile_run(&scope, &n, &error);
	g_assert_no_error(error);
	return n;
}

static guint
count(const Fixture *fixture, MoneyFindingState state)
{
	const MoneyScope scope = scope_of(fixture);
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(money_list_findings(&scope, state, 0, NULL, 0, 100, findings, &error));
	return findings->len;
}

/* Findings come, are closed with a reason, come back when their figures change, and go when all agrees. */
static void
test_life(Fixture *fixture, gconstpointer unused)
{
	const MoneyScope scope = scope_of(fixture);
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t paid;

	(void)unused;
	g_assert_cmpint(run(fixture), ==, 0);
	pay(fixture, MONEY_ALLOCATION, 100, 0);
	g_assert_cmpint(run(fixture), ==, 0);
	paid = pay(fixture, MONEY_DISBURSEMENT, 60, 0);
	g_assert_cmpint(run(fixture), ==, 2); /* no product; progress and money apart */
	g_assert_cmpint(run(fixture), ==, 0);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_OPEN), ==, 2);
	g_assert_true(reconcile_close(&scope, 1, "", &problem, &error));
	g_assert_nonnull(strstr(problem, "nêu lý do"));
	g_assert_true(reconcile_close(&scope, 1, "Tạm ứng theo hợp đồng", &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	g_assert_true(reconcile_close(&scope, 1, "Lần nữa", &problem, &error));
	g_assert_nonnull(strstr(problem, "không còn mở"));
	g_assert_cmpint(run(fixture), ==, 0);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_CLOSED), ==, 1);
	paid = pay(fixture, MONEY_DISBURSEMENT, 70, paid);
	g_assert_cmpint(run(fixture), ==, 2);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_OPEN), ==, 2);
	pay(fixture, MONEY_DISBURSEMENT, 0, paid);
	g_assert_cmpint(run(fixture), ==, 2);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_GONE), ==, 2);
	fixture_verify(fixture);
}

/* Work counts as much as money: what is accepted with a product settles the matter. */
static void
test_work_side(Fixture *fixture, gconstpointer unused)
{
	WorkEntry submit = work_entry(WORK_SUBMIT), accept = work_entry(WORK_ACCEPT);
	int64_t piece = fixture_piece(fixture, 1);

	(void)unused;
	pay(fixture, MONEY_ALLOCATION, 100, 0);
	pay(fixture, MONEY_DISBURSEMENT, 100, 0);
	g_assert_cmpint(run(fixture), ==, 2);
	submit.product = "Cơ sở dữ liệu";
	fixture_act(fixture, fixture->police, piece, &submit);
	g_assert_cmpint(run(fixture), ==, 1); /* 100 % against 100 % */
	fixture_act(fixture, fixture->leader, piece, &accept);
	g_assert_cmpint(run(fixture), ==, 1);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_OPEN), ==, 0);
}

static void
test_switching(Fixture *fixture, gconstpointer unused)
{
	const MoneyScope scope = scope_of(fixture);
	ReconcileRule rule = {
	    .rule = "lech-tien-do", .is_on = false, .threshold = 40, .valid_from = TODAY, .source = ""};
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	pay(fixture, MONEY_ALLOCATION, 100, 0);
	pay(fixture, MONEY_DISBURSEMENT, 60, 0);
	g_assert_cmpint(run(fixture), ==, 2);
	g_assert_true(reconcile_set_rule(&scope, &rule, &problem, &error));
	g_assert_nonnull(strstr(problem, "căn cứ"));
	rule.source = "QĐ 5";
	rule.valid_from = TODAY - 1;
	g_assert_true(reconcile_set_rule(&scope, &rule, &problem, &error));
	g_assert_nonnull(strstr(problem, "trước hôm nay"));
	rule.valid_from = TODAY;
	g_assert_true(reconcile_set_rule(&scope, &rule, &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	g_assert_cmpint(run(fixture), ==, 1);
	g_assert_cmpuint(count(fixture, MONEY_FINDING_OPEN), ==, 1);
	rule.rule = "khong-co";
	g_assert_false(reconcile_set_rule(&scope, &rule, &problem, &error));
	fixture_verify(fixture);
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
}

static const AppModule *
find_module(void)
{
	for (size_t i = 0; APP_MODULES[i] != NULL; i++)
		if (strcmp(APP_MODULES[i]->name, "reconcile") == 0)
			return APP_MODULES[i];
	return NULL;
}

/* In a program where nobody can sign in yet. */
static void
test_pages(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	Fixture fixture = {.test = test, .arena = arena};
	g_autofree char *body = NULL, *csv = NULL, *json = NULL, *rule = NULL;
	gint cancelled = 0;
	const AppWork work = {.db = test->db,
	    .commune_id = test->commune_id,
	    .directory = test->directory,
	    .now_us = app_now_us(test->app),
	    .is_cancelled = &cancelled};
	g_autoptr(GError) error = NULL;
	bool did;

	sample_store(test);
	check_page(
	    test, "/doi-soat", (const char *const[]){"Không có điểm lệch nào", "Quy tắc đối soát", NULL});
	pay(&fixture, MONEY_ALLOCATION, 100, 0);
	pay(&fixture, MONEY_DISBURSEMENT, 60, 0);
	g_assert_true(find_module()->work(&work, &did, &error));
	check_page(test, "/doi-soat",
	    (const char *const[]){
		"Đã giải ngân, chưa có sản phẩm", "60 % phân bổ", "Ba mặt của nhiệm vụ", NULL});
	check_page(test, "/kinh-phi/1?ke-hoach=1", (const char *const[]){"60 % phân bổ", NULL});
	g_assert_cmpint(app_test_post(test, "/doi-soat/1/khep", "ly-do=", &body, NULL), ==, 422);
	g_assert_nonnull(strstr(body, "phải giải trình"));
	html_check_assert(body);
	g_assert_cmpint(
	    app_test_post(test, "/doi-soat/1/khep", "ly-do=T%E1%BA%A1m+%E1%BB%A9ng", NULL, NULL), ==, 303);
	g_assert_cmpint(app_test_post(test, "/doi-soat/99/khep", "ly-do=x", NULL, NULL), ==, 404);
	check_page(test, "/doi-soat?trang-thai=da-khep", (const char *const[]){"Giải trình: Tạm ứng", NULL});
	g_assert_cmpint(app_test_get(test, "/doi-soat.csv?trang-thai=da-khep", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "Đã khép,15/12/2026,"));
	g_assert_cmpint(app_test_get(test, "/doi-soat.json", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"findings\":["));
	g_assert_cmpint(
	    app_test_post(test, "/doi-soat/quy-tac/vuot-phan-bo", "nguong=7&bat=1", &rule, NULL), ==, 422);
	g_assert_nonnull(strstr(rule, "value=\"7\""));
	g_assert_cmpint(
	    app_test_post(test, "/doi-soat/quy-tac/vuot-phan-bo", "nguong=7&bat=1&can-cu=Q", NULL, NULL), ==,
	    303);
	check_page(test, "/doi-soat", (const char *const[]){"ngưỡng 7 % phân bổ", NULL});
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reconcile/rules", test_rules);
	fixture_add("/reconcile/life", test_life);
	fixture_add("/reconcile/work-side", test_work_side);
	fixture_add("/reconcile/switching", test_switching);
	g_test_add_func("/reconcile/pages", test_pages);
	return g_test_run();
}
