/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/office/office.h"
#include "reader/sandbox/child.h"

#include <libxml/parser.h>

/* namro-read-web web: a page on descriptor 0, its blocks on descriptor 1. */

#define CPU_S 20
#define MEMORY_BYTES ((size_t)1024 * 1024 * 1024)

static bool
prepare(const char *form, char **arguments, GError **error)
{
	(void)form;
	(void)arguments;
	(void)error;
	xmlInitParser();
	return true;
}

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(GString) stream = g_string_new(NULL);
	BlockDocument *document; /* not freed: the process ends */

	(void)arguments;
	if (g_strcmp0(form, "web") != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE, "dạng phải là web");
		return false;
	}
	if (!office_read_web(bytes, len, &document, error))
		return false;
	blocks_write(document, stream);
	child_put(output, stream->str, stream->len);
	return true;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {
	    .name = "namro-read-web",
	    .cpu_s = CPU_S,
	    .memory_bytes = MEMORY_BYTES,
	    .prepare = prepare,
	    .run = run,
	};

	child_main(&TOOL, argc, argv);
}
