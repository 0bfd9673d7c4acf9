/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/unit_kind_page.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/people/pages/unit_kinds.html.h"

#include <string.h>

static const char *
verb(bool is_given)
{
	return is_given ? "giao" : "đề nghị";
}

static int64_t
count_units(const AgencyBook *book, const char *kind, int32_t today)
{
	int64_t n = 0;

	for (size_t i = 0; i < book->n_units; i++) {
		const AgencyUnit *unit = &book->units[i];

		n += !unit->is_withdrawn && unit->same_as == 0 && agency_lives(unit, today) &&
		     strcmp(agency_at(unit, today)->kind, kind) == 0;
	}
	return n;
}

static const char *
days_of(Arena *arena, const AgencyKind *kind)
{
	return kind->valid_to == DATE_NONE
		   ? people_since(arena, kind->valid_from)
		   : arena_printf(arena, "%s đến %s", people_since(arena, kind->valid_from),
			 date_text_vi(arena, kind->valid_to));
}

static UnitKindRow
make_row(const AgencyBook *book, const AgencyKind *kind, int32_t today)
{
	bool is_over = kind->valid_to != DATE_NONE && kind->valid_to < today;
	bool is_on = agency_kind_is_on(kind, today);

	return (UnitKindRow){.kind = kind,
	    .n_units = count_units(book, kind->kind, today),
	    .days = days_of(book->arena, kind),
	    .look = is_on     ? "ok"
		    : is_over ? "idle"
			      : "soon",
	    .state = is_on     ? "Đang dùng"
		     : is_over ? "Thôi dùng"
			       : "Sắp dùng",
	    .ending = {.action = is_over
				     ? NULL
				     : arena_printf(book->arena, UNIT_KINDS_PATH "/%s/ket-thuc", kind->kind),
		.key = kind->kind},
	    .by_state = verb(kind->is_given_by_state),
	    .by_party = verb(kind->is_given_by_party)};
}

/* Those that are over come last. */
static void
fill_rows(UnitKindsView *view, const AgencyBook *book, int32_t today)
{
	view->rows = arena_array(book->arena, UnitKindRow, book->n_kinds + 1);
	for (int is_over = 0; is_over <= 1; is_over++)
		for (size_t i = 0; i < book->n_kinds; i++) {
			UnitKindRow row = make_row(book, &book->kinds[i], today);

			if ((row.ending.action == NULL) == (is_over == 1))
				view->rows[view->n_rows++] = row;
		}
}

static void
write_csv(const UnitKindsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Mã", "Loại đơn vị", "Ủy ban nhân dân", "Đảng ủy", "Số đơn vị",
	    "Tình trạng", "Hiệu lực", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "loai-don-vi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const UnitKindRow *row = &view->rows[i];

		csv_text(out, row->kind->kind);
		csv_text(out, row->kind->name);
		csv_text(out, row->by_state);
		csv_text(out, row->by_party);
		csv_int(out, row->n_units);
		csv_text(out, row->state);
		csv_text(out, row->days);
		csv_text(out, row->kind->source);
		csv_end_line(out);
	}
}

static void
put_kind(JsonWriter *json, const UnitKindRow *row)
{
	const AgencyKind *kind = row->kind;
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

	date_format_iso(kind->valid_from, from);
	date_format_iso(kind->valid_to, to);
	json_begin_object(json);
	json_key_string(json, "kind", kind->kind);
	json_key_string(json, "name", kind->name);
	json_key(json, "given_by_state");
	json_bool(json, kind->is_given_by_state);
	json_key(json, "given_by_party");
	json_bool(json, kind->is_given_by_party);
	json_key_int(json, "units", row->n_units);
	json_key_string(json, "valid_from", kind->valid_from != AGENCY_SINCE_EVER ? from : NULL);
	json_key_string(json, "valid_to", kind->valid_to != DATE_NONE ? to : NULL);
	json_key_string(json, "source", kind->source);
	json_end_object(json);
}

static void
write_json(const UnitKindsView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "kinds");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++)
		put_kind(&json, &view->rows[i]);
	json_end_array(&json);
	json_end_object(&json);
}

static bool
answer(HttpRequest *request, HttpResponse *response, UnitKindsView *view, GError **error)
{
	const AppContext *context = app_context(request);
	char today[DATE_ISO_SIZE];
	AgencyBook book;

	if (!agency_book_read(context->db, context->commune_id, request->arena, &book, error))
		return false;
	fill_rows(view, &book, context->today);
	date_format_iso(context->today, today);
	view->today_iso = arena_strdup(request->arena, today);
	if (view->from == NULL)
		view->from = view->today_iso;
	for (size_t i = 0; i < view->n_rows; i++)
		part_ending_typed(
		    &view->rows[i].ending, view->today_iso, view->ends, view->last_day, view->end_source);
	view->may_change = people_may_change(request);
	view->layout = app_layout(request, "Loại đơn vị");
	if (request->format == HTTP_CSV)
		write_csv(view, response);
	else if (request->format == HTTP_JSON)
		write_json(view, response);
	else
		unit_kinds_page(response->body, view);
	return true;
}

bool
unit_kinds_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	UnitKindsView view = {.name = "", .source = "", .ends = "", .by_state = true};

	return answer(request, response, &view, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, UnitKindsView *view, GError **error)
{
	if (view->problem == NULL) {
		http_response_redirect(response, UNIT_KINDS_PATH);
		return true;
	}
	response->status = 422;
	return answer(request, response, view, error);
}

bool
unit_kind_add(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyScope scope = people_units_of(request);
	UnitKindsView view = {.name = http_request_form_text(request, "ten"),
	    .from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu"),
	    .by_state = *http_request_form_text(request, "ubnd-giao") != '\0',
	    .by_party = *http_request_form_text(request, "dang-giao") != '\0',
	    .ends = ""};
	AgencyKind kind = {.name = view.name,
	    .source = view.source,
	    .is_given_by_state = view.by_state,
	    .is_given_by_party = view.by_party};

	if (!people_day(view.from, scope.today, &kind.valid_from))
		view.problem = "Dùng từ ngày: phải là một ngày có thật.";
	else if (!agency_kind_add(&scope, &kind, &view.problem, error))
		return false;
	return finish(request, response, &view, error);
}

bool
unit_kind_end(HttpRequest *request, HttpResponse *response, GError **error)
{
	AgencyScope scope = people_units_of(request);
	UnitKindsView view = {.name = "",
	    .source = "",
	    .by_state = true,
	    .ends = http_request_param(request, "loai"),
	    .last_day = http_request_form_text(request, "den-ngay"),
	    .end_source = http_request_form_text(request, "can-cu")};
	int32_t last_day;

	/* A kind that is not there is told first. */
	if (!people_day(view.last_day, DATE_NONE, &last_day))
		last_day = DATE_NONE;
	if (!agency_kind_end(&scope, view.ends, last_day, view.end_source, &view.problem, error))
		return false;
	if (last_day == DATE_NONE)
		view.problem = "Ngày cuối còn dùng: hãy ghi một ngày có thật.";
	return finish(request, response, &view, error);
}
