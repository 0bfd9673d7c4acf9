/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/identity/identity.h"
#include "modules/proposal/proposal_routes.h"
#include "modules/work/tests/fixture.h"

#include <string.h>

/* A commune sets by which steps proposals go; what was raised keeps the way it began. */

#define PRESS "Theo Quy chế làm việc số 5"

static ProposalRoute
two_steps(int32_t from)
{
	return (ProposalRoute){.family = PLAN_FAMILY_STATE,
	    .valid_from = from,
	    .source = PRESS,
	    .steps = {{.role = "thuong-truc", .title = "Phòng thường trực trình", .working_days = 2},
		{.role = "quyet-dinh", .title = "Chủ tịch quyết định", .working_days = 4}},
	    .n_steps = 2};
}

static const char *
set(const Fixture *fixture, const ProposalRoute *route)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;
	const char *problem = NULL;

	proposal_route_set(&scope, route, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

static void
set_well(const Fixture *fixture, const ProposalRoute *route)
{
	g_assert_cmpstr(set(fixture, route), ==, NULL);
}

static void
refused(const Fixture *fixture, const ProposalRoute *route, const char *words)
{
	const char *problem = set(fixture, route);

	g_assert_nonnull(problem);
	if (strstr(problem, words) == NULL)
		g_test_message("\"%s\" holds no \"%s\"", problem, words);
	g_assert_nonnull(strstr(problem, words));
}

static const char *
end(const Fixture *fixture, int32_t from, int32_t last)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;
	const char *problem = NULL;

	proposal_route_end(&scope, PLAN_FAMILY_STATE, from, last, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

/* The title of the first step by which a proposal of plan 1 goes that is raised on a day. */
static const char *
first_on(const Fixture *fixture, int32_t day)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	proposal_route(&scope, 1, day, steps, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(steps->len, >=, 2);
	return ((const ProposalStep *)g_ptr_array_index(steps, 0))->title;
}

static int64_t
raise_on(const Fixture *fixture, int32_t day)
{
	static const Proposal STUCK = {.kind = PROPOSAL_OBSTACLE,
	    .plan_id = 1,
	    .title = "Thiếu máy",
	    .body = "Chưa có kinh phí",
	    .field = "",
	    .new_day = DATE_NONE};
	WorkScope scope = fixture_scope_on(fixture, 0, day);
	g_autoptr(GError) error = NULL;
	ProposalOutcome outcome;

	proposal_raise(&scope, &STUCK, &outcome, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(outcome.problem, ==, NULL);
	return outcome.proposal_id;
}

static int32_t
due_of(const Fixture *fixture, int64_t proposal_id)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;
	Proposal proposal;

	proposal_find(&scope, proposal_id, &proposal, &error);
	g_assert_no_error(error);
	return proposal.due;
}

#define OWN "Phòng thường trực trình"
#define PROGRAM "Cơ quan thường trực tổng hợp, trình"

static void
test_days(Fixture *fixture, gconstpointer unused)
{
	ProposalRoute route = two_steps(APP_TEST_TODAY + 1);
	int64_t before = raise_on(fixture, APP_TEST_TODAY), after;

	(void)unused;
	set_well(fixture, &route);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY), ==, PROGRAM);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY + 1), ==, OWN);
	after = raise_on(fixture, APP_TEST_TODAY + 1);
	g_assert_cmpint(due_of(fixture, before), ==, APP_TEST_TODAY + 3); /* three working days */
	g_assert_cmpint(due_of(fixture, after), ==, APP_TEST_TODAY + 3);  /* two, from the day after */
	/* It has not begun on the fixture's day: set anew, then given up. */
	route.steps[0].title = "Văn phòng trình";
	set_well(fixture, &route);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY + 1), ==, "Văn phòng trình");
	g_assert_cmpstr(end(fixture, APP_TEST_TODAY + 1, APP_TEST_TODAY), ==, NULL);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY + 1), ==, PROGRAM);
	fixture_verify(fixture);
}

static void
test_end(Fixture *fixture, gconstpointer unused)
{
	ProposalRoute route = two_steps(APP_TEST_TODAY);

	(void)unused;
	set_well(fixture, &route);
	refused(fixture, &route, "từ ngày mai");
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY), ==, OWN);
	g_assert_nonnull(
	    strstr(end(fixture, APP_TEST_TODAY, APP_TEST_TODAY - 1), "không được trước hôm nay"));
	g_assert_cmpstr(end(fixture, APP_TEST_TODAY, APP_TEST_TODAY + 5), ==, NULL);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY + 5), ==, OWN);
	g_assert_cmpstr(first_on(fixture, APP_TEST_TODAY + 6), ==, PROGRAM);
	/* The program's own is what is left when there is no other. */
	g_assert_nonnull(strstr(end(fixture, 20270, APP_TEST_TODAY), "đi cùng chương trình"));
	fixture_verify(fixture);
}

