/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/tests/block_builder.h"
#include "compiler/tests/support.h"

#include <string.h>

static Plan *
compile(const BlockBuilder *builder)
{
	g_autoptr(GError) error = NULL;
	Plan *plan = NULL;

	g_assert_true(compiler_compile_blocks(builder->document, NULL, &plan, &error));
	g_assert_no_error(error);
	return plan;
}

static const Diag *
find_diag(const Plan *plan, const char *rule)
{
	for (guint i = 0; i < plan->diags->items->len; i++) {
		const Diag *diag = NTH(plan->diags->items, i);

		if (strcmp(diag->rule, rule) == 0)
			return diag;
	}
	return NULL;
}

static void
add_head(BlockBuilder *builder)
{
	builder_title(builder, "ỦY BAN NHÂN DÂN");
	builder_title(builder, "XÃ BÌNH NGUYỆT");
	builder_paragraph(builder, "Số: 18/KH-UBND");
	builder_title(builder, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	builder_title(builder, "Độc lập - Tự do - Hạnh phúc");
	builder_paragraph(builder, "Bình Nguyệt, ngày 10 tháng 02 năm 2026");
	builder_title(builder, "KẾ HOẠCH");
	builder_title(builder, "Thực hiện chuyển đổi số");
	builder_title(builder, "trên địa bàn xã năm 2026");
	builder_paragraph(builder, "Ủy ban nhân dân xã Bình Nguyệt ban hành Kế hoạch như sau:");
	builder_paragraph(builder, "I. NHIỆM VỤ");
	builder_paragraph(builder, "- Nâng cấp hệ thống truyền thanh của xã.");
}

static void
add_tail(BlockBuilder *builder)
{
	builder_paragraph(builder, "Nơi nhận:");
	builder_paragraph(builder, "- UBND tỉnh Lam Châu (để b/c);");
	builder_paragraph(builder, "- Lưu: VT.");
	builder_title(builder, "TM. ỦY BAN NHÂN DÂN");
	builder_title(builder, "CHỦ TỊCH");
	builder_title(builder, "Nguyễn Văn Mẫu");
}

/* The columns of the head and of the signature come one after the other. */
static void
test_head_and_tail(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_WORD);
	add_head(&builder);
	add_tail(&builder);
	plan = compile(&builder);
	g_assert_cmpstr(plan->document.number, ==, "18/KH-UBND");
	g_assert_cmpstr(plan->document.type, ==, "Kế hoạch");
	g_assert_cmpstr(plan->document.title, ==, "Thực hiện chuyển đổi số trên địa bàn xã năm 2026");
	g_assert_cmpstr(plan->document.place, ==, "Bình Nguyệt");
	g_assert_cmpint(plan->document.date.day, ==, 10);
	g_assert_cmpstr(plan->document.issuer, ==, "Ủy ban nhân dân xã Bình Nguyệt");
	g_assert_cmpstr(plan->document.signer, ==, "Nguyễn Văn Mẫu");
	g_assert_cmpstr(plan->document.signer_role, ==, "CHỦ TỊCH");
	g_assert_cmpuint(plan->document.recipients->len, ==, 2);
	g_assert_cmpuint(plan->tasks->len, ==, 1);
}

/* A column of recipients is narrow. */
static void
test_wrapped_recipients(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_PDF);
	add_head(&builder);
	builder_paragraph(&builder, "Nơi nhận:");
	builder_paragraph(&builder, "- Ủy ban MTTQ và các tổ chức CT-");
	builder_paragraph(&builder, "XH;");
	builder_paragraph(&builder, "- Các phòng, đơn vị");
	builder_paragraph(&builder, "thuộc xã;");
	builder_paragraph(&builder, "- Lưu: VT");
	builder_title(&builder, "TM. ỦY BAN NHÂN DÂN");
	builder_title(&builder, "CHỦ TỊCH");
	builder_title(&builder, "Nguyễn Văn Mẫu");
	plan = compile(&builder);
	g_assert_cmpuint(plan->document.recipients->len, ==, 3);
	g_assert_cmpstr(NTH(plan->document.recipients, 0), ==, "Ủy ban MTTQ và các tổ chức CT-XH");
	g_assert_cmpstr(NTH(plan->document.recipients, 1), ==, "Các phòng, đơn vị thuộc xã");
	g_assert_cmpstr(NTH(plan->document.recipients, 2), ==, "Lưu: VT");
	g_assert_cmpstr(plan->document.signer_role, ==, "CHỦ TỊCH");
	g_assert_cmpstr(plan->document.signer, ==, "Nguyễn Văn Mẫu");
}

