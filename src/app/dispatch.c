/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch_internal.h"

#include "app/app_internal.h"
#include "app/error_page.h"
#include "app/recorder.h"
#include "app/same_site.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "html/assets.h"
#include "storage/txn.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define US_PER_MS 1000.0
#define STATIC_PREFIX "/static/"
#define BODY_FILES_MAX 4                         /* of the largest size, in one request */
#define FORM_OVERHEAD_BYTES ((size_t)256 * 1024) /* boundaries and part headers of a form without files */

/* Answers from the files inside the program; false where there is none. */
static bool
answer_asset(const HttpRequest *request, HttpResponse *response)
{
	const Asset *asset = assets_find(request->path);

	if (asset == NULL)
		return false;
	response->content_type = asset->mime;
	response->cache = HTTP_CACHE_IMMUTABLE;
	response->etag = arena_printf(request->arena, "\"%s\"", asset->hash);
	if (http_etag_matches(request->if_none_match, response->etag)) {
		response->status = 304;
		return true;
	}
	response->fixed_is_gzip = request->accepts_gzip && asset->gzip != NULL;
	response->fixed = response->fixed_is_gzip ? asset->gzip : asset->bytes;
	response->fixed_len = response->fixed_is_gzip ? asset->gzip_size : asset->size;
	return true;
}

static const char *
null_if_empty(const char *text)
{
	return *text != '\0' ? text : NULL;
}

bool
app_worker_refresh(AppWorker *worker, GError **error)
{
	AppContext *context = &worker->context;
	g_auto(AppCommune) commune = {0};
	int64_t version;
	bool is_found;

	if (!db_version(context->db, &version, error))
		return false;
	if (version == worker->version)
		return true;
	if (!app_find_commune(context->db, context->commune_id, &commune, &is_found, error))
		return false;
	if (is_found) {
		app_commune_clear(&worker->commune);
		worker->commune = commune;
		commune = (AppCommune){0};
		context->commune_name = null_if_empty(worker->commune.name);
		context->province = null_if_empty(worker->commune.province);
	}
	worker->version = version;
	return true;
}

/* A page depends on the store's state, on the day, on the form asked for and on who asks; its address is the
 * key already. */
static const char *
make_etag(const AppDispatcher *dispatcher, const HttpRequest *request)
{
	return arena_printf(request->arena, "W/\"%" PRIx64 "-%" PRIx64 "-%x-%d-%" PRIx64 "\"",
	    dispatcher->started_us, dispatcher->workers[request->worker].version,
	    (unsigned)app_context(request)->today, (int)request->format,
	    app_context(request)->visitor->session_id);
}

static bool
is_on_writer(const AppDispatcher *dispatcher, const HttpRequest *request)
{
	return request->worker == dispatcher->n_workers;
}

/* Lists for other programs and files leave the program; pages do not. */
static void
note_export(AppDispatcher *dispatcher, const HttpRequest *request, const HttpResponse *response)
{
	bool is_export = request->format != HTTP_HTML || response->filename != NULL;

	if (is_export && response->status == 200 && dispatcher->recorder != NULL &&
	    request->method == HTTP_GET)
		app_recorder_export(dispatcher->recorder, request, response);
}

/* Reading: the whole handler sees one state of the store. */
static bool
answer_page(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin_read(app_context(request)->db, &txn, error) ||
	    !app_worker_refresh(&dispatcher->workers[request->worker], error))
		return false;
	if ((route->traits & HTTP_UNCACHED) != 0) {
		response->cache = HTTP_CACHE_NONE;
	} else {
		response->etag = make_etag(dispatcher, request);
		if (http_etag_matches(request->if_none_match, response->etag)) {
			response->status = 304;
			return true;
		}
	}
	if ((route->traits & HTTP_SLOW) != 0 && (!request->may_block || is_on_writer(dispatcher, request))) {
		*ret_outcome = HTTP_NEEDS_TIME;
		return true;
	}
	if (!route->handler(request, response, error))
		return false;
	note_export(dispatcher, request, response);
	return true;
}

/* Writing: the handler begins and commits what it changes. */
static bool
answer_form(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	bool writes = (route->traits & HTTP_WRITES) != 0;
	bool prepares = (route->traits & HTTP_PREPARES) != 0 && request->prepared == NULL;
	bool needs_writer = writes && !prepares;
	bool is_done;

	if (!request->may_block || is_on_writer(dispatcher, request) != needs_writer) {
		*ret_outcome = needs_writer ? HTTP_NEEDS_WRITER : HTTP_NEEDS_TIME;
		return true;
	}
	if (!app_same_site_check(request, error) ||
	    !app_form_mark_check(app_context(request)->visitor, request, error))
		return false;
	if (!app_worker_refresh(&dispatcher->workers[request->worker], error))
		return false;
	response->cache = HTTP_CACHE_NONE;
	is_done = route->handler(request, response, error);
	if (prepares) {
		*ret_outcome = is_done && request->prepared != NULL ? HTTP_NEEDS_WRITER : HTTP_ANSWERED;
		return is_done;
	}
	if (writes && dispatcher->on_write != NULL)
		dispatcher->on_write(dispatcher->on_write_data);
	return is_done;
}

