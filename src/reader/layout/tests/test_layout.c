/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/layout.h"

#include "base/app-error.h"
#include "base/ceilings.h"

#include <string.h>

/* Sheets are drawn by hand, as a word processor sets them: A4, letters of 14 points half as wide as high,
 * lines 17 apart, text from 85 to 552. */

#define SIZE 14.0f
#define PITCH 17.0f
#define LEFT 85.0f
#define RIGHT 552.0f
#define INDENT 36.0f

typedef struct {
	PageSet *set;
	PageSheet *sheet;
	float y;    /* top of the next line */
	float size; /* of its letters */
	bool is_bold, is_italic;
	uint8_t confidence;
} Pen;

static Pen
pen_new(void)
{
	return (Pen){.set = page_set_new(BLOCK_SOURCE_PDF), .size = SIZE, .confidence = 100};
}

static void
new_sheet(Pen *pen)
{
	pen->sheet = page_set_add(pen->set, pen->set->sheets->len + 1, 595, 842);
	pen->y = 60;
}

static float
width_of(const Pen *pen, const char *text)
{
	return (float)g_utf8_strlen(text, -1) * pen->size / 2;
}

/* Puts words at a place; blanks in the text are as wide as letters. */
static void
put_at(Pen *pen, float left, float top, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (guint i = 0; words[i] != NULL; i++) {
		PageWord word = {
		    .text = words[i],
		    .box = {left, top, left + width_of(pen, words[i]), top + 1.1f * pen->size},
		    .font_size = pen->size,
		    .confidence = pen->confidence,
		    .is_bold = pen->is_bold,
		    .is_italic = pen->is_italic,
		};

		if (words[i][0] != '\0')
			page_add_word(pen->set, pen->sheet, &word);
		left = word.box.right + pen->size / 2;
	}
}

static void
put_line(Pen *pen, float left, const char *text)
{
	put_at(pen, left, pen->y, text);
	pen->y += PITCH;
}

static void
put_centered(Pen *pen, float middle, const char *text)
{
	put_line(pen, middle - width_of(pen, text) / 2, text);
}

/* A paragraph set from margin to margin, its first line indented. */
static void
put_paragraph(Pen *pen, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	g_autoptr(GString) line = g_string_new(NULL);
	float left = LEFT + INDENT;

	for (guint i = 0; words[i] != NULL; i++) {
		if (line->len > 0 &&
		    left + width_of(pen, line->str) + width_of(pen, words[i]) + SIZE / 2 > RIGHT) {
			put_line(pen, left, line->str);
			g_string_truncate(line, 0);
			left = LEFT;
		}
		g_string_append_printf(line, "%s%s", line->len > 0 ? " " : "", words[i]);
	}
	put_line(pen, left, line->str);
}

static void
rule(Pen *pen, float left, float top, float right, float bottom)
{
	page_add_rule(pen->sheet, (BlockBox){left, top, right, bottom});
}

static void
rule_across(Pen *pen, float left, float right, float y)
{
	rule(pen, left, y - 0.25f, right, y + 0.25f);
}

static void
rule_down(Pen *pen, float x, float top, float bottom)
{
	rule(pen, x - 0.25f, top, x + 0.25f, bottom);
}

/* All sides of n columns (n + 1 borders) from top to bottom. */
static void
rule_row(Pen *pen, const float *xs, guint n, float top, float bottom)
{
	rule_across(pen, xs[0], xs[n], top);
	rule_across(pen, xs[0], xs[n], bottom);
	for (guint i = 0; i <= n; i++)
		rule_down(pen, xs[i], top, bottom);
}

/* Prose that fills margins and habits, so that a sheet looks like one of a plan. */
static void
put_prose(Pen *pen)
{
	put_paragraph(pen,
	    "Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này đến từng thôn trong quý "
	    "một và báo cáo kết quả về Văn phòng.");
	put_paragraph(pen,
	    "Các phòng chuyên môn rà soát nhiệm vụ được giao và chủ động phối hợp với nhau trong "
	    "quá trình thực hiện tại địa bàn.");
	put_paragraph(pen,
	    "Các thôn vận động người dân tham gia các lớp hướng dẫn kỹ năng số do xã mở vào mỗi "
	    "tối thứ bảy hằng tuần.");
	put_paragraph(pen,
	    "Đoàn viên thanh niên giúp người cao tuổi nộp hồ sơ trực tuyến tại nhà văn hóa của "
	    "từng thôn trong xã.");
}

