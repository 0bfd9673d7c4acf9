/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/tests/fixture.h"
#include "modules/work/work_deliverable.h"
#include "modules/work/work_numbers.h"

#include <string.h>

static const WorkDeliverable *
kind_on(const Fixture *fixture, int32_t day, const char *word)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(work_deliverables(&scope, day, kinds, &error));
	for (guint i = 0; i < kinds->len; i++)
		if (strcmp(((const WorkDeliverable *)g_ptr_array_index(kinds, i))->kind, word) == 0)
			return g_ptr_array_index(kinds, i);
	return NULL;
}

/* The word that stands first decides; without an output, how the name begins. */
static void
test_propose(Fixture *fixture, gconstpointer unused)
{
	static const struct {
		const char *output, *name, *kind;
	} CASES[] = {
	    {"Kế hoạch tập huấn kỹ năng số", "x", "van-ban"},
	    {"Quyết định của Chủ tịch UBND", "x", "van-ban"},
	    {"02 lớp tập huấn, báo cáo kết quả", "x", "lop"},
	    {"100% cán bộ được bồi dưỡng", "x", "lop"},
	    {"Báo cáo kết quả lớp bồi dưỡng", "x", "bao-cao"},
	    {"Hệ thống được vận hành", "Ban hành quy chế", "khac"},
	    {NULL, "Tổ chức lớp tập huấn cho Tổ công nghệ số", "lop"},
	    {"", "Ban hành Quy chế quản lý dữ liệu", "van-ban"},
	    {NULL, "Thực hiện Kế hoạch số 5 của tỉnh", "khac"},
	    {NULL, "Lắp đặt camera", "khac"},
	    {NULL, NULL, "khac"},
	};
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_true(work_deliverables(&scope, APP_TEST_TODAY, kinds, &error));
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const WorkDeliverable *kind = work_propose(kinds, CASES[i].output, CASES[i].name);

		g_test_message("%s", CASES[i].output != NULL ? CASES[i].output : "(tên)");
		g_assert_cmpstr(kind->kind, ==, CASES[i].kind);
	}
}

static void
set_kind(const Fixture *fixture, int64_t person, int64_t piece_id, const char *kind, const char *reason,
    const char *problem)
{
	WorkScope scope = fixture_scope(fixture, person);
	const WorkProduct product = {.kind = kind, .expected = "Kế hoạch năm 2027", .reason = reason};
	g_autoptr(GError) error = NULL;
	const char *said;
	WorkPiece piece;

	g_assert_true(work_find(&scope, piece_id, &piece, &error));
	g_assert_true(work_set_product(&scope, &piece, &product, &said, &error));
	if (problem == NULL)
		g_assert_cmpstr(said, ==, NULL);
	else
		g_assert_nonnull(strstr(said, problem));
}

/* A document is submitted when its content is done, and accepted when it has been issued with number, date
 * and file. */
static void
test_document(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 1); /* "Cơ sở dữ liệu" */
	WorkEntry submit = work_entry(WORK_SUBMIT), issue = work_entry(WORK_ISSUE),
		  accept = work_entry(WORK_ACCEPT);
	g_autoptr(GString) moments = g_string_new(NULL);
	WorkPiece done;

	(void)unused;
	set_kind(fixture, fixture->police, piece, "van-ban", "x", "cơ quan thường trực");
	set_kind(fixture, fixture->standing, piece, "van-ban", NULL, "lý do");
	set_kind(fixture, fixture->standing, piece, "khong-co", "x", "chọn loại");
	set_kind(fixture, fixture->standing, piece, "van-ban", "Phải có kế hoạch được duyệt", NULL);
	submit.product = "Dự thảo đã thông qua";
	submit.doc_number = "12/KH-UBND";
	fixture_refused(fixture, fixture->police, piece, &submit, "cùng nhau");
	submit.day = APP_TEST_TODAY + 1;
	fixture_refused(fixture, fixture->police, piece, &submit, "không được sau hôm nay");
	submit.doc_number = NULL;
	submit.day = DATE_NONE;
	fixture_act(fixture, fixture->police, piece, &submit);
	fixture_refused(fixture, fixture->leader, piece, &accept, "Còn thiếu: số, ngày văn bản; tệp bản ký");
	issue.doc_number = "12/KH-UBND";
	issue.day = APP_TEST_TODAY;
	fixture_act(fixture, fixture->police, piece, &issue);
	fixture_refused(fixture, fixture->leader, piece, &accept, "Còn thiếu: tệp bản ký.");
	fixture_attach(fixture, piece, "hinh-anh", "");
	fixture_refused(fixture, fixture->leader, piece, &accept, "Còn thiếu: tệp bản ký.");
	fixture_attach(fixture, piece, "van-ban", "12/KH-UBND");
	done = fixture_act(fixture, fixture->leader, piece, &accept);
	work_describe_moments(&done, moments);
	g_assert_cmpstr(moments->str, ==, "Nộp ngày 15/12/2026 · ban hành số 12/KH-UBND ngày 15/12/2026");
	fixture_verify(fixture);
}

