/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ledger.h"
#include "app/module.h"
#include "modules/evidence/evidence.h"
#include "modules/tests/full_commune.h"
#include "storage/txn.h"

#include <string.h>

/* "Ai đã sửa từng trường": for every kind of record that a module tells of. */

#define WORD "Binhnguyet"
#define PAGE "/nhat-ky/ban-ghi"

typedef struct Fixture {
	AppTest *test;
} Fixture;

/* One record of each kind, and what its page has to say. */
static const struct {
	const char *object, *has;
} EXAMPLES[] = {{"plan/1", "Số, ký hiệu"}, {"finding/1/1", "Quy tắc kiểm tra"},
    {"task/2/1", "Cơ quan chủ trì"}, {"indicator/2/1", "Mục tiêu theo năm"}, {"draft/2", "Lần sửa cuối"},
    {"alias/Doan xa", "Cách viết"}, {"work/1", "Thời hạn gốc"}, {"work-month/2026-11-30", "Đã khóa"},
    {"evidence/1", "Người nộp"}, {"evidence-kind/anh-hop", "Ảnh họp"}, {"agency/1", "Tên viết tắt"},
    {"agency-change/1", "Quyết định"}, {"agency-kind/phong-ban", "Ủy ban nhân dân giao việc"},
    {"person/1", "Họ và tên"}, {"post/1", "Chức vụ"}, {"account/2", "Giao vai trò"},
    {"signin-link/2", "Nơi cấp"}, {"access-review/1", "Kết quả"}, {"plan-role/1", "Ai giữ"},
    {"secret/1", "Số, ký hiệu"}, {"signin-rule/idle_minutes", "Giá trị"},
    {"signin-level", "Từ ngày: 01/01/2026"}, {"duty/90", "Việc thứ hai"}, {"calendar/2027", "02/01/2027"},
    {"setting/thu.chu", "Giá trị"}, {"settings", "thu.chu"}, {"commune", "Tên"}};

static void
send(const Fixture *fixture, const char *target, const char *form)
{
	g_autofree char *body = NULL, *whole = g_strconcat(FULL_COMMUNE_FORM "&", form, NULL);
	int status = app_test_post(fixture->test, target, whole, &body, NULL);

	if (status != 303)
		g_error("POST %s: %d\n%s", target, status, body);
}

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->test = app_test_new(full_commune_modules());
	full_commune_fill(fixture->test, WORD, 1);
	full_commune_work(fixture->test);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	app_test_free(fixture->test);
}

static char *
page(const Fixture *fixture, const char *suffix, const char *object, int *ret_status)
{
	g_autofree char *escaped = g_uri_escape_string(object, "/", FALSE);
	g_autofree char *target = g_strconcat(PAGE, suffix, "?doi-tuong=", escaped, NULL);
	char *body = NULL;

	*ret_status = app_test_get(fixture->test, target, &body);
	if (*ret_status == 303) { /* personal data have an address of their own, which notes who reads */
		g_autofree char *other = g_strconcat(PAGE "-ca-nhan", suffix, "?doi-tuong=", escaped, NULL);

		g_clear_pointer(&body, g_free);
		*ret_status = app_test_get(fixture->test, other, &body);
	}
	return body;
}

static void
assert_shows(const Fixture *fixture, const char *object, const char *has)
{
	int status;
	g_autofree char *body = page(fixture, "", object, &status);

	if (status != 200 || (has != NULL && strstr(body, has) == NULL))
		g_error("%s: %d, wanted: %s\n%s", object, status, has, body);
}

static void
add_evidence(const Fixture *fixture)
{
	const EvidenceScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .directory = fixture->test->directory,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.person_id = 1, .name = "người nộp", .origin = "kiểm thử"}};
	const EvidenceNew told = {
	    .kind = "van-ban", .number = "7/BC-UBND", .issued_day = 20000, .object = {"task", "2/1"}};
	g_autoptr(GError) error = NULL;
	int64_t evidence_id;

	evidence_add_secret(&scope, &told, &evidence_id, &error);
	g_assert_no_error(error);
}

