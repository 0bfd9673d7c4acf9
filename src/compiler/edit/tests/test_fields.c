/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "compiler/edit/tests/edit_tests.h"

#include <string.h>

static PlanEdit
set(const char *item, PlanField field, const char *value)
{
	return (PlanEdit){.kind = PLAN_EDIT_SET, .item = item, .field = field, .value = value};
}

static PlanEdit
set_document(PlanDocumentField field, const char *value)
{
	return (PlanEdit){.kind = PLAN_EDIT_DOCUMENT, .document_field = field, .value = value};
}

static void
assert_text(const Plan *plan, const char *item, PlanField field, const char *expected)
{
	g_autoptr(Arena) arena = arena_new();

	g_assert_cmpstr(plan_field_text(plan, item, field, arena), ==, expected);
}

static void
test_deadline(void)
{
	static const struct {
		const char *typed, *shown;
	} CASES[] = {
	    {"30/6/2026", "once 2026-06-30"},
	    {" Quý  II/2026 ", "once 2026-06-30"},
	    {"Tháng 12/2026", "once 2026-12-31"},
	    {"Hằng tháng", "recurring month"},
	    {"Thường xuyên", "continuous"},
	    {"Sau khi tỉnh ban hành hướng dẫn", "conditional"},
	    {"", "none"},
	};
	g_autoptr(Plan) plan = edit_plan();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *shown = NULL;

		edit_ok(plan, set("annex2:1.1", PLAN_FIELD_DEADLINE, CASES[i].typed));
		shown = shown_deadline(&task_of(plan, "annex2:1.1")->deadline);
		g_assert_cmpstr(shown, ==, CASES[i].shown);
	}
	edit_refused(
	    plan, set("annex2:1.1", PLAN_FIELD_DEADLINE, "31/02/2026"), APP_ERROR_INVALID, "31/02/2026");
	edit_refused(plan, set("annex2:1.1", PLAN_FIELD_DEADLINE, "khoảng giữa mùa"), APP_ERROR_INVALID,
	    "Quý II/2026");
	edit_refused(plan, set("annex1:1", PLAN_FIELD_DEADLINE, "2026"), APP_ERROR_INVALID, "chỉ tiêu 1");
	edit_refused(plan, set("annex7:1", PLAN_FIELD_DEADLINE, "2026"), APP_ERROR_NOT_FOUND, "annex7:1");
}

static void
test_agencies(void)
{
	g_autoptr(Plan) plan = edit_plan();
	guint before = plan->agencies->len;
	const PlanTask *task;
	const PlanAgencyRef *ref;

	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_LEAD, "Phòng Kinh tế; Công an xã, Trạm Y tế"));
	task = task_of(plan, "annex2:1.1");
	g_assert_cmpuint(task->lead->len, ==, 3);
	assert_text(plan, "annex2:1.1", PLAN_FIELD_LEAD, "Phòng Kinh tế; Công an xã; Trạm Y tế");
	g_assert_cmpuint(plan->agencies->len, ==, before + 1);
	ref = NTH(task->lead, 0);
	g_assert_cmpstr(((const PlanAgency *)NTH(plan->agencies, ref->agency))->name, ==, "Phòng Kinh tế");
	/* Nobody names the new agency any more: it is gone, and the others are still themselves. */
	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_LEAD, ""));
	g_assert_cmpuint(task->lead->len, ==, 0);
	g_assert_cmpuint(plan->agencies->len, ==, before);
	ref = NTH(task_of(plan, "annex2:3.1")->lead, 0);
	g_assert_cmpstr(((const PlanAgency *)NTH(plan->agencies, ref->agency))->name, ==, "Phòng Kinh tế");
}

static void
test_rename_agency(void)
{
	g_autoptr(Plan) plan = edit_plan();
	guint before = plan->agencies->len;

	edit_ok(plan, (PlanEdit){.kind = PLAN_EDIT_AGENCY, .value = "P. Kinh tế", .other = "Phòng Kinh tế"});
	assert_text(plan, "annex2:3.2", PLAN_FIELD_LEAD, "Phòng Kinh tế");
	g_assert_cmpuint(plan->agencies->len, ==, before - 1);
	edit_refused(plan,
	    (PlanEdit){.kind = PLAN_EDIT_AGENCY, .value = "P. Kinh tế", .other = "Phòng Kinh tế"},
	    APP_ERROR_NOT_FOUND, "P. Kinh tế");
	edit_refused(
	    plan, (PlanEdit){.kind = PLAN_EDIT_AGENCY, .value = "Công an xã"}, APP_ERROR_INVALID, "một tên");
}

