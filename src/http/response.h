/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
	HTTP_CACHE_REVALIDATE, /* kept, but asked for again each time: answered 304 by the ETag */
	HTTP_CACHE_IMMUTABLE,  /* the address has the content's hash in it */
	HTTP_CACHE_PRIVATE,    /* the same, for this browser alone */
	HTTP_CACHE_NONE,
} HttpCache;

/* What a handler fills in. It begins as 200, text/html, an empty body. */
typedef struct HttpResponse {
	int status;
	const char *content_type;
	GString *body;     /* the worker's, emptied before each request */
	const void *fixed; /* static bytes to send instead of the body, or NULL */
	size_t fixed_len;
	bool fixed_is_gzip;
	bool is_packed; /* the body is compressed already, as pictures are */
	HttpCache cache;
	const char *etag;       /* with its quotes; NULL */
	const char *location;   /* of a redirection, relative to the host; NULL */
	const char *allow;      /* of a 405 */
	const char *set_cookie; /* the whole value of the header; NULL */
	const char *filename;   /* ASCII: the browser saves the body under this name; NULL */
	/* A file sent instead of the body, a piece of it: never read into memory. It must stay as it is. */
	const char *file_path; /* NULL: none */
	uint64_t file_start, file_len;
	const char *content_range;  /* of a 206 or 416; NULL */
	const char *disposition;    /* the whole value of Content-Disposition, instead of `filename`; NULL */
	const char *content_policy; /* instead of the policy for pages; NULL */
} HttpResponse;

/* Back to the beginning, for a handler that failed half way. */
void http_response_reset(HttpResponse *response);

/* Leads on after a POST, so that reloading the page sends nothing twice: 303. location: relative to the host;
 * must outlive the request. */
void http_response_redirect(HttpResponse *response, const char *location);