/* What has no form to make one with in a test as short as this. */
static void
note_others(const Fixture *fixture)
{
	static const LedgerNote NOTES[] = {
	    {LEDGER_ADD, "signin-link/2", NULL, "{\"issuer\":\"https://dang-nhap.tinh.vn\"}"},
	    {LEDGER_ADD, "access-review/1", NULL, "{\"result\":\"kept\"}"},
	    {LEDGER_CHANGE, "signin-level", NULL, "[{\"from\":\"2026-01-01\",\"value\":2}]"},
	    {LEDGER_ADD, "alias/Doan xa", NULL, "{\"printed\":\"Doan xa\",\"name\":\"Đoàn xã\"}"},
	    {LEDGER_ADD, "secret/1", NULL, "{\"number\":\"7/KH\"}"},
	    {LEDGER_ADD, "duty/90", NULL, "{\"second\":\"inspect\"}"},
	    {LEDGER_ADD, "evidence-kind/anh-hop", NULL, "{\"title\":\"Ảnh họp\"}"},
	};
	static const LedgerActor ACTOR = {.name = "người thử", .origin = "kiểm thử"};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_txn_begin(fixture->test->db, &txn, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(NOTES); i++)
		g_assert_true(
		    ledger_note(fixture->test->db, fixture->test->commune_id, &ACTOR, 1, &NOTES[i], &error));
	g_assert_true(db_txn_commit(txn, &error));
}

static void
make_examples(const Fixture *fixture)
{
	send(fixture, "/don-vi/1/thay-doi",
	    "viec=doi-ten&ten=Ph%C3%B2ng+M%E1%BB%9Bi&viet-tat=PM&tu-ngay=2026-12-01&so-quyet-dinh=1%2FQ%C4%"
	    "90&buoc=ghi");
	add_evidence(fixture);
	note_others(fixture);
	send(fixture, "/nguoi/1", "ho-ten=T%C3%AAn+M%E1%BB%9Bi&thu=moi@binhnguyet.vn");
	send(fixture, "/quan-tri/quy-tac/idle_minutes", "gia-tri=10&tu-ngay=2026-12-20&can-cu=Q%C4%90+5");
	send(fixture, "/lich-lam-viec/ngay",
	    "nam=2027&ngay=2027-01-02&loai=nghi-le&ten=Ngh%E1%BB%89&can-cu=CV+1");
	send(fixture, "/khoa-ky", "thang=2026-11-30&viec=khoa");
	send(fixture, "/vai-tro?ke-hoach=1",
	    "vai-tro=tong-hop&ai=mot-nguoi&nguoi=2&tu-ngay=2026-12-15&can-cu=Q%C4%90+6");
}

/* Every kind that is registered has an example here, and each example's page, CSV and JSON are there. */
static void
test_kinds(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	make_examples(fixture);
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		for (const AppRecordKind *kind = (*module)->records; kind != NULL && kind->kind != NULL;
		     kind++) {
			bool is_there = false;

			for (size_t i = 0; i < G_N_ELEMENTS(EXAMPLES); i++) {
				const char *id;

				is_there = is_there || app_record_kind_find(EXAMPLES[i].object, &id) == kind;
			}
			g_test_message("%s", kind->kind);
			g_assert_true(is_there || kind->permission == NULL);
		}
	for (size_t i = 0; i < G_N_ELEMENTS(EXAMPLES); i++) {
		g_autofree char *csv = NULL, *json = NULL;
		int status;

		assert_shows(fixture, EXAMPLES[i].object, EXAMPLES[i].has);
		csv = page(fixture, ".csv", EXAMPLES[i].object, &status);
		g_assert_cmpint(status, ==, 200);
		g_assert_nonnull(strstr(csv, "Ai đặt"));
		json = page(fixture, ".json", EXAMPLES[i].object, &status);
		g_assert_cmpint(status, ==, 200);
		g_assert_nonnull(strstr(json, "\"label\":"));
	}
}

static void
assert_json(const Fixture *fixture, const char *object, const char *has)
{
	int status;
	g_autofree char *json = page(fixture, ".json", object, &status);

	if (status != 200 || strstr(json, has) == NULL)
		g_error("%s: %d, wanted: %s\n%s", object, status, has, json);
}

