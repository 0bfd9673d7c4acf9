/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/pdf.h"
#include "reader/pdf/tests/make_pdf.h"
#include "reader/pdf/tests/support.h"

#include <string.h>

static void
test_scans(void)
{
	static const char PICTURE[] = "q 595 0 0 842 0 0 cm /I1 Do Q ";
	g_autofree char *hidden =
	    g_strconcat(PICTURE, "BT 3 Tr /F1 12 Tf 100 742 Td (Ke hoach nam) Tj ET", NULL);
	g_autofree char *behind = g_strconcat("BT /F1 12 Tf 100 742 Td (Ke hoach nam) Tj ET ", PICTURE, NULL);
	g_autofree char *stamped = g_strconcat(PICTURE, "BT /F1 12 Tf 100 742 Td (Ky boi) Tj ET", NULL);
	const struct {
		const char *content;
		bool is_scan, needs_recognition, is_hidden;
	} CASES[] = {
	    {PICTURE, true, true, false},
	    {hidden, true, false, true},
	    {behind, true, false, true},
	    {stamped, true, true, false},
	    {"q 100 0 0 100 0 0 cm /I1 Do Q BT /F1 12 Tf 100 742 Td (Ke hoach) Tj ET", false, false, false},
	    {"", false, false, false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) file = make_page(A4, CASES[i].content);
		g_autoptr(PageSet) set = read_pdf(file);
		const PageSheet *sheet = sheet_at(set, 0);

		g_test_message("%s", CASES[i].content);
		g_assert_cmpint(sheet->is_scan, ==, CASES[i].is_scan);
		g_assert_cmpint(sheet->needs_recognition, ==, CASES[i].needs_recognition);
		g_assert_cmpint(has_note(set, "pdf-hidden-text", 1), ==, CASES[i].is_hidden);
		if (CASES[i].is_hidden)
			g_assert_cmpuint(find_word(sheet, "hoach")->confidence, ==, 80);
		g_assert_cmpint(
		    set->document->source, ==, CASES[i].is_hidden ? BLOCK_SOURCE_SCAN : BLOCK_SOURCE_PDF);
	}
}

static void
test_large_picture(void)
{
	g_autoptr(GString) file =
	    make_page(A4, "q 595 0 0 300 0 0 cm /I1 Do Q BT /F1 12 Tf 100 742 Td (Ke hoach) Tj ET");
	g_autoptr(PageSet) set = read_pdf(file);

	g_assert_true(has_note(set, "pdf-picture-unread", 1));
	g_assert_false(sheet_at(set, 0)->needs_recognition);
}

/* A page in one font; `map`: its table of characters, NULL for none. The text stands in two lines. */
static GString *
make_set_in(const char *font, const char *map, const char *text)
{
	g_autofree char *content =
	    g_strdup_printf("BT /F1 6 Tf 50 742 Td 14 TL (%s) Tj T* (%s) Tj ET", text, text);
	g_autofree char *font_object =
	    g_strdup_printf("<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding %s >>",
		font, map == NULL ? "" : "/ToUnicode 6 0 R");
	PdfMaker *maker = pdf_maker_new();

	pdf_maker_add(maker, "<< /Type /Catalog /Pages 2 0 R >>");
	pdf_maker_add(maker, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
	pdf_maker_add(maker,
	    "<< /Type /Page /Parent 2 0 R " A4 " /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>");
	pdf_maker_add_stream(maker, "", content, strlen(content));
	pdf_maker_add(maker, font_object);
	if (map != NULL)
		pdf_maker_add_stream(maker, "", map, strlen(map));
	return pdf_maker_end(maker);
}

/* The letters A to Z print as they should; what they are said to be is first_code and so on. */
static GString *
make_mapped(const char *first_code, const char *text)
{
	g_autofree char *map =
	    g_strdup_printf("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
			    "1 begincodespacerange <00> <FF> endcodespacerange\n"
			    "1 beginbfrange <41> <5A> <%s> endbfrange\nendcmap end end",
		first_code);

	return make_set_in("Helvetica", map, text);
}

static void
test_broken_fonts(void)
{
	static const char TEXT[] = "UY BAN NHAN DAN XA BINH NGUYET KE HOACH TRIEN KHAI NHIEM VU TRONG TAM";
	static const struct {
		const char *first_code;
		bool is_broken;
	} CASES[] = {
	    {"0061", false}, {"E000", true}, /* private use */
	    {"0001", true},                  /* control codes */
	    {"0410", true},                  /* Cyrillic */
	    {"0062", true},                  /* shifted by one: no syllables */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) file = make_mapped(CASES[i].first_code, TEXT);
		g_autoptr(PageSet) set = read_pdf(file);

		g_test_message("%s", CASES[i].first_code);
		g_assert_cmpint(sheet_at(set, 0)->needs_recognition, ==, CASES[i].is_broken);
		g_assert_cmpint(has_note(set, "pdf-broken-font", 1), ==, CASES[i].is_broken);
	}
}

/* "Cộng hòa" as the places of the old fonts have it: by the font's name, and by the words where it has none.
 */
static void
test_legacy_fonts(void)
{
	static const struct {
		const char *font, *text;
	} CASES[] = {
	    {"ABCDEF+.VnTime", "C\351ng h\337a"},
	    {"VNI-Times", "Co\344ng ho\370a"},
	    {"Helvetica",
		"C\351ng h\337a x\267 h\351i ch\361 ngh\334a Vi\326t Nam \247\351c l\313p T\371 do "
		"H\271nh ph\363c Uy ban nh\251n d\251n x\267 k\325 ho\271ch tri\323n khai thc hi\326n "
		"nhi\326m v\364 tr\344ng t\251m n\250m nay"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) file = make_set_in(CASES[i].font, NULL, CASES[i].text);
		g_autoptr(PageSet) set = read_pdf(file);

		g_test_message("%s", CASES[i].font);
		(void)find_word(sheet_at(set, 0), "Cộng");
		(void)find_word(sheet_at(set, 0), "hòa");
		g_assert_true(has_note(set, "pdf-legacy-font", 1));
		g_assert_false(sheet_at(set, 0)->needs_recognition);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	pdf_prepare();
	g_test_add_func("/pdf-trust/scans", test_scans);
	g_test_add_func("/pdf-trust/large-picture", test_large_picture);
	g_test_add_func("/pdf-trust/broken-fonts", test_broken_fonts);
	g_test_add_func("/pdf-trust/legacy-fonts", test_legacy_fonts);
	return g_test_run();
}
