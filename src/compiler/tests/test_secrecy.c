/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/secrecy.h"
#include "compiler/tests/block_builder.h"

#include <string.h>

/* Heads of fictional documents, with the stamp where officials put it, and texts that only speak of secrets.
 */
static const struct {
	const char *name, *text;
	Secrecy expected;
} CASES[] = {
    {"lone", "UBND XÃ BÌNH NGUYỆT\nSố: 12/KH-UBND\nMẬT\nKẾ HOẠCH\nvề việc nọ\n", SECRECY_SECRET},
    {"top", "UBND XÃ BÌNH NGUYỆT\nTỐI MẬT\nKẾ HOẠCH\n", SECRECY_TOP},
    {"utmost", "ĐẢNG ỦY XÃ BÌNH NGUYỆT\n   TUYỆT  MẬT   \nKẾ HOẠCH\n", SECRECY_UTMOST},
    {"column",
	"Số: 12/KH-UBND       Bình Nguyệt, ngày 02 tháng 3 năm 2026\n    MẬT              (Bản số 2)\n",
	SECRECY_SECRET},
    {"beside-number", "UBND XÃ\nSố: 12/KH-UBND MẬT\nKẾ HOẠCH\n", SECRECY_SECRET},
    {"framed", "UBND XÃ\n| MẬT | Độc lập - Tự do - Hạnh phúc |\n", SECRECY_SECRET},
    {"box", "UBND XÃ\n┌─────┐\n│ MẬT │\n└─────┘\n", SECRECY_SECRET},
    {"markdown", "# UBND XÃ\n\n**TỐI MẬT**\n", SECRECY_TOP},
    {"label", "UBND XÃ\nĐộ mật: Tối mật\n", SECRECY_TOP},
    {"spaced", "UBND XÃ\nM Ậ T\n", SECRECY_SECRET},
    {"recognised-badly", "UBND XÃ\nMÂT\n", SECRECY_SECRET},
    {"decomposed", "UBND XÃ\nMA\xCC\xA3\xCC\x82T\n", SECRECY_SECRET},
    {"about-secrets",
	"UBND XÃ BÌNH NGUYỆT\nSố: 12/KH-UBND\nKẾ HOẠCH\nBảo vệ bí mật nhà nước năm 2026\nThực hiện Luật …\n",
	SECRECY_NONE},
    {"title-about-secrets", "UBND XÃ\nKẾ HOẠCH\nBẢO VỆ BÍ MẬT NHÀ NƯỚC\n", SECRECY_NONE},
    {"lone-words-about-secrets", "UBND XÃ\nKẾ HOẠCH\nBÍ MẬT\nNHÀ NƯỚC\n", SECRECY_NONE},
    {"front", "ỦY BAN\nMẶT\nTRẬN TỔ QUỐC\n", SECRECY_NONE},
    {"small-letters", "UBND XÃ\nmật\n", SECRECY_NONE},
    {"in-the-text", "UBND XÃ\nKẾ HOẠCH\nI. MỤC TIÊU\n1. Chung\nMẬT\n", SECRECY_NONE},
    {"password", "UBND XÃ\nKẾ HOẠCH\nĐổi mật khẩu\nMẬT KHẨU\n", SECRECY_NONE},
    {"empty", "", SECRECY_NONE},
    {"broken", "UBND\xFF\xFE X\xC3\nM\xE1\xBA\n", SECRECY_NONE},
};

static void
test_text(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);

	g_assert_cmpint(secrecy_of_text(CASES[i].text, strlen(CASES[i].text)), ==, CASES[i].expected);
}

static void
add_paragraph(BlockDocument *document, BlockKind kind, const char *text)
{
	Block *block = block_document_add(document, kind);

	block_text_add(
	    document, &block->text, text, strlen(text), (BlockPlace){.page = 1}, BLOCK_BREAK_NONE, 100);
}

static void
test_blocks(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_WORD);
	Block *head = block_document_add(document, BLOCK_TABLE);
	BlockCell *cell = block_table_add_cell(document, &head->table, 0, 0, 1, 1);

	block_text_add(document, &cell->text, "Số: 3/KH-UBND", strlen("Số: 3/KH-UBND"),
	    (BlockPlace){.page = 1}, BLOCK_BREAK_NONE, 100);
	add_paragraph(document, BLOCK_PARAGRAPH, "KẾ HOẠCH bảo vệ bí mật nhà nước");
	g_assert_cmpint(secrecy_of_blocks(document), ==, SECRECY_NONE);
	/* the stamp is a line of its own in the cell of the number */
	block_text_add(
	    document, &cell->text, "MẬT", strlen("MẬT"), (BlockPlace){.page = 1}, BLOCK_BREAK_PARAGRAPH, 100);
	g_assert_cmpint(secrecy_of_blocks(document), ==, SECRECY_SECRET);
}

static void
test_body_and_furniture(void)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_PDF);

	add_paragraph(document, BLOCK_PARAGRAPH, "KẾ HOẠCH");
	add_paragraph(document, BLOCK_PARAGRAPH, "Căn cứ Luật Bảo vệ bí mật nhà nước;");
	add_paragraph(document, BLOCK_PARAGRAPH, "MẬT");
	g_assert_cmpint(secrecy_of_blocks(document), ==, SECRECY_NONE);
	add_paragraph(document, BLOCK_FURNITURE, "TUYỆT MẬT");
	g_assert_cmpint(secrecy_of_blocks(document), ==, SECRECY_UTMOST);
}

static void
test_word(void)
{
	g_assert_cmpstr(secrecy_word(SECRECY_TOP), ==, "TỐI MẬT");
	g_assert_null(secrecy_word(SECRECY_NONE));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *path = g_strconcat("/secrecy/text/", CASES[i].name, NULL);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_text);
	}
	g_test_add_func("/secrecy/blocks/cell", test_blocks);
	g_test_add_func("/secrecy/blocks/body-and-furniture", test_body_and_furniture);
	g_test_add_func("/secrecy/word", test_word);
	return g_test_run();
}
