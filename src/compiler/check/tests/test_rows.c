/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"

/* One row of a good annex, with one field as the case wants it. */
static Plan *
plan_with_row(
    const char *name, const char *lead, const char *coordinating, const char *output, const char *deadline)
{
	Plan *plan = build_plan();

	build_task(plan, build_task_annex(plan), "1", name, lead, coordinating, output, deadline);
	return plan;
}

typedef struct RowCase {
	const char *rule;
	unsigned n;
	const char *name, *lead, *coordinating, *output, *deadline;
} RowCase;

static void
test_row_rules(void)
{
	static const RowCase CASES[] = {
	    {"owner-generic", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"owner-generic", 1, "Mở lớp", "Các phòng, ban", "Công an xã", "Báo cáo", "2026"},
	    {"owner-several", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"owner-several", 1, "Mở lớp", "Công an xã; Trạm Y tế", "Các thôn", "Báo cáo", "2026"},
	    {"owner-higher", 0, "Mở lớp", "Công an xã", "Sở Nội vụ", "Báo cáo", "2026"},
	    {"owner-higher", 1, "Mở lớp", "Sở Nội vụ", "Công an xã", "Báo cáo", "2026"},
	    {"coordinating-higher", 0, "Mở lớp", "Công an xã", "Trạm Y tế", "Báo cáo", "2026"},
	    {"coordinating-higher", 1, "Mở lớp", "Công an xã", "Sở Nội vụ", "Báo cáo", "2026"},
	    {"owner-coordinates", 0, "Mở lớp", "Công an xã", "Trạm Y tế", "Báo cáo", "2026"},
	    {"owner-coordinates", 1, "Mở lớp", "Công an xã", "Công an xã", "Báo cáo", "2026"},
	    {"deadline-conditional", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"deadline-conditional", 1, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo",
		"Sau khi tỉnh ban hành"},
	    {"deadline-endless", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "Hằng năm"},
	    {"deadline-endless", 1, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "Thường xuyên"},
	    {"output-vague", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo số liệu", "2026"},
	    {"output-vague", 1, "Mở lớp", "Công an xã", "Các thôn", "Nâng cao nhận thức", "2026"},
	    {"task-compound", 0, "Tổ chức lớp tập huấn, đào tạo kỹ năng số", "Công an xã", "Các thôn",
		"Báo cáo", "2026"},
	    {"task-compound", 1, "Cấp chữ ký số cho cán bộ, đầu tư phòng họp", "Công an xã", "Các thôn",
		"Báo cáo", "2026"},
	    {"task-optional", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"task-optional", 1, "Mở lớp (nếu có kinh phí)", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"deadline-past-at-issue", 0, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "12/2026"},
	    {"deadline-past-at-issue", 1, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "12/2025"},
	    {"deadline-past-at-issue", 1, "Mở lớp", "Công an xã", "Các thôn", "Báo cáo", "2/2026"},
	    {"scope-level", 0, "Mở lớp kỹ năng số", "Công an xã", "Các thôn", "Báo cáo", "2026"},
	    {"scope-level", 1, "Nâng chỉ số phát triển con người (HDI)", "Công an xã", "Các thôn", "Báo cáo",
		"2026"},
	    {"scope-level", 1, "Cấp học bạ số cho học sinh trên địa bàn tỉnh", "Công an xã", "Các thôn",
		"Báo cáo", "2026"},
	    {"scope-level", 0, "Phối hợp thực hiện Kế hoạch số 9/KH-UBND về hạ tầng trên địa bàn tỉnh",
		"Công an xã", "Các thôn", "Báo cáo", "2026"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const RowCase *row = &CASES[i];
		g_autoptr(Plan) plan =
		    plan_with_row(row->name, row->lead, row->coordinating, row->output, row->deadline);

		g_test_message("%s: %s", row->rule, row->name);
		build_assert_findings(plan, row->rule, row->n);
	}
}

static void
test_many_rows_are_one_finding(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	for (int i = 0; i < 6; i++)
		build_task(plan, annex, "1", "Mở lớp", "Các phòng, ban", "Công an xã", "Báo cáo", "2026");
	build_assert_findings(plan, "owner-generic", 1);
}

static void
test_milestones(void)
{
	static const PlanColumnKind COLUMNS[] = {
	    PLAN_COLUMN_NAME, PLAN_COLUMN_VALUE, PLAN_COLUMN_VALUE, PLAN_COLUMN_VALUE, PLAN_COLUMN_MAX};
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_annex(plan, "I", PLAN_ANNEX_INDICATORS, COLUMNS);
	PlanIndicator *row = build_indicator(plan, annex, "1", "Tỷ lệ hộ có Internet");

	annex->columns[1].year = 2026;
	annex->columns[2].year = 2030;
	annex->columns[3].year = 2035;
	build_target(plan, row, 2030, "80");
	build_target(plan, row, 2035, "90");
	build_assert_findings(plan, "milestone-blank", 0); /* it begins later */
	build_assert_findings(plan, "milestone-past-at-issue", 0);
	row = build_indicator(plan, annex, "2", "Tỷ lệ thôn có loa số");
	build_target(plan, row, 2026, "80");
	build_target(plan, row, 2035, "90");
	build_assert_findings(plan, "milestone-blank", 1);
	build_target(plan, build_indicator(plan, annex, "3", "Tỷ lệ chợ số"), 2025, "50");
	build_assert_findings(plan, "milestone-past-at-issue", 1);
}

static void
test_citation_dates(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_citation(plan, plan->document.also_cites, "Kế hoạch", "9/KH-UBND", NULL, "2026-01-05");
	build_assert_findings(plan, "citation-after-plan", 0);
	build_citation(plan, plan->document.also_cites, "Kế hoạch", "40/KH-UBND", NULL, "2026-05-01");
	build_assert_findings(plan, "citation-after-plan", 1);
}

static void
test_reporting(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_assert_findings(plan, "reporting-no-date", 0);
	build_assert_findings(plan, "reporting-no-period", 0);
	build_assert_findings(plan, "reporting-no-party", 0);
	build_assert_findings(plan, "reporting-conflict", 0);
	build_reporting(plan, PLAN_PERIOD_QUARTER, "Trạm Y tế xã", "Ban Chỉ đạo xã", 0, 0);
	build_assert_findings(plan, "reporting-no-date", 1);
	build_reporting(plan, PLAN_PERIOD_MONTH, "Trạm Y tế", "Ban Chỉ đạo", 0, 0);
	build_assert_findings(plan, "reporting-conflict", 1);
	build_reporting(plan, PLAN_PERIOD_NONE, "Công an xã", "Ban Chỉ đạo xã", 0, 0);
	build_assert_findings(plan, "reporting-no-period", 1);
	build_reporting(plan, PLAN_PERIOD_YEAR, "Hội Nông dân", "x", 1, 1)->to = NULL;
	build_assert_findings(plan, "reporting-no-party", 1);
}

static void
test_duties(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_duty(plan, "Hội Nông dân", "V.1", "Phản ánh khó khăn lên Ban Chỉ đạo xã");
	build_duty(plan, "Công an xã", "V.2", "Tổng hợp, báo cáo kết quả thực hiện kế hoạch");
	build_assert_findings(plan, "reporting-skips-level", 0);
	build_assert_findings(plan, "consolidator-several", 0);
	build_duty(plan, "Hội Phụ nữ", "V.3", "Phản ánh khó khăn, bất cập lên Ban Chỉ đạo tỉnh");
	build_duty(
	    plan, "Trạm Y tế", "V.4", "Tổng hợp, báo cáo kết quả thực hiện kế hoạch về Ủy ban nhân dân");
	build_assert_findings(plan, "reporting-skips-level", 1);
	build_assert_findings(plan, "consolidator-several", 1);
}

static void
test_shared_work(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_duty(plan, "Văn phòng", "V.5", "Lắp máy chiếu, làm phòng họp không giấy tờ");
	build_duty(
	    plan, "Văn phòng", "V.5", "Làm phòng họp không giấy tờ, lắp máy chiếu"); /* the same body */
	build_assert_findings(plan, "same-task-several-owners", 0);
	build_duty(plan, "Phòng Kinh tế", "V.6", "Làm phòng họp không giấy tờ, lắp máy chiếu");
	build_assert_findings(plan, "same-task-several-owners", 1);
}

static void
test_agencies(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_task(
	    plan, annex, "1", "Mở lớp", "Trung tâm Dịch vụ sự nghiệp công", "Trạm Y tế", "Báo cáo", "2026");
	build_assert_findings(plan, "agency-near-duplicate", 0);
	build_assert_findings(plan, "agency-spelling", 0);
	build_task(plan, annex, "2", "Mở chợ", "Trung tâm sự nghiệp công", "Trạm Y tế", "Báo cáo", "2026");
	build_assert_findings(plan, "agency-near-duplicate", 1);
	g_ptr_array_add(
	    ((PlanAgency *)g_ptr_array_index(plan->agencies, 1))->aliases, arena_strdup(plan->arena, "TYT"));
	build_assert_findings(plan, "agency-spelling", 1);
}

void
test_rows_add(void)
{
	g_test_add_func("/check/rows/rules", test_row_rules);
	g_test_add_func("/check/rows/many", test_many_rows_are_one_finding);
	g_test_add_func("/check/rows/milestones", test_milestones);
	g_test_add_func("/check/rows/citation-dates", test_citation_dates);
	g_test_add_func("/check/rows/reporting", test_reporting);
	g_test_add_func("/check/rows/duties", test_duties);
	g_test_add_func("/check/rows/shared-work", test_shared_work);
	g_test_add_func("/check/rows/agencies", test_agencies);
}
