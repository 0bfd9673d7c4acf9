/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "http/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The server over real sockets: what a client sees, and what a bad one cannot do. */

#define LARGE_BYTES ((size_t)4 * 1024 * 1024)
#define HUGE_BYTES (8 * LARGE_BYTES) /* more than the sockets hold by themselves */

/* "/ghi" and "/lau" are answered on the threads beside the event loops. */
static HttpOutcome
handle(HttpRequest *request, HttpResponse *response, void *data)
{
	(void)data;
	if (!request->may_block && response->status == 200 && request->method == HTTP_POST)
		return HTTP_NEEDS_WRITER;
	if (!request->may_block && strcmp(request->path, "/lau") == 0)
		return HTTP_NEEDS_TIME;
	if (response->status != 200) {
		g_string_append_printf(response->body, "%d", response->status);
	} else if (request->n_files > 0) {
		g_string_append_printf(response->body, "tệp %s %zu luồng %u", request->files[0].name,
		    request->files[0].size, request->worker);
	} else if (request->n_form > 0) {
		g_string_append_printf(response->body, "a=%s", http_request_form(request, "a"));
	} else if (strcmp(request->path, "/lon") == 0) {
		g_string_set_size(response->body, LARGE_BYTES);
		memset(response->body->str, 'a', LARGE_BYTES);
	} else if (strcmp(request->path, "/rat-lon") == 0) {
		g_string_set_size(response->body, HUGE_BYTES);
		memset(response->body->str, 'a', HUGE_BYTES);
	} else if (strcmp(request->path, "/trang") == 0) {
		for (int i = 0; i < 200; i++)
			g_string_append(response->body, "<p>Nhiệm vụ</p>");
	} else {
		g_string_append_printf(response->body, "%s %u", request->path, request->worker);
	}
	return HTTP_ANSWERED;
}

/* "/tep" takes files, "/kin" nothing. */
static int
admit(HttpRequest *request, HttpBodyRules *ret_rules, void *data)
{
	(void)data;
	if (strcmp(request->path, "/kin") == 0)
		return 403;
	*ret_rules = (HttpBodyRules){.file_bytes_max = strcmp(request->path, "/tep") == 0 ? LARGE_BYTES : 0,
	    .body_bytes_max = 2 * LARGE_BYTES,
	    .directory = g_get_tmp_dir()};
	return 0;
}

static HttpServer *
start(unsigned connections_max, unsigned per_address_max, unsigned header_ms)
{
	HttpServerOptions options = {.address = "127.0.0.1",
	    .n_workers = 2,
	    .connections_max = connections_max,
	    .per_address_max = per_address_max,
	    .header_ms = header_ms,
	    .body_grace_ms = header_ms,
	    .n_slow = 1,
	    .admit = admit,
	    .handle = handle};
	g_autoptr(GError) error = NULL;
	HttpServer *server = NULL;

	http_server_start(&options, &server, &error);
	g_assert_no_error(error);
	return server;
}

static int
dial(const HttpServer *server)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons(http_server_port(server)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	return fd;
}

static void
say(int fd, const char *text)
{
	size_t len = strlen(text);

	g_assert_cmpint(send(fd, text, len, MSG_NOSIGNAL), ==, (gssize)len);
}

/* Reads until the server closes, for at most ten seconds. The answer is the caller's. */
static char *
hear(int fd)
{
	GString *answer = g_string_new(NULL);
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	char buffer[16384];
	ssize_t n;

	while (poll(&poll_fd, 1, 10000) == 1 && (n = recv(fd, buffer, sizeof(buffer), 0)) > 0)
		g_string_append_len(answer, buffer, n);
	close(fd);
	return g_string_free(answer, FALSE);
}

static char *
ask(const HttpServer *server, const char *request)
{
	int fd = dial(server);

	say(fd, request);
	return hear(fd);
}

static gint is_gate_open;

