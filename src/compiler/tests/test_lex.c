/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/agency.h"
#include "compiler/lex/deadline.h"
#include "compiler/lex/docref.h"
#include "compiler/lex/marker.h"
#include "compiler/lex/quantity.h"
#include "compiler/tests/support.h"

#include <string.h>

static void
test_markers(void)
{
	static const struct {
		const char *line;
		MarkerKind kind;
		uint8_t n_parts;
		uint16_t last;
	} CASES[] = {
	    {"I. MỤC ĐÍCH", MARKER_ROMAN, 1, 1},
	    {"IV", MARKER_ROMAN, 1, 4},
	    {"1. Mục đích", MARKER_DECIMAL, 1, 1},
	    {"5.2.Chiến lược", MARKER_DECIMAL, 2, 2},
	    {"1.10 Tỷ lệ", MARKER_DECIMAL, 2, 10},
	    {"1.2.3. Chuyển", MARKER_DECIMAL, 3, 3},
	    {"a) Nội dung", MARKER_LETTER, 1, 'a'},
	    {"đ) Nội dung", MARKER_LETTER, 1, 0xC4},
	    {"- Mục", MARKER_DASH, 0, 0},
	    {"-Xây dựng", MARKER_DASH, 0, 0},
	    {"+ Mục", MARKER_PLUS, 0, 0},
	};
	static const char *const NONE[] = {
	    "22/12/2024", "57-NQ/TW", "80%", "5G cho xã", "2026", "2,5 năm", "Xã Bình", "-", "LXX", ""};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Marker marker;

		g_assert_true(marker_read(CASES[i].line, &marker));
		g_assert_cmpint(marker.kind, ==, CASES[i].kind);
		g_assert_cmpuint(marker.n_parts, ==, CASES[i].n_parts);
		if (marker.n_parts > 0)
			g_assert_cmpuint(marker.parts[marker.n_parts - 1], ==, CASES[i].last);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(NONE); i++) {
		Marker marker;

		g_assert_false(marker_read(NONE[i], &marker));
	}
}

static void
test_deadlines(void)
{
	static const struct {
		const char *cell, *shown;
	} CASES[] = {
	    {"", "none"},
	    {"Hàng năm", "recurring year"},
	    {"Hằng năm", "recurring year"},
	    {"Hằng tháng", "recurring month"},
	    {"Hàng quý", "recurring quarter"},
	    {"6 tháng", "recurring half"},
	    {"Thường xuyên", "continuous"},
	    {"7/2025", "once 2025-07-31"},
	    {"02/2028", "once 2028-02-29"},
	    {"30/6/2026", "once 2026-06-30"},
	    {"Trước ngày 30/6/2026", "once 2026-06-30"},
	    {"2026", "once 2026-12-31"},
	    {"Năm 2026", "once 2026-12-31"},
	    {"2026-2030", "once 2030-12-31 from 2026-01-01"},
	    {"Giai đoạn 2026 - 2030", "once 2030-12-31 from 2026-01-01"},
	    {"Quý IV/2026", "once 2026-12-31"},
	    {"Quý 2 năm 2026", "once 2026-06-30"},
	    {"6 tháng đầu năm 2026", "once 2026-06-30"},
	    {"Tháng 10 năm 2026", "once 2026-10-31"},
	    {"Hoàn thành kết nối tháng 12/2026", "once 2026-12-31"},
	    {"Năm 2025 và những năm tiếp theo", "recurring year from 2025-01-01"},
	    {"Sau khi tỉnh ban hành kế hoạch", "conditional"},
	    {"Theo hướng dẫn của tỉnh", "conditional"},
	    {"31/02/2026", "conditional"},
	    {"chưa rõ", "conditional"},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *shown = NULL;
		PlanDeadline deadline;

		(void)deadline_read(arena, CASES[i].cell, &deadline);
		shown = shown_deadline(&deadline);
		g_assert_cmpstr(shown, ==, CASES[i].shown);
		g_assert_cmpstr(deadline.raw, ==, CASES[i].cell);
	}
}

static void
test_quantities(void)
{
	static const struct {
		const char *text, *shown;
	} CASES[] = {
	    {"đạt 85% dân số", "= 85"},
	    {"Trên 80% hồ sơ", "> 80"},
	    {"đạt tối thiểu 60% trở lên", ">= 60"},
	    {"phấn đấu ít nhất 3%", "strive>= 3"},
	    {"Phân đầu đạt 100% nhiệm vụ", "strive>= 100"},
	    {"≥ 95", ">= 95"},
	    {"≥60%", ">= 60"},
	    {"dưới 5% đơn trễ hạn", "< 5"},
	    {"không quá 2% sai sót", "<= 2"},
	    {"80% đến 90% thủ tục", "range 80"},
	    {"80-90%", "range 80"},
	    {"phấn đấu đạt từ 0,5 trở lên", "strive>= 0.5"},
	    {"duy trì ở mức trên 0,7", "> 0.7"},
	    {"ít nhất 01 mô hình", ">= 1"},
	};
	static const char *const NONE[] = {"Nghị quyết số 57-NQ/TW", "ngày 22/12/2024", "mạng 5G", "năm 2030",
	    "Đề án 06", "mức độ 3, 4", "đạt mức 2 trở lên", "4 khối cơ quan", "thông tư số 02/2025/TT-BGDĐT"};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		Folded folded = folded_new(arena, CASES[i].text);
		g_autofree char *shown = NULL;
		char value[DECIMAL_TEXT_SIZE];
		Quantity quantity;

		if (!quantity_find(&folded, 0, folded.len, &quantity))
			g_assert_cmpint(quantity_read_cell(&folded, 0, folded.len, &quantity), ==, 0);
		decimal_format(quantity.value, value);
		shown = g_strdup_printf("%s %s", plan_comparator_name(quantity.comparator), value);
		g_assert_cmpstr(shown, ==, CASES[i].shown);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(NONE); i++) {
		Folded folded = folded_new(arena, NONE[i]);
		Quantity quantity;

		g_assert_false(quantity_find(&folded, 0, folded.len, &quantity));
	}
}

