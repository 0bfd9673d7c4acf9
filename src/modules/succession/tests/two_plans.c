/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/succession/tests/two_plans.h"

#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_internal.h"
#include "modules/intake/intake_job.h"

#include <string.h>

#define HEAD(number, date, title) \
	"ỦY BAN NHÂN DÂN\nXÃ BÌNH NGUYỆT\n\nSố: " number "\n\nBình Nguyệt, " date "\n\n# KẾ HOẠCH\n\n" \
	"**" title "**\n\n"

#define TASKS_HEAD \
	"## PHỤ LỤC II: PHÂN CÔNG NHIỆM VỤ\n\n" \
	"| STT | Nội dung công việc | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm đầu ra | Thời gian " \
	"hoàn " \
	"thành |\n" \
	"|---|---|---|---|---|---|\n"

#define INDICATORS_HEAD \
	"## PHỤ LỤC I: CHỈ TIÊU\n\n" \
	"| TT | Chỉ tiêu | Đơn vị tính | Năm 2026 | Năm 2030 | Cơ quan chủ trì " \
	"|\n|---|---|---|---|---|---|\n"

const char TWO_OLD[] = HEAD("57/KH-UBND", "ngày 26 tháng 9 năm 2025",
    "Chuyển đổi số xã Bình Nguyệt giai đoạn 2026 - 2030") "## I. MỤC TIÊU\n\n- Phục vụ người dân tốt "
							  "hơn.\n\n" INDICATORS_HEAD
							  "| 1 | Tỷ lệ hồ sơ thủ tục hành chính nộp trực "
							  "tuyến | % | 70 | 90 | Phòng Văn hóa - Xã hội |\n"
							  "| 2 | Tỷ lệ thôn có điểm Wi-Fi công cộng | % | 60 "
							  "| 100 | Phòng Kinh tế |\n\n" TASKS_HEAD
							  "| 1 | Lắp đặt camera giám sát an ninh tại các "
							  "cổng chợ trung tâm | Công an xã | Phòng Kinh tế | "
							  "Biên bản nghiệm "
							  "thu | 30/6/2026 |\n"
							  "| 2 | Tập huấn kỹ năng số cho cán bộ thôn và hội "
							  "viên phụ nữ | Phòng Văn hóa - Xã hội |  | Danh "
							  "sách học viên | "
							  "31/3/2026 |\n"
							  "| 3 | Lắp đặt Wi-Fi miễn phí tại nhà văn hóa các "
							  "thôn | Phòng Kinh tế |  | Báo cáo kết quả | "
							  "30/9/2026 |\n"
							  "| 4 | Khảo sát nhu cầu học trực tuyến của học "
							  "sinh vùng bãi | Phòng Văn hóa - Xã hội |  | Báo "
							  "cáo | 28/02/2026 |\n"
							  "| 5 | Công khai tiến độ giải quyết hồ sơ trên "
							  "trang thông tin điện tử | Phòng Kinh tế |  | Bảng "
							  "công khai | Hằng "
							  "tháng |\n"
							  "| 6 | Xây dựng bảo tàng số về làng nghề dệt chiếu "
							  "| Phòng Kinh tế |  | Bảo tàng số | 31/12/2026 |\n";

const char TWO_NEW[] = HEAD("57/KH-UBND", "ngày 24 tháng 02 năm 2026",
    "Chuyển đổi số xã Bình Nguyệt giai đoạn 2026 - 2030 (thay thế)") "## I. MỤC TIÊU\n\n- Phục vụ người dân "
								     "tốt hơn.\n\n"
								     "## II. TỔ CHỨC THỰC HIỆN\n\nKế hoạch "
								     "này thay thế Kế hoạch số 57/KH-UBND "
								     "ngày 26/9/2025 của Ủy ban nhân dân xã "
								     "Bình Nguyệt.\n\n" INDICATORS_HEAD
								     "| 1 | Tỷ lệ hồ sơ thủ tục hành chính "
								     "nộp trực tuyến | % | 75 | 95 | Phòng "
								     "Văn hóa - Xã hội |\n"
								     "| 2 | Tỷ lệ thôn có điểm Wi-Fi công "
								     "cộng | % | 60 | 100 | Phòng Kinh tế "
								     "|\n\n" TASKS_HEAD
								     "| 1 | Khảo sát nhu cầu học trực tuyến "
								     "của học sinh vùng bãi | Phòng Văn hóa "
								     "- Xã hội |  | Báo cáo | 28/02/2026 |\n"
								     "| 2 | Lắp đặt camera giám sát an ninh "
								     "tại các cổng chợ trung tâm | Công an "
								     "xã | Phòng Kinh tế | Biên bản nghiệm "
								     "thu | 30/9/2026 |\n"
								     "| 3 | Tập huấn kỹ năng số cho cán bộ "
								     "thôn và hội viên phụ nữ | Phòng Văn "
								     "hóa - Xã hội |  | Danh sách học viên | "
								     "31/3/2026 |\n"
								     "| 4 | Lắp đặt Wi-Fi miễn phí tại nhà "
								     "văn hóa các thôn | Công an xã |  | Báo "
								     "cáo kết quả | 30/9/2026 |\n"
								     "| 5 | Công khai tiến độ giải quyết hồ "
								     "sơ trên trang thông tin điện tử | "
								     "Phòng Kinh tế |  | Bảng công khai | "
								     "Hằng "
								     "tháng |\n"
								     "| 6 | Thử nghiệm máy bay không người "
								     "lái phun thuốc cho lúa | Phòng Kinh tế "
								     "|  | Báo cáo | 31/10/2026 |\n";

