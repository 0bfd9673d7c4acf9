/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/lint.h"
#include "base/json.h"
#include "cmd/command.h"
#include "compiler/compiler.h"

#include <stdio.h>
#include <string.h>

typedef struct LintArguments {
	gboolean as_json;
	gboolean list_rules;
	char *only, *skip, *min;
	char **only_ids, **skip_ids;
	LintOptions options;
} LintArguments;

static void
lint_arguments_clear(LintArguments *arguments)
{
	g_free(arguments->only);
	g_free(arguments->skip);
	g_free(arguments->min);
	g_strfreev(arguments->only_ids);
	g_strfreev(arguments->skip_ids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LintArguments, lint_arguments_clear)

static void
print_rules(void)
{
	for (const LintRule *rule = lint_rules(); rule->id != NULL; rule++)
		printf("%-26s %s  %s\n", rule->id, diag_severity_letter(rule->severity), rule->title);
}

static bool
split_ids(const char *option, const char *list, char ***ret_ids)
{
	char **ids;

	if (list == NULL)
		return true;
	ids = g_strsplit(list, ",", -1);
	for (char **id = ids; *id != NULL; id++) {
		if (lint_find_rule(g_strstrip(*id)) == NULL) {
			fprintf(stderr,
			    "namro lint: --%s: không có quy tắc \"%s\"; chạy \"namro lint --rules\" để xem\n",
			    option, *id);
			g_strfreev(ids);
			return false;
		}
	}
	*ret_ids = ids;
	return true;
}

static bool
parse_severity(const char *letter, DiagSeverity *ret_severity)
{
	if (letter == NULL || g_ascii_strcasecmp(letter, "I") == 0)
		*ret_severity = DIAG_INFO;
	else if (g_ascii_strcasecmp(letter, "W") == 0)
		*ret_severity = DIAG_WARNING;
	else if (g_ascii_strcasecmp(letter, "E") == 0)
		*ret_severity = DIAG_ERROR;
	else
		return false;
	return true;
}

static bool
read_arguments(LintArguments *arguments, int32_t today)
{
	if (!split_ids("only", arguments->only, &arguments->only_ids) ||
	    !split_ids("skip", arguments->skip, &arguments->skip_ids))
		return false;
	if (!parse_severity(arguments->min, &arguments->options.min_severity)) {
		fprintf(stderr, "namro lint: --min: \"%s\" phải là E, W hoặc I\n", arguments->min);
		return false;
	}
	arguments->options.today = today;
	arguments->options.only = (const char *const *)arguments->only_ids;
	arguments->options.skip = (const char *const *)arguments->skip_ids;
	return true;
}

static void
print_text(const char *path, const DiagList *list)
{
	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		printf("%s:%u:%u: %s: %s [%s]\n", path, diag->span.line, diag->span.column,
		    diag_severity_letter(diag->severity), diag->message, diag->rule);
		for (size_t k = 0; k < diag->n_related; k++)
			printf(
			    "    %s:%u:%u: xem thêm\n", path, diag->related[k].line, diag->related[k].column);
	}
	printf("%s: %zu lỗi, %zu cảnh báo, %zu lưu ý\n", path, diag_count(list, DIAG_ERROR),
	    diag_count(list, DIAG_WARNING), diag_count(list, DIAG_INFO));
	if (list->dropped > 0)
		printf("%s: còn %zu phát hiện nữa không in ra\n", path, list->dropped);
}

static void
write_place(JsonWriter *json, SourceSpan span)
{
	json_key_int(json, "line", span.line);
	json_key_int(json, "column", span.column);
	if (span.page != 0)
		json_key_int(json, "page", span.page);
	json_key_int(json, "offset", (int64_t)span.offset);
	json_key_int(json, "length", (int64_t)span.len);
}

static void
write_json_file(JsonWriter *json, const char *path, const DiagList *list)
{
	json_begin_object(json);
	json_key_string(json, "file", path);
	json_key_int(json, "errors", (int64_t)diag_count(list, DIAG_ERROR));
	json_key_int(json, "warnings", (int64_t)diag_count(list, DIAG_WARNING));
	json_key_int(json, "notes", (int64_t)diag_count(list, DIAG_INFO));
	json_key(json, "diagnostics");
	json_begin_array(json);
	for (guint i = 0; i < list->items->len; i++) {
		const Diag *diag = g_ptr_array_index(list->items, i);

		json_begin_object(json);
		json_key_string(json, "rule", diag->rule);
		json_key_string(json, "severity", diag_severity_letter(diag->severity));
		json_key_string(json, "message", diag->message);
		write_place(json, diag->span);
		json_key(json, "related");
		json_begin_array(json);
		for (size_t k = 0; k < diag->n_related; k++) {
			json_begin_object(json);
			write_place(json, diag->related[k]);
			json_end_object(json);
		}
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

/* Checks one file; *ret_has_errors is only ever set. */
static bool
lint_file(
    const char *path, const LintArguments *arguments, JsonWriter *json, bool *ret_has_errors, GError **error)
{
	g_autoptr(Plan) plan = NULL;
	g_autoptr(DiagList) list = NULL;

	if (!command_compile_file(path, &plan, error))
		return false;
	list = lint_run(plan, &arguments->options);
	if (diag_count(list, DIAG_ERROR) > 0)
		*ret_has_errors = true;
	if (arguments->as_json)
		write_json_file(json, path, list);
	else
		print_text(path, list);
	return true;
}

static int
lint_files(const CommandContext *context, const LintArguments *arguments, int n_paths, char **paths)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;
	bool has_errors = false;
	int exit_code = 0;

	json_init(&json, out, true);
	json_begin_array(&json);
	for (int i = 0; i < n_paths; i++) {
		g_autoptr(GError) error = NULL;

		if (!lint_file(paths[i], arguments, &json, &has_errors, &error))
			exit_code = command_fail(context, error);
	}
	json_end_array(&json);
	if (arguments->as_json)
		printf("%s\n", out->str);
	return exit_code != 0 ? exit_code : has_errors ? 1 : 0;
}

int
command_lint(const CommandContext *context, int argc, char **argv)
{
	g_auto(LintArguments) arguments = {0};
	const GOptionEntry entries[] = {
	    {"json", 0, 0, G_OPTION_ARG_NONE, &arguments.as_json, "in kết quả dạng JSON", NULL},
	    {"rules", 0, 0, G_OPTION_ARG_NONE, &arguments.list_rules, "liệt kê các quy tắc", NULL},
	    {"only", 0, 0, G_OPTION_ARG_STRING, &arguments.only, "chỉ kiểm tra các quy tắc này", "MÃ,…"},
	    {"skip", 0, 0, G_OPTION_ARG_STRING, &arguments.skip, "bỏ qua các quy tắc này", "MÃ,…"},
	    {"min", 0, 0, G_OPTION_ARG_STRING, &arguments.min,
		"mức nhẹ nhất được in: E lỗi, W cảnh báo, I lưu ý", "E|W|I"},
	    {0},
	};
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (arguments.list_rules) {
		print_rules();
		return 0;
	}
	if (argc < 2) {
		fprintf(stderr,
		    "namro lint: thiếu tên tệp kế hoạch; chạy \"namro lint --help\" để xem cách dùng\n");
		return 2;
	}
	if (!read_arguments(&arguments, context->today))
		return 2;
	return lint_files(context, &arguments, argc - 1, argv + 1);
}