static void
test_agency_split(void)
{
	static const char *const CASES[][2] = {
	    {"Các cơ quan, đơn vị, các thôn", "Các cơ quan, đơn vị | các thôn"},
	    {"Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"},
	    {"Sở Văn hóa, Thể thao và Du lịch; Các phòng, ban, đơn vị liên quan.",
		"Sở Văn hóa, Thể thao và Du lịch | Các phòng, ban, đơn vị liên quan"},
	    {"Trung tâm Phục vụ hành chính công,", "Trung tâm Phục vụ hành chính công"},
	    {"Sở Y tế Các đơn vị liên quan", "Sở Y tế | Các đơn vị liên quan"},
	    {"Công an thành phố; Các cơ quan, đơn vị liên quan",
		"Công an thành phố | Các cơ quan, đơn vị liên quan"},
	    {"Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND"},
	    {"Đảng bộ Công an xã", "Đảng bộ Công an xã"},
	    {"Các cơ quan, đơn vị, các doanh nghiệp, hộ kinh doanh",
		"Các cơ quan, đơn vị | các doanh nghiệp | hộ kinh doanh"},
	    {"Phòng Văn hóa - Xã hội;  ", "Phòng Văn hóa - Xã hội"},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GPtrArray) names = g_ptr_array_new();
		g_autoptr(GString) joined = g_string_new(NULL);

		agency_split(arena, CASES[i][0], names);
		for (guint k = 0; k < names->len; k++)
			g_string_append_printf(
			    joined, "%s%s", k > 0 ? " | " : "", (const char *)NTH(names, k));
		g_assert_cmpstr(joined->str, ==, CASES[i][1]);
	}
}

static void
test_agency_keys(void)
{
	static const char *const SAME[][2] = {
	    {"Phòng Văn hóa – Xã hội xã", "Phòng Văn hoá- Xã hội"},
	    {"Phòng VH-XH", "Phòng Văn hóa - Xã hội"},
	    {"UBND phường", "Ủy ban nhân dân phường"},
	    {"Văn phòng HĐND&UBND", "Văn phòng HĐND và UBND"},
	    {"TTPVHCC", "Trung tâm Phục vụ hành chính công"},
	    {"Ủy ban MTTQ Việt Nam xã", "Mặt trận Tổ quốc Việt Nam"},
	};
	g_autoptr(Arena) arena = arena_new();

	for (size_t i = 0; i < G_N_ELEMENTS(SAME); i++)
		g_assert_cmpstr(agency_key(arena, SAME[i][0]), ==, agency_key(arena, SAME[i][1]));
	g_assert_cmpstr(agency_key(arena, "Công an xã"), !=, agency_key(arena, "Công an tỉnh"));
}

static void
test_citations(void)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	const PlanCitation *citation;
	char date[DATE_ISO_SIZE];

	docref_find(arena,
	    "Thực hiện Nghị quyết số 57 - NQ/TW, ngày 22/12/2024 của Bộ Chính trị về đột phá; Kế hoạch số "
	    "44/KH-UBND ngày "
	    "28/02/2025 của Ủy ban nhân dân tỉnh; Thông tư số 02/2025/TT-BGDĐT; Nghị quyết -NQ/TW",
	    (SourceSpan){.line = 3}, found);
	g_assert_cmpuint(found->len, ==, 4);
	citation = NTH(found, 0);
	g_assert_cmpstr(citation->number, ==, "57-NQ/TW");
	g_assert_cmpstr(citation->issuer, ==, "Bộ Chính trị");
	partial_date_format_iso(citation->date, date);
	g_assert_cmpstr(date, ==, "2024-12-22");
	citation = NTH(found, 1);
	g_assert_cmpstr(citation->number, ==, "44/KH-UBND");
	g_assert_cmpint(docref_family(citation->number), ==, PLAN_FAMILY_STATE);
	g_assert_cmpint(docref_family("09-KH/ĐU"), ==, PLAN_FAMILY_PARTY);
	g_assert_cmpstr(((const PlanCitation *)NTH(found, 2))->number, ==, "02/2025/TT-BGDĐT");
	g_assert_null(((const PlanCitation *)NTH(found, 3))->number);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/compiler/lex/markers", test_markers);
	g_test_add_func("/compiler/lex/deadlines", test_deadlines);
	g_test_add_func("/compiler/lex/quantities", test_quantities);
	g_test_add_func("/compiler/lex/agency-split", test_agency_split);
	g_test_add_func("/compiler/lex/agency-keys", test_agency_keys);
	g_test_add_func("/compiler/lex/citations", test_citations);
	return g_test_run();
}
