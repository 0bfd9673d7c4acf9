/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/succession/succession_pages.h"

/* A comparison as data. */

static void
write_line(JsonWriter *json, const SuccessionLine *line)
{
	json_begin_object(json);
	json_key_string(json, "what", line->line.what == PLAN_LINE_TASK ? "task" : "indicator");
	json_key_string(json, "change", PLAN_LINE_CHANGE_WORDS[line->line.change]);
	json_key_int(json, "old", line->line.old_no);
	json_key_string(json, "old_no", line->old_row != NULL ? line->old_row->code : NULL);
	json_key_string(json, "old_name", line->old_row != NULL ? line->old_row->name : NULL);
	json_key_int(json, "new", line->line.new_no);
	json_key_string(json, "new_no", line->new_row != NULL ? line->new_row->code : NULL);
	json_key_string(json, "new_name", line->new_row != NULL ? line->new_row->name : NULL);
	json_key_int(json, "alike", line->alike_pct);
	json_key_string(json, "money", line->money);
	json_key_string(json, "product", line->product);
	json_key(json, "confirmed");
	json_bool(json, line->is_confirmed);
	json_key(json, "fields");
	json_begin_array(json);
	for (size_t i = 0; i < line->line.n_fields; i++) {
		const PlanLineField *field = &line->line.fields[i];

		json_begin_object(json);
		json_key_string(json, "field", field->field);
		if (field->year != 0)
			json_key_int(json, "year", field->year);
		json_key_string(json, "from", field->old_text);
		json_key_string(json, "to", field->new_text);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

void
succession_write_json(const SuccessionCompare *compare, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "old", compare->old_caption);
	json_key_string(&json, "new", compare->new_caption);
	json_key_string(&json, "state", SUCCESSION_STATE_TITLES[compare->succession.state]);
	json_key(&json, "lines");
	json_begin_array(&json);
	for (guint i = 0; i < compare->lines->len; i++)
		write_line(&json, g_ptr_array_index(compare->lines, i));
	json_end_array(&json);
	json_end_object(&json);
}

void
succession_write_csv(const SuccessionCompare *compare, HttpResponse *response)
{
	static const char *const HEADS[] = {"Loại", "Thay đổi", "Số cũ", "Nội dung cũ", "Số mới",
	    "Nội dung mới", "Trường khác", "Đã xác nhận", "Kinh phí", "Sản phẩm đã sửa"};
	GString *out = response->body;

	http_csv_begin(response, "so-sanh-ke-hoach.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);
		g_autoptr(GString) fields = g_string_new(NULL);

		for (size_t f = 0; f < line->line.n_fields; f++) {
			const PlanLineField *field = &line->line.fields[f];

			g_string_append_printf(fields, "%s%s", f > 0 ? "\n" : "", field->title);
			if (field->year != 0)
				g_string_append_printf(fields, " năm %d", field->year);
			g_string_append_printf(fields, ": %s → %s", field->old_text, field->new_text);
		}
		csv_text(out, PLAN_LINE_WHAT_TITLES[line->line.what]);
		csv_text(out, PLAN_LINE_CHANGE_TITLES[line->line.change]);
		csv_text(out, line->old_row != NULL ? line->old_row->code : NULL);
		csv_text(out, line->old_row != NULL ? line->old_row->name : NULL);
		csv_text(out, line->new_row != NULL ? line->new_row->code : NULL);
		csv_text(out, line->new_row != NULL ? line->new_row->name : NULL);
		csv_text(out, fields->str);
		csv_text(out, line->is_confirmed ? "có" : "chưa");
		csv_text(out, line->money);
		csv_text(out, line->product);
		csv_end_line(out);
	}
}
