/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/testing.h"
#include "base/date.h"
#include "html/tests/html_check.h"
#include "modules/identity/identity_people.h"
#include "modules/intake/tests/sample.h"
#include "modules/people/people_book.h"
#include "modules/people/people_import.h"
#include "reader/reader.h"

#include <string.h>

/* Pages of units, people and the first set-up as a browser without script meets them; and lists of people
 * from Excel, as cells. */

#define TODAY APP_TEST_TODAY

/* libxlsxwriter 1.1.4 loses the formula of a list to choose from. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:lxw_strdup\nleak:libxlsxwriter";
}

static char *
get(AppTest *test, const char *target, int status)
{
	char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(test, target, &body), ==, status);
	if (status == 200 && g_str_has_prefix(body, "<!doctype"))
		html_check_assert(body);
	return body;
}

static char *
post(AppTest *test, const char *target, const char *form, int status)
{
	char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(test, target, form, &body, NULL), ==, status);
	if (status == 200 || status == 422)
		html_check_assert(body);
	return body;
}

static void
assert_has(AppTest *test, const char *target, const char *text)
{
	g_autofree char *body = get(test, target, 200);

	g_assert_nonnull(strstr(body, text));
}

static void
assert_lacks(AppTest *test, const char *target, const char *text)
{
	g_autofree char *body = get(test, target, 200);

	g_assert_null(strstr(body, text));
}

static void
assert_verified(AppTest *test)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

/* The path of a new commune: usual units, their page, people, a merger with a look at it first. */
static void
test_units(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *none = get(test, "/don-vi", 200), *preview = NULL, *csv = NULL;

	g_assert_nonnull(strstr(none, "Chưa có đơn vị nào"));
	assert_has(test, "/thiet-lap", "Thêm các đơn vị thường có");
	g_free(post(test, "/don-vi/danh-muc", "ve=/thiet-lap", 303));
	assert_has(test, "/don-vi", "Phòng Kinh tế");
	assert_has(test, "/don-vi?tim=phong+van+hoa", "Phòng Văn hóa - Xã hội");
	assert_lacks(test, "/don-vi?tim=phong+van+hoa", "Trạm Y tế");
	g_free(post(test, "/nguoi/moi",
	    "ho-ten=L%C3%AA+Th%E1%BB%AD&chuc-vu=Tr%C6%B0%E1%BB%9Fng+ph%C3%B2ng&don-vi=8&"
	    "vai=dung-dau&tu-ngay=2026-01-01",
	    303));
	assert_has(test, "/don-vi/8", "Lê Thử");
	preview = post(test, "/don-vi/8/thay-doi",
	    "viec=sap-nhap&chon=8&chon=9&con-lai=&ten=Ph%C3%B2ng+M%E1%BB%9Bi&loai=phong-ban&tu-ngay=2026-12-"
	    "01&"
	    "so-quyet-dinh=1%2FQ%C4%90&chuyen-nguoi=1&buoc=xem",
	    200);
	g_assert_nonnull(strstr(preview, "1 vị trí công tác chuyển"));
	assert_lacks(test, "/don-vi", "Phòng Mới");
	g_free(post(test, "/don-vi/8/thay-doi",
	    "viec=sap-nhap&chon=8&chon=9&con-lai=&ten=Ph%C3%B2ng+M%E1%BB%9Bi&loai=phong-ban&tu-ngay=2026-12-"
	    "01&"
	    "so-quyet-dinh=1%2FQ%C4%90&chuyen-nguoi=1&buoc=ghi",
	    303));
	assert_has(test, "/don-vi", "Phòng Mới");
	assert_lacks(test, "/don-vi?ngay=2026-11-30", "Phòng Mới");
	assert_has(test, "/don-vi/8", "nay là Phòng Mới");
	assert_has(test, "/don-vi/16", "Lê Thử");
	assert_has(test, "/don-vi/8?ngay=2026-11-30", "Lê Thử");
	csv = get(test, "/don-vi.csv", 200);
	g_assert_nonnull(strstr(csv, "Phòng Mới"));
	g_free(post(test, "/don-vi/16/huy", "so=2&ly-do=ghi+nh%E1%BA%A7m", 303));
	assert_lacks(test, "/don-vi", "Phòng Mới");
	assert_has(test, "/don-vi/8", "Lê Thử");
	assert_verified(test);
}

