/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/text.h"
#include "http/data.h"
#include "http/query.h"
#include "modules/people/pages/units.html.h"
#include "modules/people/unit_pages.h"

#include <string.h>

const char *const UNIT_FILTER_WORDS[UNIT_FILTER_MAX] = {
    [UNIT_LIVING] = "dang-co",
    [UNIT_UNCONFIRMED] = "chua-xac-nhan",
    [UNIT_ENDED] = "da-ket-thuc",
    [UNIT_ALL] = "tat-ca",
};

const char *const UNIT_FILTER_LABELS[UNIT_FILTER_MAX] = {
    [UNIT_LIVING] = "Đang có",
    [UNIT_UNCONFIRMED] = "Chưa xác nhận",
    [UNIT_ENDED] = "Đã kết thúc",
    [UNIT_ALL] = "Tất cả",
};

enum { KEY_SEARCH, KEY_KIND, KEY_FILTER, KEY_DAY, KEY_PAGE, KEY_MAX };

static const char *const FILTERS[] = {"dang-co", "chua-xac-nhan", "da-ket-thuc", "tat-ca", NULL};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_SEARCH] = {"tim", "Tìm", http_valid_text, .max = 200},
    [KEY_KIND] = {"loai", "Loại", http_valid_text, .max = 40},
    [KEY_FILTER] = {"tinh-trang", "Tình trạng", http_valid_word, .words = FILTERS},
    [KEY_DAY] = {"ngay", "Ngày", http_valid_date, .max = 0},
    [KEY_PAGE] = {"trang", "Trang", http_valid_int, .min = 1, .max = AGENCY_UNITS_MAX},
};

static const char *
text_of(const HttpValue *value)
{
	return value->is_set ? value->text : "";
}

static void
write_csv(const UnitListView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Đơn vị", "Viết tắt", "Mã định danh", "Loại", "Trực thuộc",
	    "Đã xác nhận", "Nay là", "Người đứng đầu", "Số người", "Nhiệm vụ chủ trì", "Nhiệm vụ phối hợp",
	    "Chỉ tiêu chủ trì"};
	GString *out = response->body;

	http_csv_begin(response, "don-vi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->all.n_rows; i++) {
		const UnitRow *row = &view->all.rows[i];

		csv_text(out, row->at->name);
		csv_text(out, row->at->short_name);
		csv_text(out, row->at->code);
		csv_text(out, row->kind_name);
		csv_text(out, row->parent_name);
		csv_text(out, row->at->version_no > 0 ? "có" : "chưa");
		csv_text(out, row->now);
		csv_text(out, row->head != NULL ? row->head->person_name : NULL);
		csv_int(out, row->n_people);
		csv_int(out, row->lead_tasks);
		csv_int(out, row->coordinating_tasks);
		csv_int(out, row->lead_indicators);
		csv_end_line(out);
	}
}

static void
write_json(const UnitListView *view, HttpResponse *response)
{
	char day[DATE_ISO_SIZE];
	JsonWriter json;

	http_json_begin(response);
	date_format_iso(view->query.day, day);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_string(&json, "day", day);
	json_key_int(&json, "total", (int64_t)view->all.n_rows);
	json_key(&json, "units");
	json_begin_array(&json);
	for (size_t i = 0; i < view->all.n_rows; i++) {
		const UnitRow *row = &view->all.rows[i];

		json_begin_object(&json);
		json_key_int(&json, "id", row->unit->agency_id);
		json_key_string(&json, "name", row->at->name);
		json_key_string(&json, "short_name", row->at->short_name);
		json_key_string(&json, "code", row->at->code);
		json_key_string(&json, "kind", row->at->kind);
		json_key_int(&json, "parent", row->at->parent_id);
		json_key(&json, "confirmed");
		json_bool(&json, row->at->version_no > 0);
		json_key(&json, "ended");
		json_bool(&json, row->at->is_ended);
		json_key_string(&json, "now", row->now);
		json_key_string(&json, "head", row->head != NULL ? row->head->person_name : NULL);
		json_key_int(&json, "people", row->n_people);
		json_key_int(&json, "lead_tasks", row->lead_tasks);
		json_key_int(&json, "coordinating_tasks", row->coordinating_tasks);
		json_key_int(&json, "lead_indicators", row->lead_indicators);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

bool
unit_list_answer(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	static const char *const NAMES[] = {"tim", "loai", "tinh-trang", "ngay"};
	const AppContext *context = app_context(request);
	g_autofree char *folded = NULL;
	HttpValue values[KEY_MAX];
	UnitListView view = {.arena = request->arena, .problem = problem};

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	folded = text_fold_vi(text_of(&values[KEY_SEARCH]));
	view.search = text_of(&values[KEY_SEARCH]);
	view.query =
	    (UnitQuery){.day = values[KEY_DAY].is_set ? (int32_t)values[KEY_DAY].number : context->today,
		.filter = values[KEY_FILTER].is_set ? (UnitFilter)values[KEY_FILTER].number : UNIT_LIVING,
		.kind = text_of(&values[KEY_KIND]),
		.search = g_strstrip(folded)};
	if (!unit_rows_read(request, &view.query, false, &view.all, error))
		return false;
	view.may_change = people_may_change(request);
	view.is_today = view.query.day == context->today;
	list_page_begin(&view.page, request->arena, UNITS_PATH, NAMES, values, G_N_ELEMENTS(NAMES));
	list_page_cut(&view.page, request->arena, "đơn vị", view.all.n_rows,
	    values[KEY_PAGE].is_set ? (size_t)values[KEY_PAGE].number : 1);
	if (request->format == HTTP_CSV)
		write_csv(&view, response);
	else if (request->format == HTTP_JSON)
		write_json(&view, response);
	else {
		view.layout = app_layout(request, "Đơn vị");
		view.layout.as_of = arena_printf(
		    request->arena, "Tính đến ngày %s", date_text_vi(request->arena, view.query.day));
		unit_list_page(response->body, &view);
	}
	return true;
}

bool
unit_list_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return unit_list_answer(request, response, NULL, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	const char *back = http_request_form_text(request, "ve");

	if (problem == NULL) {
		http_response_redirect(response, strcmp(back, SETUP_PATH) == 0 ? SETUP_PATH : UNITS_PATH);
		return true;
	}
	response->status = 422;
	return unit_list_answer(request, response, problem, error);
}

bool
unit_confirm(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyScope scope = people_units_of(request);
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	const char *problem;

	for (size_t i = 0; i < request->n_form; i++) {
		int64_t id =
		    strcmp(request->form[i].name, "chon") == 0 ? people_number(request->form[i].value) : 0;

		if (id > 0)
			g_array_append_val(ids, id);
	}
	return agency_confirm_all(
		   &scope, (const int64_t *)(const void *)ids->data, ids->len, &problem, error) &&
	       finish(request, response, problem, error);
}

bool
unit_add_standard(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyScope scope = people_units_of(request);
	const char *problem;
	int64_t n;

	return agency_add_standard(&scope, &n, &problem, error) && finish(request, response, problem, error);
}
