/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/ocr/picture.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define PDF_HEAD_BYTES 1024  /* the mark may stand behind other bytes, as PDF programs allow */
#define RESOLUTION_DRAWN 200 /* of a page that is no single picture */
#define RESOLUTION_MAX 400   /* more shows the letters no better */
#define RESOLUTION_MIN 72
#define PICTURE_SHARE_MIN 0.6 /* of a page: the picture is the page */

typedef cairo_surface_t Surface;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Surface, cairo_surface_destroy)
typedef cairo_t Context;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Context, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerPage, g_object_unref)

bool
picture_is_pdf(const char *bytes, size_t len)
{
	return memmem(bytes, MIN(len, PDF_HEAD_BYTES), "%PDF-", 5) != NULL;
}

static bool
open_document(const char *bytes, size_t len, PopplerDocument **ret_document, GError **error)
{
	g_autoptr(GBytes) held = g_bytes_new_static(bytes, len);
	g_autoptr(GError) why = NULL;

	*ret_document = poppler_document_new_from_bytes(held, NULL, &why);
	if (*ret_document != NULL)
		return true;
	if (g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF có mật khẩu; hãy tải lên bản không đặt mật khẩu");
	else
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "tệp PDF bị hỏng, không mở được; hãy tải lên lại");
	return false;
}

bool
picture_count_pdf(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error)
{
	g_autoptr(PopplerDocument) document = NULL;

	if (!open_document(bytes, len, &document, error))
		return false;
	*ret_n_pages = (uint32_t)MAX(poppler_document_get_n_pages(document), 0);
	return true;
}

/* The resolution of the picture that covers the page; 0 where none does. */
static double
picture_resolution_of(PopplerPage *page, double width, double height)
{
	GList *mappings = poppler_page_get_image_mapping(page);
	double resolution = 0;

	for (const GList *at = mappings; at != NULL; at = at->next) {
		const PopplerImageMapping *mapping = at->data;
		double w = fabs(mapping->area.x2 - mapping->area.x1),
		       h = fabs(mapping->area.y2 - mapping->area.y1);
		g_autoptr(Surface) image = NULL;
		double longest;

		if (w * h < width * height * PICTURE_SHARE_MIN)
			continue;
		image = poppler_page_get_image(page, mapping->image_id);
		if (image == NULL)
			continue;
		longest = MAX(cairo_image_surface_get_width(image), cairo_image_surface_get_height(image));
		resolution = MAX(resolution, longest / MAX(w, h) * 72);
	}
	poppler_page_free_image_mapping(mappings);
	return resolution;
}

static PIX *
gray_of(cairo_surface_t *surface)
{
	const l_int32 width = cairo_image_surface_get_width(surface),
		      height = cairo_image_surface_get_height(surface);
	const unsigned char *data = cairo_image_surface_get_data(surface);
	const size_t stride = (size_t)cairo_image_surface_get_stride(surface);
	PIX *gray = pixCreate(width, height, 8);

	for (l_int32 y = 0; gray != NULL && y < height; y++) {
		const unsigned char *from = data + (size_t)y * stride;
		l_uint32 *line = pixGetData(gray) + (size_t)y * (size_t)pixGetWpl(gray);

		for (l_int32 x = 0; x < width; x++, from += 4)
			SET_DATA_BYTE(
			    line, x, (l_uint8)((from[0] * 29u + from[1] * 150u + from[2] * 77u) >> 8));
	}
	return gray;
}

static PIX *
draw_page(PopplerPage *page, double width, double height, double resolution)
{
	const double scale = resolution / 72;
	g_autoptr(Surface) surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, MAX((int)lround(width * scale), 1), MAX((int)lround(height * scale), 1));
	g_autoptr(Context) context = cairo_create(surface);

	cairo_set_source_rgb(context, 1, 1, 1);
	cairo_paint(context);
	cairo_scale(context, scale, scale);
	poppler_page_render(page, context);
	cairo_surface_flush(surface);
	return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? gray_of(surface) : NULL;
}

bool
picture_load_pdf(const char *bytes, size_t len, uint32_t page, Picture *ret_picture, GError **error)
{
	g_autoptr(PopplerDocument) document = NULL;
	g_autoptr(PopplerPage) sheet = NULL;
	double width, height, resolution;

	if (!open_document(bytes, len, &document, error) ||
	    !picture_check_page(page, (uint32_t)MAX(poppler_document_get_n_pages(document), 0), error))
		return false;
	sheet = poppler_document_get_page(document, (int)page - 1);
	if (sheet != NULL) {
		poppler_page_get_size(sheet, &width, &height);
		resolution = picture_resolution_of(sheet, width, height);
		resolution =
		    resolution > 0 ? CLAMP(resolution, RESOLUTION_MIN, RESOLUTION_MAX) : RESOLUTION_DRAWN;
		if (!picture_check_size(width / 72 * resolution, height / 72 * resolution, error))
			return false;
		ret_picture->gray = draw_page(sheet, width, height, resolution);
		ret_picture->width = (float)width;
		ret_picture->height = (float)height;
	}
	if (ret_picture->gray != NULL)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "không vẽ được trang này của tệp PDF; tệp có thể bị hỏng, hãy quét lại");
	return false;
}
