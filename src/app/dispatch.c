/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch_internal.h"

#include "app/app_internal.h"
#include "app/error_page.h"
#include "app/plan_access.h"
#include "app/recorder.h"
#include "app/same_site.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "html/assets.h"
#include "http/peer.h"
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

static bool
is_download(const HttpResponse *response)
{
	return response->filename != NULL || response->disposition != NULL || response->file_path != NULL;
}

/* Lists for other programs and files leave the program; pages do not. */
static bool
note_export(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    const HttpResponse *response, GError **error)
{
	bool is_export = request->format != HTTP_HTML || is_download(response);

	if (!is_export || (response->status != 200 && response->status != 206) ||
	    dispatcher->recorder == NULL || request->method != HTTP_GET)
		return true;
	if ((route->traits & HTTP_PERSONAL) == 0) {
		app_recorder_export(dispatcher->recorder, request, response);
		return true;
	}
	if (app_recorder_export_now(dispatcher->recorder, request, response, error))
		return true;
	request->problem = "Chưa ghi được việc tải này vào nhật ký nên chưa cho tải.";
	return false;
}

/* True where a page may not be made on an event loop. */
static bool
takes_time(const HttpRoute *route, const HttpRequest *request)
{
	bool is_personal = (route->traits & HTTP_PERSONAL) != 0 && request->format != HTTP_HTML;

	return is_personal || (route->traits & HTTP_SLOW) != 0;
}

/* Personal data that a page showed; what left the program was noted as that. */
static void
note_reading(AppDispatcher *dispatcher, const HttpRoute *route, const HttpRequest *request,
    const HttpResponse *response)
{
	if ((route->traits & HTTP_PERSONAL) != 0 && request->format == HTTP_HTML && !is_download(response) &&
	    response->status == 200 && dispatcher->recorder != NULL)
		app_recorder_read(dispatcher->recorder, request, response);
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
	if (takes_time(route, request) && (!request->may_block || is_on_writer(dispatcher, request))) {
		*ret_outcome = HTTP_NEEDS_TIME;
		return true;
	}
	if (!route->handler(request, response, error) ||
	    !note_export(dispatcher, route, request, response, error))
		return false;
	note_reading(dispatcher, route, request, response);
	return true;
}

void
app_dispatch_wrote(AppDispatcher *dispatcher)
{
	if (dispatcher->on_write != NULL)
		dispatcher->on_write(dispatcher->on_write_data);
}

/* Where a form is answered: what it changes on the writer's thread, what it works out first on a heavy one.
 */
static HttpOutcome
lane_of_form(const HttpRoute *route, const HttpRequest *request)
{
	bool prepares = (route->traits & HTTP_PREPARES) != 0 && request->prepared == NULL;

	if (prepares)
		return HTTP_NEEDS_POWER;
	return (route->traits & HTTP_WRITES) != 0 ? HTTP_NEEDS_WRITER : HTTP_NEEDS_TIME;
}

