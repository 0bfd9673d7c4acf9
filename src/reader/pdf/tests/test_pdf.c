/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/pdf/pdf.h"
#include "reader/pdf/tests/make-pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#define A4 "/MediaBox [0 0 595 842]"

static PageSet *
read_pdf(const GString *file)
{
	g_autoptr(GError) error = NULL;
	PageSet *set = NULL;

	g_assert_true(pdf_read_pages(file->str, file->len, NULL, NULL, &set, &error));
	g_assert_no_error(error);
	return set;
}

static const PageSheet *
sheet_at(const PageSet *set, guint i)
{
	g_assert_cmpuint(i, <, set->sheets->len);
	return g_ptr_array_index(set->sheets, i);
}

static const PageWord *
find_word(const PageSheet *sheet, const char *text)
{
	for (guint i = 0; i < sheet->words->len; i++)
		if (g_str_equal(g_array_index(sheet->words, PageWord, i).text, text))
			return &g_array_index(sheet->words, PageWord, i);
	g_test_message("no word %s", text);
	g_test_fail();
	g_assert_not_reached();
}

static bool
has_note(const PageSet *set, const char *rule, uint32_t page)
{
	for (guint i = 0; i < set->document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(set->document->notes, i);

		if (g_str_equal(note->rule, rule) && note->page == page)
			return true;
	}
	return false;
}

static void
assert_box(BlockBox box, double left, double top, double right, double bottom, double slack)
{
	g_assert_cmpfloat_with_epsilon((double)box.left, left, slack);
	g_assert_cmpfloat_with_epsilon((double)box.top, top, slack);
	g_assert_cmpfloat_with_epsilon((double)box.right, right, slack);
	g_assert_cmpfloat_with_epsilon((double)box.bottom, bottom, slack);
}

static void
assert_rule(const PageSheet *sheet, guint i, double left, double top, double right, double bottom)
{
	g_assert_cmpuint(i, <, sheet->rules->len);
	assert_box(g_array_index(sheet->rules, PageRule, i).box, left, top, right, bottom, 1);
}

static void
test_words(void)
{
	g_autoptr(GString) file =
	    make_page(A4, "BT /F1 12 Tf 100 742 Td (Ke hoach) Tj 0 -20 Td (so 57-KH/UB) Tj ET");
	g_autoptr(PageSet) set = read_pdf(file);
	const PageSheet *sheet = sheet_at(set, 0);
	const PageWord *word = find_word(sheet, "hoach");

	g_assert_cmpuint(set->document->source, ==, BLOCK_SOURCE_PDF);
	g_assert_cmpfloat_with_epsilon((double)sheet->width, 595, 0.1);
	g_assert_cmpfloat_with_epsilon((double)sheet->height, 842, 0.1);
	g_assert_false(sheet->is_scan || sheet->needs_recognition);
	g_assert_cmpuint(sheet->words->len, ==, 4);
	assert_box(word->box, 118, 90, 152, 103, 4);
	g_assert_cmpfloat_with_epsilon((double)word->font_size, 12, 0.1);
	g_assert_cmpuint(word->confidence, ==, 100);
	(void)find_word(sheet, "57-KH/UB");
}

/* A change of font parts poppler's words where nothing is between them on paper; cells may stand apart
 * without a blank. */
static void
test_word_gaps(void)
{
	g_autoptr(GString) file = make_page(A4, "BT /F1 12 Tf 100 742 Td (dat 97) Tj /F1 11.5 Tf (%) Tj ET "
						"BT /F1 12 Tf 300 742 Td (rieng) Tj ET");
	g_autoptr(PageSet) set = read_pdf(file);

	g_assert_cmpuint(sheet_at(set, 0)->words->len, ==, 3);
	(void)find_word(sheet_at(set, 0), "97%");
	(void)find_word(sheet_at(set, 0), "rieng");
}

static cairo_status_t
take_bytes(void *data, const unsigned char *bytes, unsigned int len)
{
	g_string_append_len(data, (const char *)bytes, (gssize)len);
	return CAIRO_STATUS_SUCCESS;
}

static void
show(cairo_t *cairo, cairo_font_slant_t slant, cairo_font_weight_t weight, double y, const char *text)
{
	cairo_select_font_face(cairo, "Liberation Serif", slant, weight);
	cairo_set_font_size(cairo, 13);
	cairo_move_to(cairo, 50, y);
	cairo_show_text(cairo, text);
}

