/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Takes a multipart/form-data body (RFC 7578) apart as it arrives, in pieces of any length; holds at most one
 * part's headers, never a part's content. */
typedef struct HttpMultipart HttpMultipart;

/* What is told of each part, in order. A function that gives false stops everything. */
typedef struct HttpMultipartSink {
	/* file_name: as sent; NULL for a plain field. */
	bool (*begin)(void *data, const char *name, const char *file_name);
	bool (*bytes)(void *data, const char *bytes, size_t len);
	bool (*end)(void *data);
} HttpMultipartSink;

/* Gives the boundary of a Content-Type header, the caller's; NULL where the header is of another type or its
 * boundary is missing or malformed. */
char *http_multipart_boundary(const char *content_type);

/* `sink` must outlive the parser. */
HttpMultipart *http_multipart_new(const char *boundary, const HttpMultipartSink *sink, void *data);
void http_multipart_free(HttpMultipart *multipart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpMultipart, http_multipart_free)

/* Takes the next bytes; false where they are malformed or the sink stopped. */
bool http_multipart_feed(HttpMultipart *multipart, const char *bytes, size_t len);

/* True where the body came to its proper end. */
bool http_multipart_is_complete(const HttpMultipart *multipart);
