/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch.h"

#include "app/app_internal.h"
#include "app/context.h"
#include "app/error_page.h"
#include "app/incoming.h"
#include "app/recorder.h"
#include "app/same_site.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "html/assets.h"
#include "http/router.h"
#include "storage/txn.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define US_PER_MS 1000.0
#define STATIC_PREFIX "/static/"
#define BODY_FILES_MAX 4                         /* of the largest size, in one request */
#define FORM_OVERHEAD_BYTES ((size_t)256 * 1024) /* boundaries and part headers of a form without files */

/* What one thread of the server has to itself. */
typedef struct Worker {
	AppContext context;
	AppCommune commune; /* as of `version` */
	int64_t version;    /* of the store */
} Worker;

struct AppDispatcher {
	App *app;
	HttpRouter *router;
	Worker *workers;
	unsigned n_workers, n_all; /* event loops; with the writer and the slow ones */
	char *incoming;            /* where files are put while they arrive */
	void (*on_write)(void *data);
	void *on_write_data;
	AppRecorder *recorder; /* NULL: exports are not noted */
	GArray *nav;           /* of LayoutNavItem */
	int64_t started_us;    /* part of every ETag: a new program may render the same data otherwise */
};

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

/* Brings the worker to the store's present state; a commune may get its name while it is served. */
static bool
refresh(Worker *worker, GError **error)
{
	AppContext *context = &worker->context;
	g_auto(AppCommune) commune = {0};
	int64_t version;
	bool is_found;

	if (!db_version(context->db, &version, error))
		return false;
	if (version == worker->version)
		return true;
	if (!app_find_commune(context->db, &commune, &is_found, error))
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

/* A page depends on the store's state, on the day and on the form asked for; its address is the key already.
 */
static const char *
make_etag(const AppDispatcher *dispatcher, const HttpRequest *request)
{
	return arena_printf(request->arena, "W/\"%" PRIx64 "-%" PRIx64 "-%x-%d\"", dispatcher->started_us,
	    dispatcher->workers[request->worker].version, (unsigned)app_context(request)->today,
	    (int)request->format);
}

/* Lists for other programs and files leave the program; pages do not. */
static void
note_export(AppDispatcher *dispatcher, const HttpRequest *request, const HttpResponse *response)
{
	bool is_export = request->format != HTTP_HTML || response->filename != NULL;

	if (is_export && response->status == 200 && dispatcher->recorder != NULL &&
	    request->method == HTTP_GET)
		app_recorder_export(dispatcher->recorder, app_context(request), request, response);
}

/* Reading: the whole handler sees one state of the store. */
static bool
answer_page(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin_read(app_context(request)->db, &txn, error) ||
	    !refresh(&dispatcher->workers[request->worker], error))
		return false;
	response->etag = make_etag(dispatcher, request);
	if (http_etag_matches(request->if_none_match, response->etag)) {
		response->status = 304;
		return true;
	}
	if ((route->traits & HTTP_SLOW) != 0 && !request->may_block) {
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
	bool is_done;

	if (!request->may_block) {
		*ret_outcome = (route->traits & HTTP_WRITES) != 0 ? HTTP_NEEDS_WRITER : HTTP_NEEDS_TIME;
		return true;
	}
	if (!refresh(&dispatcher->workers[request->worker], error))
		return false;
	response->cache = HTTP_CACHE_NONE;
	is_done = route->handler(request, response, error);
	if ((route->traits & HTTP_WRITES) != 0 && dispatcher->on_write != NULL)
		dispatcher->on_write(dispatcher->on_write_data);
	return is_done;
}

/* Says who may not: nobody has a permission as long as there is no login, and a form of another site counts
 * for nothing. */
static bool
check_access(const HttpRoute *route, HttpRequest *request, GError **error)
{
	if (*route->permission != '\0') {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_FORBIDDEN, "the permission %s is missing", route->permission);
		return false;
	}
	return request->method != HTTP_POST || app_same_site_check(request, error);
}

