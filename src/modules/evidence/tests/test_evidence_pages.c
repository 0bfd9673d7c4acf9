/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "html/tests/html_check.h"
#include "modules/evidence/evidence_kind.h"

#include <glib.h>
#include <string.h>

/* The pages and the uploads as a browser sends them. */

#define PDF "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
#define BOUNDARY "----grenze"

static void
part(GString *body, const char *name, const char *file_name, const char *bytes)
{
	g_string_append_printf(body, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"", name);
	if (file_name != NULL)
		g_string_append_printf(body, "; filename=\"%s\"", file_name);
	g_string_append_printf(body, "\r\n\r\n%s\r\n", bytes);
}

/* Sends fields (name, value, …, NULL) and one file in `field`. */
static int
send_form(AppTest *test, const char *target, const char *const *fields, const char *field,
    const char *file_name, const char *bytes, char **ret_body, char **ret_location)
{
	g_autoptr(GString) body = g_string_new(NULL);

	for (; *fields != NULL; fields += 2)
		part(body, fields[0], NULL, fields[1]);
	if (field != NULL)
		part(body, field, file_name, bytes);
	g_string_append(body, "--" BOUNDARY "--\r\n");
	return app_test_post_body(test, target, "multipart/form-data; boundary=" BOUNDARY, body->str,
	    body->len, ret_body, ret_location);
}

static const char *const REPORT[] = {
    "loai", "bao-cao", "tieu-de", "Báo cáo tháng 11", "so", "", "ngay", "", "doi-tuong", "task/1/2", NULL};

static void
get(AppTest *test, const char *target, const char *contains)
{
	g_autofree char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	g_assert_nonnull(strstr(body, contains));
}

