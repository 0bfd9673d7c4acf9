/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ceilings.h"
#include "reader/layout/tests/pen.h"

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

	for (guint i = 1; i <= 3; i++) {
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
#define HEAD "f: Kế hoạch số hóa xã Bình Nguyệt\n"
	assert_blocks_behind(&pen, 0,
	    "f: Người ký: Ủy ban nhân dân xã\n"
	    "f: Cơ quan: xã Bình Nguyệt\n"
	    "f: 1\n" HEAD PROSE_TEXT "f: 2\n" HEAD PROSE_TEXT "f: 3\n" HEAD PROSE_TEXT);
#undef HEAD
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

/* A page remembers how its scan was turned. */
static void
test_turns(void)
{
	Pen pen = pen_new();
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	for (uint8_t turns = 0; turns < 3; turns++) {
		new_sheet(&pen);
		pen.sheet->is_scan = true;
		pen.sheet->turns = turns;
		put_prose(&pen);
	}
	g_assert_true(layout_blocks(pen.set, &document, &error));
	g_assert_no_error(error);
	page_set_free(pen.set);
	g_assert_cmpuint(document->pages->len, ==, 3);
	for (guint i = 0; i < 3; i++)
		g_assert_cmpuint(g_array_index(document->pages, BlockPage, i).turns, ==, i);
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
	g_test_add_func("/layout/pieces", test_pieces);
	g_test_add_func("/layout/ceilings", test_ceilings);
	g_test_add_func("/layout/turns", test_turns);
	g_test_add_func("/layout/empty", test_empty);
	return g_test_run();
}