static const char *const SCANNED[] = {
    "STT|Nhiệm vụ|Cơ quan chủ trì|Thời gian",
    "1|Chuẩn bị||",
    "1|Biên soạn tài liệu|Phòng Kinh tế|Quý 11/2026",
    "H|Mở lớp||",
    "2|Dạy kỹ năng số|Các thôn|9/2026",
};

/* So are those of groups; the quarters too. */
static void
test_scanned_groups(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;
	g_autofree char *deadline = NULL;

	builder_init(&builder, BLOCK_SOURCE_SCAN);
	builder_title(&builder, "PHỤ LỤC I: NHIỆM VỤ");
	builder_table(&builder, SCANNED, G_N_ELEMENTS(SCANNED));
	plan = compile(&builder);
	g_assert_cmpuint(plan->tasks->len, ==, 2);
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 0))->group->no, ==, "I");
	g_assert_cmpstr(((const PlanTask *)NTH(plan->tasks, 1))->group->no, ==, "II");
	deadline = shown_deadline(&((const PlanTask *)NTH(plan->tasks, 0))->deadline);
	g_assert_cmpstr(deadline, ==, "once 2026-06-30");
}

/* Strokes of Roman numerals are read as other letters; items keep theirs, and so do documents with letters.
 */
static void
test_scanned_numbers(void)
{
	static const struct {
		BlockSource source;
		const char *text, *no;
	} CASES[] = {
	    {BLOCK_SOURCE_SCAN, "H. NHIỆM VỤ, GIẢI PHÁP", "II"},
	    {BLOCK_SOURCE_SCAN, "HI. NHIỆM VỤ, GIẢI PHÁP", "III"},
	    {BLOCK_SOURCE_SCAN, "1V. NHIỆM VỤ, GIẢI PHÁP", "IV"},
	    {BLOCK_SOURCE_SCAN, "1. NHIỆM VỤ, GIẢI PHÁP", "1"},
	    {BLOCK_SOURCE_PDF, "1. NHIỆM VỤ, GIẢI PHÁP", "1"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_auto(BlockBuilder) builder = {0};
		g_autoptr(Plan) plan = NULL;

		builder_init(&builder, CASES[i].source);
		add_head(&builder);
		builder_title(&builder, CASES[i].text);
		builder_paragraph(&builder, "- Lập sổ theo dõi.");
		plan = compile(&builder);
		g_assert_cmpuint(plan->outline->len, ==, 2);
		g_assert_cmpstr(((const PlanSection *)NTH(plan->outline, 1))->no, ==, CASES[i].no);
		g_assert_cmpuint(plan->tasks->len, ==, 2);
	}
}

static const char *const TASKS[] = {
    "TT|Nhiệm vụ|Cơ quan thực hiện|<|Sản phẩm|Thời gian",
    "^|^|Chủ trì|Phối hợp|^|^",
    "(1)|(2)|(3)|(4)|(5)|(6)",
    "I. Hạ tầng số|<|<|<|<|<",
    "1|Lắp đặt mạng không dây tại nhà văn hóa|Phòng Văn hóa - Xã hội|Các thôn|14 điểm|Quý II/2026",
    "2|Số hóa hồ sơ lưu trữ|^|Công an xã|Kho dữ liệu|12/2026",
    "3|Tập huấn kỹ năng số|Đoàn xã|Các thôn|Kế hoạch|3/2026",
    "^|^|^|Hội Nông dân xã|Danh sách học viên|10/2026",
    "|Đến năm 2030|<|<|<|<",
    "4|Công khai tiến độ trên trang|Phòng Kinh tế||Bảng|Hằng tháng",
    "|thông tin điện tử của xã||||",
};

/* Titles over two rows, numbered columns, merged cells, groups without a number, a row that a page has cut.
 */
static void
test_task_table(void)
{
	static const char *const ROWS[][6] = {
	    {"1", "Lắp đặt mạng không dây tại nhà văn hóa", "Phòng Văn hóa - Xã hội", "Các thôn", "14 điểm",
		"once 2026-06-30"},
	    {"2", "Số hóa hồ sơ lưu trữ", "Phòng Văn hóa - Xã hội", "Công an xã", "Kho dữ liệu",
		"once 2026-12-31"},
	    {"3", "Tập huấn kỹ năng số", "Đoàn xã", "Các thôn | Hội Nông dân xã",
		"Kế hoạch; Danh sách học viên", "once 2026-03-31"},
	    {"4", "Công khai tiến độ trên trang thông tin điện tử của xã", "Phòng Kinh tế", "", "Bảng",
		"recurring month"},
	};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_PDF);
	add_head(&builder);
	add_tail(&builder);
	builder_title(&builder, "Phụ lục I");
	builder_title(&builder, "PHÂN CÔNG NHIỆM VỤ");
	builder_paragraph(&builder, "(Kèm theo Kế hoạch số 18/KH-UBND)");
	builder_table(&builder, TASKS, G_N_ELEMENTS(TASKS));
	plan = compile(&builder);
	g_assert_cmpuint(plan->annexes->len, ==, 1);
	g_assert_cmpstr(((const PlanAnnex *)NTH(plan->annexes, 0))->title, ==, "PHÂN CÔNG NHIỆM VỤ");
	g_assert_cmpuint(plan->tasks->len, ==, G_N_ELEMENTS(ROWS));
	for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		const PlanTask *task = NTH(plan->tasks, i);
		g_autofree char *lead = joined_refs(task->lead);
		g_autofree char *coordinating = joined_refs(task->coordinating);
		g_autofree char *deadline = shown_deadline(&task->deadline);

		g_assert_cmpstr(task->no, ==, ROWS[i][0]);
		g_assert_cmpstr(task->name, ==, ROWS[i][1]);
		g_assert_cmpstr(lead, ==, ROWS[i][2]);
		g_assert_cmpstr(coordinating, ==, ROWS[i][3]);
		g_assert_cmpstr(task->output, ==, ROWS[i][4]);
		g_assert_cmpstr(deadline, ==, ROWS[i][5]);
		g_assert_cmpstr(task->group->title, ==, i < 3 ? "Hạ tầng số" : "Đến năm 2030");
	}
}

