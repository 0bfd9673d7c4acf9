/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"

/* One indicator with one target, in the prose where annex is NULL. */
static PlanIndicator *
add(Plan *plan, PlanAnnex *annex, const char *no, const char *name, int year, const char *value)
{
	PlanIndicator *row = build_indicator(plan, annex, no, name);

	build_target(plan, row, year, value);
	return row;
}

static void
test_conflict(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	add(plan, annex, "1", "Tỷ lệ hồ sơ thủ tục hành chính được số hóa", 2030, "90");
	add(plan, annex, "2", "Tỉ lệ hồ sơ TTHC được số hoá", 2028, "80"); /* another year */
	add(plan, annex, "3", "Tỷ lệ thôn có lớp học chữ", 2030, "70");    /* another thing */
	build_assert_findings(plan, "target-conflict", 0);
	add(plan, NULL, NULL, "hồ sơ TTHC được số hóa", 2030, "100");
	build_assert_findings(plan, "target-conflict", 1);
}

static void
test_conflict_with_a_task(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	add(plan, annex, "1", "Tỷ lệ tái sử dụng dữ liệu đã được số hóa", 2030, "80");
	build_prose(plan, "III.1", "Rà soát quy trình; tái sử dụng 80% dữ liệu đã số hóa");
	build_assert_findings(plan, "target-conflict", 0);
	build_prose(plan, "III.1", "Rà soát quy trình; tái sử dụng 100% dữ liệu đã số hóa");
	build_assert_findings(plan, "target-conflict", 1);
}

static void
test_different_things_do_not_conflict(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	add(plan, annex, "1", "Tỷ lệ phủ sóng 5G trên địa bàn", 2030, "100");
	add(plan, annex, "2", "Tỷ lệ phủ sóng 6G trên địa bàn", 2030, "50");
	add(plan, annex, "3", "Cơ sở giáo dục mầm non đạt mức chuyển đổi số 2", 2030, "90");
	add(plan, annex, "4", "Cơ sở giáo dục phổ thông đạt mức chuyển đổi số 2", 2030, "95");
	build_assert_findings(plan, "target-conflict", 0);
	build_assert_findings(plan, "target-bound-differs", 0);
}

static void
test_bound(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);

	add(plan, annex, "1", "Tỷ lệ hồ sơ được số hóa tại xã", 2030, "90");
	add(plan, annex, "2", "Hồ sơ được số hóa tại xã", 2030, ">=90");
	build_assert_findings(plan, "target-bound-differs", 1);
	build_assert_findings(plan, "target-conflict", 0);
}

static void
test_weaker_later(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanAnnex *annex = build_indicator_annex(plan);
	PlanIndicator *good = add(plan, annex, "1", "Tỷ lệ hộ có Internet", 2026, "80");
	PlanIndicator *falling = add(plan, annex, "2", "Tỷ lệ hồ sơ quá hạn", 2026, "5");

	build_target(plan, good, 2030, "90");
	build_target(plan, falling, 2030, "1");
	build_assert_findings(plan, "target-weaker-later", 0);
	build_target(plan, good, 2035, "85");
	build_assert_findings(plan, "target-weaker-later", 1);
}

static void
test_two_values_in_a_year(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanIndicator *row = add(plan, NULL, NULL, "hộ dân đọc bản tin số", 2030, ">70");

	build_assert_findings(plan, "target-double", 0);
	build_target(plan, row, 2030, ">80");
	build_assert_findings(plan, "target-double", 1);
}

static void
test_range_with_a_floor(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanIndicator *row = add(plan, NULL, NULL, "mô hình chợ số", 2030, "3-5");
	PlanTarget *target = g_ptr_array_index(row->targets, 0);

	build_assert_findings(plan, "target-range-floor", 0);
	target->raw = arena_strdup(plan->arena, "ít nhất 3 - 5");
	build_assert_findings(plan, "target-range-floor", 1);
}

static void
test_implied(void)
{
	g_autoptr(Plan) plan = build_plan();

	add(plan, NULL, NULL, "Tỷ lệ sử dụng dịch vụ công trực tuyến của người dân", 2030, ">90");
	add(plan, NULL, NULL, "hồ sơ thủ tục hành chính xử lý trực tuyến", 2030, "95");
	build_assert_findings(plan, "target-implied-impossible", 0);
	add(plan, NULL, NULL, "hồ sơ cấp xã xử lý trực tuyến", 2030, ">85");
	build_assert_findings(plan, "target-implied-impossible", 1);
}

static void
test_implied_by_share(void)
{
	g_autoptr(Plan) plan = build_plan();

	add(plan, NULL, NULL, "dân số trưởng thành có chữ ký số", 2030, "70");
	add(plan, NULL, NULL, "người dân có chữ ký số", 2030, "50");
	build_assert_findings(plan, "target-implied-impossible", 0);
	add(plan, NULL, NULL, "người dân được cấp chữ ký số", 2030, "10");
	build_assert_findings(plan, "target-implied-impossible", 1);
}

static void
test_overlap_and_other_base(void)
{
	g_autoptr(Plan) plan = build_plan();

	add(plan, NULL, NULL, "giao dịch không dùng tiền mặt ở chợ", 2030, "60");
	add(plan, NULL, NULL, "người dân không dùng tiền mặt ở chợ", 2030, "70");
	build_assert_findings(plan, "denominator-differs", 1);
	build_assert_findings(plan, "target-conflict", 0);
	build_assert_findings(plan, "target-overlap", 0);
	add(plan, NULL, NULL, "camera an ninh ở trường, trạm, chợ, bến xe", 2030, "60");
	add(plan, NULL, NULL, "camera an ninh ở trường, trạm, nhà văn hóa", 2030, "70");
	build_assert_findings(plan, "target-overlap", 1);
}