const char TWO_NEXT[] = HEAD("12/KH-UBND", "ngày 10 tháng 01 năm 2027",
    "Chuyển đổi số xã Bình Nguyệt năm 2027") "## I. TỔ CHỨC THỰC HIỆN\n\nKế hoạch này thay thế Kế hoạch số "
					     "57/KH-UBND "
					     "ngày 24/02/2026 của Ủy ban nhân dân xã Bình "
					     "Nguyệt.\n\n" TASKS_HEAD
					     "| 1 | Lắp đặt camera giám sát an ninh tại các cổng chợ trung "
					     "tâm | Công an xã | Phòng Kinh tế | Biên bản nghiệm "
					     "thu | 31/3/2027 |\n"
					     "| 2 | Công khai tiến độ giải quyết hồ sơ trên trang thông tin "
					     "điện tử | Phòng Kinh tế |  | Bảng công khai | Hằng "
					     "quý |\n";

const char TWO_AMEND[] =
    HEAD("80/KH-UBND", "ngày 15 tháng 5 năm 2026", "Sửa đổi, bổ sung Kế hoạch chuyển đổi số xã Bình Nguyệt")
	TASKS_HEAD
    "| 1 | Lắp đặt camera giám sát an ninh tại các cổng chợ trung tâm | Công an xã | Phòng Kinh tế | Biên "
    "bản nghiệm "
    "thu | 30/11/2026 |\n"
    "| 2 | Tổ chức ngày hội sáng kiến thanh niên | Phòng Văn hóa - Xã hội |  | Báo cáo | 20/12/2026 |\n";

SuccessionScope
two_scope(const AppTest *test, Arena *arena, int32_t day)
{
	return (SuccessionScope){.intake = {.db = test->db,
				     .commune_id = test->commune_id,
				     .directory = test->directory,
				     .now_us = instant_at(day, 9),
				     .actor = {.name = "Người thử", .origin = "kiểm thử"}},
	    .arena = arena,
	    .today = day,
	    .may_roles = true};
}

WorkScope
two_work(const AppTest *test, Arena *arena, int32_t day)
{
	return (WorkScope){.db = test->db,
	    .commune_id = test->commune_id,
	    .now_us = instant_at(day, 9),
	    .today = day,
	    .actor = {.name = "Người thử", .origin = "kiểm thử"},
	    .arena = arena};
}

int64_t
two_store(AppTest *test, const char *text)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeReading *reading = NULL;
	IntakeResult result;

	intake_read("ke-hoach.md", g_strdup(text), strlen(text), &reading, &error);
	g_assert_no_error(error);
	g_ptr_array_add(readings, reading);
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
	return result.plan_id;
}

int64_t
two_draft(AppTest *test, const char *text)
{
	g_autoptr(Arena) arena = arena_new();
	IntakeScope scope = intake_scope(test->app);
	const IntakeFile file = {.name = "ke-hoach-moi.md", .bytes = text, .len = strlen(text)};
	g_autoptr(GError) error = NULL;
	gint is_cancelled = 0;
	IntakeArrival arrival;
	IntakeDraft draft;
	bool has = true;

	intake_draft_create(&scope, &file, true, &arrival, &error);
	g_assert_no_error(error);
	while (intake_job_claim(&scope, arena, &draft, &has, &error) && has)
		g_assert_true(intake_job_run(&scope, &draft, 1, &is_cancelled, &error));
	g_assert_no_error(error);
	return arrival.draft_id;
}

SuccessionResult
two_replace(AppTest *test, Arena *arena, int64_t draft_id, int64_t new_plan, int64_t old_plan,
    PlanSuccessionKind kind)
{
	SuccessionScope scope = two_scope(test, arena, APP_TEST_TODAY);
	const Succession wanted = {.draft_id = draft_id,
	    .new_plan_id = new_plan,
	    .old_plan_id = old_plan,
	    .kind = kind,
	    .from_day = APP_TEST_TODAY,
	    .carries_roles = true};
	const SuccessionStep all = {.kind = SUCCESSION_ACCEPT_ALL};
	SuccessionResult result = {0};
	g_autoptr(GError) error = NULL;
	int64_t succession_id = 0;

	succession_begin(&scope, &wanted, &succession_id, &error);
	g_assert_no_error(error);
	succession_step(&scope, succession_id, 1, &all, &error);
	g_assert_no_error(error);
	succession_publish(&scope, succession_id, 2, &result, &error);
	g_assert_no_error(error);
	return result;
}

void
two_verify(AppTest *test)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	g_assert_cmpuint(report.problems->len, ==, 0);
}
