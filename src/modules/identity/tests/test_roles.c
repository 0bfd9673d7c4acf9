/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "app/testing.h"
#include "base/date.h"
#include "html/tests/html_check.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/identity_post_store.h"
#include "modules/identity/role_pages.h"
#include "modules/identity/tests/accounts.h"
#include "modules/intake/tests/sample.h"
#include "storage/txn.h"

#include <string.h>

/* Roles of a plan, what does not go together, and what a visitor sees of it. The sample plan is stored twice:
 * plan 1 and its newer version 2. */

#define PASSWORD "M%E1%BA%ADt-kh%E1%BA%A9u-s%E1%BB%91-1"
#define POLICE 1
#define OFFICE 2
#define MARK "name=\"dau-phien\" value=\""

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	int64_t admin, chief, an, binh; /* accounts; An and Bình work in the office, Bình heads it */
	const char *problem;
	GError *error;
} Fixture;

static IdentityScope
scope_of(const Fixture *fixture)
{
	return accounts_scope(fixture->test->app, fixture->arena);
}

static int64_t
add(const Fixture *fixture, const char *login, IdentityKind kind, const char *role)
{
	return accounts_add(fixture->test->app, fixture->arena,
	    &(IdentityNew){.login = login,
		.name = arena_printf(fixture->arena, "Người %s", login),
		.position = "Chuyên viên",
		.kind = kind,
		.role = role});
}

static int64_t
person_of(const Fixture *fixture, int64_t account_id)
{
	IdentityScope scope = scope_of(fixture);
	IdentityAccount account;

	g_assert_true(identity_find(&scope, account_id, &account, NULL));
	return account.person_id;
}

