/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/response.h"

#include <stdint.h>

/* Files that leave the program: a piece where one is asked for (RFC 9110, 14), and under which name. */

typedef enum {
	HTTP_RANGE_ALL,  /* no Range header, one that is not understood, or of several pieces: all of it */
	HTTP_RANGE_PART, /* from *ret_first to *ret_last */
	HTTP_RANGE_NONE, /* lies behind the end: 416 */
} HttpRangeKind;

/* Reads a Range header ("bytes=0-99", "bytes=100-", "bytes=-50") for a file of `size` bytes. */
HttpRangeKind http_range_parse(const char *range, uint64_t size, uint64_t *ret_first, uint64_t *ret_last);

/* Fills in the response with the file at `path`: 200, 206, 304 or 416, as Range, If-Range and If-None-Match
 * want. etag: strong, with its quotes. Both must outlive the response. */
void http_response_file(
    const HttpRequest *request, HttpResponse *response, const char *path, uint64_t size, const char *etag);

/* Gives the value of Content-Disposition that makes a browser save a file as `name` (UTF-8): RFC 6266, with
 * the name in ASCII for old ones. In the arena. */
const char *http_attachment(Arena *arena, const char *name);
