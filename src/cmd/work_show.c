/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "cmd/work_call.h"
#include "modules/work/work_pages.h"

#include <stdio.h>

/* `namro task list` and `namro task show`. */

#define ROWS_MAX 100000

static void
print_row(const WorkLine *line)
{
	const WorkRow *row = line->row;

	printf("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\t%s%s%s\n", row->piece.piece_id,
	    row->no != NULL ? row->no : "", line->state_text, line->due != NULL ? line->due : "", row->agency,
	    row->person != NULL ? row->person : "", row->name, line->period != NULL ? " · " : "",
	    line->period != NULL ? line->period : "");
}

static bool
find_filter(const TaskCall *call, WorkFilter *ret_filter, GError **error)
{
	const TaskOptions *options = call->options;
	int whose = options->whose != NULL
			? command_task_find_word(WORK_WHOSE_WORDS, WORK_WHOSE_MAX, options->whose)
			: WORK_ALL;
	static const char *const STAGES[] = {"tat-ca", "dang-mo", "cho-nghiem-thu", "da-khep"};
	int stage =
	    options->stage != NULL ? command_task_find_word(STAGES, G_N_ELEMENTS(STAGES), options->stage) : 0;

	if (whose < 0 || stage < 0)
		return command_refuse(
		    "--whose: toan-xa, cua-toi, lien-quan; --stage: tat-ca, dang-mo, cho-nghiem-thu, "
		    "da-khep",
		    error);
	*ret_filter = (WorkFilter){.whose = (WorkWhose)whose,
	    .stage = options->is_late ? WORK_STAGE_OPEN : stage,
	    .agency_id = options->agency_id,
	    .plan_id = options->plan_id,
	    .task_no = options->task_no,
	    .due_from = DATE_NONE,
	    .due_to = options->is_late ? call->scope.today - 1 : DATE_NONE,
	    .limit = ROWS_MAX};
	return true;
}

bool
command_task_list(const TaskCall *call, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;
	WorkFilter filter;

	if (!find_filter(call, &filter, error) || !work_list(&call->scope, &filter, rows, error))
		return false;
	json_init(&json, out, true);
	json_begin_array(&json);
	for (guint i = 0; i < rows->len; i++) {
		WorkLine line;

		work_fill_line(&call->scope, &call->settings, g_ptr_array_index(rows, i), &line);
		if (call->options->is_json)
			work_write_row(&json, &line, &call->scope, &call->settings);
		else
			print_row(&line);
	}
	json_end_array(&json);
	if (call->options->is_json)
		printf("%s\n", out->str);
	return true;
}

static void
print_entry(const TaskCall *call, const WorkEntry *entry)
{
	const char *texts[] = {entry->done, entry->difficulties, entry->proposals, entry->product,
	    entry->reason, entry->doc_number};

	printf("%" G_GINT64_FORMAT "\t%s\t%s\t%s", entry->entry_no, work_instant(&call->scope, entry->at_us),
	    WORK_ENTRY_TITLES[entry->kind], entry->name != NULL ? entry->name : "");
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i] != NULL)
			printf("\t%s", texts[i]);
	putchar('\n');
}

static void
write_entry(JsonWriter *json, const TaskCall *call, const WorkEntry *entry)
{
	json_begin_object(json);
	json_key_int(json, "no", entry->entry_no);
	json_key_string(json, "at", work_instant(&call->scope, entry->at_us));
	json_key_string(json, "kind", WORK_ENTRY_WORDS[entry->kind]);
	json_key_string(json, "by", entry->name);
	json_key_string(json, "state", entry->state >= 0 ? WORK_STATE_WORDS[entry->state] : NULL);
	json_key(json, "percent");
	if (entry->percent >= 0)
		json_int(json, entry->percent);
	else
		json_null(json);
	json_key_day(json, "month", entry->month);
	json_key_day(json, "due", entry->due);
	json_key_day(json, "day", entry->day);
	json_key_string(json, "done", entry->done);
	json_key_string(json, "difficulties", entry->difficulties);
	json_key_string(json, "proposals", entry->proposals);
	json_key_string(json, "product", entry->product);
	json_key_string(json, "reason", entry->reason);
	json_key_string(json, "document", entry->doc_number);
	json_end_object(json);
}

/* The row as in a list, and its entries. */
static void
print_json(const TaskCall *call, const WorkLine *line, const GPtrArray *entries)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, true);
	json_begin_object(&json);
	json_key(&json, "piece");
	work_write_row(&json, line, &call->scope, &call->settings);
	json_key(&json, "entries");
	json_begin_array(&json);
	for (guint i = 0; i < entries->len; i++)
		write_entry(&json, call, g_ptr_array_index(entries, i));
	json_end_array(&json);
	json_end_object(&json);
	printf("%s\n", out->str);
}

bool
command_task_show(const TaskCall *call, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkLine line;
	WorkRow row;

	if (!work_find_row(&call->scope, call->piece_id, &row, error) ||
	    !work_entries(&call->scope, call->piece_id, entries, error))
		return false;
	work_fill_line(&call->scope, &call->settings, &row, &line);
	if (call->options->is_json) {
		print_json(call, &line, entries);
		return true;
	}
	print_row(&line);
	for (guint i = 0; i < entries->len; i++)
		print_entry(call, g_ptr_array_index(entries, i));
	return true;
}
