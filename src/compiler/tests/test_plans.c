/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/tests/support.h"

#include <string.h>

/* Each text below is a cut-out of one layout of the genre, written for the test. */

static const char FLATTENED_INDICATORS[] =
    "PHỤ LỤC I: CÁC CHỈ TIÊU ĐẾN NĂM 2030 \n\n"
    "(Kèm theo Kế hoạch số       /KH-UBND ngày     /3/2026 của UBND xã Bình An) \n\n"
    "TT Chỉ tiêu Đơn vị tính Kết quả \nCơ quan chủ trì \n\nCơ quan phối hợp \n\n"
    "1 \n\nChỉ tiêu về dịch vụ công và quản trị nội bộ trên \n\nmôi trường điện tử \n\n   \n\n"
    "1.1 \nTỷ lệ hồ sơ nộp trực tuyến của người \n\ndân \n% ≥ 80 \n\nTrung tâm Phục vụ hành \n\nchính công "
    "\n\nCác phòng, ban, đơn vị \n\nliên quan \n\n"
    "1.2 Tỷ lệ thanh toán trực tuyến \n% 90 \nTrung tâm Phục vụ hành \n\nchính công \n\nCác phòng, ban, đơn "
    "vị \n\nliên quan \n"
    " TT Chỉ tiêu Đơn vị tính Kết quả \nCơ quan chủ trì \n\nCơ quan phối hợp \n\n"
    "1.3 \n\nTỷ lệ chi cho chuyển đổi số trên tổng chi \n\nngân sách xã \n\n% Phấn đấu đạt 3% Phòng Kinh tế "
    "\n\n\n\n2 \n\n \n\n"
    "2 Hạ tầng số     \n\n2.1 Phủ sóng 5G % dân số 100 Phòng Văn hóa - Xã hội Các thôn \n";

static void
test_flattened_indicators(void)
{
	static const char *const ROWS[][5] = {
	    {"1.1", "Tỷ lệ hồ sơ nộp trực tuyến của người dân", "2030 >= 80",
		"Trung tâm Phục vụ hành chính công", "Các phòng, ban, đơn vị liên quan"},
	    {"1.2", "Tỷ lệ thanh toán trực tuyến", "2030 = 90", "Trung tâm Phục vụ hành chính công",
		"Các phòng, ban, đơn vị liên quan"},
	    {"1.3", "Tỷ lệ chi cho chuyển đổi số trên tổng chi ngân sách xã", "2030 strive>= 3",
		"Phòng Kinh tế", ""},
	    {"2.1", "Phủ sóng 5G", "2030 = 100", "Phòng Văn hóa - Xã hội", "Các thôn"},
	};
	g_autoptr(Plan) plan = compile_text(FLATTENED_INDICATORS);

	g_assert_cmpuint(plan->indicators->len, ==, G_N_ELEMENTS(ROWS));
	for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		const PlanIndicator *row = NTH(plan->indicators, i);
		g_autofree char *targets = joined_targets(row);
		g_autofree char *lead = joined_refs(row->lead);
		g_autofree char *coordinating = joined_refs(row->coordinating);

		g_assert_cmpstr(row->no, ==, ROWS[i][0]);
		g_assert_cmpstr(row->name, ==, ROWS[i][1]);
		g_assert_cmpstr(targets, ==, ROWS[i][2]);
		g_assert_cmpstr(lead, ==, ROWS[i][3]);
		g_assert_cmpstr(coordinating, ==, ROWS[i][4]);
		g_assert_nonnull(row->group);
	}
	/* The reference line under the title fills what the head left blank. */
	g_assert_null(plan->document.number);
	g_assert_cmpint(plan->document.date.month, ==, 3);
	g_assert_cmpstr(plan->document.issuer, ==, "UBND xã Bình An");
}

static const char MILESTONES[] = "PHỤ LỤC II: CHỈ TIÊU THEO GIAI ĐOẠN \n\n"
				 "Stt Chỉ tiêu \nNăm \n\n2025 \n\nNăm \n\n2030 \n\nNăm \n\n2035 \n\nCơ quan "
				 "chủ \n\ntrì theo dõi \nSản phẩm \n\nđầu ra \n\n"
				 "I Phát triển hạ tầng \n\n"
				 "1 \nTỷ lệ phủ sóng 5G trên địa bàn xã \n\n≥60% \n\n100% 100% \n\nPhòng Văn "
				 "hóa \n\n- Xã hội \n\nBáo cáo số \n\nliệu \n\n"
				 "2 \nTỷ lệ trường học đạt mức độ số từ mức 2 trở \n\nlên \n- 80-90% - "
				 "\nPhòng Văn hóa \n\n- Xã hội \n\nBáo cáo số \n\nliệu \n\n"
				 "3 Tỷ lệ chi cho chuyển đổi số \n\nphấn \n\nđấu \n\nít nhất \n\n2,5% "
				 "\n\nĐạt 3% \nĐạt trên \n\n3% \n\nPhòng Kinh tế \n\nBáo cáo số \n\nliệu \n";