static void
add_post(const Fixture *fixture, int64_t account_id, int64_t agency_id, IdentityRank rank)
{
	IdentityScope scope = scope_of(fixture);
	IdentityPost post = {.person_id = person_of(fixture, account_id),
	    .agency_id = agency_id,
	    .position = "",
	    .rank = rank,
	    .is_main = true,
	    .valid_from = APP_TEST_TODAY - 100,
	    .valid_to = DATE_NONE};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	db_txn_begin(fixture->test->db, &txn, &error);
	identity_post_store_insert(&scope, &post, &error);
	db_txn_commit(txn, &error);
	g_assert_no_error(error);
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeResult result;

	(void)unused;
	identity_rate_reset();
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
	sample_store(fixture->test);
	g_ptr_array_add(readings, sample_reading("Chuyển đổi số, bản thay thế"));
	intake_store(fixture->test->app, readings, &result, &error);
	g_assert_no_error(error);
	fixture->admin = add(fixture, "quan-tri", IDENTITY_ADMIN, NULL);
	fixture->chief = add(fixture, "chu-tich", IDENTITY_WORK, "lanh-dao");
	fixture->an = add(fixture, "an", IDENTITY_WORK, NULL);
	fixture->binh = add(fixture, "binh", IDENTITY_WORK, NULL);
	add_post(fixture, fixture->an, OFFICE, IDENTITY_MEMBER);
	add_post(fixture, fixture->binh, OFFICE, IDENTITY_HEAD);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	g_clear_error(&fixture->error);
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

static IdentityPlanRole
role_for(const char *role, IdentityWho who, int64_t agency_id, int64_t account_id)
{
	return (IdentityPlanRole){.plan_id = 1,
	    .role = role,
	    .who = who,
	    .agency_id = agency_id,
	    .account_id = account_id,
	    .valid_from = APP_TEST_TODAY,
	    .valid_to = DATE_NONE,
	    .source = "Quyết định số 12/QĐ-UBND",
	    .item = ""};
}

/* Gives the role; the problem stands in the fixture. */
static int64_t
give(Fixture *fixture, IdentityPlanRole row)
{
	IdentityScope scope = scope_of(fixture);
	int64_t number = 0;

	identity_plan_role_add(&scope, &row, &number, &fixture->problem, &fixture->error);
	g_assert_no_error(fixture->error);
	return number;
}

static AppAnswer
ask(Fixture *fixture, int64_t account_id, const char *permission, const AppTarget *target)
{
	IdentityScope scope = scope_of(fixture);
	AppVisitor visitor;
	AppDuties duties;

	g_assert_true(identity_visitor_of(&scope, account_id, &visitor, &fixture->error));
	g_assert_true(identity_duties_read(
	    scope.db, scope.commune_id, instant_day(scope.now_us), scope.arena, &duties, &fixture->error));
	return app_access_of(&visitor, &duties, permission, target, fixture->arena);
}

static bool
may(Fixture *fixture, int64_t account_id, const char *permission, const AppTarget *target)
{
	return ask(fixture, account_id, permission, target).is_allowed;
}

static const int64_t OFFICE_ROW[] = {OFFICE}, POLICE_ROW[] = {POLICE};

/* A row that the office leads and the police help with, and the other way round. */
static const AppTarget LED = {
    .plan_id = 1, .leads = OFFICE_ROW, .n_leads = 1, .coordinating = POLICE_ROW, .n_coordinating = 1};
static const AppTarget HELPED = {
    .plan_id = 1, .leads = POLICE_ROW, .n_leads = 1, .coordinating = OFFICE_ROW, .n_coordinating = 1};
static const AppTarget PLAN_1 = {.plan_id = 1}, PLAN_2 = {.plan_id = 2};

static void
test_post(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_assert_true(may(fixture, fixture->an, APP_UPDATE, &LED));
	g_assert_cmpstr(ask(fixture, fixture->an, APP_UPDATE, &LED).reason, ==,
	    "vì là người của đơn vị chủ trì (Văn phòng HĐND và UBND)");
	g_assert_false(may(fixture, fixture->an, APP_UPDATE, &HELPED));
	g_assert_true(may(fixture, fixture->an, APP_CONTRIBUTE, &HELPED));
	g_assert_true(may(fixture, fixture->an, APP_READ, &PLAN_2));
	g_assert_false(may(fixture, fixture->an, APP_READ, NULL));
	g_assert_false(may(fixture, fixture->an, APP_APPROVE, &LED));
	g_assert_true(may(fixture, fixture->binh, APP_APPROVE, &LED));
	g_assert_false(may(fixture, fixture->binh, APP_APPROVE, &HELPED));
	g_assert_true(may(fixture, fixture->an, APP_PROPOSE, &LED));
	g_assert_false(may(fixture, fixture->an, APP_PROPOSE, &PLAN_1));
	g_assert_false(may(fixture, fixture->an, APP_REVIEW, NULL)); /* of the commune as a whole */
	g_assert_false(may(fixture, fixture->chief, APP_UPDATE, &LED));
}

/* A post counts for what the unit has become, and for what was merged into it. */
static void
test_merged(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityScope scope = scope_of(fixture);
	AgencyScope units = {
	    scope.db, scope.commune_id, scope.now_us, APP_TEST_TODAY, scope.actor, scope.arena};
	AgencyBasis basis = {
	    .day = APP_TEST_TODAY, .decision = "1/QĐ", .decision_day = DATE_NONE, .note = ""};
	AgencyData data = {.name = "Văn phòng mới", .short_name = "", .code = "", .kind = ""};
	g_auto(AgencyOutcome) outcome = {0};
	int64_t now;

	g_assert_true(agency_merge(&units, &basis, (const int64_t[]){OFFICE, POLICE}, 2, 0, &data, &outcome,
	    &fixture->problem, &fixture->error));
	g_assert_null(fixture->problem);
	now = g_array_index(outcome.agency_ids, int64_t, 0);
	g_assert_true(may(fixture, fixture->an, APP_UPDATE, &LED));
	g_assert_true(may(fixture, fixture->an, APP_UPDATE, &HELPED));
	g_assert_true(
	    may(fixture, fixture->an, APP_UPDATE, &(AppTarget){.plan_id = 1, .leads = &now, .n_leads = 1}));
}

static void
test_plan_role(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityPlanRole row = role_for("thuong-truc", IDENTITY_WHO_HEAD, OFFICE, 0);
	IdentityScope scope = scope_of(fixture);
	int64_t number;

	g_assert_false(may(fixture, fixture->binh, APP_OPERATE, &PLAN_1));
	number = give(fixture, row);
	g_assert_null(fixture->problem);
	g_assert_true(may(fixture, fixture->binh, APP_OPERATE, &PLAN_1));
	g_assert_cmpstr(ask(fixture, fixture->binh, APP_OPERATE, &PLAN_1).reason, ==,
	    "vì là người của Văn phòng HĐND và UBND, giữ vai trò “Cơ quan thường trực” trong kế hoạch này");
	g_assert_false(may(fixture, fixture->binh, APP_OPERATE, &PLAN_2));
	g_assert_false(may(fixture, fixture->an, APP_OPERATE, &PLAN_1)); /* the head alone */
	g_assert_false(
	    may(fixture, fixture->binh, APP_PUBLISH, NULL)); /* of one plan: nothing of the commune */
	give(fixture, row);
	g_assert_nonnull(fixture->problem); /* twice the same */
	g_assert_true(
	    identity_plan_role_decide(&scope, number, IDENTITY_ENDED, &fixture->problem, &fixture->error));
	g_assert_null(fixture->problem);
	g_assert_false(may(fixture, fixture->binh, APP_OPERATE, &PLAN_1));
	g_assert_true(
	    identity_plan_role_decide(&scope, number, IDENTITY_ENDED, &fixture->problem, &fixture->error));
	g_assert_nonnull(fixture->problem); /* it has ended already */
}

static void
test_days(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityPlanRole row = role_for("danh-gia", IDENTITY_WHO_ACCOUNT, 0, fixture->chief);

	row.valid_from = APP_TEST_TODAY + 1;
	row.valid_to = APP_TEST_TODAY + 2;
	give(fixture, row);
	g_assert_null(fixture->problem);
	g_assert_false(may(fixture, fixture->chief, APP_GRADE, &PLAN_1));
	app_test_set_clock(fixture->test, INSTANT_DAY);
	g_assert_true(may(fixture, fixture->chief, APP_GRADE, &PLAN_1));
	app_test_set_clock(fixture->test, 3 * INSTANT_DAY);
	g_assert_false(may(fixture, fixture->chief, APP_GRADE, &PLAN_1));
}

static void
test_refused_rows(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityPlanRole row = role_for("quan-tri", IDENTITY_WHO_PEOPLE, OFFICE, 0);

	give(fixture, row);
	g_assert_cmpstr(fixture->problem, ==, "Vai trò này không giao theo kế hoạch.");
	row = role_for("giup-viec", IDENTITY_WHO_PEOPLE, 0, 0);
	give(fixture, row);
	g_assert_nonnull(fixture->problem);
	row = role_for("giup-viec", IDENTITY_WHO_PEOPLE, 999, 0);
	give(fixture, row);
	g_assert_cmpstr(fixture->problem, ==, "Không có cơ quan này.");
	row = role_for("giup-viec", IDENTITY_WHO_PEOPLE, OFFICE, 0);
	row.plan_id = 9;
	give(fixture, row);
	g_assert_cmpstr(fixture->problem, ==, "Không có kế hoạch này.");
	row.plan_id = 1;
	row.source = "";
	give(fixture, row);
	g_assert_nonnull(fixture->problem);
	row.source = "Quyết định 1";
	row.valid_to = row.valid_from - 1;
	give(fixture, row);
	g_assert_nonnull(fixture->problem);
}

/* Nobody gives himself a role, or confirms his own. */
static void
test_own_role(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityPlanRole row = role_for("quyet-dinh", IDENTITY_WHO_ACCOUNT, 0, fixture->chief);
	IdentityScope scope = scope_of(fixture);
	int64_t number;

	scope.actor.person_id = person_of(fixture, fixture->chief);
	identity_plan_role_add(&scope, &row, &number, &fixture->problem, &fixture->error);
	g_assert_no_error(fixture->error);
	g_assert_nonnull(strstr(fixture->problem, "tự giao"));
}

static void
test_conflicts(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	IdentityScope scope = scope_of(fixture);

	give(fixture, role_for("thuong-truc", IDENTITY_WHO_PEOPLE, OFFICE, 0));
	g_assert_null(fixture->problem);
	give(fixture, role_for("danh-gia", IDENTITY_WHO_ACCOUNT, 0, fixture->an));
	g_assert_nonnull(strstr(fixture->problem, "“Cơ quan thường trực”"));
	g_assert_nonnull(strstr(fixture->problem, "“Đơn vị đánh giá, chấm điểm”"));
	g_assert_nonnull(
	    strstr(fixture->problem, "Người quyết định: Thường trực Đảng ủy hoặc Chủ tịch UBND"));
	g_assert_true(identity_plan_roles(&scope, 1, rows, &fixture->error));
	g_assert_cmpuint(rows->len, ==, 1); /* nothing was left of it */
	/* For the commune as a whole it would count in the plan too. */
	g_assert_true(
	    identity_grant(&scope, fixture->an, "kiem-tra", true, &fixture->problem, &fixture->error));
	g_assert_nonnull(strstr(fixture->problem, "“Kiểm tra, giám sát”"));
	/* Another plan is another matter. */
	give(fixture, (IdentityPlanRole){.plan_id = 2,
			  .role = "danh-gia",
			  .who = IDENTITY_WHO_ACCOUNT,
			  .account_id = fixture->an,
			  .valid_from = APP_TEST_TODAY,
			  .valid_to = DATE_NONE,
			  .source = "Quyết định 2",
			  .item = ""});
	g_assert_null(fixture->problem);
	g_assert_true(identity_conflicts(&scope, 0, conflicts, &fixture->error));
	g_assert_cmpuint(conflicts->len, ==, 0);
}

/* What came about without being given is listed, and does not help: who consolidates cannot grade. */
static void
test_late_conflict(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();
	IdentityScope scope = scope_of(fixture);
	AppAnswer answer;

	give(fixture, role_for("thuong-truc", IDENTITY_WHO_PEOPLE, OFFICE, 0));
	give(fixture, role_for("danh-gia", IDENTITY_WHO_ACCOUNT, 0, fixture->chief));
	g_assert_null(fixture->problem);
	g_assert_true(may(fixture, fixture->chief, APP_GRADE, &PLAN_1));
	add_post(fixture, fixture->chief, OFFICE, IDENTITY_MEMBER);
	g_assert_true(identity_conflicts(&scope, 0, conflicts, &fixture->error));
	g_assert_cmpuint(conflicts->len, ==, 1);
	g_assert_cmpint(
	    ((const IdentityConflict *)g_ptr_array_index(conflicts, 0))->account_id, ==, fixture->chief);
	answer = ask(fixture, fixture->chief, APP_GRADE, &PLAN_1);
	g_assert_false(answer.is_allowed);
	g_assert_nonnull(strstr(answer.reason, "trong cùng kế hoạch"));
	g_assert_true(may(fixture, fixture->chief, APP_CONSOLIDATE, &PLAN_1));
}

static void
test_same_object(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	AppTarget change = {.plan_id = 1, .done_by = person_of(fixture, fixture->chief), .done = APP_PROPOSE};
	AppTarget row = LED;

	give(fixture, role_for("quyet-dinh", IDENTITY_WHO_ACCOUNT, 0, fixture->chief));
	g_assert_null(fixture->problem);
	g_assert_false(may(fixture, fixture->chief, APP_DECIDE, &change));
	change.done_by = person_of(fixture, fixture->an);
	g_assert_true(may(fixture, fixture->chief, APP_DECIDE, &change));
	give(fixture, role_for("ban-chi-dao", IDENTITY_WHO_ACCOUNT, 0, fixture->an));
	g_assert_null(fixture->problem);
	row.done = APP_UPDATE;
	row.done_by = person_of(fixture, fixture->an);
	g_assert_false(may(fixture, fixture->an, APP_ACCEPT, &row));
	row.done_by = person_of(fixture, fixture->binh);
	g_assert_true(may(fixture, fixture->an, APP_ACCEPT, &row));
	/* Nobody grades his own agency. */
	give(fixture, role_for("danh-gia", IDENTITY_WHO_ACCOUNT, 0, fixture->binh));
	g_assert_null(fixture->problem);
	g_assert_false(may(fixture, fixture->binh, APP_GRADE, &LED));
	g_assert_true(may(fixture, fixture->binh, APP_GRADE, &HELPED));
}

/* An administrator's account does no work on plans, whatever it is given. */
static void
test_admin_account(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	IdentityScope scope = scope_of(fixture);

	g_assert_true(
	    identity_grant(&scope, fixture->admin, "thuong-truc", true, &fixture->problem, &fixture->error));
	g_assert_nonnull(strstr(fixture->problem, "tài khoản quản trị"));
	add_post(fixture, fixture->admin, OFFICE, IDENTITY_HEAD);
	g_assert_false(may(fixture, fixture->admin, APP_UPDATE, &LED));
	g_assert_false(may(fixture, fixture->admin, APP_APPROVE, &LED));
	g_assert_false(may(fixture, fixture->admin, APP_DOWNLOAD, &PLAN_1));
	g_assert_true(may(fixture, fixture->admin, APP_ROLES, &PLAN_1));
}

/* What a plan says about roles is proposed once, and counts for nothing until somebody confirms it. */
static void
test_proposals(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	static const DbSql DUTY = {.name = "duty",
	    .sqlite =
		"UPDATE agency_duty SET body = 'Là cơ quan thường trực Ban Chỉ đạo.' WHERE commune_id = ?1",
	    .pg = "UPDATE agency_duty SET body = 'Là cơ quan thường trực Ban Chỉ đạo.' WHERE commune_id = $1",
	    .n_params = 1};
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	IdentityScope scope = scope_of(fixture);
	g_autoptr(DbStmt) stmt = NULL;
	const IdentityPlanRole *row;
	int64_t n;

	g_assert_true(db_prepare(fixture->test->db, &DUTY, &stmt, &fixture->error));
	db_bind_int(stmt, 1, fixture->test->commune_id);
	g_assert_true(db_run(stmt, &fixture->error));
	g_assert_true(identity_plan_role_propose(&scope, 1, &n, &fixture->error));
	g_assert_cmpint(n, ==, 1);
	g_assert_true(identity_plan_role_propose(&scope, 1, &n, &fixture->error));
	g_assert_cmpint(n, ==, 0);
	g_assert_true(identity_plan_roles(&scope, 1, rows, &fixture->error));
	g_assert_cmpuint(rows->len, ==, 1);
	row = g_ptr_array_index(rows, 0);
	g_assert_cmpstr(row->role, ==, "thuong-truc");
	g_assert_cmpint(row->agency_id, ==, OFFICE);
	g_assert_cmpint(row->standing, ==, IDENTITY_PROPOSED);
	g_assert_nonnull(strstr(row->source, "Là cơ quan thường trực"));
	g_assert_false(may(fixture, fixture->an, APP_OPERATE, &PLAN_1));
	g_assert_true(identity_plan_role_decide(
	    &scope, row->plan_role_no, IDENTITY_CONFIRMED, &fixture->problem, &fixture->error));
	g_assert_null(fixture->problem);
	g_assert_true(may(fixture, fixture->an, APP_OPERATE, &PLAN_1));
}

static guint
count_findings(Fixture *fixture)
{
	g_auto(LedgerReport) report = {.problems = g_ptr_array_new_with_free_func(g_free)};

	g_assert_true(identity_plan_role_verify(
	    fixture->test->db, fixture->test->commune_id, &report, &fixture->error));
	g_assert_true(
	    identity_review_verify(fixture->test->db, fixture->test->commune_id, &report, &fixture->error));
	g_assert_no_error(fixture->error);
	return report.problems->len;
}

/* Whoever changes a role in the table alone is found out. */
static void
test_verify(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	static const DbSql TAMPER = {.name = "tamper",
	    .sqlite = "UPDATE identity_plan_role SET role = 'quyet-dinh' WHERE commune_id = ?1",
	    .pg = "UPDATE identity_plan_role SET role = 'quyet-dinh' WHERE commune_id = $1",
	    .n_params = 1};
	g_autoptr(DbStmt) stmt = NULL;

	give(fixture, role_for("giup-viec", IDENTITY_WHO_PEOPLE, OFFICE, 0));
	g_assert_cmpuint(count_findings(fixture), ==, 0);
	g_assert_true(db_prepare(fixture->test->db, &TAMPER, &stmt, &fixture->error));
	db_bind_int(stmt, 1, fixture->test->commune_id);
	g_assert_true(db_run(stmt, &fixture->error));
	g_assert_cmpuint(count_findings(fixture), ==, 1);
}

/* --- the review
 * ---------------------------------------------------------------------------------------------- */

static const IdentityReviewItem *
item_of(Fixture *fixture, GPtrArray *items, int64_t account_id)
{
	IdentityScope scope = scope_of(fixture);

	g_ptr_array_set_size(items, 0);
	g_assert_true(identity_review_items(&scope, items, &fixture->error));
	for (guint i = 0; i < items->len; i++)
		if (((const IdentityReviewItem *)g_ptr_array_index(items, i))->account_id == account_id)
			return g_ptr_array_index(items, i);
	return NULL;
}

static void
test_review(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	const IdentityReviewItem *item = item_of(fixture, items, fixture->chief);
	IdentityScope scope;
	int32_t due;
	int64_t n_due;

	g_assert_cmpint(item->due, ==, date_add_months(APP_TEST_TODAY, 6));
	g_assert_cmpstr(item->given_by, ==, "người thử");
	app_test_set_clock(fixture->test, 200 * INSTANT_DAY);
	scope = scope_of(fixture);
	g_assert_true(identity_review_next(&scope, APP_TEST_TODAY + 200, &due, &n_due, &fixture->error));
	g_assert_cmpint(n_due, ==, 2);
	g_assert_true(identity_review_record(
	    &scope, item, fixture->chief, IDENTITY_REVIEW_KEPT, &fixture->problem, &fixture->error));
	g_assert_nonnull(strstr(fixture->problem, "của chính mình"));
	g_assert_true(identity_review_record(
	    &scope, item, fixture->admin, IDENTITY_REVIEW_KEPT, &fixture->problem, &fixture->error));
	g_assert_null(fixture->problem);
	item = item_of(fixture, items, fixture->chief);
	g_assert_cmpint(item->due, ==, date_add_months(APP_TEST_TODAY + 200, 6));
	g_assert_cmpstr(item->reviewed_by, ==, "người thử");
	g_assert_true(identity_review_record(
	    &scope, item, fixture->admin, IDENTITY_REVIEW_TAKEN, &fixture->problem, &fixture->error));
	g_assert_null(fixture->problem);
	g_assert_null(item_of(fixture, items, fixture->chief));
	g_assert_false(may(fixture, fixture->chief, APP_READ, &PLAN_1));
	g_assert_true(identity_review_record(
	    &scope, item, fixture->admin, IDENTITY_REVIEW_KEPT, &fixture->problem, &fixture->error));
	g_assert_nonnull(fixture->problem); /* it is gone */
	g_assert_cmpuint(count_findings(fixture), ==, 0);
}

/* The last administrator stays, and nothing is written of having taken the role. */
static void
test_review_last_admin(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	const IdentityReviewItem *item = item_of(fixture, items, fixture->admin);
	IdentityScope scope = scope_of(fixture);

	g_assert_true(identity_review_record(
	    &scope, item, 0, IDENTITY_REVIEW_TAKEN, &fixture->problem, &fixture->error));
	g_assert_nonnull(strstr(fixture->problem, "cuối cùng"));
	g_assert_cmpint(item_of(fixture, items, fixture->admin)->reviewed_us, ==, 0);
}

/* --- pages
 * --------------------------------------------------------------------------------------------------- */

static void
sign_in(Fixture *fixture, const char *login)
{
	const char *form = arena_printf(fixture->arena, "ten=%s&mat-khau=%s&ma=", login, PASSWORD);

	fixture->test->cookies = NULL;
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap", form, NULL, NULL), ==, 303);
	fixture->test->cookies =
	    arena_strndup(fixture->arena, fixture->test->set_cookie, strcspn(fixture->test->set_cookie, ";"));
}

static int
get(Fixture *fixture, const char *target, const char **ret_body)
{
	g_autofree char *body = NULL;
	int status = app_test_get(fixture->test, target, &body);

	g_test_message("GET %s: %d", target, status);
	if (status == 200 && strstr(target, ".csv") == NULL && strstr(target, ".json") == NULL)
		html_check_assert(body);
	if (ret_body != NULL)
		*ret_body = arena_strdup(fixture->arena, body);
	return status;
}

static int
post(Fixture *fixture, const char *target, const char *form, const char **ret_body)
{
	g_autofree char *page = NULL, *body = NULL;
	const char *mark;
	int status;

	app_test_get(fixture->test, "/tai-khoan", &page);
	mark = strstr(page, MARK);
	g_assert_nonnull(mark);
	mark += strlen(MARK);
	form = arena_printf(fixture->arena, "dau-phien=%.*s&%s", (int)strcspn(mark, "\""), mark, form);
	status = app_test_post(fixture->test, target, form, &body, NULL);
	g_test_message("POST %s: %d", target, status);
	if (status == 200 || status == 422)
		html_check_assert(body);
	if (ret_body != NULL)
		*ret_body = arena_strdup(fixture->arena, body);
	return status;
}

static const char *
example_of(Arena *arena, const char *pattern)
{
	g_auto(GStrv) parts = g_strsplit(pattern, "/", -1);
	g_autofree char *path = NULL;

	for (char **part = parts; *part != NULL; part++)
		if (**part == '{') {
			bool is_image = strcmp(*part, "{trang}") == 0;

			g_free(*part);
			*part = g_strdup(is_image ? "1.png" : "1");
		}
	path = g_strjoinv("/", parts);
	return arena_strdup(arena, path);
}

/* What belongs to the commune and no plan (its calendar, its units) may be shown; nothing of the plan may. */
static void
assert_nothing_of_plan_2(Fixture *fixture, const char *path)
{
	const char *body;
	int status = get(fixture, arena_printf(fixture->arena, "%s?ke-hoach=2", path), &body);

	if (status == 403 || status == 404)
		return;
	g_assert_cmpint(status, ==, 200);
	g_assert_null(strstr(body, "bản thay thế"));
	g_assert_null(strstr(body, "ke-hoach=2\""));
}

/* Somebody with a role in plan 1 alone sees nothing of plan 2, by whatever page, and reads of plan 1 what the
 * role lets. */
static void
test_other_plan(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	int64_t guest = add(fixture, "khach", IDENTITY_WORK, NULL);
	const char *body;
	int n = 0;

	sign_in(fixture, "khach");
	g_assert_cmpint(get(fixture, "/", NULL), ==, 403);
	give(fixture, role_for("danh-gia", IDENTITY_WHO_ACCOUNT, 0, guest));
	g_assert_null(fixture->problem);
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			const char *path = example_of(fixture->arena, route->pattern);

			if (route->method == HTTP_POST || (strcmp(route->permission, APP_READ) != 0 &&
							      strcmp(route->permission, APP_DOWNLOAD) != 0))
				continue;
			assert_nothing_of_plan_2(fixture, path);
			g_assert_cmpint(
			    get(fixture, arena_printf(fixture->arena, "%s?ke-hoach=1", path), NULL), !=, 403);
			n++;
		}
	g_assert_cmpint(n, >, 10);
	g_assert_cmpint(get(fixture, "/", &body), ==, 200); /* the plan that may be read */
	g_assert_null(strstr(body, "bản thay thế"));
	g_assert_null(strstr(body, "id=\"chon-ke-hoach\""));
}

