/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"
#include "reader/compile.h"

#include <stdio.h>
#include <unistd.h>

#define PATIENCE_US ((int64_t)1000 * 1000) /* what takes longer shows how far it is */

/* One line on the terminal that is written over. */
typedef struct ProgressLine {
	int64_t begun_us;
	bool is_shown;
} ProgressLine;

static void
show_progress(void *data, uint32_t page, uint32_t n_pages)
{
	ProgressLine *line = data;

	if (g_get_monotonic_time() - line->begun_us < PATIENCE_US)
		return;
	line->is_shown = true;
	if (n_pages > 0)
		fprintf(stderr, "\r\033[KĐang đọc trang %u/%u", page, n_pages);
	else
		fprintf(stderr, "\r\033[KĐang đọc trang %u", page);
	(void)fflush(stderr);
}

bool
command_compile_bytes(const char *path, const char *bytes, size_t len, const CompilerOptions *compiler,
    const char *const *agencies, Plan **ret_plan, GError **error)
{
	ProgressLine line = {.begun_us = g_get_monotonic_time()};
	const ReaderOptions options = {
	    .agencies = agencies, .on_progress = isatty(STDERR_FILENO) ? show_progress : NULL, .data = &line};
	bool is_ok = reader_compile(path, bytes, len, compiler, &options, ret_plan, error);

	if (line.is_shown)
		fprintf(stderr, "\r\033[K");
	return is_ok;
}

bool
command_compile_file(const char *path, Plan **ret_plan, GError **error)
{
	g_autofree char *bytes = NULL;
	size_t len;

	return command_read_file(path, &bytes, &len, error) &&
	       command_compile_bytes(path, bytes, len, NULL, NULL, ret_plan, error);
}