static const char *const MILESTONES[] = {
    "STT|Chỉ tiêu|Đơn vị tính|Mục tiêu|<|Cơ quan chủ trì",
    "^|^|^|2026|2030|^",
    "1|Tỷ lệ hồ sơ nộp trực tuyến|%|≥ 80|95|Trung tâm Phục vụ hành chính công",
    "2|Tỷ lệ phủ sóng 5G|%|100|<|Phòng Văn hóa - Xã hội",
};

static const char *const MILESTONES_BEHIND[] = {
    "STT|Chỉ tiêu|Đơn vị tính|Mục tiêu|<|Cơ quan chủ trì",
    "^|^|^|2026|2030|^",
    "3|Số điểm truy cập Internet|điểm|14|20|Các thôn",
};

static const char *const WITHOUT_TITLES[] = {"4|Tỷ lệ thanh toán trực tuyến|%|85|90|Phòng Kinh tế"};

/* A table that goes on over pages, with its titles printed again or left out; no annex's title at all. */
static void
test_continued_table(void)
{
	static const char *const TARGETS[] = {"2026 >= 80; 2030 = 95", "2026 = 100; 2030 = 100",
	    "2026 = 14; 2030 = 20", "2026 = 85; 2030 = 90"};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_SHEET);
	builder_title(&builder, "DANH MỤC CHỈ TIÊU");
	builder_table(&builder, MILESTONES, G_N_ELEMENTS(MILESTONES));
	builder_add(&builder, BLOCK_FURNITURE, "2");
	builder.page = 2;
	builder_table(&builder, MILESTONES_BEHIND, G_N_ELEMENTS(MILESTONES_BEHIND));
	builder_add(&builder, BLOCK_FURNITURE, "UBND xã Bình Nguyệt");
	builder_table(&builder, WITHOUT_TITLES, G_N_ELEMENTS(WITHOUT_TITLES));
	plan = compile(&builder);
	g_assert_cmpuint(plan->annexes->len, ==, 1);
	g_assert_cmpstr(((const PlanAnnex *)NTH(plan->annexes, 0))->title, ==, "DANH MỤC CHỈ TIÊU");
	g_assert_cmpuint(plan->indicators->len, ==, G_N_ELEMENTS(TARGETS));
	for (guint i = 0; i < G_N_ELEMENTS(TARGETS); i++) {
		const PlanIndicator *indicator = NTH(plan->indicators, i);
		g_autofree char *targets = joined_targets(indicator);

		g_assert_cmpstr(targets, ==, TARGETS[i]);
		g_assert_cmpuint(indicator->span.page, ==, i < 2 ? 1 : 2);
	}
	g_assert_true(plan->is_plan);
}

