/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/work/tests/fixture.h"

#include <string.h>

/* The register as a browser without script meets it, in a program where nobody can sign in yet. */

static AppTest *
begin(void)
{
	AppTest *test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	WorkScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .today = APP_TEST_TODAY,
	    .arena = arena};

	sample_store(test);
	fixture_run_all(&scope);
	return test;
}

static void
check_page(AppTest *test, const char *target, const char *const *expected)
{
	g_autofree char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	for (; *expected != NULL; expected++) {
		if (strstr(body, *expected) == NULL)
			g_test_message("no \"%s\"", *expected);
		g_assert_nonnull(strstr(body, *expected));
	}
}

static void
check_post(AppTest *test, const char *target, const char *form, int status, const char *words)
{
	g_autofree char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(test, target, form, &body, NULL), ==, status);
	if (words == NULL)
		return;
	html_check_assert(body);
	if (strstr(body, words) == NULL)
		g_test_message("no \"%s\"", words);
	g_assert_nonnull(strstr(body, words));
}

static void
test_way(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *csv = NULL, *json = NULL;

	check_page(test, "/kien-nghi", (const char *const[]){"Không có kiến nghị nào ở đây", NULL});
	check_page(test, "/neu-kien-nghi?ke-hoach=1&nhiem-vu=3",
	    (const char *const[]){"Hạn mới", "Cấp tài khoản dịch vụ công", NULL});
	check_page(
	    test, "/neu-kien-nghi?ke-hoach=1&chi-tieu=1", (const char *const[]){"Mức phải đạt mới", NULL});
	check_page(test, "/neu-kien-nghi", (const char *const[]){"nói chung", NULL});
	check_post(test, "/kien-nghi",
	    "ke-hoach=1&nhiem-vu=3&loai=dieu-chinh&tom-tat=Xin+l%C3%B9i&noi-dung=Thi%E1%BA%BFu&truong=han",
	    422, "Hãy chọn ngày đến hạn mới");
	check_post(
	    test, "/kien-nghi", "ke-hoach=1&nhiem-vu=99&loai=kho-khan&tom-tat=a&noi-dung=b", 404, NULL);
	check_post(test, "/kien-nghi", "ke-hoach=9&loai=kho-khan&tom-tat=a&noi-dung=b", 404, NULL);
	check_post(test, "/kien-nghi",
	    "ke-hoach=1&nhiem-vu=3&loai=dieu-chinh&tom-tat=%3Cb%3EXin&noi-dung=Thi%E1%BA%BFu&truong=han&han-"
	    "moi=2027-03-15",
	    303, NULL);
	check_page(test, "/kien-nghi/1",
	    (const char *const[]){"&lt;b&gt;Xin", "<del>14/01/2027</del> → <strong>15/3/2027</strong>",
		"đang ở bước này, hạn 18/12/2026", "Chuyển bước tiếp theo", NULL});
	check_post(test, "/kien-nghi/1/xu-ly", "phien-ban=1&viec=tra-lai", 422, "Hãy ghi nội dung");
	check_post(test, "/kien-nghi/1/xu-ly", "phien-ban=1&viec=chuyen&noi-dung=Tr%C3%ACnh", 303, NULL);
	check_post(
	    test, "/kien-nghi/1/xu-ly", "phien-ban=1&viec=tra-lai&noi-dung=abc", 409, ">abc</textarea>");
	check_post(test, "/kien-nghi/1/xu-ly", "phien-ban=2&viec=dong-y&so-van-ban=1&ngay=2026-12-15", 422,
	    "người có tài khoản");
	check_post(test, "/kien-nghi/7/xu-ly", "phien-ban=1&viec=chuyen", 404, NULL);
	check_page(
	    test, "/kien-nghi?loc=dang-xu-ly", (const char *const[]){"Người có thẩm quyền quyết định", NULL});
	check_page(test, "/kien-nghi?loc=qua-han", (const char *const[]){"Không có kiến nghị", NULL});
	g_assert_cmpint(app_test_get(test, "/kien-nghi.csv", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "1,15/12/2026,Đề nghị điều chỉnh"));
	g_assert_cmpint(app_test_get(test, "/kien-nghi.json?loai=dieu-chinh", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"kind\":\"dieu-chinh\""));
}

/* The words of an update become a proposal by one click on the card of the work. */
static void
test_click(void)
{
	g_autoptr(AppTest) test = begin();

	check_post(test, "/cong-viec/1/cap-nhat",
	    "phien-ban=1&trang-thai=dang-thuc-hien&kho-khan=Thi%E1%BA%BFu+m%C3%A1y&de-xuat=Mua+th%C3%AAm",
	    303, NULL);
	check_page(test, "/cong-viec/1", (const char *const[]){"Đưa vào sổ kiến nghị", NULL});
	check_post(test, "/kien-nghi", "phan-viec=1&dong=2&loai=kho-khan", 303, NULL);
	check_page(test, "/kien-nghi/1",
	    (const char *const[]){"Khó khăn: Thiếu máy\nĐề xuất: Mua thêm", "Mở phiếu việc",
		"Hoàn thành cơ sở dữ liệu hộ tịch", NULL});
	check_page(
	    test, "/nhiem-vu/1", (const char *const[]){"/neu-kien-nghi?ke-hoach=1&amp;nhiem-vu=1", NULL});
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/proposal/pages/way", test_way);
	g_test_add_func("/proposal/pages/click", test_click);
	return g_test_run();
}
