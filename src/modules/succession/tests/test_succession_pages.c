/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tests/html_check.h"
#include "modules/succession/tests/two_plans.h"

#include <string.h>

/* The pages as a browser without script meets them, in a program where nobody can sign in yet. */

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
	g_assert_cmpuint(strlen(body), <, 60 * 1024);
}

static void
post(AppTest *test, const char *target, const char *form, int status)
{
	g_autofree char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(test, target, form, &body, NULL), ==, status);
	if (status != 303)
		html_check_assert(body);
}

static void
test_way(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	WorkScope work = two_work(test, arena, APP_TEST_TODAY);
	g_autoptr(GError) error = NULL;
	g_autofree char *csv = NULL, *json = NULL;

	check_page(test, "/ke-hoach", (const char *const[]){"Chưa có kế hoạch nào", NULL});
	check_page(test, "/chuyen-tiep", (const char *const[]){"Chưa có lần so sánh nào", NULL});
	two_store(test, TWO_OLD);
	g_assert_true(work_open_all(&work, &error));
	g_assert_cmpint(two_draft(test, TWO_NEW), ==, 1);
	check_page(test, "/ra-soat/1/dua-vao",
	    (const char *const[]){"nối tiếp một kế hoạch đang thực hiện",
		"văn bản mới nêu thay thế đúng số và ngày này", "name=\"moi\" value=\"nhap-1\"",
		"value=\"1\" selected", "value=\"thay-the\" selected", NULL});
	check_page(test, "/chuyen-tiep?moi=nhap-1",
	    (const char *const[]){"value=\"nhap-1\" selected", "value=\"1\" selected", NULL});
	post(test, "/chuyen-tiep", "moi=nhap-9&cu=1&kieu=thay-the", 404);
	post(test, "/chuyen-tiep", "moi=nhap-1&cu=7&kieu=thay-the", 422);
	post(test, "/chuyen-tiep", "moi=nhap-1&cu=1&kieu=thay-the&tu-ngay=2026-03-01", 303);
	post(test, "/chuyen-tiep", "moi=nhap-1&cu=1&kieu=thay-the", 409);
	check_page(test, "/ra-soat/1/dua-vao",
	    (const char *const[]){"Thay thế Kế hoạch số 57/KH-UBND ngày 26/9/2025", "dòng chưa xác nhận",
		"/chuyen-tiep/1/tat-ca", NULL});
	check_page(test, "/chuyen-tiep/1",
	    (const char *const[]){"<del>30/6/2026</del>", "<strong>30/9/2026</strong>", "Chấp nhận tất cả",
		"<del>6 Xây dựng bảo tàng số", NULL});
	check_page(test, "/chuyen-tiep/1?chon=nv:annex2:6",
	    (const char *const[]){"Ghép dòng mới với dòng nào", "Không ghép: đây là dòng mới", NULL});
	post(test, "/chuyen-tiep/1/thuc-hien", "phien-ban=1", 409);
	post(test, "/chuyen-tiep/1/dong", "phien-ban=1&loai=nhiem-vu&dong-cu=1&dong-moi=annex2:2", 303);
	post(test, "/chuyen-tiep/1/dong", "phien-ban=1&loai=nhiem-vu&dong-cu=1&dong-moi=annex2:2", 409);
	post(test, "/chuyen-tiep/1/dong", "phien-ban=2&loai=nhiem-vu&dong-cu=1&dong-moi=x", 422);
	post(test, "/chuyen-tiep/1/hoan-tac", "phien-ban=2", 303);
	post(test, "/chuyen-tiep/1/sua", "phien-ban=3&kieu=thay-the&tu-ngay=2026-03-02&vai-tro=1", 303);
	post(test, "/chuyen-tiep/1/tat-ca", "phien-ban=4", 303);
	check_page(test, "/chuyen-tiep/1", (const char *const[]){"Đưa vào thực hiện và chuyển tiếp", NULL});
	check_page(test, "/ra-soat/1/dua-vao",
	    (const char *const[]){"Mọi dòng đã được xác nhận", "action=\"/chuyen-tiep/1/thuc-hien\"",
		"name=\"phien-ban\" value=\"5\"", NULL});
	/* Overtaken: refused, and everything that was chosen is still there. */
	post(test, "/chuyen-tiep/1/thuc-hien", "phien-ban=4", 409);
	check_page(test, "/ra-soat/1/dua-vao", (const char *const[]){"Mọi dòng đã được xác nhận", NULL});
	g_assert_cmpint(app_test_get(test, "/chuyen-tiep/1.csv", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "Nhiệm vụ,Không còn,6,Xây dựng bảo tàng số"));
	g_assert_cmpint(app_test_get(test, "/chuyen-tiep/1.json", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"change\":\"khong-con\""));
	post(test, "/chuyen-tiep/1/thuc-hien", "phien-ban=5", 303);
	check_page(test, "/ke-hoach",
	    (const char *const[]){"Đã được thay thế từ 02/3/2026", "Thay thế Kế hoạch số", NULL});
	check_page(test, "/ke-hoach/1",
	    (const char *const[]){"Được thay thế bởi Kế hoạch số 57/KH-UBND ngày 24/02/2026", NULL});
	check_page(test, "/ke-hoach/2",
	    (const char *const[]){"Thay thế Kế hoạch số 57/KH-UBND ngày 26/9/2025", NULL});
	check_page(test, "/nhiem-vu/1?ke-hoach=1",
	    (const char *const[]){
		"Các phiên bản của dòng này", "Được thay thế từ 02/3/2026", "/nhiem-vu/2?ke-hoach=2", NULL});
	check_page(test, "/nhiem-vu/2?ke-hoach=2",
	    (const char *const[]){"Nối tiếp Kế hoạch số 57/KH-UBND ngày 26/9/2025", NULL});
	check_page(
	    test, "/nhiem-vu/6?ke-hoach=1", (const char *const[]){"Không còn trong Kế hoạch số", NULL});
	check_page(test, "/chi-tieu/1?ke-hoach=2", (const char *const[]){"<del>70</del>", NULL});
	check_page(test, "/cong-viec/1",
	    (const char *const[]){"Chuyển tiếp sang kế hoạch mới", "30/9/2026", "30/6/2026", NULL});
	check_page(test, "/giao-viec/1?ke-hoach=1", (const char *const[]){"/cong-viec/1", NULL});
	post(test, "/chuyen-tiep/1/bo", "phien-ban=6", 409);
	two_verify(test);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/succession/pages", test_way);
	return g_test_run();
}
