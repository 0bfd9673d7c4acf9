/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/gzip.h"
#include "http/response.h"

#include <microhttpd.h>

/* Queues an answer on a connection, with the headers that every answer has. The body is copied or compressed,
 * because its buffer is used again before a slow client has read it all. gzip: NULL where the client does not
 * take it. */
enum MHD_Result
http_daemon_send(struct MHD_Connection *connection, const HttpResponse *response, HttpGzip *gzip);
