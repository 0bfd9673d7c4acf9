/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/remind/remind_explain.h"
#include "modules/report/report_explain.h"
#include "modules/report/report_word.h"
#include "modules/work/tests/fixture.h"

#include <string.h>
#include <zip.h>

/* What was asked, answered and not answered goes into the report of the period. */

static void
ask_on(const Fixture *fixture, int32_t day, int64_t agency_id, const char *body, int32_t due)
{
	WorkScope scope = fixture_scope_on(fixture, 0, day);
	const RemindQuestion question = {.plan_id = 1,
	    .agency_id = agency_id,
	    .label = "Quá hạn: 2 trên 9",
	    .path = "/cong-viec?loc=qua-han",
	    .body = body,
	    .due = due};
	g_autoptr(GError) error = NULL;
	const char *problem;
	int64_t explain_no;

	remind_explain_ask(&scope, &question, &explain_no, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

static void
act_on(const Fixture *fixture, int32_t day, int64_t explain_no, RemindExplainKind kind, const char *body)
{
	WorkScope scope =
	    fixture_scope_on(fixture, kind == REMIND_ACCEPT ? fixture->leader : fixture->office, day);
	g_autoptr(GError) error = NULL;
	const char *problem;

	scope.visitor = NULL;
	remind_explain_act(&scope, explain_no, kind, body, DATE_NONE, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
}

/* Asked and settled long ago; open since last month and late; answered; not answered, with time left. */
static void
fill(const Fixture *fixture)
{
	ask_on(fixture, APP_TEST_TODAY - 60, 2, "Chuyện cũ", APP_TEST_TODAY - 50);
	act_on(fixture, APP_TEST_TODAY - 55, 1, REMIND_ANSWER, "Đã xong");
	act_on(fixture, APP_TEST_TODAY - 54, 1, REMIND_ACCEPT, "");
	ask_on(fixture, APP_TEST_TODAY - 30, 1, "Vì sao chưa báo cáo?", APP_TEST_TODAY - 5);
	ask_on(fixture, APP_TEST_TODAY - 4, 2, "Vì sao <chậm> & thiếu?", APP_TEST_TODAY + 1);
	act_on(fixture, APP_TEST_TODAY - 1, 3, REMIND_ANSWER, "Thiếu máy.\nĐã đề nghị cấp.");
	ask_on(fixture, APP_TEST_TODAY, 1, "Kinh phí đâu?", APP_TEST_TODAY + 3);
}

static void
collect(const Fixture *fixture, int32_t from, int32_t to, ReportExplainView *view)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;

	*view = (ReportExplainView){.from = from, .to = to, .commune = "xã Bình Nguyệt"};
	report_explain_collect(&scope, view, &error);
	g_assert_no_error(error);
}

static void
test_period(Fixture *fixture, gconstpointer unused)
{
	ReportExplainView view;

	(void)unused;
	fill(fixture);
	collect(fixture, APP_TEST_TODAY - 14, APP_TEST_TODAY, &view);
	g_assert_cmpstr(
	    view.summary, ==, "Có 3 yêu cầu giải trình: 1 đã trả lời, 2 chưa trả lời, trong đó 1 quá hạn.");
	g_assert_cmpstr(view.late_who, ==, "Công an xã (1)");
	g_assert_cmpstr(view.rows[0].standing, ==, "Chưa trả lời, quá hạn 5 ngày");
	g_assert_cmpstr(view.rows[2].standing, ==, "Chưa trả lời");
	/* Of the months before: what was settled there, not what came later. */
	collect(fixture, APP_TEST_TODAY - 60, APP_TEST_TODAY - 40, &view);
	g_assert_cmpuint(view.n_rows, ==, 1);
	g_assert_cmpuint(view.n_answered, ==, 1);
}

static void
check_golden(const char *text, const char *name)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", name, NULL), *want = NULL;
	g_autoptr(GError) error = NULL;

	if (g_getenv("UPDATE_GOLDEN") != NULL)
		g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_file_get_contents(path, &want, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, want);
}

/* The part of a package; the caller's. */
static char *
part_of(const char *bytes, size_t len, const char *name)
{
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	zip_stat_t stat;
	zip_file_t *file;
	char *text;

	g_assert_nonnull(zip);
	g_assert_cmpint(zip_stat(zip, name, 0, &stat), ==, 0);
	file = zip_fopen(zip, name, 0);
	text = g_malloc0(stat.size + 1);
	g_assert_cmpint(zip_fread(file, text, stat.size), ==, (zip_int64_t)stat.size);
	zip_fclose(file);
	zip_discard(zip);
	return text;
}

static void
test_word(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GString) body = g_string_new(NULL), file = g_string_new(NULL), again = g_string_new(NULL);
	g_autofree char *document = NULL;
	g_autoptr(GError) error = NULL;
	ReportExplainView view;

	(void)unused;
	fill(fixture);
	collect(fixture, APP_TEST_TODAY - 14, APP_TEST_TODAY, &view);
	report_explain_word(&view, body);
	check_golden(body->str, "explain.xml");
	g_assert_true(report_word_finish(body, file, &error));
	document = part_of(file->str, file->len, "word/document.xml");
	g_assert_nonnull(strstr(document, body->str));
	g_assert_nonnull(strstr(document, "Vì sao &lt;chậm&gt; &amp; thiếu?"));
	g_assert_true(report_word_finish(body, again, &error));
	g_assert_true(g_string_equal(file, again));
	if (g_getenv("NAMRO_KEEP_WORD") != NULL)
		g_assert_true(
		    g_file_set_contents(g_getenv("NAMRO_KEEP_WORD"), file->str, (gssize)file->len, NULL));
}

static void
test_page(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *empty = NULL, *body = NULL, *file = NULL, *wrong = NULL;
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", "explain.html", NULL);

	(void)unused;
	g_assert_cmpint(app_test_get(fixture->test, "/bao-cao-giai-trinh", &empty), ==, 200);
	html_check_assert(empty);
	g_assert_nonnull(strstr(empty, "Không có yêu cầu giải trình nào"));
	fill(fixture);
	g_assert_cmpint(
	    app_test_get(fixture->test, "/bao-cao-giai-trinh?tu=2026-12-01&den=2026-12-15", &body), ==, 200);
	html_check_assert(body);
	html_check_golden(body, path);
	g_assert_cmpint(
	    app_test_get(fixture->test, "/bao-cao-giai-trinh/tep?tu=2026-12-01&den=2026-12-15", &file), ==,
	    200);
	g_assert_true(g_str_has_prefix(file, "PK"));
	g_assert_cmpint(app_test_get(fixture->test, "/bao-cao-giai-trinh?tu=hôm+nay", &wrong), ==, 422);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/report/explain/period", test_period);
	fixture_add("/report/explain/word", test_word);
	fixture_add("/report/explain/page", test_page);
	return g_test_run();
}