/* A document in the store brings its number along; a class needs its attendance before it is submitted; a
 * reason stands instead of a product. */
static void
test_needs(Fixture *fixture, gconstpointer unused)
{
	int64_t piece = fixture_piece(fixture, 1), other = fixture_piece(fixture, 3);
	WorkEntry submit = work_entry(WORK_SUBMIT), accept = work_entry(WORK_ACCEPT);

	(void)unused;
	set_kind(fixture, fixture->standing, piece, "van-ban", "x", NULL);
	submit.product = "Kế hoạch";
	fixture_act(fixture, fixture->police, piece, &submit);
	fixture_attach(fixture, piece, "van-ban", "12/KH-UBND");
	g_assert_cmpint(fixture_act(fixture, fixture->leader, piece, &accept).state, ==, WORK_DONE);

	set_kind(fixture, fixture->standing, other, "lop", "x", NULL);
	submit.product = "01 lớp, 40 người";
	fixture_refused(fixture, fixture->office, other, &submit, "Còn thiếu: danh sách tham dự");
	fixture_attach(fixture, other, "khac", "");
	fixture_refused(fixture, fixture->office, other, &submit, "Còn thiếu: danh sách tham dự");
	submit.product = NULL;
	submit.reason = "Không mở lớp vì ghép với lớp của tỉnh";
	fixture_act(fixture, fixture->office, other, &submit);
	g_assert_cmpint(fixture_act(fixture, fixture->leader, other, &accept).state, ==, WORK_DONE);
	fixture_verify(fixture);
}