static void
test_targets(void)
{
	g_autoptr(Plan) plan = edit_plan();
	PlanEdit edit = set("annex1:1", PLAN_FIELD_TARGETS, "> 85%");
	const PlanIndicator *indicator = indicator_of(plan, "annex1:1");
	g_autofree char *first = NULL, *third = NULL, *all = NULL;

	edit_ok(plan, edit);
	first = joined_targets(indicator);
	g_assert_cmpstr(first, ==, "2026 > 85; 2030 = 95");
	edit = set("annex1:1", PLAN_FIELD_TARGETS, "năm 2035: tối thiểu 99,5");
	edit.position = 2;
	edit_ok(plan, edit);
	edit.position = 1;
	edit.value = NULL;
	edit_ok(plan, edit);
	third = joined_targets(indicator);
	g_assert_cmpstr(third, ==, "2026 > 85; 2035 >= 99.5");
	edit = set("annex1:1", PLAN_FIELD_TARGETS, "2026: 70-80%; 2030: Đạt chuẩn");
	edit.position = SIZE_MAX;
	edit_ok(plan, edit);
	assert_text(plan, "annex1:1", PLAN_FIELD_TARGETS, "2026: 70-80%; 2030: Đạt chuẩn");
	all = joined_targets(indicator);
	g_assert_true(g_str_has_prefix(all, "2026 range 70"));
	edit = set("annex1:1", PLAN_FIELD_TARGETS, "9x");
	edit_refused(plan, edit, APP_ERROR_INVALID, "≥ 80");
	edit.position = 5;
	edit_refused(plan, edit, APP_ERROR_NOT_FOUND, "mục tiêu");
	edit_refused(plan, set("annex2:1.1", PLAN_FIELD_TARGETS, "9"), APP_ERROR_INVALID, "không có ô");
}

static void
test_texts(void)
{
	g_autoptr(Plan) plan = edit_plan();

	edit_ok(plan, set("annex1:2", PLAN_FIELD_UNIT, "% hộ"));
	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_OUTPUT, " "));
	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_COORDINATING, "Phòng Kinh tế"));
	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_NAME, "Rà soát   thiết bị"));
	edit_ok(plan, set("annex2:1.1", PLAN_FIELD_NO, "1.1a"));
	edit_ok(plan, set("annex2:g1", PLAN_FIELD_NAME, "Chính quyền điện tử"));
	assert_text(plan, "annex1:2", PLAN_FIELD_UNIT, "% hộ");
	assert_text(plan, "annex2:1.1", PLAN_FIELD_OUTPUT, "");
	assert_text(plan, "annex2:1.1", PLAN_FIELD_COORDINATING, "Phòng Kinh tế");
	assert_text(plan, "annex2:1.1", PLAN_FIELD_NAME, "Rà soát thiết bị");
	assert_text(plan, "annex2:1.1", PLAN_FIELD_NO, "1.1a");
	assert_text(plan, "annex2:1.1", PLAN_FIELD_UNIT, NULL);
	assert_text(plan, "annex2:g1", PLAN_FIELD_NAME, "Chính quyền điện tử");
	edit_refused(plan, set("annex2:1.1", PLAN_FIELD_NAME, "  "), APP_ERROR_INVALID, "để trống");
	edit_refused(plan, set("annex2:g1", PLAN_FIELD_LEAD, "Công an xã"), APP_ERROR_INVALID, "không có ô");
	edit_refused(plan, set("annex2:1.1", PLAN_FIELD_NAME, "\xff"), APP_ERROR_INVALID, "không hợp lệ");
}