static const guint PROSE_BLOCKS = 4;

#define PROSE_TEXT \
	"p: Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này/đến từng thôn trong quý một và báo " \
	"cáo kết quả về " \
	"Văn phòng.\n" \
	"p: Các phòng chuyên môn rà soát nhiệm vụ được giao và chủ động/phối hợp với nhau trong quá trình " \
	"thực hiện tại địa " \
	"bàn.\n" \
	"p: Các thôn vận động người dân tham gia các lớp hướng dẫn kỹ/năng số do xã mở vào mỗi tối thứ bảy " \
	"hằng tuần.\n" \
	"p: Đoàn viên thanh niên giúp người cao tuổi nộp hồ sơ trực tuyến/tại nhà văn hóa của từng thôn " \
	"trong xã.\n"

static void
print_text(GString *out, const BlockText *text)
{
	static const char *const BREAKS[BLOCK_BREAK_MAX] = {"", " ", "/", "¶"};

	for (size_t i = 0; i < text->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? BREAKS[text->pieces[i].before] : "", text->pieces[i].text);
}

static void
print_block(GString *out, const Block *block)
{
	static const char *const KINDS[BLOCK_MAX] = {"p", "t", "f"};

	g_string_append_printf(out, "%s%s%s%s", KINDS[block->kind], block->is_bold ? "b" : "",
	    block->is_italic ? "i" : "", block->is_centered ? "c" : "");
	if (block->kind != BLOCK_TABLE) {
		g_string_append(out, ": ");
		print_text(out, &block->text);
	} else {
		g_string_append_printf(out, " %ux%u h%u:", block->table.n_rows, block->table.n_columns,
		    block->table.n_header_rows);
	}
	for (guint i = 0; block->kind == BLOCK_TABLE && i < block->table.cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(block->table.cells, i);

		g_string_append_printf(out, " [%u,%u", cell->row, cell->column);
		if (cell->n_rows > 1 || cell->n_columns > 1)
			g_string_append_printf(out, " %ux%u", cell->n_rows, cell->n_columns);
		g_string_append_c(out, '|');
		print_text(out, &cell->text);
		g_string_append_c(out, ']');
	}
	g_string_append_c(out, '\n');
}

/* Lays the sheets out, frees them, and compares the blocks from number `skip` on. Goes through both streams
 * as the programs do. */
static void
assert_blocks_behind(Pen *pen, guint skip, const char *expected)
{
	g_autoptr(GString) out = g_string_new(NULL), stream = g_string_new(NULL);
	g_autoptr(BlockDocument) document = NULL, again = NULL;
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GError) error = NULL;

	page_set_write(pen->set, stream);
	g_clear_pointer(&pen->set, page_set_free);
	g_assert_true(page_set_read(stream->str, stream->len, set, &error));
	g_assert_true(layout_blocks(set, &document, &error));
	g_assert_no_error(error);
	g_string_truncate(stream, 0);
	blocks_write(document, stream);
	g_assert_true(blocks_read(stream->str, stream->len, &again, &error));
	for (guint i = skip; i < again->blocks->len; i++)
		print_block(out, g_ptr_array_index(again->blocks, i));
	g_assert_cmpstr(out->str, ==, expected);
}

static void
test_paragraphs(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_prose(&pen);
	pen.is_bold = true;
	put_line(&pen, LEFT + INDENT, "1. Mục đích");
	pen.is_bold = false;
	/* The first line is filled to the margin, and the second begins with a mark: one paragraph. */
	put_line(&pen, LEFT + INDENT, "- Giao Phòng Văn hóa làm đầu mối, hướng dẫn các xóm, Phòng VH");
	put_line(&pen, LEFT, "- XH tổng hợp và báo cáo kết quả.");
	put_line(&pen, LEFT + INDENT, "- Rà soát hạ tầng số.");
	put_line(&pen, LEFT + INDENT, "a) Mở lớp kỹ năng số.");
	put_line(&pen, LEFT + INDENT, "Không có dấu đầu dòng.");
	assert_blocks_behind(&pen, PROSE_BLOCKS,
	    "pb: 1. Mục đích\n"
	    "p: - Giao Phòng Văn hóa làm đầu mối, hướng dẫn các xóm, Phòng VH/- XH tổng hợp và báo cáo kết "
	    "quả.\n"
	    "p: - Rà soát hạ tầng số.\n"
	    "p: a) Mở lớp kỹ năng số.\n"
	    "p: Không có dấu đầu dòng.\n");
}

