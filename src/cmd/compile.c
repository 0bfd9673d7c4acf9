/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/command.h"
#include "compiler/compiler.h"

#include <stdio.h>
#include <string.h>

static void
print_diags(const char *path, const Plan *plan)
{
	for (guint i = 0; i < plan->diags->items->len; i++) {
		const Diag *diag = g_ptr_array_index(plan->diags->items, i);

		fprintf(stderr, "%s:%u:%u: %s: %s [%s]\n", path, diag->span.line, MAX(diag->span.column, 1),
		    diag_severity_letter(diag->severity), diag->message, diag->rule);
	}
}

static bool
compile_file(const char *path, bool as_table, GError **error)
{
	g_autoptr(Plan) plan = NULL;
	g_autoptr(GString) out = g_string_new(NULL);

	if (!command_compile_file(path, &plan, error))
		return false;
	if (as_table)
		compiler_dump_table(plan, out);
	else
		compiler_dump_json(plan, out);
	fwrite(out->str, 1, out->len, stdout);
	print_diags(path, plan);
	return true;
}

int
command_compile(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	gboolean as_json = FALSE, as_table = FALSE;
	const GOptionEntry entries[] = {
	    {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, "in plan.json (mặc định)", NULL},
	    {"table", 0, 0, G_OPTION_ARG_NONE, &as_table, "in bảng cho người đọc", NULL},
	    {0},
	};
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc < 2 || (as_json && as_table)) {
		fprintf(stderr, "namro compile: %s; chạy \"namro compile --help\" để xem cách dùng\n",
		    argc < 2 ? "thiếu tên tệp kế hoạch" : "chỉ chọn một trong --json và --table");
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		if (!compile_file(argv[i], as_table, &error)) {
			exit_code = command_fail(context, error);
			g_clear_error(&error);
		}
	}
	return exit_code;
}
