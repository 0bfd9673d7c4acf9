/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/same_site.h"
#include "storage/txn.h"

#include <inttypes.h>

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

bool
dispatch_page(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
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
	if (takes_time(route, request) &&
	    (!request->may_block || dispatch_is_on_writer(dispatcher, request))) {
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

HttpOutcome
dispatch_lane_of_form(const HttpRoute *route, const HttpRequest *request)
{
	bool prepares = (route->traits & HTTP_PREPARES) != 0 && request->prepared == NULL;

	if (prepares)
		return HTTP_NEEDS_POWER;
	return (route->traits & HTTP_WRITES) != 0 ? HTTP_NEEDS_WRITER : HTTP_NEEDS_TIME;
}

bool
dispatch_form(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request, HttpResponse *response,
    HttpOutcome *ret_outcome, GError **error)
{
	bool writes = (route->traits & HTTP_WRITES) != 0;
	bool prepares = (route->traits & HTTP_PREPARES) != 0 && request->prepared == NULL;
	HttpOutcome lane = dispatch_lane_of_form(route, request);
	bool is_done;

	if (!request->may_block ||
	    dispatch_is_on_writer(dispatcher, request) != (lane == HTTP_NEEDS_WRITER)) {
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