static void
test_refused(Fixture *fixture, gconstpointer unused)
{
	ProposalRoute route = two_steps(APP_TEST_TODAY + 1);
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	route.valid_from = APP_TEST_TODAY - 1;
	refused(fixture, &route, "từ hôm nay trở đi");
	route = two_steps(APP_TEST_TODAY + 1);
	route.source = "";
	refused(fixture, &route, "căn cứ");
	route = two_steps(APP_TEST_TODAY + 1);
	route.n_steps = 0;
	refused(fixture, &route, "ít nhất một bước");
	route = two_steps(APP_TEST_TODAY + 1);
	route.steps[0].role = "vua";
	refused(fixture, &route, "Bước 1: không có vai trò này");
	route = two_steps(APP_TEST_TODAY + 1);
	route.steps[1].working_days = 0;
	refused(fixture, &route, "Bước 2: thời hạn");
	route = two_steps(APP_TEST_TODAY + 1);
	route.n_steps = 1;
	refused(fixture, &route, "không có quyền quyết định");
	g_assert_false(proposal_route_end(&scope, PLAN_FAMILY_STATE, 4, APP_TEST_TODAY, &problem, &error));
	fixture_verify(fixture);
}

static void
test_verify(Fixture *fixture, gconstpointer unused)
{
	static const DbSql TAMPER = {.name = "tamper",
	    .sqlite = "UPDATE proposal_route SET role = 'chu-tri' WHERE commune_id = ?1 AND step_no = 2 "
		      "AND set_us > 0",
	    .pg = "UPDATE proposal_route SET role = 'chu-tri' WHERE commune_id = $1 AND step_no = 2 "
		  "AND set_us > 0",
	    .n_params = 1};
	ProposalRoute route = two_steps(APP_TEST_TODAY + 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	(void)unused;
	set_well(fixture, &route);
	g_assert_cmpuint(fixture_count_problems(fixture), ==, 0);
	g_assert_true(db_prepare(fixture->test->db, &TAMPER, &stmt, &error));
	db_bind_int(stmt, 1, fixture->test->commune_id);
	g_assert_true(db_run(stmt, &error));
	g_assert_cmpuint(fixture_count_problems(fixture), ==, 1);
}

static void
check_page(const Fixture *fixture, const char *target, const char *words)
{
	g_autofree char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(fixture->test, target, &body), ==, 200);
	if (g_str_has_prefix(body, "<!"))
		html_check_assert(body);
	if (strstr(body, words) == NULL)
		g_test_message("no \"%s\"", words);
	g_assert_nonnull(strstr(body, words));
}

static void
post(const Fixture *fixture, const char *target, const char *form, int status, const char *words)
{
	g_autofree char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(fixture->test, target, form, &body, NULL), ==, status);
	if (words == NULL)
		return;
	html_check_assert(body);
	if (strstr(body, words) == NULL)
		g_test_message("no \"%s\"", words);
	g_assert_nonnull(strstr(body, words));
}

/* The page as the store that nobody has signed in to shows it. */
static void
test_page(Fixture *fixture, gconstpointer unused)
{
	static const char FORM[] = "he=chinh-quyen&tu-ngay=2026-12-16&can-cu=%3Cb%3EQuy+ch%E1%BA%BF"
				   "&vai-tro-1=thuong-truc&viec-1=Tr%C3%ACnh&so-ngay-1=2"
				   "&vai-tro-4=quyet-dinh&viec-4=Ch%E1%BB%91t&so-ngay-4=4";

	(void)unused;
	raise_on(fixture, APP_TEST_TODAY);
	check_page(fixture, "/tuyen-kien-nghi", "Đang dùng");
	check_page(fixture, "/kien-nghi", "/tuyen-kien-nghi");
	check_page(fixture, "/tuyen-kien-nghi?he=dang", "value=\"Ban Chỉ đạo cho ý kiến\"");
	post(fixture, "/tuyen-kien-nghi",
	    "he=chinh-quyen&tu-ngay=2026-12-16&can-cu=QC&vai-tro-1=thuong-truc&viec-1=Gom&so-ngay-1=2", 422,
	    "value=\"Gom\"");
	post(fixture, "/tuyen-kien-nghi", "he=chinh-quyen&tu-ngay=x&can-cu=QC", 422, "Có hiệu lực từ ngày");
	post(fixture, "/tuyen-kien-nghi", FORM, 303, NULL);
	check_page(fixture, "/tuyen-kien-nghi", "&lt;b&gt;Quy chế");
	check_page(fixture, "/tuyen-kien-nghi", "Sắp dùng");
	check_page(fixture, "/tuyen-kien-nghi.csv", "Kế hoạch của chính quyền,16/12/2026,,2,");
	check_page(fixture, "/tuyen-kien-nghi.json", "\"standing\":\"sap-dung\"");
	post(fixture, "/tuyen-kien-nghi/thoi", "he=chinh-quyen&tu-ngay=2026-12-16", 303, NULL);
	check_page(fixture, "/tuyen-kien-nghi", "đã bỏ");
	post(fixture, "/tuyen-kien-nghi/thoi", "he=chinh-quyen&tu-ngay=2026-12-17", 404, NULL);
	post(fixture, "/tuyen-kien-nghi/thoi", "he=chinh-quyen&tu-ngay=2025-07-01", 422,
	    "đi cùng chương trình");
	fixture_verify(fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/proposal/routes/days", test_days);
	fixture_add("/proposal/routes/end", test_end);
	fixture_add("/proposal/routes/refused", test_refused);
	fixture_add("/proposal/routes/verify", test_verify);
	fixture_add("/proposal/routes/page", test_page);
	return g_test_run();
}
