/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/work/tests/fixture.h"

#include <string.h>

/* The pages as a browser meets them, in a program that is open: nobody can sign in yet. */

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
	g_assert_cmpint(fixture_run_all(&scope), ==, 9);
	return test;
}

static void
check_holds(const char *body, const char *const *expected)
{
	for (; *expected != NULL; expected++) {
		if (strstr(body, *expected) == NULL)
			g_test_message("no \"%s\"", *expected);
		g_assert_nonnull(strstr(body, *expected));
	}
}

static void
check_page(AppTest *test, const char *target, const char *const *expected)
{
	g_autofree char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(test, target, &body), ==, 200);
	html_check_assert(body);
	check_holds(body, expected);
	g_assert_cmpuint(strlen(body), <, 60 * 1024);
}

static void
test_today(void)
{
	g_autoptr(AppTest) test = begin();

	check_page(test, "/hom-nay",
	    (const char *const[]){"Quá hạn 349 ngày", "Hạn cuối hôm nay", "Nhiệm vụ chưa có đơn vị chủ trì",
		"&lt;b&gt;tên&lt;/b&gt;", "aria-current=\"true\">Toàn xã", NULL});
	check_page(test, "/hom-nay?pham-vi=cua-toi", (const char *const[]){"Hãy đăng nhập", NULL});
	check_page(test, "/hom-nay?pham-vi=lien-quan", (const char *const[]){"Hãy đăng nhập", NULL});
}

static void
test_list(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *csv = NULL, *json = NULL;

	check_page(test, "/cong-viec", (const char *const[]){"Lắp đặt Wi-Fi", "Chờ điều kiện", NULL});
	check_page(test, "/cong-viec?loc=qua-han", (const char *const[]){"Rà soát trang thiết bị", NULL});
	check_page(test, "/cong-viec?loc=da-khep", (const char *const[]){"Không có việc nào ở đây", NULL});
	check_page(test, "/cong-viec?co-quan=1&loc=tat-ca", (const char *const[]){"Công an xã", NULL});
	g_assert_cmpint(app_test_get(test, "/cong-viec.csv", &csv), ==, 200);
	g_assert_nonnull(strstr(csv, "\r\n1.1,Hoàn thành cơ sở dữ liệu hộ tịch,,,Công an xã,,30/11/2026,"));
	g_assert_cmpint(app_test_get(test, "/cong-viec.json?loc=qua-han", &json), ==, 200);
	g_assert_nonnull(strstr(json, "\"timeliness\":\"Quá hạn\""));
}

