/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/tests/fake_provider.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_BYTES_MAX 65536

void
fake_provider_set(FakeProvider *provider, char **body, const char *text)
{
	g_mutex_lock(&provider->mutex);
	g_free(*body);
	*body = g_strdup(text);
	g_mutex_unlock(&provider->mutex);
}

/* Reads head and body. */
static char *
read_request(int connection)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char piece[4096];
	gsize wanted = 0;
	ssize_t n;

	while ((n = read(connection, piece, sizeof(piece))) > 0 && text->len < REQUEST_BYTES_MAX) {
		const char *head_end, *length;

		g_string_append_len(text, piece, n);
		head_end = strstr(text->str, "\r\n\r\n");
		if (head_end == NULL)
			continue;
		length = strstr(text->str, "Content-Length: ");
		wanted = (gsize)(head_end - text->str) + 4;
		if (length != NULL)
			wanted += (gsize)g_ascii_strtoull(length + strlen("Content-Length: "), NULL, 10);
		if (text->len >= wanted)
			break;
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
header_of(const char *request, const char *name)
{
	const char *at = strstr(request, name);

	return at != NULL ? g_strndup(at + strlen(name), strcspn(at + strlen(name), "\r")) : NULL;
}

static void
note_token_request(FakeProvider *provider, const char *request)
{
	const char *body = strstr(request, "\r\n\r\n");

	provider->n_tokens++;
	g_free(provider->last_form);
	g_free(provider->last_authorization);
	provider->last_form = g_strdup(body != NULL ? body + 4 : "");
	provider->last_authorization = header_of(request, "Authorization: ");
}

static char *
answer(FakeProvider *provider, const char *request)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&provider->mutex);
	const char *body = provider->discovery;
	int status = 200;

	if (provider->location != NULL)
		return g_strdup_printf(
		    "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		    provider->location);
	if (strstr(request, " /jwks ") != NULL) {
		provider->n_keys++;
		body = provider->keys;
	} else if (strstr(request, " /token ") != NULL) {
		note_token_request(provider, request);
		body = provider->answer;
		status = provider->status;
	}
	return g_strdup_printf(
	    "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: "
	    "close\r\n\r\n%s",
	    status, strlen(body), body);
}

static gpointer
serve(gpointer data)
{
	FakeProvider *provider = data;
	int connection;

	while ((connection = accept(provider->socket, NULL, NULL)) >= 0) {
		g_autofree char *request = read_request(connection);
		g_autofree char *reply = answer(provider, request);
		size_t done = 0, len = strlen(reply);

		while (done < len) {
			ssize_t n = send(connection, reply + done, len - done, MSG_NOSIGNAL);

			if (n <= 0)
				break;
			done += (size_t)n;
		}
		close(connection);
	}
	return NULL;
}

FakeProvider *
fake_provider_new(void)
{
	FakeProvider *provider = g_new0(FakeProvider, 1);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);

	provider->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert_cmpint(bind(provider->socket, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(listen(provider->socket, 16), ==, 0);
	g_assert_cmpint(getsockname(provider->socket, (struct sockaddr *)&address, &len), ==, 0);
	provider->issuer = g_strdup_printf("http://127.0.0.1:%d", ntohs(address.sin_port));
	provider->discovery = g_strdup_printf(
	    "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth\",\"token_endpoint\":\"%s/token\","
	    "\"jwks_uri\":\"%s/jwks\"}",
	    provider->issuer, provider->issuer, provider->issuer, provider->issuer);
	provider->keys = g_strdup("{\"keys\":[]}");
	provider->answer = g_strdup("{}");
	provider->status = 200;
	g_mutex_init(&provider->mutex);
	provider->thread = g_thread_new("provider", serve, provider);
	return provider;
}

void
fake_provider_free(FakeProvider *provider)
{
	shutdown(provider->socket, SHUT_RDWR);
	g_thread_join(provider->thread);
	close(provider->socket);
	g_mutex_clear(&provider->mutex);
	g_free(provider->issuer);
	g_free(provider->discovery);
	g_free(provider->keys);
	g_free(provider->answer);
	g_free(provider->location);
	g_free(provider->last_form);
	g_free(provider->last_authorization);
	g_free(provider);
}
