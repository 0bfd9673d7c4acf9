/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/office/office.h"
#include "reader/sandbox/child.h"

/* namro-read-office word|sheet|cells|form: a file on descriptor 0, its blocks on descriptor 1. */

#define CPU_S 20
#define MEMORY_BYTES ((size_t)1024 * 1024 * 1024)

typedef bool (*ReadForm)(const char *bytes, size_t len, BlockDocument **ret_document, GError **error);

static const struct {
	const char *name;
	ReadForm read;
} FORMS[] = {{"word", office_read_word}, {"sheet", office_read_sheet}, {"cells", office_read_cells},
    {"form", office_read_form}};

static bool
run(const char *form, char **arguments, const char *bytes, size_t len, ChildOutput *output, GError **error)
{
	g_autoptr(GString) stream = g_string_new(NULL);
	BlockDocument *document; /* not freed: the process ends */

	(void)arguments;
	for (size_t i = 0; i < G_N_ELEMENTS(FORMS); i++) {
		if (g_strcmp0(form, FORMS[i].name) != 0)
			continue;
		if (!FORMS[i].read(bytes, len, &document, error))
			return false;
		blocks_write(document, stream);
		child_put(output, stream->str, stream->len);
		return true;
	}
	g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE, "dạng phải là word, sheet, cells hoặc form");
	return false;
}

int
main(int argc, char **argv)
{
	static const ChildTool TOOL = {
	    .name = "namro-read-office",
	    .cpu_s = CPU_S,
	    .memory_bytes = MEMORY_BYTES,
	    .run = run,
	};

	child_main(&TOOL, argc, argv);
}