static bool
answer_route(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	if (!check_access(route, request, error))
		return false;
	if (request->method == HTTP_POST)
		return answer_form(dispatcher, route, request, response, ret_outcome, error);
	return answer_page(dispatcher, route, request, response, ret_outcome, error);
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
	const HttpRoute *route;

	if (response->status == 405)
		match(dispatcher, request, &route, &response->allow);
	if (response->status != 200)
		return response->status;
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
	if (answer_route(dispatcher, route, request, response, ret_outcome, error))
		return 0;
	return app_error_http_status(*error);
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
	context->actor = (LedgerActor){.origin = request->peer};
	request->context = context;
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
	if (status == 0)
		return outcome;
	if (status >= 500)
		log_failure(request, status, start_us, error);
	app_error_page(request, status, response);
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
	if (!check_access(route, request, &error))
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

static bool
collect_modules(AppDispatcher *dispatcher, GError **error)
{
	for (guint i = 0; i < dispatcher->app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(dispatcher->app->modules, i);

		if (module->routes != NULL && !http_router_add(dispatcher->router, module->routes, error)) {
			g_prefix_error(error, "%s: ", module->name);
			return false;
		}
		for (const LayoutNavItem *item = module->nav; item != NULL && item->path != NULL; item++)
			g_array_append_val(dispatcher->nav, *item);
	}
	return true;
}

static bool
open_workers(AppDispatcher *dispatcher, const char *version, GError **error)
{
	App *app = dispatcher->app;

	for (unsigned i = 0; i < dispatcher->n_all; i++) {
		Worker *worker = &dispatcher->workers[i];

		worker->context = (AppContext){
		    .commune_id = app_commune(app)->commune_id,
		    .more_nav = (const LayoutNavItem *)(const void *)dispatcher->nav->data,
		    .n_more_nav = dispatcher->nav->len,
		    .version = version,
		    .directory = app_directory(app),
		    .app = app,
		};
		if (i == dispatcher->n_workers)
			worker->context.db = app_db(app);
		else if (!app_open_reader(app, &worker->context.db, error))
			return false;
		if (!refresh(worker, error))
			return false;
	}
	return true;
}

bool
app_dispatcher_new(App *app, unsigned n_workers, unsigned n_slow, const char *version,
    AppDispatcher **ret_dispatcher, GError **error)
{
	g_autoptr(AppDispatcher) dispatcher = g_new0(AppDispatcher, 1);

	dispatcher->app = app;
	dispatcher->started_us = g_get_real_time();
	dispatcher->router = http_router_new();
	dispatcher->nav = g_array_new(FALSE, FALSE, sizeof(LayoutNavItem));
	dispatcher->n_workers = n_workers;
	dispatcher->n_all = n_workers + 1 + n_slow;
	dispatcher->workers = g_new0(Worker, dispatcher->n_all);
	if (!app_incoming_prepare(app_directory(app), &dispatcher->incoming, error) ||
	    !collect_modules(dispatcher, error) || !open_workers(dispatcher, version, error))
		return false;
	*ret_dispatcher = g_steal_pointer(&dispatcher);
	return true;
}

void
app_dispatcher_set_on_write(AppDispatcher *dispatcher, void (*on_write)(void *data), void *data)
{
	dispatcher->on_write = on_write;
	dispatcher->on_write_data = data;
}

void
app_dispatcher_set_recorder(AppDispatcher *dispatcher, AppRecorder *recorder)
{
	dispatcher->recorder = recorder;
}

void
app_dispatcher_free(AppDispatcher *dispatcher)
{
	if (dispatcher == NULL)
		return;
	for (unsigned i = 0; i < dispatcher->n_all; i++) {
		if (i != dispatcher->n_workers)
			db_free(dispatcher->workers[i].context.db);
		app_commune_clear(&dispatcher->workers[i].commune);
	}
	g_free(dispatcher->workers);
	g_free(dispatcher->incoming);
	g_array_unref(dispatcher->nav);
	http_router_free(dispatcher->router);
	g_free(dispatcher);
}
