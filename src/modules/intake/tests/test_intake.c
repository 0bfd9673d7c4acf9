/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/document/document.h"
#include "modules/intake/tests/sample.h"
#include "storage/backend.h"

#include <string.h>

#define TITLE "Chuyển đổi số xã Suối Lành năm 2026"

static bool
store_one(AppTest *test, const char *title, IntakeResult *result, GError **error)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);

	g_ptr_array_add(readings, sample_reading(title));
	return intake_store(test->app, readings, result, error);
}

static guint
count_plans(AppTest *test, guint *ret_current)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) plans = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	plan_list(test->db, test->commune_id, arena, plans, &error);
	g_assert_no_error(error);
	*ret_current = 0;
	for (guint i = 0; i < plans->len; i++)
		*ret_current += ((const PlanInfo *)g_ptr_array_index(plans, i))->is_current;
	return plans->len;
}

static void
test_same_again(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(GError) error = NULL;
	IntakeResult first, second;
	guint current;

	g_assert_true(store_one(test, TITLE, &first, &error));
	g_assert_true(store_one(test, TITLE, &second, &error));
	g_assert_cmpint(first.outcome, ==, INTAKE_ADDED);
	g_assert_cmpint(second.outcome, ==, INTAKE_UNCHANGED);
	g_assert_cmpint(second.plan_id, ==, first.plan_id);
	g_assert_cmpuint(count_plans(test, &current), ==, 1);
}

/* The identity has a number, so another title is the same plan with other words. */
static void
test_new_version(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(GError) error = NULL;
	IntakeResult first, second;
	guint current;

	g_assert_true(store_one(test, TITLE, &first, &error));
	g_assert_true(store_one(test, TITLE " (sửa đổi)", &second, &error));
	g_assert_cmpint(second.outcome, ==, INTAKE_NEW_VERSION);
	g_assert_cmpint(second.version, ==, 2);
	g_assert_cmpuint(count_plans(test, &current), ==, 2);
	g_assert_cmpuint(current, ==, 1);
}

/* Whichever step fails, nothing of the plan is there afterwards. */
static void
test_all_or_nothing(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	unsigned n = 1;
	guint current;

	for (bool is_stored = false; !is_stored; n += 23) {
		g_autoptr(GError) error = NULL;
		IntakeResult result;

		db_backend_fail_after(test->db, n);
		is_stored = store_one(test, TITLE, &result, &error);
		db_backend_fail_after(test->db, 0);
		if (is_stored)
			break;
		g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
		g_assert_cmpuint(count_plans(test, &current), ==, 0);
	}
	g_assert_cmpuint(n, >, 100);
	g_assert_cmpuint(count_plans(test, &current), ==, 1);
}

/* The second of two documents cannot be stored: the first is not either. */
static void
test_two_documents(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *broken = sample_reading(TITLE " 2");
	IntakeResult results[2];
	guint current;

	((Diag *)g_ptr_array_index(broken->findings, 0))->message = NULL; /* the store wants one */
	g_ptr_array_add(readings, sample_reading(TITLE));
	g_ptr_array_add(readings, broken);
	g_assert_false(intake_store(test->app, readings, results, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_cmpuint(count_plans(test, &current), ==, 0);
}

/* A commune that has its name keeps it. */
static void
test_names_commune(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *before = g_strdup(app_commune(test->app)->name);

	sample_store(test);
	g_assert_cmpstr(app_commune(test->app)->name, ==, before);
}

static void
test_commune_of(void)
{
	static const struct {
		const char *issuer, *commune;
	} CASES[] = {
	    {"Ủy ban nhân dân xã Suối Lành", "xã Suối Lành"},
	    {"Đảng ủy Phường Hòa Bình", "phường Hòa Bình"},
	    {"UBND đặc khu Côn Đảo", "đặc khu Côn Đảo"},
	    {"Ban Chỉ đạo", NULL},
	    {"Hội đồng Maxa Lạ", NULL},
	    {NULL, NULL},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *commune = intake_commune_of(CASES[i].issuer);

		g_assert_cmpstr(commune, ==, CASES[i].commune);
	}
}

static void
test_quote(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	DocumentQuote *quote;

	sample_store(test);
	g_assert_true(document_quote(test->db, test->commune_id, 1, "annex2:2.5", arena, &quote, &error));
	g_assert_nonnull(quote);
	g_assert_cmpstr(quote->marked, ==, "Rà soát trang thiết bị CNTT");
	g_assert_true(document_quote(test->db, test->commune_id, 1, "annex9:1", arena, &quote, &error));
	g_assert_null(quote);
}

/* A real document through the compiler: what is not readable is refused and leaves nothing. */
static void
test_read(void)
{
	g_autoptr(GError) error = NULL;
	IntakeReading *reading = NULL;

	g_assert_false(intake_read("trong.txt", g_strdup(""), 0, &reading, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	g_clear_error(&error);
	g_assert_true(intake_read("thu/muc/a.txt", g_strdup("KẾ HOẠCH\n\nI. MỤC ĐÍCH\n"),
	    strlen("KẾ HOẠCH\n\nI. MỤC ĐÍCH\n"), &reading, &error));
	g_assert_cmpstr(intake_reading_file_name(reading), ==, "a.txt");
	intake_reading_free(reading);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/intake/same-again", test_same_again);
	g_test_add_func("/intake/new-version", test_new_version);
	g_test_add_func("/intake/all-or-nothing", test_all_or_nothing);
	g_test_add_func("/intake/two-documents", test_two_documents);
	g_test_add_func("/intake/names-commune", test_names_commune);
	g_test_add_func("/intake/commune-of", test_commune_of);
	g_test_add_func("/intake/quote", test_quote);
	g_test_add_func("/intake/read", test_read);
	return g_test_run();
}
