/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/pdf/pdf.h"
#include "reader/pdf/tests/make_pdf.h"
#include "reader/pdf/tests/support.h"

#include <cairo.h>
#include <string.h>

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

/* Pages that are lost do not take the others with them. */
static void
test_lost_pages(void)
{
	g_autoptr(GString) file = make_pages(3, A4, "BT /F1 12 Tf 100 742 Td (Ke hoach) Tj ET");
	g_autoptr(GString) all = make_page(A4, "");
	g_autoptr(PageSet) set = NULL;

	memcpy(strstr(file->str, "7 0 obj\n<<") + strlen("7 0 obj\n"), "[]", 2);
	set = read_pdf(file);
	g_assert_cmpuint(set->sheets->len, ==, 2);
	g_assert_true(has_note(set, "pdf-pages-lost", 0));
	g_assert_cmpuint(sheet_at(set, 1)->words->len, ==, 2);
	memcpy(strstr(all->str, "6 0 obj\n<<") + strlen("6 0 obj\n"), "[]", 2);
	assert_refused(all->str, all->len, APP_ERROR_UNREADABLE, "không đọc được trang nào");
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

	g_assert_true(pdf_render_page(file->str, file->len, 1, 300, 0, png, &error));
	g_assert_cmpuint(png->len, >, 24);
	g_assert_true(memcmp(png->data, "\x89PNG\r\n\x1a\n", 8) == 0);
	g_assert_true(memcmp(png->data + 16, "\0\0\x01\x2c\0\0\x01\xa9", 8) == 0); /* 300 by 425 */
	g_assert_false(pdf_render_page(file->str, file->len, 2, 300, 0, png, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_false(pdf_render_page(file->str, file->len, 1, PDF_WIDTH_MAX + 1, 0, png, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

static cairo_status_t
give_bytes(void *data, unsigned char *bytes, unsigned int len)
{
	GByteArray *png = data;

	if (len > png->len)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(bytes, png->data, len);
	g_byte_array_remove_range(png, 0, len);
	return CAIRO_STATUS_SUCCESS;
}

static bool
is_black(cairo_surface_t *picture, int x, int y)
{
	const unsigned char *pixel = cairo_image_surface_get_data(picture) +
				     (ptrdiff_t)y * cairo_image_surface_get_stride(picture) +
				     (ptrdiff_t)x * 4;

	return pixel[0] < 50 && pixel[1] < 50 && pixel[2] < 50;
}

/* The black corner of a page, top left in the file, goes round clockwise. */
static void
test_render_turned(void)
{
	static const struct {
		int width, height, x, y;
	} CASES[] = {{595, 842, 50, 60}, {842, 595, 842 - 60, 50}, {595, 842, 595 - 50, 842 - 60},
	    {842, 595, 60, 595 - 50}};
	g_autoptr(GString) file = make_page(A4, "0 g 0 742 80 100 re f");

	for (unsigned turns = 0; turns < G_N_ELEMENTS(CASES); turns++) {
		g_autoptr(GByteArray) png = g_byte_array_new();
		g_autoptr(GError) error = NULL;
		cairo_surface_t *picture;
		unsigned n_black = 0;

		g_assert_true(pdf_render_page(
		    file->str, file->len, 1, (unsigned)CASES[turns].width, turns, png, &error));
		g_assert_no_error(error);
		picture = cairo_image_surface_create_from_png_stream(give_bytes, png);
		g_assert_cmpint(cairo_image_surface_get_width(picture), ==, CASES[turns].width);
		g_assert_cmpint(cairo_image_surface_get_height(picture), ==, CASES[turns].height);
		for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
			bool is_upright = CASES[i].width == CASES[turns].width;

			if (is_upright && is_black(picture, CASES[i].x, CASES[i].y))
				n_black += i == turns ? 1 : 100;
		}
		g_assert_cmpuint(n_black, ==, 1);
		cairo_surface_destroy(picture);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	pdf_prepare();
	g_test_add_func("/pdf-file/refused", test_refused);
	g_test_add_func("/pdf-file/locked", test_locked);
	g_test_add_func("/pdf-file/lost-pages", test_lost_pages);
	g_test_add_func("/pdf-file/truncated", test_truncated);
	g_test_add_func("/pdf-file/many-pages", test_many_pages);
	g_test_add_func("/pdf-file/render", test_render);
	g_test_add_func("/pdf-file/render-turned", test_render_turned);
	return g_test_run();
}
