/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/picture.h"

#include "base/app-error.h"
#include "base/ceilings.h"

#include <stdio.h>
#include <string.h>

#define FORMAT_BYTES_MIN 16 /* findFileFormatBuffer() looks at so many */
#define RESOLUTION_MIN 72   /* what a file says outside of these is not a scanner's resolution */
#define RESOLUTION_MAX 1200
#define A4_LONG_INCHES 11.69f
#define PAGE_INCHES_MIN 3.0f /* of the longer side of a page on paper */
#define PAGE_INCHES_MAX 24.0f

void
picture_clear(Picture *picture)
{
	pixDestroy(&picture->gray);
}

float
picture_resolution(const Picture *picture)
{
	return (float)pixGetWidth(picture->gray) / picture->width * 72;
}

bool
picture_check_size(double width, double height, GError **error)
{
	if (width >= 1 && height >= 1 && width * height <= (double)LIMIT_IMAGE_PIXELS)
		return true;
	if (width < 1 || height < 1)
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "ảnh có kích thước bằng không; hãy quét hoặc chụp lại");
	else
		g_set_error(error, APP_ERROR, APP_ERROR_LIMIT,
		    "ảnh %.0f × %.0f điểm ảnh là quá lớn (nhiều nhất %d triệu điểm ảnh); "
		    "hãy quét lại ở 300 dpi",
		    width, height, LIMIT_IMAGE_PIXELS / 1000000);
	return false;
}

bool
picture_check_page(uint32_t page, uint32_t n_pages, GError **error)
{
	if (page >= 1 && page <= n_pages)
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có trang %u; tệp có %u trang", page, n_pages);
	return false;
}

static bool
refuse_damaged(GError **error)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
	    "ảnh bị hỏng hoặc bị cắt cụt, không mở được; hãy quét hoặc tải lên lại");
	return false;
}

/* The kind of picture, as IFF_*; IFF_UNKNOWN is refused. */
static bool
find_format(const char *bytes, size_t len, l_int32 *ret_format, GError **error)
{
	*ret_format = IFF_UNKNOWN;
	if (len >= FORMAT_BYTES_MIN)
		(void)findFileFormatBuffer((const l_uint8 *)bytes, ret_format);
	if (*ret_format == IFF_PNG || *ret_format == IFF_JFIF_JPEG || L_FORMAT_IS_TIFF(*ret_format))
		return true;
	if (len == 0)
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, "tệp ảnh rỗng");
	else
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "không phải ảnh PNG, JPEG hay TIFF; hãy chuyển sang một trong các dạng đó hoặc PDF");
	return false;
}

static bool
count_tiff(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error)
{
	FILE *file = fopenReadFromMemory((const l_uint8 *)bytes, len);
	l_int32 n = 0;
	bool is_read = file != NULL && tiffGetCount(file, &n) == 0;

	if (file != NULL)
		(void)fclose(file);
	if (!is_read || n < 1)
		return refuse_damaged(error);
	*ret_n_pages = (uint32_t)n;
	return true;
}

bool
picture_count(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error)
{
	l_int32 format;

	if (picture_is_pdf(bytes, len))
		return picture_count_pdf(bytes, len, ret_n_pages, error);
	if (!find_format(bytes, len, &format, error))
		return false;
	if (L_FORMAT_IS_TIFF(format))
		return count_tiff(bytes, len, ret_n_pages, error);
	*ret_n_pages = 1;
	return true;
}

/* Looks at the header alone: nothing is decoded before its size is known. */
static bool
check_header(const char *bytes, size_t len, l_int32 format, uint32_t page, GError **error)
{
	const l_uint8 *data = (const l_uint8 *)bytes;
	l_int32 width = 0, height = 0;
	l_ok failed = L_FORMAT_IS_TIFF(format)
			  ? readHeaderMemTiff(
				data, len, (l_int32)page - 1, &width, &height, NULL, NULL, NULL, NULL, NULL)
			  : pixReadHeaderMem(data, len, NULL, &width, &height, NULL, NULL, NULL);

	if (failed && width == 0 && height == 0)
		return refuse_damaged(error);
	return picture_check_size(width, height, error);
}

static PIX *
decode(const char *bytes, size_t len, l_int32 format, uint32_t page, bool *ret_is_damaged)
{
	const l_uint8 *data = (const l_uint8 *)bytes;
	l_int32 n_warnings = 0;
	PIX *pix;

	if (L_FORMAT_IS_TIFF(format))
		return pixReadMemTiff(data, len, (l_int32)page - 1);
	if (format != IFF_JFIF_JPEG)
		return pixReadMem(data, len);
	pix = pixReadMemJpeg(data, len, 0, 1, &n_warnings, L_JPEG_CONTINUE_WITH_BAD_DATA);
	*ret_is_damaged = n_warnings > 0;
	return pix;
}

/* 8 bits of grey on white, whatever it was. */
static PIX *
to_gray(PIX *pix)
{
	g_autoptr(PIX) flat = NULL;

	if (pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4) {
		flat = pixAlphaBlendUniform(pix, 0xffffff00u);
		return pixConvertTo8(flat != NULL ? flat : pix, 0);
	}
	return pixConvertTo8(pix, 0);
}

/* A page's size by the resolution the file states, or as if it were a sheet of A4. */
static void
measure_page(Picture *picture, PIX *pix)
{
	l_int32 width = pixGetWidth(pix), height = pixGetHeight(pix), stated = pixGetXRes(pix);
	float longest = (float)MAX(width, height), resolution = (float)stated;

	if (stated <= RESOLUTION_MIN || stated > RESOLUTION_MAX || longest / resolution < PAGE_INCHES_MIN ||
	    longest / resolution > PAGE_INCHES_MAX)
		resolution = longest / A4_LONG_INCHES;
	picture->width = (float)width * 72 / resolution;
	picture->height = (float)height * 72 / resolution;
}

bool
picture_load(const char *bytes, size_t len, uint32_t page, Picture *ret_picture, GError **error)
{
	g_autoptr(PIX) pix = NULL;
	l_int32 format;
	uint32_t n_pages;

	memset(ret_picture, 0, sizeof(*ret_picture));
	if (picture_is_pdf(bytes, len))
		return picture_load_pdf(bytes, len, page, ret_picture, error);
	if (!picture_count(bytes, len, &n_pages, error) || !picture_check_page(page, n_pages, error) ||
	    !find_format(bytes, len, &format, error) || !check_header(bytes, len, format, page, error))
		return false;
	pix = decode(bytes, len, format, page, &ret_picture->is_damaged);
	if (pix == NULL || (ret_picture->gray = to_gray(pix)) == NULL)
		return refuse_damaged(error);
	measure_page(ret_picture, pix);
	return true;
}
