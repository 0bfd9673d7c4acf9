/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/reader.h"
#include "reader/run/order.h"

#include <string.h>

/* The head of a zip entry in front of its content, with a name of n bytes. */
#define ZEROS_10 "\0\0\0\0\0\0\0\0\0\0"
#define ENTRY(n) "PK\x03\x04\x14\0" ZEROS_10 ZEROS_10 n "\0\0\0"
#define LISTED(n) "PK\x01\x02\x14\0\x14\0" ZEROS_10 ZEROS_10 n "\0" ZEROS_10 "\0\0\0\0\0\0"
#define OLE "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
	const char *name;
	const char *bytes;
	size_t len;
	ReaderFormat format;
} FILES[] = {
    {"empty", BYTES(""), READER_FORMAT_TEXT},
    {"text", BYTES("KẾ HOẠCH\nThực hiện Nghị quyết"), READER_FORMAT_TEXT},
    {"text-with-brackets", BYTES("< 5 % hộ nghèo; <b>đậm</b> là chữ"), READER_FORMAT_TEXT},
    {"text-begins-with-bracket", BYTES("<Tên xã>\nKẾ HOẠCH"), READER_FORMAT_TEXT},
    {"text-bm", BYTES("BM-01: biểu mẫu số 1"), READER_FORMAT_TEXT},
    {"text-mz", BYTES("MZ là ký hiệu mẫu"), READER_FORMAT_TEXT},
    {"text-names-pdf", BYTES("Tệp bắt đầu bằng %PDF- là tệp PDF"), READER_FORMAT_TEXT},
    {"markdown", BYTES("# KẾ HOẠCH\n\n<br>\n"), READER_FORMAT_TEXT},
    {"markdown-comment", BYTES("<!-- bản nháp -->\n# KẾ HOẠCH\n"), READER_FORMAT_TEXT},
    {"markdown-division", BYTES("<div align=\"center\">\n\n# KẾ HOẠCH\n</div>\n\nI. MỤC ĐÍCH"),
	READER_FORMAT_TEXT},
    {"utf-16-text", BYTES("\xFF\xFEK\0\xBE\x1E"), READER_FORMAT_TEXT},
    {"pdf", BYTES("%PDF-1.7\n"), READER_FORMAT_PDF},
    {"pdf-cut", BYTES("%PDF-"), READER_FORMAT_PDF},
    {"pdf-late", BYTES("\r\n\r\nX-Scanner: 1\r\n%PDF-1.4\n1 0 obj\n"), READER_FORMAT_PDF},
    {"docx", BYTES(ENTRY("\x13") "[Content_Types].xml" ENTRY("\x11") "word/document.xml"),
	READER_FORMAT_WORD},
    {"docx-list", BYTES(ENTRY("\x13") "[Content_Types].xml" LISTED("\x11") "word/document.xml"),
	READER_FORMAT_WORD},
    {"xlsx", BYTES(ENTRY("\x0F") "xl/workbook.xml"), READER_FORMAT_SHEET},
    {"odt", BYTES(ENTRY("\x08") "mimetypeapplication/vnd.oasis.opendocument.text"), READER_FORMAT_LEGACY},
    {"zip", BYTES(ENTRY("\x05") "a.txt"), READER_FORMAT_UNKNOWN},
    {"zip-name-within", BYTES(ENTRY("\x07") "a/word/"), READER_FORMAT_UNKNOWN},
    {"zip-name-beyond", BYTES(ENTRY("\xFF") "w"), READER_FORMAT_UNKNOWN},
    {"zip-empty", BYTES("PK\x05\x06\0\0"), READER_FORMAT_UNKNOWN},
    {"doc", BYTES(OLE "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0\0\0"), READER_FORMAT_LEGACY},
    {"xls", BYTES(OLE "W\0o\0r\0k\0b\0o\0o\0k\0\0\0"), READER_FORMAT_LEGACY},
    {"ole", BYTES(OLE "P\0o\0w\0e\0r\0"), READER_FORMAT_UNKNOWN},
    {"rtf", BYTES("{\\rtf1\\ansi"), READER_FORMAT_LEGACY},
    {"png", BYTES("\x89PNG\r\n\x1A\n\0"), READER_FORMAT_IMAGE},
    {"jpeg", BYTES("\xFF\xD8\xFF\xE0"), READER_FORMAT_IMAGE},
    {"tiff", BYTES("II*\0\x08\0"), READER_FORMAT_IMAGE},
    {"tiff-big-endian", BYTES("MM\0*\0\0"), READER_FORMAT_IMAGE},
    {"gif", BYTES("GIF89a"), READER_FORMAT_UNKNOWN},
    {"bmp", BYTES("BM\x10\0\0\0"), READER_FORMAT_UNKNOWN},
    {"webp", BYTES("RIFF\x10\0\0\0WEBPVP8 "), READER_FORMAT_UNKNOWN},
    {"heic",
	BYTES("\0\0\0\x18"
	      "ftypheic"),
	READER_FORMAT_UNKNOWN},
    {"gzip", BYTES("\x1F\x8B\x08\0"), READER_FORMAT_UNKNOWN},
    {"elf",
	BYTES("\x7F"
	      "ELF\x02"),
	READER_FORMAT_UNKNOWN},
    {"mht", BYTES("MIME-Version: 1.0\r\nContent-Type: multipart/related"), READER_FORMAT_UNKNOWN},
    {"word-2003",
	BYTES("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>"),
	READER_FORMAT_UNKNOWN},
    {"html", BYTES("<!DOCTYPE html><html>"), READER_FORMAT_WEB},
    {"html-blanks", BYTES("\xEF\xBB\xBF \r\n\t<HTML lang=vi>"), READER_FORMAT_WEB},
    {"html-comment", BYTES("<!-- saved from url --><!-- 2 -->\n<head><title>x"), READER_FORMAT_WEB},
    {"html-comment-open", BYTES("<!-- không đóng"), READER_FORMAT_TEXT},
    {"html-xhtml", BYTES("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"), READER_FORMAT_WEB},
    {"html-office", BYTES("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">"), READER_FORMAT_WEB},
    {"html-table", BYTES("<table><tr><td>1</td></tr></table>\n"), READER_FORMAT_WEB},
    {"html-utf-16", BYTES("\xFF\xFE<\0h\0t\0m\0l\0>\0"), READER_FORMAT_WEB},
    {"html-utf-16-be", BYTES("\xFE\xFF\0<\0h\0t\0m\0l\0>"), READER_FORMAT_WEB},
};

static void
test_file(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *exact = g_memdup2(FILES[i].bytes, MAX(FILES[i].len, 1));

	g_assert_cmpint(reader_detect(exact, FILES[i].len), ==, FILES[i].format);
}

/* What is not for any reader is named, and what to do with it. */
static void
test_unknown(void)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *words;
	} CASES[] = {{BYTES(ENTRY("\x05") "a.txt"), "giải nén"}, {BYTES("Rar!\x1A\x07"), "RAR"},
	    {BYTES("GIF89a"), "PNG"},
	    {BYTES("\0\0\0\x18"
		   "ftypheic"),
		"HEIC"},
	    {BYTES(OLE "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0\0\0"), "mật khẩu"},
	    {BYTES(OLE), "Office đời cũ"}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(BlockDocument) document = NULL;
		g_autoptr(GError) error = NULL;

		g_assert_false(reader_read(CASES[i].bytes, CASES[i].len, NULL, &document, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
		g_assert_nonnull(strstr(error->message, CASES[i].words));
	}
}

/* The pages' printed numbers as one text, "0" where a page has none; NULL: no note. */
static void
assert_order(const char *numbers, uint32_t page)
{
	g_autoptr(BlockDocument) document = block_document_new(BLOCK_SOURCE_PDF);
	g_auto(GStrv) texts = g_strsplit(numbers, ",", -1);

	for (uint32_t i = 0; texts[i] != NULL; i++) {
		Block *block = block_document_add(document, BLOCK_FURNITURE);

		g_array_append_val(document->pages, ((BlockPage){595, 842, false, 0}));
		block_text_add(document, &block->text, texts[i], strlen(texts[i]),
		    (BlockPlace){.page = i + 1}, BLOCK_BREAK_PARAGRAPH, 100);
	}
	order_check(document);
	g_assert_cmpuint(document->notes->len, ==, page != 0 ? 1 : 0);
	if (page != 0)
		g_assert_cmpuint(((const BlockNote *)g_ptr_array_index(document->notes, 0))->page, ==, page);
}

static void
test_order(void)
{
	assert_order("1,2,3", 0);
	assert_order("x,2,3,4", 0);
	assert_order("x,2,3,1,2", 0); /* an annex counts anew */
	assert_order("1,3,2", 3);
	assert_order("x,3,2,4", 3);
	assert_order("2,1,3", 2);
	assert_order("- 1 -,- 3 -,- 2 -", 3);
	assert_order("Trang 1/3,Trang 3/3,Trang 2/3", 3);
	assert_order("1,x,x,99999,2", 0);
	assert_order("x", 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
		g_autofree char *name = g_strconcat("/detect/", FILES[i].name, NULL);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_file);
	}
	g_test_add_func("/detect/unknown", test_unknown);
	g_test_add_func("/order", test_order);
	return g_test_run();
}