static void
test_bases(void)
{
	g_autoptr(Plan) plan = build_plan();

	add(plan, NULL, NULL, "Chi ngân sách hằng năm cho chuyển đổi số trên tổng chi ngân sách xã", 2030,
	    "3");
	build_assert_findings(plan, "denominator-missing", 0);
	add(plan, NULL, NULL, "Chi ngân sách hằng năm cho chuyển đổi số", 2030, "3");
	build_assert_findings(plan, "denominator-missing", 1);
	build_assert_findings(plan, "denominator-undefined", 0);
	add(plan, NULL, NULL, "thủ tục làm trực tuyến trên tổng số thủ tục đặc thù", 2030, "80");
	build_assert_findings(plan, "denominator-undefined", 1);
}

static void
test_swapped_base(void)
{
	g_autoptr(Plan) plan = build_plan();

	add(plan, NULL, NULL, "Tỷ lệ chi cho khoa học và chuyển đổi số đạt 3% tổng chi ngân sách", 2030, "3");
	build_assert_findings(plan, "denominator-swapped", 0);
	add(plan, NULL, NULL, "Tỷ lệ chi cho khoa học và chuyển đổi số đạt 3% GRDP", 2030, "3");
	build_assert_findings(plan, "denominator-swapped", 1);
	add(plan, NULL, NULL, "Chi cho nghiên cứu phát triển đạt 2% tổng chi ngân sách", 2030, "2");
	build_assert_findings(plan, "denominator-swapped", 2);
}

static void
test_units_and_text(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanIndicator *row = add(plan, NULL, NULL, "hộ có Internet", 2030, "100");

	build_assert_findings(plan, "value-over-100", 0);
	build_assert_findings(plan, "unit-missing", 0);
	build_assert_findings(plan, "target-text", 0);
	row->unit = NULL;
	build_assert_findings(plan, "unit-missing", 0); /* in prose the counted thing stands in the name */
	add(plan, build_indicator_annex(plan), "1", "lớp học chữ", 2030, "4")->unit = NULL;
	build_assert_findings(plan, "unit-missing", 1);
	add(plan, NULL, NULL, "thôn có loa số", 2030, "120");
	build_assert_findings(plan, "value-over-100", 1);
	add(plan, NULL, NULL, "hoàn thành khu dân cư thông minh", 2030, "Đạt");
	build_assert_findings(plan, "target-text", 1);
}

static void
test_compound(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanIndicator *first, *second;

	add(plan, NULL, NULL, "cán bộ có máy tính", 2030, "100");
	build_assert_findings(plan, "target-compound", 0);
	add(plan, NULL, NULL, "cán bộ có máy tính và có thư điện tử", 2030, "100");
	build_assert_findings(plan, "target-compound", 1);
	first = add(plan, NULL, NULL, "hộ có Internet", 2030, "90");
	second = add(plan, NULL, NULL, "thôn có loa số", 2030, "80");
	second->span = first->span;
	build_assert_findings(plan, "target-compound", 2);
}

static void
test_vague(void)
{
	g_autoptr(Plan) plan = build_plan();

	build_section(plan, "II", "II", 1, "MỤC TIÊU");
	build_section(plan, "1", "II.1", 2, "Mục tiêu chung");
	build_block(plan, PLAN_BLOCK_BULLET, "Nâng cao đời sống của người dân.")->section = "II.1";
	build_section(plan, "2", "II.2", 2, "Mục tiêu cụ thể");
	build_block(plan, PLAN_BLOCK_BULLET, "90% hộ dân có Internet.")->section = "II.2";
	build_section(plan, "III", "III", 1, "NHIỆM VỤ");
	build_block(plan, PLAN_BLOCK_BULLET, "Đẩy mạnh thương mại điện tử.")->section = "III";
	build_assert_findings(plan, "target-vague", 0);
	build_block(plan, PLAN_BLOCK_BULLET, "Đẩy mạnh thương mại điện tử.")->section = "II.2";
	build_block(plan, PLAN_BLOCK_BULLET, "Phát triển du lịch số.")->section = "II.2";
	build_assert_findings(plan, "target-vague", 1);
}

void
test_targets_add(void)
{
	g_test_add_func("/check/targets/conflict", test_conflict);
	g_test_add_func("/check/targets/conflict-with-a-task", test_conflict_with_a_task);
	g_test_add_func("/check/targets/different-things", test_different_things_do_not_conflict);
	g_test_add_func("/check/targets/bound", test_bound);
	g_test_add_func("/check/targets/weaker-later", test_weaker_later);
	g_test_add_func("/check/targets/double", test_two_values_in_a_year);
	g_test_add_func("/check/targets/range-floor", test_range_with_a_floor);
	g_test_add_func("/check/targets/implied", test_implied);
	g_test_add_func("/check/targets/implied-by-share", test_implied_by_share);
	g_test_add_func("/check/targets/overlap", test_overlap_and_other_base);
	g_test_add_func("/check/targets/bases", test_bases);
	g_test_add_func("/check/targets/swapped-base", test_swapped_base);
	g_test_add_func("/check/targets/units", test_units_and_text);
	g_test_add_func("/check/targets/vague", test_vague);
	g_test_add_func("/check/targets/compound", test_compound);
}
