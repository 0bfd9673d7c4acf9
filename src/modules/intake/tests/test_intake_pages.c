/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "app/testing.h"
#include "html/tests/html_check.h"
#include "modules/intake/intake.h"
#include "modules/intake/intake_job.h"
#include "modules/intake/intake_pages.h"
#include "modules/intake/intake_work.h"

#include <string.h>

/* Nhập kế hoạch and Rà soát as a browser without script meets them: forms in, pages out. */

/* Rows 2 and 4 leave something to ask. */
static const char PLAN[] =
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH NGUYỆT\n-------\nSố: 57/KH-UBND\n\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
    "Bình Nguyệt, ngày 24 tháng 02 năm 2026\n\n"
    "KẾ HOẠCH\nPhát triển khoa học, công nghệ và chuyển đổi số năm 2026\n\n"
    "I. MỤC TIÊU\n1. Hoàn thành các chỉ tiêu tại Phụ lục.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n1. Các cơ quan, đơn vị tổ chức thực hiện Kế hoạch này.\n\n"
    "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n"
    "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian hoàn thành |\n"
    "|---|---|---|---|---|---|\n"
    "| 1 | Rà soát hạ tầng mạng | Phòng Kinh tế | Công an xã | Báo cáo | Tháng 6/2026 |\n"
    "| 2 | Tập huấn kỹ năng số; lập tổ công nghệ số | Phòng Văn hóa - Xã hội | Đoàn xã | 04 lớp | khi nào "
    "xong phần mềm |\n"
    "| 3 | Số hóa hồ sơ <hộ tịch> & lưu trữ | Công an xã | Đoàn xã | Kho hồ sơ | Quý III/2026 |\n"
    "| 4 | Lắp wifi công cộng | Phòng Kinh tế | Nhà văn hoá thôn | 10 điểm | 31/12/2026 |\n";

static void
work(AppTest *test)
{
	g_autoptr(GError) error = NULL;
	gint is_cancelled = 0;
	AppWork piece = {.db = test->db,
	    .commune_id = test->commune_id,
	    .directory = test->directory,
	    .now_us = app_now_us(test->app),
	    .is_cancelled = &is_cancelled,
	    .is_first = true};
	bool did;

	do {
		g_assert_true(intake_work(&piece, &did, &error));
		g_assert_no_error(error);
		piece.is_first = false;
	} while (did);
}

static char *
get(AppTest *test, const char *target, int status)
{
	char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(test, target, &body), ==, status);
	if (status == 200) {
		html_check_assert(body);
		g_assert_cmpuint(strlen(body), <, 60 * 1024);
	}
	return body;
}

static void
expect(AppTest *test, const char *target, const char *text)
{
	g_autofree char *body = get(test, target, 200);

	if (strstr(body, text) == NULL)
		g_test_message("%s", body);
	g_assert_nonnull(strstr(body, text));
}

static void
send_plan(AppTest *test, const char *expected_location)
{
	g_autofree char *location = NULL;

	g_assert_cmpint(app_test_upload(test, "/nhap-ke-hoach", "tep", "kế hoạch 57.md", PLAN,
			    sizeof(PLAN) - 1, NULL, &location),
	    ==, 303);
	g_assert_cmpstr(location, ==, expected_location);
}

/* A form of the review; gives where it leads, the caller's. */
static char *G_GNUC_PRINTF(3, 4) edit(AppTest *test, int version, const char *format, ...)
{
	g_autofree char *fields = NULL;
	g_autofree char *form = NULL;
	g_autofree char *body = NULL;
	char *location = NULL;
	va_list arguments;
	int status;

	va_start(arguments, format);
	fields = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	form = g_strdup_printf("ban=%d&%s", version, fields);
	status = app_test_post(test, "/ra-soat/1", form, &body, &location);
	if (status != 303)
		g_test_message("%s: %d %s", form, status, body);
	g_assert_cmpint(status, ==, 303);
	return location;
}

