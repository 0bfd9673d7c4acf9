/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch.h"

#include "app/app_internal.h"
#include "app/context.h"
#include "app/error_page.h"
#include "base/app-error.h"
#include "html/assets.h"
#include "http/router.h"
#include "storage/txn.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define US_PER_MS 1000.0
#define STATIC_PREFIX "/static/"

struct AppDispatcher {
	App *app;
	HttpRouter *router;
	AppContext *contexts; /* one for each worker */
	unsigned n_contexts;
	GArray *nav;        /* of AppNavItem */
	int64_t started_us; /* part of every ETag: a new program may render the same data otherwise */
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

/* A page depends on the store's state, on the day and on the form asked for; its address is the key already.
 */
static bool
set_etag(const AppDispatcher *dispatcher, const HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	int64_t version;

	if (!db_version(context->db, &version, error))
		return false;
	response->etag =
	    arena_printf(request->arena, "W/\"%" PRIx64 "-%" PRIx64 "-%x-%d%s\"", dispatcher->started_us,
		version, (unsigned)context->today, (int)request->format, request->is_fragment ? "f" : "");
	return true;
}

static bool
answer_route(const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin_read(app_context(request)->db, &txn, error) ||
	    !set_etag(dispatcher, request, response, error))
		return false;
	if (http_etag_matches(request->if_none_match, response->etag)) {
		response->status = 304;
		return true;
	}
	return route->handler(request, response, error);
}

/* Gives the status of the error page to show, 0 for none. */
static int
answer(const AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, GError **error)
{
	const HttpRoute *route;

	if (response->status != 200)
		return response->status;
	if (g_str_has_prefix(request->path, STATIC_PREFIX) && request->method != HTTP_POST)
		return answer_asset(request, response) ? 0 : 404;
	switch (http_router_match(dispatcher->router, request, &route, &response->allow)) {
	case HTTP_MATCH_NONE:
		return 404;
	case HTTP_MATCH_OTHER_METHOD:
		return 405;
	case HTTP_MATCH_FOUND:
		break;
	}
	return answer_route(dispatcher, route, request, response, error) ? 0 : app_error_http_status(*error);
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

void
app_dispatch(HttpRequest *request, HttpResponse *response, void *data)
{
	AppDispatcher *dispatcher = data;
	AppContext *context = &dispatcher->contexts[request->worker];
	g_autoptr(GError) error = NULL;
	int64_t start_us = g_get_monotonic_time();
	int status;

	context->now_us = app_now_us(dispatcher->app);
	context->today = app_today(dispatcher->app);
	request->context = context;
	status = answer(dispatcher, request, response, &error);
	if (status == 0)
		return;
	if (status >= 500)
		log_failure(request, status, start_us, error);
	app_error_page(request, status, response);
}

static int
compare_nav(gconstpointer a, gconstpointer b)
{
	const AppNavItem *left = a, *right = b;

	return (left->position > right->position) - (left->position < right->position);
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
		for (const AppNavItem *item = module->nav; item != NULL && item->path != NULL; item++)
			g_array_append_val(dispatcher->nav, *item);
	}
	g_array_sort(dispatcher->nav, compare_nav);
	return true;
}

static const char *
null_if_empty(const char *text)
{
	return *text != '\0' ? text : NULL;
}

static bool
open_contexts(AppDispatcher *dispatcher, const char *version, GError **error)
{
	const AppCommune *commune = app_commune(dispatcher->app);

	for (unsigned i = 0; i < dispatcher->n_contexts; i++) {
		AppContext *context = &dispatcher->contexts[i];

		*context = (AppContext){
		    .commune_id = commune->commune_id,
		    .commune_name = null_if_empty(commune->name),
		    .province = null_if_empty(commune->province),
		    .nav = (const AppNavItem *)(const void *)dispatcher->nav->data,
		    .n_nav = dispatcher->nav->len,
		    .version = version,
		    .directory = app_directory(dispatcher->app),
		};
		if (!app_open_reader(dispatcher->app, &context->db, error))
			return false;
	}
	return true;
}

bool
app_dispatcher_new(
    App *app, unsigned n_workers, const char *version, AppDispatcher **ret_dispatcher, GError **error)
{
	g_autoptr(AppDispatcher) dispatcher = g_new0(AppDispatcher, 1);

	dispatcher->app = app;
	dispatcher->started_us = g_get_real_time();
	dispatcher->router = http_router_new();
	dispatcher->nav = g_array_new(FALSE, FALSE, sizeof(AppNavItem));
	dispatcher->n_contexts = n_workers;
	dispatcher->contexts = g_new0(AppContext, n_workers);
	if (!collect_modules(dispatcher, error) || !open_contexts(dispatcher, version, error))
		return false;
	*ret_dispatcher = g_steal_pointer(&dispatcher);
	return true;
}

void
app_dispatcher_free(AppDispatcher *dispatcher)
{
	if (dispatcher == NULL)
		return;
	for (unsigned i = 0; i < dispatcher->n_contexts; i++)
		db_free(dispatcher->contexts[i].db);
	g_free(dispatcher->contexts);
	g_array_unref(dispatcher->nav);
	http_router_free(dispatcher->router);
	g_free(dispatcher);
}
