/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/work/list_views.h"

void
work_write_csv(const WorkListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số", "Nhiệm vụ", "Phần việc", "Kỳ", "Cơ quan", "Người thực hiện",
	    "Hạn gốc", "Hạn hiện nay", "Tình trạng", "Phần trăm", "Ngày nộp", "Ngày nghiệm thu", "Số văn bản",
	    "Ngày ban hành", "Còn thiếu"};
	GString *out = response->body;

	http_csv_begin(response, "cong-viec.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_lines; i++) {
		const WorkRow *row = view->lines[i].row;
		const int32_t days[] = {row->piece.original_due, row->piece.due, row->piece.submitted_day,
		    row->piece.accepted_day, row->piece.doc_day};
		char texts[G_N_ELEMENTS(days)][DATE_ISO_SIZE];

		for (size_t d = 0; d < G_N_ELEMENTS(days); d++)
			date_format_vi(days[d], texts[d]);
		csv_text(out, row->no);
		csv_text(out, row->name);
		csv_text(out, row->piece.part);
		csv_text(out, view->lines[i].period);
		csv_text(out, row->agency);
		csv_text(out, row->person);
		csv_text(out, texts[0]);
		csv_text(out, texts[1]);
		csv_text(out, view->lines[i].state_text);
		if (row->piece.percent >= 0)
			csv_int(out, row->piece.percent);
		else
			csv_text(out, NULL);
		csv_text(out, texts[2]);
		csv_text(out, texts[3]);
		csv_text(out, row->piece.doc_number);
		csv_text(out, texts[4]);
		csv_text(out, view->lines[i].missing);
		csv_end_line(out);
	}
}

void
work_write_row(JsonWriter *json, const WorkLine *line, const WorkScope *scope, const WorkSettings *settings)
{
	const WorkPiece *piece = &line->row->piece;

	json_begin_object(json);
	json_key_int(json, "id", piece->piece_id);
	json_key_int(json, "plan", piece->plan_id);
	json_key_int(json, "task", piece->task_no);
	json_key_string(json, "no", line->row->no);
	json_key_string(json, "name", line->row->name);
	json_key_string(json, "part", piece->part);
	json_key_day(json, "period_end", piece->period_end);
	json_key_string(json, "agency", line->row->agency);
	json_key_string(json, "person", line->row->person);
	json_key_day(json, "original_due", piece->original_due);
	json_key_day(json, "due", piece->due);
	json_key_string(json, "state", WORK_STATE_WORDS[piece->state]);
	json_key_string(json, "timeliness",
	    WORK_TIMELINESS_TITLES[work_when(piece, scope->today, settings->soon_days).timeliness]);
	json_key(json, "percent");
	if (piece->percent >= 0)
		json_int(json, piece->percent);
	else
		json_null(json);
	json_key_day(json, "submitted", piece->submitted_day);
	json_key_day(json, "accepted", piece->accepted_day);
	json_key_string(json, "document", piece->doc_number);
	json_key_day(json, "issued", piece->doc_day);
	json_key_string(json, "missing", line->missing);
	json_key_int(json, "version", piece->version);
	json_end_object(json);
}

void
work_write_json(
    const WorkListView *view, const WorkScope *scope, const WorkSettings *settings, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "work");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_lines; i++)
		work_write_row(&json, &view->lines[i], scope, settings);
	json_end_array(&json);
	json_end_object(&json);
}