static int
version_of(AppTest *test)
{
	g_autofree char *body = get(test, "/ra-soat/1", 200);
	const char *at = strstr(body, "name=\"ban\" value=\"");

	int version;

	g_assert_nonnull(at);
	version = atoi(at + strlen("name=\"ban\" value=\""));
	return version;
}

static void
test_arrival(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	expect(test, "/nhap-ke-hoach", "Chưa nhận kế hoạch nào");
	send_plan(test, "/nhap-ke-hoach/1");
	expect(test, "/nhap-ke-hoach/1", "Đang chờ đến lượt đọc");
	expect(test, "/nhap-ke-hoach/1", "<noscript><meta http-equiv=\"refresh\"");
	expect(test, "/nhap-ke-hoach", "Chờ đọc");
	work(test);
	expect(test, "/nhap-ke-hoach", "Rà soát tiếp");
	expect(test, "/nhap-ke-hoach", "4 nhiệm vụ");
	g_free(get(test, "/nhap-ke-hoach/1", 303));
	expect(test, "/nhap-ke-hoach/1?manh=1", "data-next=\"/ra-soat/1\"");
	send_plan(test, "/nhap-ke-hoach/1?da-co=1");
	expect(test, "/nhap-ke-hoach/1?da-co=1", "đã được gửi trước đây");
}

static void
test_refusals(void)
{
	static const char BINARY[] = {'M', 'Z', 0, 1, 2, 3, 0, 0, (char)0xFF};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *nothing = NULL;
	g_autofree char *binary = NULL;
	g_autofree char *empty = NULL;

	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach", "van-ban=+%0A", &nothing, NULL), ==, 422);
	g_assert_nonnull(strstr(nothing, "Hãy chọn ít nhất một tệp"));
	g_assert_cmpint(app_test_upload(test, "/nhap-ke-hoach", "tep", "<máy>.exe", BINARY, sizeof(BINARY),
			    &binary, NULL),
	    ==, 422);
	html_check_assert(binary);
	g_assert_nonnull(strstr(binary, "&lt;máy&gt;.exe"));
	g_assert_cmpint(
	    app_test_upload(test, "/nhap-ke-hoach", "tep", "trong.txt", "", 0, &empty, NULL), ==, 422);
	g_free(get(test, "/nhap-ke-hoach/9", 404));
	g_free(get(test, "/ra-soat/9", 404));
	expect(test, "/nhap-ke-hoach", "Chưa nhận kế hoạch nào");
}

static void
test_pasted(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *encoded = g_uri_escape_string(PLAN, NULL, TRUE);
	g_autofree char *form = g_strconcat("van-ban=", encoded, NULL);
	g_autofree char *location = NULL;

	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach", form, NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/nhap-ke-hoach/1");
	work(test);
	expect(test, "/ra-soat/1", "57/KH-UBND");
}

static void
test_discard(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL;

	send_plan(test, "/nhap-ke-hoach/1");
	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach/1/bo", "", NULL, NULL), ==, 303);
	work(test);
	expect(test, "/nhap-ke-hoach/1", "đã bỏ");
	expect(test, "/nhap-ke-hoach?loai=da-bo", "Khôi phục");
	g_free(get(test, "/ra-soat/1", 303));
	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach/1/khoi-phuc", "", NULL, NULL), ==, 303);
	work(test);
	expect(test, "/ra-soat/1", "Rà soát kế hoạch");
	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach/1/doc-lai", "", &body, NULL), ==, 409);
}

