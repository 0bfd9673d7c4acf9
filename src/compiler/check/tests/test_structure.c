/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/numbering.h"
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"

static void
test_numbering(void)
{
	static const struct {
		const char *no;
		NumberingStyle style;
		int value;
		size_t prefix_len;
	} CASES[] = {{"IV", NUMBERING_ROMAN, 4, 0}, {"IIII", NUMBERING_NONE, 0, 0},
	    {"2.10", NUMBERING_ARABIC, 10, 1}, {"đ", NUMBERING_LETTER, 5, 0},
	    {"1.2.3", NUMBERING_ARABIC, 3, 3}, {"I", NUMBERING_ROMAN, 1, 0}, {"B", NUMBERING_LETTER, 2, 0},
	    {"", NUMBERING_NONE, 0, 0}, {"x1", NUMBERING_NONE, 0, 0}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Numbering number = numbering_read(CASES[i].no);

		g_assert_cmpint(number.style, ==, CASES[i].style);
		g_assert_cmpint(number.value, ==, CASES[i].value);
		if (number.style != NUMBERING_NONE)
			g_assert_cmpuint(number.prefix_len, ==, CASES[i].prefix_len);
	}
	g_assert_cmpint(numbering_read(NULL).style, ==, NUMBERING_NONE);
}

static void
test_heading_gap(void)
{
	g_autoptr(Plan) plan = build_plan();
	g_autoptr(DiagList) list = NULL;

	build_section(plan, "I", "I", 1, "MỤC ĐÍCH");
	build_section(plan, "1", "I.1", 2, "Mục đích");
	build_section(plan, "2", "I.2", 2, "Yêu cầu");
	build_section(plan, "II", "II", 1, "MỤC TIÊU");
	build_section(plan, "1", "II.1", 2, "Chung");
	build_assert_findings(plan, "number-gap", 0);
	build_section(plan, "IV", "IV", 1, "NHIỆM VỤ");
	list = build_lint(plan, "number-gap");
	g_assert_cmpuint(list->items->len, ==, 1);
	g_assert_cmpint(((const Diag *)list->items->pdata[0])->severity, ==, DIAG_ERROR);
}

static void
test_headings_against_parents(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_section(plan, "I", "I", 1, "MỤC TIÊU");
	build_section(plan, "1", "I.1", 2, "Chung");
	build_section(plan, "1.1", "I.1.1", 3, "Hạ tầng");
	build_section(plan, "2", "I.2", 2, "Cụ thể");
	build_assert_findings(plan, "number-parent-mismatch", 0);
	build_section(plan, "1.1", "I.2.1.1", 3, "Tổng quát");
	build_assert_findings(plan, "number-parent-mismatch", 1);
	build_assert_findings(plan, "number-style-mixed", 0);
	build_section(plan, "a", "I.2.1.1.a", 4, "Một");
	build_section(plan, "1.1.2", "I.2.1.1.2", 4, "Hai");
	build_assert_findings(plan, "number-style-mixed", 1);
	build_assert_findings(plan, "heading-level-jump", 0);
	build_section(plan, "II", "II", 1, "NHIỆM VỤ");
	build_section(plan, "a", "II.a", 3, "Một");
	build_assert_findings(plan, "heading-level-jump", 1);
}

static void
test_markdown_marks(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_section(plan, "1", "1", 1, "## 1. Một");
	build_section(plan, "2", "2", 1, "## 2. Hai");
	build_assert_findings(plan, "heading-marks-mixed", 0);
	build_section(plan, "3", "3", 1, "#### 3. Ba");
	build_assert_findings(plan, "heading-marks-mixed", 1);
}

/* "2. Các chi bộ …" that was read as a paragraph still fills the gap. */
static void
test_gap_filled_by_a_paragraph(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_section(plan, "1", "1", 1, "Một");
	build_block(plan, PLAN_BLOCK_PARAGRAPH, "2. Các chi bộ căn cứ kế hoạch này để thực hiện.");
	build_section(plan, "3", "3", 1, "Ba");
	build_assert_findings(plan, "number-gap", 0);
	build_section(plan, "5", "5", 1, "Năm");
	build_assert_findings(plan, "number-gap", 1);
}

static PlanTask *
row(Plan *plan, PlanAnnex *annex, const char *no)
{
	return build_task(plan, annex, no, "Việc", "Công an xã", "Các thôn", "Báo cáo", "2026");
}

