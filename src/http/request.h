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

/* A file of a form. It stands aside and is deleted at the end of the request, unless the handler has moved it
 * away. */
typedef struct HttpFile {
	const char *field; /* the form field's name */
	const char *name;  /* what the sender calls it: the last part of the path, never empty */
	const char *path;
	const char *sha256; /* of the content, in hexadecimal digits */
	size_t size;
} HttpFile;

/* What a form may bring along. */
typedef struct HttpBodyRules {
	size_t file_bytes_max; /* of each file; 0: no files */
	size_t body_bytes_max; /* of everything together */
	int file_status;       /* the answer to a file where none is taken; 0: that the page takes none */
	const char *directory; /* where the files are put while they arrive */
	const char *too_large; /* Vietnamese: what to do with a file that is too large; NULL: as for plans */
} HttpBodyRules;

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
	HttpPair *form;        /* fields of a POST, as `query` */
	size_t n_form;
	HttpFile *files;
	size_t n_files;
	bool accepts_gzip;
	const char *if_none_match;                     /* raw; NULL */
	const char *host, *origin, *fetch_site;        /* headers Host, Origin, Sec-Fetch-Site, raw; NULL */
	const char *cookies, *user_agent, *fetch_dest; /* Cookie, User-Agent, Sec-Fetch-Dest, raw; NULL */
	const char *range, *if_range;                  /* Range, If-Range, raw; NULL */
	uint64_t body_bytes;                           /* that the sender announces; 0: none, or not said */
	const char *target;  /* the address as sent; NULL until http_request_set_target() */
	const char *address; /* whose request it is: "10.0.0.7"; behind a proxy of this machine, whom it
				names; NULL where there is no socket */
	bool is_https;       /* a proxy of this machine says so */
	const char *missing; /* of the layer above: the permission for want of which it is refused; NULL */
	bool is_refused;     /* of the layer above: answered but for writing the refusal down */
	const char *problem; /* Vietnamese: what is wrong with what the user gave; shown on the error page */
	Arena *arena;
	unsigned
	    worker; /* which worker's thread this is, from 0: event loops, the writer, then the slow ones */
	bool may_block;  /* this is no event loop: the handler may take its time */
	bool may_repeat; /* a form without secrets: a page that says "later" may hold what was typed */
	void *prepared;  /* what a handler with HTTP_PREPARES has worked out; NULL: nothing yet */
	void *context;   /* of the layer above (app/context.h) */
} HttpRequest;

/* Takes an address as sent ("/a/b?c=d") apart into path and query.
 * Gives 0, or the status to answer: 400 where it is malformed, 414 where it is too long. */
int http_request_set_target(HttpRequest *request, const char *target);

/* Takes "a=1&b=2" apart into the arena. False where it is malformed or has more than `max` pairs. */
bool http_request_decode_pairs(
    HttpRequest *request, const char *text, size_t max, HttpPair **ret_pairs, size_t *ret_n);

/* Gives the value of a cookie, in the arena; NULL where it was not sent. Of several the first. */
const char *http_request_cookie(const HttpRequest *request, const char *name);

/* Gives the value of a form's field; NULL where there is none. Of several the first. */
const char *http_request_form(const HttpRequest *request, const char *name);

/* The same without white space at its ends, which phones and copied text leave there; "" where there is none.
 * In the arena. Not for passwords. */
const char *http_request_form_text(const HttpRequest *request, const char *name);

/* The same as it was sent; "" where there is none. For passwords, and for text whose blanks matter. */
const char *http_request_form_sent(const HttpRequest *request, const char *name);

/* Gives the value of a parameter of the address without white space at its ends; "" where there is none. Of
 * several the first. In the arena. */
const char *http_request_query_text(const HttpRequest *request, const char *name);

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
