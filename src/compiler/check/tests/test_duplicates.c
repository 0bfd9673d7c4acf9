/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"

static PlanTask *
row(Plan *plan, PlanAnnex *annex, const char *no, const char *name)
{
	return build_task(plan, annex, no, name, "Phòng Kinh tế", "Các thôn", "Báo cáo", "2026");
}

static void
test_rows(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);
	g_autoptr(DiagList) list = NULL;

	row(plan, annex, "1", "Chuẩn hóa biểu mẫu, số hóa hồ sơ lưu trữ, lắp máy quét tại bộ phận một cửa");
	row(plan, annex, "2", "Mở chợ phiên trực tuyến bán nông sản, trái cây, mật ong");
	build_assert_findings(plan, "row-duplicate", 0);
	row(plan, annex, "3",
	    "Chuẩn hoá biểu mẫu; số hóa hồ sơ lưu trữ; lắp máy quét tại bộ phận một cửa và nhà văn hóa các "
	    "thôn vùng xa");
	list = build_lint(plan, "row-duplicate");
	g_assert_cmpuint(list->items->len, ==, 1);
	g_assert_cmpuint(((const Diag *)list->items->pdata[0])->n_related, ==, 1);
	g_assert_cmpint(((const Diag *)list->items->pdata[0])->severity, ==, DIAG_ERROR);
}

static void
test_indicator_rows(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	build_group(plan, annex, "I", "Đến năm 2030");
	build_target(
	    plan, build_indicator(plan, annex, "1", "Tỷ lệ trường học có câu lạc bộ STEM"), 2030, "80");
	build_group(plan, annex, "II", "Đến năm 2045");
	build_target(
	    plan, build_indicator(plan, annex, "2", "Tỷ lệ trường học có câu lạc bộ STEM"), 2045, "100");
	build_assert_findings(plan, "row-duplicate", 0); /* a group for each milestone */
	build_target(plan, build_indicator(plan, annex, "3", "Trường học có câu lạc bộ STEM"), 2045, "100");
	build_assert_findings(plan, "row-duplicate", 1);
}

static void
test_many_copies_take_linear_findings(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	for (int i = 0; i < 300; i++)
		row(plan, annex, "1",
		    "Chuẩn hóa biểu mẫu, số hóa hồ sơ lưu trữ, lắp máy quét tại bộ phận một cửa");
	build_assert_findings(plan, "row-duplicate", 299);
}

static void
test_bullets(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_prose(plan, "III.1",
	    "Khuyến khích mô hình khởi nghiệp nông nghiệp xanh, kinh tế tuần hoàn; tạo điều kiện tiếp cận "
	    "vốn, hợp tác");
	build_prose(
	    plan, "III.1", "Lắp đặt camera giám sát tại các điểm giao thông phức tạp, chợ, trường học");
	build_assert_findings(plan, "bullet-duplicate", 0);
	build_prose(plan, "III.2",
	    "Khuyến khích hợp tác xã khởi nghiệp nông nghiệp xanh, kinh tế tuần hoàn; tạo điều kiện tiếp cận "
	    "vốn và hợp tác");
	build_assert_findings(plan, "bullet-duplicate", 1);
}

static void
test_clause(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_prose(plan, "III.1", "Đẩy mạnh bán nông sản qua mạng, truy xuất nguồn gốc, quảng bá trái cây");
	build_assert_findings(plan, "clause-repeated", 0);
	build_prose(plan, "III.1",
	    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024; Nghị quyết số 57-NQ/TW ngày 22/12/2024");
	build_assert_findings(plan, "clause-repeated", 0);
	build_prose(plan, "III.1",
	    "Trồng rau sạch trong nhà màng, các mô hình trồng rau sạch trong nhà màng, bán qua mạng");
	build_assert_findings(plan, "clause-repeated", 1);
}

static void
test_body_and_rows(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	build_prose(plan, "III.1", "Mở lớp kỹ năng số cho nông dân tại nhà văn hóa thôn");
	build_assert_findings(plan, "body-without-row", 0); /* the annex has no rows yet */
	row(plan, annex, "1", "Mở lớp kỹ năng số cho nông dân");
	build_assert_findings(plan, "body-without-row", 0);
	build_assert_findings(plan, "row-without-body", 0);
	build_prose(plan, "III.1", "Trồng cây xanh dọc đường liên xã");
	row(plan, annex, "2", "Lắp camera giao thông");
	build_assert_findings(plan, "body-without-row", 1);
	build_assert_findings(plan, "row-without-body", 1);
}

static void
test_body_counts_more_people(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	row(plan, annex, "1", "Cấp thư điện tử công vụ cho 100% cán bộ xã");
	build_prose(plan, "III.1", "Cấp thư điện tử công vụ cho 100% cán bộ xã");
	build_assert_findings(plan, "body-row-differs", 0);
	build_prose(plan, "III.1", "Cấp thư điện tử công vụ cho 100% cán bộ xã và hội viên nông dân, phụ nữ");
	build_assert_findings(plan, "body-row-differs", 1);
}

static void
test_sections_and_groups(void)
{
	static const char *const TITLES[] = {"Hoàn thiện hạ tầng viễn thông", "Đào tạo nguồn nhân lực trẻ",
	    "Phòng ngừa lừa đảo qua mạng", "Bảo vệ rừng đầu nguồn"};
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_task_annex(plan);

	for (size_t i = 0; i < 3; i++)
		build_group(plan, annex, "1", TITLES[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++) {
		g_autofree char *section = g_strdup_printf("III.%zu", i + 1);

		build_prose(plan, section, TITLES[i])->section_title = arena_strdup(plan->arena, TITLES[i]);
	}
	build_assert_findings(plan, "section-annex-mismatch", 1);
	build_group(plan, annex, "4", TITLES[3]);
	build_assert_findings(plan, "section-annex-mismatch", 0);
}

void
test_duplicates_add(void)
{
	g_test_add_func("/check/duplicates/rows", test_rows);
	g_test_add_func("/check/duplicates/indicator-rows", test_indicator_rows);
	g_test_add_func("/check/duplicates/many", test_many_copies_take_linear_findings);
	g_test_add_func("/check/duplicates/bullets", test_bullets);
	g_test_add_func("/check/duplicates/clause", test_clause);
	g_test_add_func("/check/bodies/rows", test_body_and_rows);
	g_test_add_func("/check/bodies/people", test_body_counts_more_people);
	g_test_add_func("/check/bodies/sections", test_sections_and_groups);
}