/* Names from a plan wait to be confirmed; the plan's part is on the unit's page. */
static void
test_adopt(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	sample_store(test);
	assert_has(test, "/don-vi", "chưa được xác nhận");
	assert_has(test, "/don-vi/1", "Xác nhận");
	g_free(post(test, "/don-vi/xac-nhan", "chon=1&chon=2&chon=3&chon=4", 303));
	assert_lacks(test, "/don-vi?tinh-trang=dang-co", "chưa được xác nhận");
	assert_has(test, "/don-vi/1", "nhiệm vụ");
	assert_lacks(test, "/co-quan", "nay là");
	g_free(post(test, "/don-vi/1/thay-doi",
	    "viec=doi-ten&ten=Ph%C3%B2ng+M%E1%BB%9Bi&loai=phong-ban&tu-ngay=2026-12-01&so-quyet-dinh=2&buoc="
	    "ghi",
	    303));
	assert_has(test, "/co-quan", "nay là Phòng Mới");
	g_free(post(test, "/don-vi/xac-nhan", "", 422));
	g_free(get(test, "/don-vi/99", 404));
	g_free(get(test, "/don-vi/1?ngay=x", 422));
	assert_verified(test);
}

/* What was typed comes back with what is wrong. */
static void
test_refused_forms(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *unit = post(test, "/don-vi/moi", "viec=them&ten=%3Cb%3EPh%C3%B2ng&ma=h55", 422);
	g_autofree char *person = post(test, "/nguoi/moi", "ho-ten=A&thu=khong-phai", 422), *close = NULL;

	g_assert_nonnull(strstr(unit, "&lt;b&gt;Phòng"));
	g_assert_nonnull(strstr(unit, "Mã định danh"));
	g_assert_nonnull(strstr(person, "khong-phai"));
	g_free(post(test, "/don-vi/moi", "viec=them&ten=Ph%C3%B2ng+A&loai=phong-ban", 303));
	close = post(test, "/don-vi/1/thay-doi", "viec=ket-thuc&tu-ngay=2026-12-01&buoc=ghi", 422);
	g_assert_nonnull(strstr(close, "phải có nguồn"));
	g_free(post(test, "/don-vi/1/thay-doi", "viec=khong-co", 422));
	g_free(post(test, "/nguoi/1", "ho-ten=A", 404));
}

/* "a|b\nc|d" as a sheet whose first row is the sheet's `first`. */
static BlockDocument *
sheet_of(const char *text, uint16_t first)
{
	BlockDocument *document = block_document_new(BLOCK_SOURCE_SHEET);
	Block *block = block_document_add(document, BLOCK_TABLE);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (uint16_t i = 0; lines[i] != NULL; i++) {
		g_auto(GStrv) cells = g_strsplit(lines[i], "|", -1);

		for (uint16_t j = 0; cells[j] != NULL; j++) {
			if (*cells[j] == '\0')
				continue;
			block_text_add(document,
			    &block_table_add_cell(document, &block->table, (uint16_t)(first + i), j, 1, 1)
				 ->text,
			    cells[j], strlen(cells[j]), (BlockPlace){0}, BLOCK_BREAK_NONE, 100);
		}
	}
	return document;
}

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	IdentityScope scope;
	PeopleSheet sheet;
	PeopleImport import;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	f->test = app_test_new(APP_MODULES);
	f->arena = arena_new();
	f->scope = (IdentityScope){.db = f->test->db,
	    .commune_id = f->test->commune_id,
	    .now_us = TODAY * INSTANT_DAY,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = f->arena};
	g_free(post(f->test, "/don-vi/danh-muc", "", 303));
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	assert_verified(f->test);
	people_sheet_clear(&f->sheet);
	arena_free(f->arena);
	app_test_free(f->test);
}

