/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/office.h"
#include "reader/office/sheet_number.h"
#include "reader/office/tests/support.h"

#include <string.h>

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target) \
	"<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"
#define RELATIONS(items) \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
	"</Relationships>"
#define ROOT RELATIONS(RELATION("r", "officeDocument", "xl/workbook.xml"))
#define SHEETS(items) "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><sheets>" items "</sheets></workbook>"
#define ONE_SHEET SHEETS("<sheet name=\"Trang 1\" sheetId=\"1\" r:id=\"s1\"/>")
#define BOOK_RELATIONS \
	RELATION("s1", "worksheet", "worksheets/sheet1.xml") \
	RELATION("s2", "worksheet", "worksheets/sheet2.xml") \
	RELATION("s3", "chartsheet", "chartsheets/sheet1.xml") \
	RELATION("t", "sharedStrings", "sharedStrings.xml") RELATION("y", "styles", "styles.xml")
#define SHEET(before, rows, after) \
	"<worksheet " MAIN ">" before "<sheetData>" rows "</sheetData>" after "</worksheet>"
#define ROW(cells) "<row>" cells "</row>"
#define T(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define AT(address, text) "<c r=\"" address "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEADER ROW(T("STT") T("Nội dung") T("Chủ trì"))

static char *
dump_sheet(GByteArray *file)
{
	char *dump = dump_read(office_read_sheet, (const char *)file->data, file->len);

	g_byte_array_unref(file);
	return dump;
}

