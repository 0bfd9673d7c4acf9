/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <sys/socket.h>

/* Says in `request` whose it is: the peer; where the peer is this machine itself, a proxy, then what its
 * headers say. forwarded_for, forwarded_proto: raw headers, NULL where they were not sent. */
void http_peer_describe(HttpRequest *request, const struct sockaddr *peer, const char *forwarded_for,
    const char *forwarded_proto);

/* True for an address that only this machine itself reaches: "127.0.0.1", "::1". */
bool http_address_is_loopback(const char *address);