static void
test_milestones(void)
{
	static const char *const TARGETS[] = {"2025 >= 60; 2030 = 100; 2035 = 100", "2030 range 80-90",
	    "2025 strive>= 2.5; 2030 = 3; 2035 > 3"};
	g_autoptr(Plan) plan = compile_text(MILESTONES);

	g_assert_cmpuint(plan->indicators->len, ==, G_N_ELEMENTS(TARGETS));
	for (guint i = 0; i < G_N_ELEMENTS(TARGETS); i++) {
		const PlanIndicator *row = NTH(plan->indicators, i);
		g_autofree char *targets = joined_targets(row);

		g_assert_cmpstr(targets, ==, TARGETS[i]);
		g_assert_cmpstr(row->output, ==, "Báo cáo số liệu");
		g_assert_cmpstr(row->group->title, ==, "Phát triển hạ tầng");
	}
}

static const char FLATTENED_TASKS[] =
    "PHỤ LỤC 4: PHÂN CÔNG NHIỆM VỤ \n\n"
    "STT Nội dung công việc Cơ quan chủ trì Cơ quan phối hợp \n\nSản phẩm \n\nđầu ra \n\nThời gian \n\nthực "
    "hiện \n\n"
    "I \nTuyên truyền, nâng cao nhận thức trong toàn xã về chuyển đổi số \n\n"
    "1.  \n\nTổ chức tuyên truyền về chuyển đổi số trên hệ thống \n\ntruyền thanh và các trang mạng của xã. "
    "\n\nTrung tâm dịch vụ \n\nsự nghiệp công \n\nCác phòng, ban, đơn vị có \n\nliên quan \n\nKế hoạch, "
    "\n\ntin, bài \nHằng năm \n\n"
    "2.  \n\nBồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức \n\ncủa xã trên nền tảng học trực "
    "\n\nPhòng Văn hóa – \n\nXã hội \n\nSở Nội vụ; Các phòng, ban, \n\nđơn vị \nBáo cáo Quý IV/2026 \n"
    " STT Nội dung công việc Cơ quan chủ trì Cơ quan phối hợp \n\nSản phẩm \n\nđầu ra \n\nThời gian \n\nthực "
    "hiện \n\ntuyến do tỉnh triển khai đến từng thôn, từng xóm. \n\n"
    "3.  \n\nSố hóa hồ sơ lưu trữ của các cơ quan trong toàn xã \n\nCác cơ quan, \n\nđơn vị \n Thường xuyên "
    "\n\n"
    "4.  \n\nỨng dụng công nghệ thông tin trong trường học của xã: \n   \n\nTriển khai học bạ số cho toàn bộ "
    "học sinh phổ thông. \n\nPhòng Văn hóa – \n\nXã hội \n\nCác trường học \n\nHọc bạ số \n\nTheo hướng "
    "\n\ndẫn của tỉnh \n\nCấp chữ ký số cho giáo viên của các trường trong xã. \n\nPhòng Văn hóa – \n\nXã "
    "hội \n\nCác trường học \n\nBáo cáo \n\n2026-2030 \n";

static void
test_flattened_tasks(void)
{
	static const char *const ROWS[][6] = {
	    {"1",
		"Tổ chức tuyên truyền về chuyển đổi số trên hệ thống truyền thanh và các trang mạng của xã.",
		"Trung tâm dịch vụ sự nghiệp công", "Các phòng, ban, đơn vị có liên quan",
		"Kế hoạch, tin, bài", "recurring year"},
	    {"2",
		"Bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức của xã trên nền tảng học trực tuyến "
		"do tỉnh triển khai đến từng thôn, từng xóm.",
		"Phòng Văn hóa – Xã hội", "Sở Nội vụ | Các phòng, ban, đơn vị", "Báo cáo", "once 2026-12-31"},
	    {"3", "Số hóa hồ sơ lưu trữ của các cơ quan trong toàn xã", "Các cơ quan, đơn vị", "", NULL,
		"continuous"},
	    {"4.1", "Triển khai học bạ số cho toàn bộ học sinh phổ thông.", "Phòng Văn hóa – Xã hội",
		"Các trường học", "Học bạ số", "conditional"},
	    {"4.2", "Cấp chữ ký số cho giáo viên của các trường trong xã.", "Phòng Văn hóa – Xã hội",
		"Các trường học", "Báo cáo", "once 2030-12-31 from 2026-01-01"},
	};
	g_autoptr(Plan) plan = compile_text(FLATTENED_TASKS);

	g_assert_cmpuint(plan->tasks->len, ==, G_N_ELEMENTS(ROWS));
	for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		const PlanTask *row = NTH(plan->tasks, i);
		g_autofree char *lead = joined_refs(row->lead);
		g_autofree char *coordinating = joined_refs(row->coordinating);
		g_autofree char *deadline = shown_deadline(&row->deadline);

		g_assert_cmpstr(row->no, ==, ROWS[i][0]);
		g_assert_cmpstr(row->name, ==, ROWS[i][1]);
		g_assert_cmpstr(lead, ==, ROWS[i][2]);
		g_assert_cmpstr(coordinating, ==, ROWS[i][3]);
		g_assert_cmpstr(row->output, ==, ROWS[i][4]);
		g_assert_cmpstr(deadline, ==, ROWS[i][5]);
	}
}