/* A sheet is named like the annex in it. */
static void
test_sheet_names(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_SHEET);
	for (int i = 0; i < 2; i++) {
		builder_paragraph(&builder, i == 0 ? "Phụ lục 1" : "Phụ lục 2");
		builder_title(&builder, i == 0 ? "PHỤ LỤC I: CHỈ TIÊU" : "PHỤ LỤC II: CHỈ TIÊU KHÁC");
		builder_table(&builder, MILESTONES, G_N_ELEMENTS(MILESTONES));
	}
	plan = compile(&builder);
	g_assert_cmpuint(plan->annexes->len, ==, 2);
	g_assert_cmpstr(((const PlanIndicator *)NTH(plan->indicators, 0))->id, ==, "annex1:1");
	g_assert_cmpstr(((const PlanAnnex *)NTH(plan->annexes, 1))->label, ==, "II");
}

static const char *const SHORT_TABLE[] = {
    "TT|Nội dung|Đơn vị thực hiện|Thời gian",
    "1|Họp rà soát tiến độ|Phòng Kinh tế|Hằng tháng",
    "2|Sơ kết|Phòng Kinh tế|12/2026",
};
static const char *const BUDGET[] = {
    "Nguồn|Số tiền|Ghi sổ|Tỷ trọng|Năm",
    "Ngân sách xã|120|có|60%|2026",
    "Xã hội hóa|80|không|40%|2026",
};

/* A table in the prose adds its rows to the bullets; one whose titles say nothing is kept as text. */
static void
test_tables_in_prose(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;
	guint rows = 0;

	builder_init(&builder, BLOCK_SOURCE_WORD);
	add_head(&builder);
	builder_paragraph(&builder, "Các mốc kiểm tra:");
	builder_table(&builder, SHORT_TABLE, G_N_ELEMENTS(SHORT_TABLE));
	builder_paragraph(&builder, "- Lập sổ theo dõi.");
	builder_table(&builder, BUDGET, G_N_ELEMENTS(BUDGET));
	add_tail(&builder);
	plan = compile(&builder);
	g_assert_cmpuint(plan->tasks->len, ==, 4);
	g_assert_cmpuint(plan->body_tasks->len, ==, 0);
	g_assert_cmpuint(plan->annexes->len, ==, 1);
	g_assert_cmpstr(plan->document.signer, ==, "Nguyễn Văn Mẫu");
	for (guint i = 0; i < plan->blocks->len; i++) {
		const PlanBlock *block = NTH(plan->blocks, i);

		rows += block->kind == PLAN_BLOCK_TABLE_ROW;
		g_assert_cmpint(block->kind == PLAN_BLOCK_BULLET && strchr(block->text, '|') != NULL, ==, 0);
	}
	g_assert_cmpuint(rows, ==, 5);
}

