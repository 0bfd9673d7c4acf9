/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan_access.h"
#include "app/testing.h"
#include "modules/evidence/evidence.h"
#include "modules/task/task.h"
#include "modules/tests/full_commune.h"

#include <string.h>

/* Roles count in the plan of what a piece of evidence belongs to: one visitor after another looks at the same
 * pieces. */

#define MODULES_MAX 100
#define PERSON 9

static AppGrant grant;
static bool is_everybody;

static bool
recognise(
    Db *db, int64_t commune_id, int64_t now_us, HttpRequest *request, AppVisitor *ret_visitor, GError **error)
{
	static const char *permissions[8];
	size_t n = 0;

	if (is_everybody)
		return FULL_COMMUNE_GATE.recognise(db, commune_id, now_us, request, ret_visitor, error);
	permissions[n++] = APP_PUBLIC;
	permissions[n++] = APP_SELF;
	for (size_t i = 0; grant.permissions[i] != NULL; i++)
		permissions[n++] = grant.permissions[i];
	permissions[n] = NULL;
	*ret_visitor = (AppVisitor){.session_id = 1,
	    .account_id = PERSON,
	    .person_id = PERSON,
	    .name = "người thử",
	    .form_mark = "dau-cua-phien",
	    .grants = &grant,
	    .n_grants = 1,
	    .permissions = permissions};
	return true;
}

static bool
touch(Db *db, int64_t commune_id, int64_t now_us, const AppVisitor *visitor, GError **error)
{
	return FULL_COMMUNE_GATE.touch(db, commune_id, now_us, visitor, error);
}

static const AppGate GATE = {.recognise = recognise, .touch = touch};

static const AppModule *const *
modules(void)
{
	static AppModule copies[MODULES_MAX];
	static const AppModule *list[MODULES_MAX + 1];

	for (size_t i = 0; APP_MODULES[i] != NULL; i++) {
		copies[i] = *APP_MODULES[i];
		if (copies[i].gate != NULL)
			copies[i].gate = &GATE;
		list[i] = &copies[i];
	}
	return list;
}

typedef struct Fixture {
	AppTest *test;
	int64_t of_first, of_second, of_nothing, own; /* pieces */
	int64_t lead;                                 /* the agency that leads task 1 of plan 1 */
} Fixture;

static int64_t
add(const Fixture *fixture, int64_t person_id, const char *number, const char *object_id)
{
	const EvidenceScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .directory = fixture->test->directory,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.person_id = person_id, .name = "người nộp", .origin = "kiểm thử"}};
	EvidenceNew told = {.kind = "van-ban", .number = number, .issued_day = 20000};
	g_autoptr(GError) error = NULL;
	int64_t evidence_id;

	if (object_id != NULL)
		told.object = (EvidenceObject){EVIDENCE_OBJECT_TASK, object_id};
	evidence_add_secret(&scope, &told, &evidence_id, &error);
	g_assert_no_error(error);
	return evidence_id;
}

static void
find_lead(Fixture *fixture)
{
	const PlanScope plan = {fixture->test->db, fixture->test->commune_id, 1};
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(task_list_agencies(&plan, 1, arena, agencies, &error));
	fixture->lead = ((const TaskAgency *)g_ptr_array_index(agencies, 0))->agency_id;
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	is_everybody = false;
	grant = (AppGrant){.via = APP_VIA_PLAN, .plan_id = 1, .role = "thu", .role_name = "Thử"};
	fixture->test = app_test_new(modules());
	full_commune_plan(fixture->test, "Binhnguyet", 1);
	full_commune_plan(fixture->test, "Binhnguyet", 2);
	fixture->of_first = add(fixture, 5, "11/BC", "1/1");
	fixture->of_second = add(fixture, 5, "22/BC", "2/1");
	fixture->of_nothing = add(fixture, 5, "33/BC", NULL);
	fixture->own = add(fixture, PERSON, "44/BC", NULL);
	find_lead(fixture);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
}

static int
get(const Fixture *fixture, const char *format, int64_t id)
{
	g_autofree char *target = g_strdup_printf("/minh-chung/%" G_GINT64_FORMAT "%s", id, format);
	g_autofree char *body = NULL;

	return app_test_get(fixture->test, target, &body);
}

static int
withdraw(const Fixture *fixture, int64_t id)
{
	g_autofree char *target = g_strdup_printf("/minh-chung/%" G_GINT64_FORMAT "/rut", id);

	return app_test_post(fixture->test, target, FULL_COMMUNE_FORM "&ly-do=sai", NULL, NULL);
}