/* What a kind asks for changes on a day, with a source; the day before it is as it was. */
static void
test_rules_have_dates(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	WorkDeliverable changed = *kind_on(fixture, APP_TEST_TODAY, "bao-cao");
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	changed.number_at = WORK_AT_ACCEPTANCE;
	changed.valid_from = APP_TEST_TODAY - 1;
	changed.source = "Quyết định 5/QĐ-UBND";
	g_assert_true(work_set_deliverable(&scope, &changed, &problem, &error));
	g_assert_nonnull(strstr(problem, "trước hôm nay"));
	changed.valid_from = APP_TEST_TODAY + 10;
	changed.source = "";
	g_assert_true(work_set_deliverable(&scope, &changed, &problem, &error));
	g_assert_nonnull(strstr(problem, "căn cứ"));
	changed.source = "Quyết định 5/QĐ-UBND";
	g_assert_true(work_set_deliverable(&scope, &changed, &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	g_assert_cmpint(kind_on(fixture, APP_TEST_TODAY + 9, "bao-cao")->number_at, ==, WORK_NEVER);
	g_assert_cmpint(kind_on(fixture, APP_TEST_TODAY + 10, "bao-cao")->number_at, ==, WORK_AT_ACCEPTANCE);
	g_assert_cmpint(kind_on(fixture, APP_TEST_TODAY + 99, "lop")->number_at, ==, WORK_NEVER);
	scope = fixture_scope(fixture, fixture->office);
	g_assert_true(work_set_deliverable(&scope, &changed, &problem, &error));
	g_assert_nonnull(strstr(problem, "cơ quan thường trực"));
	fixture_verify(fixture);
}

static void
test_numbers(Fixture *fixture, gconstpointer unused)
{
	WorkScope scope = fixture_scope(fixture, fixture->standing),
		  later = fixture_scope_on(fixture, fixture->standing, APP_TEST_TODAY + 5);
	g_autoptr(GPtrArray) events = g_ptr_array_new();
	g_autoptr(GError) error = NULL;
	const char *problem;
	WorkSettings settings;

	(void)unused;
	g_assert_true(
	    work_set_number(&scope, WORK_NUMBER_SOON, 15, APP_TEST_TODAY - 1, "QĐ 5", &problem, &error));
	g_assert_nonnull(strstr(problem, "trước hôm nay"));
	g_assert_true(
	    work_set_number(&scope, WORK_NUMBER_LOCK, 29, APP_TEST_TODAY, "QĐ 5", &problem, &error));
	g_assert_nonnull(strstr(problem, "từ 0 đến 28"));
	g_assert_true(
	    work_set_number(&scope, WORK_NUMBER_SOON, 15, APP_TEST_TODAY + 5, "", &problem, &error));
	g_assert_nonnull(strstr(problem, "căn cứ"));
	g_assert_true(
	    work_set_number(&scope, WORK_NUMBER_SOON, 15, APP_TEST_TODAY + 5, "QĐ 5", &problem, &error));
	g_assert_cmpstr(problem, ==, NULL);
	g_assert_true(work_settings(&scope, &settings, &error));
	g_assert_cmpint(settings.soon_days, ==, 30);
	g_assert_true(work_settings(&later, &settings, &error));
	g_assert_cmpint(settings.soon_days, ==, 15);
	g_assert_true(work_number_history(&scope, events, &error));
	g_assert_cmpuint(events->len, ==, 1);
	fixture_verify(fixture);
}

static const DbSql TAMPER = {.name = "tamper",
    .sqlite = "UPDATE work_rule SET value = 99 WHERE commune_id = ?1",
    .pg = "UPDATE work_rule SET value = 99 WHERE commune_id = $1",
    .n_params = 1};
static const DbSql TAMPER_PRODUCT = {.name = "tamper_product",
    .sqlite = "UPDATE work_product SET kind = 'khac' WHERE commune_id = ?1",
    .pg = "UPDATE work_product SET kind = 'khac' WHERE commune_id = $1",
    .n_params = 1};

static void
test_tampering(Fixture *fixture, gconstpointer unused)
{
	const DbSql *const STATEMENTS[] = {&TAMPER, &TAMPER_PRODUCT};
	WorkScope scope = fixture_scope(fixture, fixture->standing);
	g_autoptr(GError) error = NULL;
	const char *problem;

	(void)unused;
	g_assert_true(
	    work_set_number(&scope, WORK_NUMBER_SOON, 15, APP_TEST_TODAY, "QĐ 5", &problem, &error));
	set_kind(fixture, fixture->standing, fixture_piece(fixture, 1), "lop", "x", NULL);
	for (guint i = 0; i < G_N_ELEMENTS(STATEMENTS); i++) {
		g_autoptr(DbStmt) stmt = NULL;

		g_assert_true(db_prepare(fixture->test->db, STATEMENTS[i], &stmt, &error));
		db_bind_int(stmt, 1, fixture->test->commune_id);
		g_assert_true(db_run(stmt, &error));
		g_assert_cmpuint(fixture_count_problems(fixture), ==, i + 1);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/work/product/propose", test_propose);
	fixture_add("/work/product/document", test_document);
	fixture_add("/work/product/needs", test_needs);
	fixture_add("/work/product/rules-have-dates", test_rules_have_dates);
	fixture_add("/work/product/numbers", test_numbers);
	fixture_add("/work/product/tampering", test_tampering);
	return g_test_run();
}
