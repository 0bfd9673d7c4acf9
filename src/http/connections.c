/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/connections.h"

#include "http/limits.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

typedef struct Connection {
	guint64 address; /* see address_key() */
	int64_t deadline_us;
	int64_t span_us;   /* of an answer that is being sent; 0: there is none */
	uint64_t n_before; /* bytes the other side had taken when the span began */
	bool is_open, is_upload;
} Connection;

struct HttpConnections {
	GMutex mutex;
	GArray *slots;           /* of Connection, by descriptor */
	GHashTable *per_address; /* address → GUINT count */
	unsigned n_open, n_uploads;
	unsigned total_max, per_address_max;
};

HttpConnections *
http_connections_new(unsigned total_max, unsigned per_address_max)
{
	HttpConnections *connections = g_new0(HttpConnections, 1);

	g_mutex_init(&connections->mutex);
	connections->slots = g_array_new(FALSE, TRUE, sizeof(Connection));
	connections->per_address = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	connections->total_max = total_max;
	connections->per_address_max = per_address_max;
	return connections;
}

void
http_connections_free(HttpConnections *connections)
{
	if (connections == NULL)
		return;
	g_mutex_clear(&connections->mutex);
	g_array_unref(connections->slots);
	g_hash_table_unref(connections->per_address);
	g_free(connections);
}

/* An IPv4 address (also one mapped into IPv6), or the first half of an IPv6 one: a house, not a device. */
static guint64
address_key(const struct sockaddr *address)
{
	guint64 key = 0;

	if (address->sa_family == AF_INET) {
		key = ((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr;
	} else if (address->sa_family == AF_INET6) {
		const struct in6_addr *in6 = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;

		if (IN6_IS_ADDR_V4MAPPED(in6))
			memcpy(&key, &in6->s6_addr[12], 4);
		else
			memcpy(&key, in6->s6_addr, sizeof(key));
	}
	return key;
}

static unsigned
count_of(const HttpConnections *connections, guint64 key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(connections->per_address, &key));
}

static void
set_count(HttpConnections *connections, guint64 key, unsigned count)
{
	if (count == 0)
		g_hash_table_remove(connections->per_address, &key);
	else
		g_hash_table_replace(
		    connections->per_address, g_memdup2(&key, sizeof(key)), GUINT_TO_POINTER(count));
}

static Connection *
slot_of(HttpConnections *connections, int fd)
{
	if ((guint)fd >= connections->slots->len)
		g_array_set_size(connections->slots, (guint)fd + 1);
	return &g_array_index(connections->slots, Connection, fd);
}

bool
http_connections_open(
    HttpConnections *connections, int fd, const struct sockaddr *address, int64_t deadline_us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);
	guint64 key = address_key(address);
	unsigned count = count_of(connections, key);

	if (connections->n_open >= connections->total_max || count >= connections->per_address_max)
		return false;
	*slot_of(connections, fd) = (Connection){.address = key, .deadline_us = deadline_us, .is_open = true};
	set_count(connections, key, count + 1);
	connections->n_open++;
	return true;
}

void
http_connections_set_deadline(HttpConnections *connections, int fd, int64_t deadline_us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);

	slot_of(connections, fd)->deadline_us = deadline_us;
	slot_of(connections, fd)->span_us = 0;
}

/* The bytes that the other side has said to have got. */
static uint64_t
count_taken(int fd)
{
	struct tcp_info info = {0};
	socklen_t len = sizeof(info);

	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) == 0 ? info.tcpi_bytes_acked : 0;
}

void
http_connections_send(HttpConnections *connections, int fd, int64_t now_us, int64_t span_us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);
	Connection *connection = slot_of(connections, fd);

	connection->deadline_us = now_us + span_us;
	connection->span_us = span_us;
	connection->n_before = count_taken(fd);
}

/* Gives an answer that gets on as long again. */
static bool
prolong(Connection *connection, int fd, int64_t now_us)
{
	uint64_t n_taken;

	if (connection->span_us == 0)
		return false;
	n_taken = count_taken(fd);
	if (n_taken < connection->n_before + HTTP_PROGRESS_BYTES_MIN)
		return false;
	connection->n_before = n_taken;
	connection->deadline_us = now_us + connection->span_us;
	return true;
}

void
http_connections_close(HttpConnections *connections, int fd)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);
	Connection *connection = slot_of(connections, fd);

	if (!connection->is_open)
		return;
	connection->is_open = false;
	set_count(connections, connection->address, count_of(connections, connection->address) - 1);
	connections->n_open--;
}

unsigned
http_connections_expire(HttpConnections *connections, int64_t now_us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);
	unsigned n = 0;

	for (guint fd = 0; fd < connections->slots->len; fd++) {
		Connection *connection = &g_array_index(connections->slots, Connection, fd);

		if (!connection->is_open || connection->deadline_us > now_us ||
		    prolong(connection, (int)fd, now_us))
			continue;
		/* The descriptor stays open until its worker has called http_connections_close(). */
		shutdown((int)fd, SHUT_RDWR);
		connection->deadline_us = INT64_MAX;
		n++;
	}
	return n;
}

unsigned
http_connections_count(HttpConnections *connections)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);

	return connections->n_open;
}

static unsigned
count_uploads(const HttpConnections *connections, guint64 address)
{
	unsigned n = 0;

	for (guint fd = 0; fd < connections->slots->len; fd++) {
		const Connection *connection = &g_array_index(connections->slots, Connection, fd);

		n += connection->is_upload && connection->address == address;
	}
	return n;
}

bool
http_connections_begin_upload(HttpConnections *connections, int fd)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);
	guint64 address = slot_of(connections, fd)->address;

	if (connections->n_uploads >= HTTP_UPLOADS_MAX ||
	    count_uploads(connections, address) >= HTTP_UPLOADS_PER_ADDRESS_MAX)
		return false;
	slot_of(connections, fd)->is_upload = true;
	connections->n_uploads++;
	return true;
}

void
http_connections_end_upload(HttpConnections *connections, int fd)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&connections->mutex);

	slot_of(connections, fd)->is_upload = false;
	connections->n_uploads--;
}
