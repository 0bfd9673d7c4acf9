/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "http/body.h"
#include "http/daemon.h"
#include "http/daemon_response.h"
#include "http/peer.h"

#include <stdlib.h>
#include <string.h>

#define US_PER_MS ((int64_t)1000)

struct HttpDaemon {
	struct MHD_Daemon *mhd;
	const HttpServerOptions *options;
	HttpConnections *connections;
	HttpLanes *lanes;
	unsigned worker;
	GString *body; /* reused: after some pages it has its final size */
	HttpGzip *gzip;
};

/* One request on its way; it dies in on_completed(). */
typedef struct Exchange {
	HttpTask task;
	HttpTurn turn; /* with the writer */
	HttpDaemon *daemon;
	struct MHD_Connection *connection;
	Arena *arena;
	const char *target;
	HttpRequest request;
	HttpResponse response; /* made on another thread; its body is this exchange's own */
	HttpBodyRules rules;
	HttpBody *body; /* NULL: what comes is passed over */
	size_t n_body_bytes, n_body_bytes_max;
	int64_t body_start_us;
	int status; /* to answer once the body is through; 0: ask the handler */
	bool has_begun, is_upload;
} Exchange;

static int
descriptor_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static void
set_deadline(const HttpDaemon *daemon, struct MHD_Connection *connection, int64_t seconds)
{
	http_connections_set_deadline(daemon->connections, descriptor_of(connection),
	    g_get_monotonic_time() + seconds * INSTANT_SECOND);
}

/* The raw address, before the library takes it apart: its own decoding lets "%00" and "%2F" through. */
static void *
on_target(void *data, const char *target, struct MHD_Connection *connection)
{
	Exchange *exchange = g_new0(Exchange, 1);

	exchange->daemon = data;
	exchange->connection = connection;
	exchange->arena = arena_new();
	exchange->target = arena_strdup(exchange->arena, target);
	return exchange;
}

static size_t
keep_escapes(void *data, struct MHD_Connection *connection, char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

static void
end_body(Exchange *exchange)
{
	g_clear_pointer(&exchange->body, http_body_free);
	if (exchange->is_upload)
		http_connections_end_upload(
		    exchange->daemon->connections, descriptor_of(exchange->connection));
	exchange->is_upload = false;
}

static void
on_completed(
    void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how)
{
	Exchange *exchange = *context;

	(void)how;
	if (exchange == NULL)
		return;
	end_body(exchange);
	if (exchange->response.body != NULL)
		g_string_free(exchange->response.body, TRUE);
	arena_free(exchange->arena);
	g_free(exchange);
	*context = NULL;
	set_deadline(data, connection, HTTP_KEEP_ALIVE_SECONDS);
}

static void
on_connection(
    void *data, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what)
{
	const HttpDaemon *daemon = data;

	(void)context;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED)
		http_connections_close(daemon->connections, descriptor_of(connection));
}

