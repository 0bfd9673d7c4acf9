/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"

#include <string.h>

static void
test_row_fields(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_task(
	    plan, annex, "1", "Mở lớp kỹ năng số", "Phòng Văn hóa - Xã hội", "Công an xã", "Báo cáo", "2026");
	build_task(plan, annex, "2", "Lắp camera", "", "", "", "");
	build_assert_findings(plan, "missing-lead", 1);
	build_assert_findings(plan, "missing-coordinating", 1);
	build_assert_findings(plan, "missing-output", 1);
	build_assert_findings(plan, "missing-deadline", 1);
}

static void
test_whole_table_is_one_finding(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);
	g_autoptr(DiagList) list = NULL;
	const Diag *diag;

	for (int i = 0; i < 20; i++)
		build_task(plan, annex, "1", "Lắp camera", "Công an xã", "Các thôn", "", "2026");
	list = build_lint(plan, "missing-output");
	g_assert_cmpuint(list->items->len, ==, 1);
	diag = g_ptr_array_index(list->items, 0);
	g_assert_nonnull(strstr(diag->message, "20/20"));
	g_assert_cmpuint(diag->span.line, ==, annex->span.line);
	g_assert_cmpuint(diag->n_related, ==, 12);
}

static void
test_prose_needs_no_coordinating(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_task(plan, NULL, NULL, "Mở lớp kỹ năng số", "", "", "", "");
	build_assert_findings(plan, "missing-coordinating", 0);
	build_assert_findings(plan, "missing-lead", 1);
}

static void
test_targets(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	build_target(plan, build_indicator(plan, annex, "1", "Tỷ lệ hồ sơ được số hóa"), 0, "90");
	build_indicator(plan, annex, "2", "Tỷ lệ hộ dân có Internet");
	build_assert_findings(plan, "missing-year", 1);
	build_assert_findings(plan, "missing-target", 1);
}

static void
test_metadata(void)
{
	static const char *const RULES[] = {"missing-number", "missing-date", "missing-signer",
	    "missing-recipients", "missing-legal-basis", "missing-reporting"};
	g_autoptr(Plan) good = build_plan();
	g_autoptr(Plan) empty = plan_new();

	empty->text = arena_strdup(empty->arena, "");
	for (size_t i = 0; i < G_N_ELEMENTS(RULES); i++) {
		build_assert_findings(good, RULES[i], 0);
		build_assert_findings(empty, RULES[i], 1);
	}
	good->document.date.day = 0;
	build_assert_findings(good, "missing-date", 1);
}

static void
test_replaced_plan_with_the_same_number(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_citation(plan, plan->document.replaces, "Kế hoạch", "9/KH-UBND", NULL, "2025-03-01");
	build_assert_findings(plan, "replaces-unclear", 0);
	build_citation(plan, plan->document.replaces, "Kế hoạch", "12/KH-UBND", NULL, "2025-03-01");
	build_assert_findings(plan, "replaces-unclear", 1);
}

void
test_missing_add(void)
{
	g_test_add_func("/check/missing/row-fields", test_row_fields);
	g_test_add_func("/check/missing/whole-table", test_whole_table_is_one_finding);
	g_test_add_func("/check/missing/prose", test_prose_needs_no_coordinating);
	g_test_add_func("/check/missing/targets", test_targets);
	g_test_add_func("/check/missing/metadata", test_metadata);
	g_test_add_func("/check/missing/replaces", test_replaced_plan_with_the_same_number);
}