/* Writing: the handler begins and commits what it changes. */
static bool
answer_form(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	bool writes = (route->traits & HTTP_WRITES) != 0;
	bool prepares = (route->traits & HTTP_PREPARES) != 0 && request->prepared == NULL;
	HttpOutcome lane = lane_of_form(route, request);
	bool is_done;

	if (!request->may_block || is_on_writer(dispatcher, request) != (lane == HTTP_NEEDS_WRITER)) {
		*ret_outcome = lane;
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
	if (writes && dispatcher->is_in_group)
		dispatcher->has_written = true;
	else if (writes)
		app_dispatch_wrote(dispatcher);
	return is_done;
}

/* The places of the menu where the visitor would be refused; somebody who has not signed in is led to do so.
 */
static unsigned
hidden_nav(const AppDispatcher *dispatcher, const AppVisitor *visitor)
{
	unsigned hidden = 0;

	for (unsigned i = 0; i < LAYOUT_NAV_MAX; i++)
		if (visitor->session_id != 0 && dispatcher->nav_permissions[i] != NULL &&
		    !app_visitor_may(visitor, dispatcher->nav_permissions[i]))
			hidden |= 1U << i;
	return hidden;
}

static void
filter_nav(const AppDispatcher *dispatcher, Arena *arena, AppContext *context)
{
	const AppNav *all = (const AppNav *)(const void *)dispatcher->nav->data;
	LayoutNavItem *shown = arena_array(arena, LayoutNavItem, dispatcher->nav->len + 1);
	size_t n = 0;

	for (guint i = 0; i < dispatcher->nav->len; i++)
		if (context->visitor->session_id == 0 || app_visitor_may(context->visitor, all[i].permission))
			shown[n++] = all[i].item;
	context->more_nav = shown;
	context->n_more_nav = n;
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
	filter_nav(dispatcher, request->arena, context);
	context->layout_visitor = (LayoutVisitor){
	    .hidden_nav = hidden_nav(dispatcher, visitor),
	    .name = visitor->session_id != 0 ? visitor->name : NULL,
	    .is_open = visitor->is_open && dispatcher->gate != NULL,
	    .has_accounts = visitor->session_id != 0 && app_visitor_may(visitor, APP_ACCOUNTS),
	};
	return true;
}

/* Whoever is at this machine may do everything as long as nobody can sign in; the pages of another site,
 * whose name was made to lead here, may not. */
static bool
check_host(const AppDispatcher *dispatcher, HttpRequest *request, GError **error)
{
	bool is_at_machine = request->address != NULL && http_address_is_loopback(request->address);

	if (dispatcher->gate == NULL || !app_context(request)->visitor->is_open || !is_at_machine)
		return true;
	return app_own_host_check(request, error);
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
refuse(
    const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpOutcome *ret_outcome)
{
	const AppContext *context = app_context(request);
	g_autoptr(GError) note_error = NULL;

	if (context->visitor->session_id == 0)
		return 403;
	if (!is_on_writer(dispatcher, request)) {
		request->is_refused = true;
		*ret_outcome = HTTP_NEEDS_WRITER;
		return 0;
	}
	if (!app_access_note_refusal(
		context->db, context->commune_id, context->now_us, request, route, &note_error))
		fprintf(stderr, "ledger: %s\n", note_error->message); /* refused all the same */
	return 403;
}

/* The same for want of the route's permission: the page says which it is, and whom to ask. */
static int
refuse_missing(const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpOutcome *ret_outcome, GError **error)
{
	request->missing = route->permission;
	if (!app_access_missing(request, route->permission, &request->problem, error))
		return app_error_http_status(*error);
	return refuse(dispatcher, route, request, ret_outcome);
}

/* Writes down that the session is in use: behind the page, which then neither waits for the disk nor fails
 * with it. What the page fetches by itself is no use. False where it is to be asked on the writer's thread.
 */
static bool
touch(const AppDispatcher *dispatcher, const HttpRequest *request)
{
	const AppContext *context = app_context(request);
	bool is_by_hand = request->fetch_dest == NULL || strcmp(request->fetch_dest, "document") == 0 ||
			  request->method == HTTP_POST;
	g_autoptr(GError) error = NULL;

	if (!context->visitor->needs_touch || !is_by_hand)
		return true;
	if (dispatcher->recorder != NULL)
		app_recorder_touch(dispatcher->recorder, dispatcher->gate, request);
	else if (!is_on_writer(dispatcher, request))
		return request->may_block;
	else if (!dispatcher->gate->touch(
		     context->db, context->commune_id, context->now_us, context->visitor, &error))
		fprintf(stderr, "session: %s\n", error->message);
	return true;
}

/* Gives the status of the error page to show, 0 for none. */
static int
answer_permitted(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, HttpOutcome *ret_outcome, GError **error)
{
	bool is_done;

	if (!touch(dispatcher, request)) {
		*ret_outcome = HTTP_NEEDS_WRITER;
		return 0;
	}
	is_done = request->method == HTTP_POST
		      ? answer_form(dispatcher, route, request, response, ret_outcome, error)
		      : answer_page(dispatcher, route, request, response, ret_outcome, error);
	if (is_done)
		return 0;
	if (g_error_matches(*error, APP_ERROR, APP_ERROR_FORBIDDEN))
		return refuse(dispatcher, route, request, ret_outcome);
	return app_error_http_status(*error);
}

/* The same for everybody. refused: the status that app_admit() gave already, 0 for none. */
static int
answer_route(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    int refused, HttpOutcome *ret_outcome, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	const AppVisitor *visitor;

	dispatcher->workers[request->worker].context.route = route;
	/* app_admit() has let a form in; who may is judged again where it is answered. */
	if (request->method == HTTP_POST && !request->may_block && refused == 0) {
		*ret_outcome = lane_of_form(route, request);
		return 0;
	}
	/* One look at the store for who asks and for the page; the writer's thread may have a refusal to
	 * write. */
	if (request->method != HTTP_POST && !is_on_writer(dispatcher, request) &&
	    !db_txn_begin_read(app_context(request)->db, &txn, error))
		return app_error_http_status(*error);
	if (!recognise(dispatcher, request, error) || !check_host(dispatcher, request, error))
		return app_error_http_status(*error);
	visitor = app_context(request)->visitor;
	if (request->is_refused)
		return refuse(dispatcher, route, request, ret_outcome);
	switch (app_access_judge(visitor, route)) {
	case APP_MUST_SIGN_IN:
		return lead_to(request, response, APP_SIGN_IN_PATH);
	case APP_MUST_GO:
		return lead_to(request, response, visitor->must_go);
	case APP_MAY_NOT:
		return refuse_missing(dispatcher, route, request, ret_outcome, error);
	case APP_MAY:
		break;
	}
	if (refused != 0)
		return refuse(dispatcher, route, request, ret_outcome);
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
	request->may_repeat = (route->traits & HTTP_SECRET) == 0;
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
	context->more_nav = NULL;
	context->n_more_nav = 0;
	context->modules = dispatcher->app->modules;
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

void
app_dispatch_failure(
    AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, int status, const GError *error)
{
	enter(dispatcher, request);
	(void)recognise(dispatcher, request, NULL);
	log_failure(request, status, g_get_monotonic_time(), error);
	app_error_page(request, status, response);
	mark_forms(request, response);
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
	if (status != 0) {
		if (app_context(request)->visitor == NULL)
			(void)recognise(dispatcher, request, NULL); /* the page has a menu */
		app_error_page(request, status, response);
	}
	mark_forms(request, response);
	return HTTP_ANSWERED;
}

static bool
ask_module(const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpBodyRules *rules, GError **error)
{
	for (guint i = 0; i < dispatcher->app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(dispatcher->app->modules, i);

		for (const AppAdmit *admit = module->admits; admit != NULL && admit->pattern != NULL; admit++)
			if (strcmp(admit->pattern, route->pattern) == 0)
				return admit->admit(request, rules, error);
	}
	return true;
}

int
app_admit(HttpRequest *request, HttpBodyRules *ret_rules, void *data)
{
	AppDispatcher *dispatcher = data;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;
	const HttpRoute *route;
	const char *allow;
	bool has_files, is_known;

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
	has_files = (route->traits & HTTP_FILES) != 0;
	/* One look at the store: each statement by itself would take and leave the locks of a reader. */
	is_known = db_txn_begin_read(app_context(request)->db, &txn, &error) &&
		   recognise(dispatcher, request, &error);
	if (!is_known && g_error_matches(error, APP_ERROR, APP_ERROR_BUSY)) {
		/* What was typed is taken all the same, to be kept in the page that says to try again. */
		*ret_rules = (HttpBodyRules){.body_bytes_max = HTTP_FORM_BYTES_MAX + FORM_OVERHEAD_BYTES,
		    .file_status = app_error_http_status(error)};
		return 0;
	}
	if (!is_known || !check_host(dispatcher, request, &error))
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
	*ret_rules = (HttpBodyRules){
	    .file_bytes_max = has_files ? LIMIT_SOURCE_BYTES : 0,
	    .body_bytes_max =
		HTTP_FORM_BYTES_MAX + (has_files ? BODY_FILES_MAX * LIMIT_SOURCE_BYTES : FORM_OVERHEAD_BYTES),
	    .directory = dispatcher->incoming,
	};
	if (has_files && !ask_module(dispatcher, route, request, ret_rules, &error))
		return app_error_http_status(error);
	return 0;
}
