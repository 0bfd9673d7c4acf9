/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/task/task.h"

#include <string.h>

static const char *const PAGES[] = {"/", "/nhiem-vu", "/nhiem-vu/1", "/nhiem-vu/8",
    "/nhiem-vu?tim=chuyen+doi+so", "/nhiem-vu?tinh-trang=qua-han", "/nhiem-vu?xep=-thoi-han&co-quan=2",
    "/nhiem-vu?tim=zzz", "/nhiem-vu?truoc=0", "/chi-tieu", "/chi-tieu?moc=2026", "/chi-tieu/1", "/chi-tieu/4",
    "/co-quan", "/co-quan/1", "/co-quan/2", "/lich-bao-cao", "/kiem-tra", "/kiem-tra?muc-do=loi",
    "/kiem-tra?quy-tac=missing-lead", "/van-ban", "/van-ban?muc=annex2:2.5", "/van-ban?loai=chi-tieu",
    "/van-ban?cho=5", "/nhiem-vu?ke-hoach=1"};

static const char *const LISTS[] = {"/nhiem-vu", "/chi-tieu", "/co-quan", "/lich-bao-cao", "/kiem-tra"};

static char *
get(AppTest *test, const char *target)
{
	char *body = NULL;
	int status = app_test_get(test, target, &body);

	if (status != 200)
		g_test_message("%s: %d", target, status);
	g_assert_cmpint(status, ==, 200);
	return body;
}

static int64_t
count_of(const char *text, const char *word)
{
	int64_t n = 0;

	for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
		n++;
	return n;
}

static void
test_pages(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	for (size_t i = 0; i < G_N_ELEMENTS(PAGES); i++) {
		g_autofree char *body = get(test, PAGES[i]);

		g_test_message("%s", PAGES[i]);
		html_check_assert(body);
		g_assert_cmpuint(strlen(body), <, 60 * 1024);
	}
}

static void
test_empty_store(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	static const char *const EMPTY[] = {
	    "/", "/nhiem-vu", "/chi-tieu", "/co-quan", "/lich-bao-cao", "/kiem-tra", "/van-ban"};

	for (size_t i = 0; i < G_N_ELEMENTS(EMPTY); i++) {
		g_autofree char *body = get(test, EMPTY[i]);

		html_check_assert(body);
		g_assert_nonnull(strstr(body, "Chưa có kế hoạch nào"));
	}
}

static void
test_wrong_addresses(void)
{
	static const struct {
		const char *target;
		int status;
	} CASES[] = {
	    {"/nhiem-vu/999", 404},
	    {"/nhiem-vu/abc", 404},
	    {"/chi-tieu/999", 404},
	    {"/co-quan/999", 404},
	    {"/nhiem-vu?ke-hoach=9", 404},
	    {"/nhiem-vu?ke-hoach=x", 422},
	    {"/nhiem-vu?tinh-trang=xong", 422},
	    {"/kiem-tra?muc-do=nang", 422},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = NULL;

		g_assert_cmpint(app_test_get(test, CASES[i].target, &body), ==, CASES[i].status);
	}
}

static void
test_exports(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	for (size_t i = 0; i < G_N_ELEMENTS(LISTS); i++) {
		g_autofree char *csv_url = g_strconcat(LISTS[i], ".csv", NULL);
		g_autofree char *json_url = g_strconcat(LISTS[i], ".json", NULL);
		g_autofree char *csv = get(test, csv_url);
		g_autofree char *json = get(test, json_url);

		g_assert_true(g_str_has_prefix(csv, "\xEF\xBB\xBF"));
		g_assert_true(g_str_has_suffix(csv, "\r\n"));
		g_assert_true(g_str_has_prefix(json, "{"));
		g_assert_true(g_str_has_suffix(json, "}"));
	}
}

