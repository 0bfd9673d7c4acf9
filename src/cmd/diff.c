/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/diff/diff.h"
#include "base/json.h"
#include "cmd/command.h"

#include <stdio.h>

static void
print_places(const PlanDiffItem *item)
{
	if (item->old_span.line != 0 && item->new_span.line != 0)
		printf(" (dòng %u → dòng %u)", item->old_span.line, item->new_span.line);
	else if (item->old_span.line != 0 || item->new_span.line != 0)
		printf(" (dòng %u)", MAX(item->old_span.line, item->new_span.line));
}

static void
print_item(const PlanDiffItem *item)
{
	static const char MARKS[PLAN_DIFF_KIND_MAX] = {[PLAN_DIFF_ADDED] = '+',
	    [PLAN_DIFF_REMOVED] = '-',
	    [PLAN_DIFF_CHANGED] = '~',
	    [PLAN_DIFF_RENUMBERED] = '='};
	const char *no = item->new_no != NULL ? item->new_no : item->old_no;

	printf("%c %s%s%s “%s”", MARKS[item->kind], plan_diff_what_title(item->what), no != NULL ? " " : "",
	    no != NULL ? no : "", item->label);
	print_places(item);
	printf("\n");
	for (size_t i = 0; i < item->n_fields; i++) {
		const PlanDiffField *field = &item->fields[i];

		printf("    %s", field->title);
		if (field->year != 0)
			printf(" năm %d", field->year);
		printf(": %s → %s\n", field->from[0] != '\0' ? field->from : "(trống)",
		    field->to[0] != '\0' ? field->to : "(trống)");
	}
	if (item->origin != NULL)
		printf("    %s “%s”\n", item->kind == PLAN_DIFF_ADDED ? "tách ra từ" : "đã gộp vào",
		    item->origin);
}

static void
print_text(const PlanDiff *diff, const char *old_path, const char *new_path)
{
	static const struct {
		PlanDiffKind kind;
		const char *title;
	} GROUPS[] = {{PLAN_DIFF_CHANGED, "THAY ĐỔI"}, {PLAN_DIFF_ADDED, "THÊM"}, {PLAN_DIFF_REMOVED, "BỎ"},
	    {PLAN_DIFF_RENUMBERED, "CHỈ ĐỔI SỐ HOẶC VỊ TRÍ"}};

	printf("%s → %s: %zu thay đổi, %zu thêm, %zu bỏ, %zu chỉ đổi số hoặc vị trí\n", old_path, new_path,
	    diff->n_by_kind[PLAN_DIFF_CHANGED], diff->n_by_kind[PLAN_DIFF_ADDED],
	    diff->n_by_kind[PLAN_DIFF_REMOVED], diff->n_by_kind[PLAN_DIFF_RENUMBERED]);
	for (size_t g = 0; g < G_N_ELEMENTS(GROUPS); g++) {
		if (diff->n_by_kind[GROUPS[g].kind] == 0)
			continue;
		printf("\n%s\n", GROUPS[g].title);
		for (guint i = 0; i < diff->items->len; i++) {
			const PlanDiffItem *item = g_ptr_array_index(diff->items, i);

			if (item->kind == GROUPS[g].kind)
				print_item(item);
		}
	}
}

static void
write_side(JsonWriter *json, const char *key, const char *no, SourceSpan span)
{
	json_key(json, key);
	if (span.line == 0) {
		json_null(json);
		return;
	}
	json_begin_object(json);
	json_key_string(json, "no", no);
	json_key_int(json, "line", span.line);
	json_key_int(json, "offset", (int64_t)span.offset);
	json_key_int(json, "length", (int64_t)span.len);
	json_end_object(json);
}

static void
write_item(JsonWriter *json, const PlanDiffItem *item)
{
	json_begin_object(json);
	json_key_string(json, "kind", plan_diff_kind_name(item->kind));
	json_key_string(json, "what", plan_diff_what_name(item->what));
	json_key_string(json, "label", item->label);
	write_side(json, "old", item->old_no, item->old_span);
	write_side(json, "new", item->new_no, item->new_span);
	json_key_string(json, "origin", item->origin);
	json_key_int(json, "alike", item->alike_pct);
	json_key(json, "fields");
	json_begin_array(json);
	for (size_t i = 0; i < item->n_fields; i++) {
		const PlanDiffField *field = &item->fields[i];

		json_begin_object(json);
		json_key_string(json, "field", field->key);
		if (field->year != 0)
			json_key_int(json, "year", field->year);
		json_key_string(json, "from", field->from);
		json_key_string(json, "to", field->to);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

static void
print_json(const PlanDiff *diff, const char *old_path, const char *new_path)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, true);
	json_begin_object(&json);
	json_key_string(&json, "old", old_path);
	json_key_string(&json, "new", new_path);
	for (int kind = 0; kind < PLAN_DIFF_KIND_MAX; kind++)
		json_key_int(&json, plan_diff_kind_name((PlanDiffKind)kind), (int64_t)diff->n_by_kind[kind]);
	json_key(&json, "items");
	json_begin_array(&json);
	for (guint i = 0; i < diff->items->len; i++)
		write_item(&json, g_ptr_array_index(diff->items, i));
	json_end_array(&json);
	json_end_object(&json);
	printf("%s\n", out->str);
}

int
command_diff(const CommandContext *context, int argc, char **argv)
{
	gboolean as_json = FALSE;
	const GOptionEntry entries[] = {
	    {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, "in kết quả dạng JSON", NULL},
	    {0},
	};
	g_autoptr(Plan) old_plan = NULL, new_plan = NULL;
	g_autoptr(PlanDiff) diff = NULL;
	g_autoptr(GError) error = NULL;
	int exit_code = 0;

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != 3) {
		fprintf(
		    stderr, "namro diff: cần đúng hai tệp, bản cũ rồi bản mới; chạy \"namro diff --help\"\n");
		return 2;
	}
	if (!command_compile_file(argv[1], &old_plan, &error) ||
	    !command_compile_file(argv[2], &new_plan, &error))
		return command_fail(context, error);
	diff = plan_diff(old_plan, new_plan);
	if (as_json)
		print_json(diff, argv[1], argv[2]);
	else
		print_text(diff, argv[1], argv[2]);
	return diff->items->len > 0 ? 1 : 0;
}
