/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/date.h"
#include "html/tests/html_check.h"
#include "modules/identity/identity_duty_edit.h"
#include "modules/identity/role_pages.h"

#include <string.h>

/* The rules about separate duties: added and ended through the page, never rewritten, and told to the ledger.
 */

#define TODAY APP_TEST_TODAY
#define OWN 1000
#define ADD \
	"pham-vi=ke-hoach&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=Ch%E1%BB%A7+t%E1%BB%8Bch&tu-" \
	"ngay=" \
	"2026-12-15&can-cu=Quy+ch%E1%BA%BF+s%E1%BB%91+5"
#define END "den-ngay=2026-12-20&can-cu=Quy+ch%E1%BA%BF+s%E1%BB%91+6"

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
} Fixture;

static IdentityScope
scope_of(const Fixture *fixture)
{
	return (IdentityScope){.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .directory = fixture->test->directory,
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(APP_MODULES);
	fixture->arena = arena_new();
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
	arena_free(fixture->arena);
}

static char *
post(const Fixture *fixture, const char *target, const char *form, int status)
{
	char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(fixture->test, target, form, &body, NULL), ==, status);
	if (status == 422)
		html_check_assert(body);
	return body;
}

static bool
holds(const Fixture *fixture, int64_t duty_no, int32_t day)
{
	g_autoptr(GError) error = NULL;
	AppDuties duties;

	identity_duties_read(
	    fixture->test->db, fixture->test->commune_id, day, fixture->arena, &duties, &error);
	g_assert_no_error(error);
	for (size_t i = 0; i < duties.n_duties; i++)
		if (duties.duties[i].duty_no == duty_no)
			return true;
	return false;
}

static guint
count_problems(const Fixture *fixture)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(fixture->test->app, &report, &error);
	g_assert_no_error(error);
	return report.problems->len;
}

static void
test_add_and_end(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *page = NULL, *over = NULL;

	(void)unused;
	g_free(post(fixture, IDENTITY_DUTIES_PATH, ADD, 303));
	g_assert_true(holds(fixture, OWN, TODAY));
	g_assert_false(holds(fixture, OWN, TODAY - 1));
	g_free(post(fixture, IDENTITY_DUTIES_PATH "/1000/ket-thuc", END, 303));
	g_assert_true(holds(fixture, OWN, TODAY + 5));
	g_assert_false(holds(fixture, OWN, TODAY + 6));
	g_assert_cmpint(app_test_get(fixture->test, IDENTITY_DUTIES_PATH, &page), ==, 200);
	html_check_assert(page);
	g_assert_nonnull(strstr(page, "đến 20/12/2026"));
	g_assert_nonnull(strstr(page, "thôi dùng theo Quy chế số 6"));
	app_test_set_clock(fixture->test, INT64_C(10) * 24 * 3600 * 1000 * 1000);
	g_assert_cmpint(app_test_get(fixture->test, IDENTITY_DUTIES_PATH, &over), ==, 200);
	g_assert_nonnull(strstr(over, "Thôi dùng"));
	g_assert_null(strstr(over, "1000/ket-thuc"));
	g_assert_cmpuint(count_problems(fixture), ==, 0);
}

#define OWN_ROWS \
	"pham-vi=co-quan-minh&viec-hai=grade&nguoi-quyet-dinh=B%C3%AD+th%C6%B0&tu-ngay=2027-01-01&can-cu=" \
	"Quy+ch%E1%BA%BF+s%E1%BB%91+7"

/* The page and its data, of all rules and of those that are asked for. */
static void
test_list(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", "duties.html", NULL);
	g_autofree char *page = NULL, *csv = NULL, *json = NULL, *coming = NULL, *none = NULL, *back = NULL;
	AppTest *test = fixture->test;

	(void)unused;
	g_free(post(fixture, IDENTITY_DUTIES_PATH, ADD, 303));
	g_free(post(fixture, IDENTITY_DUTIES_PATH, OWN_ROWS, 303));
	g_assert_cmpint(
	    app_test_post(test, IDENTITY_DUTIES_PATH "/1000/ket-thuc?tinh-trang=dang-dung", END, NULL, &back),
	    ==, 303);
	g_assert_cmpstr(back, ==, IDENTITY_DUTIES_PATH "?tinh-trang=dang-dung");
	app_test_set_clock(test, INT64_C(10) * 24 * 3600 * 1000 * 1000);
	g_assert_cmpint(app_test_get(test, IDENTITY_DUTIES_PATH, &page), ==, 200);
	html_check_assert(page);
	html_check_golden(page, path);
	g_assert_cmpint(app_test_get(test, IDENTITY_DUTIES_PATH "?tinh-trang=sap-dung", &coming), ==, 200);
	g_assert_nonnull(strstr(coming, "1–1 trong 1 quy định"));
	g_assert_nonnull(strstr(coming, "1001/ket-thuc?tinh-trang=sap-dung"));
	g_assert_cmpint(app_test_get(test, IDENTITY_DUTIES_PATH "?tim=khong+co", &none), ==, 200);
	html_check_assert(none);
	g_assert_nonnull(strstr(none, "Không có quy định nào khớp"));
	g_assert_cmpint(app_test_get(test, IDENTITY_DUTIES_PATH ".csv?tim=bi+thu", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "Quy định,"));
	g_assert_nonnull(strstr(csv, "Bí thư,Sắp dùng,từ 01/01/2027,Quy chế số 7"));
	g_assert_null(strstr(csv, "Chủ tịch"));
	g_assert_cmpint(
	    app_test_get(test, IDENTITY_DUTIES_PATH ".json?tinh-trang=thoi-dung", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"rule\":1000"));
	g_assert_null(strstr(json, "\"rule\":1001"));
}

