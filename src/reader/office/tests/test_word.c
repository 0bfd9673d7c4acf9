/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

#include <string.h>

#define WORD(tag) "<w:" tag " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
#define P(text) "<w:p><w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r></w:p>"
#define R(props, text) "<w:r><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define STYLED(style, text) \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define ITEM(list, level, text) \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list \
	"\"/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(text) "<w:tc>" P(text) "</w:tc>"
#define TCP(props, text) "<w:tc><w:tcPr>" props "</w:tcPr>" P(text) "</w:tc>"
#define BORDERS "<w:tblPr><w:tblBorders><w:top w:val=\"single\"/></w:tblBorders></w:tblPr>"

/* One body, and what is read of it. */
static void
check_body(const char *body, const char *expected)
{
	g_autofree char *dump = dump_word(docx_of(body, NULL));

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_paragraphs(void)
{
	check_body(P("Một") "<w:p/>" P("") P("Hai"), "Một\nHai\n");
	check_body("<w:p><w:pPr><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"1\"/></w:pPr>" R(
		       "<w:b/><w:i/>", "Đề mục") "</w:p>",
	    "##*/^ Đề mục\n");
	check_body("<w:p>" R("<w:b/>", "Đậm ") R("", "thường") "</w:p>", "Đậm thường\n");
	check_body("<w:p>" R("<w:b/>", "Đậm") R("", " ") "</w:p>", "* Đậm\n");
	check_body("<w:p>" R("<w:b w:val=\"false\"/>", "Thường") "</w:p>", "Thường\n");
	check_body("<w:p>" R("<w:caps/>", "mục đích") "</w:p>", "MỤC ĐÍCH\n");
	check_body("<w:p>" R("<w:vanish/>", "ẩn") R("", "hiện") "</w:p>", "hiện\n");
	/* A letter whose mark stands in the next run is one letter. */
	check_body("<w:p>" R("", "thu\xCC\x89") R("<w:b/>", " a\xCC\x81") "</w:p>", "thủ á\n");
}

static void
test_marks(void)
{
	check_body("<w:p><w:r><w:t>57</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t><w:tab/><w:t>và"
		   "</w:t><w:br/><w:t>dòng hai</w:t><w:cr/></w:r></w:p>",
	    "57-NQ/TW và ¶ dòng hai\n");
	check_body(P("số\xC2\xAD hóa\xC2\xA0 x\xE2\x80\x8Bã 57\xE2\x80\x91NQ"), "số hóa xã 57-NQ\n");
	check_body(
	    "<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t> 95%</w:t></w:r></w:p>", "≥ 95%\n");
	check_body(
	    "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t> Có</w:t></w:r></w:p>", "☑ Có\n");
	check_body(P("\xEF\x82\xA3 5%"), "≤ 5%\n");
	check_body(
	    "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r><w:r><w:lastRenderedPageBreak/>"
	    "<w:t>b</w:t></w:r></w:p>",
	    "a ¶ b\n");
}

static const char STYLES[] =
    WORD("styles") "<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault>"
		   "</w:docDefaults>"
		   "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>"
		   "<w:rPr><w:i w:val=\"0\"/></w:rPr></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"u1\"><w:name w:val=\"Heading 1\"/><w:basedOn "
		   "w:val=\"a\"/>"
		   "<w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"muc\"><w:name w:val=\"Mục lớn\"/><w:basedOn "
		   "w:val=\"u1\"/></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"m2\"><w:name w:val=\"Mục nhỏ\"/><w:basedOn "
		   "w:val=\"muc\"/>"
		   "<w:pPr><w:jc w:val=\"left\"/><w:outlineLvl w:val=\"1\"/></w:pPr><w:rPr><w:b "
		   "w:val=\"0\"/></w:rPr></w:style>"
		   "<w:style w:type=\"character\" w:styleId=\"dam\"><w:name "
		   "w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"v1\"><w:name w:val=\"Vòng 1\"/><w:basedOn "
		   "w:val=\"v2\"/></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"v2\"><w:name w:val=\"Vòng 2\"/><w:basedOn "
		   "w:val=\"v1\"/></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"t1\"><w:name w:val=\"toc 1\"/></w:style>"
		   "<w:style w:type=\"table\" w:styleId=\"ke\"><w:name w:val=\"Table "
		   "Grid\"/><w:tblPr><w:tblBorders>"
		   "<w:top w:val=\"single\"/></w:tblBorders></w:tblPr></w:style>"
		   "<w:style w:type=\"table\" w:styleId=\"ke2\"><w:name w:val=\"Lưới\"/><w:basedOn "
		   "w:val=\"ke\"/></w:style>"
		   "</w:styles>";

static void
check_styled(const char *body, const char *expected)
{
	g_autofree char *dump = dump_word(docx_of(body, "word/styles.xml", STYLES, NULL));

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_styles(void)
{
	check_styled(P("Thường"), "Thường\n");
	check_styled(STYLED("u1", "Một"), "#*^ Một\n");
	check_styled(STYLED("muc", "Thừa kế tên"), "#*^ Thừa kế tên\n");
	check_styled(STYLED("m2", "Ghi đè"), "## Ghi đè\n");
	check_styled("<w:p>" R("<w:rStyle w:val=\"dam\"/>", "Kiểu chữ") "</w:p>", "* Kiểu chữ\n");
	/* Bold upon bold is plain. */
	check_styled(
	    "<w:p><w:pPr><w:pStyle w:val=\"u1\"/></w:pPr>" R("<w:rStyle w:val=\"dam\"/>", "x") "</w:p>",
	    "#^ x\n");
	check_styled(STYLED("v1", "Vòng"), "/ Vòng\n");
	check_styled(STYLED("khong-co", "Lạ"), "Lạ\n");
	check_styled(STYLED("t1", "I. MỤC ĐÍCH 2"), "~/ I. MỤC ĐÍCH 2\n");
	/* Borders that come by the style make a table of one row data. */
	check_styled("<w:tbl><w:tblPr><w:tblStyle w:val=\"ke2\"/></w:tblPr><w:tr>" TC("a")
			 TC("b") "</w:tr></w:tbl>",
	    "[1 rows × 2, 0 header]\na | b\n");
}

static const char NUMBERING[] = WORD(
    "numbering") "<w:abstractNum w:abstractNumId=\"0\">"
		 "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText "
		 "w:val=\"%1.\"/></w:lvl>"
		 "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
		 "w:val=\"%2.\"/></w:lvl>"
		 "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
		 "w:val=\"%2.%3.\"/></w:lvl>"
		 "<w:lvl w:ilvl=\"3\"><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%4)\"/></w:lvl>"
		 "<w:lvl w:ilvl=\"4\"><w:start w:val=\"1\"/><w:numFmt "
		 "w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%5\"/>"
		 "<w:lvlRestart w:val=\"0\"/></w:lvl></w:abstractNum>"
		 "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/>"
		 "<w:lvlText w:val=\"\xEF\x82\xB7\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"bullet\"/>"
		 "<w:lvlText w:val=\"+\"/></w:lvl></w:abstractNum>"
		 "<w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"ds\"/><w:lvl "
		 "w:ilvl=\"0\"><w:start w:val=\"3\"/>"
		 "<w:numFmt w:val=\"decimalZero\"/><w:lvlText w:val=\"Điều %1:\"/></w:lvl></w:abstractNum>"
		 "<w:abstractNum w:abstractNumId=\"3\"><w:numStyleLink w:val=\"ds\"/></w:abstractNum>"
		 "<w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
		 "w:val=\"decimal\"/>"
		 "<w:lvlText w:val=\"%1.\"/><w:pStyle w:val=\"so1\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start "
		 "w:val=\"1\"/>"
		 "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2.\"/><w:pStyle "
		 "w:val=\"so2\"/></w:lvl></w:abstractNum>"
		 "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
		 "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>"
		 "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num>"
		 "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride "
		 "w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>"
		 "</w:lvlOverride></w:num>"
		 "<w:num w:numId=\"5\"><w:abstractNumId w:val=\"4\"/></w:num>"
		 "<w:num w:numId=\"6\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:lvl "
		 "w:ilvl=\"0\">"
		 "<w:start w:val=\"27\"/><w:numFmt w:val=\"upperLetter\"/><w:lvlText "
		 "w:val=\"%1/\"/></w:lvl></w:lvlOverride></w:num>"
		 "</w:numbering>";

static const char NUMBERED_STYLES[] =
    WORD("styles") "<w:style w:type=\"paragraph\" w:styleId=\"so1\"><w:name w:val=\"Số 1\"/><w:pPr><w:numPr>"
		   "<w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>"
		   "<w:style w:type=\"paragraph\" w:styleId=\"so2\"><w:name w:val=\"Số 2\"/><w:basedOn "
		   "w:val=\"so1\"/></w:style>"
		   "</w:styles>";

static void
check_numbered(const char *body, const char *expected)
{
	g_autofree char *dump = dump_word(
	    docx_of(body, "word/numbering.xml", NUMBERING, "word/styles.xml", NUMBERED_STYLES, NULL));

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_numbering(void)
{
	check_numbered(ITEM("1", "0", "A") ITEM("1", "1", "B") ITEM("1", "2", "C") ITEM("1", "2", "D")
			   ITEM("1", "3", "E") ITEM("1", "1", "F") ITEM("1", "2", "G") ITEM("1", "0", "H")
			       ITEM("1", "1", "I"),
	    "I. A\n1. B\n1.1. C\n1.2. D\na) E\n2. F\n2.1. G\nII. H\n1. I\n");
	/* A level that never restarts, and whose numbers are all decimal. */
	check_numbered(ITEM("1", "0", "A") ITEM("1", "4", "B") ITEM("1", "0", "C") ITEM("1", "4", "D"),
	    "I. A\n1.1 B\nII. C\n2.2 D\n");
	check_numbered(ITEM("2", "0", "Gạch") ITEM("2", "1", "Cộng"), "- Gạch\n+ Cộng\n");
	check_numbered(ITEM("3", "0", "A") ITEM("3", "0", "B"), "Điều 03: A\nĐiều 04: B\n");
	check_numbered(ITEM("6", "0", "A") ITEM("6", "0", "B"), "AA/ A\nBB/ B\n");
	check_numbered(ITEM("99", "0", "A") ITEM("0", "0", "B"), "A\nB\n");
}

static void
test_numbering_restart(void)
{
	/* Another list of the same look goes on; one with a start of its own begins again, once. */
	check_numbered(ITEM("1", "0", "A") ITEM("1", "0", "B") ITEM("4", "0", "C") ITEM("4", "0", "D"),
	    "I. A\nII. B\nI. C\nII. D\n");
	check_numbered(ITEM("4", "0", "A") ITEM("1", "0", "B"), "I. A\nII. B\n");
	/* A level that begins without the one above it shows that one's first number. */
	check_numbered(ITEM("1", "2", "A"), "1.1. A\n");
}

static void
test_numbering_by_style(void)
{
	check_numbered(STYLED("so1", "A") STYLED("so2", "B") STYLED("so2", "C") STYLED("so1", "D"),
	    "1. A\n1.1. B\n1.2. C\n2. D\n");
	/* Switched off for one paragraph. */
	check_numbered(
	    "<w:p><w:pPr><w:pStyle w:val=\"so1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r>"
	    "<w:t>A</w:t></w:r></w:p>" STYLED("so1", "B"),
	    "A\n1. B\n");
	/* Empty paragraphs count but do not show, except where a table numbers its rows so. */
	check_numbered(STYLED("so1", "") STYLED("so1", "B"), "2. B\n");
	check_numbered("<w:tbl>" BORDERS "<w:tr>" TC("STT") TC("Nội dung") "</w:tr><w:tr><w:tc>" STYLED(
			   "so1", "") "</w:tc>" TC("Việc một") "</w:tr><w:tr><w:tc>" STYLED("so1",
			   "") "</w:tc>" TC("Việc hai") "</w:tr></w:tbl>",
	    "[3 rows × 2, 0 header]\nSTT | Nội dung\n1. | Việc một\n2. | Việc hai\n");
}

static void
test_tables(void)
{
	check_body("<w:tbl>" BORDERS
		   "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"900\"/>"
		   "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>" TCP(
		       "<w:vMerge w:val=\"restart\"/>", "TT") TCP("<w:gridSpan w:val=\"2\"/>",
		       "Mục tiêu") "</w:tr><w:tr><w:trPr><w:tblHeader/></w:trPr>" TCP("<w:vMerge/>", "")
		       TC("2026") TC("2030") "</w:tr><w:tr>" TC("1") TC("80%") TC("90%") "</w:tr></w:tbl>",
	    "[3 rows × 3, 2 header]\nTT{2×1} | Mục tiêu{1×2}\n2026 | 2030\n1 | 80% | 90%\n");
	/* The older way to merge, cells that begin further right, several paragraphs in one cell. */
	check_body(
	    "<w:tbl>" BORDERS "<w:tr>" TCP("<w:hMerge w:val=\"restart\"/>", "Gộp") TCP("<w:hMerge/>", "")
		TC("c") "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" TC("b2") "<w:tc>" P("c2")
		    P("") P("dòng") "</w:tc></w:tr><w:tr>" TC("a3") TC("b3") TC("c3") "</w:tr></w:tbl>",
	    "[3 rows × 3, 0 header]\nGộp{1×2} | c\nb2 | c2 ¶ dòng\na3 | b3 | c3\n");
}

static void
test_table_columns(void)
{
	/* Spans of columns in which nothing begins, however many. */
	check_body("<w:tbl>" BORDERS "<w:tr>" TCP("<w:gridSpan w:val=\"16384\"/>",
		       "Tiêu đề") "</w:tr><w:tr>" TCP("<w:gridSpan w:val=\"3\"/>", "a")
		       TCP("<w:gridSpan w:val=\"2000000000\"/>", "b") "</w:tr></w:tbl>",
	    "[2 rows × 2, 0 header]\nTiêu đề{1×2}\na | b\n");
	/* Borders that miss each other by a hair. */
	check_body("<w:tbl>" BORDERS
		   "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"20\"/><w:gridCol w:w=\"900\"/>"
		   "</w:tblGrid><w:tr>" TCP("<w:gridSpan w:val=\"2\"/>", "a") TC("b") "</w:tr><w:tr>" TC("c")
		       TCP("<w:gridSpan w:val=\"2\"/>", "d") "</w:tr></w:tbl>",
	    "[2 rows × 2, 0 header]\na | b\nc | d\n");
	/* A merge that goes on with nothing is a cell of its own. */
	check_body("<w:tbl>" BORDERS "<w:tr>" TCP("<w:vMerge/>", "a") TC("b") "</w:tr><w:tr>" TCP(
		       "<w:vMerge/><w:gridSpan w:val=\"2\"/>", "c") "</w:tr></w:tbl>",
	    "[2 rows × 2, 0 header]\na | b\nc{1×2}\n");
}

static void
test_nested_tables(void)
{
	check_body("<w:tbl>" BORDERS "<w:tr>" TC("STT") TC("Nội dung") TC("Kết quả") "</w:tr><w:tr>" TC("1")
		       TC("Việc") "<w:tc>" P("Trước") "<w:tbl><w:tr>" TC("2026") TC("80%") "</w:tr><w:tr>" TC(
			   "2027") TC("90%") "</w:tr></w:tbl>" P("Sau") "</w:tc></w:tr></w:tbl>",
	    "[2 rows × 3, 0 header]\nSTT | Nội dung | Kết quả\n1 | Việc | Trước ¶ 2026 80% ¶ 2027 90% ¶ "
	    "Sau\n");
	/* A frame around a table. */
	check_body("<w:tbl>" BORDERS "<w:tr><w:tc>" P("Khung") "<w:tbl>" BORDERS "<w:tr>" TC("a")
		       TC("b") "</w:tr><w:tr>" TC("c") TC("d") "</w:tr></w:tbl></w:tc></w:tr></w:tbl>",
	    "Khung\n[2 rows × 2, 0 header]\na | b\nc | d\n");
}

static void
test_layout_tables(void)
{
	check_body("<w:tbl><w:tr>" TC("ỦY BAN NHÂN DÂN")
		       TC("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") "</w:tr><w:tr>" TC("Số: 1/KH-UBND")
			   TC("Bình Nguyệt, ngày 01 tháng 7 năm 2026") "</w:tr></w:tbl>" P("KẾ HOẠCH"),
	    "ỦY BAN NHÂN DÂN\nSố: 1/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
	    "Bình Nguyệt, ngày 01 tháng 7 năm 2026\nKẾ HOẠCH\n");
	check_body("<w:tbl>" BORDERS "<w:tr><w:tc>" P("Nơi nhận:")
		       P("- Lưu: VT.") "</w:tc>" TC("TM. ỦY BAN NHÂN DÂN") "</w:tr></w:tbl>",
	    "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\n");
	/* A table of data may look like one. */
	check_body("<w:tbl><w:tr>" TC("Nội dung") TC("Chủ trì") "</w:tr></w:tbl>",
	    "[1 rows × 2, 0 header]\nNội dung | Chủ trì\n");
}

static void
test_tracked_changes(void)
{
	check_body("<w:p>" R("", "Đạt ") "<w:del w:id=\"1\"><w:r><w:delText>80</w:delText></w:r></w:del>"
					 "<w:ins w:id=\"2\">" R("", "90") "</w:ins>" R("", "%") "</w:p>",
	    "Đạt 90%\n! docx-tracked-changes\n");
	/* The end of a paragraph deleted: it goes on with the next. */
	check_body(
	    "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>Một </w:t></w:r></w:p>" P("hai"),
	    "Một hai\n! docx-tracked-changes\n");
	check_body("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>Cuối</w:t></w:r></w:p>",
	    "Cuối\n! docx-tracked-changes\n");
	check_body("<w:moveFrom w:id=\"1\">" P("đi") "</w:moveFrom><w:p><w:moveFrom w:id=\"3\">" R(
		       "", "cũ") "</w:moveFrom><w:moveTo w:id=\"2\">" R("", "mới") "</w:moveTo></w:p>",
	    "mới\n! docx-tracked-changes\n");
	check_body("<w:tbl>" BORDERS "<w:tr>" TC("a")
		       TC("b") "</w:tr><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>" TC("x")
			   TC("y") "</w:tr><w:tr><w:trPr><w:ins w:id=\"1\"/></w:trPr>" TC("c")
			       TC("d") "</w:tr></w:tbl>",
	    "[2 rows × 2, 0 header]\na | b\nc | d\n! docx-tracked-changes\n");
	/* What the look was before is nobody's business. */
	check_body(
	    "<w:p><w:pPr><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr></w:pPr><w:r><w:rPr>"
	    "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>còn</w:t></w:r></w:p>",
	    "còn\n");
}

static void
test_tracked_note(void)
{
	g_autoptr(GByteArray) file = docx_of(
	    "<w:p><w:ins>" R("", "a") "</w:ins><w:del><w:r/></w:del><w:del><w:r/></w:del></w:p>", NULL);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;
	const BlockNote *note;

	g_assert_true(office_read_word((const char *)file->data, file->len, &document, &error));
	g_assert_no_error(error);
	note = g_ptr_array_index(document->notes, 0);
	g_assert_nonnull(strstr(note->message, "1 chỗ thêm và 2 chỗ xóa"));
}

#define BOX(text) "<w:txbxContent>" P(text) "</w:txbxContent>"

static void
test_text_boxes(void)
{
	check_body(
	    "<w:p><w:r><w:t>Thân</w:t><mc:AlternateContent xmlns:mc=\"urn:mc\"><mc:Choice Requires=\"wps\">"
	    "<w:drawing><wps:wsp xmlns:wps=\"urn:wps\"><wps:txbx>" BOX(
		"Hộp") "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox "
		       "xmlns:v=\"urn:v\">" BOX("Hộp") "</v:textbox></w:pict></mc:Fallback></"
						       "mc:AlternateContent></w:r></w:p>" P("Sau"),
	    "Thân\nHộp\nSau\n");
	/* The first form says nothing: the second counts. */
	check_body("<w:p><w:r><mc:AlternateContent xmlns:mc=\"urn:mc\"><mc:Choice "
		   "Requires=\"x\"><w:drawing/></mc:Choice>"
		   "<mc:Fallback><w:pict><v:textbox xmlns:v=\"urn:v\">" BOX(
		       "Dự phòng") "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
	    "Dự phòng\n");
}

static void
test_controls_and_fields(void)
{
	check_body("<w:sdt><w:sdtPr/><w:sdtContent>" P(
		       "Khối") "</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/>"
			       "</w:sdtPr><w:sdtContent>" R(
				   "", "Bấm vào đây") "</w:sdtContent></w:sdt><w:sdt><w:sdtContent>" R("",
				   "dòng") "</w:sdtContent></w:sdt></w:p>",
	    "Khối\ndòng\n");
	check_body("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF x "
		   "</w:instrText><w:t>ẩn</w:t>"
		   "</w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>3</w:t></w:r><w:r>"
		   "<w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t> mục</w:t></w:r></w:p>",
	    "3 mục\n");
	check_body("<w:p><w:fldSimple w:instr=\"NUMPAGES\">" R("", "7") "</w:fldSimple><w:hyperlink>" R(
		       "", " nơi") "</w:hyperlink><w:smartTag>" R("", " xã") "</w:smartTag></w:p>",
	    "7 nơi xã\n");
	check_body("<w:tbl>" BORDERS "<w:sdt><w:sdtContent><w:tr>" TC("a") "<w:sdt><w:sdtContent>" TC(
		       "b") "</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt><w:tr>" TC("c")
		       TC("d") "</w:tr></w:tbl>",
	    "[2 rows × 2, 0 header]\na | b\nc | d\n");
	check_body(P("a") "<w:altChunk/>", "a\n! docx-foreign-part\n");
}

static void
test_margins_and_notes(void)
{
	g_autofree char *dump = dump_word(docx_of(
	    "<w:p>" R("", "Đạt 95%") "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", "word/header.xml",
	    WORD("hdr") P("Trang 2") "</w:hdr>", "word/footer.xml", WORD("ftr") P("Chân") "</w:ftr>",
	    "word/footnotes.xml",
	    WORD("footnotes") "<w:footnote w:type=\"separator\" w:id=\"0\">" P(
		"---") "</w:footnote><w:footnote w:id=\"2\">" P("Theo báo cáo") "</w:footnote></w:footnotes>",
	    "word/endnotes.xml",
	    WORD("endnotes") "<w:endnote w:id=\"2\">" P("Cuối") "</w:endnote></w:endnotes>", NULL));

	g_assert_cmpstr(
	    dump, ==, "~ Trang 2\nĐạt 95%\n~ Chân\n~ Chú thích 1: Theo báo cáo\n~ Chú thích cuối 1: Cuối\n");
}

static void
test_legacy_fonts(void)
{
	check_body("<w:p>" R("<w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/>", "KÕ ho¹ch ")
		       R("<w:rFonts w:ascii=\".VnTimeH\"/>", "x· ") R("<w:rFonts w:ascii=\"VNI-Times\"/>",
			   "Coäng hoøa ") R("<w:rFonts w:ascii=\"Times New Roman\"/>", "số 57") "</w:p>",
	    "Kế hoạch XÃ Cộng hòa số 57\n! legacy-font\n! legacy-font\n! legacy-font\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/word/paragraphs", test_paragraphs);
	g_test_add_func("/word/marks", test_marks);
	g_test_add_func("/word/styles", test_styles);
	g_test_add_func("/word/numbering", test_numbering);
	g_test_add_func("/word/numbering/restart", test_numbering_restart);
	g_test_add_func("/word/numbering/by-style", test_numbering_by_style);
	g_test_add_func("/word/tables", test_tables);
	g_test_add_func("/word/tables/columns", test_table_columns);
	g_test_add_func("/word/tables/nested", test_nested_tables);
	g_test_add_func("/word/tables/layout", test_layout_tables);
	g_test_add_func("/word/tracked-changes", test_tracked_changes);
	g_test_add_func("/word/tracked-changes/note", test_tracked_note);
	g_test_add_func("/word/text-boxes", test_text_boxes);
	g_test_add_func("/word/controls-and-fields", test_controls_and_fields);
	g_test_add_func("/word/legacy-fonts", test_legacy_fonts);
	g_test_add_func("/word/margins-and-notes", test_margins_and_notes);
	return g_test_run();
}
