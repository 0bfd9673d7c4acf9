/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/server.h"

#include "base/app-error.h"
#include "http/daemon.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#define MS_PER_SECOND 1000u
#define US_PER_MS ((int64_t)1000)
#define EXPIRE_MS 500
#define BACKLOG 1024
#define SPARE_DESCRIPTORS 128u /* database, logs, files of the other threads */
#define NO_DESCRIPTOR_PAUSE_US 20000
#define WORKERS_MAX 64u

struct HttpServer {
	HttpServerOptions options;
	HttpConnections *connections;
	HttpLanes *lanes;
	GPtrArray *daemons; /* of HttpDaemon * */
	GThread *accept_thread;
	int listen_fd, stop_fd;
	unsigned next_daemon;
	uint16_t port;
};

typedef union Address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_storage storage;
} Address;

unsigned
http_default_workers(void)
{
	return MIN(g_get_num_processors(), WORKERS_MAX);
}

static bool
parse_address(const char *text, uint16_t port, Address *ret_address, socklen_t *ret_len, GError **error)
{
	Address address = {0};

	if (inet_pton(AF_INET, text, &address.in.sin_addr) == 1) {
		address.in.sin_family = AF_INET;
		address.in.sin_port = htons(port);
		*ret_len = sizeof(address.in);
	} else if (inet_pton(AF_INET6, text, &address.in6.sin6_addr) == 1) {
		address.in6.sin6_family = AF_INET6;
		address.in6.sin6_port = htons(port);
		*ret_len = sizeof(address.in6);
	} else {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "\"%s\" không phải là địa chỉ IP; ví dụ 127.0.0.1 hoặc 0.0.0.0", text);
		return false;
	}
	*ret_address = address;
	return true;
}

static bool
fail_listen(const HttpServerOptions *options, GError **error)
{
	int reason = errno;

	if (reason == EADDRINUSE)
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "cổng %u đang được chương trình khác dùng; hãy dừng chương trình đó hoặc chọn cổng khác "
		    "bằng --port",
		    options->port);
	else if (reason == EACCES)
		g_set_error(error, APP_ERROR, APP_ERROR_FORBIDDEN,
		    "không có quyền mở cổng %u; hãy chọn cổng từ 1024 trở lên bằng --port", options->port);
	else
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "không mở được %s, cổng %u (%s)",
		    options->address, options->port, g_strerror(reason));
	return false;
}

static bool
open_port(HttpServer *server, GError **error)
{
	Address address;
	socklen_t len;
	int on = 1;

	if (!parse_address(server->options.address, server->options.port, &address, &len, error))
		return false;
	server->listen_fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (server->listen_fd < 0)
		return fail_listen(&server->options, error);
	setsockopt(server->listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(server->listen_fd, &address.any, len) != 0 || listen(server->listen_fd, BACKLOG) != 0)
		return fail_listen(&server->options, error);
	len = sizeof(address);
	if (getsockname(server->listen_fd, &address.any, &len) != 0)
		return fail_listen(&server->options, error);
	server->port = ntohs(address.any.sa_family == AF_INET ? address.in.sin_port : address.in6.sin6_port);
	return true;
}

