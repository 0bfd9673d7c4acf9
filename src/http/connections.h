/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* The open connections of all workers: how many in all and from each address, and until when each must have
 * got on. The HTTP library's own timeout only knows inactivity, so a client that sends a byte a second would
 * stay for ever. Every function may be called from any thread. */
typedef struct HttpConnections HttpConnections;

HttpConnections *http_connections_new(unsigned total_max, unsigned per_address_max);
void http_connections_free(HttpConnections *connections);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpConnections, http_connections_free)

/* Notes a connection; false where a limit is reached and it must be closed. IPv6 addresses count by their
 * /64. */
bool http_connections_open(
    HttpConnections *connections, int fd, const struct sockaddr *address, int64_t deadline_us);

/* Sets until when (monotonic microseconds) the connection may stay as it is. */
void http_connections_set_deadline(HttpConnections *connections, int fd, int64_t deadline_us);

/* The same for an answer that is being sent: whoever takes HTTP_PROGRESS_BYTES_MIN of it in `span_us` gets as
 * long again, however large it is. */
void http_connections_send(HttpConnections *connections, int fd, int64_t now_us, int64_t span_us);

/* Forgets a connection, before its descriptor is closed. */
void http_connections_close(HttpConnections *connections, int fd);

/* Shuts down the connections whose deadline has passed; their worker then closes them. Gives how many. */
unsigned http_connections_expire(HttpConnections *connections, int64_t now_us);

/* Counts a request with files that begins to arrive; false where HTTP_UPLOADS_MAX do already, or
 * HTTP_UPLOADS_PER_ADDRESS_MAX from this address: slow ones leave room for other people's. */
bool http_connections_begin_upload(HttpConnections *connections, int fd);
void http_connections_end_upload(HttpConnections *connections, int fd);

unsigned http_connections_count(HttpConnections *connections);