static void
check_sheet(const char *sheet, const char *expected)
{
	g_autofree char *dump =
	    dump_sheet(zip_of("_rels/.rels", ROOT, "xl/workbook.xml", ONE_SHEET, "xl/_rels/workbook.xml.rels",
		RELATIONS(BOOK_RELATIONS), "xl/worksheets/sheet1.xml", sheet, NULL));

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_numbers(void)
{
	static const struct {
		double value;
		const char *code, *shown;
	} CASES[] = {
	    {2026, NULL, "2026"},
	    {95.5, "General", "95,5"},
	    {0.1 + 0.2, NULL, "0,3"},
	    {-3, NULL, "-3"},
	    {0.95, "0%", "95%"},
	    {0.285, "0%", "29%"},
	    {0.955, "0.0%", "95,5%"},
	    {0.955, "0.##%", "95,5%"},
	    {1250000, "#,##0", "1.250.000"},
	    {999, "#,##0", "999"},
	    {1250.5, "#,##0.00", "1.250,50"},
	    {-1250.5, "#,##0.00;(#,##0.00)", "(1.250,50)"},
	    {0, "0;-0;\"không\"", "không"},
	    {-0.2, "0", "0"},
	    {5, "00", "05"},
	    {80, "\"≥ \"0\\ \"điểm\"", "≥ 80 điểm"},
	    {1500000, "#,##0,\" nghìn\"", "1.500 nghìn"},
	    {1200, "#,##0\\ [$đ-42A]", "1.200 đ"},
	    {12, "_(* #,##0_);_(* \\(#,##0\\)", "12"},
	    {1e20, "0.00E+00", "1e+20"},
	    {0.5, "# ?/?", "0,5"},
	    {45000, "@", "45000"},
	    {5, "\"", "5"},
	    {5, "[", "5"},
	    {5, "\\", "5"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		sheet_number_append(out, CASES[i].value, CASES[i].code, false);
		g_assert_cmpstr(out->str, ==, CASES[i].shown);
	}
}

static void
test_dates(void)
{
	static const struct {
		double value;
		const char *code;
		bool is_1904;
		const char *shown;
	} CASES[] = {
	    {46387, "dd/mm/yyyy", false, "31/12/2026"},
	    {46387, "m/d/yy", false, "31/12/2026"},
	    {46387, "[$-42A]dd mmmm yyyy", false, "31/12/2026"},
	    {46387, "mm/yyyy", false, "12/2026"},
	    {46387, "yyyy", false, "2026"},
	    {46387, "dd/mm", false, "31/12"},
	    {46387.75, "dd/mm/yyyy hh:mm", false, "31/12/2026 18:00"},
	    {46386.9999999, "dd/mm/yyyy hh:mm", false, "31/12/2026 00:00"},
	    {0.5, "h:mm AM/PM", false, "12:00"},
	    {0.5, "h:mm:ss", false, "12:00:00"},
	    {46387 - 1462, "dd/mm/yyyy", true, "31/12/2026"},
	    {59, "dd/mm/yyyy", false, "28/02/1900"},
	    {61, "dd/mm/yyyy", false, "01/03/1900"},
	    {-5, "dd/mm/yyyy", false, "-5"},
	    {1e9, "dd/mm/yyyy", false, "1000000000"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		sheet_number_append(out, CASES[i].value, CASES[i].code, CASES[i].is_1904);
		g_assert_cmpstr(out->str, ==, CASES[i].shown);
	}
	g_assert_cmpstr(sheet_number_builtin(14), ==, "dd/mm/yyyy");
	g_assert_null(sheet_number_builtin(0));
	g_assert_null(sheet_number_builtin(1000));
}

static void
test_values(void)
{
	static const char STRINGS[] =
	    "<sst " MAIN "><si><t>Chung</t></si><si><r><t>Hai </t></r><r><rPr><b/></rPr>"
	    "<t>phần</t></r><rPh sb=\"0\" "
	    "eb=\"1\"><t>âm</t></rPh></si><si><t>a_x000D_&#10;b_x0041_</t></si></sst>";
	static const char STYLES[] =
	    "<styleSheet " MAIN
	    "><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;≥ &quot;0.0%\"/></numFmts>"
	    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
	    "numFmtId=\"9\"/>"
	    "<xf numFmtId=\"164\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
	static const char ROWS[] = SHEET("",
	    ROW("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>")
		ROW("<c s=\"1\"><v>0.95</v></c><c s=\"2\"><v>0.955</v></c><c s=\"3\"><v>46387</v></c>")
		    ROW("<c t=\"b\"><v>1</v></c><c t=\"str\"><f>A1</f><v>chữ</v></c><c "
			"t=\"d\"><v>2026-12-31T00:00:00</v></c>")
			ROW("<c s=\"99\"><v>1.5</v></c><c t=\"s\"><v>77</v></c><c "
			    "t=\"e\"><f>A9</f><v>#REF!</v></c>")
			    ROW("<c><f>SUM(A1)</f></c><c><v></v></c><c><v>abc</v></c>"),
	    "");
	g_autofree char *dump =
	    dump_sheet(zip_of("_rels/.rels", ROOT, "xl/workbook.xml", ONE_SHEET, "xl/_rels/workbook.xml.rels",
		RELATIONS(BOOK_RELATIONS RELATION("x", "externalLink", "x.xml")), "xl/worksheets/sheet1.xml",
		ROWS, "xl/sharedStrings.xml", STRINGS, "xl/styles.xml", STYLES, NULL));

	g_assert_cmpstr(dump, ==,
	    "[5 rows × 3, 0 header]\nChung | Hai phần | a ¶ bA\n95% | ≥ 95,5% | 31/12/2026\nTRUE | chữ | "
	    "31/12/2026\n"
	    "1,5 | #REF!\nabc\n! xlsx-no-value\n! xlsx-error-value\n! xlsx-external-link\n");
}

static void
test_1904(void)
{
	g_autofree char *dump = dump_sheet(zip_of("_rels/.rels", ROOT, "xl/workbook.xml",
	    "<workbook " MAIN " xmlns:r=\"" OFFICE
	    "\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"s1\"/>"
	    "</sheets></workbook>",
	    "xl/_rels/workbook.xml.rels", RELATIONS(BOOK_RELATIONS), "xl/worksheets/sheet1.xml",
	    SHEET("", ROW("<c s=\"0\"><v>44925</v></c>"), ""), "xl/styles.xml",
	    "<styleSheet " MAIN "><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>", NULL));

	g_assert_cmpstr(dump, ==, "31/12/2026\n");
}

static void
test_extent(void)
{
	/* Head, title, table with a merged header and group rows, remark, signature. */
	check_sheet(
	    SHEET("",
		ROW(AT("A1", "UBND XÃ BÌNH NGUYỆT") AT("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
		    ROW(AT("A2", "Số: 1/KH-UBND") AT("D2", "Độc lập - Tự do - Hạnh phúc")) ROW(
			AT("A4", "PHỤ LỤC 1")) ROW(AT("A6", "STT") AT("B6", "Nội dung") AT("D6", "Mục tiêu"))
			ROW(AT("D7", "2026") AT("E7", "2030")) ROW(AT("A8", "I") AT("B8", "Nhóm một"))
			    ROW(AT("A9", "1") AT("B9", "Việc") AT("D9", "a") AT("E9", "b"))
				ROW(AT("B12", "Ghi chú: lưu ý"))
				    ROW(AT("A14", "Nơi nhận:") AT("D14", "TM. ỦY BAN NHÂN DÂN")),
		"<mergeCells><mergeCell ref=\"A6:A7\"/><mergeCell ref=\"B6:C7\"/><mergeCell ref=\"D6:E6\"/>"
		"<mergeCell ref=\"B8:E8\"/><mergeCell ref=\"B9:C9\"/><mergeCell ref=\"sai\"/></mergeCells>"),
	    "UBND XÃ BÌNH NGUYỆT\nSố: 1/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh "
	    "phúc\n"
	    "PHỤ LỤC 1\n[4 rows × 4, 0 header]\nSTT{2×1} | Nội dung{2×1} | Mục tiêu{1×2}\n2026 | 2030\n"
	    "I | Nhóm một{1×3}\n1 | Việc | a | b\nGhi chú: lưu ý\nNơi nhận:\nTM. ỦY BAN NHÂN DÂN\n");
	/* Two tables under each other, each with its title. */
	check_sheet(SHEET("",
			ROW(T("PHỤ LỤC 1")) HEADER ROW(T("1") T("a") T("b")) ROW(T("PHỤ LỤC 2"))
			    HEADER ROW(T("1") T("c") T("d")),
			""),
	    "PHỤ LỤC 1\n[2 rows × 3, 0 header]\nSTT | Nội dung | Chủ trì\n1 | a | b\nPHỤ LỤC 2\n"
	    "[2 rows × 3, 0 header]\nSTT | Nội dung | Chủ trì\n1 | c | d\n");
	check_sheet(SHEET("", ROW(T("Một cột")) ROW(T("thôi")), ""), "Một cột\nthôi\n");
	check_sheet(SHEET("", "", ""), "");
}

static void
test_far_cells(void)
{
	/* A million rows declared, cells at both ends, a merge over everything, a place that does not exist.
	 */
	check_sheet(SHEET("<dimension ref=\"A1:XFD1048576\"/>",
			"<row r=\"1\">" AT("A1", "STT")
			    AT("XFD1", "Nội dung") "</row><row r=\"1048576\">" AT("A1048576", "1") AT(
				"XFD1048576", "Cuối") "</row><row r=\"99999999\">" AT("XFE1", "lạ") "</row>",
			"<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>"),
	    "[2 rows × 2, 0 header]\nSTT | Nội dung\n1 | Cuối\n");
}

static void
test_sheets(void)
{
	g_autofree char *dump = dump_sheet(zip_of("_rels/.rels", ROOT, "xl/workbook.xml",
	    SHEETS("<sheet name=\"Một\" r:id=\"s1\"/><sheet name=\"Biểu đồ\" r:id=\"s3\"/><sheet "
		   "name=\"Mất\" r:id=\"s9\"/>"
		   "<sheet name=\"Hai\" r:id=\"s2\"/><sheet name=\"Kín\" state=\"hidden\" r:id=\"s2\"/>"),
	    "xl/_rels/workbook.xml.rels", RELATIONS(BOOK_RELATIONS), "xl/worksheets/sheet1.xml",
	    SHEET(
		"<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"9\" max=\"9\" hidden=\"1\"/></cols>",
		HEADER "<row hidden=\"1\">" T("1") T("a") T("b") "</row>", ""),
	    "xl/worksheets/sheet2.xml", SHEET("", ROW(T("Chữ")), ""), NULL));

	g_assert_cmpstr(dump, ==,
	    "* Một\n[2 rows × 3, 0 header]\nSTT | Nội dung | Chủ trì\n1 | a | b\n* Hai\nChữ\n! xlsx-hidden\n"
	    "! xlsx-hidden-sheet\n");
}

/* A form that comes back: hidden sheets, merged ranges as cells of their size, values that formulas made. */
static void
test_form(void)
{
	g_autoptr(GByteArray) file = zip_of("_rels/.rels", ROOT, "xl/workbook.xml",
	    SHEETS("<sheet name=\"Một\" r:id=\"s1\"/><sheet name=\"Kín\" state=\"hidden\" r:id=\"s2\"/>"),
	    "xl/_rels/workbook.xml.rels", RELATIONS(BOOK_RELATIONS), "xl/worksheets/sheet1.xml",
	    SHEET("",
		"<row r=\"1\">" AT("A1", "gộp")
		    AT("B2", "bị che") "</row><row r=\"3\"><c r=\"A3\"><f>1+1</f><v>2</v>"
				       "</c><c r=\"B3\"><f>1+1</f></c></row>",
		"<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"B2:C3\"/></mergeCells>"),
	    "xl/worksheets/sheet2.xml", SHEET("", ROW(T("kín")), ""), NULL);
	g_autoptr(BlockDocument) document = NULL, again = NULL;
	g_autoptr(GString) stream = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const BlockCell *cell;
	const Block *table;

	office_read_form((const char *)file->data, file->len, &document, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(document->blocks->len, ==, 4);
	table = g_ptr_array_index(document->blocks, 1);
	g_assert_cmpuint(table->table.cells->len, ==, 3);
	cell = g_ptr_array_index(table->table.cells, 0);
	g_assert_cmpint(cell->n_rows, ==, 2);
	g_assert_cmpint(cell->n_columns, ==, 2);
	g_assert_cmpint(cell->text.pieces[0].confidence, ==, 100);
	cell = g_ptr_array_index(table->table.cells, 1);
	g_assert_cmpstr(cell->text.pieces[0].text, ==, "2");
	g_assert_cmpint(cell->text.pieces[0].confidence, ==, 0);
	cell = g_ptr_array_index(table->table.cells, 2);
	g_assert_cmpstr(cell->text.pieces[0].text, ==, "=");
	blocks_write(document, stream);
	blocks_read(stream->str, stream->len, &again, &error);
	g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sheet/numbers", test_numbers);
	g_test_add_func("/sheet/dates", test_dates);
	g_test_add_func("/sheet/values", test_values);
	g_test_add_func("/sheet/1904", test_1904);
	g_test_add_func("/sheet/extent", test_extent);
	g_test_add_func("/sheet/far-cells", test_far_cells);
	g_test_add_func("/sheet/sheets", test_sheets);
	g_test_add_func("/sheet/form", test_form);
	return g_test_run();
}
