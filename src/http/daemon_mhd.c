/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/daemon.h"

#include "base/app-error.h"
#include "http/gzip.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#define US_PER_SECOND ((int64_t)1000000)

struct HttpDaemon {
	struct MHD_Daemon *mhd;
	const HttpServerOptions *options;
	HttpConnections *connections;
	unsigned worker;
	GString *body; /* reused: after some pages it has its final size */
	HttpGzip *gzip;
};

/* One request on its way; it dies in on_completed(). */
typedef struct Exchange {
	Arena *arena;
	const char *target;
	size_t body_bytes;
	bool has_headers;
} Exchange;

/* Sent with every answer. `style-src 'self'` has no 'unsafe-inline': templates cannot write style or script.
 */
static const char *const SECURITY_HEADERS[][2] = {
    {"Content-Security-Policy",
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
};

static int
descriptor_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static void
set_deadline(const HttpDaemon *daemon, struct MHD_Connection *connection, int64_t seconds)
{
	http_connections_set_deadline(
	    daemon->connections, descriptor_of(connection), g_get_monotonic_time() + seconds * US_PER_SECOND);
}

/* The raw address, before the library takes it apart: its own decoding lets "%00" and "%2F" through. */
static void *
on_target(void *data, const char *target, struct MHD_Connection *connection)
{
	Exchange *exchange = g_new0(Exchange, 1);

	(void)data;
	(void)connection;
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
on_completed(
    void *data, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how)
{
	Exchange *exchange = *context;

	(void)how;
	if (exchange == NULL)
		return;
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
header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void
add_header(struct MHD_Response *mhd_response, const char *name, const char *value)
{
	if (value != NULL)
		MHD_add_response_header(mhd_response, name, value);
}

static void
add_headers(struct MHD_Response *mhd_response, const HttpResponse *response, bool is_gzip)
{
	static const char *const CACHE[] = {
	    [HTTP_CACHE_REVALIDATE] = "private, no-cache",
	    [HTTP_CACHE_IMMUTABLE] = "public, max-age=31536000, immutable",
	    [HTTP_CACHE_NONE] = "no-store",
	};

	if (response->status != MHD_HTTP_NOT_MODIFIED)
		add_header(mhd_response, "Content-Type", response->content_type);
	add_header(mhd_response, "Cache-Control", CACHE[response->cache]);
	add_header(mhd_response, "Vary",
	    response->cache == HTTP_CACHE_IMMUTABLE ? "Accept-Encoding" : "Accept-Encoding, Accept");
	add_header(mhd_response, "ETag", response->etag);
	add_header(mhd_response, "Location", response->location);
	add_header(mhd_response, "Allow", response->allow);
	if (is_gzip)
		add_header(mhd_response, "Content-Encoding", "gzip");
	if (response->filename != NULL) {
		g_autofree char *value = g_strdup_printf("attachment; filename=\"%s\"", response->filename);

		add_header(mhd_response, "Content-Disposition", value);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(SECURITY_HEADERS); i++)
		add_header(mhd_response, SECURITY_HEADERS[i][0], SECURITY_HEADERS[i][1]);
}

/* Makes the library's answer; the body is copied or compressed, because the worker's buffer is reused before
 * a slow client has read it all. */
static struct MHD_Response *
make_response(HttpDaemon *daemon, const HttpResponse *response, bool accepts_gzip, bool *ret_is_gzip)
{
	GString *body = response->body;
	void *packed;
	size_t packed_len;

	*ret_is_gzip = response->fixed != NULL && response->fixed_is_gzip;
	if (response->fixed != NULL)
		return MHD_create_response_from_buffer(
		    response->fixed_len, (void *)(guintptr)response->fixed, MHD_RESPMEM_PERSISTENT);
	if (accepts_gzip && body->len >= HTTP_GZIP_BYTES_MIN &&
	    http_gzip_bytes(daemon->gzip, body->str, body->len, &packed, &packed_len)) {
		*ret_is_gzip = true;
		return MHD_create_response_from_buffer(packed_len, packed, MHD_RESPMEM_MUST_FREE);
	}
	return MHD_create_response_from_buffer(body->len, body->str, MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result
send_response(
    HttpDaemon *daemon, struct MHD_Connection *connection, const HttpResponse *response, bool accepts_gzip)
{
	struct MHD_Response *mhd_response;
	enum MHD_Result result;
	bool is_gzip;

	mhd_response = make_response(daemon, response, accepts_gzip, &is_gzip);
	if (mhd_response == NULL)
		return MHD_NO;
	add_headers(mhd_response, response, is_gzip);
	result = MHD_queue_response(connection, (unsigned)response->status, mhd_response);
	MHD_destroy_response(mhd_response);
	return result;
}

static enum MHD_Result
answer(HttpDaemon *daemon, struct MHD_Connection *connection, const char *method, Exchange *exchange)
{
	HttpResponse response = {.body = daemon->body};
	HttpRequest request = {
	    .method = parse_method(method),
	    .format = HTTP_HTML,
	    .accept_format = http_accept_format(header(connection, "Accept")),
	    .accepts_gzip = http_accepts_gzip(header(connection, "Accept-Encoding")),
	    .if_none_match = header(connection, "If-None-Match"),
	    .arena = exchange->arena,
	    .worker = daemon->worker,
	};

	http_response_reset(&response);
	response.status = http_request_set_target(&request, exchange->target);
	if (response.status == 0)
		response.status = 200;
	daemon->options->handle(&request, &response, daemon->options->data);
	return send_response(daemon, connection, &response, request.accepts_gzip);
}

/* True where a request says at once that its body is larger than anything we take. */
static bool
is_body_too_large(struct MHD_Connection *connection)
{
	const char *length = header(connection, "Content-Length");

	return length != NULL && g_ascii_strtoull(length, NULL, 10) > HTTP_BODY_BYTES_MAX;
}

static enum MHD_Result
refuse_body(HttpDaemon *daemon, struct MHD_Connection *connection)
{
	HttpResponse response = {.body = daemon->body};

	http_response_reset(&response);
	response.status = MHD_HTTP_CONTENT_TOO_LARGE;
	response.content_type = "text/plain; charset=utf-8";
	response.cache = HTTP_CACHE_NONE;
	g_string_append(response.body, "Dữ liệu gửi lên quá lớn.\n");
	return send_response(daemon, connection, &response, false);
}

/* Called once at the end of the headers, then for each piece of a body, then once to answer. */
static enum MHD_Result
on_request(void *data, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_len, void **context)
{
	HttpDaemon *daemon = data;
	Exchange *exchange = *context;

	(void)url;
	(void)version;
	(void)upload;
	if (!exchange->has_headers) {
		exchange->has_headers = true;
		set_deadline(daemon, connection, HTTP_RESPONSE_SECONDS);
		return is_body_too_large(connection) ? refuse_body(daemon, connection) : MHD_YES;
	}
	if (*upload_len > 0) {
		/* Read and thrown away: an answer before the end of the body would reset the connection. */
		exchange->body_bytes += *upload_len;
		*upload_len = 0;
		return exchange->body_bytes <= HTTP_BODY_BYTES_MAX ? MHD_YES : MHD_NO;
	}
	return answer(daemon, connection, method, exchange);
}

bool
http_daemon_start(const HttpServerOptions *options, HttpConnections *connections, unsigned worker,
    HttpDaemon **ret_daemon, GError **error)
{
	HttpDaemon *daemon = g_new0(HttpDaemon, 1);

	daemon->options = options;
	daemon->connections = connections;
	daemon->worker = worker;
	daemon->body = g_string_sized_new((gsize)64 * 1024);
	daemon->gzip = http_gzip_new();
	daemon->mhd = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC,
	    0, NULL, NULL, on_request, daemon, MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_HEADER_BYTES_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_INACTIVITY_SECONDS, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)HTTP_CONNECTIONS_MAX, MHD_OPTION_URI_LOG_CALLBACK, on_target, NULL,
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
