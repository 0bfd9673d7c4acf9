/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/ledger/history.h"

static void
put_csv(GString *out, const HistoryField *field, const HistoryStep *step, bool is_now)
{
	char at[INSTANT_VI_SIZE] = "";

	if (step != NULL)
		instant_format_vi(step->row->at_us, at);
	csv_text(out, field->label);
	csv_text(out, is_now ? "x" : "");
	csv_text(out, is_now ? field->now : step->after);
	csv_text(out, step != NULL ? step->before : NULL);
	csv_text(out, step != NULL ? step->row->actor.name : NULL);
	csv_text(out, at);
	if (step != NULL)
		csv_int(out, step->row->seq);
	else
		csv_text(out, NULL);
	csv_end_line(out);
}

void
history_write_csv(const HistoryView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Trường", "Hiện nay", "Giá trị", "Trước đó", "Ai đặt", "Lúc", "Dòng nhật ký"};
	GString *out = response->body;

	http_csv_begin(response, "ai-da-sua.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < view->history.fields->len; i++) {
		const HistoryField *field = g_ptr_array_index(view->history.fields, i);

		if (field->steps->len == 0)
			put_csv(out, field, NULL, true);
		for (guint k = 0; k < field->steps->len; k++)
			put_csv(out, field, g_ptr_array_index(field->steps, k), k == 0);
	}
}

static void
put_step_json(JsonWriter *json, const HistoryStep *step)
{
	json_begin_object(json);
	json_key_int(json, "seq", step->row->seq);
	json_key_int(json, "at_us", step->row->at_us);
	json_key_string(json, "actor", step->row->actor.name);
	json_key_string(json, "before", step->before);
	json_key_string(json, "after", step->after);
	json_end_object(json);
}

void
history_write_json(const HistoryView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "record", view->record.title);
	json_key(&json, "fields");
	json_begin_array(&json);
	for (guint i = 0; i < view->history.fields->len; i++) {
		const HistoryField *field = g_ptr_array_index(view->history.fields, i);

		json_begin_object(&json);
		json_key_string(&json, "key", field->key);
		json_key_string(&json, "label", field->label);
		json_key_string(&json, "now", field->now);
		json_key(&json, "changes");
		json_begin_array(&json);
		for (guint k = 0; k < field->steps->len; k++)
			put_step_json(&json, g_ptr_array_index(field->steps, k));
		json_end_array(&json);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}
