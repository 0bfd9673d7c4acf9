/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_settings.h"
#include "modules/notify/notify_work.h"
#include "modules/remind/remind_pages.h"
#include "modules/work/tests/fixture.h"

#include "app/setting.h"
#include "modules/identity/identity_people.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The ladder through servers that fail, by a clock of its own: nothing is lost, nothing is sent twice. */

#define MINUTE (60 * INSTANT_SECOND)

/* One server for calls of the webhook or for mails, each connection answered by one thread, one after the
 * other. */
typedef struct Server {
	int fd, port;
	bool is_mail;
	gint is_good;
	GThread *thread;
	GMutex mutex;
	GPtrArray *received; /* of char *: the key of each call, the mark of each mail */
	gint n_connections;
} Server;

static bool
read_until(int fd, GString *heard, const char *end)
{
	char piece[4096];
	ssize_t n;

	while (strstr(heard->str, end) == NULL) {
		n = read(fd, piece, sizeof(piece));
		if (n <= 0)
			return false;
		g_string_append_len(heard, piece, n);
	}
	return true;
}

static void
say(int fd, const char *text)
{
	g_assert_cmpint(write(fd, text, strlen(text)), >, 0);
}

/* Keeps the line that begins with `head`. */
static void
keep(Server *server, const char *heard, const char *head)
{
	const char *line = strstr(heard, head);

	g_assert_nonnull(line);
	g_mutex_lock(&server->mutex);
	g_ptr_array_add(server->received, g_strndup(line, strcspn(line, "\r\n")));
	g_mutex_unlock(&server->mutex);
}

