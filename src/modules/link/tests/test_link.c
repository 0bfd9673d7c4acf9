/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/plan.h"
#include "html/tests/html_check.h"
#include "modules/intake/tests/sample.h"
#include "modules/link/link.h"
#include "modules/link/link_propose.h"
#include "modules/link/link_unit.h"

#include <string.h>

#define TODAY APP_TEST_TODAY
#define SAMPLE_TARGET_YEAR 2030
#define SAMPLE_TARGET_MICRO 95000000

typedef struct Fixture {
	AppTest *test;
	Arena *arena;
	LinkScope scope;
} Fixture;

/* The sample plan, resting on a resolution of which it names the year. */
static void
store_plan(AppTest *test)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	IntakeReading *reading = sample_reading("Chuyển đổi số xã Suối Lành năm 2026");
	PlanCitation *citation = arena_new0(reading->plan->arena, PlanCitation);
	g_autoptr(GError) error = NULL;
	IntakeResult result;

	*citation = (PlanCitation){.number = arena_strdup(reading->plan->arena, "57-NQ/TW"),
	    .type = arena_strdup(reading->plan->arena, "Nghị quyết"),
	    .date = {2025, 0, 0}};
	g_ptr_array_add(reading->plan->document.legal_basis, citation);
	g_ptr_array_add(readings, reading);
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
}

static void
set_up(Fixture *f, gconstpointer unused)
{
	(void)unused;
	f->test = app_test_new(APP_MODULES);
	f->arena = arena_new();
	store_plan(f->test);
	f->scope = (LinkScope){.db = f->test->db,
	    .commune_id = f->test->commune_id,
	    .now_us = instant_at(TODAY, 9),
	    .today = TODAY,
	    .actor = {.person_id = 7, .name = "Người thường trực", .origin = "kiểm thử"},
	    .arena = f->arena};
}

static void
tear_down(Fixture *f, gconstpointer unused)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	(void)unused;
	app_verify(f->test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	g_assert_cmpuint(report.problems->len, ==, 0);
	arena_free(f->arena);
	app_test_free(f->test);
}

static char *
get(const Fixture *f, const char *target, int status, const char *words)
{
	char *body = NULL;

	g_test_message("%s", target);
	g_assert_cmpint(app_test_get(f->test, target, &body), ==, status);
	if (status == 200 && g_str_has_prefix(body, "<!doctype"))
		html_check_assert(body);
	if (words != NULL && strstr(body, words) == NULL)
		g_test_message("no \"%s\"", words);
	g_assert_true(words == NULL || strstr(body, words) != NULL);
	return body;
}

static void
check(const Fixture *f, const char *target, const char *words)
{
	g_free(get(f, target, 200, words));
}

/* The byte order mark, and then the first head. */
static void
check_marked_once(const Fixture *f, const char *target)
{
	g_autofree char *csv = get(f, target, 200, NULL);

	g_assert_true(g_str_has_prefix(csv, "\xEF\xBB\xBF"));
	g_assert_true(g_unichar_isalpha(g_utf8_get_char(csv + 3)));
}

static void
post(const Fixture *f, const char *target, const char *form, int status, const char *words)
{
	g_autofree char *body = NULL;

	g_test_message("%s %s", target, form);
	g_assert_cmpint(app_test_post(f->test, target, form, &body, NULL), ==, status);
	if (status == 422)
		html_check_assert(body);
	g_assert_true(words == NULL || strstr(body, words) != NULL);
}

/* --- proposals -------------------------------------------------------------------------------------------
 */

