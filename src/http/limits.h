/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a client may ask for. Beyond these it is refused, so no input makes the program grow. */

#define HTTP_TARGET_BYTES_MAX 8192 /* the address as sent, query included */
#define HTTP_PATH_BYTES_MAX 1024
#define HTTP_SEGMENTS_MAX 16
#define HTTP_PATH_PARAMS_MAX 4
#define HTTP_QUERY_PAIRS_MAX 64
#define HTTP_HEADER_BYTES_MAX ((size_t)16 * 1024) /* one connection's request line and headers */
#define HTTP_BODY_BYTES_MAX ((size_t)64 * 1024)   /* of requests that no route takes a body for */

#define HTTP_FORM_BYTES_MAX ((size_t)1024 * 1024) /* all fields of a form together; its files come on top */
#define HTTP_FORM_PAIRS_MAX 256
#define HTTP_FILES_MAX 20
#define HTTP_PARTS_MAX (HTTP_FORM_PAIRS_MAX + HTTP_FILES_MAX)
#define HTTP_PART_HEADER_BYTES_MAX ((size_t)4 * 1024)
#define HTTP_BOUNDARY_BYTES_MAX 70 /* RFC 2046 */
#define HTTP_FILE_NAME_BYTES_MAX 255
#define HTTP_UPLOADS_MAX 16            /* requests with files that arrive at once */
#define HTTP_UPLOADS_PER_ADDRESS_MAX 8 /* of these, from one address */
/* A body that is refused is read to its end up to here, because an answer before it would be lost. */
#define HTTP_DRAIN_BYTES_MAX ((size_t)512 * 1024 * 1024)

#define HTTP_HEADER_SECONDS \
	10 /* from the connection, or the end of the keep-alive pause, to the last header */
#define HTTP_KEEP_ALIVE_SECONDS 30
#define HTTP_RESPONSE_SECONDS 120 /* from the last header to the answer, and from then on to the next bytes: */
#define HTTP_PROGRESS_BYTES_MIN \
	((uint64_t)64 * 1024) /* taken in that time, an answer that is not whole yet gets as long again */
#define HTTP_INACTIVITY_SECONDS 20
#define HTTP_BODY_GRACE_SECONDS 20 /* before the rate of a body counts */
#define HTTP_BODY_BYTES_PER_SECOND_MIN 4096
#define HTTP_RANGE_BYTES_MAX 100             /* of a Range header */
#define HTTP_QUEUE_MAX 1000                  /* requests that wait for a thread beside the event loops */

/* Writing requests that are answered together: more than these would make the first wait without sparing the
 * disk much. */
#define HTTP_GROUP_MAX 64
#define HTTP_GROUP_MS 10

#define HTTP_CONNECTIONS_MAX 2000
#define HTTP_CONNECTIONS_PER_ADDRESS_MAX 400 /* a whole commune may stand behind one address */

#define HTTP_GZIP_BYTES_MIN 1024