static const char PARTY_PLAN[] =
    "\\*  \nSố 07-KH/ĐU\n\nBình An, ngày 05 tháng 3 năm 2026\n\n**KẾ HOẠCH**  \n**thực hiện chuyển đổi số "
    "trên địa bàn xã Bình An năm 2026**\n\n-----\n\n"
    "Thực hiện Kế hoạch số 12-KH/TU, ngày 10/01/2026 của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Đảng ủy xã "
    "Bình An xây dựng kế hoạch như sau:\n\n"
    "## **I. MỤC TIÊU**\n\n### **1. Mục tiêu chung**\n\n- Nâng tỷ lệ đảng viên dùng sổ tay điện tử đạt 50% "
    "mọi nơi.\n\n### ***2. Mục tiêu cụ thể***\n\n"
    "- Về hạ tầng:\n\n+ Mở rộng phủ sóng 5G đạt 85% dân số, bảo đảm chất lượng.\n\n+ Tỷ lệ hồ sơ trực tuyến "
    "đạt trên 90%, thanh toán không dùng tiền mặt đạt 80%.\n\n"
    "- Tiếp nhận kịp thời toàn bộ các ứng dụng do tỉnh chuyển giao trong năm 2026.\n\n"
    "## II. NHIỆM VỤ, GIẢI PHÁP\n\n### 1. Hạ tầng\n\n- Rà soát, nâng cấp đường truyền của các cơ quan đảng, "
    "chính quyền và đoàn thể trong\n\nxã; thay thế thiết bị cũ.\n\n"
    "## **III. TỔ CHỨC THỰC HIỆN**\n\n### **1. Văn phòng Đảng ủy - Cơ quan Thường trực**\n\n- Tổng hợp, báo "
    "cáo Ban Thường vụ Đảng ủy hằng quý và đột xuất.\n\n"
    "### 2. Các chi bộ trực thuộc\n\n- Xây dựng kế hoạch của chi bộ.\n\n- Chi bộ Trạm Y tế: Triển khai hồ sơ "
    "sức khỏe điện tử.\n\n"
    "Nơi nhận:\n\n- Thường trực Tỉnh ủy,\n- Lưu Văn phòng Đảng ủy.\n\n**T/M BAN THƯỜNG VỤ  \nBÍ "
    "THƯ**\n\n**Nguyễn Văn Mẫu**\n";

static void
test_party_document(void)
{
	g_autoptr(Plan) plan = compile_text(PARTY_PLAN);
	const PlanDocument *document = &plan->document;
	char date[DATE_ISO_SIZE];

	partial_date_format_iso(document->date, date);
	g_assert_cmpstr(document->number, ==, "07-KH/ĐU");
	g_assert_cmpstr(document->type, ==, "Kế hoạch");
	g_assert_cmpstr(document->issuer, ==, "Ban Thường vụ Đảng ủy xã Bình An");
	g_assert_cmpstr(document->place, ==, "Bình An");
	g_assert_cmpstr(date, ==, "2026-03-05");
	g_assert_cmpint(document->family, ==, PLAN_FAMILY_PARTY);
	g_assert_cmpstr(document->signer, ==, "Nguyễn Văn Mẫu");
	g_assert_cmpstr(document->signer_role, ==, "BÍ THƯ");
	g_assert_cmpuint(document->legal_basis->len, ==, 1);
	g_assert_cmpuint(document->recipients->len, ==, 2);
}

static void
test_prose_targets(void)
{
	static const char *const ROWS[][2] = {
	    {"phủ sóng 5G", "2026 = 85"},
	    {"Tỷ lệ hồ sơ trực tuyến", "2026 > 90"},
	    {"thanh toán không dùng tiền mặt", "2026 = 80"},
	    {"các ứng dụng do tỉnh chuyển giao", "2026 text toàn bộ"},
	};
	g_autoptr(Plan) plan = compile_text(PARTY_PLAN);

	/* What the general aims say is no target. */
	g_assert_cmpuint(plan->indicators->len, ==, G_N_ELEMENTS(ROWS));
	for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		const PlanIndicator *row = NTH(plan->indicators, i);
		g_autofree char *targets = joined_targets(row);

		g_assert_cmpstr(row->name, ==, ROWS[i][0]);
		g_assert_cmpstr(targets, ==, ROWS[i][1]);
	}
}

