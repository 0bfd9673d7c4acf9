/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/connections.h"
#include "http/lanes.h"
#include "http/server.h"

/* One worker: a thread with an event loop of the HTTP library. daemon_mhd.c alone knows that library. */
typedef struct HttpDaemon HttpDaemon;

/* `options`, `connections` and `lanes` must outlive the daemon. Fails with APP_ERROR_INTERNAL. */
bool http_daemon_start(const HttpServerOptions *options, HttpConnections *connections, HttpLanes *lanes,
    unsigned worker, HttpDaemon **ret_daemon, GError **error);

/* Hands over a connection that http_connections_open() let in; the descriptor is the daemon's from now on. */
void http_daemon_add(HttpDaemon *daemon, int fd, const struct sockaddr *address, socklen_t address_len);

/* Closes the connections and ends the thread. The lanes must have been stopped. */
void http_daemon_stop(HttpDaemon *daemon);