/* An official's minute: the card, the form, the card again; and a slip undone. */
static void
test_update(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *location = NULL, *body = NULL, *gone = NULL;

	check_page(test, "/cong-viec/1",
	    (const char *const[]){
		"Năm rõ: ", "chưa phân công", "Cập nhật tiến độ", "17 giờ ngày 30/11/2026", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&trang-thai=dang-thuc-hien&phan-tram=55&da-lam=+Xong+%3Cph%E1%BA%A7n%"
			    "3E+m%E1%BB%99t%0D%0Ahai+",
			    NULL, &location),
	    ==, 303);
	g_assert_cmpstr(location, ==, "/cong-viec/1?xong=2");
	check_page(test, location,
	    (const char *const[]){"Hoàn tác", "Xong &lt;phần&gt; một\nhai", "Đang thực hiện · 55%", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/thu-hoi", "de-nghi=2", NULL, NULL), ==, 303);
	check_page(test, "/cong-viec/1", (const char *const[]){"đã thu hồi", NULL});
	app_test_set_clock(test, 60 * INSTANT_SECOND);
	g_assert_cmpint(app_test_get(test, "/cong-viec/1?xong=3", &gone), ==, 200);
	g_assert_null(strstr(gone, "Hoàn tác"));
	g_assert_cmpint(app_test_get(test, "/cong-viec/999", &body), ==, 404);
}

/* True where the list for programs gives piece 1 this state and percentage. */
static bool
stands(AppTest *test, const char *state, int percent)
{
	g_autofree char *json = NULL, *want = g_strdup_printf("\"state\":\"%s\"", state);
	g_autofree char *part = g_strdup_printf("\"percent\":%d,", percent);
	const char *row, *end;

	g_assert_cmpint(app_test_get(test, "/cong-viec.json?loc=tat-ca", &json), ==, 200);
	row = strstr(json, "{\"id\":1,");
	g_assert_nonnull(row);
	end = strchr(row, '}');
	return g_strstr_len(row, end - row, want) != NULL && g_strstr_len(row, end - row, part) != NULL;
}

/* The form leaves "Chưa thực hiện" chosen, or nothing, when somebody types a percentage alone: the work has
 * begun then; 0 % begins nothing. */
static void
test_percent_begins(void)
{
	static const char *const STATES[] = {"", "&trang-thai=chua-thuc-hien"};

	for (size_t i = 0; i < G_N_ELEMENTS(STATES); i++) {
		g_autoptr(AppTest) test = begin();
		g_autofree char *nothing =
		    g_strconcat("phien-ban=1&phan-tram=0&da-lam=Chuan+bi", STATES[i], NULL);
		g_autofree char *part =
		    g_strconcat("phien-ban=2&phan-tram=30&da-lam=Lam+mot+phan", STATES[i], NULL);

		g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat", nothing, NULL, NULL), ==, 303);
		g_assert_true(stands(test, "chua-thuc-hien", 0));
		g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat", part, NULL, NULL), ==, 303);
		g_assert_true(stands(test, "dang-thuc-hien", 30));
		check_page(test, "/cong-viec/1", (const char *const[]){"Đang thực hiện · 30%", NULL});
	}
}

static void
test_views(void)
{
	g_autoptr(AppTest) test = begin();

	check_page(test, "/cong-viec?xem=bang",
	    (const char *const[]){"class=\"board-title late\">Quá hạn <span class=\"text-secondary\">3",
		"Chưa thực hiện", "name=\"xem\" value=\"bang\"",
		"/cong-viec?pham-vi=cua-toi&amp;loc=tat-ca&amp;xem=bang", NULL});
	check_page(test, "/cong-viec?xem=dong-thoi-gian&loc=tat-ca",
	    (const char *const[]){
		"Tháng 12/2026", "Hôm nay, 15/12/2026", "Chưa có ngày đến hạn", "month-bars", NULL});
	check_page(test, "/phong-hop", (const char *const[]){"Số liệu tháng 12/2026", "rel=\"next\"", NULL});
	check_page(test, "/phong-hop?man=don-vi",
	    (const char *const[]){"Công an xã", "2 việc, lâu nhất 349 ngày", "rel=\"prev\"", NULL});
	check_page(test, "/phong-hop?man=tat-ca",
	    (const char *const[]){"Rà soát trang thiết bị", "Không có việc nào chờ quyết định", NULL});
}

/* Several at once: seen first, then all or only those that are allowed, and taken back together. */
static void
test_bulk(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *look = NULL, *refused = NULL, *location = NULL, *again = NULL, *late = NULL,
			*gone = NULL;

	check_page(
	    test, "/cong-viec", (const char *const[]){"name=\"chon\" value=\"1.1\"", "Xem trước", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/2/nhan-viec", "", NULL, NULL), ==, 303);
	g_assert_cmpint(app_test_post(test, "/cong-viec/hang-loat",
			    "lam=nhan-viec&chon=1.1&chon=2.2&chon=999.1", &look, NULL),
	    ==, 200);
	check_holds(
	    look, (const char *const[]){"2 trong 3 việc đã chọn không làm được", "Việc đã được nhận trước đó",
		      "Không tìm thấy phần việc này", "Chỉ làm 1 việc được phép", NULL});
	html_check_assert(look);
	g_assert_cmpint(app_test_post(test, "/cong-viec/hang-loat",
			    "lam=nhan-viec&buoc=tat-ca&chon=1.1&chon=2.2", &refused, NULL),
	    ==, 422); /* all or nothing: nothing */
	check_page(test, "/cong-viec/1", (const char *const[]){"Nhận việc</button>", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat",
		"lam=nhan-viec&buoc=duoc-phep&loc=tat-ca&chon=1.1&chon=2.2&chon=3.1", NULL, &location),
	    ==, 303);
	g_assert_cmpstr(location, ==, "/cong-viec?loc=tat-ca&xong=1.2-3.2");
	check_page(test, location, (const char *const[]){"Đã ghi 2 việc", "value=\"1.2-3.2\"", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat/hoan-tac", "ds=1.2-3.2", NULL, NULL), ==, 303);
	check_page(test, "/cong-viec/1", (const char *const[]){"đã thu hồi", "Nhận việc</button>", NULL});
	/* What was overtaken is refused; what is too old cannot be taken back, none of it. */
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat", "lam=nhan-viec&chon=1.1", &again, NULL), ==, 200);
	check_holds(again, (const char *const[]){"Vừa có người khác ghi", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/hang-loat",
			    "lam=khong-phat-sinh&buoc=tat-ca&chon=1.3&chon=3.3", NULL, NULL),
	    ==, 303);
	app_test_set_clock(test, 60 * INSTANT_SECOND);
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat/hoan-tac", "ds=1.4-3.4", &late, NULL), ==, 422);
	check_holds(late, (const char *const[]){"Đã quá thời gian thu hồi", NULL});
	g_assert_cmpint(app_test_get(test, "/cong-viec?xong=1.4-3.4", &gone), ==, 200);
	g_assert_null(strstr(gone, "Hoàn tác tất cả"));
}

/* A reason and a day for all of them are asked for when they are needed. */
static void
test_bulk_extension(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *look = NULL, *early = NULL;

	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat", "lam=gia-han&chon=1.1&chon=3.1", &look, NULL), ==,
	    200);
	check_holds(look, (const char *const[]){"Làm cả 2 việc", "name=\"han\"", "name=\"ly-do\"", NULL});
	html_check_assert(look);
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat",
		"lam=gia-han&buoc=tat-ca&han=2026-12-20&ly-do=M%C6%B0a&chon=1.1&chon=3.1", &early, NULL),
	    ==, 422);
	check_holds(early, (const char *const[]){"phải sau ngày đến hạn hiện nay", ">Mưa</textarea>",
			       "value=\"2026-12-20\"", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/hang-loat",
		"lam=gia-han&buoc=tat-ca&han=2027-03-20&ly-do=M%C6%B0a&chon=1.1&chon=3.1", NULL, NULL),
	    ==, 303);
	check_page(test, "/phong-hop?man=quyet-dinh", (const char *const[]){"Đề nghị gia hạn", NULL});
}

/* What is refused keeps what was typed. */
static void
test_refused(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *body = NULL, *percent = NULL, *locked = NULL, *extension = NULL;

	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&trang-thai=cho-nghiem-thu&da-lam=%C4%90%C3%A3+xong", &body, NULL),
	    ==, 422);
	check_holds(body, (const char *const[]){"phải nêu sản phẩm", ">Đã xong</textarea>", NULL});
	html_check_assert(body);
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat", "phien-ban=1&phan-tram=101&da-lam=abc",
			    &percent, NULL),
	    ==, 422);
	check_holds(percent, (const char *const[]){">abc</textarea>", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&thang=2026-11-30&da-lam=abc", &locked, NULL),
	    ==, 422);
	check_holds(locked, (const char *const[]){"cơ quan thường trực mở lại", ">abc</textarea>", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/1/gia-han", "han=2026-01-01&ly-do=Ch%E1%BB%9D", &extension, NULL),
	    ==, 422);
	check_holds(extension, (const char *const[]){"phải sau ngày đến hạn", ">Chờ</textarea>", NULL});
	g_assert_cmpint(app_test_post(test, "/khoa-ky", "thang=2026-11-30&viec=mo", NULL, NULL), ==, 303);
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&thang=2026-11-30&da-lam=abc", NULL, NULL),
	    ==, 303);
}

/* Two people: the second sees both and loses nothing. */
static void
test_conflict(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&da-lam=Ng%C6%B0%E1%BB%9Di+m%E1%BB%99t", NULL, NULL),
	    ==, 303);
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&da-lam=Ng%C6%B0%E1%BB%9Di+hai", &body, NULL),
	    ==, 409);
	html_check_assert(body);
	check_holds(body, (const char *const[]){"người khác đã ghi", "Người một", ">Người hai</textarea>",
			      "name=\"phien-ban\" value=\"2\"", NULL});
}

