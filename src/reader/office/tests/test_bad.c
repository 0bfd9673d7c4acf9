/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

#include <string.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define RELATIONS(target) \
	"<Relationships " \
	"xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" " \
	"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" " \
	"Target=\"" target "\"/></Relationships>"

/* What comes of it begins so and holds a word. */
static void
check_refused(char *dump, const char *code, const char *word)
{
	g_assert_true(g_str_has_prefix(dump, code));
	if (strstr(dump, word) == NULL)
		g_error("“%s” is not in “%s”", word, dump);
	g_free(dump);
}

static void
test_no_package(void)
{
	check_refused(dump_read(office_read_word, "", 0), "UNREADABLE", "không phải Word");
	check_refused(dump_read(office_read_word, "xin chào", 8), "UNREADABLE", "không phải Word");
	check_refused(dump_read(office_read_sheet, "PK", 2), "UNREADABLE", "không phải Word");
	check_refused(dump_read(office_read_sheet, "PK\x03\x04....", 8), "UNREADABLE", "hỏng");
}

static void
test_ole(void)
{
	static const char OLD[600] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	char locked[600];
	const char *name = "EncryptedPackage";

	memcpy(locked, OLD, sizeof(locked));
	for (size_t i = 0; name[i] != '\0'; i++)
		locked[512 + 2 * i] = name[i];
	check_refused(dump_read(office_read_word, OLD, sizeof(OLD)), "UNREADABLE", "định dạng cũ");
	check_refused(dump_read(office_read_word, locked, sizeof(locked)), "UNREADABLE", "mật khẩu");
	check_refused(dump_read(office_read_sheet, locked, sizeof(locked)), "UNREADABLE", "mật khẩu");
}

static void
test_cut(void)
{
	g_autoptr(GByteArray) file = docx_of("<w:p><w:r><w:t>abc</w:t></w:r></w:p>", NULL);

	for (guint len = 0; len < file->len; len++)
		check_refused(
		    dump_read(office_read_word, (const char *)file->data, len), "UNREADABLE", "tệp");
}

static void
test_bit_errors(void)
{
	g_autoptr(GByteArray) file = docx_of("<w:p><w:r><w:t>abc</w:t></w:r></w:p>", NULL);

	/* Any one byte changed: read, or refused with a message; the checksum catches the rest. */
	for (guint i = 0; i < file->len; i++) {
		g_autofree char *dump = NULL;

		file->data[i] ^= 0x55;
		dump = dump_read(office_read_word, (const char *)file->data, file->len);
		g_assert_true(strcmp(dump, "abc\n") == 0 || g_str_has_prefix(dump, "UNREADABLE: ") ||
			      g_str_has_prefix(dump, "LIMIT: "));
		file->data[i] ^= 0x55;
	}
}

static void
test_bomb(void)
{
	size_t len = (size_t)8 * 1024 * 1024;
	g_autofree char *blanks = g_malloc(len + 1);
	GByteArray *file;

	memset(blanks, ' ', len);
	blanks[len] = '\0';
	file = docx_of("", "word/media.xml", blanks, NULL);
	check_refused(dump_word(file), "LIMIT", "200 lần");
	file = zip_of("a.xml", blanks, NULL);
	check_refused(dump_read(office_read_sheet, (const char *)file->data, file->len), "LIMIT", "phá hoại");
	g_byte_array_unref(file);
}

/* The archive may lie about a size: what is read stops at what was stated. */
static void
test_lying_size(void)
{
	g_autoptr(GByteArray) file =
	    docx_of("<w:p><w:r><w:t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaa</w:t></w:r></w:p>", NULL);
	guint8 *at = memmem(file->data, file->len, "PK\x01\x02", 4);

	while (at != NULL) {
		at[24] = 40; /* the uncompressed size in the directory */
		at[25] = at[26] = at[27] = 0;
		at = memmem(at + 4, file->len - (size_t)(at + 4 - file->data), "PK\x01\x02", 4);
	}
	check_refused(dump_read(office_read_word, (const char *)file->data, file->len), "UNREADABLE", "tệp");
}

static void
test_entities(void)
{
	static const char *const TYPES[] = {("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
					     "\"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"),
	    "<!DOCTYPE d SYSTEM \"file:///etc/passwd\">",
	    "<!DOCTYPE d [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>",
	    "<!DOCTYPE d [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x.dtd\"> %x;]>"};

	for (size_t i = 0; i < G_N_ELEMENTS(TYPES); i++) {
		g_autofree char *document = g_strconcat(TYPES[i],
		    "<w:document " W "><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>",
		    NULL);
		g_autofree char *part = g_strconcat(TYPES[i], "<w:styles " W "/>", NULL);

		check_refused(dump_word(zip_of("_rels/.rels", RELATIONS("word/document.xml"),
				  "word/document.xml", document, NULL)),
		    "UNREADABLE", "word/document.xml");
		check_refused(dump_word(docx_of("", "word/styles.xml", part, NULL)), "UNREADABLE", "DTD");
	}
	check_refused(dump_word(docx_of("<w:p><w:r><w:t>&c;</w:t></w:r></w:p>", NULL)), "UNREADABLE", "hỏng");
}