/* Every row can be looked at, and names from the document are text, not markup. */
static void
test_every_focus(void)
{
	static const char *const FOCUS[] = {"?muc=van-ban", "?muc=van-ban&truong=number", "?muc=annex1:1",
	    "?muc=annex1:2&truong=deadline", "?muc=annex1:2&lam=tach", "?muc=annex1:3&lam=them",
	    "?muc=annex1:4&truong=lead", "?muc=annex1:4&truong=khong-co", "?muc=khong-co", "?trang=7",
	    "?muc=annex1:1&vi-tri=99&truong=targets"};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	send_plan(test, "/nhap-ke-hoach/1");
	work(test);
	for (size_t i = 0; i < G_N_ELEMENTS(FOCUS); i++) {
		g_autofree char *target = g_strconcat("/ra-soat/1", FOCUS[i], NULL);

		expect(test, target, "Các mục đã hiểu");
	}
	expect(test, "/ra-soat/1?muc=annex1:3", "Số hóa hồ sơ &lt;hộ tịch&gt; &amp; lưu trữ");
	expect(test, "/ra-soat/1?muc=annex1:3", "<mark id=\"cho-nay\">");
	expect(test, "/ra-soat/1?muc=annex1:4&truong=lead", "Sửa ở mọi chỗ ghi “Phòng Kinh tế”");
	g_free(get(test, "/ra-soat/1/trang/1.png", 404)); /* text has no pages */
	g_free(get(test, "/ra-soat/1/trang/x.png", 404));
	g_free(get(test, "/ra-soat/1/trang/0.png", 404));
}

/* A scan as a reader hands it over: one page that had to be turned by two quarters. */
static BlockDocument *
turned_scan(void)
{
	static const char *const LINES[] = {"KẾ HOẠCH", "Chuyển đổi số năm 2026", "I. MỤC TIÊU",
	    "- Tỷ lệ hồ sơ trực tuyến đạt 80% năm 2026.", "II. NHIỆM VỤ",
	    "1. Công an xã rà soát thiết bị mạng."};
	BlockDocument *blocks = block_document_new(BLOCK_SOURCE_SCAN);
	const BlockPage page = {595, 842, true, 2};

	g_array_append_val(blocks->pages, page);
	for (guint i = 0; i < G_N_ELEMENTS(LINES); i++)
		block_text_add(blocks, &block_document_add(blocks, BLOCK_PARAGRAPH)->text, LINES[i],
		    strlen(LINES[i]),
		    (BlockPlace){1, {50, 100 + 20.F * (float)i, 500, 115 + 20.F * (float)i}},
		    BLOCK_BREAK_NONE, 90);
	return blocks;
}

/* Puts a file where the drawn picture of a draft's page is kept. */
static void
keep_picture(AppTest *test, const char *sha256, const char *name, const char *bytes)
{
	g_autofree char *folder = g_strdup_printf("%s/cache/%.2s/%s", test->directory, sha256, sha256 + 2);
	g_autofree char *path = g_build_filename(folder, name, NULL);

	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, bytes, -1, NULL));
}

static void
expect_picture(AppTest *test, const char *target, const char *bytes)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	g_assert_cmpstr(body, ==, bytes);
}

/* The outlines belong to the upright page: the picture beside them is turned as the recognition turned it. */
static void
test_turned_scan(void)
{
	static const char PDF[] = "%PDF-1.7\n%stands for a file that another program reads\n";
	const IntakeFile file = {.name = "quet.pdf", .bytes = PDF, .len = sizeof(PDF) - 1};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const IntakeScope scope = intake_scope(test->app);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(BlockDocument) blocks = turned_scan();
	g_autoptr(GError) error = NULL;
	IntakeArrival arrival;
	IntakeDraft draft;
	bool has;

	g_assert_true(intake_draft_create(&scope, &file, false, &arrival, &error));
	g_assert_true(intake_job_claim(&scope, arena, &draft, &has, &error) && has);
	g_assert_true(intake_job_finish(&scope, &draft, blocks, &error));
	g_assert_no_error(error);
	keep_picture(test, draft.file_sha256, "1-1100.png", "as it lies");
	keep_picture(test, draft.file_sha256, "1-1100-2.png", "turned");
	keep_picture(test, draft.file_sha256, "1-2000-2.png", "turned, large");
	expect(test, "/ra-soat/1", "src=\"/ra-soat/1/trang/1.png?xoay=2\"");
	expect(test, "/ra-soat/1", "href=\"/ra-soat/1/trang/1.png?xoay=2&amp;rong=2000\"");
	expect_picture(test, "/ra-soat/1/trang/1.png", "as it lies");
	expect_picture(test, "/ra-soat/1/trang/1.png?xoay=2", "turned");
	expect_picture(test, "/ra-soat/1/trang/1.png?xoay=2&rong=2000", "turned, large");
	g_free(get(test, "/ra-soat/1/trang/1.png?xoay=4", 422));
	g_assert_cmpint(app_test_post(test, "/ra-soat/1/dua-vao", "ban=0", NULL, NULL), ==, 303);
	expect(test, "/van-ban?xem=anh", "&amp;xoay=2\"");
	expect_picture(test, "/van-ban/trang/1.png?xoay=2", "turned");
}

