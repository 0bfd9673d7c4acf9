/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"
#include "compiler/compiler.h"

#include <stdio.h>

static bool
compile_file(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	g_autoptr(Plan) plan = NULL;
	g_autoptr(GString) json = g_string_new(NULL);
	size_t len;

	if (!command_read_file(path, &bytes, &len, error))
		return false;
	if (!compiler_compile(bytes, len, NULL, &plan, error)) {
		g_prefix_error(error, "%s: ", path);
		return false;
	}
	compiler_dump_json(plan, json);
	fwrite(json->str, 1, json->len, stdout);
	for (guint i = 0; i < plan->diags->items->len; i++) {
		const Diag *diag = g_ptr_array_index(plan->diags->items, i);

		fprintf(stderr, "%s:%u:%u: %s: %s [%s]\n", path, diag->span.line, diag->span.column,
		    diag_severity_letter(diag->severity), diag->message, diag->rule);
	}
	return true;
}

int
command_compile(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, NULL, &argc, &argv, &exit_code))
		return exit_code;
	if (argc < 2) {
		fprintf(stderr, "namro compile: thiếu tên tệp kế hoạch\n");
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		if (!compile_file(argv[i], &error)) {
			exit_code = command_fail(context, error);
			g_clear_error(&error);
		}
	}
	return exit_code;
}
