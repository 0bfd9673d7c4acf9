/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "html/tests/html_check.h"

#include <string.h>

static void
check_page(AppTest *test, const char *target, const char *expected)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	if (strstr(body, expected) == NULL)
		g_test_message("%s: no \"%s\"", target, expected);
	g_assert_nonnull(strstr(body, expected));
}

static void
test_pages(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *csv = NULL, *json = NULL;

	check_page(test, "/lich-lam-viec", "Năm 2026: ");
	check_page(test, "/lich-lam-viec?nam=2027", "là dự kiến");
	check_page(test, "/lich-lam-viec?nam=2041", "Chưa có lịch nghỉ của năm 2041");
	g_assert_cmpint(app_test_get(test, "/lich-lam-viec.csv?nam=2026", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "\r\n10/01/2026,Làm bù,"));
	g_assert_cmpint(app_test_get(test, "/lich-lam-viec.json?nam=2027", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"is_projected\":true"));
}

static void
test_forms(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL, *location = NULL, *again = NULL;

	g_assert_cmpint(app_test_post(test, "/lich-lam-viec/ngay",
			    "nam=2026&ngay=2026-11-24&loai=nghi-le&ten=Ng%C3%A0y+th%E1%BB%AD&can-cu=Q%C4%90",
			    NULL, &location),
	    ==, 303);
	g_assert_cmpstr(location, ==, "/lich-lam-viec?nam=2026");
	check_page(test, "/lich-lam-viec?nam=2026", "Ngày thử");
	check_page(test, "/lich-lam-viec?nam=2026", "Tết Nguyên đán Bính Ngọ");

	/* what was typed stays */
	g_assert_cmpint(
	    app_test_post(test, "/lich-lam-viec/ngay",
		"nam=2026&ngay=2026-11-25&loai=lam-bu&ten=B%C3%B9+g%C3%AC+%C4%91%C3%B3&can-cu=", &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "value=\"Bù gì đó\""));
	html_check_assert(body);

	g_assert_cmpint(
	    app_test_post(test, "/lich-lam-viec/ngay/bo", "ngay=2026-11-24", NULL, NULL), ==, 303);
	g_assert_cmpint(app_test_get(test, "/lich-lam-viec?nam=2026", &again), ==, 200);
	g_assert_null(strstr(again, "Ngày thử"));
	g_assert_cmpint(app_test_post(test, "/lich-lam-viec/chinh-thuc", "nam=2027", NULL, NULL), ==, 303);
	check_page(test, "/lich-lam-viec?nam=2027", "Nghỉ bù Tết");
	g_assert_cmpint(
	    app_test_post(test, "/lich-lam-viec/cai-dat", "gio=16&truoc-ngay=tinh", NULL, NULL), ==, 303);
	check_page(test, "/lich-lam-viec", "value=\"16\"");
}

/* A year that is missing soon is warned of as many days ahead as is set; until then nobody is bothered. */
static void
test_gap(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *quiet = NULL;

	g_assert_cmpint(app_test_get(test, "/lich-lam-viec", &quiet), ==, 200);
	g_assert_null(strstr(quiet, "Chưa có lịch nghỉ của năm 2028"));
	g_assert_cmpint(app_test_post(test, "/lich-lam-viec/cai-dat", "gio=17&truoc-ngay=khong&bao-truoc=400",
			    NULL, NULL),
	    ==, 303);
	check_page(test, "/lich-lam-viec", "Chưa có lịch nghỉ của năm 2028");
	check_page(test, "/hom-nay", "Chưa có lịch nghỉ của năm 2028");
}

/* All rows or none. */
static void
test_import(void)
{
	static const char WRONG[] =
	    "Ngày,Loại,Tên,Căn cứ\n01/01/2028,Nghỉ hoán đổi,A,B\nhôm nay,Làm bù,A,B\n";
	static const char RIGHT[] = "Ngày,Loại,Tên,Căn cứ\n01/01/2028,Nghỉ hoán đổi,Tết tây,B\n";
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL, *json = NULL, *after = NULL;

	g_assert_cmpint(app_test_upload(test, "/lich-lam-viec/nhap?nam=2028", "tep", "lich.csv", WRONG,
			    strlen(WRONG), &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "Dòng 3: ngày phải ghi như"));
	html_check_assert(body);
	g_assert_cmpint(app_test_get(test, "/lich-lam-viec.json?nam=2028", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"is_known\":false"));
	g_assert_cmpint(app_test_upload(test, "/lich-lam-viec/nhap?nam=2028", "tep", "lich.csv", RIGHT,
			    strlen(RIGHT), NULL, NULL),
	    ==, 303);
	g_assert_cmpint(app_test_get(test, "/lich-lam-viec.json?nam=2028", &after), ==, 200);
	g_assert_nonnull(strstr(after, "\"name\":\"Tết tây\""));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/calendar/pages/show", test_pages);
	g_test_add_func("/calendar/pages/forms", test_forms);
	g_test_add_func("/calendar/pages/import", test_import);
	g_test_add_func("/calendar/pages/gap", test_gap);
	return g_test_run();
}
