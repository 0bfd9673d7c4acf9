/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/response.h"

#include <glib.h>

/* Answers one request: fills in the response, or fails; an error becomes the error page of its code. */
typedef bool (*HttpHandler)(HttpRequest *request, HttpResponse *response, GError **error);

/* What else is to be known of a route before it is answered. */
typedef enum {
	HTTP_SLOW = 8,    /* takes more than a millisecond: not for an event loop */
	HTTP_WRITES = 16, /* changes the store; of a POST only */
	HTTP_FILES = 32,  /* takes files */
	/* Of HTTP_WRITES: called twice. First on a heavy thread, where it only reads and leaves what it has
	 * worked out in request->prepared (never NULL); then on the writer's. */
	HTTP_PREPARES = 64,
	HTTP_UNCACHED = 128, /* depends on more than the store's state: made anew each time, kept nowhere */
	/* Shows personal data, or gives documents as they came. Who read the page is written into the ledger
	 * behind it; that a list or file leaves the program is in the ledger before it does. */
	HTTP_PERSONAL = 256,
	HTTP_SECRET = 512, /* passwords and codes are typed here: what was typed is never shown again */
} HttpTrait;

/* One page. A route for GET answers HEAD too. */
typedef struct HttpRoute {
	HttpMethod method;
	const char *pattern;    /* "/nhiem-vu/{id}"; NULL ends a table */
	const char *permission; /* who may (app/access.h) */
	HttpHandler handler;
	/* Formats besides HTML (HTTP_JSON | HTTP_CSV, by ".json" and ".csv" or Accept), and HttpTrait. */
	unsigned traits;
} HttpRoute;

typedef enum { HTTP_MATCH_NONE, HTTP_MATCH_OTHER_METHOD, HTTP_MATCH_FOUND } HttpMatch;

typedef struct HttpRouter HttpRouter;

HttpRouter *http_router_new(void);
void http_router_free(HttpRouter *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpRouter, http_router_free)

/* Adds a table, which must outlive the router.
 * Fails with APP_ERROR_INTERNAL where a pattern is malformed or stands in an earlier table too. */
bool http_router_add(HttpRouter *router, const HttpRoute *routes, GError **error);

/* Finds the route of a request and sets its params and format. A literal segment goes before a {…}.
 * ret_allow: for HTTP_MATCH_OTHER_METHOD, what the path does answer; static. */
HttpMatch http_router_match(
    const HttpRouter *router, HttpRequest *request, const HttpRoute **ret_route, const char **ret_allow);