/* Finds out who sent the request. Without a gate everything is open. */
static bool
recognise(const AppDispatcher *dispatcher, HttpRequest *request, GError **error)
{
	AppContext *context = &dispatcher->workers[request->worker].context;
	AppVisitor *visitor = arena_new0(request->arena, AppVisitor);

	if (dispatcher->gate == NULL)
		visitor->is_open = true;
	else if (!dispatcher->gate->recognise(
		     context->db, context->commune_id, context->now_us, request, visitor, error))
		return false;
	context->visitor = visitor;
	context->layout_visitor = (LayoutVisitor){
	    .name = visitor->session_id != 0 ? visitor->name : NULL,
	    .is_open = visitor->is_open && dispatcher->gate != NULL,
	    .has_accounts = visitor->session_id != 0 && app_visitor_may(visitor, APP_ACCOUNTS),
	};
	return true;
}

/* Leads to a page that comes first, or says 401 to a program. Gives the status of the error page to show, 0
 * for none. */
static int
lead_to(HttpRequest *request, HttpResponse *response, const char *path)
{
	const char *target = request->target;

	if (request->format == HTTP_JSON || request->format == HTTP_CSV ||
	    request->accept_format != HTTP_HTML)
		return 401;
	if (request->method == HTTP_POST || strcmp(target, "/") == 0) {
		http_response_redirect(response, path);
	} else {
		g_autofree char *escaped = g_uri_escape_string(target, "/", FALSE);

		http_response_redirect(response, arena_printf(request->arena, "%s?tiep=%s", path, escaped));
	}
	return 0;
}

/* A refusal is written down by the writer; an event loop and a slow worker ask it to. */
static int
refuse(const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpOutcome *ret_outcome, GError **error)
{
	const AppContext *context = app_context(request);

	if (context->visitor->session_id == 0)
		return 403;
	if (!is_on_writer(dispatcher, request)) {
		*ret_outcome = HTTP_NEEDS_WRITER;
		return 0;
	}
	if (!app_access_note_refusal(
		context->db, context->commune_id, context->now_us, request, route, error))
		return app_error_http_status(*error);
	return 403;
}

/* True where the session's use has to be written down first. What the page fetches by itself is no use. */
static bool
needs_touch(const HttpRequest *request)
{
	bool is_by_hand = request->fetch_dest == NULL || strcmp(request->fetch_dest, "document") == 0 ||
			  request->method == HTTP_POST;

	return app_context(request)->visitor->needs_touch && is_by_hand;
}

/* Gives the status of the error page to show, 0 for none. */
static int
answer_permitted(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, HttpOutcome *ret_outcome, GError **error)
{
	const AppContext *context = app_context(request);
	bool is_done;

	if (needs_touch(request)) {
		if (is_on_writer(dispatcher, request)) {
			if (!dispatcher->gate->touch(
				context->db, context->commune_id, context->now_us, context->visitor, error))
				return app_error_http_status(*error);
		} else if (!request->may_block) {
			*ret_outcome = HTTP_NEEDS_WRITER;
			return 0;
		}
	}
	is_done = request->method == HTTP_POST
		      ? answer_form(dispatcher, route, request, response, ret_outcome, error)
		      : answer_page(dispatcher, route, request, response, ret_outcome, error);
	if (is_done)
		return 0;
	if (g_error_matches(*error, APP_ERROR, APP_ERROR_FORBIDDEN)) {
		g_autoptr(GError) note_error = NULL;

		return refuse(dispatcher, route, request, ret_outcome, &note_error);
	}
	return app_error_http_status(*error);
}

/* The same for everybody. refused: the status that app_admit() gave already, 0 for none. */
static int
answer_route(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    int refused, HttpOutcome *ret_outcome, GError **error)
{
	const AppVisitor *visitor;

	dispatcher->workers[request->worker].context.route = route;
	if (!recognise(dispatcher, request, error))
		return app_error_http_status(*error);
	visitor = app_context(request)->visitor;
	switch (app_access_judge(visitor, route)) {
	case APP_MUST_SIGN_IN:
		return lead_to(request, response, APP_SIGN_IN_PATH);
	case APP_MUST_GO:
		return lead_to(request, response, visitor->must_go);
	case APP_MAY_NOT:
		return refuse(dispatcher, route, request, ret_outcome, error);
	case APP_MAY:
		break;
	}
	if (refused != 0)
		return refuse(dispatcher, route, request, ret_outcome, error);
	return answer_permitted(dispatcher, route, request, response, ret_outcome, error);
}