/* The value now, who set it last, and the values before; of a row of a plan, what was corrected before it
 * counted. */
static void
test_who(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	assert_json(fixture, "person/1", "\"now\":\"" WORD "\"");
	send(fixture, "/nguoi/1", "ho-ten=T%C3%AAn+Hai");
	send(fixture, "/nguoi/1", "ho-ten=T%C3%AAn+Ba&thu=ba@binhnguyet.vn");
	assert_json(fixture, "person/1", "\"now\":\"Tên Ba\"");
	assert_json(fixture, "person/1",
	    "\"actor\":\"người đi khắp nơi\",\"before\":\"Tên Hai\",\"after\":\"Tên Ba\"");
	assert_json(fixture, "person/1", "\"before\":\"" WORD "\",\"after\":\"Tên Hai\"");
	assert_json(fixture, "task/2/1", "\"label\":\"Sản phẩm\",\"now\":\"Sua\"");
	assert_json(fixture, "task/2/1", "\"before\":\"Báo cáo\",\"after\":\"Sua\"");
	assert_json(fixture, "task/1/1", "\"label\":\"Sản phẩm\",\"now\":\"Báo cáo\",\"changes\":[{\"seq\":");
	assert_json(fixture, "settings/thu", "\"label\":\"thu.chu\",\"now\":\"" WORD "\"");
	{ /* an address itself is in no ledger, and so in no history */
		int status;
		g_autofree char *body = page(fixture, "", "person/1", &status);

		g_assert_null(strstr(body, "ba@binhnguyet"));
		g_assert_nonnull(strstr(body, "mã vết"));
	}
}

static void
test_nowhere(Fixture *fixture, gconstpointer unused)
{
	static const char *const NOWHERE[] = {"task/1/99", "task/9/1", "task/1", "task/1/1/1", "plan/9",
	    "person/99", "account/99", "work/999", "evidence/99", "agency/999", "khac/1", "plan", "",
	    "indicator/1/-1", "plan-role/9"};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(NOWHERE); i++) {
		int status;
		g_autofree char *body = page(fixture, "", NOWHERE[i], &status);

		g_test_message("%s: %s", NOWHERE[i], body);
		g_assert_cmpint(status, ==, 404);
	}
}

static void
sign_in(AppTest *test, const char *login, char **cookie)
{
	g_autofree char *form =
	    g_strdup_printf("ten=%s&mat-khau=M%%E1%%BA%%ADt-kh%%E1%%BA%%A9u-s%%E1%%BB%%91-1&ma=", login);

	test->cookies = NULL;
	g_assert_cmpint(app_test_post(test, "/dang-nhap", form, NULL, NULL), ==, 303);
	g_free(*cookie);
	*cookie = g_strndup(test->set_cookie, strcspn(test->set_cookie, ";"));
	test->cookies = *cookie;
}

/* Who may not see a record does not see who changed it; whence is for who may see the ledger. */
static void
test_permission(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const Fixture fixture = {test};
	g_autofree char *cookie = NULL, *signed_out = NULL, *body = NULL;
	int status;

	full_commune_plan(test, WORD, 1);
	full_commune_accounts(test, WORD);
	signed_out = page(&fixture, "", "task/1/1", &status);
	g_assert_cmpint(status, ==, 303);
	sign_in(test, "binhnguyet-hai", &cookie);
	body = page(&fixture, "", "task/1/1", &status);
	g_assert_cmpint(status, ==, 200);
	g_assert_null(strstr(body, "dòng lệnh")); /* the origin */
	g_assert_null(strstr(body, "href=\"/nhat-ky?truoc"));
	for (const char *const *object =
		 (const char *const[]){"person/1", "account/1", "settings", "setting/a", NULL};
	     *object != NULL; object++) {
		g_autofree char *refused = page(&fixture, "", *object, &status);

		g_assert_null(strstr(refused, "Giá trị hiện nay"));
		g_assert_cmpint(status, ==, 403);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/history/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
	g_test_add("/history/who", Fixture, NULL, set_up, test_who, tear_down);
	g_test_add("/history/nowhere", Fixture, NULL, set_up, test_nowhere, tear_down);
	g_test_add_func("/history/permission", test_permission);
	return g_test_run();
}
