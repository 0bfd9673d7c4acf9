/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_kind_page.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "http/data.h"
#include "modules/evidence/pages/kinds.html.h"

#include <string.h>

static void
fill_rows(EvidenceKindsView *view, const GPtrArray *kinds, Arena *arena)
{
	DatedEntry *entries = arena_array(arena, DatedEntry, kinds->len + 1);

	for (guint i = 0; i < kinds->len; i++) {
		const EvidenceKind *kind = g_ptr_array_index(kinds, i);

		entries[i] = (DatedEntry){.rule = kind,
		    .days = evidence_kind_days(kind),
		    .key = kind->kind,
		    .words = kind->title,
		    .source = kind->source};
	}
	dated_list_fill(&view->list, entries, kinds->len);
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
	for (size_t i = 0; i < view->list.n_rows; i++) {
		const DatedRow *row = &view->list.rows[i];
		const EvidenceKind *kind = row->entry->rule;

		csv_text(out, kind->kind);
		csv_text(out, kind->title);
		csv_text(out, need_of(kind));
		csv_text(out, dated_standing_title(row->standing));
		csv_text(out, row->days);
		csv_text(out, kind->source);
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
	for (size_t i = 0; i < view->list.n_rows; i++) {
		const EvidenceKind *kind = view->list.rows[i].entry->rule;

		json_begin_object(&json);
		json_key_string(&json, "kind", kind->kind);
		json_key_string(&json, "title", kind->title);
		json_key(&json, "needs_number");
		json_bool(&json, kind->needs_number);
		json_key_day(&json, "valid_from", kind->valid_from);
		json_key_day(&json, "valid_to", kind->valid_to);
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

	if (!dated_list_begin(request, EVIDENCE_KINDS_PATH, "loại minh chứng", &view->list, error) ||
	    !evidence_kinds_all(&scope, request->arena, kinds, error))
		return false;
	view->list.typed = view->ends;
	fill_rows(view, kinds, request->arena);
	if (view->from == NULL)
		view->from = view->list.today_iso;
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
	EvidenceKindsView view = {.title = "", .source = ""};

	return answer(request, response, &view, error);
}

static bool
finish(HttpRequest *request, HttpResponse *response, EvidenceKindsView *view, GError **error)
{
	if (view->problem == NULL) {
		dated_list_return(request, EVIDENCE_KINDS_PATH, response);
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
	    .needs_number = *http_request_form_text(request, "can-so") != '\0'};
	EvidenceKind told = {.title = view.title, .source = view.source, .needs_number = view.needs_number};

	view.problem = dated_read_first_day(view.from, app_context(request)->today, &told.valid_from);
	if (view.problem == NULL && !evidence_kind_add(&scope, &told, request->arena, &view.problem, error))
		return false;
	return finish(request, response, &view, error);
}

bool
evidence_kind_end_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	EvidenceKindsView view = {.title = "",
	    .source = "",
	    .ends = {http_request_param(request, "loai"), http_request_form_text(request, "den-ngay"),
		http_request_form_text(request, "can-cu")}};

	return evidence_kind_end(&scope, view.ends.key, dated_read_last_day(view.ends.last_day),
		   view.ends.source, request->arena, &view.problem, error) &&
	       finish(request, response, &view, error);
}