static void
take(Fixture *f, const BlockDocument *document, bool is_dry)
{
	g_autoptr(GError) error = NULL;
	const PeopleSecret *secrets;

	people_sheet_clear(&f->sheet);
	people_sheet_read(document, f->arena, &f->sheet);
	secrets = people_import_secrets(&f->sheet, f->arena);
	people_import_run(&f->scope, &f->sheet, secrets, is_dry, &f->import, &error);
	g_assert_no_error(error);
}

static void
take_text(Fixture *f, const char *text, bool is_dry)
{
	g_autoptr(BlockDocument) document = sheet_of(text, 0);

	take(f, document, is_dry);
}

static void
assert_problem(Fixture *f, guint index, const char *address, const char *words)
{
	const PeopleProblem *problem;

	g_assert_cmpuint(f->sheet.problems->len, >, index);
	problem = &g_array_index(f->sheet.problems, PeopleProblem, index);
	g_test_message("%s: %s", problem->address, problem->message);
	g_assert_cmpstr(problem->address, ==, address);
	g_assert_nonnull(strstr(problem->message, words));
}

#define GOOD \
	"Đơn vị|Họ tên|Chức vụ|Kiêm nhiệm|Email|Tên đăng nhập|Vai trò\n" \
	"Phòng Kinh tế|Lê Văn Thử|Trưởng phòng||thu@binhnguyet.example|thu.lv|Đơn vị chủ trì\n" \
	"VH-XH|Trần Thị Mẫu|Chuyên viên||||\n" \
	"phong van hoa xa hoi|Lê Văn Thử|Tổ viên|x||thu.lv|"

/* A dry run says what it would do and does nothing; then it is done; then nothing is left to do. */
static void
test_import(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GPtrArray) posts = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	take_text(f, GOOD, true);
	g_assert_cmpuint(f->sheet.problems->len, ==, 0);
	g_assert_cmpuint(f->import.counts[PEOPLE_ADDED], ==, 2);
	g_assert_true(identity_people(&f->scope, people, &error));
	g_assert_cmpuint(people->len, ==, 0);
	take_text(f, GOOD, false);
	g_assert_cmpuint(f->import.n_accounts, ==, 1);
	g_assert_cmpuint(strlen(f->import.results[0].password), >=, 14);
	g_assert_true(identity_people(&f->scope, people, &error));
	g_assert_cmpuint(people->len, ==, 2);
	g_assert_true(identity_posts_of(&f->scope, 1, TODAY, posts, &error));
	g_assert_cmpuint(posts->len, ==, 2);
	take_text(f, GOOD, false);
	g_assert_cmpuint(f->import.counts[PEOPLE_SAME], ==, 3);
	g_assert_cmpuint(f->import.counts[PEOPLE_ADDED] + f->import.counts[PEOPLE_CHANGED], ==, 0);
}

/* Each wrong cell by its address, and nothing is written for the sake of one. */
static void
test_import_problems(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	g_autoptr(GPtrArray) people = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(BlockDocument) document =
	    sheet_of("Họ và tên|Đơn vị|Từ ngày|Thư điện tử|Tên đăng nhập|Vai trò|Điện thoại\n"
		     "Người Đúng|Phòng Kinh tế|01/02/2026||||\n"
		     "Người Hai|Phòng Không Có|||||\n"
		     "Người Ba|Phòng Kinh tế|31/02/2026||||\n"
		     "Người Bốn|||khong-phai-thu|||\n"
		     "Người Năm||||Chữ Hoa||\n"
		     "Người Sáu||||sau|Không có vai trò|\n"
		     "|Phòng Kinh tế|||||\n"
		     "Người Bảy||||||12",
		3);

	take(f, document, false);
	assert_problem(f, 0, "A11", "Thiếu họ và tên");
	assert_problem(f, 1, "B6", "Không có đơn vị");
	assert_problem(f, 2, "C7", "15/12/2026");
	assert_problem(f, 3, "D8", "Thư điện tử");
	assert_problem(f, 4, "E9", "Tên đăng nhập");
	assert_problem(f, 5, "F10", "vai trò");
	assert_problem(f, 6, "G12", "Số điện thoại");
	g_assert_cmpuint(f->sheet.problems->len, ==, 7);
	g_assert_true(identity_people(&f->scope, people, &error));
	g_assert_cmpuint(people->len, ==, 0);
	take_text(f, "Họ tên\nA", true);
	assert_problem(f, 0, "", "dòng tiêu đề");
	take_text(f, "Họ tên|Đơn vị", true);
	assert_problem(f, 0, "", "không có dòng nào");
}