/* What an author wrote is no mark. */
static void
test_marks_are_text(void)
{
	static const char *const TABLE[] = {
	    "TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian",
	    "1|Mở mục <b>*Hỏi* \\ [đáp](số)</b>|Phòng Kinh tế|12/2026",
	};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_WORD);
	add_head(&builder);
	builder_paragraph(&builder, "# Không phải | tiêu đề `mục`");
	builder_title(&builder, "PHỤ LỤC I: NHIỆM VỤ");
	builder_table(&builder, TABLE, G_N_ELEMENTS(TABLE));
	plan = compile(&builder);
	g_assert_cmpstr(
	    ((const PlanTask *)NTH(plan->tasks, 0))->name, ==, "Mở mục <b>*Hỏi* \\ [đáp](số)</b>");
	g_assert_cmpstr(
	    ((const PlanProse *)NTH(plan->body_tasks, 1))->text, ==, "# Không phải | tiêu đề `mục`");
}

/* Each field knows where it stands and how surely it was read; a doubtful row is told once. */
static void
test_field_marks(void)
{
	static const char *const TABLE[] = {
	    "TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian",
	    "1|Số hóa hồ sơ|Phòng Kinh tế|12/2026",
	};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;
	const PlanTask *task;
	Block *table;
	SourceArea area;

	builder_init(&builder, BLOCK_SOURCE_SCAN);
	builder_title(&builder, "PHỤ LỤC I: NHIỆM VỤ");
	builder.page = 2;
	table = builder_table(&builder, TABLE, G_N_ELEMENTS(TABLE));
	((BlockCell *)NTH(table->table.cells, 6))->text.pieces[0].confidence = 41;
	plan = compile(&builder);
	task = NTH(plan->tasks, 0);
	g_assert_cmpuint(task->confidence, ==, 41);
	g_assert_cmpuint(task->fields[PLAN_FIELD_LEAD].confidence, ==, 41);
	g_assert_cmpuint(task->fields[PLAN_FIELD_NAME].confidence, ==, 100);
	g_assert_true(strncmp(plan->text + task->fields[PLAN_FIELD_LEAD].span.offset, "Phòng Kinh tế",
			  task->fields[PLAN_FIELD_LEAD].span.len) == 0);
	g_assert_cmpuint(task->fields[PLAN_FIELD_LEAD].span.len, ==, strlen("Phòng Kinh tế"));
	g_assert_cmpuint(places_find(plan->places, task->fields[PLAN_FIELD_DEADLINE].span, &area, 1), ==, 1);
	g_assert_cmpuint(area.page, ==, 2);
	g_assert_cmpint((int)area.box.top, ==, 8 * 12);
	g_assert_nonnull(find_diag(plan, "scan-doubtful"));
	g_assert_nonnull(strstr(find_diag(plan, "scan-doubtful")->message, "cơ quan chủ trì"));
}

static void
test_deadline_doubt(void)
{
	static const char *const TABLE[] = {
	    "TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian",
	    "1|Số hóa hồ sơ|Phòng Kinh tế|chữ khó đọc lắm",
	};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;
	const PlanTask *task;

	builder_init(&builder, BLOCK_SOURCE_WORD);
	builder_title(&builder, "PHỤ LỤC I: NHIỆM VỤ");
	builder_table(&builder, TABLE, G_N_ELEMENTS(TABLE));
	plan = compile(&builder);
	task = NTH(plan->tasks, 0);
	g_assert_cmpuint(task->fields[PLAN_FIELD_DEADLINE].confidence, ==, 50);
	g_assert_cmpuint(task->confidence, ==, 50);
	g_assert_nonnull(find_diag(plan, "deadline-unread"));
}

