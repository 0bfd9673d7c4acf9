/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_word.h"

#include "base/app-error.h"
#include "base/text.h"

#include <string.h>
#include <zip.h>

#define MAIN_SPACE "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OFFICE_SPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

#define TWIPS(mm) ((mm)*1440 * 10 / 254)
#define BODY_HALF_POINTS "26"  /* 13 points */
#define TABLE_HALF_POINTS "24" /* 12 points */
#define FILE_TIME 315532800    /* 1980, the first that a zip can say: the same content is the same file */

static const char CONTENT_TYPES[] = HEAD
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"" REPORT_WORD_TYPE ".main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
static const char PACKAGE_RELATIONS[] =
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	 "<Relationship Id=\"rId1\" Type=\"" OFFICE_SPACE "officeDocument\" Target=\"word/document.xml\"/>"
	 "</Relationships>";
static const char DOCUMENT_RELATIONS[] =
    HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	 "<Relationship Id=\"rId1\" Type=\"" OFFICE_SPACE "styles\" Target=\"styles.xml\"/></Relationships>";
static const char STYLES[] = HEAD
    "<w:styles xmlns:w=\"" MAIN_SPACE "\"><w:docDefaults><w:rPrDefault><w:rPr>"
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"" BODY_HALF_POINTS "\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "<w:pPr><w:spacing w:after=\"120\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:pPr><w:keepNext/><w:outlineLvl w:val=\"0\"/></w:pPr>"
    "<w:rPr><w:b/></w:rPr></w:style></w:styles>";

/* Only what XML can hold. */
static void
put_text(GString *out, const char *text)
{
	for (const char *at = text; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at);

		if (c == '\n')
			g_string_append(out, "</w:t><w:br/><w:t xml:space=\"preserve\">");
		else if (c == '&')
			g_string_append(out, "&amp;");
		else if (c == '<')
			g_string_append(out, "&lt;");
		else if (c == '>')
			g_string_append(out, "&gt;");
		else if (c >= ' ' && c != 0xFFFE && c != 0xFFFF)
			g_string_append_unichar(out, c);
	}
}

static void
put_run(GString *out, bool is_bold, const char *size, const char *text)
{
	g_string_append_printf(out, "<w:r><w:rPr>%s<w:sz w:val=\"%s\"/></w:rPr><w:t xml:space=\"preserve\">",
	    is_bold ? "<w:b/>" : "", size);
	put_text(out, text);
	g_string_append(out, "</w:t></w:r>");
}

void
report_word_paragraph(GString *body, ReportWordLook look, const char *text)
{
	static const char *const LOOKS[] = {
	    [REPORT_WORD_PLAIN] = "<w:jc w:val=\"both\"/>",
	    [REPORT_WORD_TITLE] = "<w:jc w:val=\"center\"/>",
	    [REPORT_WORD_CENTER] = "<w:jc w:val=\"center\"/>",
	    [REPORT_WORD_HEADING] = "<w:pStyle w:val=\"Heading1\"/>",
	};

	g_string_append_printf(body, "<w:p><w:pPr>%s</w:pPr>", LOOKS[look]);
	put_run(body, look == REPORT_WORD_TITLE || look == REPORT_WORD_HEADING, BODY_HALF_POINTS, text);
	g_string_append(body, "</w:p>\n");
}

void
report_word_table_begin(GString *body, const int *widths)
{
	static const char *const SIDES[] = {"top", "left", "bottom", "right", "insideH", "insideV"};

	g_string_append(body, "<w:tbl><w:tblPr><w:tblLayout w:type=\"fixed\"/><w:tblBorders>");
	for (size_t i = 0; i < G_N_ELEMENTS(SIDES); i++)
		g_string_append_printf(body, "<w:%s w:val=\"single\" w:sz=\"4\"/>", SIDES[i]);
	g_string_append(body, "</w:tblBorders></w:tblPr><w:tblGrid>");
	for (; *widths != 0; widths++)
		g_string_append_printf(body, "<w:gridCol w:w=\"%d\"/>", TWIPS(*widths));
	g_string_append(body, "</w:tblGrid>\n");
}

void
report_word_table_row(GString *body, const int *widths, bool is_head, const char *const *cells)
{
	g_string_append_printf(
	    body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", is_head ? "<w:tblHeader/>" : "");
	for (; *widths != 0; widths++, cells++) {
		g_string_append_printf(body,
		    "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr>"
		    "<w:spacing w:after=\"0\"/>%s</w:pPr>",
		    TWIPS(*widths), is_head ? "<w:jc w:val=\"center\"/>" : "");
		put_run(body, is_head, TABLE_HALF_POINTS, *cells);
		g_string_append(body, "</w:p></w:tc>");
	}
	g_string_append(body, "</w:tr>\n");
}

void
report_word_table_end(GString *body)
{
	g_string_append(body, "</w:tbl>\n");
}

static bool
add_part(zip_t *zip, const char *name, const char *text)
{
	zip_source_t *source = zip_source_buffer(zip, text, strlen(text), 0);
	zip_int64_t index;

	if (source == NULL)
		return false;
	index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_mtime(zip, (zip_uint64_t)index, FILE_TIME, 0) == 0;
}

static bool
read_all(zip_source_t *source, GString *ret_file)
{
	char piece[4096];
	zip_int64_t n;

	if (zip_source_open(source) < 0)
		return false;
	while ((n = zip_source_read(source, piece, sizeof(piece))) > 0)
		g_string_append_len(ret_file, piece, (gssize)n);
	zip_source_close(source);
	return n == 0;
}

static bool
pack(const char *document, zip_source_t *source, GString *ret_file)
{
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);

	if (zip == NULL)
		return false;
	zip_source_keep(source); /* for reading what comes of it */
	if (!add_part(zip, "[Content_Types].xml", CONTENT_TYPES) ||
	    !add_part(zip, "_rels/.rels", PACKAGE_RELATIONS) ||
	    !add_part(zip, "word/document.xml", document) || !add_part(zip, "word/styles.xml", STYLES) ||
	    !add_part(zip, "word/_rels/document.xml.rels", DOCUMENT_RELATIONS)) {
		zip_discard(zip);
		return false;
	}
	if (zip_close(zip) != 0) {
		zip_discard(zip);
		return false;
	}
	return read_all(source, ret_file);
}

bool
report_word_finish(const GString *body, GString *ret_file, GError **error)
{
	g_autofree char *document = g_strdup_printf(HEAD
	    "<w:document xmlns:w=\"" MAIN_SPACE "\"><w:body>\n%s<w:sectPr><w:pgSz w:w=\"%d\" w:h=\"%d\"/>"
	    "<w:pgMar w:top=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
	    "w:right=\"%d\"/></w:sectPr></w:body></w:document>",
	    body->str, TWIPS(210), TWIPS(297), TWIPS(20), TWIPS(20), TWIPS(30), TWIPS(15));
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	bool is_done = source != NULL && pack(document, source, ret_file);

	if (source != NULL)
		zip_source_free(source);
	if (!is_done)
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL, "cannot write a Word document");
	return is_done;
}
