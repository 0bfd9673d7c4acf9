/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "http/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER } HttpMethod;

/* As bits: HttpRoute.formats is a set of them. */
typedef enum { HTTP_HTML = 1, HTTP_JSON = 2, HTTP_CSV = 4 } HttpFormat;

typedef struct HttpPair {
	const char *name;
	const char *value;
} HttpPair;

/* One request. Its strings are UTF-8 in NFC unless told otherwise and live in its arena, which ends with the
 * request; view models belong there too. */
typedef struct HttpRequest {
	HttpMethod method;
	const char
	    *path; /* decoded; begins with "/", has no empty, "." or ".." segment and no "/" inside one */
	HttpPair *query; /* decoded, in the order sent */
	size_t n_query;
	HttpPair params[HTTP_PATH_PARAMS_MAX]; /* the {…} of the route's pattern */
	size_t n_params;
	HttpFormat format;        /* of the answer: by suffix, else by Accept; the router sets it */
	HttpFormat accept_format; /* by Accept alone */
	const char *canonical; /* where the address should have led, as sent but for a "/" at its end; NULL:
				  it is fine */
	bool accepts_gzip;
	const char *if_none_match; /* raw; NULL */
	const char *problem; /* Vietnamese: what is wrong with what the user gave; shown on the error page */
	Arena *arena;
	unsigned worker; /* which worker's thread this is, from 0 */
	void *context;   /* of the layer above (app/context.h) */
} HttpRequest;

/* Takes an address as sent ("/a/b?c=d") apart into path and query.
 * Gives 0, or the status to answer: 400 where it is malformed, 414 where it is too long. */
int http_request_set_target(HttpRequest *request, const char *target);

/* Gives the text of a {name} of the route's pattern; NULL where the pattern has none. */
const char *http_request_param(const HttpRequest *request, const char *name);

/* Gives a {name} as a positive number. Fails with APP_ERROR_NOT_FOUND where it is none. */
bool http_request_param_int(const HttpRequest *request, const char *name, int64_t *ret_value, GError **error);

/* Gives which format the Accept header prefers; HTML where it is NULL or undecided. */
HttpFormat http_accept_format(const char *accept);

/* True where an Accept-Encoding header takes gzip. */
bool http_accepts_gzip(const char *accept_encoding);

/* True where one of the tags of an If-None-Match header is `etag` (weak comparison) or "*". */
bool http_etag_matches(const char *if_none_match, const char *etag);
