/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "reader/ocr/ocr.h"
#include "reader/sandbox/child.h"

#include <string.h>

/* namro-read-ocr: see reader/sandbox/frame.h for its forms. */

#define CPU_S 60 /* a full page takes two seconds */
#define MEMORY_BYTES \
	((size_t)1536 * 1024 * 1024) /* a picture at the ceiling, in colour, and its grey one \
				      */

static OcrEngine *engine;

static bool
prepare(const char *form, char **arguments, GError **error)
{
	const bool has_names = strcmp(form, "page") == 0 && arguments[0] != NULL;
	const OcrOptions options = {.agencies = has_names ? (const char *const *)arguments + 1 : NULL};

	return strcmp(form, "page") != 0 || ocr_engine_new(&options, &engine, error);
}

static bool
run_count(const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	uint32_t n_pages;
	g_autofree char *text = NULL;

	if (!ocr_count_pages(bytes, len, &n_pages, error))
		return false;
	text = g_strdup_printf("%u", n_pages);
	child_put(output, text, strlen(text));
	return true;
}

static bool
run_page(char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(PageSet) set = NULL;
	g_autoptr(GString) stream = g_string_new(NULL);
	uint32_t page;

	if (!child_number(arguments, 0, 1, LIMIT_PAGES, &page, error) ||
	    !ocr_read_page(engine, bytes, len, page, &set, error))
		return false;
	page_set_write(set, stream);
	child_put(output, stream->str, stream->len);
	return true;
}

static bool
run_render(char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autofree char *png = NULL;
	size_t png_len;
	uint32_t page, width, turns;

	if (!child_number(arguments, 0, 1, LIMIT_PAGES, &page, error) ||
	    !child_number(arguments, 1, 1, LIMIT_RENDER_WIDTH, &width, error) ||
	    !child_number(arguments, 2, 0, BLOCK_TURNS_MAX, &turns, error) ||
	    !ocr_render_page(bytes, len, page, width, turns, &png, &png_len, error))
		return false;
	child_put(output, png, png_len);
	return true;
}

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	if (strcmp(form, "count") == 0)
		return run_count(bytes, len, output, error);
	if (strcmp(form, "page") == 0)
		return run_page(arguments, bytes, len, output, error);
	if (strcmp(form, "render") == 0)
		return run_render(arguments, bytes, len, output, error);
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE, "không có cách đọc “%s”", form);
	return false;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {.name = "namro-read-ocr",
	    .cpu_s = CPU_S,
	    .memory_bytes = MEMORY_BYTES,
	    .prepare = prepare,
	    .run = run};

	ocr_use_one_thread(argv);
	child_main(&TOOL, argc, argv);
}
