/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/tests/pen.h"

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

/* Sets rows of a table without rulings: lines of a cell apart by "/", space between rows; a number and short
 * cells stand in the middle of their row where `is_centered`. */
static void
put_open_rows(Pen *pen, const char *const (*rows)[4], guint n_rows, bool is_centered)
{
	for (guint i = 0; i < n_rows; i++) {
		guint n_most = 1;

		for (guint j = 0; j < 4; j++) {
			g_auto(GStrv) lines = g_strsplit(rows[i][j], "/", -1);

			n_most = MAX(n_most, g_strv_length(lines));
		}
		for (guint j = 0; j < 4; j++) {
			g_auto(GStrv) lines = g_strsplit(rows[i][j], "/", -1);
			guint n = g_strv_length(lines);
			float top = pen->y + (is_centered ? (float)(n_most - n) * PITCH / 2 : 0);

			for (guint k = 0; k < n; k++)
				put_at(pen, XS[j], top + PITCH * (float)k, lines[k]);
		}
		pen->y += PITCH * (float)n_most + (is_centered ? 1 : 5);
	}
}

static const char *const OPEN_ROWS[][4] = {
    {"TT", "Nhiệm vụ", "Cơ quan được/giao chủ trì", "Thời hạn"},
    {"II", "Hạ tầng số", "", ""},
    {"1", "Lắp đặt mạng không dây cho/các nhà văn hóa thôn", "Phòng Văn hóa/- Xã hội", "2026"},
    {"2", "Mở lớp kỹ năng số cho cán/bộ, giáo viên và người dân/của xã", "Đoàn xã", "2027"},
};

#define OPEN_TEXT \
	"[0,0|TT] [0,1|Nhiệm vụ] [0,2|Cơ quan được/giao chủ trì] [0,3|Thời hạn] [1,0|II] [1,1|Hạ tầng số] " \
	"[1,2|] [1,3|] [2,0|1] [2,1|Lắp đặt mạng không dây cho/các nhà văn hóa thôn] [2,2|Phòng Văn hóa/- " \
	"Xã hội] [2,3|2026] [3,0|2] [3,1|Mở lớp kỹ năng số cho cán/bộ, giáo viên và người dân/của xã] " \
	"[3,2|Đoàn xã] [3,3|2027]"

/* The table goes on with its titles left out; prose behind it is none of it, nor is
 * that of the sheet that follows. */
static void
test_open_table_over_pages(void)
{
	static const char *const MORE[][4] = {
	    {"3", "Kiểm tra", "Công an xã", "2028"},
	    {"4", "Tổng kết", "Văn phòng", "2029"},
	};
	Pen pen = pen_new();

	new_sheet(&pen);
	put_open_rows(&pen, OPEN_ROWS, G_N_ELEMENTS(OPEN_ROWS), false);
	new_sheet(&pen);
	put_at(&pen, 314, 30, "2");
	put_open_rows(&pen, MORE, 1, false);
	new_sheet(&pen);
	put_open_rows(&pen, MORE + 1, 1, false);
	put_prose(&pen);
	assert_blocks_behind(&pen, 0,
	    "t 6x4 h1: " OPEN_TEXT " [4,0|3] [4,1|Kiểm tra] [4,2|Công an xã] [4,3|2028] [5,0|4] [5,1|Tổng "
	    "kết] [5,2|Văn phòng] [5,3|2029]\n"
	    "f: 2\n" PROSE_TEXT);
}

/* Numbers and short cells stand in the middle, and hardly a gap parts the rows. */
static void
test_open_table_centered(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_open_rows(&pen, OPEN_ROWS, G_N_ELEMENTS(OPEN_ROWS), true);
	assert_blocks_behind(&pen, 0, "t 4x4 h1: " OPEN_TEXT "\n");
}

/* Recognised words lie a little off their places, and nothing tells bold ones. */
static void
test_open_table_scan(void)
{
	static const float OFF[] = {0.6f, -0.9f, 0.2f, 0.8f, -0.4f, -0.7f, 0.5f};
	Pen pen = pen_new();

	new_sheet(&pen);
	pen.sheet->is_scan = true;
	put_open_rows(&pen, OPEN_ROWS, G_N_ELEMENTS(OPEN_ROWS), false);
	for (guint i = 0; i < pen.sheet->words->len; i++) {
		PageWord *word = &g_array_index(pen.sheet->words, PageWord, i);

		word->box.left += OFF[i % 7];
		word->box.top += OFF[i % 5];
		word->box.bottom += OFF[(i + 3) % 7];
		word->font_size += OFF[(i + 1) % 7];
	}
	assert_blocks_behind(&pen, 0, "t 4x4 h1: " OPEN_TEXT "\n");
}

/* Prose begins the sheet behind one that a table ends: numbered paragraphs are no rows. */
static void
test_prose_behind_open_table(void)
{
	Pen pen = pen_new();

	new_sheet(&pen);
	put_open_rows(&pen, OPEN_ROWS, G_N_ELEMENTS(OPEN_ROWS), false);
	new_sheet(&pen);
	put_paragraph(&pen, "1. Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch này đến từng thôn.");
	put_paragraph(&pen, "2. Văn phòng theo dõi việc thực hiện và báo cáo kết quả vào cuối mỗi quý.");
	assert_blocks_behind(&pen, 0,
	    "t 4x4 h1: " OPEN_TEXT "\n"
	    "p: 1. Xã Bình Nguyệt tổ chức quán triệt nội dung của kế hoạch/này đến từng thôn.\n"
	    "p: 2. Văn phòng theo dõi việc thực hiện và báo cáo kết quả vào/cuối mỗi quý.\n");
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
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
	g_test_add_func("/layout/open-table-over-pages", test_open_table_over_pages);
	g_test_add_func("/layout/open-table-centered", test_open_table_centered);
	g_test_add_func("/layout/open-table-scan", test_open_table_scan);
	g_test_add_func("/layout/prose-behind-open-table", test_prose_behind_open_table);
	g_test_add_func("/layout/turned-sheet", test_turned_sheet);
	return g_test_run();
}