static void
test_menu(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	const char *body;

	sign_in(fixture, "an");
	g_assert_cmpint(get(fixture, "/vai-tro?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "href=\"/nhiem-vu?"));
	g_assert_null(strstr(body, "href=\"/nhat-ky"));
	g_assert_null(strstr(body, "id=\"giao\"")); /* no form that would be refused */
	g_assert_null(strstr(body, "/vai-tro/de-xuat"));
	g_assert_cmpint(get(fixture, "/nhat-ky", &body), ==, 403);
	g_assert_nonnull(strstr(body, "Việc này cần quyền “xem nhật ký”"));
	g_assert_nonnull(strstr(body, "Lãnh đạo, Kiểm tra, giám sát"));
	g_assert_nonnull(strstr(body, "Người an")); /* the frame knows who it is */
	g_assert_cmpint(get(fixture, "/khong-co-trang-nay", &body), ==, 404);
	g_assert_null(strstr(body, "href=\"/nhat-ky"));
	g_assert_cmpint(post(fixture, "/vai-tro?ke-hoach=1", "vai-tro=giup-viec", &body), ==, 403);
	g_assert_nonnull(strstr(body, "xác nhận vai trò trong kế hoạch"));
	sign_in(fixture, "chu-tich");
	g_assert_cmpint(get(fixture, "/vai-tro", &body), ==, 200);
	g_assert_nonnull(strstr(body, "href=\"/nhat-ky"));
	g_assert_nonnull(strstr(body, "id=\"giao\""));
}