static int
form_for(const Fixture *fixture, const char *object)
{
	g_autofree char *target = g_strconcat("/minh-chung/them?doi-tuong=", object, NULL), *body = NULL;

	return app_test_get(fixture->test, target, &body);
}

static void
assert_list(const Fixture *fixture, const char *wanted)
{
	static const char *const NUMBERS[] = {"11/BC", "22/BC", "33/BC", "44/BC"};

	for (const char *const *target =
		 (const char *const[]){"/minh-chung", "/minh-chung.csv", "/minh-chung.json", NULL};
	     *target != NULL; target++) {
		g_autofree char *body = NULL;
		GString *shown = g_string_new(NULL);

		g_assert_cmpint(app_test_get(fixture->test, *target, &body), ==, 200);
		for (size_t i = 0; i < G_N_ELEMENTS(NUMBERS); i++)
			if (strstr(body, NUMBERS[i]) != NULL)
				g_string_append_c(shown, NUMBERS[i][0]);
		g_test_message("%s: %s", *target, shown->str);
		g_assert_cmpstr(shown->str, ==, wanted);
		g_string_free(shown, TRUE);
	}
}

/* A role in one plan: its pieces and one's own, nothing else; looking is not changing. */
static void
test_reader(Fixture *fixture, gconstpointer unused)
{
	static const char *const PERMISSIONS[] = {APP_READ, APP_DOWNLOAD, NULL};

	(void)unused;
	grant.permissions = PERMISSIONS;
	assert_list(fixture, "14");
	g_assert_cmpint(get(fixture, "", fixture->of_first), ==, 200);
	g_assert_cmpint(get(fixture, "", fixture->own), ==, 200);
	g_assert_cmpint(get(fixture, "", fixture->of_second), ==, 404);
	g_assert_cmpint(get(fixture, "/tep", fixture->of_second), ==, 404);
	g_assert_cmpint(get(fixture, "/xem-truoc", fixture->of_second), ==, 404);
	g_assert_cmpint(get(fixture, "", fixture->of_nothing), ==, 404);
	g_assert_cmpint(withdraw(fixture, fixture->of_first), ==, 403);
	g_assert_cmpint(form_for(fixture, "task/1/1"), ==, 403);
}

/* Somebody of the lead agency: adds to its rows and withdraws from them, not from others. */
static void
test_lead(Fixture *fixture, gconstpointer unused)
{
	static const char *const PERMISSIONS[] = {APP_READ, APP_DOWNLOAD, APP_EVIDENCE, NULL};

	(void)unused;
	grant = (AppGrant){.via = APP_VIA_POST,
	    .agency_id = fixture->lead,
	    .role = "chu-tri",
	    .role_name = "Chủ trì",
	    .agency_name = "Phòng",
	    .permissions = PERMISSIONS};
	assert_list(fixture, "124"); /* both plans may be looked at */
	g_assert_cmpint(form_for(fixture, "task/1/1"), ==, 200);
	g_assert_cmpint(form_for(fixture, "task/1/2"), ==, 403);
	g_assert_cmpint(form_for(fixture, "task/9/1"), ==, 403);
	g_assert_cmpint(form_for(fixture, ""), ==, 200);
	g_assert_cmpint(app_test_post(fixture->test, "/minh-chung/mat",
			    FULL_COMMUNE_FORM "&so=5%2FBC&ngay=2026-12-01&doi-tuong=task/1/2", NULL, NULL),
	    ==, 403);
	g_assert_cmpint(app_test_post(fixture->test, "/minh-chung/mat",
			    FULL_COMMUNE_FORM "&so=5%2FBC&ngay=2026-12-01&doi-tuong=task/1/1", NULL, NULL),
	    ==, 303);
	g_assert_cmpint(withdraw(fixture, fixture->of_nothing), ==, 404);
	g_assert_cmpint(withdraw(fixture, fixture->of_first), ==, 303);
	g_assert_cmpint(withdraw(fixture, fixture->own), ==, 303);
	grant.agency_id = fixture->lead + 1000;
	g_assert_cmpint(withdraw(fixture, fixture->of_second), ==, 403);
}

static void
test_everybody(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	is_everybody = true;
	assert_list(fixture, "1234");
	g_assert_cmpint(withdraw(fixture, fixture->of_second), ==, 303);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/evidence-access/reader", Fixture, NULL, set_up, test_reader, tear_down);
	g_test_add("/evidence-access/lead", Fixture, NULL, set_up, test_lead, tear_down);
	g_test_add("/evidence-access/everybody", Fixture, NULL, set_up, test_everybody, tear_down);
	return g_test_run();
}