static void
test_propose(void)
{
	static const LinkItem TASKS[] = {
	    {1, "1", "Thực hiện họp không giấy tại UBND xã", "", "Văn phòng", "Chính quyền số"},
	    {2, "2", "Trồng cây xanh ven đường liên thôn", "", "Phòng Kinh tế", NULL},
	};
	static const LinkItem INDICATORS[] = {
	    {1, "a", "Tỷ lệ hộ dân có nước sạch", "", "Phòng Kinh tế", NULL},
	    {2, "b", "Tỷ lệ cuộc họp không giấy của UBND xã", "", "Văn phòng", "Chính quyền số"},
	};
	g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(LinkProposal));
	g_autoptr(Arena) arena = arena_new();
	const LinkProposal *best;

	link_propose(arena, TASKS, G_N_ELEMENTS(TASKS), INDICATORS, G_N_ELEMENTS(INDICATORS), 3, out);
	g_assert_cmpuint(out->len, ==, 1);
	best = &g_array_index(out, LinkProposal, 0);
	g_assert_cmpuint(best->a, ==, 0);
	g_assert_cmpuint(best->b, ==, 1);
	g_assert_cmpuint(best->score, >, 60);
	g_assert_nonnull(strstr(best->reason, "“họp không giấy”"));
	g_assert_nonnull(strstr(best->reason, "cùng mục"));
	g_assert_nonnull(strstr(best->reason, "cùng cơ quan chủ trì"));
	link_propose(arena, TASKS, 0, INDICATORS, 0, 3, out);
	g_assert_cmpuint(out->len, ==, 1);
}

/* --- tasks and indicators --------------------------------------------------------------------------------
 */

static LinkOrphans
orphans(const Fixture *f)
{
	g_autoptr(GError) error = NULL;
	LinkOrphans found;

	link_count_orphans(&f->scope, 1, SAMPLE_TASKS, SAMPLE_INDICATORS, &found, &error);
	g_assert_no_error(error);
	return found;
}

static void
decide(const Fixture *f, int64_t task, int64_t indicator, LinkState state)
{
	g_autoptr(GError) error = NULL;

	link_decide(&f->scope, 1, task, indicator, state, 50, "cùng có “dịch vụ công”", &error);
	g_assert_no_error(error);
}

/* Nothing is linked by itself; a decision counts, can be changed, and taken back. */
static void
test_decide(Fixture *f, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;
	LinkOrphans found = orphans(f);

	(void)unused;
	g_assert_cmpint(found.tasks, ==, SAMPLE_TASKS);
	g_assert_cmpint(found.indicators, ==, SAMPLE_INDICATORS);
	decide(f, 1, 2, LINK_CONFIRMED);
	decide(f, 3, 2, LINK_CONFIRMED);
	decide(f, 4, 1, LINK_REFUSED);
	found = orphans(f);
	g_assert_cmpint(found.tasks, ==, SAMPLE_TASKS - 2);
	g_assert_cmpint(found.indicators, ==, SAMPLE_INDICATORS - 1);
	decide(f, 1, 2, LINK_REFUSED);
	decide(f, 3, 2, LINK_PROPOSED);
	decide(f, 3, 2, LINK_PROPOSED); /* twice says nothing new */
	found = orphans(f);
	g_assert_cmpint(found.tasks, ==, SAMPLE_TASKS);
	g_assert_false(link_decide(&f->scope, 1, 99, 1, LINK_CONFIRMED, 0, "", &error));
	g_assert_nonnull(error);
}