static void
test_plan_role_pages(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	static const char GIVE[] =
	    "vai-tro=thuong-truc&ai=moi-nguoi&co-quan=2&tu-ngay=2026-12-01&den-ngay=&can-cu=";
	const char *body;

	sign_in(fixture, "chu-tich");
	g_assert_cmpint(get(fixture, "/vai-tro?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Chưa giao vai trò nào"));
	g_assert_cmpint(post(fixture, "/vai-tro?ke-hoach=1", GIVE, &body), ==, 422);
	g_assert_nonnull(strstr(body, "Hãy ghi căn cứ"));
	g_assert_nonnull(strstr(body, "value=\"2026-12-01\"")); /* what was typed is kept */
	g_assert_nonnull(strstr(body, "<option value=\"2\" selected>"));
	g_assert_cmpint(post(fixture, "/vai-tro?ke-hoach=1",
			    arena_printf(fixture->arena, "%s%s", GIVE, "Q%C4%90%20%3Cb%3E12"), NULL),
	    ==, 303);
	g_assert_cmpint(get(fixture, "/vai-tro?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "QĐ &lt;b&gt;12"));
	g_assert_cmpint(get(fixture, "/vai-tro.csv?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Cơ quan thường trực,Văn phòng HĐND và UBND: Mọi người của cơ quan"));
	g_assert_cmpint(get(fixture, "/vai-tro.json?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "\"role\":\"thuong-truc\""));
	g_assert_cmpint(post(fixture, "/vai-tro/1?ke-hoach=1", "viec=gi-do", NULL), ==, 422);
	g_assert_cmpint(post(fixture, "/vai-tro/9?ke-hoach=1", "viec=thu", NULL), ==, 404);
	g_assert_cmpint(post(fixture, "/vai-tro/1?ke-hoach=1", "viec=thu", NULL), ==, 303);
	g_assert_cmpint(get(fixture, "/vai-tro?ke-hoach=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Xem cả 1 vai trò đã thu"));
	g_assert_cmpint(get(fixture, "/vai-tro?ke-hoach=1&da-thu=co", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Đã thu"));
	g_assert_cmpint(
	    post(fixture, "/vai-tro/de-xuat?ke-hoach=1", "", NULL), ==, 422); /* nothing is said */
}

/* An administrator needs a second factor before these pages. */
static void
sign_in_admin(Fixture *fixture)
{
	static const uint8_t SECRET[] = "12345678901234567890";
	g_autoptr(GPtrArray) codes = g_ptr_array_new();
	IdentityScope scope = scope_of(fixture);
	const char *form;

	g_assert_true(identity_set_totp(&scope, fixture->admin, SECRET, 0, codes, &fixture->error));
	form = arena_printf(fixture->arena, "ten=quan-tri&mat-khau=%s&ma=%06u", PASSWORD,
	    identity_totp_code(SECRET, 20, scope.now_us / (30 * INSTANT_SECOND), 6));
	fixture->test->cookies = NULL;
	g_assert_cmpint(app_test_post(fixture->test, "/dang-nhap", form, NULL, NULL), ==, 303);
	fixture->test->cookies =
	    arena_strndup(fixture->arena, fixture->test->set_cookie, strcspn(fixture->test->set_cookie, ";"));
}

static void
test_review_page(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new();
	const char *body;

	sign_in_admin(fixture);
	g_assert_cmpint(get(fixture, IDENTITY_REVIEW_PATH, &body), ==, 200);
	g_assert_nonnull(strstr(body, "name=\"q-2-0-lanh-dao\""));
	g_assert_null(strstr(body, "name=\"q-1-0-quan-tri\"")); /* one's own */
	g_assert_cmpint(get(fixture, IDENTITY_REVIEW_PATH "?han=qua-han", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Không có quyền nào quá hạn"));
	g_assert_cmpint(get(fixture, IDENTITY_REVIEW_PATH ".csv", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Người chu-tich (chu-tich),Lãnh đạo,toàn xã"));
	g_assert_cmpint(post(fixture, IDENTITY_REVIEW_PATH, "", &body), ==, 422);
	g_assert_nonnull(strstr(body, "Chưa chọn quyền nào"));
	/* What the page did not show is not kept along. */
	g_assert_cmpint(post(fixture, IDENTITY_REVIEW_PATH, "con-lai=giu", NULL), ==, 422);
	g_assert_cmpint(
	    post(fixture, IDENTITY_REVIEW_PATH, "con-lai=giu&hien-q-2-0-lanh-dao=1", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Đã ghi kết quả rà soát 1 quyền"));
	g_assert_cmpstr(item_of(fixture, items, fixture->chief)->reviewed_by, ==, "Người quan-tri");
	g_assert_cmpint(post(fixture, IDENTITY_REVIEW_PATH, "q-1-0-quan-tri=giu", NULL), ==, 422);
	g_assert_cmpint(post(fixture, IDENTITY_REVIEW_PATH, "q-2-0-lanh-dao=thu", NULL), ==, 200);
	g_assert_null(item_of(fixture, items, fixture->chief));
	g_assert_cmpint(get(fixture, "/quan-tri/tai-khoan", &body), ==, 200);
	g_assert_nonnull(strstr(body, "Hạn rà soát quyền gần nhất: 15/6/2027"));
	g_assert_cmpint(get(fixture, IDENTITY_DUTIES_PATH, &body), ==, 200);
	g_assert_nonnull(strstr(body, "Không tài khoản nào đang giữ hai việc"));
	g_assert_cmpint(get(fixture, IDENTITY_DUTIES_PATH ".json", &body), ==, 200);
}

/* Whoever inspects writes nothing but his own sign-in, and later his own findings. */
static void
test_inspector(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	int64_t account = add(fixture, "kiem", IDENTITY_WORK, "kiem-tra");
	IdentityScope scope = scope_of(fixture);
	AppVisitor visitor;
	int n_refused = 0;

	g_assert_true(identity_visitor_of(&scope, account, &visitor, &fixture->error));
	sign_in(fixture, "kiem");
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			bool is_own = strcmp(route->permission, APP_PUBLIC) == 0 ||
				      strcmp(route->permission, APP_SELF) == 0 ||
				      strcmp(route->permission, APP_INSPECT) == 0;

			if (route->method != HTTP_POST) {
				g_assert_cmpuint(route->traits & HTTP_WRITES, ==, 0);
				continue;
			}
			if (is_own)
				continue;
			g_assert_false(app_visitor_may(&visitor, route->permission));
			g_assert_cmpint(
			    post(fixture, example_of(fixture->arena, route->pattern), "", NULL), ==, 403);
			n_refused++;
		}
	g_assert_cmpint(n_refused, >, 10);
}

/* Without a session nothing but public pages answers, forms and data included. */
static void
test_nobody(Fixture *fixture, gconstpointer unused G_GNUC_UNUSED)
{
	fixture->test->cookies = NULL;
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const HttpRoute *route = (*module)->routes; route != NULL && route->pattern != NULL;
		     route++) {
			const char *path = example_of(fixture->arena, route->pattern);
			g_autofree char *body = NULL, *location = NULL;

			if (strcmp(route->permission, APP_PUBLIC) == 0)
				continue;
			if (route->method == HTTP_POST) {
				g_assert_cmpint(
				    app_test_post(fixture->test, path, "a=1", &body, &location), ==, 303);
				g_assert_cmpstr(location, ==, APP_SIGN_IN_PATH);
				continue;
			}
			g_assert_cmpint(app_test_get(fixture->test, path, &body), ==, 303);
			if ((route->traits & HTTP_CSV) != 0) {
				g_autofree char *data = NULL;

				g_assert_cmpint(app_test_get(fixture->test,
						    arena_printf(fixture->arena, "%s.csv", path), &data),
				    ==, 401);
			}
		}
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("/identity/roles/post", test_post);
	ADD("/identity/roles/merged-unit", test_merged);
	ADD("/identity/roles/plan-role", test_plan_role);
	ADD("/identity/roles/days", test_days);
	ADD("/identity/roles/refused", test_refused_rows);
	ADD("/identity/roles/own-role", test_own_role);
	ADD("/identity/roles/conflicts", test_conflicts);
	ADD("/identity/roles/conflict-that-came-about", test_late_conflict);
	ADD("/identity/roles/same-object", test_same_object);
	ADD("/identity/roles/administrator", test_admin_account);
	ADD("/identity/roles/proposals", test_proposals);
	ADD("/identity/roles/verify", test_verify);
	ADD("/identity/roles/review", test_review);
	ADD("/identity/roles/review-last-administrator", test_review_last_admin);
	ADD("/identity/roles/other-plan", test_other_plan);
	ADD("/identity/roles/menu-and-refusal", test_menu);
	ADD("/identity/roles/plan-role-pages", test_plan_role_pages);
	ADD("/identity/roles/review-page", test_review_page);
	ADD("/identity/roles/inspector", test_inspector);
	ADD("/identity/roles/nobody", test_nobody);
	return g_test_run();
}