/* Finds who answers: a file inside the program, or a module's page. */
static HttpMatch
match(const AppDispatcher *dispatcher, HttpRequest *request, const HttpRoute **ret_route,
    const char **ret_allow)
{
	*ret_route = NULL;
	if (!g_str_has_prefix(request->path, STATIC_PREFIX))
		return http_router_match(dispatcher->router, request, ret_route, ret_allow);
	if (request->method == HTTP_GET || request->method == HTTP_HEAD)
		return HTTP_MATCH_FOUND;
	*ret_allow = "GET, HEAD";
	return HTTP_MATCH_OTHER_METHOD;
}

/* Gives the status of the error page to show, 0 for none. */
static int
answer(AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, HttpOutcome *ret_outcome,
    GError **error)
{
	int refused = response->status == 401 || response->status == 403 ? response->status : 0;
	const HttpRoute *route;

	if (response->status == 405)
		match(dispatcher, request, &route, &response->allow);
	if (response->status != 200 && refused == 0)
		return response->status;
	response->status = 200;
	switch (match(dispatcher, request, &route, &response->allow)) {
	case HTTP_MATCH_NONE:
		return 404;
	case HTTP_MATCH_OTHER_METHOD:
		return 405;
	case HTTP_MATCH_FOUND:
		break;
	}
	if (route == NULL)
		return answer_asset(request, response) ? 0 : 404;
	if (request->canonical != NULL) {
		response->status = 308;
		response->location = request->canonical;
		return 0;
	}
	return answer_route(dispatcher, route, request, response, refused, ret_outcome, error);
}

/* Only failures of the program are news; the query is left out because people type names into it. */
static void
log_failure(const HttpRequest *request, int status, int64_t start_us, const GError *error)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *time = g_date_time_format_iso8601(now);

	fprintf(stderr, "%s %d %s %.1f ms: %s\n", time, status, request->path,
	    (double)(g_get_monotonic_time() - start_us) / US_PER_MS, error != NULL ? error->message : "");
}

static void
enter(AppDispatcher *dispatcher, HttpRequest *request)
{
	AppContext *context = &dispatcher->workers[request->worker].context;

	context->now_us = app_now_us(dispatcher->app);
	context->today = app_today(dispatcher->app);
	context->visitor = NULL;
	context->route = NULL;
	context->layout_visitor = (LayoutVisitor){0};
	request->context = context;
}

static void
mark_forms(const HttpRequest *request, HttpResponse *response)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	if (visitor != NULL && visitor->form_mark != NULL && response->fixed == NULL &&
	    !response->is_packed && g_str_has_prefix(response->content_type, "text/html"))
		app_form_mark_insert(response->body, visitor->form_mark);
}

HttpOutcome
app_dispatch(HttpRequest *request, HttpResponse *response, void *data)
{
	AppDispatcher *dispatcher = data;
	g_autoptr(GError) error = NULL;
	int64_t start_us = g_get_monotonic_time();
	HttpOutcome outcome = HTTP_ANSWERED;
	int status;

	enter(dispatcher, request);
	status = answer(dispatcher, request, response, &outcome, &error);
	if (status == 0 && outcome != HTTP_ANSWERED)
		return outcome;
	if (status >= 500)
		log_failure(request, status, start_us, error);
	if (status != 0)
		app_error_page(request, status, response);
	mark_forms(request, response);
	return HTTP_ANSWERED;
}

int
app_admit(HttpRequest *request, HttpBodyRules *ret_rules, void *data)
{
	AppDispatcher *dispatcher = data;
	g_autoptr(GError) error = NULL;
	const HttpRoute *route;
	const char *allow;
	bool has_files;

	enter(dispatcher, request);
	switch (match(dispatcher, request, &route, &allow)) {
	case HTTP_MATCH_NONE:
		return 404;
	case HTTP_MATCH_OTHER_METHOD:
		return 405;
	case HTTP_MATCH_FOUND:
		break;
	}
	if (route == NULL)
		return 405;
	if (!recognise(dispatcher, request, &error))
		return app_error_http_status(error);
	switch (app_access_judge(app_context(request)->visitor, route)) {
	case APP_MUST_SIGN_IN:
		return 401;
	case APP_MUST_GO:
	case APP_MAY_NOT:
		return 403;
	case APP_MAY:
		break;
	}
	if (!app_same_site_check(request, &error))
		return app_error_http_status(error);
	has_files = (route->traits & HTTP_FILES) != 0;
	*ret_rules = (HttpBodyRules){
	    .file_bytes_max = has_files ? LIMIT_SOURCE_BYTES : 0,
	    .body_bytes_max =
		HTTP_FORM_BYTES_MAX + (has_files ? BODY_FILES_MAX * LIMIT_SOURCE_BYTES : FORM_OVERHEAD_BYTES),
	    .directory = dispatcher->incoming,
	};
	return 0;
}