static void
test_pairs_pages(Fixture *f, gconstpointer unused)
{
	(void)unused;
	check(f, "/lien-ket", "Chương trình chỉ đề xuất");
	check(f, "/lien-ket/thieu", "9 trên 9 mục");
	check(f, "/nhiem-vu/1", "Chưa có liên kết nào được xác nhận");
	check(f, "/", "Nhiệm vụ chưa gắn chỉ tiêu");
	post(f, "/lien-ket", "ke-hoach=1&nhiem-vu=1&chi-tieu=2&viec=xac-nhan&loc=de-xuat", 303, NULL);
	check(f, "/lien-ket?vua=1&vua-chi-tieu=2", "Hoàn tác");
	check(f, "/lien-ket?loc=da-xac-nhan", "Bỏ quyết định");
	check(f, "/lien-ket.csv?loc=da-xac-nhan", "Đã xác nhận");
	check(f, "/lien-ket.json?loc=da-xac-nhan", "\"state\":\"da-xac-nhan\"");
	check(f, "/nhiem-vu/1", "href=\"/chi-tieu/2\"");
	check(f, "/chi-tieu/2", "href=\"/nhiem-vu/1\"");
	check(f, "/lien-ket/thieu?loai=chi-tieu", "3 trên 4 mục");
	check_marked_once(f, "/lien-ket.csv");
	check_marked_once(f, "/lien-ket/thieu.csv?loai=chi-tieu");
	check(f, "/lien-ket/thieu.json", "\"tasks\":[");
	post(f, "/lien-ket", "ke-hoach=1&nhiem-vu=1&chi-tieu=2&viec=bo&loc=de-xuat", 303, NULL);
	check(f, "/lien-ket/thieu", "9 trên 9 mục");
	post(f, "/lien-ket", "ke-hoach=9&nhiem-vu=1&chi-tieu=2&viec=xac-nhan", 404, NULL);
	post(f, "/lien-ket", "ke-hoach=1&nhiem-vu=1&chi-tieu=99&viec=xac-nhan", 404, NULL);
	post(f, "/lien-ket", "ke-hoach=x", 422, NULL);
}

/* --- legal documents -------------------------------------------------------------------------------------
 */

static LinkDocument
document_of(const char *number)
{
	return (LinkDocument){.number = number,
	    .type = "Nghị quyết",
	    .issuer = "",
	    .title = "",
	    .issued_day = DATE_NONE,
	    .valid_from = DATE_NONE,
	    .valid_to = DATE_NONE,
	    .replaced_by = "",
	    .source = "Công báo"};
}

static const char *
put(const Fixture *f, LinkDocument *document)
{
	g_autoptr(GError) error = NULL;
	const char *problem;

	link_document_put(&f->scope, document, &problem, &error);
	g_assert_no_error(error);
	return problem;
}

static void
test_force(void)
{
	LinkDocument document = document_of("1/NQ-CP");

	g_assert_cmpint(link_force(&document, TODAY), ==, LINK_IN_FORCE);
	document.valid_from = TODAY + 1;
	g_assert_cmpint(link_force(&document, TODAY), ==, LINK_NOT_YET);
	document.valid_from = DATE_NONE;
	document.valid_to = TODAY;
	g_assert_cmpint(link_force(&document, TODAY), ==, LINK_IN_FORCE);
	g_assert_cmpint(link_force(&document, TODAY + 1), ==, LINK_EXPIRED);
	document.replaced_by = "2/NQ-CP";
	g_assert_cmpint(link_force(&document, TODAY + 1), ==, LINK_REPLACED);
}

static void
test_documents(Fixture *f, gconstpointer unused)
{
	LinkDocument document = document_of("57 - NQ/TW"), again = document_of("57-nq/tw"),
		     none = document_of("");

	(void)unused;
	g_assert_null(put(f, &document));
	g_assert_cmpint(document.document_no, ==, 1);
	g_assert_nonnull(strstr(put(f, &again), "đã có trong sổ"));
	g_assert_nonnull(strstr(put(f, &none), "số, ký hiệu"));
	check(f, "/can-cu", "Còn hiệu lực");
	document.replaced_by = "99-NQ/TW";
	g_assert_nonnull(strstr(put(f, &document), "ngày cuối cùng"));
	document.valid_to = TODAY + 10;
	g_assert_null(put(f, &document));
	check(f, "/nhiem-vu/1", "sẽ được thay thế từ ngày 26/12/2026 bởi 99-NQ/TW");
	document.valid_to = TODAY - 10;
	g_assert_null(put(f, &document));
	check(f, "/nhiem-vu/1", "đã được thay thế từ ngày 06/12/2026 bởi 99-NQ/TW");
	check(f, "/", "đã được thay thế từ ngày 06/12/2026 bởi 99-NQ/TW");
	check(f, "/can-cu.csv", "99-NQ/TW");
	check(f, "/can-cu.json", "\"valid_to\":\"2026-12-05\"");
	/* A number of another year is another document. */
	document.issued_day = date_from_ymd(2024, 12, 22);
	g_assert_null(put(f, &document));
	check(f, "/can-cu", "Chưa có trong sổ");
	document.is_removed = true;
	g_assert_null(put(f, &document));
	check(f, "/can-cu", "Sổ chưa có văn bản nào");
}