/* Waits until all are there, then numbers them. */
static void
handle_group(HttpGroup *group, void *data)
{
	HttpTurn *turn;
	unsigned n = 0;

	(void)data;
	for (int i = 0; i < 1000 && !g_atomic_int_get(&is_gate_open); i++)
		g_usleep(10000);
	while ((turn = group->next(group)) != NULL)
		g_string_append_printf(
		    turn->response->body, "%s thứ %u", http_request_form(turn->request, "a"), n++);
}

#define END "\r\nHost: a\r\nConnection: close\r\n\r\n"

static void
test_answers(void)
{
	static const struct {
		const char *request, *expected;
	} CASES[] = {
	    {"GET /a HTTP/1.1" END, "HTTP/1.1 200 OK\r\n"},
	    {"GET /a HTTP/1.1" END, "\r\nX-Content-Type-Options: nosniff\r\n"},
	    {"GET /a HTTP/1.1" END, "frame-ancestors 'none'\r\n"},
	    {"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1" END, "HTTP/1.1 400 "},
	    {"GET /../../etc/passwd HTTP/1.1" END, "HTTP/1.1 400 "},
	    {"GET /a%00b HTTP/1.1" END, "HTTP/1.1 400 "},
	    {"POST /a HTTP/1.1\r\nContent-Length: 3" END "a=1", "HTTP/1.1 200 OK\r\n"},
	    {"POST /a HTTP/1.1\r\nContent-Length: 3" END "a=1", "\r\n\r\na=1"},
	    {"POST /a HTTP/1.1\r\nContent-Length: 3" END "%zz", "HTTP/1.1 400 "},
	    {"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked" END "2\r\na=\r\n1\r\n2\r\n0\r\n\r\n",
		"\r\n\r\na=2"},
	    {"POST /a HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 3" END "a=1", "HTTP/1.1 415 "},
	    {"POST /a HTTP/1.1\r\nContent-Length: 999999999" END, "HTTP/1.1 413 "},
	    {"GET /a HTTP/1.1\r\nContent-Length: 70000" END, "HTTP/1.1 413 "},
	    {"POST /kin HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3" END, "HTTP/1.1 403 "},
	    {"POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3" END "a=1",
		"HTTP/1.1 100 Continue\r\n"},
	    {"GET /lau HTTP/1.1" END, "/lau 3"}, /* behind two event loops and the writer */
	    {"GET /a HTTP/1.1\r\nContent-Length: 1x" END, "HTTP/1.1 400 "},
	    {"\x01\x02\x03\r\n\r\n", ""},
	};
	g_autoptr(HttpServer) server = start(0, 0, 0);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *answer = ask(server, CASES[i].request);

		g_test_message("%s → %.60s", CASES[i].request, answer);
		g_assert_nonnull(strstr(answer, CASES[i].expected));
	}
}

static char *
upload(const HttpServer *server, const char *path, size_t n, size_t n_sent)
{
	static const char HEAD[] =
	    "--b\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.pdf\"\r\n\r\n";
	static const char TAIL[] = "\r\n--b--\r\n";
	g_autoptr(GString) request = g_string_new(NULL);
	size_t start;
	int fd = dial(server);

	g_string_printf(request,
	    "POST %s HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %zu" END
	    "%s",
	    path, sizeof(HEAD) - 1 + n + sizeof(TAIL) - 1, HEAD);
	start = request->len;
	g_string_set_size(request, start + n);
	memset(request->str + start, 'a', n);
	g_string_append(request, TAIL);
	g_string_truncate(request, MIN(n_sent, request->len));
	for (size_t at = 0; at < request->len;) {
		ssize_t sent = send(fd, request->str + at, request->len - at, MSG_NOSIGNAL);

		g_assert_cmpint(sent, >, 0); /* a reset would show here */
		at += (size_t)sent;
	}
	return hear(fd);
}

/* A file arrives, and is answered on the writer's thread. */
static void
test_upload(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autofree char *small = upload(server, "/tep", 10, G_MAXSIZE);
	g_autofree char *large = upload(server, "/tep", LARGE_BYTES, G_MAXSIZE);

	g_assert_nonnull(strstr(small, "tệp a.pdf 10 luồng 2"));
	g_assert_nonnull(strstr(large, "tệp a.pdf 4194304 luồng 2"));
}