static void
test_aliases(void)
{
	static const char *const TABLE[] = {
	    "TT|Nhiệm vụ|Cơ quan chủ trì|Thời gian",
	    "1|Số hóa hồ sơ|Tổ Một cửa|12/2026",
	    "2|Niêm yết thủ tục|Trung tâm Phục vụ hành chính công|12/2026",
	};
	static const CompilerAlias ALIASES[] = {{"Tổ Một cửa", "Trung tâm Phục vụ hành chính công"}};
	CompilerOptions options = {.aliases = ALIASES, .n_aliases = G_N_ELEMENTS(ALIASES)};
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;
	const PlanAgency *agency;

	builder_init(&builder, BLOCK_SOURCE_WORD);
	builder_title(&builder, "PHỤ LỤC I: NHIỆM VỤ");
	builder_table(&builder, TABLE, G_N_ELEMENTS(TABLE));
	g_assert_true(compiler_compile_blocks(builder.document, &options, &plan, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(plan->agencies->len, ==, 1);
	agency = NTH(plan->agencies, 0);
	g_assert_cmpstr(agency->name, ==, "Trung tâm Phục vụ hành chính công");
	g_assert_cmpuint(agency->aliases->len, ==, 1);
	g_assert_cmpstr(NTH(agency->aliases, 0), ==, "Tổ Một cửa");
}

static void
test_notes_and_signatures(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(Plan) plan = NULL;
	BlockSignature signature = {.signer = (char[]){"UBND xã Bình Nguyệt"}, .is_intact = true};
	const Diag *diag;

	builder_init(&builder, BLOCK_SOURCE_PDF);
	add_head(&builder);
	builder.page = 2;
	add_tail(&builder);
	block_document_note(
	    builder.document, "pdf-broken-font", DIAG_WARNING, 2, "Trang 2 có phông chữ hỏng.");
	g_ptr_array_add(builder.document->signatures, &signature);
	plan = compile(&builder);
	diag = find_diag(plan, "pdf-broken-font");
	g_assert_nonnull(diag);
	g_assert_cmpuint(diag->span.page, ==, 2);
	g_assert_cmpuint(plan->signatures->len, ==, 1);
	g_assert_cmpstr(
	    ((const BlockSignature *)NTH(plan->signatures, 0))->signer, ==, "UBND xã Bình Nguyệt");
}

static void
test_nothing_in_it(void)
{
	g_auto(BlockBuilder) builder = {0};
	g_autoptr(GError) error = NULL;
	g_autoptr(Plan) plan = NULL;

	builder_init(&builder, BLOCK_SOURCE_PDF);
	g_assert_false(compiler_compile_blocks(builder.document, NULL, &plan, &error));
	g_assert_nonnull(error);
	g_assert_null(plan);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/compiler/blocks/head-and-tail", test_head_and_tail);
	g_test_add_func("/compiler/blocks/wrapped-recipients", test_wrapped_recipients);
	g_test_add_func("/compiler/blocks/scanned-numbers", test_scanned_numbers);
	g_test_add_func("/compiler/blocks/scanned-groups", test_scanned_groups);
	g_test_add_func("/compiler/blocks/task-table", test_task_table);
	g_test_add_func("/compiler/blocks/continued-table", test_continued_table);
	g_test_add_func("/compiler/blocks/sheet-names", test_sheet_names);
	g_test_add_func("/compiler/blocks/tables-in-prose", test_tables_in_prose);
	g_test_add_func("/compiler/blocks/marks-are-text", test_marks_are_text);
	g_test_add_func("/compiler/blocks/field-marks", test_field_marks);
	g_test_add_func("/compiler/blocks/deadline-doubt", test_deadline_doubt);
	g_test_add_func("/compiler/blocks/aliases", test_aliases);
	g_test_add_func("/compiler/blocks/notes-and-signatures", test_notes_and_signatures);
	g_test_add_func("/compiler/blocks/nothing-in-it", test_nothing_in_it);
	return g_test_run();
}