static void
test_parts(void)
{
	g_autofree char *dump = NULL;

	check_refused(dump_word(zip_of("_rels/.rels", RELATIONS("word/document.xml"), "x", "y", NULL)),
	    "UNREADABLE", "word/document.xml");
	check_refused(dump_word(zip_of("x", "y", NULL)), "UNREADABLE", "word/document.xml");
	check_refused(dump_word(zip_of("_rels/.rels", RELATIONS("xl/workbook.xml"), "xl/workbook.xml",
			  "<workbook><sheets/></workbook>", NULL)),
	    "UNREADABLE", "bảng tính");
	check_refused(dump_word(zip_of("_rels/.rels", RELATIONS("p.xml"), "p.xml",
			  "<p:presentation xmlns:p=\"p\"><p:x/></p:presentation>", NULL)),
	    "UNREADABLE", "trình chiếu");
	check_refused(dump_word(zip_of("_rels/.rels", "<Relationships", NULL)), "UNREADABLE", "_rels/.rels");
	check_refused(dump_word(docx_of("<w:p>", NULL)), "UNREADABLE", "word/document.xml");
	check_refused(
	    dump_word(docx_of("", "word/numbering.xml", "<a", NULL)), "UNREADABLE", "numbering.xml");
	check_refused(dump_word(docx_of("", "word/header.xml", "<a", NULL)), "UNREADABLE", "header.xml");
	/* Content types are not asked: a document with macros, or a template, reads the same. The relations
	 * may name the main part otherwise, or be missing. */
	dump = dump_word(zip_of("[Content_Types].xml",
	    "<Types><Override ContentType=\"vnd.ms-word.document.macroEnabled\"/>"
	    "</Types>",
	    "word/document.xml",
	    "<w:document " W "><w:body><w:p><w:r><w:t>macro</w:t></w:r></w:p></w:body></w:document>", NULL));
	g_assert_cmpstr(dump, ==, "macro\n");
	g_free(dump);
	dump = dump_word(zip_of("_rels/.rels", RELATIONS("/tai-lieu/../van-ban.xml"), "van-ban.xml",
	    "<w:document " W "><w:body><w:p><w:r><w:t>khác tên</w:t></w:r></w:p></w:body></w:document>",
	    NULL));
	g_assert_cmpstr(dump, ==, "khác tên\n");
}

static void
test_sheet_parts(void)
{
	GByteArray *file = docx_of("<w:p/>", NULL);

	check_refused(dump_read(office_read_sheet, (const char *)file->data, file->len), "UNREADABLE",
	    "bảng tính Excel");
	g_byte_array_unref(file);
	file = zip_of("xl/workbook.xml", "<workbook", NULL);
	check_refused(dump_read(office_read_sheet, (const char *)file->data, file->len), "UNREADABLE",
	    "xl/workbook.xml");
	g_byte_array_unref(file);
}

static void
append_times(GString *out, const char *text, int n)
{
	for (int i = 0; i < n; i++)
		g_string_append(out, text);
}

static void
test_depth(void)
{
	g_autoptr(GString) tables = g_string_new(NULL), elements = g_string_new(NULL);

	append_times(tables, "<w:tbl><w:tr><w:tc>", 20);
	append_times(tables, "</w:tc></w:tr></w:tbl>", 20);
	check_refused(dump_word(docx_of(tables->str, NULL)), "LIMIT", "lồng nhau");
	append_times(elements, "<w:sdt><w:sdtContent>", 1000);
	append_times(elements, "</w:sdtContent></w:sdt>", 1000);
	check_refused(dump_word(docx_of(elements->str, NULL)), "UNREADABLE", "sâu");
}

static void
test_wide_table(void)
{
	g_autoptr(GString) body = g_string_new("<w:tbl><w:tr>");

	append_times(body, "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>", 300);
	g_string_append(body, "</w:tr></w:tbl>");
	check_refused(dump_word(docx_of(body->str, NULL)), "LIMIT", "cột");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bad/no-package", test_no_package);
	g_test_add_func("/bad/ole", test_ole);
	g_test_add_func("/bad/cut", test_cut);
	g_test_add_func("/bad/bit-errors", test_bit_errors);
	g_test_add_func("/bad/bomb", test_bomb);
	g_test_add_func("/bad/lying-size", test_lying_size);
	g_test_add_func("/bad/entities", test_entities);
	g_test_add_func("/bad/parts", test_parts);
	g_test_add_func("/bad/sheet-parts", test_sheet_parts);
	g_test_add_func("/bad/depth", test_depth);
	g_test_add_func("/bad/wide-table", test_wide_table);
	return g_test_run();
}