static void
serve_call(Server *server, int fd)
{
	g_autoptr(GString) heard = g_string_new(NULL);

	read_until(fd, heard, "}");
	if (g_atomic_int_get(&server->is_good) == 0) {
		say(fd, "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
		return;
	}
	keep(server, heard->str, "Idempotency-Key: ");
	say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static bool
hear(int fd, const char *end, const char *answer)
{
	g_autoptr(GString) heard = g_string_new(NULL);

	if (!read_until(fd, heard, end))
		return false;
	say(fd, answer);
	return true;
}

static void
serve_mail(Server *server, int fd)
{
	g_autoptr(GString) mail = g_string_new(NULL);

	if (g_atomic_int_get(&server->is_good) == 0) {
		say(fd, "421 busy\r\n");
		return;
	}
	say(fd, "220 xin chao\r\n");
	if (!hear(fd, "\r\n", "250 ok\r\n") || !hear(fd, "\r\n", "250 ok\r\n") ||
	    !hear(fd, "\r\n", "250 ok\r\n") || !hear(fd, "\r\n", "354 go\r\n") ||
	    !read_until(fd, mail, "\r\n.\r\n"))
		return;
	keep(server, mail->str, "Message-ID: ");
	say(fd, "250 ok\r\n");
	hear(fd, "\r\n", "221 bye\r\n");
}

static gpointer
serve(gpointer data)
{
	Server *server = data;
	int fd;

	while ((fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		g_atomic_int_inc(&server->n_connections);
		if (server->is_mail)
			serve_mail(server, fd);
		else
			serve_call(server, fd);
		close(fd);
	}
	return NULL;
}

static Server *
server_start(bool is_mail)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	Server *server = g_new0(Server, 1);

	server->is_mail = is_mail;
	server->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert_cmpint(bind(server->fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(listen(server->fd, 4), ==, 0);
	g_assert_cmpint(getsockname(server->fd, (struct sockaddr *)&address, &len), ==, 0);
	server->port = ntohs(address.sin_port);
	server->received = g_ptr_array_new_with_free_func(g_free);
	g_mutex_init(&server->mutex);
	server->thread = g_thread_new("server", serve, server);
	return server;
}

static void
server_stop(Server *server)
{
	shutdown(server->fd, SHUT_RDWR);
	close(server->fd);
	g_thread_join(server->thread);
	g_ptr_array_unref(server->received);
	g_mutex_clear(&server->mutex);
	g_free(server);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_stop)

static void
set(const Fixture *fixture, const char *key, const char *format, int port)
{
	g_autofree char *value = g_strdup_printf("%s%d", format, port);
	g_autoptr(GError) error = NULL;

	app_setting_set(fixture->test->db, fixture->test->commune_id, &APP_SHELL_ACTOR, 1, key,
	    port != 0 ? value : format, &error);
	g_assert_no_error(error);
}

static void
set_email(const Fixture *fixture, int64_t person_id)
{
	const IdentityScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = app_now_us(fixture->test->app),
	    .actor = {.name = "người thử", .origin = "kiểm thử"},
	    .arena = fixture->arena};
	g_autoptr(GError) error = NULL;
	IdentityPerson person;
	const char *problem;

	g_assert_true(identity_person_find(&scope, person_id, &person, &error));
	person.email = arena_printf(fixture->arena, "p%" G_GINT64_FORMAT "@xa.vn", person_id);
	g_assert_true(identity_person_change(&scope, &person, &problem, &error));
	g_assert_null(problem);
}

static int
remind(const Fixture *fixture, int64_t now_us)
{
	const WorkScope scope = {.db = fixture->test->db,
	    .commune_id = fixture->test->commune_id,
	    .now_us = now_us,
	    .today = instant_day(now_us),
	    .arena = fixture->arena};
	g_autoptr(GError) error = NULL;
	bool is_done = false;
	int n, all = 0;

	while (!is_done) {
		remind_run(&scope, 100, true, &n, &is_done, &error);
		g_assert_no_error(error);
		all += n;
	}
	return all;
}

/* All that waits at an instant. */
static void
send_all(const Fixture *fixture, int64_t now_us, bool is_first)
{
	gint is_cancelled = 0;
	bool did = true;

	while (did) {
		const AppWork work = {.db = fixture->test->db,
		    .commune_id = fixture->test->commune_id,
		    .directory = fixture->test->directory,
		    .now_us = now_us,
		    .is_cancelled = &is_cancelled,
		    .is_first = is_first};
		g_autoptr(GError) error = NULL;

		is_first = did = false;
		notify_work(&work, &did, &error);
		g_assert_no_error(error);
	}
}

static int64_t
count(const Fixture *fixture, NotifyState state)
{
	int64_t counts[NOTIFY_STATE_MAX];
	g_autoptr(GError) error = NULL;

	g_assert_true(notify_count_states(fixture->test->db, fixture->test->commune_id, counts, &error));
	return counts[state];
}

static void
assert_all_different(const GPtrArray *received)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < received->len; i++)
		g_assert_true(g_hash_table_add(seen, g_ptr_array_index(received, i)));
}

static void
switch_on(const Fixture *fixture)
{
	WorkScope scope = fixture_scope(fixture, 0);
	g_autoptr(GError) error = NULL;

	g_assert_true(remind_switch(&scope, true, &error));
}

/* A webhook that answers 500 for an hour, a mail server that refuses: the ladder goes on meanwhile and says
 * nothing again; afterwards each call and each mail arrives once. */
static void
test_hour_of_failures(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(Server) hook = server_start(false);
	g_autoptr(Server) mail = server_start(true);
	int64_t start_us = instant_at(APP_TEST_TODAY, 9), now_us = start_us;
	int n_messages;

	(void)unused;
	set(fixture, NOTIFY_KEY_HOOK_URL, "http://127.0.0.1:", hook->port);
	set(fixture, NOTIFY_KEY_MAIL_URL, "smtp://127.0.0.1:", mail->port);
	set(fixture, NOTIFY_KEY_MAIL_FROM, "namro@xa.vn", 0);
	set_email(fixture, fixture->standing);
	set_email(fixture, fixture->leader);
	switch_on(fixture);
	n_messages = remind(fixture, now_us);
	g_assert_cmpint(n_messages, >, 3);
	for (; now_us < start_us + INSTANT_HOUR; now_us += MINUTE) {
		send_all(fixture, now_us, false);
		g_assert_cmpint(remind(fixture, now_us), ==, 0);
	}
	g_assert_cmpint(g_atomic_int_get(&hook->n_connections), ==, 4 * n_messages);
	g_assert_cmpint(count(fixture, NOTIFY_WAITING), ==, n_messages);
	g_assert_cmpint(count(fixture, NOTIFY_GIVEN_UP) + count(fixture, NOTIFY_SENT), ==, 0);
	g_atomic_int_set(&hook->is_good, 1);
	send_all(fixture, now_us + INSTANT_HOUR, false);
	g_assert_cmpuint(hook->received->len, ==, (guint)n_messages);
	assert_all_different(hook->received);
	now_us = instant_at(APP_TEST_TODAY + 1, 9);
	send_all(fixture, now_us, false);
	g_assert_cmpint(count(fixture, NOTIFY_WAITING), ==, 2);
	g_atomic_int_set(&mail->is_good, 1);
	send_all(fixture, now_us + 2 * MINUTE, false);
	send_all(fixture, now_us + 3 * MINUTE, false);
	g_assert_cmpuint(mail->received->len, ==, 2);
	assert_all_different(mail->received);
	g_assert_cmpuint(hook->received->len, ==, (guint)n_messages);
	g_assert_cmpint(count(fixture, NOTIFY_WAITING), ==, 0);
	fixture_verify(fixture);
}

/* The program ends while a call hangs: the same call is made again after the next start, under the same key.
 */
static void
test_hangs(Fixture *fixture, gconstpointer unused)
{
	g_autoptr(Server) hook = server_start(false);
	int64_t now_us = instant_at(APP_TEST_TODAY, 9);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	NotifyParcel parcel = {.messages = messages, .commune = ""};
	g_autoptr(GError) error = NULL;
	bool is_found;
	int n_messages;

	(void)unused;
	set(fixture, NOTIFY_KEY_HOOK_URL, "http://127.0.0.1:", hook->port);
	switch_on(fixture);
	n_messages = remind(fixture, now_us);
	g_assert_true(notify_take_next(
	    fixture->test->db, fixture->test->commune_id, now_us, arena, &parcel, &is_found, &error));
	g_assert_true(is_found);
	g_assert_cmpint(count(fixture, NOTIFY_SENDING), ==, 1);
	g_assert_cmpint(remind(fixture, now_us), ==, 0);
	g_atomic_int_set(&hook->is_good, 1);
	send_all(fixture, now_us, true);
	g_assert_cmpuint(hook->received->len, ==, (guint)n_messages);
	assert_all_different(hook->received);
	g_assert_cmpint(count(fixture, NOTIFY_SENT), ==, n_messages);
	fixture_verify(fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fixture_add("/remind/delivery/hour-of-failures", test_hour_of_failures);
	fixture_add("/remind/delivery/hangs", test_hangs);
	return g_test_run();
}
