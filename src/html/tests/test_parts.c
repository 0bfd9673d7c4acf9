/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"
#include "html/chart.h"
#include "html/layout.h"
#include "html/link.h"
#include "html/parts.h"
#include "html/tests/gallery.html.h"
#include "html/tests/html_check.h"

#include <stdio.h>
#include <string.h>

static const ChartPoint TARGETS[] = {{2025, {70, 0}, "≥ 70%"}, {2030, {85, 0}, "≥ 85%"},
    {2035, {95, 0}, "≥ 95%"}, {2040, {100, 0}, "100%"}, {2045, {100, 0}, "100%"}};
static const ChartPoint ACTUALS[] = {{2026, {745, 1}, NULL}, {2025, {64, 0}, NULL}};
static const ChartView CHART = {
    .name = "Hồ sơ xử lý trực tuyến",
    .unit = "%",
    .targets = TARGETS,
    .n_targets = G_N_ELEMENTS(TARGETS),
    .actuals = ACTUALS,
    .n_actuals = G_N_ELEMENTS(ACTUALS),
};

static void
compare_golden(const char *name, const char *got)
{
	const char *path = g_test_get_filename(G_TEST_DIST, name, NULL);
	g_autofree char *want = NULL;

	if (g_getenv("UPDATE_GOLDEN") != NULL)
		g_file_set_contents(path, got, -1, NULL);
	g_assert_true(g_file_get_contents(path, &want, NULL, NULL));
	g_assert_cmpstr(got, ==, want);
}

static void
test_chart_golden(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	chart_milestones(out, &CHART);
	compare_golden("chart.svg", out->str);
	html_check_assert(out->str);
}

/* What a document may hold and a chart must bear: one year only, no year, equal values, huge and tiny
 * numbers. */
static void
test_chart_edges(void)
{
	static const ChartPoint ONE[] = {{2030, {5, 0}, NULL}, {2030, {6, 0}, NULL}};
	static const ChartPoint NO_YEAR[] = {{0, {5, 0}, NULL}, {2030, {6, 0}, NULL}};
	static const ChartPoint EQUAL[] = {{2025, {0, 0}, NULL}, {2030, {0, 0}, NULL}};
	static const ChartPoint HUGE[] = {{2025, {1, 0}, NULL}, {2030, {INT64_C(900000000000000), 0}, NULL}};
	static const ChartPoint TOO_HUGE[] = {{2025, {INT64_MIN, 0}, NULL}, {2030, {INT64_MAX, 0}, NULL}};
	static const ChartPoint TINY[] = {{INT16_MIN, {1, 9}, NULL}, {INT16_MAX, {-2, 9}, NULL}};
	static const struct {
		const ChartPoint *points;
		bool is_drawable;
	} CASES[] = {
	    {ONE, false}, {NO_YEAR, false}, {EQUAL, true}, {HUGE, true}, {TOO_HUGE, false}, {TINY, true}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const ChartView view = {.name = "x", .targets = CASES[i].points, .n_targets = 2};
		g_autoptr(GString) out = g_string_new(NULL);

		g_assert_cmpint(chart_is_drawable(&view), ==, CASES[i].is_drawable);
		chart_milestones(out, &view);
		g_assert_cmpint(out->len > 0, ==, CASES[i].is_drawable);
		html_check_assert(out->str);
	}
}

static void
test_links(void)
{
	static const LinkParam PARAMS[] = {
	    {"tu", "số hóa&"}, {"co-quan", NULL}, {"sap-xep", "han"}, {"trang", "3"}};
	static const LinkParam CHANGES[] = {{"co-quan", "2"}, {"trang", NULL}, {"moi", "1"}};
	const LinkBase base = {"/nhiem-vu", PARAMS, G_N_ELEMENTS(PARAMS)};
	g_autoptr(Arena) arena = arena_new();
	PartSort sort = part_sort_make(arena, &base, "sap-xep", "trang", "han", "Thời hạn");

	g_assert_cmpstr(link_with(arena, &base, NULL, 0), ==,
	    "/nhiem-vu?tu=s%E1%BB%91%20h%C3%B3a%26&sap-xep=han&trang=3");
	g_assert_cmpstr(link_with(arena, &base, CHANGES, 3), ==,
	    "/nhiem-vu?tu=s%E1%BB%91%20h%C3%B3a%26&co-quan=2&sap-xep=han&moi=1");
	g_assert_cmpint(sort.order, ==, PART_SORT_UP);
	g_assert_cmpstr(sort.url, ==, "/nhiem-vu?tu=s%E1%BB%91%20h%C3%B3a%26&sap-xep=-han");
	sort = part_sort_make(arena, &base, "sap-xep", NULL, "ten", "Tên");
	g_assert_cmpint(sort.order, ==, PART_SORT_NONE);
	g_assert_cmpstr(sort.url, ==, "/nhiem-vu?tu=s%E1%BB%91%20h%C3%B3a%26&sap-xep=ten&trang=3");
}

