/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/csv.h"
#include "base/json.h"
#include "html/link.h"
#include "modules/work/pages/list.html.h"
#include "modules/work/work_pages.h"

#define PAGE_ROWS 50
#define DATA_ROWS 5000

enum { KEY_WHOSE, KEY_CHOICE, KEY_AGENCY, KEY_AFTER_KEY, KEY_AFTER_ID, KEY_MAX };

typedef enum { CHOICE_OPEN, CHOICE_LATE, CHOICE_SOON, CHOICE_WAITING, CHOICE_CLOSED, CHOICE_ALL } Choice;

const char *const WORK_CHOICE_WORDS[] = {
    "dang-mo", "qua-han", "den-han", "cho-nghiem-thu", "da-khep", "tat-ca", NULL};
const char *const WORK_CHOICE_TITLES[] = {
    "Đang mở", "Quá hạn", "Sắp đến hạn", "Chờ nghiệm thu", "Đã khép", "Tất cả", NULL};

static const char *const WHOSE_WORDS[] = {"toan-xa", "cua-toi", "lien-quan", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_WHOSE] = {"pham-vi", "Phạm vi", http_valid_word, .words = WHOSE_WORDS},
    [KEY_CHOICE] = {"loc", "Lọc", http_valid_word, .words = WORK_CHOICE_WORDS},
    [KEY_AGENCY] = {"co-quan", "Cơ quan", http_valid_int, .min = 1, .max = G_MAXINT32},
    [KEY_AFTER_KEY] = {"sau-han", "Vị trí", http_valid_int, .min = 0, .max = G_MAXINT32},
    [KEY_AFTER_ID] = {"sau", "Vị trí", http_valid_int, .min = 1, .max = G_MAXINT64},
};

static WorkFilter
filter_of(const WorkScope *scope, const WorkSettings *settings, const HttpValue *values)
{
	WorkFilter filter = {.whose = (WorkWhose)values[KEY_WHOSE].number,
	    .agency_id = values[KEY_AGENCY].number,
	    .due_from = DATE_NONE,
	    .due_to = DATE_NONE,
	    .after_key = values[KEY_AFTER_KEY].number,
	    .after_id = values[KEY_AFTER_ID].number};

	switch ((Choice)values[KEY_CHOICE].number) {
	case CHOICE_OPEN:
		filter.stage = WORK_STAGE_OPEN;
		break;
	case CHOICE_LATE:
		filter.stage = WORK_STAGE_OPEN;
		filter.due_to = scope->today - 1;
		break;
	case CHOICE_SOON:
		filter.stage = WORK_STAGE_OPEN;
		filter.due_from = scope->today;
		filter.due_to = scope->today + settings->action_days;
		break;
	case CHOICE_WAITING:
		filter.stage = WORK_STAGE_WAITING;
		break;
	case CHOICE_CLOSED:
		filter.stage = WORK_STAGE_CLOSED;
		break;
	case CHOICE_ALL:
		break;
	}
	return filter;
}

static void
write_csv(const WorkListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Số", "Nhiệm vụ", "Phần việc", "Kỳ", "Cơ quan", "Người thực hiện",
	    "Hạn gốc", "Hạn hiện nay", "Tình trạng", "Phần trăm", "Ngày nộp", "Ngày nghiệm thu", "Số văn bản",
	    "Ngày ban hành", "Còn thiếu"};
	GString *out = response->body;

	response->content_type = "text/csv; charset=utf-8";
	response->filename = "cong-viec.csv";
	csv_begin(out);
	for (size_t i = 0; i < G_N_ELEMENTS(HEADS); i++)
		csv_text(out, HEADS[i]);
	csv_end_line(out);
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

static void
put_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	json_key_string(json, key, day != DATE_NONE ? iso : NULL);
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
	put_day(json, "period_end", piece->period_end);
	json_key_string(json, "agency", line->row->agency);
	json_key_string(json, "person", line->row->person);
	put_day(json, "original_due", piece->original_due);
	put_day(json, "due", piece->due);
	json_key_string(json, "state", WORK_STATE_WORDS[piece->state]);
	json_key_string(json, "timeliness",
	    WORK_TIMELINESS_TITLES[work_when(piece, scope->today, settings->soon_days).timeliness]);
	json_key(json, "percent");
	if (piece->percent >= 0)
		json_int(json, piece->percent);
	else
		json_null(json);
	put_day(json, "submitted", piece->submitted_day);
	put_day(json, "accepted", piece->accepted_day);
	json_key_string(json, "document", piece->doc_number);
	put_day(json, "issued", piece->doc_day);
	json_key_string(json, "missing", line->missing);
	json_key_int(json, "version", piece->version);
	json_end_object(json);
}