static void
test_paragraphs_without_indent(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	for (guint i = 0; i < 3; i++) {
		put_line(&pen, LEFT, "Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này đến các");
		put_line(&pen, LEFT, "thôn trong quý một.");
		put_line(&pen, LEFT, "Các phòng chuyên môn rà soát nhiệm vụ được giao, chủ động phối hợp.");
		put_line(&pen, LEFT, "1. Mỗi thôn có một tổ công nghệ.");
		pen.y += 6;
		put_line(&pen, LEFT, "Đoạn này cách đoạn trên một quãng, và nó cũng đầy đến tận lề phải;");
		pen.y += 6;
		put_line(&pen, LEFT, "đoạn sau không viết hoa.");
		pen.y += 6;
	}
	assert_blocks_behind(&pen, 10,
	    "p: Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này đến các/thôn trong quý một.\n"
	    "p: Các phòng chuyên môn rà soát nhiệm vụ được giao, chủ động phối hợp.\n"
	    "p: 1. Mỗi thôn có một tổ công nghệ.\n"
	    "p: Đoạn này cách đoạn trên một quãng, và nó cũng đầy đến tận lề phải;\n"
	    "p: đoạn sau không viết hoa.\n");
}

static void
test_head_and_tail(void)
{
	Pen pen = pen_new();
	float y;

	new_sheet(&pen);
	y = pen.y;
	put_centered(&pen, 165, "UBND XÃ");
	pen.is_bold = true;
	put_centered(&pen, 165, "BÌNH NGUYỆT");
	pen.is_bold = false;
	put_centered(&pen, 165, "Số:    /KH-UBND");
	pen.y = y + 3; /* not quite level */
	pen.is_bold = true;
	put_centered(&pen, 410, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	put_centered(&pen, 410, "Độc lập - Tự do - Hạnh phúc");
	pen.is_bold = false;
	pen.is_italic = true;
	put_centered(&pen, 410, "Bình Nguyệt, ngày 5 tháng 3 năm 2026");
	pen.is_italic = false;
	pen.is_bold = true;
	pen.y += 10;
	put_centered(&pen, 318, "KẾ HOẠCH");
	put_centered(&pen, 318, "Thực hiện Nghị quyết số 57-NQ/TW về phát triển khoa học, công nghệ,");
	put_centered(&pen, 318, "đổi mới sáng tạo tại xã Bình Nguyệt");
	pen.is_bold = false;
	pen.y += 10;
	put_prose(&pen);
	y = pen.y;
	put_line(&pen, LEFT, "Nơi nhận:");
	put_line(&pen, LEFT, "- Như trên;");
	put_line(&pen, LEFT, "- Lưu: VT.");
	pen.y = y - 5;
	pen.is_bold = true;
	put_centered(&pen, 430, "TM. ỦY BAN NHÂN DÂN");
	put_centered(&pen, 430, "CHỦ TỊCH");
	pen.y += 50;
	put_centered(&pen, 430, "Nguyễn Văn Mẫu");
	assert_blocks_behind(&pen, 0,
	    "pc: UBND XÃ\n"
	    "pbc: BÌNH NGUYỆT\n"
	    "pc: Số: /KH-UBND\n"
	    "pbc: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
	    "pbc: Độc lập - Tự do - Hạnh phúc\n"
	    "pic: Bình Nguyệt, ngày 5 tháng 3 năm 2026\n"
	    "pbc: KẾ HOẠCH\n"
	    "pbc: Thực hiện Nghị quyết số 57-NQ/TW về phát triển khoa học, công nghệ,/đổi mới sáng tạo tại "
	    "xã "
	    "Bình Nguyệt\n" PROSE_TEXT "p: Nơi nhận:\n"
	    "p: - Như trên;\n"
	    "p: - Lưu: VT.\n"
	    "pbc: TM. ỦY BAN NHÂN DÂN\n"
	    "pbc: CHỦ TỊCH\n"
	    "pbc: Nguyễn Văn Mẫu\n");
}

static void
test_furniture(void)
{
	Pen pen = pen_new();

	for (guint i = 1; i <= 4; i++) {
		g_autofree char *number = g_strdup_printf("%u", i);

		new_sheet(&pen);
		put_at(&pen, 300, 30, number);
		put_at(&pen, 200, 45, "Kế hoạch số hóa xã Bình Nguyệt");
		put_prose(&pen);
		if (i == 1) {
			/* The stamp of a signing program, over the margin. */
			pen.size = 8;
			put_at(&pen, 430, 400, "Người ký: Ủy ban nhân dân xã");
			put_at(&pen, 430, 410, "Cơ quan: xã Bình Nguyệt");
			pen.size = SIZE;
		}
	}
	/* The stamp stands first; then what belongs to the last sheet's end. */
	assert_blocks_behind(&pen, 3 * (PROSE_BLOCKS + 2) + 2,
	    "f: 4\n"
	    "f: Kế hoạch số hóa xã Bình Nguyệt\n" PROSE_TEXT);
}

static void
test_page_break_in_paragraph(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_prose(&pen);
	pen.y = 760;
	put_line(&pen, LEFT + INDENT, "- Mỗi thôn lập một tổ công nghệ số cộng đồng, giúp người dân");
	new_sheet(&pen);
	put_at(&pen, 300, 30, "2");
	put_line(&pen, LEFT, "nộp hồ sơ trực tuyến.");
	assert_blocks_behind(&pen, PROSE_BLOCKS,
	    "p: - Mỗi thôn lập một tổ công nghệ số cộng đồng, giúp người dân/nộp hồ sơ trực tuyến.\n"
	    "f: 2\n");
}

static const float XS[] = {85, 125, 345, 465, 552};

/* A row of the table XS: four texts, their lines apart by "/". */
static void
put_row(Pen *pen, const char *const *texts, guint n_lines)
{
	float top = pen->y, bottom = top + (float)n_lines * PITCH + 4;

	for (guint i = 0; i < 4; i++) {
		g_auto(GStrv) lines = g_strsplit(texts[i], "/", -1);

		for (guint j = 0; lines[j] != NULL; j++)
			put_at(pen, XS[i] + 5, top + 2 + PITCH * (float)j, lines[j]);
	}
	rule_row(pen, XS, 4, top, bottom);
	pen->y = bottom;
}

static const char *const HEADER[] = {"TT", "Nhiệm vụ", "Chủ trì", "Hạn"};

static void
test_table(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_row(&pen, HEADER, 1);
	/* A group: three columns are one cell. */
	put_at(&pen, XS[0] + 5, pen.y + 2, "I");
	put_at(&pen, XS[1] + 5, pen.y + 2, "Hạ tầng số của toàn xã và các thôn");
	rule_across(&pen, XS[0], XS[4], pen.y + 21);
	rule_down(&pen, XS[0], pen.y, pen.y + 21);
	rule_down(&pen, XS[1], pen.y, pen.y + 21);
	rule_down(&pen, XS[4], pen.y, pen.y + 21);
	pen.y += 21;
	put_row(&pen,
	    (const char *const[]){
		"1", "Lắp đặt mạng không dây cho các/nhà văn hóa thôn", "Phòng Văn hóa -/Xã hội", "2026"},
	    2);
	put_row(&pen,
	    (const char *const[]){"2", "Mở lớp kỹ năng số:/- Cho cán bộ;/- Cho người dân",
		"UBND xã/Phòng Văn hóa -/Xã hội", ""},
	    3);
	assert_blocks_behind(&pen, 0,
	    "t 4x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|I] [1,1 1x3|Hạ tầng số của toàn "
	    "xã và "
	    "các thôn] [2,0|1] [2,1|Lắp đặt mạng không dây cho các/nhà văn hóa thôn] [2,2|Phòng Văn hóa -/Xã "
	    "hội] "
	    "[2,3|2026] "
	    "[3,0|2] [3,1|Mở lớp kỹ năng số:¶- Cho cán bộ;¶- Cho người dân] [3,2|UBND xã¶Phòng Văn hóa "
	    "-/Xã hội] "
	    "[3,3|]\n");
}

/* Rows of a header that is two high, and a lead agency for two tasks. */
static void
test_merged_cells(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_at(&pen, XS[0] + 5, 72, "TT");
	put_at(&pen, XS[1] + 5, 72, "Chỉ tiêu");
	put_at(&pen, XS[2] + 5, 62, "Mục tiêu");
	put_at(&pen, XS[2] + 5, 82, "2026");
	put_at(&pen, XS[3] + 5, 82, "2030");
	rule_across(&pen, XS[0], XS[4], 60);
	rule_across(&pen, XS[2], XS[4], 80);
	rule_across(&pen, XS[0], XS[4], 100);
	for (guint i = 0; i < 5; i++)
		rule_down(&pen, XS[i], i == 3 ? 80 : 60, 140);
	put_at(&pen, XS[0] + 5, 112, "1");
	put_at(&pen, XS[1] + 5, 102, "Hồ sơ trực tuyến");
	put_at(&pen, XS[1] + 5, 122, "Thanh toán số");
	put_at(&pen, XS[2] + 5, 102, "80");
	put_at(&pen, XS[3] + 5, 102, "90");
	put_at(&pen, XS[2] + 5, 122, "50");
	put_at(&pen, XS[3] + 5, 122, "70");
	rule_across(&pen, XS[1], XS[4], 120);
	rule_across(&pen, XS[0], XS[4], 140);
	assert_blocks_behind(&pen, 0,
	    "t 4x4 h2: [0,0 2x1|TT] [0,1 2x1|Chỉ tiêu] [0,2 1x2|Mục tiêu] [1,2|2026] [1,3|2030] [2,0 2x1|1] "
	    "[2,1|Hồ sơ trực tuyến] [2,2|80] [2,3|90] [3,1|Thanh toán số] [3,2|50] [3,3|70]\n");
}

/* Double lines, gaps, pieces for each cell, a side that was not drawn. */
static void
test_broken_rulings(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	for (guint row = 0; row < 3; row++) {
		float top = 60 + 20 * (float)row;

		for (guint i = 0; i < 4; i++) {
			rule_across(&pen, XS[i] + 1, XS[i + 1] - 1, top);
			rule_across(&pen, XS[i] + 1, XS[i + 1] - 1, top + 2);
			put_at(&pen, XS[i] + 6, top + 3, row == 0 ? HEADER[i] : "7");
		}
		for (guint i = 0; i < 4; i++) /* nothing at the right */
			rule_down(&pen, XS[i], top, top + 18);
	}
	rule_across(&pen, XS[0], XS[4], 120);
	assert_blocks_behind(&pen, 0,
	    "t 3x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|7] [1,1|7] [1,2|7] [1,3|7] "
	    "[2,0|7] "
	    "[2,1|7] [2,2|7] [2,3|7]\n");
}

static void
test_no_tables(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	/* A frame round the sheet, lines under words, a box round a paragraph. */
	rule_row(&pen, (const float[]){40, 570}, 1, 20, 820);
	rule_across(&pen, 200, 300, pen.y + 16);
	put_prose(&pen);
	rule_row(&pen, (const float[]){80, 556}, 1, pen.y, pen.y + 24);
	pen.y += 4;
	put_line(&pen, LEFT, "Một đoạn đóng khung.");
	assert_blocks_behind(&pen, PROSE_BLOCKS, "p: Một đoạn đóng khung.\n");
}

static void
test_table_over_pages(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_row(&pen, HEADER, 1);
	put_row(
	    &pen, (const char *const[]){"1", "Lắp đặt mạng không dây", "Phòng Văn hóa -/Xã hội", "2026"}, 2);
	put_row(&pen,
	    (const char *const[]){
		"2", "Tập huấn cho tất cả cán bộ của/xã và của các thôn trong xã vào", "Công an xã", "2026"},
	    2);
	new_sheet(&pen);
	put_at(&pen, 300, 30, "2");
	put_row(&pen, HEADER, 1);
	put_row(&pen, (const char *const[]){"", "trong năm", "", ""}, 1);
	put_row(&pen, (const char *const[]){"3", "Kiểm tra", "Công an xã", "2027"}, 1);
	assert_blocks_behind(&pen, 0,
	    "t 4x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|1] [1,1|Lắp đặt mạng không dây] "
	    "[1,2|Phòng Văn hóa -/Xã hội] [1,3|2026] [2,0|2] [2,1|Tập huấn cho tất cả cán bộ của/xã và của "
	    "các thôn trong xã vào/trong "
	    "năm] "
	    "[2,2|Công an xã] [2,3|2026] [3,0|3] [3,1|Kiểm tra] [3,2|Công an xã] [3,3|2027]\n"
	    "f: 2\n"
	    "f: TT\n"
	    "f: Nhiệm vụ\n"
	    "f: Chủ trì\n"
	    "f: Hạn\n");
}

/* One number for two rows, and the page breaks between them: two rows, one cell for the number. */
static void
test_merged_number_over_pages(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_row(&pen, HEADER, 1);
	put_row(&pen, (const char *const[]){"1", "Tập huấn cho cán bộ.", "Công an xã", "2026"}, 1);
	rule_row(&pen, XS, 1, pen.y, pen.y + 42);
	rule_row(&pen, XS + 1, 3, pen.y, pen.y + 21);
	rule_row(&pen, XS + 1, 3, pen.y + 21, pen.y + 42);
	put_at(&pen, XS[0] + 5, pen.y + 2, "2");
	for (guint i = 0; i < 2; i++) {
		put_at(&pen, XS[1] + 5, pen.y + 2, "Mở lớp kỹ năng số.");
		put_at(&pen, XS[2] + 5, pen.y + 2, "Đoàn xã");
		put_at(&pen, XS[3] + 5, pen.y + 2, "2026");
		pen.y += 21;
	}
	new_sheet(&pen);
	put_row(&pen, (const char *const[]){"", "Tổng kết các lớp.", "Văn phòng", "2027"}, 1);
	assert_blocks_behind(&pen, 0,
	    "t 5x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|1] [1,1|Tập huấn cho cán bộ.] "
	    "[1,2|Công "
	    "an xã] [1,3|2026] [2,0 3x1|2] [2,1|Mở lớp kỹ năng số.] [2,2|Đoàn xã] [2,3|2026] [3,1|Mở lớp kỹ "
	    "năng "
	    "số.] [3,2|Đoàn xã] [3,3|2026] [4,1|Tổng kết các lớp.] [4,2|Văn phòng] [4,3|2027]\n");
}

/* A word that is wider than its cell is cut, and is one word. */
static void
test_narrow_cells(void)
{
	static const float NARROW[] = {85, 108, 345, 393};
	static const struct {
		float x;
		const char *upper, *lower;
	} CELLS[] = {{86, "ST", "T"}, {350, "31/12/", "2026"}};
	Pen pen = pen_new();

	new_sheet(&pen);
	for (guint i = 0; i < G_N_ELEMENTS(CELLS); i++) {
		put_at(&pen, CELLS[i].x, 62, CELLS[i].upper);
		put_at(&pen, CELLS[i].x, 79, CELLS[i].lower);
	}
	put_at(&pen, 115, 70, "Thời hạn");
	rule_row(&pen, NARROW, 3, 60, 100);
	assert_blocks_behind(&pen, 0, "t 1x3 h0: [0,0|STT] [0,1|Thời hạn] [0,2|31/12/2026]\n");
}

/* A picture: letters seem of different size from line to line, a side was lost. */
static void
test_scan(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	pen.sheet->is_scan = true;
	put_prose(&pen);
	put_line(&pen, LEFT + INDENT, "- Mỗi thôn lập một tổ công nghệ số cộng đồng, giúp người dân");
	for (guint i = 0; i < pen.sheet->words->len; i++) {
		PageWord *word = &g_array_index(pen.sheet->words, PageWord, i);

		word->font_size = i % 3 == 0 ? 10 : 14;
	}
	pen.size = 10;
	put_line(&pen, LEFT, "nộp hồ sơ.");
	pen.size = SIZE;
	pen.y += 30;
	for (guint row = 0; row < 3; row++) {
		float top = pen.y;

		for (guint i = 0; i < 4; i++) {
			put_at(&pen, XS[i] + 5, top + 3, row == 0 ? HEADER[i] : "7");
			if (row != 1 || i != 2)
				rule_down(&pen, XS[i], top, top + 24);
		}
		rule_down(&pen, XS[4], top, top + 24);
		rule_across(&pen, XS[0], XS[2] + 20, top + 1);
		rule_across(&pen, XS[2] + 26, XS[4], top - 1);
		pen.y += 24;
	}
	rule_across(&pen, XS[0], XS[4], pen.y);
	assert_blocks_behind(&pen, PROSE_BLOCKS,
	    "p: - Mỗi thôn lập một tổ công nghệ số cộng đồng, giúp người dân/nộp hồ sơ.\n"
	    "t 3x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|7] [1,1|7] [1,2|7] [1,3|7] "
	    "[2,0|7] "
	    "[2,1|7] [2,2|7] [2,3|7]\n");
}

/* Another table on the next sheet, with a header of its own; and one behind a heading. */
static void
test_tables_apart(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_row(&pen, HEADER, 1);
	put_row(&pen, (const char *const[]){"1", "Kiểm tra", "Công an xã", "2027"}, 1);
	new_sheet(&pen);
	put_row(&pen, (const char *const[]){"STT", "Chỉ tiêu", "Đơn vị", "Số"}, 1);
	put_row(&pen, (const char *const[]){"1", "Hộ dùng mạng", "%", "90"}, 1);
	pen.is_bold = true;
	put_centered(&pen, 318, "PHỤ LỤC 2");
	pen.is_bold = false;
	put_row(&pen, (const char *const[]){"2", "Hộ có mã", "%", "90"}, 1);
	assert_blocks_behind(&pen, 0,
	    "t 2x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|1] [1,1|Kiểm tra] [1,2|Công an "
	    "xã] "
	    "[1,3|2027]\n"
	    "t 2x4 h1: [0,0|STT] [0,1|Chỉ tiêu] [0,2|Đơn vị] [0,3|Số] [1,0|1] [1,1|Hộ dùng mạng] [1,2|%] "
	    "[1,3|90]\n"
	    "pbc: PHỤ LỤC 2\n"
	    "t 1x4 h0: [0,0|2] [0,1|Hộ có mã] [0,2|%] [0,3|90]\n");
}

/* Columns by gaps alone: a header of titles, numbers, a group, a cell of two lines; prose with tabulators is
 * none. */
static void
test_table_without_rulings(void)
{
	static const char *const ROWS[][4] = {
	    {"TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"},
	    {"I", "Nhóm nhiệm vụ chung của toàn xã và các thôn", "", ""},
	    {"1", "Kiểm tra", "Công an xã", "2026"},
	    {"2", "Mở lớp cho cán bộ", "Đoàn xã", "2027"},
	    {"", "và người dân", "", ""},
	};
	Pen pen = pen_new();

	new_sheet(&pen);
	for (guint i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		for (guint j = 0; j < 4; j++)
			put_at(&pen, XS[j], pen.y, ROWS[i][j]);
		pen.y += PITCH;
	}
	pen.y += 20;
	put_line(&pen, LEFT + INDENT, "- Số hộ:     812");
	put_line(&pen, LEFT + INDENT, "- Số thôn:     9");
	assert_blocks_behind(&pen, 0,
	    "t 4x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Thời hạn] [1,0|I] [1,1 1x3|Nhóm nhiệm vụ "
	    "chung của "
	    "toàn xã và các thôn] [2,0|1] [2,1|Kiểm tra] [2,2|Công an xã] [2,3|2026] [3,0|2] [3,1|Mở lớp cho "
	    "cán "
	    "bộ¶và người dân] [3,2|Đoàn xã] [3,3|2027]\n"
	    "p: - Số hộ: 812\n"
	    "p: - Số thôn: 9\n");
}

/* The text runs upwards on a sheet in portrait. */
static void
test_turned_sheet(void)
{
	Pen pen = pen_new(), upright = pen_new();

	new_sheet(&upright);
	put_row(&upright, HEADER, 1);
	put_row(&upright, (const char *const[]){"1", "Kiểm tra", "Công an xã", "2027"}, 1);
	pen.sheet = page_set_add(pen.set, 1, 842, 595);
	for (guint i = 0; i < upright.sheet->words->len; i++) {
		PageWord word = g_array_index(upright.sheet->words, PageWord, i);
		BlockBox box = word.box;

		word.box = (BlockBox){box.top, 595 - box.right, box.bottom, 595 - box.left};
		page_add_word(pen.set, pen.sheet, &word);
	}
	for (guint i = 0; i < upright.sheet->rules->len; i++) {
		BlockBox box = g_array_index(upright.sheet->rules, PageRule, i).box;

		rule(&pen, box.top, 595 - box.right, box.bottom, 595 - box.left);
	}
	page_set_free(upright.set);
	assert_blocks_behind(&pen, 0,
	    "t 2x4 h1: [0,0|TT] [0,1|Nhiệm vụ] [0,2|Chủ trì] [0,3|Hạn] [1,0|1] [1,1|Kiểm tra] [1,2|Công an "
	    "xã] "
	    "[1,3|2027]\n");
}

static void
test_pieces(void)
{
	Pen pen = pen_new();
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;
	const Block *block;

	new_sheet(&pen);
	put_at(&pen, LEFT, 60, "Đạt 97");
	put_at(&pen, LEFT + 42, 60, "%"); /* no gap */
	pen.confidence = 40;
	put_at(&pen, LEFT + 60, 60, "sô");
	pen.confidence = 95;
	put_at(&pen, LEFT + 90, 60, "hộ");
	put_at(&pen, LEFT, 90, "K Ế");
	put_at(&pen, LEFT + 40, 90, "H O Ạ C H");
	g_assert_true(layout_blocks(pen.set, &document, &error));
	page_set_free(pen.set);
	g_assert_cmpuint(document->pages->len, ==, 1);
	g_assert_cmpuint(document->blocks->len, ==, 2);
	block = g_ptr_array_index(document->blocks, 0);
	g_assert_cmpuint(block->text.len, ==, 3);
	g_assert_cmpstr(block->text.pieces[0].text, ==, "Đạt 97%");
	g_assert_cmpstr(block->text.pieces[1].text, ==, "sô");
	g_assert_cmpint(block->text.pieces[1].before, ==, BLOCK_BREAK_SPACE);
	g_assert_cmpuint(block->text.pieces[1].confidence, ==, 40);
	g_assert_cmpuint(block->text.pieces[2].confidence, ==, 95);
	g_assert_cmpuint(block->text.pieces[0].place.page, ==, 1);
	g_assert_true(block->text.pieces[0].place.box.left <= LEFT &&
		      block->text.pieces[0].place.box.right >= LEFT + 49);
	block = g_ptr_array_index(document->blocks, 1);
	g_assert_cmpstr(block->text.pieces[0].text, ==, "KẾ HOẠCH");
}

/* Whatever the sheets hold, there is an answer, and soon. */
static void
test_ceilings(void)
{
	Pen pen = pen_new();
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	new_sheet(&pen);
	for (guint i = 0; i < LIMIT_PAGE_WORDS; i++)
		put_at(&pen, (float)(i * 37 % 500), (float)(i * 91 % 800), "-");
	for (guint i = 0; i < LIMIT_PAGE_RULES / 2; i++) {
		rule_across(&pen, 0, 595, (float)i / 12);
		rule_down(&pen, (float)i / 17, 0, 842);
	}
	page_set_add(pen.set, 7, 595, 842);
	g_assert_true(layout_blocks(pen.set, &document, &error));
	page_set_free(pen.set);
	g_assert_cmpuint(document->pages->len, ==, 7);
}

static void
test_empty(void)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(layout_blocks(set, &document, &error));
	g_assert_cmpuint(document->blocks->len, ==, 0);
	g_assert_nonnull(set->document);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/layout/paragraphs", test_paragraphs);
	g_test_add_func("/layout/paragraphs-without-indent", test_paragraphs_without_indent);
	g_test_add_func("/layout/head-and-tail", test_head_and_tail);
	g_test_add_func("/layout/furniture", test_furniture);
	g_test_add_func("/layout/page-break-in-paragraph", test_page_break_in_paragraph);
	g_test_add_func("/layout/table", test_table);
	g_test_add_func("/layout/merged-cells", test_merged_cells);
	g_test_add_func("/layout/broken-rulings", test_broken_rulings);
	g_test_add_func("/layout/no-tables", test_no_tables);
	g_test_add_func("/layout/table-over-pages", test_table_over_pages);
	g_test_add_func("/layout/merged-number-over-pages", test_merged_number_over_pages);
	g_test_add_func("/layout/narrow-cells", test_narrow_cells);
	g_test_add_func("/layout/scan", test_scan);
	g_test_add_func("/layout/tables-apart", test_tables_apart);
	g_test_add_func("/layout/table-without-rulings", test_table_without_rulings);
	g_test_add_func("/layout/turned-sheet", test_turned_sheet);
	g_test_add_func("/layout/pieces", test_pieces);
	g_test_add_func("/layout/ceilings", test_ceilings);
	g_test_add_func("/layout/empty", test_empty);
	return g_test_run();
}