/* What is refused is read to its end, so that the client sees the answer and not a reset. */
static void
test_refused_upload(void)
{
	static const struct {
		const char *path, *expected;
		size_t n;
	} CASES[] = {
	    {"/tep", "HTTP/1.1 413 ", LARGE_BYTES + 1}, {"/tep", "HTTP/1.1 413 ", 3 * LARGE_BYTES},
	    {"/kin", "HTTP/1.1 403 ", LARGE_BYTES}, {"/a", "HTTP/1.1 400 ", LARGE_BYTES}, /* takes no files */
	};
	g_autoptr(HttpServer) server = start(0, 0, 0);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *answer = upload(server, CASES[i].path, CASES[i].n, G_MAXSIZE);

		g_assert_true(g_str_has_prefix(answer, CASES[i].expected));
	}
}

/* A body that does not go on is cut off, and the next request is served. */
static void
test_stalled_upload(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 400);
	g_autofree char *answer = upload(server, "/tep", LARGE_BYTES, 1000);
	g_autofree char *next = ask(server, "GET /a HTTP/1.1" END);

	g_assert_cmpstr(answer, ==, "");
	g_assert_nonnull(strstr(next, "200 OK"));
}

/* Requests behind a form on the same connection wait for its answer. */
static void
test_pipelined_forms(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autofree char *answer = ask(server,
	    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=1POST /a HTTP/1.1\r\nHost: "
	    "a\r\nContent-Length: 3\r\n\r\na=2GET /lau HTTP/1.1" END);
	const char *first = strstr(answer, "a=1"), *second = strstr(answer, "a=2");

	g_assert_true(first != NULL && second != NULL && first < second);
	g_assert_nonnull(strstr(second, "/lau"));
}

static void
test_head(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autofree char *get = ask(server, "GET /trang HTTP/1.1" END);
	g_autofree char *head = ask(server, "HEAD /trang HTTP/1.1" END);

	g_assert_nonnull(strstr(get, "\r\nContent-Length: 3800\r\n"));
	g_assert_nonnull(strstr(head, "\r\nContent-Length: 3800\r\n"));
	g_assert_true(g_str_has_suffix(head, "\r\n\r\n"));
}

static void
test_compression(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autofree char *page = ask(server, "GET /trang HTTP/1.1\r\nAccept-Encoding: gzip" END);
	g_autofree char *small = ask(server, "GET /a HTTP/1.1\r\nAccept-Encoding: gzip" END);

	g_assert_nonnull(strstr(page, "\r\nContent-Encoding: gzip\r\n"));
	g_assert_nonnull(strstr(page, "\r\nVary: Accept-Encoding"));
	g_assert_null(strstr(small, "Content-Encoding"));
}

/* An address that does not fit the header buffer is the library's to refuse; one that fits is ours. */
static void
test_long_address(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autoptr(GString) request = g_string_new("GET /");
	g_autofree char *answer = NULL;

	for (int i = 0; i < 12000; i++)
		g_string_append_c(request, 'a');
	g_string_append(request, " HTTP/1.1" END);
	answer = ask(server, request->str);
	g_assert_nonnull(strstr(answer, "HTTP/1.1 414 "));
	g_assert_nonnull(strstr(answer, "X-Content-Type-Options"));
}

