/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

/* The body of one request while it arrives: urlencoded fields, or multipart/form-data whose files go to the
 * disk and never stand in memory. */
typedef struct HttpBody HttpBody;

/* `request` and `rules` must outlive the body. content_type: the header; NULL where nothing is sent. */
HttpBody *http_body_new(HttpRequest *request, const char *content_type, const HttpBodyRules *rules);

/* Deletes the files that nobody moved away. */
void http_body_free(HttpBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpBody, http_body_free)

/* Takes the next bytes. After something went wrong the rest is passed over. */
void http_body_feed(HttpBody *body, const char *bytes, size_t len);

/* Sets the request's form and files. Gives 0, or the status to answer, with request->problem: 400 malformed,
 * 413 too large, 415 of a type that is not taken, 500 the disk. */
int http_body_end(HttpBody *body);
