/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "app/dispatch.h"
#include "app/recorder.h"
#include "http/router.h"

#define APP_VERSION_UNKNOWN (-1)

/* What one thread of the server has to itself. */
typedef struct AppWorker {
	AppContext context;
	AppCommune commune; /* as of `version` */
	int64_t version;    /* of the store; APP_VERSION_UNKNOWN */
} AppWorker;

/* An entry of the menu, and the permission of the page it leads to. */
typedef struct AppNav {
	LayoutNavItem item;
	const char *permission;
} AppNav;

struct AppDispatcher {
	App *app;
	HttpRouter *router;
	AppWorker *workers;
	unsigned n_workers, n_all; /* event loops; with the writer and the slow ones */
	char *incoming;            /* where files are put while they arrive */
	void (*on_write)(void *data);
	void *on_write_data;
	bool is_in_group, has_written;               /* the writer's alone */
	AppRecorder *recorder;                       /* NULL: exports are not noted */
	GArray *nav;                                 /* of AppNav */
	const char *nav_permissions[LAYOUT_NAV_MAX]; /* of the main places; NULL: no page of this program */
	const AppGate *gate;                         /* NULL: everything is open */
	int64_t started_us; /* part of every ETag: a new program may render the same data otherwise */
};

/* Brings the worker to the store's present state; a commune may get its name while it is served. */
bool app_worker_refresh(AppWorker *worker, GError **error);

/* A page has changed the store for good. */
void app_dispatch_wrote(AppDispatcher *dispatcher);

/* Answers that a request, which was to be answered already, has failed after all. */
void app_dispatch_failure(
    AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, int status, const GError *error);

/* Begins a request: what its thread knows of the request before is gone. */
void dispatch_enter(AppDispatcher *dispatcher, HttpRequest *request);
bool dispatch_is_on_writer(const AppDispatcher *dispatcher, const HttpRequest *request);

/* Finds who answers: a module's page, or (*ret_route NULL) a file inside the program. Gives 0, or the status
 * to answer: 404, or 405 with what is allowed. */
int dispatch_match(const AppDispatcher *dispatcher, HttpRequest *request, const HttpRoute **ret_route,
    const char **ret_allow);

/* Answers from the files inside the program; false where there is none. */
bool dispatch_asset(const HttpRequest *request, HttpResponse *response);

/* Finds out who sent the request. Without a gate everything is open. */
bool dispatch_recognise(const AppDispatcher *dispatcher, HttpRequest *request, GError **error);

/* Whoever is at this machine may do everything as long as nobody can sign in; the pages of another site,
 * whose name was made to lead here, may not. */
bool dispatch_check_host(const AppDispatcher *dispatcher, HttpRequest *request, GError **error);

/* Judges who asks, and answers or refuses: for everybody. refused: the status that app_admit() gave already,
 * 0 for none. Gives the status of the error page to show, 0 for none. */
int dispatch_route(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, int refused, HttpOutcome *ret_outcome, GError **error);

/* Answers who may. Reading: the whole handler sees one state of the store. */
bool dispatch_page(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, HttpOutcome *ret_outcome, GError **error);

/* Writing: the handler begins and commits what it changes. */
bool dispatch_form(AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpResponse *response, HttpOutcome *ret_outcome, GError **error);

/* Where a form is answered: what it changes on the writer's thread, what it works out first on a heavy one.
 */
HttpOutcome dispatch_lane_of_form(const HttpRoute *route, const HttpRequest *request);
