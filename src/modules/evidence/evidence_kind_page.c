/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_kind_page.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/evidence/pages/kinds.html.h"

#include <string.h>

static const char *
days_of(Arena *arena, const EvidenceKind *kind)
{
	char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
	const char *since = "từ trước đến nay";

	date_format_vi(kind->valid_from, from);
	date_format_vi(kind->valid_to, to);
	if (kind->valid_from != DATE_NONE)
		since = arena_printf(arena, "từ %s", from);
	return kind->valid_to == DATE_NONE ? since : arena_printf(arena, "%s đến %s", since, to);
}

static EvidenceKindRow
make_row(Arena *arena, const EvidenceKind *kind, int32_t today)
{
	bool is_over = kind->valid_to != DATE_NONE && kind->valid_to < today;
	bool is_on = evidence_kind_is_on(kind, today);

	return (EvidenceKindRow){.kind = kind,
	    .days = days_of(arena, kind),
	    .look = is_on     ? "ok"
		    : is_over ? "idle"
			      : "soon",
	    .state = is_on     ? "Đang dùng"
		     : is_over ? "Thôi dùng"
			       : "Sắp dùng",
	    .ending = {.action = is_over
				     ? NULL
				     : arena_printf(arena, EVIDENCE_KINDS_PATH "/%s/ket-thuc", kind->kind),
		.key = kind->kind}};
}

/* Those that are over come last. */
static void
fill_rows(EvidenceKindsView *view, const GPtrArray *kinds, Arena *arena, int32_t today)
{
	view->rows = arena_array(arena, EvidenceKindRow, kinds->len + 1);
	for (int is_over = 0; is_over <= 1; is_over++)
		for (guint i = 0; i < kinds->len; i++) {
			EvidenceKindRow row = make_row(arena, g_ptr_array_index(kinds, i), today);

			if ((row.ending.action == NULL) == (is_over == 1))
				view->rows[view->n_rows++] = row;
		}
}

static const char *
need_of(const EvidenceKind *kind)
{
	return kind->needs_number ? "số, ngày văn bản và tệp" : "tệp";
}

static void
write_csv(const EvidenceKindsView *view, HttpResponse *response)
{
	static const char *const HEADS[] = {
	    "Mã", "Loại minh chứng", "Phải có", "Tình trạng", "Hiệu lực", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "loai-minh-chung.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (size_t i = 0; i < view->n_rows; i++) {
		const EvidenceKindRow *row = &view->rows[i];

		csv_text(out, row->kind->kind);
		csv_text(out, row->kind->title);
		csv_text(out, need_of(row->kind));
		csv_text(out, row->state);
		csv_text(out, row->days);
		csv_text(out, row->kind->source);
		csv_end_line(out);
	}
}

static void
write_json(const EvidenceKindsView *view, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key(&json, "kinds");
	json_begin_array(&json);
	for (size_t i = 0; i < view->n_rows; i++) {
		const EvidenceKind *kind = view->rows[i].kind;
		char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];

		date_format_iso(kind->valid_from, from);
		date_format_iso(kind->valid_to, to);
		json_begin_object(&json);
		json_key_string(&json, "kind", kind->kind);
		json_key_string(&json, "title", kind->title);
		json_key(&json, "needs_number");
		json_bool(&json, kind->needs_number);
		json_key_string(&json, "valid_from", kind->valid_from != DATE_NONE ? from : NULL);
		json_key_string(&json, "valid_to", kind->valid_to != DATE_NONE ? to : NULL);
		json_key_string(&json, "source", kind->source);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}

static bool
answer(HttpRequest *request, HttpResponse *response, EvidenceKindsView *view, GError **error)
{
	const AppContext *context = app_context(request);
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GPtrArray) kinds = g_ptr_array_new();
	char today[DATE_ISO_SIZE];

	if (!evidence_kinds_all(&scope, request->arena, kinds, error))
		return false;
	fill_rows(view, kinds, request->arena, context->today);
	date_format_iso(context->today, today);
	view->today_iso = arena_strdup(request->arena, today);
	if (view->from == NULL)
		view->from = view->today_iso;
	for (size_t i = 0; i < view->n_rows; i++)
		part_ending_typed(
		    &view->rows[i].ending, view->today_iso, view->ends, view->last_day, view->end_source);
	view->may_change = app_visitor_may(context->visitor, APP_ACCOUNTS);
	view->layout = app_layout(request, "Loại minh chứng");
	if (request->format == HTTP_CSV)
		write_csv(view, response);
	else if (request->format == HTTP_JSON)
		write_json(view, response);
	else
		evidence_kinds_page(response->body, view);
	return true;
}

bool
evidence_kinds_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceKindsView view = {.title = "", .source = "", .ends = ""};

	return answer(request, response, &view, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, EvidenceKindsView *view, GError **error)
{
	if (view->problem == NULL) {
		http_response_redirect(response, EVIDENCE_KINDS_PATH);
		return true;
	}
	response->status = 422;
	return answer(request, response, view, error);
}

bool
evidence_kind_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceKindsView view = {.title = http_request_form_text(request, "ten"),
	    .from = http_request_form_text(request, "tu-ngay"),
	    .source = http_request_form_text(request, "can-cu"),
	    .needs_number = *http_request_form_text(request, "can-so") != '\0',
	    .ends = ""};
	EvidenceKind told = {.title = view.title,
	    .source = view.source,
	    .needs_number = view.needs_number,
	    .valid_from = app_context(request)->today};

	if (*view.from != '\0' && !date_parse_iso(view.from, &told.valid_from))
		view.problem = "Dùng từ ngày: phải là một ngày có thật.";
	else if (!evidence_kind_add(&scope, &told, request->arena, &view.problem, error))
		return false;
	return finish(request, response, &view, error);
}

bool
evidence_kind_end_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceKindsView view = {.title = "",
	    .source = "",
	    .ends = http_request_param(request, "loai"),
	    .last_day = http_request_form_text(request, "den-ngay"),
	    .end_source = http_request_form_text(request, "can-cu")};
	int32_t last_day;
	bool is_day = date_parse_iso(view.last_day, &last_day);

	/* A kind that is not there is told first. */
	if (!evidence_kind_end(&scope, view.ends, is_day ? last_day : DATE_NONE, view.end_source,
		request->arena, &view.problem, error))
		return false;
	if (!is_day)
		view.problem = "Ngày cuối còn dùng: hãy ghi một ngày có thật.";
	return finish(request, response, &view, error);
}
