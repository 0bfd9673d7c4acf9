/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

#include <string.h>

static void
check(const char *page, const char *expected)
{
	g_autofree char *dump = dump_read(office_read_web, page, strlen(page));

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_text(void)
{
	check("<!DOCTYPE html><title>x</title><script>a()</script><style>p{}</style><p>Một &amp; &#7845; "
	      "&nbsp; &hellip;</p>"
	      "<p>Hai<br>dòng<!-- ghi chú --></p>",
	    "Một & ấ …\nHai ¶ dòng\n");
	check("<h2>Đề mục</h2><div align=center><b>Đậm</b> <b>hết</b></div><p><b>Đậm</b> một "
	      "phần</p><p><em>Nghiêng</em></p>",
	    "##* Đề mục\n*^ Đậm hết\nĐậm một phần\n/ Nghiêng\n");
	check("<p>a\n  b<div>c</div>d", "a b\nc\nd\n");
	check("<pre>a\nb</pre><p>m<sup>2</sup></p>", "a ¶ b\nm2\n");
	check("<p hidden>a</p><p style='display: none'>b</p><span style='mso-hide:all'>c</span>d<nav>Trang "
	      "chủ</nav>",
	    "d\n~ Trang chủ\n");
	check("<p>còn <del>cũ</del><ins>mới</ins></p>", "còn mới\n! web-tracked-changes\n");
	check("", "");
	check("chữ trơn", "chữ trơn\n");
}

static void
test_styles(void)
{
	check("<style><!-- @font-face {font-family:X} @media print { .a {font-weight:normal} } /* } */\n"
	      "p.a, .b {font-weight:700; text-align:center}\n.c{text-transform:uppercase}--></style>"
	      "<p class=a>Một</p><p class='x b'>Hai</p><p class='b' style='font-weight:400'>Ba</p><p "
	      "class=c>bốn</p>",
	    "*^ Một\n*^ Hai\n^ Ba\nBỐN\n");
}

static void
test_lists(void)
{
	check("<ol><li>Một<ul><li>gạch</li></ul></li><li>Hai<ol type=a start=2><li>b<li>c</ol></li><li "
	      "value=9><p>Chín</p>"
	      "<p>đoạn hai</p></li></ol>",
	    "1. Một\n- gạch\n2. Hai\nb) b\nc) c\n9. Chín\nđoạn hai\n");
	check("<ol type=I><li>x</li></ol><ol style='list-style-type:lower-roman'><li>y</ol><ul "
	      "style='list-style:none'>"
	      "<li>1. tự gõ</ul><li>lạc</li>",
	    "I. x\ni. y\n1. tự gõ\nlạc\n");
}

static void
test_tables(void)
{
	check("<table border=1><thead><tr><th rowspan=2>STT<th colspan=2>Mục "
	      "tiêu</tr><tr><th>2026<th>2030</thead><tbody>"
	      "<tr><td>1<td>80%<td><p>90%</p><p>trở lên</p></tbody></table>",
	    "[3 rows × 3, 2 header]\nSTT{2×1} | Mục tiêu{1×2}\n2026 | 2030\n1 | 80% | 90% ¶ trở lên\n");
	check("<table border=1><caption>Phụ lục</caption><tr><td colspan=99999999>Tiêu đề<tr><td "
	      "rowspan=0>a<td>b<tr><td>c"
	      "</table>",
	    "Phụ lục\n[3 rows × 2, 0 header]\nTiêu đề{1×2}\na{2×1} | b\nc\n");
	check("<table><tr><td>Đơn<td>lẻ<td>hai<tr><td>x<td rowspan=-5>y<td>z</table>sau",
	    "[2 rows × 3, 0 header]\nĐơn | lẻ | hai\nx | y | z\nsau\n");
}

static void
test_layout_tables(void)
{
	check("<table><tr><td>ỦY BAN NHÂN DÂN<br>XÃ BÌNH NGUYỆT<td align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA "
	      "VIỆT NAM</b>"
	      "</table>",
	    "ỦY BAN NHÂN DÂN ¶ XÃ BÌNH NGUYỆT\n*^ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n");
	check("<table><tr><td>Trình đơn<td><table border=1><tr><td>STT<td>Nội "
	      "dung<tr><td>1<td>Việc</table></table>",
	    "Trình đơn\n[2 rows × 2, 0 header]\nSTT | Nội dung\n1 | Việc\n");
	/* A list in a cell begins and ends there. */
	check("<ol><li>a<table border=1><tr><td>STT<td>Nội "
	      "dung<tr><td>1<td><ul><li>x<li>y</ul></table><li>b</ol>",
	    "1. a\n[2 rows × 2, 0 header]\nSTT | Nội dung\n1 | - x ¶ - y\n2. b\n");
}

static void
test_word_processor(void)
{
	check("<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><!--[if gte mso "
	      "9]><xml><o:X>1</o:X></xml>"
	      "<![endif]--><style>p.MsoNormal{margin:0}</style></head><body lang=VI><p class=MsoNormal "
	      "align=center "
	      "style='text-align:center'><b><span lang=VI>KẾ HOẠCH<o:p></o:p></span></b></p>"
	      "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
	      "style='mso-list:Ignore'>1."
	      "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Mục đích</p>"
	      "<p style='mso-list:l1 level1 lfo2'><span style='font-family:Symbol'><span "
	      "style='mso-list:Ignore'>·<span>&nbsp;"
	      "</span></span></span>Gạch</p><p><span "
	      "style='mso-list:Ignore'>o<span>&nbsp;</span></span>Tròn</p>"
	      "<p class=MsoNormal><o:p>&nbsp;</o:p></p></body></html>",
	    "*^ KẾ HOẠCH\n1. Mục đích\n- Gạch\n- Tròn\n");
	check("<style>.lst-kix_a-0>li:before{content:\"x\"}ul.lst-kix_a-0{list-style-type:none}.c1{font-"
	      "weight:700}"
	      ".c2{font-weight:400}</style><p class=c9><span class=c1>Đậm</span></p><p><span "
	      "class='c2'>Thường</span></p>",
	    "* Đậm\nThường\n");
}

static void
check_bytes(const char *bytes, size_t len, const char *expected)
{
	g_autofree char *dump = dump_read(office_read_web, bytes, len);

	g_assert_cmpstr(dump, ==, expected);
}

static void
test_encodings(void)
{
	static const char *const NAMES[] = {"utf-16", "utf-8"};
	g_autofree char *dump = NULL;
	static const char PAGE[] = "<meta charset=windows-1258><p>K\xEA\xEC hoa\xF2"
				   "ch \xF0\xFD\xCC"
				   "c</p>";

	check_bytes(PAGE, sizeof(PAGE) - 1, "Kế hoạch đừc\n");
	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *bytes = NULL;
		gsize len;

		bytes = g_convert(
		    "\xEF\xBB\xBF<p>Kế hoạch số 57 của xã", -1, NAMES[i], "UTF-8", NULL, &len, NULL);
		check_bytes(bytes, len, "Kế hoạch số 57 của xã\n");
	}
	/* A page that is UTF-8 but says otherwise. */
	check("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>Kế hoạch",
	    "Kế hoạch\n");
	dump = dump_read(office_read_web, "<p>a\0b</p>", 9);
	g_assert_true(g_str_has_prefix(dump, "UNREADABLE: "));
}