static void
test_keep_alive_and_pipelining(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	g_autofree char *answer = ask(server,
	    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1" END);

	g_assert_nonnull(strstr(answer, "\r\n\r\n/1 "));
	g_assert_nonnull(strstr(answer, "/2 "));
	g_assert_nonnull(strstr(answer, "/3 "));
}

/* Connections are dealt in turn, so both workers get half. */
static void
test_dealing(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	int n_second = 0;

	for (int i = 0; i < 10; i++) {
		g_autofree char *answer = ask(server, "GET /a HTTP/1.1" END);

		n_second += g_str_has_suffix(answer, "/a 1");
	}
	g_assert_cmpint(n_second, ==, 5);
}

/* A client that sends a byte at a time is cut off at the deadline, and others do not feel it. */
static void
test_slow_client(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 400);
	int slow = dial(server);
	int64_t start_us = g_get_monotonic_time();
	g_autofree char *fast = NULL;
	g_autofree char *answer = NULL;

	for (const char *byte = "GET /a"; *byte != '\0'; byte++) {
		char one[2] = {*byte, '\0'};

		say(slow, one);
		g_usleep(20000);
	}
	fast = ask(server, "GET /a HTTP/1.1" END);
	g_assert_nonnull(strstr(fast, "200 OK"));
	answer = hear(slow);
	g_assert_null(strstr(answer, "200 OK"));
	g_assert_cmpint(g_get_monotonic_time() - start_us, <, 5 * G_USEC_PER_SEC);
}

/* A client that reads nothing for a while still gets its own page, though the worker's buffer was reused. */
static void
test_slow_reader(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	int slow = dial(server);
	g_autofree char *answer = NULL;
	const char *body;

	say(slow, "GET /lon HTTP/1.1" END);
	for (int i = 0; i < 20; i++) {
		g_autofree char *other = ask(server, "GET /trang HTTP/1.1" END);

		g_assert_nonnull(strstr(other, "Nhiệm vụ"));
	}
	answer = hear(slow);
	body = strstr(answer, "\r\n\r\n");
	g_assert_nonnull(body);
	g_assert_cmpuint(strspn(body + 4, "a"), ==, LARGE_BYTES);
}

static void
wait_for_room(const HttpServer *server)
{
	for (int i = 0; i < 100; i++) {
		g_autofree char *answer = ask(server, "GET /a HTTP/1.1" END);

		if (strstr(answer, "200 OK") != NULL)
			return;
		g_usleep(20000);
	}
	g_assert_not_reached();
}

static void
test_limit(gconstpointer per_address)
{
	g_autoptr(HttpServer) server = per_address != NULL ? start(0, 3, 0) : start(3, 0, 0);
	g_autofree char *refused = NULL;
	int fds[3];

	for (size_t i = 0; i < G_N_ELEMENTS(fds); i++)
		fds[i] = dial(server);
	refused = hear(dial(server));
	g_assert_nonnull(strstr(refused, "HTTP/1.1 503 "));
	for (size_t i = 0; i < G_N_ELEMENTS(fds); i++)
		close(fds[i]);
	wait_for_room(server);
}

