/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/ocr/ocr.h"
#include "reader/ocr/pix.h"
#include "reader/ocr/roman.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* A page of a fictional commune's plan is drawn, turned into a picture file, and read. */

#define WIDTH 1170 /* pixels: half of a sheet of A4 at 200 dpi, lying */
#define HEIGHT 827
#define RESOLUTION 200

static OcrEngine *engine;

/* Asked by the leak sanitizer: what the font library keeps until the program ends. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}

static void
draw_text(cairo_t *context, double x, double y, const char *text)
{
	PangoLayout *layout = pango_cairo_create_layout(context);
	PangoFontDescription *font = pango_font_description_from_string("Liberation Serif");

	pango_font_description_set_absolute_size(font, 13.0 * RESOLUTION / 72 * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, text, -1);
	cairo_move_to(context, x, y);
	pango_cairo_show_layout(context, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
}

static const double COLUMNS[] = {80, 190, 620, 900, 1090}, ROWS[] = {200, 290, 380, 470};

static void
draw_table(cairo_t *context)
{
	static const char *const CELLS[3][4] = {{"STT", "Nội dung công việc", "Cơ quan", "Thời hạn"},
	    {"2.1", "Rà soát thủ tục hành chính", "Văn phòng", "9/2026"},
	    {"2.2", "Tổ chức tập huấn kỹ năng số", "", "2027"}};

	cairo_set_line_width(context, 2);
	for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
		cairo_move_to(context, COLUMNS[0], ROWS[i]);
		cairo_line_to(context, COLUMNS[4], ROWS[i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
		cairo_move_to(context, COLUMNS[i], ROWS[0]);
		cairo_line_to(context, COLUMNS[i], ROWS[3]);
	}
	cairo_stroke(context);
	for (size_t row = 0; row < 3; row++)
		for (size_t column = 0; column < 4; column++)
			draw_text(context, COLUMNS[column] + 14, ROWS[row] + 22, CELLS[row][column]);
}

static cairo_status_t
collect(void *closure, const unsigned char *bytes, unsigned len)
{
	g_byte_array_append(closure, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void
draw_nothing(cairo_t *context)
{
	(void)context;
}

static void
draw_plan(cairo_t *context)
{
	draw_text(context, 120, 90, "Danh mục nhiệm vụ chuyển đổi số của xã Bình Nguyệt");
	draw_text(context, 120, 540, "Các thôn gửi báo cáo về Văn phòng trước ngày 25 hằng tháng,");
	draw_text(context, 120, 600, "để tổng hợp và trình Chủ tịch Ủy ban nhân dân xã xem xét.");
	draw_table(context);
}

/* The name has an acute where the model, too, often sees one in place of the hook. */
static void
draw_agency(cairo_t *context)
{
	draw_text(context, 120, 90, "Giao Ban Quản lý chợ Cấm Thủy phối hợp với Văn phòng");
	draw_text(context, 120, 150, "tổ chức thực hiện các nhiệm vụ chuyển đổi số trong năm.");
}

/* The page as a picture in memory. */
static PIX *
draw_page(void (*draw)(cairo_t *context))
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
	cairo_t *context = cairo_create(surface);
	g_autoptr(GByteArray) png = g_byte_array_new();
	PIX *pix;

	cairo_set_source_rgb(context, 1, 1, 1);
	cairo_paint(context);
	cairo_set_source_rgb(context, 0, 0, 0);
	draw(context);
	g_assert_cmpint(cairo_surface_write_to_png_stream(surface, collect, png), ==, CAIRO_STATUS_SUCCESS);
	cairo_destroy(context);
	cairo_surface_destroy(surface);
	pix = pixReadMem(png->data, png->len);
	g_assert_nonnull(pix);
	return pix;
}

static GBytes *
encode(PIX *pix, l_int32 format)
{
	l_uint8 *bytes = NULL;
	size_t len = 0;
	GBytes *copy;

	pixSetResolution(pix, RESOLUTION, RESOLUTION);
	g_assert_cmpint(pixWriteMem(&bytes, &len, pix, format), ==, 0);
	copy = g_bytes_new(bytes, len);
	lept_free(bytes);
	return copy;
}