static void
test_prose_duties(void)
{
	static const char *const DUTIES[][2] = {{"Văn phòng Đảng ủy", "III.1"},
	    {"Các chi bộ trực thuộc", "III.2"}, {"Chi bộ Trạm Y tế", "III.2"}};
	g_autoptr(Plan) plan = compile_text(PARTY_PLAN);

	g_assert_cmpuint(plan->tasks->len, ==, 1);
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 0))->name, ==,
	    "Rà soát, nâng cấp đường truyền của các cơ quan đảng, chính quyền và đoàn thể trong xã; thay thế "
	    "thiết bị cũ.");
	g_assert_cmpuint(plan->duties->len, ==, G_N_ELEMENTS(DUTIES));
	for (guint i = 0; i < G_N_ELEMENTS(DUTIES); i++) {
		const PlanDuty *duty = NTH(plan->duties, i);

		g_assert_cmpstr(duty->agency.printed, ==, DUTIES[i][0]);
		g_assert_cmpstr(duty->section, ==, DUTIES[i][1]);
	}
	g_assert_cmpuint(plan->reporting->len, ==, 2);
	g_assert_cmpint(((const PlanReporting *)NTH(plan->reporting, 0))->cadence, ==, PLAN_PERIOD_QUARTER);
	g_assert_cmpint(((const PlanReporting *)NTH(plan->reporting, 1))->cadence, ==, PLAN_PERIOD_ADHOC);
}

static Plan *
compile_sample(const char *name)
{
	g_autofree char *path = g_build_filename(SAMPLES, name, NULL);
	g_autofree char *bytes = NULL;

	g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
	return compile_text(bytes);
}

/* The two layouts of the sample say the same; rows that a page cuts in the middle of a line may be told apart
 * less well, never be lost. */
static void
test_sample_layouts(void)
{
	g_autoptr(Plan) text = compile_sample("ke-hoach-xa-binh-nguyet.txt");
	g_autoptr(Plan) markdown = compile_sample("ke-hoach-xa-binh-nguyet.md");
	guint same = 0;

	g_assert_cmpuint(text->tasks->len, ==, markdown->tasks->len);
	g_assert_cmpuint(text->indicators->len, ==, markdown->indicators->len);
	g_assert_cmpuint(text->body_tasks->len, ==, markdown->body_tasks->len);
	g_assert_cmpuint(text->reporting->len, ==, markdown->reporting->len);
	g_assert_cmpstr(text->document.number, ==, markdown->document.number);
	g_assert_cmpstr(text->document.title, ==, markdown->document.title);
	g_assert_cmpstr(text->document.signer, ==, markdown->document.signer);
	for (guint i = 0; i < text->tasks->len; i++) {
		const PlanTask *a = NTH(text->tasks, i), *b = NTH(markdown->tasks, i);
		g_autofree char *lead_a = joined_refs(a->lead), *lead_b = joined_refs(b->lead);

		same += strcmp(a->name, b->name) == 0 && strcmp(lead_a, lead_b) == 0 &&
			a->deadline.kind == b->deadline.kind && a->deadline.due == b->deadline.due &&
			g_strcmp0(a->output, b->output) == 0;
	}
	g_assert_cmpuint(same * 100, >=, text->tasks->len * 93);
}

static void
test_ids_are_unique(void)
{
	g_autoptr(Plan) plan = compile_sample("ke-hoach-xa-binh-nguyet.txt");
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < plan->tasks->len; i++)
		g_assert_true(g_hash_table_add(seen, ((PlanTask *)NTH(plan->tasks, i))->id));
	for (guint i = 0; i < plan->indicators->len; i++)
		g_assert_true(g_hash_table_add(seen, ((PlanIndicator *)NTH(plan->indicators, i))->id));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/compiler/plans/flattened-indicators", test_flattened_indicators);
	g_test_add_func("/compiler/plans/milestones", test_milestones);
	g_test_add_func("/compiler/plans/flattened-tasks", test_flattened_tasks);
	g_test_add_func("/compiler/plans/party-document", test_party_document);
	g_test_add_func("/compiler/plans/prose-targets", test_prose_targets);
	g_test_add_func("/compiler/plans/prose-duties", test_prose_duties);
	g_test_add_func("/compiler/plans/sample-layouts", test_sample_layouts);
	g_test_add_func("/compiler/plans/ids", test_ids_are_unique);
	return g_test_run();
}