static void
test_edits(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *set = NULL;
	g_autofree char *split = NULL;
	g_autofree char *added = NULL;
	g_autofree char *deleted = NULL;
	g_autofree char *grouped = NULL;
	g_autofree char *joined = NULL;

	send_plan(test, "/nhap-ke-hoach/1");
	work(test);
	set = edit(test, version_of(test),
	    "viec=luu&muc=annex1:1&truong=output&gia-tri=B%%E1%%BA%%A3n+%%C4%%91%%E1%%BB%%93");
	g_assert_cmpstr(set, ==, "/ra-soat/1?muc=annex1:1");
	expect(test, set, "Bản đồ");
	split = edit(
	    test, version_of(test), "viec=tach&muc=annex1:2&vi-tri=%zu", strlen("Tập huấn kỹ năng số; "));
	expect(test, split, "trong 6)");
	joined = edit(test, version_of(test), "viec=gop&muc=annex1:3");
	expect(test, joined, "trong 5)");
	g_assert_cmpint(
	    app_test_post(test, "/ra-soat/1/hoan-tac", "ban=3&muc=annex1:1", NULL, NULL), ==, 303);
	expect(test, "/ra-soat/1", "trong 6)");
	g_assert_cmpint(app_test_post(test, "/ra-soat/1/lam-lai", "ban=4&muc=annex1:1", NULL, NULL), ==, 303);
	expect(test, "/ra-soat/1", "trong 5)");
	added = edit(test, version_of(test), "viec=them&muc=annex1:4&gia-tri=Vi%%E1%%BB%%87c+m%%E1%%BB%%9Bi");
	expect(test, added, "Việc mới");
	deleted = edit(test, version_of(test), "viec=bo&muc=annex1:4");
	expect(test, deleted, "trong 5)");
	grouped = edit(test, version_of(test), "viec=nhom&muc=annex1:1");
	expect(test, grouped, "Dòng nhóm");
}

/* What cannot be read, and what somebody else changed meanwhile: the page again, with what was typed. */
static void
test_mishaps(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *first = NULL;
	g_autofree char *conflict = NULL;
	g_autofree char *wrong = NULL;
	int version;

	send_plan(test, "/nhap-ke-hoach/1");
	work(test);
	version = version_of(test);
	first = edit(test, version, "viec=luu&muc=annex1:4&truong=output&gia-tri=12");
	g_assert_cmpint(app_test_post(test, "/ra-soat/1",
			    "ban=0&viec=luu&muc=annex1:4&truong=output&gia-tri=15", &conflict, NULL),
	    ==, 409);
	html_check_assert(conflict);
	g_assert_nonnull(strstr(conflict, "Hiện nay: “12”. Anh, chị vừa nhập: “15”."));
	g_assert_nonnull(strstr(conflict, ">15</textarea>"));
	g_assert_cmpint(app_test_post(test, "/ra-soat/1",
			    "ban=1&viec=luu&muc=van-ban&truong=date&gia-tri=h%C3%B4m+qua", &wrong, NULL),
	    ==, 422);
	html_check_assert(wrong);
	g_assert_nonnull(strstr(wrong, ">hôm qua</textarea>"));
}