static void
test_rows(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_group(plan, annex, "1", "Nhóm một");
	row(plan, annex, "1.1");
	row(plan, annex, "1.2");
	build_group(plan, annex, "2", "Nhóm hai");
	row(plan, annex, "2.1");
	build_assert_findings(plan, "number-gap", 0);
	build_assert_findings(plan, "number-repeated", 0);
	row(plan, annex, "2.1");
	build_assert_findings(plan, "number-repeated", 1);
	row(plan, annex, "2.4");
	build_assert_findings(plan, "number-gap", 1);
	build_assert_findings(plan, "number-parent-mismatch", 0);
	row(plan, annex, "1.3");
	build_assert_findings(plan, "number-parent-mismatch", 1);
}

static void
test_numbers_may_restart_in_a_roman_group(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_group(plan, annex, "I", "Nhóm một");
	row(plan, annex, "1");
	row(plan, annex, "2");
	build_group(plan, annex, "II", "Nhóm hai");
	row(plan, annex, "1"); /* starts again */
	row(plan, annex, "2");
	build_group(plan, annex, "III", "Nhóm ba");
	row(plan, annex, "3"); /* runs on */
	build_assert_findings(plan, "number-gap", 0);
	build_assert_findings(plan, "number-repeated", 0);
	build_group(plan, annex, "III", "Nhóm bốn");
	row(plan, annex, "4");
	build_assert_findings(plan, "number-repeated", 1);
	build_group(plan, annex, "VI", "Nhóm sáu");
	build_assert_findings(plan, "number-gap", 1);
}

static void
test_empty_group_and_unnumbered_row(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_group(plan, annex, "I", "Nhóm một");
	row(plan, annex, "1");
	build_assert_findings(plan, "group-empty", 0);
	build_assert_findings(plan, "row-unnumbered", 0);
	build_group(plan, annex, "II", "Nhóm hai");
	build_group(plan, annex, "III", "Nhóm ba");
	row(plan, annex, NULL);
	build_assert_findings(plan, "group-empty", 1);
	build_assert_findings(plan, "row-unnumbered", 1);
}

static void
test_decimal_like_number(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	row(plan, annex, "1.1");
	build_assert_findings(plan, "number-like-decimal", 0);
	row(plan, annex, "1.10");
	row(plan, annex, "1.20");
	build_assert_findings(plan, "number-like-decimal", 1);
}

static void
test_annex_labels(void)
{
	static const PlanColumnKind COLUMNS[] = {PLAN_COLUMN_NO, PLAN_COLUMN_NAME, PLAN_COLUMN_MAX};
	g_autoptr(Plan) plan = build_plan();

	build_annex(plan, NULL, PLAN_ANNEX_TASKS, COLUMNS);
	build_assert_findings(plan, "annex-unlabelled", 0); /* a single one needs no number */
	build_annex(plan, "II", PLAN_ANNEX_TASKS, COLUMNS);
	build_assert_findings(plan, "annex-unlabelled", 1);
	build_assert_findings(plan, "annex-label-mixed", 0);
	build_annex(plan, "3", PLAN_ANNEX_TASKS, COLUMNS);
	build_assert_findings(plan, "annex-label-mixed", 1);
}

static void
test_annex_citations(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_task_annex(plan);
	build_block(plan, PLAN_BLOCK_PARAGRAPH, "Phân công cụ thể tại Phụ lục I kèm theo.");
	build_assert_findings(plan, "annex-missing", 0);
	build_assert_findings(plan, "annex-cited-otherwise", 0);
	build_assert_findings(plan, "annex-uncited", 0);
	build_block(plan, PLAN_BLOCK_PARAGRAPH, "Xem thêm Phụ lục 1 và Phụ lục 4.");
	build_assert_findings(plan, "annex-missing", 1);
	build_assert_findings(plan, "annex-cited-otherwise", 1);
	build_indicator_annex(plan);
	build_assert_findings(plan, "annex-uncited", 1);
}

void
test_structure_add(void)
{
	g_test_add_func("/check/structure/numbering", test_numbering);
	g_test_add_func("/check/structure/heading-gap", test_heading_gap);
	g_test_add_func("/check/structure/parents", test_headings_against_parents);
	g_test_add_func("/check/structure/markdown-marks", test_markdown_marks);
	g_test_add_func("/check/structure/filled-gap", test_gap_filled_by_a_paragraph);
	g_test_add_func("/check/structure/rows", test_rows);
	g_test_add_func("/check/structure/restart", test_numbers_may_restart_in_a_roman_group);
	g_test_add_func("/check/structure/empty", test_empty_group_and_unnumbered_row);
	g_test_add_func("/check/structure/decimal", test_decimal_like_number);
	g_test_add_func("/check/structure/labels", test_annex_labels);
	g_test_add_func("/check/structure/citations", test_annex_citations);
}