static void
test_plain_form(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *location = NULL, *file = NULL;

	get(test, "/minh-chung", "Chưa có minh chứng nào");
	get(test, "/minh-chung/them?doi-tuong=task/1/2", "Nhiệm vụ 2");
	g_assert_cmpint(
	    send_form(test, "/minh-chung", REPORT, "tep", "báo cáo.pdf", PDF, NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/nhiem-vu/2?ke-hoach=1#minh-chung");
	get(test, "/minh-chung", "Báo cáo tháng 11");
	get(test, "/minh-chung?q=bao+cao+thang&loai=bao-cao&quet=chua-quet", "Báo cáo tháng 11");
	get(test, "/minh-chung?loai=khac", "Không có minh chứng nào đúng");
	get(test, "/minh-chung?doi-tuong=task/1/2", "Chỉ xem minh chứng của");
	get(test, "/minh-chung/1", "Chưa quét");
	g_assert_cmpint(app_test_get(test, "/minh-chung/1/tep", &file), ==, 200);
	g_assert_cmpstr(file, ==, PDF);
}

/* What was typed is there again, and what is wrong is said. */
static void
test_refused(void)
{
	static const char *const ISSUED[] = {
	    "loai", "van-ban", "tieu-de", "Quyết định <b>", "so", "", "ngay", "", "doi-tuong", "", NULL};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *number = NULL, *type = NULL, *secret = NULL;

	g_assert_cmpint(send_form(test, "/minh-chung", ISSUED, "tep", "a.pdf", PDF, &number, NULL), ==, 422);
	html_check_assert(number);
	g_assert_nonnull(strstr(number, "phải có số, ký hiệu và ngày ban hành"));
	g_assert_nonnull(strstr(number, "value=\"Quyết định &lt;b&gt;\""));
	g_assert_cmpint(send_form(test, "/minh-chung", REPORT, "tep", "a.docx", PDF, &type, NULL), ==, 422);
	g_assert_nonnull(strstr(type, "nói là tệp Word (.docx) nhưng nội dung là tệp PDF"));
	g_assert_cmpint(send_form(test, "/minh-chung", REPORT, "tep", "a.txt", "UBND XÃ\nTỐI MẬT\nKẾ HOẠCH\n",
			    &secret, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(secret, "“TỐI MẬT”"));
	get(test, "/minh-chung?tinh-trang=tat-ca", "Không có minh chứng nào đúng");
}

static char *
between(const char *text, const char *start, const char *end)
{
	const char *from = strstr(text, start), *to;

	g_assert_nonnull(from);
	from += strlen(start);
	to = strstr(from, end);
	g_assert_nonnull(to);
	return g_strndup(from, (gsize)(to - from));
}

static char *
announce(AppTest *test, size_t size)
{
	g_autofree char *form = g_strdup_printf(
	    "ten=so+lieu.txt&co=%zu&sua-doi=5&loai=so-lieu&tieu-de=&so=&ngay=&doi-tuong=task%%2F1%%2F2",
	    size);
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_post(test, "/minh-chung/tai-len.json", form, &body, NULL), ==, 200);
	return between(body, "\"upload\":\"", "\"");
}

static int
piece(AppTest *test, const char *id, const char *offset, const char *bytes, char **ret_body)
{
	g_autofree char *target = g_strdup_printf("/minh-chung/tai-len/%s.json", id);
	const char *const fields[] = {"vi-tri", offset, NULL};

	return send_form(test, target, fields, "manh", "manh", bytes, ret_body, NULL);
}

static void
test_pieces(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *id = announce(test, 10), *again = NULL, *first = NULL, *twice = NULL, *state = NULL,
			*second = NULL, *done = NULL, *finish = NULL, *show = NULL, *file = NULL;

	g_assert_cmpint(piece(test, id, "0", "12345", &first), ==, 200);
	g_assert_nonnull(strstr(first, "\"offset\":5"));
	g_assert_cmpint(piece(test, id, "0", "12345", &twice), ==, 409);
	g_assert_nonnull(strstr(twice, "\"offset\":5"));
	g_assert_cmpint(piece(test, id, "x", "12345", NULL), ==, 422);
	show = g_strdup_printf("/minh-chung/tai-len/%s.json", id);
	g_assert_cmpint(app_test_get(test, show, &state), ==, 200);
	g_assert_nonnull(strstr(state, "\"offset\":5"));
	get(test, "/minh-chung", "Tệp gửi dở");
	again = announce(test, 10);
	g_assert_cmpstr(again, ==, id);
	g_assert_cmpint(piece(test, id, "5", "67890", &second), ==, 200);
	finish = g_strdup_printf("/minh-chung/tai-len/%s/xong.json", id);
	g_assert_cmpint(
	    app_test_post(test, finish,
		"ma-bam=c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646", &done, NULL),
	    ==, 200);
	g_assert_nonnull(strstr(done, "\"location\":\"/nhiem-vu/2?ke-hoach=1#minh-chung\""));
	g_assert_cmpint(app_test_get(test, "/minh-chung/1/tep", &file), ==, 200);
	g_assert_cmpstr(file, ==, "1234567890");
	g_assert_cmpint(piece(test, id, "0", "1", NULL), ==, 404);
}

static void
test_cancel(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *id = announce(test, 10), *cancel = g_strdup_printf("/minh-chung/tai-len/%s/huy", id);

	g_assert_cmpint(piece(test, id, "0", "12345", NULL), ==, 200);
	g_assert_cmpint(app_test_post(test, cancel, "", NULL, NULL), ==, 303);
	g_assert_cmpint(piece(test, id, "5", "12345", NULL), ==, 404);
	get(test, "/minh-chung", "Chưa có minh chứng nào");
}

static void
test_card(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *none = NULL, *csv = NULL, *json = NULL, *missing = NULL;

	g_assert_cmpint(send_form(test, "/minh-chung", REPORT, "tep", "a.pdf", PDF, NULL, NULL), ==, 303);
	g_assert_cmpint(app_test_post(test, "/minh-chung/1/rut", "ly-do=", &none, NULL), ==, 422);
	html_check_assert(none);
	g_assert_nonnull(strstr(none, "Hãy ghi lý do"));
	g_assert_cmpint(app_test_post(test, "/minh-chung/1/rut", "ly-do=nh%E1%BA%A7m", NULL, NULL), ==, 303);
	get(test, "/minh-chung/1", "Lý do: nhầm");
	get(test, "/minh-chung?tinh-trang=da-rut", "Đã rút");
	g_assert_cmpint(app_test_get(test, "/minh-chung.csv?tinh-trang=tat-ca", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "Báo cáo tháng 11"));
	g_assert_cmpint(app_test_get(test, "/minh-chung.json?tinh-trang=tat-ca", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"kind\":\"bao-cao\""));
	g_assert_cmpint(app_test_get(test, "/minh-chung/99", &missing), ==, 404);
}

static void
test_secret(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *file = NULL, *json = NULL, *empty = NULL;

	get(test, "/minh-chung/mat?doi-tuong=task/1/2", "Nhiệm vụ 2");
	g_assert_cmpint(
	    app_test_post(test, "/minh-chung/mat", "so=&ngay=&doi-tuong=", &empty, NULL), ==, 422);
	g_assert_cmpint(
	    app_test_post(test, "/minh-chung/mat",
		"so=7%2FKH-UBND&ngay=2026-12-01&tieu-de=khong+giu&doi-tuong=task%2F1%2F2", NULL, NULL),
	    ==, 303);
	get(test, "/minh-chung/1", "7/KH-UBND");
	g_assert_cmpint(app_test_get(test, "/minh-chung.json", &json), ==, 200);
	g_assert_null(strstr(json, "khong giu"));
	g_assert_cmpint(app_test_get(test, "/minh-chung/1/tep", &file), ==, 404);
	g_assert_cmpint(send_form(test, "/minh-chung", REPORT, "tep", "a.pdf", PDF, NULL, NULL), ==, 303);
	get(test, "/minh-chung/2/danh-dau-mat", "sẽ mất vĩnh viễn");
	g_assert_cmpint(app_test_post(test, "/minh-chung/2/danh-dau-mat", "", NULL, NULL), ==, 422);
	g_assert_cmpint(app_test_post(test, "/minh-chung/2/danh-dau-mat", "da-hieu=1", NULL, NULL), ==, 303);
	get(test, "/minh-chung/2", "Mật, chỉ có số và ngày");
}

static void
test_settings(void)
{
	static const char FORM[] = "evidence.file_mb=%s&evidence.quota_mb=51200&evidence.reserve_mb=0&"
				   "evidence.upload_hours=48&evidence.scan_mb=9"
				   "&may-quet=%s&nhan-them=%s";
	static const struct {
		const char *file_mb, *scanner, *also;
		int status;
	} CASES[] = {{"1", "", "", 303}, {"0", "", "", 422}, {"x", "", "", 422},
	    {"1", "10.0.0.1:3310", "", 422}, {"1", "/run/s", "zip", 303}, {"1", "", "html", 422}};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL;
	g_autoptr(GString) large = g_string_new("%PDF-");

	get(test, "/minh-chung/thiet-lap", "Thiết lập kho minh chứng");
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) form = g_string_new(NULL);

		g_string_printf(form, FORM, CASES[i].file_mb, CASES[i].scanner, CASES[i].also);
		g_assert_cmpint(
		    app_test_post(test, "/minh-chung/thiet-lap", form->str, NULL, NULL), ==, CASES[i].status);
	}
	/* one MB is the most now */
	g_string_set_size(large, 1024 * 1024 + 1);
	memset(large->str + 5, 'a', large->len - 5);
	g_assert_cmpint(
	    send_form(test, "/minh-chung", REPORT, "tep", "a.pdf", large->str, &body, NULL), ==, 413);
	g_assert_nonnull(strstr(body, "lớn hơn 1 MB"));
}