static void
test_publish(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *location = NULL;
	g_autofree char *form = NULL;

	send_plan(test, "/nhap-ke-hoach/1");
	work(test);
	expect(test, "/ra-soat/1/dua-vao", "4 nhiệm vụ, 0 chỉ tiêu");
	form = g_strdup_printf("ban=%d", version_of(test));
	g_assert_cmpint(app_test_post(test, "/ra-soat/1/dua-vao", form, NULL, &location), ==, 303);
	g_assert_cmpstr(location, ==, "/?ke-hoach=1");
	expect(test, "/", "57/KH-UBND");
	expect(test, "/nhiem-vu", "Lắp wifi công cộng");
	expect(test, "/nhap-ke-hoach", "Đang thực hiện");
	g_assert_cmpint(app_test_post(test, "/ra-soat/1/dua-vao", form, NULL, NULL), ==, 409);
	g_clear_pointer(&location, g_free);
	g_assert_cmpint(
	    app_test_upload(test, "/nhap-ke-hoach", "tep", "a.md", PLAN, sizeof(PLAN) - 1, NULL, &location),
	    ==, 303);
	expect(test, location, "đưa vào thực hiện");
}

/* What the pages hold, whole. */
static void
test_golden(void)
{
	static const char *const GOLDEN[][2] = {
	    {"list.html", "/nhap-ke-hoach"},
	    {"review.html", "/ra-soat/1?muc=annex1:2&truong=lead"},
	    {"split.html", "/ra-soat/1?muc=annex1:2&lam=tach"},
	    {"publish.html", "/ra-soat/1/dua-vao"},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	send_plan(test, "/nhap-ke-hoach/1");
	work(test);
	for (size_t i = 0; i < G_N_ELEMENTS(GOLDEN); i++) {
		g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", GOLDEN[i][0], NULL);
		g_autofree char *page = get(test, GOLDEN[i][1], 200);

		html_check_golden(page, path);
	}
}

static bool
has_files(const AppTest *test)
{
	g_autofree char *path = g_build_filename(test->directory, "files", NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

	return dir != NULL && g_dir_read_name(dir) != NULL;
}

/* A document with the stamp of a state secret is not kept, neither as a file nor pasted; one about secrets
 * is. */
static void
test_secret(void)
{
	static const char SECRET[] =
	    "UBND XÃ BÌNH NGUYỆT\nSố: 5/KH-UBND\nTUYỆT MẬT\n\nKẾ HOẠCH\nVề một việc\n";
	static const char TALK[] = "UBND XÃ BÌNH NGUYỆT\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nBảo vệ bí mật nhà nước "
				   "năm 2026\n\nI. MỤC TIÊU\n1. Một.\n";
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL, *pasted = NULL, *list = NULL, *form = NULL, *escaped = NULL;

	g_assert_cmpint(app_test_upload(test, "/nhap-ke-hoach", "tep", "ke-hoach.txt", SECRET,
			    sizeof(SECRET) - 1, &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "“TUYỆT MẬT”"));
	escaped = g_uri_escape_string(SECRET, NULL, FALSE);
	form = g_strconcat("van-ban=", escaped, NULL);
	g_assert_cmpint(app_test_post(test, "/nhap-ke-hoach", form, &pasted, NULL), ==, 422);
	g_assert_nonnull(strstr(pasted, "“TUYỆT MẬT”"));
	g_assert_false(has_files(test));
	list = get(test, "/nhap-ke-hoach", 200);
	g_assert_null(strstr(list, "ke-hoach.txt"));
	g_assert_cmpint(
	    app_test_upload(test, "/nhap-ke-hoach", "tep", "bao-ve.txt", TALK, sizeof(TALK) - 1, NULL, NULL),
	    ==, 303);
	g_assert_true(has_files(test));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/intake-pages/arrival", test_arrival);
	g_test_add_func("/intake-pages/refusals", test_refusals);
	g_test_add_func("/intake-pages/pasted", test_pasted);
	g_test_add_func("/intake-pages/discard", test_discard);
	g_test_add_func("/intake-pages/every-focus", test_every_focus);
	g_test_add_func("/intake-pages/turned-scan", test_turned_scan);
	g_test_add_func("/intake-pages/edits", test_edits);
	g_test_add_func("/intake-pages/mishaps", test_mishaps);
	g_test_add_func("/intake-pages/publish", test_publish);
	g_test_add_func("/intake-pages/golden", test_golden);
	g_test_add_func("/intake-pages/secret", test_secret);
	return g_test_run();
}