static void
test_document_form(Fixture *f, gconstpointer unused)
{
	(void)unused;
	post(f, "/can-cu", "so=12%2FN%C4%90-CP&nguon=C%C3%B4ng+b%C3%A1o&tu=2026-01-01", 303, NULL);
	check(f, "/can-cu", "12/NĐ-CP");
	check(f, "/can-cu?sua=1", "value=\"12/NĐ-CP\"");
	post(f, "/can-cu", "so=%3Cb%3E&tu=2026-13-01", 422, "&lt;b&gt;");
	post(f, "/can-cu", "van-ban=7&so=1&nguon=a", 404, NULL);
	check(f, "/can-cu?ke-hoach=1", "Căn cứ của kế hoạch");
}

/* --- higher plans ----------------------------------------------------------------------------------------
 */

#define HIGHER \
	"# KẾ HOẠCH\n\nSố: 5/KH-UBND\n\n" \
	"## Phụ lục I. Nhiệm vụ\n\n| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n" \
	"|---|---|---|---|---|\n" \
	"| 1 | Cấp tài khoản dịch vụ công trực tuyến cho người dân | Sở Khoa học và Công nghệ | UBND cấp " \
	"xã | 12/2026 |\n" \
	"| 2 | Xây dựng kho lạnh bảo quản nông sản | UBND các xã, phường | Sở Nông nghiệp | 12/2026 |\n" \
	"| 3 | Mở lớp cho lãnh đạo sở | Sở Nội vụ | Các sở | 12/2026 |\n"

static const LinkComparison *
row_named(const GArray *rows, const char *name)
{
	for (guint i = 0; i < rows->len; i++)
		if (strstr(g_array_index(rows, LinkComparison, i).row->name, name) != NULL)
			return &g_array_index(rows, LinkComparison, i);
	return NULL;
}

static void
compare(const Fixture *f, int64_t higher_id, GArray *rows)
{
	g_autoptr(GError) error = NULL;

	g_array_set_size(rows, 0);
	link_compare(&f->scope, higher_id, 1, rows, &error);
	g_assert_no_error(error);
}

static void
test_higher(Fixture *f, gconstpointer unused)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkComparison));
	g_autofree char *list = NULL;
	const LinkComparison *at;

	(void)unused;
	check(f, "/cap-tren", "Chưa có kế hoạch nào");
	g_assert_cmpint(
	    app_test_upload(f->test, "/cap-tren", "tep", "tinh.md", HIGHER, strlen(HIGHER), NULL, NULL), ==,
	    303);
	/* The same file once more is the same plan. */
	g_assert_cmpint(
	    app_test_upload(f->test, "/cap-tren", "tep", "tinh.md", HIGHER, strlen(HIGHER), NULL, NULL), ==,
	    303);
	check(f, "/cap-tren", "href=\"/cap-tren/1\"");
	g_free(get(f, "/cap-tren/2", 404, NULL));
	compare(f, 1, rows);
	g_assert_null(row_named(rows, "lãnh đạo sở"));
	at = row_named(rows, "Cấp tài khoản");
	g_assert_nonnull(at);
	g_assert_cmpint(at->answer, ==, LINK_ANSWER_PROPOSED);
	g_assert_cmpstr(at->item->name, ==, "Cấp tài khoản dịch vụ công trực tuyến");
	at = row_named(rows, "kho lạnh");
	g_assert_nonnull(at);
	g_assert_cmpint(at->answer, ==, LINK_ANSWER_MISSING);
	check(f, "/cap-tren/1", "Không thuộc xã");
	check(f, "/cap-tren/1.csv", "kho lạnh");
	check(f, "/cap-tren/1.json?loc=chua-co", "\"answer\":\"chua-co\"");

	post(f, "/cap-tren/1/khop", "ke-hoach=1&dong=1&muc=3&viec=xac-nhan", 303, NULL);
	post(f, "/cap-tren/1/khop", "ke-hoach=1&dong=2&muc=0&viec=xac-nhan", 303, NULL);
	compare(f, 1, rows);
	g_assert_cmpint(row_named(rows, "Cấp tài khoản")->answer, ==, LINK_ANSWER_THERE);
	g_assert_cmpint(row_named(rows, "kho lạnh")->answer, ==, LINK_ANSWER_NOT_OURS);
	post(f, "/cap-tren/1/khop", "ke-hoach=1&dong=1&muc=3&viec=tu-choi", 303, NULL);
	compare(f, 1, rows);
	at = row_named(rows, "Cấp tài khoản");
	g_assert_true(at->item == NULL || at->item->item_no != 3);
	post(f, "/cap-tren/1/khop", "ke-hoach=1&dong=99&muc=3&viec=xac-nhan", 404, NULL);
	post(f, "/cap-tren/9/khop", "ke-hoach=1&dong=1&muc=3&viec=xac-nhan", 404, NULL);
	post(f, "/cap-tren/1/khop", "ke-hoach=1&dong=1&muc=99&viec=xac-nhan", 404, NULL);
	/* It is no plan of the commune, and makes no work. */
	list = get(f, "/nhiem-vu", 200, NULL);
	g_assert_null(strstr(list, "kho lạnh"));
	post(f, "/cap-tren/1/bo", "", 303, NULL);
	g_free(get(f, "/cap-tren/1", 404, NULL));
}

