/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/peer.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>

#define V4_MAPPED "::ffff:"

bool
http_address_is_loopback(const char *address)
{
	if (g_str_has_prefix(address, V4_MAPPED))
		address += strlen(V4_MAPPED);
	return strcmp(address, "::1") == 0 || g_str_has_prefix(address, "127.");
}

static bool
write_address(const struct sockaddr *peer, char out[static INET6_ADDRSTRLEN])
{
	const void *bytes;

	if (peer == NULL)
		return false;
	if (peer->sa_family == AF_INET)
		bytes = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
	else if (peer->sa_family == AF_INET6)
		bytes = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
	else
		return false;
	return inet_ntop(peer->sa_family, bytes, out, INET6_ADDRSTRLEN) != NULL;
}

/* The last address of the list is the one that the proxy saw itself; what stands before it anybody can write.
 */
static const char *
last_of(Arena *arena, const char *list)
{
	const char *comma = strrchr(list, ',');
	g_autofree char *last = g_strstrip(g_strdup(comma != NULL ? comma + 1 : list));
	uint8_t bytes[sizeof(struct in6_addr)];

	if (inet_pton(AF_INET, last, bytes) != 1 && inet_pton(AF_INET6, last, bytes) != 1)
		return NULL;
	return arena_strdup(arena, last);
}

void
http_peer_describe(
    HttpRequest *request, const struct sockaddr *peer, const char *forwarded_for, const char *forwarded_proto)
{
	char address[INET6_ADDRSTRLEN];
	const char *behind = NULL;

	if (!write_address(peer, address))
		return;
	if (http_address_is_loopback(address)) {
		request->is_https = g_strcmp0(forwarded_proto, "https") == 0;
		behind = forwarded_for != NULL ? last_of(request->arena, forwarded_for) : NULL;
	}
	request->address = behind != NULL ? behind : arena_strdup(request->arena, address);
}