static void
test_vietnamese(void)
{
	g_autoptr(GString) file = g_string_new(NULL);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, file, 595, 842);
	cairo_t *cairo = cairo_create(surface);
	g_autoptr(PageSet) set = NULL;

	show(cairo, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL, 100, "Ủy ban nhân dân xã");
	show(cairo, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD, 130, "KẾ HOẠCH");
	show(cairo, CAIRO_FONT_SLANT_ITALIC, CAIRO_FONT_WEIGHT_NORMAL, 160, "thường xuyên");
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	set = read_pdf(file);
	g_assert_cmpuint(sheet_at(set, 0)->words->len, ==, 9);
	g_assert_false(find_word(sheet_at(set, 0), "Ủy")->is_bold);
	g_assert_true(find_word(sheet_at(set, 0), "HOẠCH")->is_bold);
	g_assert_false(find_word(sheet_at(set, 0), "HOẠCH")->is_italic);
	g_assert_true(find_word(sheet_at(set, 0), "thường")->is_italic);
}

static void
test_rules(void)
{
	static const struct {
		const char *name, *content;
		guint n_rules;
		double box[4]; /* of the first */
	} CASES[] = {
	    {"thin filled rectangle", "100 700 200 0.5 re f", 1, {100, 141.5, 300, 142}},
	    {"flat stroke", "0.5 w 100 700 m 300 700 l S", 1, {100, 141.75, 300, 142.25}},
	    {"upright stroke", "0.5 w 100 700 m 100 600 l S", 1, {99.75, 142, 100.25, 242}},
	    {"stroke under a scale", "q 0.1 0 0 0.1 0 0 cm 5 w 1000 7000 m 3000 7000 l S Q", 1,
		{100, 141.75, 300, 142.25}},
	    {"pieces end to end", "100 700 50 0.5 re f 150 700 0.5 0.5 re f 150.5 700 49.5 0.5 re f", 1,
		{100, 141.5, 200, 142}},
	    {"pieces apart", "100 700 50 0.5 re f 160 700 40 0.5 re f", 2, {100, 141.5, 150, 142}},
	    {"stroked box", "1 w 100 600 200 100 re S", 4, {100, 141.5, 300, 142.5}},
	    {"background of a cell", "0.9 g 100 600 200 100 re f", 0, {0}},
	    {"thick band", "100 700 200 12 re f", 0, {0}},
	    {"short stroke", "0.5 w 100 700 m 104 700 l S", 0, {0}},
	    {"slanting stroke", "0.5 w 100 700 m 200 650 l S", 0, {0}},
	    {"curve", "0.5 w 100 700 m 150 700 250 700 300 700 c S", 0, {0}},
	    {"thin polygon", "100 700 m 300 700 l 299.5 700.5 l 100.5 700.5 l h f", 1,
		{100, 141.5, 300, 142}},
	    {"off the page", "0.5 w 100 -50 m 300 -50 l S", 0, {0}},
	    {"only a clip", "100 700 200 0.5 re W n", 0, {0}},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *content =
		    g_strdup_printf("BT /F1 12 Tf 100 50 Td (Trang co chu) Tj ET %s", CASES[i].content);
		g_autoptr(GString) file = make_page(A4, content);
		g_autoptr(PageSet) set = read_pdf(file);

		g_test_message("%s", CASES[i].name);
		g_assert_cmpuint(sheet_at(set, 0)->rules->len, ==, CASES[i].n_rules);
		if (CASES[i].n_rules > 0)
			assert_rule(sheet_at(set, 0), 0, CASES[i].box[0], CASES[i].box[1], CASES[i].box[2],
			    CASES[i].box[3]);
	}
}

/* Turned pages are read as they are shown, and a crop box moves the origin. */
static void
test_turned_and_cropped(void)
{
	static const char CONTENT[] = "BT /F1 12 Tf 100 742 Td (Phuluc) Tj ET 100 700 200 0.5 re f";
	g_autoptr(GString) turned = make_page(A4 " /Rotate 90", CONTENT);
	g_autoptr(GString) cropped = make_page(A4 " /CropBox [50 600 550 800]", CONTENT);
	g_autoptr(PageSet) turned_set = read_pdf(turned);
	g_autoptr(PageSet) cropped_set = read_pdf(cropped);

	g_assert_cmpfloat_with_epsilon((double)sheet_at(turned_set, 0)->width, 842, 0.1);
	assert_box(find_word(sheet_at(turned_set, 0), "Phuluc")->box, 739, 100, 752, 136, 6);
	assert_rule(sheet_at(turned_set, 0), 0, 700, 100, 700.5, 300);
	g_assert_cmpfloat_with_epsilon((double)sheet_at(cropped_set, 0)->height, 200, 0.1);
	assert_box(find_word(sheet_at(cropped_set, 0), "Phuluc")->box, 50, 48, 86, 61, 5);
	assert_rule(sheet_at(cropped_set, 0), 0, 50, 99.5, 250, 100);
}

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
assert_refused(const char *bytes, size_t len, int code, const char *part)
{
	g_autoptr(GError) error = NULL;
	PageSet *set = NULL;

	g_assert_false(pdf_read_pages(bytes, len, NULL, NULL, &set, &error));
	g_assert_error(error, APP_ERROR, code);
	g_assert_null(set);
	g_assert_nonnull(strstr(error->message, part));
	g_assert_true(g_utf8_validate(error->message, -1, NULL));
}

