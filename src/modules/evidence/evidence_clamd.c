/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_clamd.h"

#include "base/app-error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PIECE_BYTES ((size_t)64 * 1024)
#define POLL_MS 200 /* how soon a cancellation is seen */
#define US_PER_MS 1000
#define COMMAND "zINSTREAM"

typedef union Address {
	struct sockaddr any;
	struct sockaddr_un local;
	struct sockaddr_in in;
} Address;

/* One conversation. */
typedef struct Talk {
	const ClamdOptions *options;
	int fd;
	int64_t end_us;
} Talk;

/* Files of people go to this machine's scanner and nowhere else. */
static bool
parse_address(const char *text, Address *ret, socklen_t *ret_len)
{
	Address address = {0};
	const char *colon = strrchr(text, ':');
	g_autofree char *host = NULL;
	guint64 port;

	if (*text == '/') {
		if (strlen(text) >= sizeof(address.local.sun_path))
			return false;
		address.local.sun_family = AF_UNIX;
		g_strlcpy(address.local.sun_path, text, sizeof(address.local.sun_path));
		*ret_len = sizeof(address.local);
		*ret = address;
		return true;
	}
	if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 1, G_MAXUINT16, &port, NULL))
		return false;
	host = g_strndup(text, (gsize)(colon - text));
	if (inet_pton(AF_INET, host, &address.in.sin_addr) != 1 || !g_str_has_prefix(host, "127."))
		return false;
	address.in.sin_family = AF_INET;
	address.in.sin_port = htons((uint16_t)port);
	*ret_len = sizeof(address.in);
	*ret = address;
	return true;
}

bool
clamd_address_is_valid(const char *address)
{
	Address parsed;
	socklen_t len;

	return parse_address(address, &parsed, &len);
}

static bool
fail(GError **error, const char *what)
{
	g_set_error_literal(error, APP_ERROR, APP_ERROR_BUSY, what);
	return false;
}

/* Waits until the socket can be written to or read. */
static bool
wait_for(const Talk *talk, short events, GError **error)
{
	int64_t step_end_us = g_get_monotonic_time() + (int64_t)talk->options->step_ms * US_PER_MS;
	int64_t until_us = MIN(step_end_us, talk->end_us);

	for (;;) {
		struct pollfd poller = {.fd = talk->fd, .events = events};
		int64_t left_ms = (until_us - g_get_monotonic_time()) / US_PER_MS;
		int n;

		if (talk->options->is_cancelled != NULL && g_atomic_int_get(talk->options->is_cancelled) != 0)
			return fail(error, "việc quét bị dừng");
		if (left_ms <= 0)
			return fail(error, "chương trình quét vi-rút không trả lời kịp");
		n = poll(&poller, 1, (int)MIN(left_ms, POLL_MS));
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return fail(error, "không nói chuyện được với chương trình quét vi-rút");
	}
}

static bool
connect_to(Talk *talk, const Address *address, socklen_t len, GError **error)
{
	int reason = 0;
	socklen_t reason_len = sizeof(reason);

	talk->fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (talk->fd < 0)
		return fail(error, "không mở được kết nối đến chương trình quét vi-rút");
	if (connect(talk->fd, &address->any, len) == 0)
		return true;
	if (errno != EINPROGRESS)
		return fail(error, "chương trình quét vi-rút không chạy");
	if (!wait_for(talk, POLLOUT, error))
		return false;
	if (getsockopt(talk->fd, SOL_SOCKET, SO_ERROR, &reason, &reason_len) != 0 || reason != 0)
		return fail(error, "chương trình quét vi-rút không chạy");
	return true;
}

static bool
send_all(const Talk *talk, const void *bytes, size_t len, GError **error)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n;

		if (!wait_for(talk, POLLOUT, error))
			return false;
		n = send(talk->fd, at, len, MSG_NOSIGNAL);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return fail(error, "chương trình quét vi-rút cắt kết nối giữa chừng");
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
send_piece(const Talk *talk, const void *bytes, size_t len, GError **error)
{
	uint32_t announced = htonl((uint32_t)len);

	return send_all(talk, &announced, sizeof(announced), error) && send_all(talk, bytes, len, error);
}

static bool
send_file(const Talk *talk, int file, GError **error)
{
	g_autofree char *bytes = g_malloc(PIECE_BYTES);
	ssize_t n;

	if (!send_all(talk, COMMAND, sizeof(COMMAND), error))
		return false;
	while ((n = read(file, bytes, PIECE_BYTES)) > 0)
		if (!send_piece(talk, bytes, (size_t)n, error))
			return false;
	if (n < 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "không đọc được tệp để quét");
		return false;
	}
	return send_piece(talk, "", 0, error);
}

/* To its NUL, or as far as it goes. */
static bool
receive(const Talk *talk, char bytes[static CLAMD_ANSWER_BYTES_MAX], size_t *ret_len, GError **error)
{
	size_t len = 0;

	while (len < CLAMD_ANSWER_BYTES_MAX && (len == 0 || bytes[len - 1] != '\0')) {
		ssize_t n;

		if (!wait_for(talk, POLLIN, error))
			return false;
		n = recv(talk->fd, bytes + len, CLAMD_ANSWER_BYTES_MAX - len, 0);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n < 0)
			return fail(error, "chương trình quét vi-rút cắt kết nối giữa chừng");
		if (n == 0)
			break;
		len += (size_t)n;
	}
	*ret_len = len;
	return len > 0 || fail(error, "chương trình quét vi-rút cắt kết nối giữa chừng");
}

/* A scanner that has heard enough answers and stops listening: what it said counts more than that. */
static bool
talk_about(const Talk *talk, int file, ClamdAnswer *ret_answer, GError **error)
{
	g_autofree char *bytes = g_malloc(CLAMD_ANSWER_BYTES_MAX);
	g_autoptr(GError) reason = NULL;
	bool is_sent = send_file(talk, file, &reason);
	size_t len;

	if (!is_sent && g_error_matches(reason, APP_ERROR, APP_ERROR_STORAGE)) {
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	if (!receive(talk, bytes, &len, is_sent ? error : NULL)) {
		if (!is_sent)
			g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	clamd_parse(bytes, len, ret_answer);
	/* Of half a file nothing is known but what was found in it. */
	if (!is_sent && ret_answer->verdict == CLAMD_CLEAN)
		ret_answer->verdict = CLAMD_GARBAGE;
	return true;
}

bool
clamd_scan(const ClamdOptions *options, const char *path, ClamdAnswer *ret_answer, GError **error)
{
	Talk talk = {options, -1, g_get_monotonic_time() + (int64_t)options->total_ms * US_PER_MS};
	Address address;
	socklen_t len;
	bool is_ok;
	int file;

	if (!parse_address(options->address, &address, &len)) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "“%s” không phải địa chỉ của clamd trên máy này", options->address);
		return false;
	}
	file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (file < 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_STORAGE, "%s: không mở được", path);
		return false;
	}
	is_ok = connect_to(&talk, &address, len, error) && talk_about(&talk, file, ret_answer, error);
	if (talk.fd >= 0)
		close(talk.fd);
	close(file);
	return is_ok;
}
