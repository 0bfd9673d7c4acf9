/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/tests/plan_builder.h"
#include "compiler/check/tests/test_check.h"
#include "compiler/check/typing.h"

#include <string.h>

typedef struct TextCase {
	const char *rule;
	unsigned n;
	const char *text;
} TextCase;

static void
test_text_rules(void)
{
	static const TextCase CASES[] = {
	    {"ocr-suspect", 0, "Đơn vị thực hiện và báo cáo."},
	    {"ocr-suspect", 1, "Đon vị thực hiện."},
	    {"ocr-suspect", 1, "Theo dõi, quản ]ý công việc."},
	    {"ocr-suspect", 0, "Công việc vất vả của cán bộ."},
	    {"space-missing", 0, "Ủy ban, xã. Tổ chức tại nq57.vn, TP.HCM."},
	    {"space-missing", 1, "Kế hoạch của Đảng ủy,xây dựng."},
	    {"space-missing", 1, "Ý kiến của người dân.Nội dung khác."},
	    {"space-missing", 1, "Chuyển đổi sốtrong toàn xã."},
	    {"space-missing", 1, "-Xây dựng kênh thông tin."},
	    {"space-missing", 1, "5.2.Chiến lược đào tạo."},
	    {"space-missing", 0, "- Xây dựng kênh. 5.2. Chiến lược."},
	    {"word-doubled", 0,
		"Triển khai khai thác dữ liệu; dần dần mở rộng; hộ kinh doanh, doanh nghiệp."},
	    {"word-doubled", 1, "Kế hoạch của của xã."},
	    {"word-doubled", 1, "Thành tích phát triển triển khoa học."},
	    {"word-doubled", 1, "Các cơ quan đơn, đơn vị."},
	    {"sentence-unfinished", 0, "Gắn với chuyển đổi số."},
	    {"sentence-unfinished", 1, "Gắn với chuyển đổi số,"},
	    {"sentence-unfinished", 0, "-----"},
	    {"bracket-open", 0, "Các lớp (kỹ năng số)."},
	    {"bracket-open", 1, "Các lớp (kỹ năng số."},
	    {"punctuation-stray", 0, "Các thôn, tổ,... trong xã."},
	    {"punctuation-stray", 1, "Các thôn , tổ."},
	    {"full-stop-missing", 0, "Mở lớp kỹ năng số."},
	    {"full-stop-missing", 1, "Mở lớp kỹ năng số"},
	    {"date-impossible", 0, "Trước ngày 28/02/2026."},
	    {"date-impossible", 1, "Trước ngày 31/02/2026."},
	    {"date-programme-ended", 0, "Thực hiện Đề án chợ số giai đoạn 2026 - 2030."},
	    {"date-programme-ended", 1, "Thực hiện Đề án chợ số giai đoạn 2022 - 2025."},
	    {"date-programme-ended", 0, "Mục tiêu đến năm 2025: mở chợ."},
	    {"unit-type-mismatch", 0, "Phối hợp với UBND xã; trao đổi với các xã, phường."},
	    {"unit-type-mismatch", 1, "Phối hợp với UBND phường."},
	    {"term-outdated", 0, "Cung cấp dịch vụ công trực tuyến toàn trình."},
	    {"term-outdated", 1, "Cung cấp dịch vụ công mức độ 3, 4."},
	    {"secrecy-conflict", 0, "Số hóa 100% hồ sơ không mật."},
	    {"secrecy-conflict", 1, "Đưa tài liệu mật, tối mật lên môi trường số."},
	    {"citation-incomplete", 0, "Thực hiện Nghị quyết số 57-NQ/TW."},
	    {"citation-incomplete", 1, "Thực hiện Nghị quyết -NQ/TW."},
	    {"citation-form", 0, "Theo 57-NQ/TW, 03/NQ-CP, 02/2025/TT-BGDĐT, 16-KH/ĐU."},
	    {"citation-form", 1, "Nghị quyết số 03-NQ/CP."},
	    {"citation-form", 1, "Kế hoạch số 09-ĐU/KH."},
	    {"citation-inconsistent", 0, "Nghị quyết 03/NQ-CP; Nghị quyết số 03/NQ-CP."},
	    {"citation-inconsistent", 1, "Nghị quyết 03/NQ-CP; Nghị quyết số 03-NQ/CP."},
	    {"citation-dates-differ", 0,
		"Nghị quyết 03/NQ-CP ngày 09/01/2025; Nghị quyết 03/NQ-CP, ngày 9/1/2025."},
	    {"citation-dates-differ", 1,
		"Nghị quyết 03/NQ-CP ngày 09/01/2025; Nghị quyết 03/NQ-CP ngày 19/01/2025."},
	    {"citation-off-topic", 0, "Thực hiện Nghị quyết số 57-NQ/TW."},
	    {"citation-off-topic", 1, "Giám sát Nghị quyết số 66-NQ/TW."},
	    {"spelling-mixed", 0, "Tỷ lệ hộ dân; tỷ lệ thôn."},
	    {"spelling-mixed", 1, "tỉ lệ hộ dân; tỷ lệ thôn."},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Plan) plan = build_plan();

		build_block(plan, PLAN_BLOCK_BULLET, CASES[i].text)->section = "I.1";
		g_test_message("%s: %s", CASES[i].rule, CASES[i].text);
		build_assert_findings(plan, CASES[i].rule, CASES[i].n);
	}
}

/* The finding points at the word, not only at its paragraph, though the source wraps the line. */
static void
test_place_in_a_wrapped_line(void)
{
	g_autoptr(Plan) plan = build_plan();
	PlanBlock *block = build_block(plan, PLAN_BLOCK_BULLET, "Mở lớp tại các thôn\n\nvà Đon vị khác");
	g_autoptr(DiagList) list = NULL;
	const Diag *diag;

	block->text = arena_strdup(plan->arena, "Mở lớp tại các thôn và Đon vị khác");
	list = build_lint(plan, "ocr-suspect");
	g_assert_cmpuint(list->items->len, ==, 1);
	diag = g_ptr_array_index(list->items, 0);
	g_assert_cmpuint(diag->span.line, ==, block->span.line + 2);
	g_assert_cmpuint(diag->span.column, ==, 4);
	g_assert_true(diag->span.len == strlen("Đon vị"));
	g_assert_true(memcmp(plan->text + diag->span.offset, "Đon vị", diag->span.len) == 0);
}

static void
test_joined_syllables(void)
{
	static const char *const JOINED[] = {"sốtrong", "địnhhướng", "choĐảng", "kỹthuật"};
	static const char *const WHOLE[] = {
	    "giữa", "quyết", "nghiêng", "internet", "logistics", "người", "thuở", "Đắk"};

	for (size_t i = 0; i < G_N_ELEMENTS(JOINED); i++)
		g_assert_true(typing_is_joined(JOINED[i], strlen(JOINED[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(WHOLE); i++)
		g_assert_false(typing_is_joined(WHOLE[i], strlen(WHOLE[i])));
}

void
test_typing_add(void)
{
	g_test_add_func("/check/typing/rules", test_text_rules);
	g_test_add_func("/check/typing/place", test_place_in_a_wrapped_line);
	g_test_add_func("/check/typing/joined", test_joined_syllables);
}