static char *
post(AppTest *test, const char *target, const char *form, int status)
{
	char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(test, target, form, &body, NULL), ==, status);
	if (status == 422)
		html_check_assert(body);
	return body;
}

static guint
count_problems(const AppTest *test)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	return report.problems->len;
}

/* Kinds are added and ended on a day; what was handed in keeps its kind. */
static void
test_kinds(void)
{
	static const DbSql REWRITE = {.name = "rewrite a kind",
	    .sqlite = "UPDATE evidence_kind SET title = 'x' WHERE kind = 'bao-cao'",
	    .pg = "UPDATE evidence_kind SET title = 'x' WHERE kind = 'bao-cao'"};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *csv = NULL, *form = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	g_assert_cmpint(send_form(test, "/minh-chung", REPORT, "tep", "a.pdf", PDF, NULL, NULL), ==, 303);
	get(test, "/minh-chung/loai", "Văn bản đã ban hành");
	g_free(post(test, "/minh-chung/loai",
	    "ten=Phi%E1%BA%BFu+kh%E1%BA%A3o+s%C3%A1t&can-so=1&tu-ngay=2026-12-15&can-cu=Quy+che+5", 303));
	get(test, "/minh-chung/them", "Phiếu khảo sát");
	g_free(post(test, "/minh-chung/loai/bao-cao/ket-thuc", "den-ngay=2026-12-15&can-cu=Quy+che+6", 303));
	get(test, "/minh-chung/loai", "đến 15/12/2026");
	g_assert_cmpint(app_test_get(test, "/minh-chung/loai.csv", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "phieu-khao-sat"));
	g_assert_cmpuint(count_problems(test), ==, 0);
	app_test_set_clock(test, INT64_C(2) * 24 * 3600 * 1000 * 1000);
	g_assert_cmpint(app_test_get(test, "/minh-chung/them", &form), ==, 200);
	g_assert_null(strstr(form, "value=\"bao-cao\""));
	get(test, "/minh-chung/1", "Báo cáo");
	g_free(post(test, "/minh-chung/loai/bao-cao/ket-thuc", "den-ngay=2026-12-20&can-cu=C", 422));
	g_assert_true(db_prepare(test->db, &REWRITE, &stmt, &error) && db_run(stmt, &error));
	g_assert_cmpuint(count_problems(test), ==, 1);
}