static void
test_document(void)
{
	g_autoptr(Plan) plan = edit_plan();
	g_autoptr(Arena) arena = arena_new();

	edit_ok(plan, set_document(PLAN_DOCUMENT_NUMBER, "09-KH/ĐU"));
	g_assert_cmpstr(plan->document.number, ==, "09-KH/ĐU");
	g_assert_cmpint(plan->document.family, ==, PLAN_FAMILY_PARTY);
	edit_ok(plan, set_document(PLAN_DOCUMENT_DATE, "ngày 05 tháng 3 năm 2026"));
	g_assert_cmpstr(plan_document_text(plan, PLAN_DOCUMENT_DATE, arena), ==, "05/03/2026");
	edit_ok(plan, set_document(PLAN_DOCUMENT_DATE, "3/2026"));
	g_assert_cmpstr(plan_document_text(plan, PLAN_DOCUMENT_DATE, arena), ==, "3/2026");
	edit_ok(plan, set_document(PLAN_DOCUMENT_SIGNER, "Người Ký Mẫu"));
	edit_ok(plan, set_document(PLAN_DOCUMENT_ISSUER, "Đảng ủy xã Bình Nguyệt"));
	edit_ok(plan, set_document(PLAN_DOCUMENT_TITLE, "Chuyển đổi số"));
	g_assert_cmpstr(plan->document.issuer, ==, "Đảng ủy xã Bình Nguyệt");
	edit_refused(plan, set_document(PLAN_DOCUMENT_NUMBER, "mười tám"), APP_ERROR_INVALID, "57/KH-UBND");
	edit_refused(plan, set_document(PLAN_DOCUMENT_DATE, "30/02/2026"), APP_ERROR_INVALID, "lịch");
	edit_refused(plan, set_document(PLAN_DOCUMENT_DATE, "Quý II/2026"), APP_ERROR_INVALID, "24/02/2026");
	edit_refused(plan, set_document(PLAN_DOCUMENT_TITLE, ""), APP_ERROR_INVALID, "trích yếu");
	edit_refused(plan, set_document(PLAN_DOCUMENT_MAX, "x"), APP_ERROR_INVALID, "không có ô");
}

static void
set_confidence(PlanTask *task, uint8_t confidence)
{
	task->confidence = confidence;
	task->fields[PLAN_FIELD_LEAD].confidence = confidence;
}

/* Spellings are learned where a person says so, writes an abbreviation out, or puts a misreading right; not
 * where another agency was meant. */
static void
test_lessons(void)
{
	static const struct {
		const char *item, *typed, *name;
		uint8_t confidence;
	} CASES[] = {
	    {"annex2:3.2", "Phòng Kinh tế", "Phòng Kinh tế", 100},
	    {"annex2:3.2", "Công an xã", NULL, 100},
	    {"annex2:3.2", "Phòng Kinh tế; Công an xã", NULL, 100},
	    {"annex2:1.3", "Văn phong HĐND và UBNĐ", NULL, 60},   /* the same key */
	    {"annex2:1.3", "Vân phòngx HĐND và UBND", NULL, 100}, /* nobody doubted it */
	    {"annex2:1.3", "Văn phòngs HĐND và UBND", NULL, 60},  /* named by another row, too */
	    {"annex2:1.2", "Phòng Văn hoa - Xã hôi", NULL, 60},
	    {"annex2:2.3", "Các thon", NULL, 60},
	    {"annex2:9", "Công an xã", NULL, 60},
	};
	g_autoptr(Plan) plan = edit_plan();
	g_autoptr(Arena) arena = arena_new();
	PlanEdit edit = set(NULL, PLAN_FIELD_LEAD, NULL);
	PlanLesson lesson;
	PlanTask *task;

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		bool is_lesson;

		for (guint k = 0; k < plan->tasks->len; k++)
			set_confidence(NTH(plan->tasks, k), CASES[i].confidence);
		edit.item = CASES[i].item;
		edit.value = CASES[i].typed;
		is_lesson = plan_edit_lesson(plan, &edit, arena, &lesson);
		g_test_message("%s", CASES[i].typed);
		g_assert_cmpint(is_lesson, ==, CASES[i].name != NULL);
		if (is_lesson)
			g_assert_cmpstr(lesson.name, ==, CASES[i].name);
	}
	edit_ok(plan, set("annex2:2.3", PLAN_FIELD_LEAD, "Trunq tâm Văn hóa"));
	task = NTH(plan->tasks, 5);
	g_assert_cmpstr(task->id, ==, "annex2:2.3");
	set_confidence(task, 50);
	edit = set("annex2:2.3", PLAN_FIELD_LEAD, "Trung tâm Văn hóa");
	g_assert_true(plan_edit_lesson(plan, &edit, arena, &lesson));
	g_assert_cmpstr(lesson.printed, ==, "Trunq tâm Văn hóa");
	edit_ok(plan, set("annex2:2.3", PLAN_FIELD_LEAD, "Thôn 1"));
	set_confidence(task, 50);
	edit.value = "Thôn 2";
	g_assert_false(plan_edit_lesson(plan, &edit, arena, &lesson));
}

void
add_field_tests(void)
{
	g_test_add_func("/edit/deadline", test_deadline);
	g_test_add_func("/edit/agencies", test_agencies);
	g_test_add_func("/edit/rename-agency", test_rename_agency);
	g_test_add_func("/edit/targets", test_targets);
	g_test_add_func("/edit/texts", test_texts);
	g_test_add_func("/edit/document", test_document);
	g_test_add_func("/edit/lessons", test_lessons);
}