static HttpMethod
parse_method(const char *method)
{
	if (strcmp(method, MHD_HTTP_METHOD_GET) == 0)
		return HTTP_GET;
	if (strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
		return HTTP_HEAD;
	return strcmp(method, MHD_HTTP_METHOD_POST) == 0 ? HTTP_POST : HTTP_OTHER;
}

static const char *
header(const Exchange *exchange, const char *name)
{
	return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

/* What fits into the time of an answer anyway needs no look at how it gets on. */
static bool
is_large(const HttpResponse *response)
{
	return response->file_path != NULL || response->fixed_len > HTTP_PROGRESS_BYTES_MIN ||
	       response->body->len > HTTP_PROGRESS_BYTES_MIN;
}

static enum MHD_Result
send_response(Exchange *exchange, const HttpResponse *response)
{
	const HttpDaemon *daemon = exchange->daemon;

	if (is_large(response))
		http_connections_send(daemon->connections, descriptor_of(exchange->connection),
		    g_get_monotonic_time(), daemon->options->response_ms * US_PER_MS);
	return http_daemon_send(
	    exchange->connection, response, exchange->request.accepts_gzip ? exchange->daemon->gzip : NULL);
}

/* Without a handler, in the fewest words: where the program is at its limits. */
static enum MHD_Result
refuse(Exchange *exchange, int status, const char *text)
{
	HttpResponse response = {.body = exchange->daemon->body};

	http_response_reset(&response);
	response.status = status;
	response.content_type = "text/plain; charset=utf-8";
	response.cache = HTTP_CACHE_NONE;
	g_string_append(response.body, text);
	return send_response(exchange, &response);
}

static void pass_on(Exchange *exchange, HttpOutcome where);

/* From a lane: the answer is there, or another lane has to make it. */
static void
go_on(Exchange *exchange, HttpOutcome outcome)
{
	if (outcome == HTTP_ANSWERED)
		MHD_resume_connection(exchange->connection);
	else
		pass_on(exchange, outcome);
}

/* On a thread of the lanes. The connection is suspended until the response is there. */
static void
run_on_lane(HttpTask *task, unsigned worker)
{
	Exchange *exchange = (Exchange *)(void *)task;
	const HttpServerOptions *options = exchange->daemon->options;
	HttpOutcome outcome;

	exchange->request.worker = worker;
	exchange->request.may_block = true;
	outcome = options->handle(&exchange->request, &exchange->response, options->data);
	go_on(exchange, outcome);
}

static HttpTurn *
join_group(HttpTask *task, unsigned worker)
{
	Exchange *exchange = (Exchange *)(void *)task;

	exchange->request.worker = worker;
	exchange->request.may_block = true;
	exchange->turn = (HttpTurn){&exchange->request, &exchange->response, HTTP_ANSWERED};
	return &exchange->turn;
}

static void
leave_group(HttpTask *task)
{
	Exchange *exchange = (Exchange *)(void *)task;

	go_on(exchange, exchange->turn.outcome);
}

static enum MHD_Result
hand_over(Exchange *exchange, HttpOutcome where)
{
	exchange->response.body = g_string_new(NULL);
	exchange->task = (HttpTask){run_on_lane, join_group, leave_group};
	/* Suspended first: a lane may be done before this function is. */
	MHD_suspend_connection(exchange->connection);
	pass_on(exchange, where);
	return MHD_YES;
}

/* From a lane or on the way to the first one. The connection is suspended. */
static void
pass_on(Exchange *exchange, HttpOutcome where)
{
	http_response_reset(&exchange->response);
	if (http_lanes_push(exchange->daemon->lanes, &exchange->task, where))
		return;
	exchange->response.status = MHD_HTTP_SERVICE_UNAVAILABLE;
	exchange->response.content_type = "text/plain; charset=utf-8";
	g_string_append(exchange->response.body, "Hệ thống đang bận, hãy thử lại sau ít giây.\n");
	MHD_resume_connection(exchange->connection);
}

static enum MHD_Result
answer(Exchange *exchange)
{
	const HttpDaemon *daemon = exchange->daemon;
	HttpResponse response = {.body = daemon->body};
	HttpOutcome outcome;

	if (exchange->response.body != NULL)
		return send_response(exchange, &exchange->response);
	if (exchange->status == 0 && exchange->body != NULL)
		exchange->status = http_body_end(exchange->body);
	http_response_reset(&response);
	if (exchange->status != 0)
		response.status = exchange->status;
	outcome = daemon->options->handle(&exchange->request, &response, daemon->options->data);
	if (outcome == HTTP_ANSWERED)
		return send_response(exchange, &response);
	return hand_over(exchange, outcome);
}

/* Takes the body of a request that a route wants. */
static void
admit(Exchange *exchange)
{
	HttpDaemon *daemon = exchange->daemon;
	const HttpServerOptions *options = daemon->options;

	if (exchange->request.method != HTTP_POST || options->admit == NULL || exchange->status != 0)
		return;
	exchange->n_body_bytes_max = HTTP_DRAIN_BYTES_MAX;
	exchange->status = options->admit(&exchange->request, &exchange->rules, options->data);
	if (exchange->status != 0)
		return;
	exchange->is_upload = exchange->rules.file_bytes_max > 0;
	if (exchange->is_upload &&
	    !http_connections_begin_upload(daemon->connections, descriptor_of(exchange->connection))) {
		exchange->is_upload = false;
		exchange->status = MHD_HTTP_SERVICE_UNAVAILABLE;
		return;
	}
	exchange->body =
	    http_body_new(&exchange->request, header(exchange, "Content-Type"), &exchange->rules);
}

/* True where the client waits for leave to send its body, so that it can be refused without reading it. */
static bool
waits_for_leave(const Exchange *exchange)
{
	const char *expect = header(exchange, "Expect");

	return expect != NULL && g_ascii_strcasecmp(expect, "100-continue") == 0;
}

/* At the end of the headers. */
static enum MHD_Result
begin(Exchange *exchange, const char *method)
{
	const char *length = header(exchange, "Content-Length");
	uint64_t n = length != NULL ? g_ascii_strtoull(length, NULL, 10) : 0;

	exchange->request = (HttpRequest){
	    .method = parse_method(method),
	    .format = HTTP_HTML,
	    .accept_format = http_accept_format(header(exchange, "Accept")),
	    .accepts_gzip = http_accepts_gzip(header(exchange, "Accept-Encoding")),
	    .if_none_match = header(exchange, "If-None-Match"),
	    .host = header(exchange, "Host"),
	    .origin = header(exchange, "Origin"),
	    .fetch_site = header(exchange, "Sec-Fetch-Site"),
	    .cookies = header(exchange, "Cookie"),
	    .user_agent = header(exchange, "User-Agent"),
	    .fetch_dest = header(exchange, "Sec-Fetch-Dest"),
	    .range = header(exchange, "Range"),
	    .if_range = header(exchange, "If-Range"),
	    .body_bytes = n,
	    .arena = exchange->arena,
	    .worker = exchange->daemon->worker,
	};
	http_peer_describe(&exchange->request,
	    MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
	    header(exchange, "X-Forwarded-For"), header(exchange, "X-Forwarded-Proto"));
	exchange->status = http_request_set_target(&exchange->request, exchange->target);
	exchange->n_body_bytes_max = HTTP_BODY_BYTES_MAX;
	exchange->body_start_us = g_get_monotonic_time();
	set_deadline(exchange->daemon, exchange->connection, HTTP_RESPONSE_SECONDS);
	admit(exchange);
	if (n > exchange->n_body_bytes_max)
		return refuse(exchange, MHD_HTTP_CONTENT_TOO_LARGE, "Dữ liệu gửi lên quá lớn.\n");
	return exchange->status != 0 && waits_for_leave(exchange) ? answer(exchange) : MHD_YES;
}

/* However steadily it sends, a client has only so long for each byte. */
static void
demand_rate(const Exchange *exchange)
{
	const HttpDaemon *daemon = exchange->daemon;
	int64_t deadline_us =
	    exchange->body_start_us + daemon->options->body_grace_ms * US_PER_MS +
	    (int64_t)exchange->n_body_bytes * INSTANT_SECOND / HTTP_BODY_BYTES_PER_SECOND_MIN;

	http_connections_set_deadline(daemon->connections, descriptor_of(exchange->connection), deadline_us);
}

/* What is not wanted is read and thrown away: an answer before the end of the body would reset the
 * connection. */
static enum MHD_Result
take_piece(Exchange *exchange, const char *bytes, size_t *len)
{
	exchange->n_body_bytes += *len;
	demand_rate(exchange);
	if (exchange->body != NULL)
		http_body_feed(exchange->body, bytes, *len);
	*len = 0;
	return exchange->n_body_bytes <= exchange->n_body_bytes_max ? MHD_YES : MHD_NO;
}

/* Called once at the end of the headers, then for each piece of a body, then to answer: once, and where the
 * answer is made on another thread again when it is there. */
static enum MHD_Result
on_request(void *data, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_len, void **context)
{
	Exchange *exchange = *context;

	(void)data;
	(void)connection;
	(void)url;
	(void)version;
	if (!exchange->has_begun) {
		exchange->has_begun = true;
		return begin(exchange, method);
	}
	if (*upload_len > 0)
		return take_piece(exchange, upload, upload_len);
	set_deadline(exchange->daemon, connection, HTTP_RESPONSE_SECONDS);
	return answer(exchange);
}

bool
http_daemon_start(const HttpServerOptions *options, HttpConnections *connections, HttpLanes *lanes,
    unsigned worker, HttpDaemon **ret_daemon, GError **error)
{
	HttpDaemon *daemon = g_new0(HttpDaemon, 1);

	daemon->options = options;
	daemon->connections = connections;
	daemon->lanes = lanes;
	daemon->worker = worker;
	daemon->body = g_string_sized_new((gsize)64 * 1024);
	daemon->gzip = http_gzip_new();
	daemon->mhd = MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, on_request, daemon, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_HEADER_BYTES_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_INACTIVITY_SECONDS, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_URI_LOG_CALLBACK, on_target, daemon,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
	    daemon, MHD_OPTION_NOTIFY_CONNECTION, on_connection, daemon, MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_END);
	if (daemon->mhd == NULL) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_INTERNAL, "a worker thread cannot be started");
		http_daemon_stop(daemon);
		return false;
	}
	*ret_daemon = daemon;
	return true;
}

void
http_daemon_add(HttpDaemon *daemon, int fd, const struct sockaddr *address, socklen_t address_len)
{
	/* On failure the library has closed the descriptor, and never told on_connection(). */
	if (MHD_add_connection(daemon->mhd, fd, address, address_len) != MHD_YES)
		http_connections_close(daemon->connections, fd);
}

void
http_daemon_stop(HttpDaemon *daemon)
{
	if (daemon == NULL)
		return;
	if (daemon->mhd != NULL)
		MHD_stop_daemon(daemon->mhd);
	g_string_free(daemon->body, TRUE);
	http_gzip_free(daemon->gzip);
	g_free(daemon);
}
