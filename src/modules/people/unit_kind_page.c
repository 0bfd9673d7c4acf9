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

/* Lists the kinds; their rows live in the book's arena. */
static void
fill_rows(UnitKindsView *view, const AgencyBook *book, int32_t today)
{
	UnitKindRow *rows = arena_array(book->arena, UnitKindRow, book->n_kinds + 1);
	DatedEntry *entries = arena_array(book->arena, DatedEntry, book->n_kinds + 1);

	for (size_t i = 0; i < book->n_kinds; i++) {
		const AgencyKind *kind = &book->kinds[i];

		rows[i] = (UnitKindRow){kind, count_units(book, kind->kind, today),
		    verb(kind->is_given_by_state), verb(kind->is_given_by_party)};
		entries[i] = (DatedEntry){.rule = &rows[i],
		    .days = agency_kind_days(kind),
		    .key = kind->kind,
		    .words = kind->name,
		    .source = kind->source};
	}
	dated_list_fill(&view->list, entries, book->n_kinds);
}

static void
write_csv(const UnitKindsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {"Mã", "Loại đơn vị", "Ủy ban nhân dân", "Đảng ủy", "Số đơn vị",
	    "Tình trạng", "Hiệu lực", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "loai-don-vi.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->list.n_rows; i++) {
		const DatedRow *dated = &view->list.rows[i];
		const UnitKindRow *row = dated->entry->rule;

		csv_text(out, row->kind->kind);
		csv_text(out, row->kind->name);
		csv_text(out, row->by_state);
		csv_text(out, row->by_party);
		csv_int(out, row->n_units);
		csv_text(out, dated_standing_title(dated->standing));
		csv_text(out, dated->days);
		csv_text(out, row->kind->source);
		csv_end_line(out);
	}
}

static void
put_kind(JsonWriter *json, const UnitKindRow *row)
{
	const AgencyKind *kind = row->kind;

	json_begin_object(json);
	json_key_string(json, "kind", kind->kind);
	json_key_string(json, "name", kind->name);
	json_key(json, "given_by_state");
	json_bool(json, kind->is_given_by_state);
	json_key(json, "given_by_party");
	json_bool(json, kind->is_given_by_party);
	json_key_int(json, "units", row->n_units);
	json_key_day(json, "valid_from", agency_kind_days(kind).from);
	json_key_day(json, "valid_to", kind->valid_to);
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
	for (size_t i = 0; i < view->list.n_rows; i++)
		put_kind(&json, view->list.rows[i].entry->rule);
	json_end_array(&json);
	json_end_object(&json);
}

static bool
answer(HttpRequest *request, HttpResponse *response, UnitKindsView *view, GError **error)
{
	const AppContext *context = app_context(request);
	AgencyBook book;

	if (!dated_list_begin(request, UNIT_KINDS_PATH, "loại đơn vị", &view->list, error) ||
	    !agency_book_read(context->db, context->commune_id, request->arena, &book, error))
		return false;
	view->list.typed = view->ends;
	fill_rows(view, &book, context->today);
	if (view->from == NULL)
		view->from = view->list.today_iso;
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
	UnitKindsView view = {.name = "", .source = "", .by_state = true};

	return answer(request, response, &view, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, UnitKindsView *view, GError **error)
{
	if (view->problem == NULL) {
		dated_list_return(request, UNIT_KINDS_PATH, response);
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
	    .by_party = *http_request_form_text(request, "dang-giao") != '\0'};
	AgencyKind kind = {.name = view.name,
	    .source = view.source,
	    .is_given_by_state = view.by_state,
	    .is_given_by_party = view.by_party};

	view.problem = dated_read_first_day(view.from, scope.today, &kind.valid_from);
	if (view.problem == NULL && !agency_kind_add(&scope, &kind, &view.problem, error))
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
	    .ends = {http_request_param(request, "loai"), http_request_form_text(request, "den-ngay"),
		http_request_form_text(request, "can-cu")}};

	return agency_kind_end(&scope, view.ends.key, dated_read_last_day(view.ends.last_day),
		   view.ends.source, &view.problem, error) &&
	       finish(request, response, &view, error);
}