/* Full: said in the fewest bytes, without waiting for the request. */
static void
turn_away(int fd)
{
	static const char BUSY[] =
	    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n\r\n"
	    "Đang có quá nhiều kết nối đến hệ thống. Hãy chờ vài giây rồi tải lại trang.\n";

	(void)!send(fd, BUSY, sizeof(BUSY) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

static void
accept_all(HttpServer *server)
{
	for (;;) {
		Address address = {0};
		socklen_t len = sizeof(address);
		int fd = accept4(server->listen_fd, &address.any, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
		int64_t deadline_us = g_get_monotonic_time() + server->options.header_ms * US_PER_MS;

		if (fd < 0) {
			/* The port stays readable; without a pause this thread would spin until a client
			 * leaves. */
			if (errno == EMFILE || errno == ENFILE)
				g_usleep(NO_DESCRIPTOR_PAUSE_US);
			return;
		}
		if (!http_connections_open(server->connections, fd, &address.any, deadline_us)) {
			turn_away(fd);
			continue;
		}
		/* Dealt in turn: the library's own thread pool leaves some threads with nearly all. */
		http_daemon_add(
		    g_ptr_array_index(server->daemons, server->next_daemon), fd, &address.any, len);
		server->next_daemon = (server->next_daemon + 1) % server->daemons->len;
	}
}

static gpointer
run_accept(gpointer data)
{
	HttpServer *server = data;
	struct pollfd fds[] = {
	    {.fd = server->listen_fd, .events = POLLIN}, {.fd = server->stop_fd, .events = POLLIN}};

	for (;;) {
		/* Without connections there is no deadline to look after, so an idle server sleeps. */
		bool is_idle = http_connections_count(server->connections) == 0;

		poll(fds, G_N_ELEMENTS(fds), is_idle ? -1 : EXPIRE_MS);
		if (fds[1].revents != 0)
			return NULL;
		if (fds[0].revents != 0)
			accept_all(server);
		http_connections_expire(server->connections, g_get_monotonic_time());
	}
}

/* Asks for as many descriptors as the connections need, and gives how many connections there may be. */
static unsigned
make_room(unsigned connections_max)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return connections_max;
	if (limit.rlim_cur < connections_max + SPARE_DESCRIPTORS) {
		limit.rlim_cur = MIN(limit.rlim_max, connections_max + SPARE_DESCRIPTORS);
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= SPARE_DESCRIPTORS)
			return MIN(connections_max, SPARE_DESCRIPTORS);
	}
	return (unsigned)MIN(connections_max, limit.rlim_cur - SPARE_DESCRIPTORS);
}

static bool
start_daemons(HttpServer *server, GError **error)
{
	for (unsigned i = 0; i < server->options.n_workers; i++) {
		HttpDaemon *daemon = NULL;

		if (!http_daemon_start(
			&server->options, server->connections, server->lanes, i, &daemon, error))
			return false;
		g_ptr_array_add(server->daemons, daemon);
	}
	return true;
}

bool
http_server_start(const HttpServerOptions *options, HttpServer **ret_server, GError **error)
{
	g_autoptr(HttpServer) server = g_new0(HttpServer, 1);

	server->options = *options;
	if (options->n_workers == 0)
		server->options.n_workers = http_default_workers();
	server->options.n_workers = MIN(server->options.n_workers, WORKERS_MAX);
	if (options->header_ms == 0)
		server->options.header_ms = HTTP_HEADER_SECONDS * MS_PER_SECOND;
	if (options->body_grace_ms == 0)
		server->options.body_grace_ms = HTTP_BODY_GRACE_SECONDS * MS_PER_SECOND;
	if (options->response_ms == 0)
		server->options.response_ms = HTTP_RESPONSE_SECONDS * MS_PER_SECOND;
	server->listen_fd = -1;
	server->stop_fd = eventfd(0, EFD_CLOEXEC);
	server->daemons = g_ptr_array_new();
	server->connections = http_connections_new(
	    make_room(options->connections_max > 0 ? options->connections_max : HTTP_CONNECTIONS_MAX),
	    options->per_address_max > 0 ? options->per_address_max : HTTP_CONNECTIONS_PER_ADDRESS_MAX);
	server->lanes = http_lanes_start(&server->options);
	if (!open_port(server, error) || !start_daemons(server, error))
		return false;
	server->accept_thread = g_thread_new("accept", run_accept, server);
	*ret_server = g_steal_pointer(&server);
	return true;
}

uint16_t
http_server_port(const HttpServer *server)
{
	return server->port;
}

void
http_server_stop(HttpServer *server)
{
	if (server == NULL)
		return;
	if (server->accept_thread != NULL) {
		uint64_t one = 1;

		(void)!write(server->stop_fd, &one, sizeof(one));
		g_thread_join(server->accept_thread);
	}
	if (server->listen_fd >= 0)
		close(server->listen_fd);
	http_lanes_stop(server->lanes);
	for (guint i = 0; i < server->daemons->len; i++)
		http_daemon_stop(g_ptr_array_index(server->daemons, i));
	close(server->stop_fd);
	g_ptr_array_unref(server->daemons);
	http_lanes_free(server->lanes);
	http_connections_free(server->connections);
	g_free(server);
}