/* Each refusal names its field and keeps what was typed. */
static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *form, *says;
	} CASES[] = {
	    {"pham-vi=&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C", "Phạm vi:"},
	    {"pham-vi=ke-hoach&viec-mot=&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C", "Việc thứ nhất:"},
	    {"pham-vi=ke-hoach&viec-mot=accounts&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C",
		"Việc thứ nhất:"},
	    {"pham-vi=co-quan-minh&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C",
		"Việc thứ nhất:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=khong-co&nguoi-quyet-dinh=X&can-cu=C",
		"Việc thứ hai:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=approve&nguoi-quyet-dinh=X&can-cu=C",
		"Việc thứ hai:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=&can-cu=C",
		"Người quyết định:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=", "Căn cứ:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C&tu-ngay="
	     "2026-12-14",
		"Dùng từ ngày:"},
	    {"pham-vi=ke-hoach&viec-mot=approve&viec-hai=inspect&nguoi-quyet-dinh=X&can-cu=C&tu-ngay="
	     "2026-02-30",
		"Dùng từ ngày:"},
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = post(fixture, IDENTITY_DUTIES_PATH, CASES[i].form, 422);

		g_assert_nonnull(strstr(body, CASES[i].says));
	}
	g_free(post(fixture, IDENTITY_DUTIES_PATH, ADD, 303));
	g_free(post(fixture, IDENTITY_DUTIES_PATH, ADD, 422)); /* there is one like it */
	g_free(post(fixture, IDENTITY_DUTIES_PATH "/1000/ket-thuc", "den-ngay=&can-cu=C", 422));
	g_free(post(fixture, IDENTITY_DUTIES_PATH "/1000/ket-thuc", "den-ngay=2026-12-14&can-cu=C", 422));
	g_free(post(fixture, IDENTITY_DUTIES_PATH "/1000/ket-thuc", "den-ngay=2026-12-16&can-cu=", 422));
	g_free(post(fixture, IDENTITY_DUTIES_PATH "/1001/ket-thuc", END, 404));
	g_assert_cmpuint(count_problems(fixture), ==, 0);
}

/* Of the program's own rules those about administrators stay; what is done past the page is found. */
static void
test_seeded(Fixture *fixture, gconstpointer unused)
{
	static const DbSql REWRITE = {.name = "rewrite a duty",
	    .sqlite = "UPDATE identity_duty SET valid_to = 20000 WHERE duty_no = 2",
	    .pg = "UPDATE identity_duty SET valid_to = 20000 WHERE duty_no = 2"};
	IdentityScope scope = scope_of(fixture);
	g_autofree char *hash = secret_hash_password("Mật-khẩu-số-1");
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	const char *problem = NULL;
	int64_t account_id;

	(void)unused;
	identity_add(&scope,
	    &(IdentityNew){.login = "quan-tri",
		.name = "Người quản trị",
		.position = "",
		.unit = "",
		.kind = IDENTITY_ADMIN,
		.password_hash = hash},
	    &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_true(identity_duties_all(&scope, rules, &error));
	g_assert_cmpuint(rules->len, >, 20);
	g_assert_true(identity_duty_end(&scope, 19, TODAY, "Quyết định 1", &problem, &error));
	g_assert_nonnull(strstr(problem, "TCVN 14423"));
	g_assert_true(identity_duty_end(&scope, 1, TODAY, "Quyết định 1", &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	g_assert_cmpuint(count_problems(fixture), ==, 0);
	g_assert_true(db_prepare(fixture->test->db, &REWRITE, &stmt, &error) && db_run(stmt, &error));
	g_assert_cmpuint(count_problems(fixture), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/duties/add-and-end", Fixture, NULL, set_up, test_add_and_end, tear_down);
	g_test_add("/duties/list", Fixture, NULL, set_up, test_list, tear_down);
	g_test_add("/duties/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
	g_test_add("/duties/seeded", Fixture, NULL, set_up, test_seeded, tear_down);
	return g_test_run();
}