static void
test_assign(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *location = NULL, *body = NULL;

	check_page(test, "/giao-viec/8?ke-hoach=1", (const char *const[]){"Chưa giao cho ai", NULL});
	g_assert_cmpint(app_test_post(test, "/giao-viec/8?ke-hoach=1", "co-quan=1&vai=chu-tri&han=2027-01-31",
			    NULL, &location),
	    ==, 303);
	check_page(test, location, (const char *const[]){"31/01/2027", NULL});
	g_assert_cmpint(
	    app_test_post(test, "/giao-viec/8?ke-hoach=1", "co-quan=1&vai=chu-tri", &body, NULL), ==, 422);
	check_holds(body, (const char *const[]){"đã có việc đó rồi", NULL});
	html_check_assert(body);
	g_assert_cmpint(
	    app_test_post(test, "/giao-viec/1?ke-hoach=1",
		"co-quan=2&vai=phoi-hop&phan-viec=Cung+c%E1%BA%A5p+s%E1%BB%91+li%E1%BB%87u&han=2026-11-20",
		NULL, NULL),
	    ==, 303);
	check_page(
	    test, "/giao-viec/1?ke-hoach=1", (const char *const[]){"Cung cấp số liệu", "20/11/2026", NULL});
}

#define BOUNDARY "xxBienxx"