static void
add_indicator(
    Plan *plan, const char *name, const char *unit, int year, PlanComparator comparator, int64_t micro)
{
	PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);
	PlanTarget *target = arena_new0(plan->arena, PlanTarget);

	*target = (PlanTarget){.year = year,
	    .comparator = comparator,
	    .value = decimal_from_micro(micro),
	    .raw = arena_strdup(plan->arena, "như in")};
	indicator->name = arena_strdup(plan->arena, name);
	indicator->unit = arena_strdup(plan->arena, unit);
	indicator->targets = plan_array(plan);
	indicator->lead = plan_array(plan);
	indicator->coordinating = plan_array(plan);
	g_ptr_array_add(indicator->targets, target);
	g_ptr_array_add(plan->indicators, indicator);
}

/* Targets with ours: first of the sample's indicators with a number. */
static void
test_targets(Fixture *f, gconstpointer unused)
{
	static const struct {
		const char *unit;
		int year;
		PlanComparator comparator;
		int64_t more;
		LinkAnswer answer;
	} CASES[] = {
	    {NULL, 0, PLAN_COMPARATOR_GE, 0, LINK_ANSWER_THERE},
	    {NULL, 0, PLAN_COMPARATOR_GE, 1000000, LINK_ANSWER_WEAKER},
	    {NULL, 0, PLAN_COMPARATOR_GE, -1000000, LINK_ANSWER_THERE},
	    {NULL, 0, PLAN_COMPARATOR_LE, 0, LINK_ANSWER_UNCLEAR},
	    {"triệu đồng", 0, PLAN_COMPARATOR_GE, 0, LINK_ANSWER_UNCLEAR},
	    {"phần trăm", 0, PLAN_COMPARATOR_GE, 1000000, LINK_ANSWER_WEAKER},
	    {NULL, 2099, PLAN_COMPARATOR_GE, 0, LINK_ANSWER_WEAKER},
	};
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(LinkComparison));
	g_autoptr(Plan) plan = plan_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *page = NULL;
	int64_t higher_id;
	bool is_new;

	(void)unused;
	/* The sample's first indicator: "%", ≥ 95 for 2030. */
	page = get(f, "/chi-tieu/1", 200, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
		add_indicator(plan, "Một chỉ tiêu nào đó", CASES[i].unit != NULL ? CASES[i].unit : "%",
		    CASES[i].year != 0 ? CASES[i].year : SAMPLE_TARGET_YEAR, CASES[i].comparator,
		    SAMPLE_TARGET_MICRO + CASES[i].more);
	link_higher_add(&f->scope, plan, "tinh.docx", "ab", &higher_id, &is_new, &error);
	g_assert_no_error(error);
	g_assert_true(is_new);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		link_match_decide(&f->scope, higher_id, (int64_t)i + 1, 1, 1, LINK_CONFIRMED, &error);
		g_assert_no_error(error);
	}
	compare(f, higher_id, rows);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_test_message("%zu: %s", i, g_array_index(rows, LinkComparison, i).reason);
		g_assert_cmpint(g_array_index(rows, LinkComparison, i).answer, ==, CASES[i].answer);
	}
}

