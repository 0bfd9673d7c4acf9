/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/layout/layout.h"
#include "reader/sandbox/child.h"

#include <string.h>

/* The program that reads sheets into blocks (docs/adr/0012-readers-are-processes.md): `blocks`, the stream of
 * sheets on descriptor 0. */

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	(void)arguments;
	if (strcmp(form, "blocks") != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_USAGE, "không có cách đọc “%s”; dùng: blocks", form);
		return false;
	}
	if (!page_set_read(bytes, len, set, error) || !layout_blocks(set, &document, error))
		return false;
	blocks_write(document, out);
	child_put(output, out->str, out->len);
	return true;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {
	    .name = "namro-read-layout",
	    .cpu_s = 30,
	    .memory_bytes = (size_t)1024 * 1024 * 1024,
	    .run = run,
	};

	child_main(&TOOL, argc, argv);
}