/* Sends the card's form with one file. */
static int
send_with_file(
    AppTest *test, int64_t version, const char *kind, const char *name, const char *content, char **ret_body)
{
	g_autofree char *target = g_strdup("/cong-viec/2/cap-nhat-kem-tep");
	g_autofree char *body = g_strdup_printf(
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"phien-ban\"\r\n\r\n%d\r\n"
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"trang-thai\"\r\n\r\ncho-nghiem-thu\r\n"
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"san-pham\"\r\n\r\nBản tổng hợp\r\n"
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"loai-tep\"\r\n\r\n%s\r\n"
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"%s\"\r\n"
	    "Content-Type: application/octet-stream\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
	    (int)version, kind, name, content);

	return app_test_post_body(
	    test, target, "multipart/form-data; boundary=" BOUNDARY, body, strlen(body), ret_body, NULL);
}

/* What is missing is named; a file comes along with the form; one that cannot be taken leaves what was typed.
 */
static void
test_files(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *missing = NULL, *refused = NULL, *wrong = NULL;

	check_page(test, "/cong-viec/2",
	    (const char *const[]){"Sản phẩm phải có", "Còn thiếu khi nộp: tệp báo cáo",
		"theo câu chữ của kế hoạch", "Chưa có minh chứng nào", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/2/cap-nhat",
			    "phien-ban=1&trang-thai=cho-nghiem-thu&san-pham=abc", &missing, NULL),
	    ==, 422);
	check_holds(missing, (const char *const[]){"Còn thiếu: tệp báo cáo", ">abc</textarea>", NULL});
	g_assert_cmpint(send_with_file(test, 1, "bao-cao", "bao-cao.exe", "MZ\x90", &refused), ==, 422);
	check_holds(
	    refused, (const char *const[]){">Bản tổng hợp</textarea>", "Chưa có minh chứng nào", NULL});
	html_check_assert(refused);
	g_assert_cmpint(
	    send_with_file(test, 1, "hinh-anh", "bao-cao.txt", "Số liệu quý IV\n", &wrong), ==, 422);
	check_holds(
	    wrong, (const char *const[]){"Còn thiếu: tệp báo cáo", "bao-cao.txt", NULL}); /* it stays */
	g_assert_cmpint(
	    send_with_file(test, 1, "bao-cao", "bao-cao.txt", "Số liệu quý IV, bản cuối\n", NULL), ==, 303);
	check_page(
	    test, "/cong-viec/2", (const char *const[]){"Chờ nghiệm thu", "Nộp ngày 15/12/2026", NULL});
	check_page(test, "/cong-viec?loc=cho-nghiem-thu", (const char *const[]){"Nộp ngày 15/12/2026", NULL});
	g_assert_cmpint(send_with_file(test, 1, "bao-cao", "a.txt", "x\n", NULL), ==, 409);
}