static void
test_port_taken(void)
{
	g_autoptr(HttpServer) server = start(0, 0, 0);
	HttpServerOptions options = {
	    .address = "127.0.0.1", .port = http_server_port(server), .handle = handle};
	g_autoptr(GError) error = NULL;
	HttpServer *second = NULL;

	g_assert_false(http_server_start(&options, &second, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	options.address = "localhost";
	g_assert_false(http_server_start(&options, &second, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
}

/* Stopping does not wait for clients that do nothing. */
static void
test_stop(void)
{
	HttpServer *server = start(0, 0, 0);
	int idle = dial(server), half = dial(server), form = dial(server);
	int64_t start_us = g_get_monotonic_time();

	say(half, "GET /a HT");
	say(form, "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na=1");
	http_server_stop(server);
	g_assert_cmpint(g_get_monotonic_time() - start_us, <, 3 * G_USEC_PER_SEC);
	close(idle);
	close(half);
	close(form);
}

/* A client that takes little at a time. */
static int
dial_narrow(const HttpServer *server)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons(http_server_port(server)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), size = 64 * 1024;

	g_assert_cmpint(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)), ==, 0);
	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	return fd;
}

static HttpServer *
start_impatient(void)
{
	const HttpServerOptions options = {.address = "127.0.0.1",
	    .n_workers = 1,
	    .n_slow = 1,
	    .response_ms = 1000,
	    .admit = admit,
	    .handle = handle};
	g_autoptr(GError) error = NULL;
	HttpServer *server = NULL;

	http_server_start(&options, &server, &error);
	g_assert_no_error(error);
	return server;
}

/* Whoever gets on with a large answer may take longer for it than an answer has. */
static void
test_slow_download(void)
{
	g_autoptr(HttpServer) server = start_impatient();
	int fd = dial_narrow(server);
	size_t n_all = 0;
	char buffer[65536];
	ssize_t n;

	say(fd, "GET /lon HTTP/1.1" END);
	while ((n = recv(fd, buffer, sizeof(buffer), MSG_WAITALL)) > 0) {
		n_all += (size_t)n;
		g_usleep(50000);
	}
	close(fd);
	g_assert_cmpuint(n_all, >, LARGE_BYTES);
}

/* Whoever stops taking it is cut off. */
static void
test_stuck_download(void)
{
	g_autoptr(HttpServer) server = start_impatient();
	int fd = dial_narrow(server);
	g_autofree char *answer = NULL;

	say(fd, "GET /rat-lon HTTP/1.1" END);
	g_usleep(8 * G_USEC_PER_SEC); /* several times its patience: a busy machine looks late */
	answer = hear(fd);
	g_assert_cmpuint(strlen(answer), <, HUGE_BYTES);
}

/* Requests that wait for the writer are answered together, in the order in which they came, and no answer
 * leaves before the group is done. */
static void
test_groups(void)
{
	HttpServerOptions options = {.address = "127.0.0.1",
	    .n_workers = 2,
	    .n_slow = 1,
	    .admit = admit,
	    .handle = handle,
	    .handle_group = handle_group};
	g_autoptr(GError) error = NULL;
	g_autoptr(HttpServer) server = NULL;
	int fds[3];

	g_assert_true(http_server_start(&options, &server, &error));
	g_atomic_int_set(&is_gate_open, 0);
	for (int i = 0; i < 3; i++) {
		g_autofree char *request =
		    g_strdup_printf("POST /a HTTP/1.1\r\nContent-Length: 3" END "a=%d", i);

		fds[i] = dial(server);
		say(fds[i], request);
		g_usleep(100000); /* so that they arrive in this order */
	}
	for (int i = 0; i < 3; i++) {
		struct pollfd poll_fd = {.fd = fds[i], .events = POLLIN};

		g_assert_cmpint(poll(&poll_fd, 1, 0), ==, 0);
	}
	g_atomic_int_set(&is_gate_open, 1);
	for (int i = 0; i < 3; i++) {
		g_autofree char *answer = hear(fds[i]);
		g_autofree char *expected = g_strdup_printf("\r\n\r\n%d thứ %d", i, i);

		g_assert_true(g_str_has_suffix(answer, expected));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/server/answers", test_answers);
	g_test_add_func("/server/upload", test_upload);
	g_test_add_func("/server/refused-upload", test_refused_upload);
	g_test_add_func("/server/stalled-upload", test_stalled_upload);
	g_test_add_func("/server/pipelined-forms", test_pipelined_forms);
	g_test_add_func("/server/head", test_head);
	g_test_add_func("/server/compression", test_compression);
	g_test_add_func("/server/long-address", test_long_address);
	g_test_add_func("/server/keep-alive-and-pipelining", test_keep_alive_and_pipelining);
	g_test_add_func("/server/dealing", test_dealing);
	g_test_add_func("/server/slow-client", test_slow_client);
	g_test_add_func("/server/slow-reader", test_slow_reader);
	g_test_add_func("/server/slow-download", test_slow_download);
	g_test_add_func("/server/stuck-download", test_stuck_download);
	g_test_add_data_func("/server/limit-in-all", NULL, test_limit);
	g_test_add_data_func("/server/limit-of-an-address", "", test_limit);
	g_test_add_func("/server/port-taken", test_port_taken);
	g_test_add_func("/server/stop", test_stop);
	g_test_add_func("/server/groups", test_groups);
	return g_test_run();
}