static void
test_legacy_fonts(void)
{
	check("<p><font face='.VnTime'>Céng hßa</font> <span style='font-family:\"VNI-Times\",serif'>Coäng "
	      "hoøa</span>",
	    "Cộng hòa Cộng hòa\n! legacy-font\n! legacy-font\n");
}

static void
test_depth(void)
{
	static const char *const TAGS[] = {"<div>", "<table><tr><td>", "<ul><li>", "<b>"};

	for (size_t i = 0; i < G_N_ELEMENTS(TAGS); i++) {
		g_autoptr(GString) page = g_string_new(NULL);
		g_autofree char *dump = NULL;

		for (int n = 0; n < 5000; n++)
			g_string_append(page, TAGS[i]);
		g_string_append(page, "x");
		dump = dump_read(office_read_web, page->str, page->len);
		g_assert_true(
		    g_str_has_prefix(dump, "LIMIT: trang web có các phần lồng nhau quá nhiều tầng"));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/web/text", test_text);
	g_test_add_func("/web/styles", test_styles);
	g_test_add_func("/web/lists", test_lists);
	g_test_add_func("/web/tables", test_tables);
	g_test_add_func("/web/tables/layout", test_layout_tables);
	g_test_add_func("/web/word-processor", test_word_processor);
	g_test_add_func("/web/encodings", test_encodings);
	g_test_add_func("/web/legacy-fonts", test_legacy_fonts);
	g_test_add_func("/web/depth", test_depth);
	return g_test_run();
}