/* What we write out, read by the reader's process, changes nothing when it comes back. */
static void
test_round_trip(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	take_text(f, GOOD, false);
	g_assert_true(people_book_write(&f->scope, TODAY, true, bytes, &error));
	g_assert_no_error(error);
	if (!reader_read_cells(bytes->str, bytes->len, NULL, &document, &error)) {
		g_test_skip(error->message);
		return;
	}
	take(f, document, false);
	g_assert_cmpuint(f->sheet.problems->len, ==, 0);
	g_assert_cmpuint(f->import.n_results, ==, 3);
	g_assert_cmpuint(f->import.counts[PEOPLE_SAME], ==, 3);
}

/* Rows survive the way through a form. */
static void
test_pack(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
	g_autofree char *packed = NULL, *again = NULL;
	PeopleSheet back;

	take_text(f, GOOD, true);
	packed = people_sheet_pack(&f->sheet);
	people_sheet_unpack(packed, f->arena, &back);
	again = people_sheet_pack(&back);
	g_assert_cmpstr(packed, ==, again);
	people_sheet_clear(&back);
	people_sheet_unpack("rác\n\t1\n", f->arena, &back);
	g_assert_cmpuint(back.problems->len, >, 0);
	people_sheet_clear(&back);
}

/* The pages of the import, with a file and without. */
static void
test_import_pages(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *body = NULL;

	g_free(get(test, "/nguoi/nhap-excel", 200));
	g_assert_cmpint(
	    app_test_upload(test, "/nguoi/nhap-excel", "tep", "a.xlsx", "không phải Excel", 20, &body, NULL),
	    ==, 422);
	g_assert_nonnull(strstr(body, "không phải tệp Excel"));
	g_free(post(test, "/nguoi/nhap-excel/ghi", "bang=", 422));
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

/* A post belongs to its person: under another's address it is not there, and nothing happens to it. */
static void
test_post_of_another(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	g_free(post(test, "/don-vi/danh-muc", "ve=/thiet-lap", 303));
	g_free(post(
	    test, "/nguoi/moi", "ho-ten=L%C3%AA+M%E1%BB%99t&don-vi=8&vai=dung-dau&tu-ngay=2026-01-01", 303));
	g_free(post(test, "/nguoi/moi", "ho-ten=L%C3%AA+Hai", 303));
	for (const char *const *form = (const char *const[]){"viec=ket-thuc&ngay=2026-12-01", "viec=bo",
		 "viec=ban-giao&nguoi-nhan=2&ngay=2026-12-01",
		 "don-vi=8&chuc-vu=Kh%C3%A1c&vai=nhan-vien&tu-ngay=2026-01-01", NULL};
	     *form != NULL; form++)
		g_free(post(test, "/nguoi/2/vi-tri/1", *form, 404));
	assert_has(test, "/don-vi/8", "Lê Một");
	g_free(post(test, "/nguoi/1/vi-tri/1", "viec=ket-thuc&ngay=2026-12-01", 303));
	assert_verified(test);
}

#define ADD_KIND \
	"ten=H%E1%BB%A3p+t%C3%A1c+x%C3%A3+%C4%91i%E1%BB%87n&ubnd-giao=1&tu-ngay=2026-12-15&can-cu=Quy+ch%" \
	"E1%BA%BF+5"

/* Kinds of units are added and ended on a day, not while a unit is of the kind; the program's become ours. */
static void
test_kinds(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *in_use = NULL, *csv = NULL, *json = NULL, *over = NULL;

	assert_has(test, "/don-vi/loai", "Phòng, văn phòng thuộc Ủy ban nhân dân");
	g_free(post(test, "/don-vi/loai", ADD_KIND, 303));
	assert_has(test, "/don-vi/loai", "Hợp tác xã điện");
	g_free(post(test, "/don-vi/moi",
	    "viec=them&ten=Hop+tac+xa+Binh+Minh&loai=hop-tac-xa-dien&tu-ngay=2026-12-15&ghi-chu=thanh+lap",
	    303));
	in_use = post(test, "/don-vi/loai/hop-tac-xa-dien/ket-thuc", "den-ngay=2026-12-31&can-cu=x", 422);
	g_assert_nonnull(strstr(in_use, "Hop tac xa Binh Minh"));
	g_free(post(test, "/don-vi/loai/khac/ket-thuc", "den-ngay=2026-12-20&can-cu=Quy+che+6", 303));
	assert_has(test, "/don-vi/loai", "đến 20/12/2026");
	assert_has(test, "/don-vi/moi", "value=\"khac\"");
	csv = get(test, "/don-vi/loai.csv", 200);
	g_assert_nonnull(strstr(csv, "thôi dùng theo Quy che 6"));
	json = get(test, "/don-vi/loai.json", 200);
	g_assert_nonnull(strstr(json, "\"valid_to\":\"2026-12-20\""));
	assert_verified(test);
	app_test_set_clock(test, INT64_C(10) * 24 * 3600 * 1000 * 1000);
	assert_lacks(test, "/don-vi/moi", "value=\"khac\"");
	over = post(test, "/don-vi/moi", "viec=them&ten=Mot&loai=khac&tu-ngay=2026-12-25&ghi-chu=x", 422);
	g_assert_nonnull(strstr(over, "đã thôi dùng"));
}

/* Each refusal names its field and keeps what was typed. */
static void
test_kinds_refused(void)
{
	static const struct {
		const char *target, *form, *says;
	} CASES[] = {
	    {"/don-vi/loai", "ten=+&tu-ngay=2026-12-15&can-cu=C", "Tên loại đơn vị:"},
	    {"/don-vi/loai", "ten=Kh%C3%A1c&tu-ngay=2026-12-15&can-cu=C", "đã có loại cùng tên"},
	    {"/don-vi/loai", "ten=Loai+moi&tu-ngay=2026-12-14&can-cu=C", "Dùng từ ngày:"},
	    {"/don-vi/loai", "ten=Loai+moi&tu-ngay=2026-02-30&can-cu=C", "Dùng từ ngày:"},
	    {"/don-vi/loai", "ten=Loai+moi&tu-ngay=2026-12-15&can-cu=", "Căn cứ:"},
	    {"/don-vi/loai/khac/ket-thuc", "den-ngay=2026-12-14&can-cu=C", "Ngày cuối còn dùng:"},
	    {"/don-vi/loai/khac/ket-thuc", "den-ngay=&can-cu=C", "Ngày cuối còn dùng:"},
	    {"/don-vi/loai/khac/ket-thuc", "den-ngay=2026-12-16&can-cu=", "Căn cứ:"},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *body = post(test, CASES[i].target, CASES[i].form, 422);

		g_assert_nonnull(strstr(body, CASES[i].says));
		if (i > 1 && i < 5)
			g_assert_nonnull(strstr(body, "value=\"Loai moi\""));
	}
	g_free(post(test, "/don-vi/loai/khong-co/ket-thuc", "den-ngay=2026-12-16&can-cu=C", 404));
	assert_verified(test);
}

/* More kinds than one page shows: they are cut, searched and filtered, as rows and as data; whoever ends one
 * comes back to where he was. */
static void
test_kinds_list(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *refused = NULL, *back = NULL, *csv = NULL, *json = NULL;

	for (int i = 1; i <= 60; i++) {
		g_autofree char *form =
		    g_strdup_printf("ten=To+hop+tac+%d&ubnd-giao=1&tu-ngay=2026-12-%d&can-cu=Quy+che+%d", i,
			i % 2 == 0 ? 15 : 20, i);

		g_free(post(test, "/don-vi/loai", form, 303));
	}
	assert_has(test, "/don-vi/loai", "1–50 trong ");
	assert_lacks(test, "/don-vi/loai", ">To hop tac 60<");
	assert_has(test, "/don-vi/loai?trang=2", ">To hop tac 60<");
	assert_has(test, "/don-vi/loai?trang=900", ">To hop tac 60<"); /* the nearest there is */
	assert_has(test, "/don-vi/loai?tim=T%E1%BB%94+H%E1%BB%A2P", "1–50 trong 60 loại đơn vị");
	assert_has(test, "/don-vi/loai?tim=quy+che+17", ">To hop tac 17<"); /* the ground is searched */
	assert_has(test, "/don-vi/loai?tinh-trang=sap-dung", "1–30 trong 30 loại đơn vị");
	assert_lacks(test, "/don-vi/loai?tinh-trang=sap-dung", ">To hop tac 2<");
	assert_has(test, "/don-vi/loai?tinh-trang=thoi-dung", "Không có loại đơn vị nào khớp");
	g_free(get(test, "/don-vi/loai?tinh-trang=khac", 422));
	csv = get(test, "/don-vi/loai.csv?tinh-trang=sap-dung", 200);
	g_assert_nonnull(strstr(csv, "To hop tac 59"));
	g_assert_null(strstr(csv, "To hop tac 60"));
	json = get(test, "/don-vi/loai.json?tim=tac+59", 200);
	g_assert_nonnull(strstr(json, "\"kind\":\"to-hop-tac-59\",\"name\":\"To hop tac 59\""));
	g_assert_nonnull(strstr(json, "\"valid_from\":\"2026-12-20\",\"valid_to\":null"));
	assert_has(test, "/don-vi/loai?tim=to+hop&trang=2",
	    "action=\"/don-vi/loai/to-hop-tac-60/ket-thuc?tim=to%20hop&amp;trang=2\"");
	/* The row that was refused is shown, unfolded, on whatever page it is. */
	refused = post(test, "/don-vi/loai/to-hop-tac-60/ket-thuc", "den-ngay=2026-12-16&can-cu=", 422);
	g_assert_nonnull(strstr(refused, "<details class=\"mt-1\" open>"));
	g_assert_cmpint(app_test_post(test, "/don-vi/loai/to-hop-tac-60/ket-thuc?tim=to%20hop&trang=2",
			    "den-ngay=2026-12-16&can-cu=Q", NULL, &back),
	    ==, 303);
	g_assert_cmpstr(back, ==, "/don-vi/loai?tim=to%20hop&trang=2");
	assert_verified(test);
}

/* One kind that counts, one to come, one that ended: what the page shows of each. */
static void
test_kinds_golden(void)
{
	g_autofree char *path = g_test_build_filename(G_TEST_DIST, "golden", "unit_kinds.html", NULL);
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autofree char *page = NULL;

	g_free(post(test, "/don-vi/loai", ADD_KIND, 303));
	g_free(post(
	    test, "/don-vi/loai", "ten=Ban+quan+ly&dang-giao=1&tu-ngay=2027-01-01&can-cu=Quy+che+7", 303));
	g_free(post(test, "/don-vi/loai/khac/ket-thuc", "den-ngay=2026-12-20&can-cu=Quy+che+6", 303));
	app_test_set_clock(test, INT64_C(10) * 24 * 3600 * 1000 * 1000);
	page = get(test, "/don-vi/loai", 200);
	html_check_golden(page, path);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people/units", test_units);
	g_test_add_func("/people/adopt", test_adopt);
	g_test_add_func("/people/kinds", test_kinds);
	g_test_add_func("/people/kinds-refused", test_kinds_refused);
	g_test_add_func("/people/kinds-list", test_kinds_list);
	g_test_add_func("/people/kinds-golden", test_kinds_golden);
	g_test_add_func("/people/refused-forms", test_refused_forms);
	ADD("/people/import", test_import);
	ADD("/people/import-problems", test_import_problems);
	ADD("/people/round-trip", test_round_trip);
	ADD("/people/pack", test_pack);
	g_test_add_func("/people/import-pages", test_import_pages);
	g_test_add_func("/people/post-of-another", test_post_of_another);
	return g_test_run();
}