/* The kind of product is corrected by hand, with a reason; what was typed is kept where it is refused. */
static void
test_product(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_post(test, "/cong-viec/1/san-pham",
			    "loai-san-pham=lop&san-pham-phai-co=Hai+l%E1%BB%9Bp", &body, NULL),
	    ==, 422);
	check_holds(body, (const char *const[]){"phải nêu lý do", ">Hai lớp</textarea>", NULL});
	html_check_assert(body);
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/1/san-pham",
		"loai-san-pham=lop&san-pham-phai-co=Hai+l%E1%BB%9Bp&ly-do=Theo+bi%C3%AAn+b%E1%BA%A3n", NULL,
		NULL),
	    ==, 303);
	check_page(test, "/cong-viec/1",
	    (const char *const[]){"Hai lớp", "danh sách tham dự", "Theo biên bản", NULL});
}

/* Numbers and demands are set from a day on, with a source; a refused form keeps what was typed. */
static void
test_rules(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *body = NULL;

	check_page(test, "/cong-viec/quy-tac",
	    (const char *const[]){
		"Sắp đến hạn: 30", "Mặc định của chương trình", "danh sách tham dự", "17 giờ", NULL});
	g_assert_cmpint(app_test_post(test, "/cong-viec/quy-tac/so/soon_days",
			    "gia-tri=15&tu-ngay=2026-12-15", &body, NULL),
	    ==, 422);
	check_holds(body, (const char *const[]){"Hãy ghi căn cứ", "value=\"15\"", NULL});
	html_check_assert(body);
	g_assert_cmpint(app_test_post(test, "/cong-viec/quy-tac/so/soon_days",
			    "gia-tri=15&tu-ngay=2026-12-15&can-cu=Q%C4%90+5%2FQ%C4%90-UBND", NULL, NULL),
	    ==, 303);
	g_assert_cmpint(
	    app_test_post(test, "/cong-viec/quy-tac/so/khong-co", "gia-tri=15", NULL, NULL), ==, 404);
	g_assert_cmpint(app_test_post(test, "/cong-viec/quy-tac/san-pham/bao-cao",
			    "so-ngay=2&tep=1&tu-ngay=2026-12-15&can-cu=abc&tu-ngu=B%C3%A1o+c%C3%A1o%3B+B%E1%"
			    "BA%A3n+t%E1%BB%95ng+h%E1%BB%A3p",
			    NULL, NULL),
	    ==, 303);
	check_page(test, "/cong-viec/quy-tac",
	    (const char *const[]){"Sắp đến hạn: 15", "QĐ 5/QĐ-UBND", "bao cao;ban tong hop", NULL});
}

#define PASSWORD "Mat-khau-so-1"

static const DbSql ADD_POST = {.name = "add_post",
    .sqlite =
	"INSERT INTO identity_post (commune_id, post_id, person_id, agency_id, position, rank, is_main, "
	"valid_from, is_void, created_us) VALUES (?1, ?2, ?2, ?3, '', 3, 1, 0, 0, 0)",
    .pg = "INSERT INTO identity_post (commune_id, post_id, person_id, agency_id, position, rank, is_main, "
	  "valid_from, is_void, created_us) VALUES ($1, $2, $2, $3, '', 3, 1, 0, 0, 0)",
    .n_params = 3};