/* Only what is sure is made the same; of the rest it is said that it cannot be compared. */
static void
test_units(void)
{
	enum { LESS = -1, SAME, MORE, NOT };
	static const struct {
		const char *a, *b;
		int64_t x, y;
		int order;
	} CASES[] = {
	    {"%", "% dân số", 80, 90, LESS},
	    {"tỷ lệ %", "phần trăm", 80, 80, SAME},
	    {"% hộ gia đình", "% hộ dân", 80, 80, SAME},
	    {"% hộ gia đình", "% dân số", 80, 90, NOT},
	    {"‰", "%", 90, 9, SAME},
	    {"nghìn đồng", "triệu đồng", 5000, 5, SAME},
	    {"Triệu VNĐ", "tỷ đồng", 900, 1, LESS},
	    {"triệu", "triệu đồng", 5, 5, NOT},
	    {"TTHC", "thủ tục", 30, 20, MORE},
	    {"thủ tục hành chính", "hồ sơ", 30, 20, NOT},
	    {"người/1.000 dân", "người / 1000 người dân", 2, 2, SAME},
	    {"người trên 1.000 dân", "người/vạn dân", 1, 9, MORE},
	    {"người/1.000 dân", "người", 2, 2, NOT},
	    {"người/1.000 dân", "%", 2, 2, NOT},
	    {"nghìn người", "người", 2, 1500, MORE},
	    {"ngân hàng", "hàng", 2, 2, NOT},
	    {"trạm y tế", "y tế", 1, 100, NOT},
	    {"văn bản", "bản", 1, 10000, NOT},
	    {"", "hồ sơ", 5, 6, LESS},
	    {"", "triệu đồng", 5, 6, NOT},
	    {"tỷ đồng", "đồng", INT64_C(9000000000), 1, NOT},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const LinkUnit a = link_unit_read(arena, CASES[i].a, ""),
			       b = link_unit_read(arena, CASES[i].b, "");
		const char *why;
		int order = NOT;

		g_test_message("%s, %s", CASES[i].a, CASES[i].b);
		if (!link_unit_compare(&a, CASES[i].x * 1000000, &b, CASES[i].y * 1000000, &order, &why))
			g_assert_nonnull(why);
		g_assert_cmpint(order, ==, CASES[i].order);
	}
}

/* A value that carries its sign says its unit. */
static void
test_unit_of_value(void)
{
	g_autoptr(Arena) arena = arena_new();
	const LinkUnit silent = link_unit_read(arena, NULL, "≥ 80%"),
		       money = link_unit_read(arena, "tỷ đồng", "80");
	const char *why;
	int order;

	g_assert_true(silent.is_share);
	g_assert_false(link_unit_compare(&silent, 1, &money, 1, &order, &why));
	g_assert_cmpstr(why, ==, "khác đơn vị tính");
}

#define ADD(path, run) g_test_add(path, Fixture, NULL, set_up, run, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/link/propose", test_propose);
	g_test_add_func("/link/force", test_force);
	g_test_add_func("/link/units", test_units);
	g_test_add_func("/link/units/of-value", test_unit_of_value);
	ADD("/link/decide", test_decide);
	ADD("/link/pairs-pages", test_pairs_pages);
	ADD("/link/documents", test_documents);
	ADD("/link/document-form", test_document_form);
	ADD("/link/higher", test_higher);
	ADD("/link/targets", test_targets);
	return g_test_run();
}
