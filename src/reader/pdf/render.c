/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/pdf.h"

#include "base/app-error.h"
#include "reader/pdf/open.h"

#include <cairo.h>
#include <math.h>

#define HEIGHT_MAX 16000 /* pixels */

static cairo_status_t
take_bytes(void *data, const unsigned char *bytes, unsigned int len)
{
	g_byte_array_append(data, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static bool
check_size(unsigned width, double page_width, double page_height, GError **error)
{
	if (width > 0 && width <= PDF_WIDTH_MAX && page_width >= 1 && page_height >= 1 &&
	    page_height * width / page_width <= HEIGHT_MAX)
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_INVALID, "không vẽ được trang với chiều rộng %u điểm ảnh", width);
	return false;
}

/* From the page as the file has it to the picture. */
static cairo_matrix_t
turned(double width, double height, unsigned turns)
{
	cairo_matrix_t matrix;

	switch (turns % 4) {
	case 1:
		cairo_matrix_init(&matrix, 0, 1, -1, 0, height, 0);
		break;
	case 2:
		cairo_matrix_init(&matrix, -1, 0, 0, -1, width, height);
		break;
	case 3:
		cairo_matrix_init(&matrix, 0, -1, 1, 0, 0, width);
		break;
	default:
		cairo_matrix_init_identity(&matrix);
	}
	return matrix;
}

static bool
draw(PopplerPage *page, const cairo_matrix_t *matrix, double scale, int width, int height, GByteArray *png,
    GError **error)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	cairo_t *cairo = cairo_create(surface);
	cairo_status_t status;

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	cairo_transform(cairo, matrix);
	poppler_page_render(page, cairo);
	status = cairo_status(cairo);
	cairo_destroy(cairo);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, take_bytes, png);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	g_set_error_literal(
	    error, APP_ERROR, APP_ERROR_UNREADABLE, "trang của tệp PDF bị hỏng, không vẽ được");
	return false;
}

bool
pdf_render_page(const char *bytes, size_t len, uint32_t page_number, unsigned width, unsigned turns,
    GByteArray *png, GError **error)
{
	g_autoptr(PdfDocument) document = open_pdf(bytes, len, error);
	g_autoptr(PdfPage) page = NULL;
	double page_width, page_height, shown_width, shown_height, scale;
	cairo_matrix_t matrix;

	if (document == NULL)
		return false;
	if (page_number >= 1 && page_number <= (uint32_t)poppler_document_get_n_pages(document))
		page = poppler_document_get_page(document, (int)page_number - 1);
	if (page == NULL) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "tệp PDF không có trang %u đọc được", page_number);
		return false;
	}
	poppler_page_get_size(page, &page_width, &page_height);
	shown_width = turns % 2 != 0 ? page_height : page_width;
	shown_height = turns % 2 != 0 ? page_width : page_height;
	if (!check_size(width, shown_width, shown_height, error))
		return false;
	scale = width / shown_width;
	matrix = turned(page_width, page_height, turns);
	return draw(page, &matrix, scale, (int)width, MAX((int)lround(shown_height * scale), 1), png, error);
}