static PageSet *
read_ok(GBytes *file, uint32_t page)
{
	PageSet *set = NULL;
	g_autoptr(GError) error = NULL;
	size_t len;
	const char *bytes = g_bytes_get_data(file, &len);

	g_assert_true(ocr_read_page(engine, bytes, len, page, &set, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(set->sheets->len, ==, 1);
	return set;
}

static void
assert_refused(const char *bytes, size_t len, uint32_t page, int code, const char *says)
{
	PageSet *set = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_false(ocr_read_page(engine, bytes, len, page, &set, &error));
	g_assert_error(error, APP_ERROR, code);
	g_assert_nonnull(strstr(error->message, says));
	g_assert_null(set);
}

static const PageWord *
find_word(const PageSet *set, const char *text)
{
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);

	for (guint i = 0; i < sheet->words->len; i++) {
		const PageWord *word = &g_array_index(sheet->words, PageWord, i);

		if (strcmp(word->text, text) == 0)
			return word;
	}
	return NULL;
}

static bool
has_note(const PageSet *set, const char *rule)
{
	for (guint i = 0; i < set->document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(set->document->notes, i);

		if (strcmp(note->rule, rule) == 0 && note->page == 1)
			return true;
	}
	return false;
}

static unsigned
count_rules(const PageSheet *sheet, bool is_across)
{
	unsigned n = 0;

	for (guint i = 0; i < sheet->rules->len; i++) {
		const BlockBox *box = &g_array_index(sheet->rules, PageRule, i).box;

		n += (box->right - box->left > box->bottom - box->top) == is_across;
	}
	return n;
}

/* In points; half a line of text. */
static void
assert_near(float value, double pixels)
{
	g_assert_cmpfloat(fabs((double)value - pixels * 72 / RESOLUTION), <, 7);
}

static void
assert_page_read(const PageSet *set)
{
	static const char *const WORDS[] = {"chuyển", "đổi", "Nguyệt", "STT", "Nội", "Rà", "soát", "thủ",
	    "tục", "Văn", "2.1", "2.2", "9/2026", "2027", "Tổ", "chức", "huấn", "kỹ", "tổng", "hợp", "xét."};
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);
	const PageWord *word = find_word(set, "2027");

	g_assert_true(sheet->is_scan);
	for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
		if (find_word(set, WORDS[i]) == NULL)
			g_error("not read: %s", WORDS[i]);
	g_assert_cmpuint(count_rules(sheet, true), ==, G_N_ELEMENTS(ROWS));
	g_assert_cmpuint(count_rules(sheet, false), ==, G_N_ELEMENTS(COLUMNS));
	assert_near(word->box.left, COLUMNS[3] + 14);
	assert_near((word->box.top + word->box.bottom) / 2, ROWS[2] + 45);
	g_assert_cmpfloat(word->font_size, >, 0);
}

/* Nothing is read out of the cell in the last row that has nothing in it. */
static void
assert_cell_empty(const PageSet *set)
{
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);
	const float scale = 72.0f / RESOLUTION;

	for (guint i = 0; i < sheet->words->len; i++) {
		const BlockBox *box = &g_array_index(sheet->words, PageWord, i).box;

		g_assert_false(box->left > (float)COLUMNS[2] * scale &&
			       box->right < (float)COLUMNS[3] * scale && box->top > (float)ROWS[2] * scale &&
			       box->bottom < (float)ROWS[3] * scale);
	}
}

static void
test_table(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(GBytes) png = encode(pix, IFF_PNG);
	g_autoptr(PageSet) set = read_ok(png, 1);
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);

	assert_page_read(set);
	assert_cell_empty(set);
	g_assert_cmpint((int)fabsf(sheet->width - WIDTH * 72.0f / RESOLUTION), ==, 0);
	g_assert_cmpint((int)fabsf(sheet->height - HEIGHT * 72.0f / RESOLUTION), ==, 0);
	g_assert_cmpuint(set->document->notes->len, ==, 0);
}

static void
test_skewed(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(PIX) gray = pixConvertTo8(pix, 0);
	g_autoptr(PIX) skewed = pixRotateAMGray(gray, (float)(G_PI / 180), 255);
	g_autoptr(GBytes) jpeg = encode(skewed, IFF_JFIF_JPEG);
	g_autoptr(PageSet) set = read_ok(jpeg, 1);

	assert_page_read(set);
}

static void
test_upside_down(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(PIX) turned = pixRotate180(NULL, pix);
	g_autoptr(GBytes) png = encode(turned, IFF_PNG);
	g_autoptr(PageSet) set = read_ok(png, 1);

	assert_page_read(set);
	g_assert_true(has_note(set, "scan-rotated"));
	g_assert_cmpuint(((const PageSheet *)g_ptr_array_index(set->sheets, 0))->turns, ==, 2);
}