static void
write_json(
    const WorkListView *view, const WorkScope *scope, const WorkSettings *settings, HttpResponse *response)
{
	JsonWriter json;

	response->content_type = "application/json; charset=utf-8";
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "work");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_lines; i++)
		work_write_row(&json, &view->lines[i], scope, settings);
	json_end_array(&json);
	json_end_object(&json);
}

static void
fill_links(HttpRequest *request, const WorkFilter *filter, bool has_more, WorkListView *view)
{
	Arena *arena = request->arena;
	const LinkParam params[] = {{"pham-vi", view->whose_word}, {"loc", view->choice_word},
	    {"co-quan",
		filter->agency_id > 0 ? arena_printf(arena, "%" G_GINT64_FORMAT, filter->agency_id) : NULL}};
	LinkBase base = {WORK_LIST_PATH, params, G_N_ELEMENTS(params)}, data = base;
	const WorkPiece *last = view->n_lines > 0 ? &view->lines[view->n_lines - 1].row->piece : NULL;

	if (has_more && last != NULL)
		view->next_url = link_with(arena, &base,
		    (const LinkParam[]){
			{"sau-han", arena_printf(arena, "%" G_GINT64_FORMAT, work_due_key(last))},
			{"sau", arena_printf(arena, "%" G_GINT64_FORMAT, last->piece_id)}},
		    2);
	if (filter->after_id > 0)
		view->first_url = link_with(arena, &base, NULL, 0);
	data.path = WORK_LIST_PATH ".csv";
	view->csv_url = link_with(arena, &data, NULL, 0);
	data.path = WORK_LIST_PATH ".json";
	view->json_url = link_with(arena, &data, NULL, 0);
	for (int whose = 0; whose < WORK_WHOSE_MAX; whose++) {
		const LinkParam change = {"pham-vi", WORK_WHOSE_WORDS[whose]};

		view->tabs[whose] = (WorkTab){
		    WORK_WHOSE_TITLES[whose], link_with(arena, &base, &change, 1), whose == (int)view->whose};
	}
}

static void
fill_lines(const WorkScope *scope, const WorkSettings *settings, const GPtrArray *rows, size_t max,
    WorkListView *view)
{
	view->n_lines = MIN(rows->len, max);
	view->lines = arena_array(scope->arena, WorkLine, view->n_lines + 1);
	for (size_t i = 0; i < view->n_lines; i++)
		work_fill_line(scope, settings, g_ptr_array_index(rows, i), &view->lines[i]);
}

bool
work_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	int max = request->format == HTTP_HTML ? PAGE_ROWS : DATA_ROWS;
	WorkListView view = {.agencies = agencies};
	HttpValue values[KEY_MAX];
	WorkSettings settings;
	WorkFilter filter;

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error) ||
	    !work_settings(&scope, &settings, error))
		return false;
	filter = filter_of(&scope, &settings, values);
	filter.limit = max + 1;
	view.whose = filter.whose;
	view.choice = (int)values[KEY_CHOICE].number;
	view.whose_word = WORK_WHOSE_WORDS[view.whose];
	view.choice_word = WORK_CHOICE_WORDS[view.choice];
	view.agency_id = filter.agency_id;
	if (!work_list(&scope, &filter, rows, error) ||
	    (request->format == HTTP_HTML && !work_agencies(&scope, agencies, error)))
		return false;
	fill_lines(&scope, &settings, rows, (size_t)max, &view);
	if (!work_fill_missing(&scope, view.lines, view.n_lines, error))
		return false;
	if (request->format == HTTP_CSV) {
		write_csv(&view, response);
	} else if (request->format == HTTP_JSON) {
		write_json(&view, &scope, &settings, response);
	} else {
		work_fill_layout(request, "Công việc", &view.layout);
		fill_links(request, &filter, rows->len > (guint)max, &view);
		work_list_page(response->body, &view);
	}
	return true;
}
