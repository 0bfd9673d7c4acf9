/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/error_page.h"
#include "app/same_site.h"

#include <stdio.h>

#define US_PER_MS 1000.0
#define STATIC_PREFIX "/static/"

bool
dispatch_is_on_writer(const AppDispatcher *dispatcher, const HttpRequest *request)
{
	return request->worker == dispatcher->n_workers;
}

int
dispatch_match(const AppDispatcher *dispatcher, HttpRequest *request, const HttpRoute **ret_route,
    const char **ret_allow)
{
	*ret_route = NULL;
	if (g_str_has_prefix(request->path, STATIC_PREFIX)) {
		if (request->method == HTTP_GET || request->method == HTTP_HEAD)
			return 0;
		*ret_allow = "GET, HEAD";
		return 405;
	}
	switch (http_router_match(dispatcher->router, request, ret_route, ret_allow)) {
	case HTTP_MATCH_NONE:
		return 404;
	case HTTP_MATCH_OTHER_METHOD:
		return 405;
	case HTTP_MATCH_FOUND:
		break;
	}
	return 0;
}

/* Gives the status of the error page to show, 0 for none. */
static int
answer(AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, HttpOutcome *ret_outcome,
    GError **error)
{
	int refused = response->status == 401 || response->status == 403 ? response->status : 0;
	const HttpRoute *route;
	int status;

	if (response->status == 405)
		dispatch_match(dispatcher, request, &route, &response->allow);
	if (response->status != 200 && refused == 0)
		return response->status;
	response->status = 200;
	status = dispatch_match(dispatcher, request, &route, &response->allow);
	if (status != 0)
		return status;
	if (route == NULL)
		return dispatch_asset(request, response) ? 0 : 404;
	request->may_repeat = (route->traits & HTTP_SECRET) == 0;
	if (request->canonical != NULL) {
		response->status = 308;
		response->location = request->canonical;
		return 0;
	}
	return dispatch_route(dispatcher, route, request, response, refused, ret_outcome, error);
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
dispatch_enter(AppDispatcher *dispatcher, HttpRequest *request)
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
	dispatch_enter(dispatcher, request);
	(void)dispatch_recognise(dispatcher, request, NULL);
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

	dispatch_enter(dispatcher, request);
	status = answer(dispatcher, request, response, &outcome, &error);
	if (status == 0 && outcome != HTTP_ANSWERED)
		return outcome;
	if (status >= 500)
		log_failure(request, status, start_us, error);
	if (status != 0) {
		if (app_context(request)->visitor == NULL)
			(void)dispatch_recognise(dispatcher, request, NULL); /* the page has a menu */
		app_error_page(request, status, response);
	}
	mark_forms(request, response);
	return HTTP_ANSWERED;
}