static void
test_sideways(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(PIX) turned = pixRotate90(pix, 1);
	g_autoptr(GBytes) png = encode(turned, IFF_PNG);
	g_autoptr(PageSet) set = read_ok(png, 1);
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);

	assert_page_read(set);
	g_assert_true(has_note(set, "scan-rotated"));
	g_assert_cmpuint(sheet->turns, ==, 3); /* what was turned by one is put right by three */
	g_assert_cmpfloat(sheet->width, >, sheet->height);
}

static void
test_agencies(void)
{
	static const char *const AGENCIES[] = {"Ban Quản lý chợ Cẩm Thủy", NULL};
	const OcrOptions options = {.agencies = AGENCIES};
	g_autoptr(OcrEngine) told = NULL;
	g_autoptr(PIX) pix = draw_page(draw_agency);
	g_autoptr(GBytes) png = encode(pix, IFF_PNG);
	g_autoptr(PageSet) untold = read_ok(png, 1), set = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_nonnull(find_word(untold, "Cấm"));
	g_assert_true(ocr_engine_new(&options, &told, &error));
	g_assert_true(
	    ocr_read_page(told, g_bytes_get_data(png, NULL), g_bytes_get_size(png), 1, &set, &error));
	g_assert_no_error(error);
	g_assert_null(find_word(set, "Cấm"));
	g_assert_nonnull(find_word(set, "Cẩm"));
	g_assert_cmpuint(find_word(set, "Cẩm")->confidence, <, 80); /* shown for review */
}

static void
test_blank(void)
{
	g_autoptr(PIX) pix = draw_page(draw_nothing);
	g_autoptr(GBytes) png = encode(pix, IFF_PNG);
	g_autoptr(PageSet) set = read_ok(png, 1);
	const PageSheet *sheet = g_ptr_array_index(set->sheets, 0);

	g_assert_cmpuint(sheet->words->len, ==, 0);
	g_assert_true(has_note(set, "scan-no-text"));
}

static void
test_damaged(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(GBytes) png = encode(pix, IFF_PNG);
	g_autoptr(GBytes) jpeg = encode(pix, IFF_JFIF_JPEG);
	g_autoptr(GBytes) half = g_bytes_new_from_bytes(jpeg, 0, g_bytes_get_size(jpeg) / 2);
	g_autoptr(PageSet) set = NULL;
	const char *bytes = g_bytes_get_data(png, NULL);

	assert_refused(bytes, g_bytes_get_size(png) / 2, 1, APP_ERROR_UNREADABLE, "hỏng");
	assert_refused(bytes, 20, 1, APP_ERROR_UNREADABLE, "hỏng");
	assert_refused("", 0, 1, APP_ERROR_UNREADABLE, "rỗng");
	assert_refused("GIF89a\1\0\1\0\0\0\0\0\0\0\0\0", 18, 1, APP_ERROR_UNREADABLE, "TIFF");
	assert_refused("%PDF-1.7 và không có gì nữa", 28, 1, APP_ERROR_UNREADABLE, "PDF");
	set = read_ok(half, 1);
	g_assert_true(has_note(set, "scan-damaged"));
}

static void
test_numerals(void)
{
	static const struct {
		const char *text;
		int n_strokes;
		const char *expected;
	} CASES[] = {{"IH.", 2, "II."}, {"H.", 2, "II."}, {"HI.", 3, "III."}, {"VH.", 2, "VII."},
	    {"II.", 2, NULL}, {"IV.", 1, NULL}, {"H", 2, NULL}, {"HĐND.", 2, NULL}, {"H.", 0, NULL},
	    {"H.", 7, NULL}};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *corrected = roman_correct(CASES[i].text, CASES[i].n_strokes);

		g_assert_cmpstr(corrected, ==, CASES[i].expected);
	}
}

/* Two uprights with a serif that joins them, a full stop, and a diagonal. */
static void
test_strokes(void)
{
	g_auto(Leaf) leaf = {.ink = pixCreate(60, 24, 1)};

	pixRasterop(leaf.ink, 4, 0, 4, 24, PIX_SET, NULL, 0, 0);
	pixRasterop(leaf.ink, 14, 0, 4, 24, PIX_SET, NULL, 0, 0);
	pixRasterop(leaf.ink, 2, 22, 18, 2, PIX_SET, NULL, 0, 0);
	pixRasterop(leaf.ink, 24, 20, 4, 4, PIX_SET, NULL, 0, 0);
	for (int i = 0; i < 12; i++)
		pixRasterop(leaf.ink, 32 + i, 2 * i, 4, 2, PIX_SET, NULL, 0, 0);
	g_assert_cmpint(roman_count_strokes(&leaf, 0, 0, 60, 24), ==, 2);
}

