/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/reader.h"
#include "reader/run/input.h"
#include "reader/run/job.h"

#include <string.h>
#include <unistd.h>

#define PNG_HEAD_BYTES 24 /* mark, length and name of the first chunk, width, height */
#define PNG_SIDE_MAX 20000

static uint32_t
big_u32_at(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* A browser will decode it: what is promised is checked, not the picture itself. */
static bool
is_png(const char *bytes, size_t len, unsigned width)
{
	uint32_t height;

	if (len < PNG_HEAD_BYTES || len > LIMIT_PNG_BYTES ||
	    memcmp(bytes, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16) != 0)
		return false;
	height = big_u32_at(bytes + 20);
	return big_u32_at(bytes + 16) == width && height > 0 && height <= PNG_SIDE_MAX;
}

static bool
draw(ReaderProgram program, int input, uint32_t page, unsigned width, unsigned turns, char **ret_png,
    size_t *ret_len, GError **error)
{
	const JobSpec spec = {.program = program,
	    .input = input,
	    .form = "render",
	    .page = page,
	    .width = width,
	    .turns = turns};
	g_autofree char *png = NULL;
	size_t len;

	if (!job_run(&spec, NULL, NULL, NULL, &png, &len, error))
		return false;
	if (!is_png(png, len, width)) {
		g_set_error(error, APP_ERROR, APP_ERROR_UNREADABLE, "%s không vẽ được trang %u",
		    program_title(program), page);
		return false;
	}
	*ret_png = g_steal_pointer(&png);
	*ret_len = len;
	return true;
}

bool
reader_render_page(const char *bytes, size_t len, uint32_t page, unsigned width, unsigned turns,
    char **ret_png, size_t *ret_png_len, GError **error)
{
	ReaderFormat format = reader_detect(bytes, len);
	int input;
	bool is_ok;

	if ((format != READER_FORMAT_PDF && format != READER_FORMAT_IMAGE) || page == 0 ||
	    page > LIMIT_PAGES) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "tệp không có hình của trang %u", page);
		return false;
	}
	input = input_new(bytes, len, error);
	if (input < 0)
		return false;
	is_ok = draw(format == READER_FORMAT_PDF ? READER_PROGRAM_PDF : READER_PROGRAM_OCR, input, page,
	    CLAMP(width, 1, LIMIT_RENDER_WIDTH), turns % 4, ret_png, ret_png_len, error);
	close(input);
	return is_ok;
}
