/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/pdf/dump.h"
#include "reader/pdf/pdf.h"
#include "reader/sandbox/child.h"

#include <string.h>

/* The program that takes PDF files apart (sandbox/frame.h names its forms). "dump" is for developers: words
 * and ruling lines as text. */

#define CPU_SECONDS 120
#define MEMORY_BYTES ((size_t)2 * 1024 * 1024 * 1024)

static bool
prepare(const char *form, char **arguments, GError **error)
{
	(void)form;
	(void)arguments;
	(void)error;
	pdf_prepare();
	return true;
}

static void
on_progress(void *data, uint32_t page, uint32_t n_pages)
{
	child_progress(data, page, n_pages);
}

static bool
put_pages(const char *form, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(PageSet) set = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (!pdf_read_pages(bytes, len, on_progress, output, &set, error))
		return false;
	if (strcmp(form, "dump") == 0)
		pdf_dump(set, out);
	else
		page_set_write(set, out);
	child_put(output, out->str, out->len);
	return true;
}

static bool
put_picture(char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(GByteArray) png = g_byte_array_new();
	uint32_t page, width, turns;

	if (!child_number(arguments, 0, 1, UINT32_MAX, &page, error) ||
	    !child_number(arguments, 1, 1, PDF_WIDTH_MAX, &width, error) ||
	    !child_number(arguments, 2, 0, BLOCK_TURNS_MAX, &turns, error) ||
	    !pdf_render_page(bytes, len, page, width, turns, png, error))
		return false;
	child_put(output, (const char *)png->data, png->len);
	return true;
}

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	if (strcmp(form, "pages") == 0 || strcmp(form, "dump") == 0)
		return put_pages(form, bytes, len, output, error);
	if (strcmp(form, "render") == 0)
		return put_picture(arguments, bytes, len, output, error);
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE, "không có lệnh %s", form);
	return false;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {
	    .name = "namro-read-pdf",
	    .cpu_s = CPU_SECONDS,
	    .memory_bytes = MEMORY_BYTES,
	    .may_use_threads = true, /* signatures are checked on one */
	    .prepare = prepare,
	    .run = run,
	};

	child_main(&TOOL, argc, argv);
}