/* Several units at once: all or none, each with a piece and a part of its own. */
static void
test_many(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *none = NULL, *twice = NULL, *page = NULL, *location = NULL;

	check_page(test, "/giao-viec/4?ke-hoach=1",
	    (const char *const[]){"Giao cho nhiều đơn vị", "đề nghị phối hợp", NULL});
	g_assert_cmpint(app_test_post(test, "/giao-viec/4/nhieu?ke-hoach=1",
			    "nhieu=1&vai=phoi-hop&phan-viec=abc", &none, NULL),
	    ==, 422);
	check_holds(none, (const char *const[]){"ít nhất một đơn vị", "value=\"abc\"", NULL});
	html_check_assert(none);
	g_assert_cmpint(
	    app_test_post(test, "/giao-viec/4/nhieu?ke-hoach=1",
		"nhieu=1&vai=phoi-hop&chon=1&chon=4&phan-viec-4=B%E1%BA%A3o+%C4%91%E1%BA%A3m+m%E1%BA%A1ng",
		NULL, &location),
	    ==, 303);
	check_page(test, location,
	    (const char *const[]){
		"Bảo đảm mạng", "Sở Khoa học và Công nghệ", "Công an xã", "đã có phiếu", NULL});
	/* The police have the whole task already: nobody gets anything. */
	g_assert_cmpint(app_test_post(test, "/giao-viec/4/nhieu?ke-hoach=1",
			    "nhieu=1&vai=phoi-hop&chon=1&chon=2", &twice, NULL),
	    ==, 422);
	check_holds(twice, (const char *const[]){"Công an xã: Cơ quan này đã có việc đó rồi", NULL});
	g_assert_cmpint(app_test_get(test, "/giao-viec/4?ke-hoach=1", &page), ==, 200);
	g_assert_null(strstr(page, "Văn phòng HĐND và UBND</a></td>"));
}