/* A name that a spreadsheet would run, and one that a browser would. */
static void
test_hostile_name(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *csv = NULL, *page = NULL;

	sample_store(test);
	csv = get(test, "/nhiem-vu.csv?tinh-trang=chua-co-thoi-han");
	page = get(test, "/nhiem-vu/8");
	g_assert_nonnull(strstr(csv, "\"'=Ghi \"\"<b>tên</b>\"\" & dấu; rất lạ\""));
	g_assert_null(strstr(page, "<b>tên"));
	g_assert_nonnull(strstr(page, "&lt;b&gt;tên&lt;/b&gt;"));
}

/* The number on the dashboard is the number of rows behind it. */
static void
test_numbers_open_lists(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *dashboard = NULL;
	int64_t sum = 0;

	sample_store(test);
	dashboard = get(test, "/");
	for (TaskStateKind state = 0; state < TASK_STATE_MAX; state++) {
		g_autofree char *target = g_strdup_printf("/nhiem-vu?tinh-trang=%s", task_state_slug(state));
		g_autofree char *list = get(test, target);
		int64_t rows = count_of(list, "<tr id=\"nv-");
		g_autofree char *label =
		    g_strdup_printf("aria-label=\"%s: %" G_GINT64_FORMAT "\"", task_state_title(state), rows);

		g_test_message("%s", label);
		sum += rows;
		/* Done tasks are one figure; what is rare has none while there is none. */
		if (rows == 0 && (state == TASK_STATE_EXTENDED || state == TASK_STATE_DONE ||
				     state == TASK_STATE_DONE_LATE || state == TASK_STATE_PAUSED ||
				     state == TASK_STATE_CANCELLED))
			continue;
		g_assert_nonnull(strstr(dashboard, label));
	}
	g_assert_cmpint(sum, ==, SAMPLE_TASKS);
}

static void
test_source_links(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *card = NULL, *source = NULL;

	sample_store(test);
	card = get(test, "/nhiem-vu/9");
	g_assert_nonnull(strstr(card, "/van-ban?muc=annex2:2.5#b"));
	source = get(test, "/van-ban?muc=annex2:2.5");
	g_assert_nonnull(strstr(source, "<mark>Rà soát trang thiết bị CNTT</mark>"));
	g_assert_nonnull(strstr(source, "href=\"/nhiem-vu/9\""));
}

static void
test_download(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *file = NULL;

	sample_store(test);
	file = get(test, "/van-ban/tai-ve");
	g_assert_nonnull(strstr(file, "Chuyển đổi số xã Suối Lành"));
}

static void
test_golden(gconstpointer data)
{
	const char *const *pair = data; /* name, target */
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", pair[0], NULL);
	g_autofree char *page = NULL;

	sample_store(test);
	page = get(test, pair[1]);
	html_check_golden(page, path);
}

int
main(int argc, char **argv)
{
	static const char *const GOLDEN[][2] = {
	    {"dashboard.html", "/"},
	    {"tasks.html", "/nhiem-vu"},
	    {"card.html", "/nhiem-vu/8"},
	    {"indicators.html", "/chi-tieu"},
	    {"calendar.html", "/lich-bao-cao"},
	    {"source.html", "/van-ban?muc=annex2:2.5"},
	};

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/overview/pages", test_pages);
	g_test_add_func("/overview/empty-store", test_empty_store);
	g_test_add_func("/overview/wrong-addresses", test_wrong_addresses);
	g_test_add_func("/overview/exports", test_exports);
	g_test_add_func("/overview/hostile-name", test_hostile_name);
	g_test_add_func("/overview/numbers-open-lists", test_numbers_open_lists);
	g_test_add_func("/overview/source-links", test_source_links);
	g_test_add_func("/overview/download", test_download);
	for (size_t i = 0; i < G_N_ELEMENTS(GOLDEN); i++) {
		g_autofree char *name = g_strconcat("/overview/golden/", GOLDEN[i][0], NULL);

		g_test_add_data_func(name, GOLDEN[i], test_golden);
	}
	return g_test_run();
}
