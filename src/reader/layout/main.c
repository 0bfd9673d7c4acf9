/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/layout/layout.h"

#include <stdio.h>
#include <unistd.h>

/* The program that reads pages into blocks (docs/adr/0012-readers-are-processes.md): the stream of pages on
 * descriptor 0, the stream of blocks on descriptor 1. */

static bool
read_all(GString *file)
{
	char buffer[65536];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		g_string_append_len(file, buffer, n);
	return n == 0;
}

static bool
write_all(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
run(const GString *file, GString *out, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(BlockDocument) document = NULL;

	if (!page_set_read(file->str, file->len, set, error) || !layout_blocks(set, &document, error))
		return false;
	blocks_write(document, out);
	return true;
}

int
main(void)
{
	g_autoptr(GString) file = g_string_new(NULL);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	if (!read_all(file))
		return 4;
	if (!run(file, out, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return app_error_exit_code(error);
	}
	return write_all(out->str, out->len) ? 0 : 4;
}