/* Somebody who can sign in; agency_id: where he has a post; 0: nowhere. */
static void
add_person(AppTest *test, const char *login, IdentityKind kind, const char *role, int64_t agency_id)
{
	g_autofree char *hash = secret_hash_password(PASSWORD);
	g_autoptr(Arena) arena = arena_new();
	IdentityScope scope = {.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = app_now_us(test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = arena};
	IdentityNew added = {.login = login,
	    .name = login,
	    .position = "",
	    .unit = "",
	    .kind = kind,
	    .role = role,
	    .password_hash = hash};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	IdentityAccount account;
	const char *problem;
	int64_t account_id;

	identity_add(&scope, &added, &account_id, &problem, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(problem, ==, NULL);
	if (agency_id == 0)
		return;
	g_assert_true(identity_find(&scope, account_id, &account, &error));
	g_assert_true(db_prepare(test->db, &ADD_POST, &stmt, &error));
	db_bind_int(stmt, 1, test->commune_id);
	db_bind_int(stmt, 2, account.person_id);
	db_bind_int(stmt, 3, agency_id);
	db_run(stmt, &error);
	g_assert_no_error(error);
}

/* Signs in; the cookie is the caller's. */
static char *
sign_in(AppTest *test, const char *login)
{
	g_autofree char *form = g_strdup_printf("ten=%s&mat-khau=" PASSWORD, login);
	char *cookie;

	test->cookies = NULL;
	g_assert_cmpint(app_test_post(test, "/dang-nhap", form, NULL, NULL), ==, 303);
	cookie = g_strndup(test->set_cookie, strcspn(test->set_cookie, ";"));
	test->cookies = cookie;
	return cookie;
}

/* Sends a form with the mark of the session. */
static int
post_marked(AppTest *test, const char *target, const char *form, char **ret_body)
{
	static const char MARK[] = "name=\"dau-phien\" value=\"";
	g_autofree char *page = NULL, *marked = NULL;
	const char *mark;

	app_test_get(test, "/tai-khoan", &page);
	mark = strstr(page, MARK);
	g_assert_nonnull(mark);
	mark += strlen(MARK);
	marked = g_strdup_printf("dau-phien=%.*s&%s", (int)strcspn(mark, "\""), mark, form);
	return app_test_post(test, target, marked, ret_body, NULL);
}

/* Writes something else into every file of the store. */
static void
spoil_files(AppTest *test)
{
	g_autofree char *root = g_build_filename(test->directory, "files", NULL);
	g_autoptr(GDir) folders = g_dir_open(root, 0, NULL);
	const char *folder, *name;

	g_assert_nonnull(folders);
	while ((folder = g_dir_read_name(folders)) != NULL) {
		g_autofree char *path = g_build_filename(root, folder, NULL);
		g_autoptr(GDir) files = g_dir_open(path, 0, NULL);

		while (files != NULL && (name = g_dir_read_name(files)) != NULL) {
			g_autofree char *file = g_build_filename(path, name, NULL);

			g_assert_true(g_file_set_contents(file, "AAAA", 4, NULL));
		}
	}
}

/* A morning: an official sees what is his, does one thing from the list, and may not touch another unit's;
 * the standing agency accepts; an inspector only looks. */
static void
test_morning(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *official = NULL, *standing = NULL, *inspector = NULL, *foreign = NULL,
			*looking = NULL, *own = NULL;

	add_person(test, "quan-tri", IDENTITY_ADMIN, NULL, 0);
	add_person(test, "can-bo", IDENTITY_WORK, NULL, 1);
	add_person(test, "thuong-truc", IDENTITY_WORK, "thuong-truc", 0);
	add_person(test, "kiem-tra", IDENTITY_WORK, "kiem-tra", 0);

	official = sign_in(test, "can-bo");
	check_page(test, "/hom-nay",
	    (const char *const[]){"aria-current=\"true\">Giao cho tôi", "Cập nhật nhanh", "Quá hạn 15 ngày",
		"Chờ nhận việc", NULL});
	g_assert_cmpint(post_marked(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=1&ve=hom-nay&trang-thai=dang-thuc-hien&da-lam=abc", NULL),
	    ==, 303);
	check_page(test, "/hom-nay?xong=1.2", (const char *const[]){"Hoàn tác", NULL});
	g_assert_cmpint(
	    post_marked(test, "/cong-viec/2/cap-nhat", "phien-ban=1&da-lam=abc", &foreign), ==, 422);
	check_holds(foreign, (const char *const[]){"không phải của bạn", NULL});
	g_assert_cmpint(post_marked(test, "/cong-viec/1/cap-nhat",
			    "phien-ban=2&trang-thai=cho-nghiem-thu&san-pham=CSDL", NULL),
	    ==, 303);
	g_assert_cmpint(post_marked(test, "/cong-viec/1/nghiem-thu", "phien-ban=3", &own), ==, 403);

	standing = sign_in(test, "thuong-truc");
	check_page(test, "/hom-nay", (const char *const[]){"Đã nộp, chờ nghiệm thu", "Khóa kỳ", NULL});
	g_assert_cmpint(post_marked(test, "/cong-viec/1/nghiem-thu", "phien-ban=3", NULL), ==, 303);
	check_page(test, "/cong-viec/1", (const char *const[]){"Hoàn thành quá hạn 15 ngày", NULL});

	inspector = sign_in(test, "kiem-tra");
	check_page(test, "/cong-viec/1", (const char *const[]){"Quá trình thực hiện", NULL});
	g_assert_cmpint(
	    post_marked(test, "/cong-viec/2/cap-nhat", "phien-ban=1&da-lam=abc", &looking), ==, 422);
	g_assert_cmpint(post_marked(test, "/khoa-ky", "thang=2026-11-30&viec=mo", NULL), ==, 403);
}

static const DbSql END_POSTS = {.name = "end_posts",
    .sqlite = "UPDATE identity_post SET valid_to = 20000 WHERE commune_id = ?1",
    .pg = "UPDATE identity_post SET valid_to = 20000 WHERE commune_id = $1",
    .n_params = 1};

/* Who leaves hands over what is open, in one form; the page of the person says so before. */
static void
test_handover(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *standing = NULL, *none = NULL, *stranger = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	add_person(test, "quan-tri", IDENTITY_ADMIN, NULL, 0); /* person 1 */
	add_person(test, "di", IDENTITY_WORK, NULL, 1);        /* person 2 */
	add_person(test, "thuong-truc", IDENTITY_WORK, "thuong-truc", 0);
	standing = sign_in(test, "thuong-truc");
	check_page(test, "/ban-giao", (const char *const[]){"Chưa có việc nào được giao đích danh", NULL});
	g_assert_cmpint(post_marked(test, "/cong-viec/1/giao", "phien-ban=1&nguoi=2", NULL), ==, 303);
	g_assert_cmpint(post_marked(test, "/cong-viec/3/giao", "phien-ban=1&nguoi=2", NULL), ==, 303);
	check_page(test, "/ban-giao", (const char *const[]){">di</a>", "2 việc chưa xong, 1 quá hạn", NULL});
	g_assert_true(db_prepare(test->db, &END_POSTS, &stmt, &error));
	db_bind_int(stmt, 1, test->commune_id);
	g_assert_true(db_run(stmt, &error));
	check_page(test, "/ban-giao", (const char *const[]){"Không còn vị trí công tác", NULL});
	check_page(test, "/ban-giao/2",
	    (const char *const[]){"không còn giữ vị trí công tác nào", "Lý do bàn giao", NULL});
	g_assert_cmpint(post_marked(test, "/ban-giao/2", "viec=1&viec=3&nguoi-nhan=3", &none), ==, 422);
	check_holds(none, (const char *const[]){"phải nêu lý do", "value=\"3\" selected", NULL});
	html_check_assert(none);
	g_assert_cmpint(
	    post_marked(test, "/ban-giao/2", "viec=1&nguoi-nhan=999&ly-do=x", &stranger), ==, 422);
	check_holds(stranger, (const char *const[]){"chọn người nhận", NULL});
	g_assert_cmpint(
	    post_marked(test, "/ban-giao/2", "viec=1&viec=3&nguoi-nhan=3&ly-do=Ngh%E1%BB%89+h%C6%B0u", NULL),
	    ==, 303);
	check_page(test, "/ban-giao/2", (const char *const[]){"không còn việc nào chưa xong", NULL});
	check_page(test, "/cong-viec/3", (const char *const[]){"thuong-truc", "Nghỉ hưu", NULL});
}

/* Whoever ends a post sees what is open in that name. */
static void
test_person_page(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *location = NULL;

	g_assert_cmpint(app_test_post(test, "/nguoi/moi", "ho-ten=Ng%C6%B0%E1%BB%9Di+s%E1%BA%AFp+%C4%91i",
			    NULL, &location),
	    ==, 303);
	g_assert_cmpstr(location, ==, "/nguoi/1");
	g_assert_cmpint(app_test_post(test, "/cong-viec/1/giao", "phien-ban=1&nguoi=1", NULL, NULL), ==, 303);
	check_page(test, location,
	    (const char *const[]){
		"không còn giữ vị trí công tác nào", "1 việc chưa xong", "/ban-giao/1", NULL});
}

/* A file that no longer is what was handed in stops the acceptance. */
static void
test_spoilt(void)
{
	g_autoptr(AppTest) test = begin();
	g_autofree char *standing = NULL, *body = NULL;

	g_assert_cmpint(
	    send_with_file(test, 1, "bao-cao", "bao-cao.txt", "Số liệu quý IV, bản cuối\n", NULL), ==, 303);
	add_person(test, "quan-tri", IDENTITY_ADMIN, NULL, 0);
	add_person(test, "thuong-truc", IDENTITY_WORK, "thuong-truc", 0);
	spoil_files(test);
	standing = sign_in(test, "thuong-truc");
	g_assert_cmpint(post_marked(test, "/cong-viec/2/nghiem-thu", "phien-ban=2", &body), ==, 422);
	check_holds(body, (const char *const[]){"Chưa nghiệm thu được", "bao-cao.txt", "đã bị hỏng", NULL});
	check_page(test, "/cong-viec/2", (const char *const[]){"Chờ nghiệm thu", NULL});
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/work/pages/today", test_today);
	g_test_add_func("/work/pages/list", test_list);
	g_test_add_func("/work/pages/views", test_views);
	g_test_add_func("/work/pages/bulk", test_bulk);
	g_test_add_func("/work/pages/bulk-extension", test_bulk_extension);
	g_test_add_func("/work/pages/update", test_update);
	g_test_add_func("/work/pages/percent-begins", test_percent_begins);
	g_test_add_func("/work/pages/refused", test_refused);
	g_test_add_func("/work/pages/conflict", test_conflict);
	g_test_add_func("/work/pages/assign", test_assign);
	g_test_add_func("/work/pages/morning", test_morning);
	g_test_add_func("/work/pages/files", test_files);
	g_test_add_func("/work/pages/product", test_product);
	g_test_add_func("/work/pages/rules", test_rules);
	g_test_add_func("/work/pages/many", test_many);
	g_test_add_func("/work/pages/handover", test_handover);
	g_test_add_func("/work/pages/person", test_person_page);
	g_test_add_func("/work/pages/spoilt", test_spoilt);
	return g_test_run();
}