/* Says 30,000 pixels each way; nothing is decoded. */
static void
test_huge(void)
{
	static const char HEAD[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\0\0\0\0\0\0\0\0"
				   "\0\0\0\0IDAT";

	assert_refused(HEAD, sizeof(HEAD) - 1, 1, APP_ERROR_LIMIT, "30000 × 30000");
}

static void
test_tiff(void)
{
	g_autoptr(PIX) first = draw_page(draw_nothing), second = draw_page(draw_plan);
	PIXA *pages = pixaCreate(2);
	l_uint8 *data = NULL;
	size_t len = 0;
	uint32_t n_pages = 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) tiff = NULL;
	g_autoptr(PageSet) set = NULL;

	pixaAddPix(pages, first, L_COPY);
	pixaAddPix(pages, second, L_COPY);
	g_assert_cmpint(pixaWriteMemMultipageTiff(&data, &len, pages), ==, 0);
	pixaDestroy(&pages);
	tiff = g_bytes_new(data, len);
	lept_free(data);
	g_assert_true(ocr_count_pages(g_bytes_get_data(tiff, NULL), len, &n_pages, &error));
	g_assert_cmpuint(n_pages, ==, 2);
	set = read_ok(tiff, 2);
	g_assert_nonnull(find_word(set, "soát"));
	assert_refused(g_bytes_get_data(tiff, NULL), len, 3, APP_ERROR_NOT_FOUND, "2 trang");
}

static void
test_render(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);
	g_autoptr(GBytes) jpeg = encode(pix, IFF_JFIF_JPEG);
	g_autofree char *png = NULL;
	g_autoptr(GError) error = NULL;
	size_t len = 0;
	l_int32 width = 0;

	g_assert_true(ocr_render_page(
	    g_bytes_get_data(jpeg, NULL), g_bytes_get_size(jpeg), 1, 400, 0, &png, &len, &error));
	g_assert_cmpint(
	    pixReadHeaderMem((const l_uint8 *)png, len, NULL, &width, NULL, NULL, NULL, NULL), ==, 0);
	g_assert_cmpint(width, ==, 400);
}

/* What the recognition says of turns is what makes the picture upright. */
static void
test_render_turned(void)
{
	g_autoptr(PIX) pix = draw_page(draw_plan);

	for (int quarters = 1; quarters < 4; quarters++) {
		g_autoptr(PIX) turned = pixRotateOrth(pix, quarters), upright = NULL, mended = NULL;
		g_autoptr(GBytes) file = encode(turned, IFF_PNG);
		g_autofree char *png = NULL;
		g_autoptr(GError) error = NULL;
		l_int32 is_same = 0;
		size_t len = 0;

		g_assert_true(ocr_render_page(g_bytes_get_data(file, NULL), g_bytes_get_size(file), 1,
		    (uint32_t)pixGetWidth(pix), (uint32_t)(4 - quarters), &png, &len, &error));
		g_assert_no_error(error);
		upright = pixConvertTo8(pix, 0);
		mended = pixReadMem((const l_uint8 *)png, len);
		g_assert_cmpint(pixEqual(upright, mended, &is_same), ==, 0);
		g_assert_true(is_same);
	}
}

int
main(int argc, char **argv)
{
	const OcrOptions options = {0};
	int result;

	ocr_use_one_thread(argv);
	g_test_init(&argc, &argv, NULL);
	if (!ocr_engine_new(&options, &engine, NULL))
		g_error("tesseract-ocr-vie is not installed");
	g_test_add_func("/ocr/table", test_table);
	g_test_add_func("/ocr/skewed", test_skewed);
	g_test_add_func("/ocr/upside-down", test_upside_down);
	g_test_add_func("/ocr/sideways", test_sideways);
	g_test_add_func("/ocr/agencies", test_agencies);
	g_test_add_func("/ocr/blank", test_blank);
	g_test_add_func("/ocr/damaged", test_damaged);
	g_test_add_func("/ocr/huge", test_huge);
	g_test_add_func("/ocr/numerals", test_numerals);
	g_test_add_func("/ocr/strokes", test_strokes);
	g_test_add_func("/ocr/tiff", test_tiff);
	g_test_add_func("/ocr/render", test_render);
	g_test_add_func("/ocr/render-turned", test_render_turned);
	result = g_test_run();
	ocr_engine_free(engine);
	return result;
}
