/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/date.h"
#include "modules/evidence/evidence_access.h"
#include "modules/evidence/evidence_form.h"
#include "modules/evidence/evidence_pages.h"
#include "modules/evidence/evidence_scan.h"
#include "modules/evidence/evidence_secret.h"
#include "modules/evidence/evidence_type.h"
#include "modules/evidence/pages/card.html.h"
#include "modules/evidence/pages/form.html.h"

static bool
load_links(const EvidenceScope *scope, const Evidence *evidence, Arena *arena, EvidenceCardView *view,
    GError **error)
{
	g_autoptr(GPtrArray) objects = g_ptr_array_new(), same = g_ptr_array_new();

	if (!evidence_links(scope, evidence->evidence_id, arena, objects, error) ||
	    !evidence_same(scope, evidence, arena, same, error))
		return false;
	view->places = arena_array(arena, EvidencePlace, objects->len + 1);
	view->n_places = objects->len;
	for (guint i = 0; i < objects->len; i++)
		view->places[i] = evidence_place_of(arena, g_ptr_array_index(objects, i));
	view->same = arena_array(arena, int64_t, same->len + 1);
	view->n_same = same->len;
	for (guint i = 0; i < same->len; i++)
		view->same[i] = *(const int64_t *)g_ptr_array_index(same, i);
	return true;
}

static bool
has_preview(const Evidence *evidence)
{
	const EvidenceType *type = evidence->type != NULL ? evidence_type_find(evidence->type) : NULL;

	return type != NULL && type->has_pages && evidence->sha256 != NULL &&
	       evidence->scan != EVIDENCE_SUSPECT && evidence->size_bytes <= (int64_t)LIMIT_SOURCE_BYTES;
}

static bool
load_rights(HttpRequest *request, const Evidence *evidence, EvidenceCardView *view, GError **error)
{
	if (!evidence_may(request, APP_EVIDENCE, evidence, &view->may_change, error) ||
	    !evidence_may(request, APP_PUBLISH, evidence, &view->may_mark, error))
		return false;
	view->may_change = view->may_change && evidence->withdrawn_us == 0;
	view->may_mark = view->may_mark && !evidence->is_secret;
	return true;
}

static bool
load(HttpRequest *request, EvidenceCardView *view, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	const AppVisitor *visitor = app_context(request)->visitor;
	Evidence *evidence = arena_new0(request->arena, Evidence);
	char at[INSTANT_VI_SIZE] = "";
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error) ||
	    !evidence_find_readable(request, id, evidence, error) ||
	    !load_rights(request, evidence, view, error) ||
	    !load_links(&scope, evidence, request->arena, view, error))
		return false;
	evidence_make_row(request->arena, evidence, &view->row);
	view->may_system = app_visitor_may(visitor, APP_SYSTEM);
	view->has_preview = has_preview(evidence);
	if (evidence->withdrawn_us != 0)
		instant_format_minute_vi(evidence->withdrawn_us, at);
	view->withdrawn_at = arena_strdup(request->arena, at);
	view->layout = app_layout(request, view->row.name);
	return true;
}

bool
evidence_card_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceCardView view = {0};

	if (!load(request, &view, error))
		return false;
	evidence_card_page(response->body, &view);
	return true;
}

static bool
refuse_withdrawal(HttpRequest *request, HttpResponse *response, const GError *reason, GError **error)
{
	EvidenceCardView view = {0};

	if (!load(request, &view, error))
		return false;
	view.problem = arena_strdup(request->arena, reason->message);
	view.reason = http_request_form(request, "ly-do");
	response->status = app_error_http_status(reason);
	evidence_card_page(response->body, &view);
	return true;
}

bool
evidence_card_withdraw(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GError) reason = NULL;
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error) ||
	    !evidence_require(request, APP_EVIDENCE, id, error))
		return false;
	if (evidence_withdraw(&scope, id, http_request_form(request, "ly-do"), &reason)) {
		http_response_redirect(
		    response, arena_printf(request->arena, EVIDENCE_PATH "/%" G_GINT64_FORMAT, id));
		return true;
	}
	if (g_error_matches(reason, APP_ERROR, APP_ERROR_INVALID) ||
	    g_error_matches(reason, APP_ERROR, APP_ERROR_CONFLICT))
		return refuse_withdrawal(request, response, reason, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool
evidence_card_rescan(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	Evidence evidence;
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error) ||
	    !evidence_find(&scope, id, request->arena, &evidence, error) ||
	    (evidence.sha256 != NULL && !evidence_scan_again(&scope, evidence.sha256, error)))
		return false;
	http_response_redirect(
	    response, arena_printf(request->arena, EVIDENCE_PATH "/%" G_GINT64_FORMAT, id));
	return true;
}

bool
evidence_mark_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	EvidenceCardView view = {0};

	if (!load(request, &view, error) ||
	    !evidence_require(request, APP_PUBLISH, view.row.evidence->evidence_id, error))
		return false;
	view.layout.title = "Đánh dấu bí mật nhà nước";
	evidence_mark_page(response->body, &view);
	return true;
}

bool
evidence_mark_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	int64_t id;

	if (!http_request_param_int(request, "id", &id, error) ||
	    !evidence_require(request, APP_PUBLISH, id, error))
		return false;
	if (http_request_form(request, "da-hieu") == NULL) {
		request->problem = "Hãy đánh dấu vào ô xác nhận trước khi xóa nội dung.";
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "not confirmed");
		return false;
	}
	if (!evidence_mark_secret(&scope, id, error))
		return evidence_tell(request, *error);
	http_response_redirect(
	    response, arena_printf(request->arena, EVIDENCE_PATH "/%" G_GINT64_FORMAT, id));
	return true;
}

static bool
show_secret_form(HttpRequest *request, HttpResponse *response, const char *problem, GError **error)
{
	const char *word = http_request_form(request, "doi-tuong");
	EvidenceObject object;
	EvidenceFormView view;

	for (size_t i = 0; word == NULL && i < request->n_query; i++)
		if (g_str_equal(request->query[i].name, "doi-tuong"))
			word = request->query[i].value;
	object = evidence_object_parse(request->arena, word);
	if (!evidence_form_load(request, "Đăng ký văn bản mật", &view, error))
		return false;
	view.place = evidence_place_of(request->arena, &object);
	view.problem = problem;
	view.number = http_request_form_text(request, "so");
	view.issued = http_request_form_text(request, "ngay");
	response->status = problem != NULL ? 422 : 200;
	evidence_secret_page(response->body, &view);
	return true;
}

bool
evidence_secret_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show_secret_form(request, response, NULL, error);
}

bool
evidence_secret_send(HttpRequest *request, HttpResponse *response, GError **error)
{
	const EvidenceScope scope = evidence_scope_of(request);
	g_autoptr(GError) reason = NULL;
	EvidenceNew told;
	int64_t id;

	if (evidence_form_read(request, &told, &reason)) {
		told.kind = "van-ban";
		if (!evidence_require_for(request, APP_EVIDENCE, &told.object, error))
			return false;
		if (evidence_add_secret(&scope, &told, &id, &reason)) {
			http_response_redirect(response, evidence_next_url(request->arena, &told.object, id));
			return true;
		}
	}
	if (app_error_http_status(reason) < 500)
		return show_secret_form(
		    request, response, arena_strdup(request->arena, reason->message), error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}