static void
test_refused(void)
{
	g_autoptr(GString) file = make_page(A4, "");
	g_autoptr(GString) none = make_pages(0, A4, "");
	g_autoptr(GString) many = make_pages(LIMIT_PAGES + 1, A4, "");

	assert_refused("", 0, APP_ERROR_UNREADABLE, "rỗng");
	assert_refused("PK\003\004", 4, APP_ERROR_UNREADABLE, "không phải là PDF");
	assert_refused(file->str, 60, APP_ERROR_UNREADABLE, "hỏng");
	assert_refused(none->str, none->len, APP_ERROR_UNREADABLE, "không còn trang");
	assert_refused(many->str, many->len, APP_ERROR_LIMIT, "2001 trang");
}

static GString *
read_data(const char *name)
{
	g_autofree char *path = g_build_filename(PDF_TEST_DATA, name, NULL);
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;

	g_assert_true(g_file_get_contents(path, &bytes, &len, &error));
	g_assert_no_error(error);
	return g_string_new_len(bytes, (gssize)len);
}

/* A password to open is a lock; one against printing or changing is none. */
static void
test_locked(void)
{
	g_autoptr(GString) locked = read_data("locked.pdf");
	g_autoptr(GString) open = read_data("owner-locked.pdf");
	g_autoptr(PageSet) set = read_pdf(open);

	assert_refused(locked->str, locked->len, APP_ERROR_UNREADABLE, "mật khẩu");
	(void)find_word(sheet_at(set, 0), "HOACH");
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

/* A file cut anywhere is refused or read as far as it goes, and says so. */
static void
test_truncated(void)
{
	g_autoptr(GString) file = make_pages(3, A4, "BT /F1 12 Tf 100 742 Td (Ke hoach) Tj ET");

	for (size_t len = 0; len < file->len; len += 7) {
		g_autoptr(PageSet) set = NULL;
		g_autoptr(GError) error = NULL;

		if (pdf_read_pages(file->str, len, NULL, NULL, &set, &error))
			g_assert_true(has_note(set, "pdf-cut-short", 0));
		else
			g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	}
}

typedef struct {
	uint32_t n_calls, last_page, n_pages;
} Progress;

static void
count_progress(void *data, uint32_t page, uint32_t n_pages)
{
	Progress *progress = data;

	progress->n_calls++;
	progress->last_page = page;
	progress->n_pages = n_pages;
}

static void
test_many_pages(void)
{
	g_autoptr(GString) file = make_pages(60, A4, "BT /F1 12 Tf 100 742 Td (Ke hoach) Tj ET");
	g_autoptr(PageSet) set = NULL;
	Progress progress = {0};

	g_assert_true(pdf_read_pages(file->str, file->len, count_progress, &progress, &set, NULL));
	g_assert_cmpuint(set->sheets->len, ==, 60);
	g_assert_cmpuint(sheet_at(set, 59)->number, ==, 60);
	g_assert_cmpuint(sheet_at(set, 59)->words->len, ==, 2);
	g_assert_cmpuint(progress.n_calls, ==, 60);
	g_assert_cmpuint(progress.last_page, ==, 60);
	g_assert_cmpuint(progress.n_pages, ==, 60);
}

static void
test_render(void)
{
	g_autoptr(GString) file = make_page(A4, "0 g 0 0 595 842 re f");
	g_autoptr(GByteArray) png = g_byte_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(pdf_render_page(file->str, file->len, 1, 300, png, &error));
	g_assert_cmpuint(png->len, >, 24);
	g_assert_true(memcmp(png->data, "\x89PNG\r\n\x1a\n", 8) == 0);
	g_assert_true(memcmp(png->data + 16, "\0\0\x01\x2c\0\0\x01\xa9", 8) == 0); /* 300 by 425 */
	g_assert_false(pdf_render_page(file->str, file->len, 2, 300, png, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(pdf_render_page(file->str, file->len, 1, PDF_WIDTH_MAX + 1, png, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

/* fontconfig keeps what it has read until the end. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	pdf_prepare();
	g_test_add_func("/pdf/words", test_words);
	g_test_add_func("/pdf/word-gaps", test_word_gaps);
	g_test_add_func("/pdf/vietnamese", test_vietnamese);
	g_test_add_func("/pdf/rules", test_rules);
	g_test_add_func("/pdf/turned-and-cropped", test_turned_and_cropped);
	g_test_add_func("/pdf/scans", test_scans);
	g_test_add_func("/pdf/refused", test_refused);
	g_test_add_func("/pdf/locked", test_locked);
	g_test_add_func("/pdf/broken-fonts", test_broken_fonts);
	g_test_add_func("/pdf/legacy-fonts", test_legacy_fonts);
	g_test_add_func("/pdf/truncated", test_truncated);
	g_test_add_func("/pdf/many-pages", test_many_pages);
	g_test_add_func("/pdf/render", test_render);
	return g_test_run();
}
