/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ceilings.h"
#include "reader/pdf/pdf.h"
#include "reader/pdf/tests/make_pdf.h"
#include "reader/pdf/tests/support.h"

#include <cairo-pdf.h>

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
	    {"background seen through a slit", "100 700 200 0.5 re W n 0 0 595 842 re f", 1,
		{100, 141.5, 300, 142}},
	    {"begins far left of the page", "-20000 700 20300 0.5 re f", 1, {0, 141.5, 300, 142}},
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

/* What is drawn in a group, half through, is drawn. */
static void
test_groups(void)
{
	g_autoptr(GString) file = g_string_new(NULL);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, file, 595, 842);
	cairo_t *cairo = cairo_create(surface);
	g_autoptr(PageSet) set = NULL;

	show(cairo, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL, 50, "Bảng");
	cairo_rectangle(cairo, 80, 90, 300, 200);
	cairo_clip(cairo);
	cairo_push_group(cairo);
	cairo_rectangle(cairo, 100, 120, 200, 0.5);
	cairo_fill(cairo);
	cairo_pop_group_to_source(cairo);
	cairo_paint_with_alpha(cairo, 0.5);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	set = read_pdf(file);
	g_assert_cmpuint(sheet_at(set, 0)->rules->len, ==, 1);
	assert_rule(sheet_at(set, 0), 0, 100, 120, 300, 120.5);
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
test_crowded_page(void)
{
	g_autoptr(GString) content = g_string_new("BT /F1 6 Tf 7 TL 5 990 Td ");
	g_autoptr(GString) file = NULL;
	g_autoptr(PageSet) set = NULL;

	for (int line = 0; line < 110; line++) {
		g_string_append(content, "(");
		for (int word = 0; word < 200; word++)
			g_string_append(content, "an ");
		g_string_append(content, ") Tj T* ");
	}
	g_string_append(content, "ET");
	file = make_page("/MediaBox [0 0 2000 1000]", content->str);
	set = read_pdf(file);
	g_assert_cmpuint(sheet_at(set, 0)->words->len, ==, LIMIT_PAGE_WORDS);
	g_assert_true(has_note(set, "pdf-words-cut", 1));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	pdf_prepare();
	g_test_add_func("/pdf-page/words", test_words);
	g_test_add_func("/pdf-page/word-gaps", test_word_gaps);
	g_test_add_func("/pdf-page/vietnamese", test_vietnamese);
	g_test_add_func("/pdf-page/rules", test_rules);
	g_test_add_func("/pdf-page/groups", test_groups);
	g_test_add_func("/pdf-page/turned-and-cropped", test_turned_and_cropped);
	g_test_add_func("/pdf-page/crowded-page", test_crowded_page);
	return g_test_run();
}