static void
test_bar(void)
{
	static const PartSegment SEGMENTS[] = {
	    {"ok", "hoàn thành", 5}, {"run", "đúng hạn", 0}, {"late", "quá hạn", 2}};
	g_autoptr(GString) out = g_string_new(NULL);

	part_bar(out, SEGMENTS, 3);
	g_assert_nonnull(strstr(out->str, "viewBox=\"0 0 7 1\""));
	g_assert_nonnull(strstr(out->str, "aria-label=\"5 hoàn thành; 2 quá hạn; \""));
	g_assert_nonnull(strstr(out->str, "<rect class=\"late\" x=\"5\" y=\"0\" width=\"2\" height=\"1\"/>"));
	g_assert_null(strstr(out->str, "class=\"run\""));
	g_string_truncate(out, 0);
	part_bar(out, SEGMENTS + 1, 1);
	g_assert_cmpstr(out->str, ==, "");
}

static void
render_gallery(GString *out)
{
	static const LayoutPlan PLANS[] = {
	    {"1", "Kế hoạch số 57/KH-UBND", true}, {"2", "Kế hoạch số 12/KH-UBND", false}};
	static const LayoutView LAYOUT = {
	    .title = "Bảng điều hành",
	    .commune = "UBND xã Mẫu",
	    .plan_label = "Kế hoạch số 57/KH-UBND ngày 24/02/2026",
	    .as_of = "Tính đến ngày 15/12/2026",
	    .version = "1.0",
	    .path = "/",
	    .plan = "1",
	    .nav = LAYOUT_NAV_DASHBOARD,
	    .plans = PLANS,
	    .n_plans = 2,
	};
	static const PartFigure FIGURES[] = {
	    {NULL, "Tổng nhiệm vụ", 1049, -1, "/nhiem-vu", "Phụ lục III: 13 · Phụ lục IV: 36"},
	    {"ok", "Hoàn thành", 14, -1, "/nhiem-vu?tinh-trang=xong", "28,6%"},
	    {"run", "Đang đúng hạn", 24, -1, "/nhiem-vu", "gồm 19 việc thường xuyên"},
	    {"soon", "Đến hạn trong 30 ngày", 7, -1, "/nhiem-vu", "gần nhất: 31/12/2026"},
	    {"late", "Quá hạn", 4, -1, "/nhiem-vu", "lâu nhất: 441 ngày"},
	    {NULL, "Chỉ tiêu đạt mốc 2026", 31, 53, NULL, NULL},
	};
	static const PartSegment SEGMENTS[] = {{"ok", "Hoàn thành", 5}, {"run", "Đúng hạn", 9},
	    {"soon", "Sắp đến hạn", 3}, {"late", "Quá hạn", 2}, {"idle", "Chưa đến lượt", 1}};
	static const PartSort SORT = {"Nhiệm vụ", "/nhiem-vu?sap-xep=ten", PART_SORT_UP};
	static const PartPager PAGER = {
	    "nhiệm vụ", 51, 100, 10049, "/nhiem-vu", "/nhiem-vu", "/nhiem-vu?trang=3", "/x"};

	gallery_page(out, &LAYOUT, FIGURES, G_N_ELEMENTS(FIGURES), SEGMENTS, G_N_ELEMENTS(SEGMENTS), &SORT,
	    &PAGER, &CHART);
}

static void
test_gallery(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	render_gallery(out);
	html_check_assert(out->str);
	g_assert_nonnull(strstr(out->str, "1.049"));
	g_assert_nonnull(strstr(out->str, "51–100 trong 10.049 nhiệm vụ"));
}

static void
test_checker(void)
{
	static const char *const BAD[] = {"<p><b></p></b>", "<p>", "</p>", "<i id=\"a\"></i><i id=\"a\"></i>",
	    "<a href=\"#x\"></a>", "<p style=\"a\"></p>", "<p onclick=\"a\"></p>", "<p a=b></p>"};

	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(GString) problems = g_string_new(NULL);

		g_assert_false(html_check(BAD[i], problems));
	}
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--gallery") == 0) {
		g_autoptr(GString) out = g_string_new(NULL);

		render_gallery(out);
		fputs(out->str, stdout);
		return 0;
	}
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html/chart/golden", test_chart_golden);
	g_test_add_func("/html/chart/edges", test_chart_edges);
	g_test_add_func("/html/links", test_links);
	g_test_add_func("/html/bar", test_bar);
	g_test_add_func("/html/gallery", test_gallery);
	g_test_add_func("/html/checker", test_checker);
	return g_test_run();
}