/* Each refusal names its field and keeps what was typed. */
static void
test_kinds_refused(void)
{
	static const struct {
		const char *target, *form, *says;
	} CASES[] = {
	    {"/minh-chung/loai", "ten=&tu-ngay=2026-12-15&can-cu=C", "Tên loại minh chứng:"},
	    {"/minh-chung/loai", "ten=bao+cao&tu-ngay=2026-12-15&can-cu=C", "đã có loại cùng tên"},
	    {"/minh-chung/loai", "ten=Loai+moi&tu-ngay=2026-12-14&can-cu=C", "Dùng từ ngày:"},
	    {"/minh-chung/loai", "ten=Loai+moi&tu-ngay=mai&can-cu=C", "Dùng từ ngày:"},
	    {"/minh-chung/loai", "ten=Loai+moi&tu-ngay=2026-12-15&can-cu=", "Căn cứ:"},
	    {"/minh-chung/loai/khac/ket-thuc", "den-ngay=2026-12-14&can-cu=C", "Ngày cuối còn dùng:"},
	    {"/minh-chung/loai/khac/ket-thuc", "den-ngay=&can-cu=C", "Ngày cuối còn dùng:"},
	    {"/minh-chung/loai/khac/ket-thuc", "den-ngay=2026-12-16&can-cu=", "Căn cứ:"},
	};
	static const char *const KINDS[] = {
	    "van-ban", "bao-cao", "danh-sach", "bien-ban", "hinh-anh", "so-lieu", "khac"};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = post(test, CASES[i].target, CASES[i].form, 422);

		g_assert_nonnull(strstr(body, CASES[i].says));
	}
	g_free(post(test, "/minh-chung/loai/khong-co/ket-thuc", "den-ngay=2026-12-16&can-cu=C", 404));
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++) {
		g_autofree char *target = g_strdup_printf("/minh-chung/loai/%s/ket-thuc", KINDS[i]);

		/* One has to stay. */
		g_free(post(
		    test, target, "den-ngay=2026-12-16&can-cu=C", i + 1 < G_N_ELEMENTS(KINDS) ? 303 : 422));
	}
	g_assert_cmpuint(count_problems(test), ==, 0);
}

/* As many kinds as there may be are two pages; a filter holds for rows and data. */
static void
test_kinds_list(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", "kinds.html", NULL);
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *page = NULL, *csv = NULL, *over = NULL;

	g_free(post(test, "/minh-chung/loai",
	    "ten=Phi%E1%BA%BFu+kh%E1%BA%A3o+s%C3%A1t&can-so=1&tu-ngay=2027-01-01&can-cu=Quy+che+5", 303));
	g_free(post(test, "/minh-chung/loai/bao-cao/ket-thuc", "den-ngay=2026-12-15&can-cu=Quy+che+6", 303));
	app_test_set_clock(test, INT64_C(2) * 24 * 3600 * 1000 * 1000);
	g_assert_cmpint(app_test_get(test, "/minh-chung/loai", &page), ==, 200);
	html_check_assert(page);
	html_check_golden(page, path);
	for (int i = 1; i <= EVIDENCE_KINDS_MAX - 8; i++) {
		g_autofree char *form = g_strdup_printf("ten=Phieu+%d&tu-ngay=2026-12-17&can-cu=C", i);

		g_free(post(test, "/minh-chung/loai", form, 303));
	}
	g_free(post(test, "/minh-chung/loai", "ten=Phieu&tu-ngay=2026-12-17&can-cu=C", 422));
	get(test, "/minh-chung/loai", "1–50 trong 60 loại minh chứng");
	get(test, "/minh-chung/loai?trang=2", "51–60 trong 60 loại minh chứng");
	get(test, "/minh-chung/loai?tim=phieu+khao", "1–1 trong 1 loại minh chứng");
	get(test, "/minh-chung/loai?tim=khong+co", "Không có loại minh chứng nào khớp");
	g_assert_cmpint(app_test_get(test, "/minh-chung/loai.csv?tinh-trang=thoi-dung", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "bao-cao"));
	g_assert_null(strstr(csv, "phieu-1"));
	g_assert_cmpint(app_test_get(test, "/minh-chung/loai?tinh-trang=thoi-dung", &over), ==, 200);
	g_assert_null(strstr(over, "/ket-thuc")); /* what is over is not ended again */
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/evidence/pages/plain-form", test_plain_form);
	g_test_add_func("/evidence/pages/refused", test_refused);
	g_test_add_func("/evidence/pages/pieces", test_pieces);
	g_test_add_func("/evidence/pages/cancel", test_cancel);
	g_test_add_func("/evidence/pages/card", test_card);
	g_test_add_func("/evidence/pages/secret", test_secret);
	g_test_add_func("/evidence/pages/settings", test_settings);
	g_test_add_func("/evidence/pages/kinds", test_kinds);
	g_test_add_func("/evidence/pages/kinds-refused", test_kinds_refused);
	g_test_add_func("/evidence/pages/kinds-list", test_kinds_list);
	return g_test_run();
}
