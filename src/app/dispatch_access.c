/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/plan_access.h"
#include "app/same_site.h"
#include "base/app-error.h"
#include "http/peer.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

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

bool
dispatch_recognise(const AppDispatcher *dispatcher, HttpRequest *request, GError **error)
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

bool
dispatch_check_host(const AppDispatcher *dispatcher, HttpRequest *request, GError **error)
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
	if (!dispatch_is_on_writer(dispatcher, request)) {
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
	else if (!dispatch_is_on_writer(dispatcher, request))
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
		      ? dispatch_form(dispatcher, route, request, response, ret_outcome, error)
		      : dispatch_page(dispatcher, route, request, response, ret_outcome, error);
	if (is_done)
		return 0;
	if (g_error_matches(*error, APP_ERROR, APP_ERROR_FORBIDDEN))
		return refuse(dispatcher, route, request, ret_outcome);
	return app_error_http_status(*error);
}

int
dispatch_route(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, int refused, HttpOutcome *ret_outcome, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	const AppVisitor *visitor;

	dispatcher->workers[request->worker].context.route = route;
	/* app_admit() has let a form in; who may is judged again where it is answered. */
	if (request->method == HTTP_POST && !request->may_block && refused == 0) {
		*ret_outcome = dispatch_lane_of_form(route, request);
		return 0;
	}
	/* One look at the store for who asks and for the page; the writer's thread may have a refusal to
	 * write. */
	if (request->method != HTTP_POST && !dispatch_is_on_writer(dispatcher, request) &&
	    !db_txn_begin_read(app_context(request)->db, &txn, error))
		return app_error_http_status(*error);
	if (!dispatch_recognise(dispatcher, request, error) ||
	    !dispatch_check_host(dispatcher, request, error))
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
