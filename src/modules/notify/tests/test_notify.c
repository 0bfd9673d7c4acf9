/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity.h"
#include "modules/notify/notify_settings.h"
#include "modules/notify/notify_work.h"
#include "storage/txn.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Messages: said once, put together, sent, tried again, read. Mail goes to a real SMTP server of this
 * machine. */

#define MINUTE (60 * INSTANT_SECOND)
#define PYTHON "/usr/bin/python3" /* Debian's, which has Debian's aiosmtpd */
#define WAIT_US ((int64_t)10 * G_USEC_PER_SEC)

/* --- when --------------------------------------------------------------------------------------------------
 */

static int64_t
at(int day, int hour, int minute)
{
	return instant_at(APP_TEST_TODAY + day, hour) + minute * MINUTE;
}

static void
test_quiet(void)
{
	NotifySettings night = {.quiet_from = 21 * 60, .quiet_until = 6 * 60};
	NotifySettings noon = {.quiet_from = 11 * 60 + 30, .quiet_until = 13 * 60};
	NotifySettings never = {.quiet_from = 60, .quiet_until = 60};

	g_assert_cmpint(notify_not_quiet(&night, at(0, 20, 59)), ==, at(0, 20, 59));
	g_assert_cmpint(notify_not_quiet(&night, at(0, 21, 0)), ==, at(1, 6, 0));
	g_assert_cmpint(notify_not_quiet(&night, at(0, 5, 59)), ==, at(0, 6, 0));
	g_assert_cmpint(notify_not_quiet(&night, at(0, 6, 0)), ==, at(0, 6, 0));
	g_assert_cmpint(notify_not_quiet(&noon, at(0, 12, 0)), ==, at(0, 13, 0));
	g_assert_cmpint(notify_not_quiet(&noon, at(0, 13, 0)), ==, at(0, 13, 0));
	g_assert_cmpint(notify_not_quiet(&never, at(0, 1, 0)), ==, at(0, 1, 0));
}

static void
test_digest_slot(void)
{
	NotifySettings settings = {.digest_minute = 7 * 60 + 30};

	g_assert_cmpint(notify_digest_slot(&settings, at(0, 7, 29)), ==, at(-1, 7, 30));
	g_assert_cmpint(notify_digest_slot(&settings, at(0, 7, 30)), ==, at(0, 7, 30));
}

static void
test_backoff(void)
{
	int n = 1;
	int64_t last_us = 0;

	for (; notify_backoff_us(n) != 0; n++) {
		g_assert_cmpint(notify_backoff_us(n), >, last_us);
		last_us = notify_backoff_us(n);
	}
	g_assert_cmpint(n, >, 4);
	g_assert_cmpint(notify_backoff_us(n + 1), ==, 0);
}

static void
test_addresses(void)
{
	static const char *const GOOD[] = {"an@xa.vn", "a.b+c@mail.xa.gov.vn"};
	static const char *const BAD[] = {"", "an", "@xa.vn", "an@", "an@xa", "a n@xa.vn",
	    "an@xa.vn\r\nBcc: x@y.z", "an@xa.vn>", "<an@xa.vn", "an@@xa.vn", "an@xa.vn,ba@xa.vn", "-an@xa.vn",
	    "đn@xa.vn"};

	for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++)
		g_assert_true(notify_address_is_valid(GOOD[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++)
		g_assert_false(notify_address_is_valid(BAD[i]));
}

/* --- a commune with one person -----------------------------------------------------------------------------
 */

typedef struct Case {
	AppTest *test;
	int64_t person_id;
	gint is_cancelled;
	bool is_first;
	int64_t now_us;
} Case;

static void
set(Case *c, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;

	app_setting_set(c->test->db, c->test->commune_id, &APP_SHELL_ACTOR, 1, key, value, &error);
	g_assert_no_error(error);
}

static void
set_email(Case *c, const char *email)
{
	static const DbSql SET_EMAIL = {.name = "test_set_email",
	    .sqlite = "UPDATE identity_person SET email = ?2 WHERE commune_id = ?1",
	    .pg = "UPDATE identity_person SET email = $2 WHERE commune_id = $1",
	    .n_params = 2};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(db_txn_begin(c->test->db, &txn, &error));
	g_assert_true(db_prepare(c->test->db, &SET_EMAIL, &stmt, &error));
	db_bind_int(stmt, 1, c->test->commune_id);
	db_bind_text(stmt, 2, email);
	g_assert_true(db_run(stmt, &error));
	g_assert_true(db_txn_commit(txn, &error));
}

static Case *
case_new(void)
{
	Case *c = g_new0(Case, 1);
	g_autoptr(Arena) arena = arena_new();
	const IdentityNew person = {.login = "an",
	    .name = "Người Dùng",
	    .position = "",
	    .unit = "",
	    .kind = IDENTITY_WORK,
	    .password_hash = "không dùng"};
	IdentityScope scope;
	IdentityAccount account;
	const char *problem;
	int64_t account_id;
	g_autoptr(GError) error = NULL;

	c->test = app_test_new(APP_MODULES);
	c->now_us = at(0, 9, 0);
	scope = (IdentityScope){.db = c->test->db,
	    .commune_id = c->test->commune_id,
	    .now_us = app_now_us(c->test->app),
	    .actor = APP_SHELL_ACTOR,
	    .arena = arena};
	g_assert_true(identity_add(&scope, &person, &account_id, &problem, &error));
	g_assert_null(problem);
	g_assert_true(identity_find(&scope, account_id, &account, &error));
	c->person_id = account.person_id;
	set_email(c, "an@xa.vn");
	return c;
}

static void
case_free(Case *c)
{
	app_test_free(c->test);
	g_free(c);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Case, case_free)

static bool
post(Case *c, const char *once_key, const char *subject, bool is_urgent)
{
	const NotifyNew message = {.person_id = c->person_id,
	    .once_key = once_key,
	    .subject = subject,
	    .path = "/nhiem-vu/1/2",
	    .is_urgent = is_urgent};
	g_autoptr(GError) error = NULL;
	bool is_new = false;

	g_assert_true(notify_post(c->test->db, c->test->commune_id, c->now_us, &message, &is_new, &error));
	g_assert_no_error(error);
	return is_new;
}

/* Works until nothing is left to do. */
static void
work(Case *c)
{
	g_autoptr(GError) error = NULL;
	bool did = true;

	while (did) {
		const AppWork piece = {.db = c->test->db,
		    .commune_id = c->test->commune_id,
		    .directory = c->test->directory,
		    .now_us = c->now_us,
		    .is_cancelled = &c->is_cancelled,
		    .is_first = c->is_first};

		did = false;
		g_assert_true(notify_work(&piece, &did, &error));
		g_assert_no_error(error);
		c->is_first = false;
	}
}

/* The newest delivery; NULL: none. */
static const NotifyDelivery *
last_delivery(Case *c, Arena *arena, guint *ret_n)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_true(
	    notify_list_deliveries(c->test->db, c->test->commune_id, INT64_MAX, 0, 100, arena, rows, &error));
	*ret_n = rows->len;
	return rows->len > 0 ? g_ptr_array_index(rows, 0) : NULL;
}

static void
assert_last(Case *c, guint n, NotifyState state, int attempts)
{
	g_autoptr(Arena) arena = arena_new();
	guint n_rows;
	const NotifyDelivery *row = last_delivery(c, arena, &n_rows);

	g_assert_cmpuint(n_rows, ==, n);
	if (n == 0)
		return;
	g_assert_cmpint(row->state, ==, state);
	g_assert_cmpint(row->attempts, ==, attempts);
}

/* --- servers -----------------------------------------------------------------------------------------------
 */

/* Gives a socket that listens on a free port of this machine. */
static int
listen_somewhere(int *ret_port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(listen(fd, 4), ==, 0);
	g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &len), ==, 0);
	*ret_port = ntohs(address.sin_port);
	return fd;
}

typedef struct MailServer {
	GPid pid;
	char *folder; /* mails that came stand in its folder "new" */
	int port;
} MailServer;

static bool
answers(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	    .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is_there = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;

	close(fd);
	return is_there;
}

/* NULL where Debian's python3-aiosmtpd is not installed. */
static MailServer *
mail_server_start(void)
{
	MailServer *server = g_new0(MailServer, 1);
	g_autofree char *root = g_dir_make_tmp("namro-mail-XXXXXX", NULL), *listen_at = NULL;
	int fd = listen_somewhere(&server->port);
	int64_t until_us = g_get_monotonic_time() + WAIT_US;

	close(fd);
	server->folder = g_build_filename(root, "thu", NULL);
	listen_at = g_strdup_printf("127.0.0.1:%d", server->port);
	char *argv[] = {(char[]){PYTHON}, (char[]){"-m"}, (char[]){"aiosmtpd"}, (char[]){"-n"},
	    (char[]){"-l"}, listen_at, (char[]){"-c"}, (char[]){"aiosmtpd.handlers.Mailbox"}, server->folder,
	    NULL};
	if (system(PYTHON " -c 'import aiosmtpd' 2>/dev/null") != 0 ||
	    !g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &server->pid, NULL)) {
		g_free(server->folder);
		g_free(server);
		return NULL;
	}
	while (!answers(server->port)) {
		g_assert_cmpint(g_get_monotonic_time(), <, until_us);
		g_usleep(10000);
	}
	return server;
}

static void
mail_server_stop(MailServer *server)
{
	if (server == NULL)
		return;
	kill(server->pid, SIGKILL);
	waitpid(server->pid, NULL, 0);
	g_free(server->folder);
	g_free(server);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailServer, mail_server_stop)

/* Gives the mails that came, one after the other; their number in *ret_n. */
static char *
mails(const MailServer *server, int *ret_n)
{
	g_autofree char *folder = g_build_filename(server->folder, "new", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_autoptr(GString) all = g_string_new(NULL);
	const char *name;

	*ret_n = 0;
	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL), *text = NULL;

		g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
		g_string_append(all, text);
		(*ret_n)++;
	}
	return g_string_free(g_steal_pointer(&all), FALSE);
}

/* The decoded body of a mail. */
static char *
body_of(const char *mail)
{
	const char *start = strstr(mail, "\n\n");
	g_autofree guchar *bytes = NULL;
	gsize len;

	if (start == NULL)
		start = strstr(mail, "\r\n\r\n");
	g_assert_nonnull(start);
	bytes = g_base64_decode(start, &len);
	return g_strndup((const char *)bytes, len);
}

static void
use_mail(Case *c, int port)
{
	g_autofree char *url = g_strdup_printf("smtp://127.0.0.1:%d", port);

	set(c, NOTIFY_KEY_MAIL_URL, url);
	set(c, NOTIFY_KEY_MAIL_FROM, "namro@xa.vn");
	set(c, NOTIFY_KEY_BASE_URL, "https://namro.xa.vn");
}

/* --- tests -------------------------------------------------------------------------------------------------
 */

static void
test_once(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(GError) error = NULL;
	int64_t n;

	g_assert_true(post(c, "han/1/2", "Sắp đến hạn", false));
	g_assert_false(post(c, "han/1/2", "Sắp đến hạn", false));
	g_assert_true(post(c, "han/1/3", "Sắp đến hạn", false));
	g_assert_true(notify_count_unread(c->test->db, c->test->commune_id, c->person_id, &n, &error));
	g_assert_cmpint(n, ==, 2);
	work(c);
	assert_last(c, 0, NOTIFY_WAITING, 0);
}

static void
test_unknown_person(void)
{
	g_autoptr(Case) c = case_new();
	const NotifyNew message = {.person_id = 99, .once_key = "x", .subject = "y"};
	g_autoptr(GError) error = NULL;

	g_assert_false(notify_post(c->test->db, c->test->commune_id, 1, &message, NULL, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

/* What is not urgent waits for the next day's digest, and is one mail. */
static void
test_digest(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(MailServer) server = mail_server_start();
	g_autofree char *text = NULL, *body = NULL;
	int n;

	if (server == NULL) {
		g_test_skip("python3-aiosmtpd is not installed");
		return;
	}
	use_mail(c, server->port);
	post(c, "a", "Nhiệm vụ 1: còn 3 ngày", false);
	post(c, "b", "Nhiệm vụ 2: đã quá hạn 1 ngày, đề nghị cập nhật kết quả và nêu lý do", false);
	work(c);
	assert_last(c, 0, NOTIFY_WAITING, 0);
	c->now_us = at(1, 7, 30);
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 1);
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 1);
	text = mails(server, &n);
	g_assert_cmpint(n, ==, 1);
	g_assert_nonnull(strstr(text, "To: <an@xa.vn>"));
	g_assert_nonnull(strstr(text, "Date: Wed, 16 Dec 2026 00:30:00 +0000"));
	body = body_of(text);
	g_assert_nonnull(strstr(body, "Kính gửi Người Dùng,"));
	g_assert_nonnull(strstr(body, "1. Nhiệm vụ 1: còn 3 ngày"));
	g_assert_nonnull(strstr(body, "2. Nhiệm vụ 2: đã quá hạn"));
	g_assert_nonnull(strstr(body, "https://namro.xa.vn/nhiem-vu/1/2"));
}

static void
test_urgent_and_quiet(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(MailServer) server = mail_server_start();
	g_autofree char *text = NULL;
	int n;

	if (server == NULL) {
		g_test_skip("python3-aiosmtpd is not installed");
		return;
	}
	use_mail(c, server->port);
	post(c, "a", "Yêu cầu giải trình", true);
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 1);
	c->now_us = at(0, 22, 0);
	post(c, "b", "Yêu cầu giải trình", true);
	work(c);
	assert_last(c, 2, NOTIFY_WAITING, 0);
	c->now_us = at(1, 6, 0);
	work(c);
	assert_last(c, 2, NOTIFY_SENT, 1);
	text = mails(server, &n);
	g_assert_cmpint(n, ==, 2);
}

/* A server that is not there: tried again later and later, then given up; nothing is lost, and it can be sent
 * again by hand. */
static void
test_server_away(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GError) error = NULL;
	int port, fd = listen_somewhere(&port), attempts = 1;
	guint n;

	close(fd);
	use_mail(c, port);
	post(c, "a", "Gấp", true);
	work(c);
	assert_last(c, 1, NOTIFY_WAITING, 1);
	work(c);
	assert_last(c, 1, NOTIFY_WAITING, 1);
	while (last_delivery(c, arena, &n)->state == NOTIFY_WAITING) {
		c->now_us = last_delivery(c, arena, &n)->next_us;
		work(c);
		g_assert_cmpint(++attempts, <, 50);
		if (last_delivery(c, arena, &n)->state == NOTIFY_SENDING)
			break;
	}
	assert_last(c, 1, NOTIFY_GIVEN_UP, 8);
	g_assert_true(notify_retry(c->test->db, c->test->commune_id, &APP_SHELL_ACTOR, 1, c->now_us, &error));
	work(c);
	assert_last(c, 1, NOTIFY_WAITING, 1);
	g_assert_false(
	    notify_retry(c->test->db, c->test->commune_id, &APP_SHELL_ACTOR, 1, c->now_us, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
}

/* --- servers that behave badly -----------------------------------------------------------------------------
 */

typedef enum {
	SMTP_ACCEPTS,
	SMTP_MUTE,           /* takes the connection and says nothing */
	SMTP_REFUSES_ALL,    /* 554 instead of a greeting */
	SMTP_REFUSES_PERSON, /* 550 for the address */
	SMTP_BUSY,           /* 451 for the address */
	SMTP_HANGS_IN_DATA,  /* says nothing to DATA */
	SMTP_HANGS_AT_END,   /* takes the whole mail, never says so */
} SmtpManner;

/* Speaks SMTP with one client after the other, in one manner, and keeps the mails that came whole. */
typedef struct Smtp {
	int fd, port;
	SmtpManner manner;
	GThread *thread;
	GMutex mutex;
	GString *heard;
	int n_accepted, n_clients;
} Smtp;

static void
say(int fd, const char *line)
{
	g_assert_cmpint(send(fd, line, strlen(line), MSG_NOSIGNAL), ==, (ssize_t)strlen(line));
}

/* Until the client gives up. */
static void
hang(int fd)
{
	char piece[256];

	while (read(fd, piece, sizeof(piece)) > 0)
		;
}

static bool
read_line(int fd, GString *line)
{
	char c;

	g_string_truncate(line, 0);
	while (read(fd, &c, 1) == 1) {
		if (c == '\n')
			return true;
		g_string_append_c(line, c);
	}
	return false;
}

/* Gives whether the mail came to its end. */
static bool
take_mail(Smtp *smtp, int fd, GString *line)
{
	while (read_line(fd, line)) {
		if (strcmp(line->str, ".\r") == 0)
			return true;
		g_mutex_lock(&smtp->mutex);
		g_string_append_printf(smtp->heard, "%s\n", line->str);
		g_mutex_unlock(&smtp->mutex);
	}
	return false;
}

static void
answer_data(Smtp *smtp, int fd, GString *line)
{
	if (smtp->manner == SMTP_HANGS_IN_DATA) {
		hang(fd);
		return;
	}
	say(fd, "354 go on\r\n");
	if (!take_mail(smtp, fd, line))
		return;
	if (smtp->manner == SMTP_HANGS_AT_END) {
		hang(fd);
		return;
	}
	g_atomic_int_inc(&smtp->n_accepted);
	say(fd, "250 taken\r\n");
}

static void
talk(Smtp *smtp, int fd)
{
	g_autoptr(GString) line = g_string_new(NULL);

	if (smtp->manner == SMTP_MUTE) {
		hang(fd);
		return;
	}
	say(fd, smtp->manner == SMTP_REFUSES_ALL ? "554 no service\r\n" : "220 here\r\n");
	while (read_line(fd, line)) {
		if (g_str_has_prefix(line->str, "QUIT"))
			break;
		if (g_str_has_prefix(line->str, "RCPT") && smtp->manner == SMTP_REFUSES_PERSON)
			say(fd, "550 nobody of that name\r\n");
		else if (g_str_has_prefix(line->str, "RCPT") && smtp->manner == SMTP_BUSY)
			say(fd, "451 later\r\n");
		else if (g_str_has_prefix(line->str, "DATA"))
			answer_data(smtp, fd, line);
		else
			say(fd, "250 well\r\n");
	}
}

static gpointer
serve_smtp(gpointer data)
{
	Smtp *smtp = data;
	int fd;

	while ((fd = accept4(smtp->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		g_atomic_int_inc(&smtp->n_clients);
		talk(smtp, fd);
		close(fd);
	}
	return NULL;
}

static Smtp *
smtp_start(SmtpManner manner)
{
	Smtp *smtp = g_new0(Smtp, 1);

	smtp->fd = listen_somewhere(&smtp->port);
	smtp->manner = manner;
	smtp->heard = g_string_new(NULL);
	g_mutex_init(&smtp->mutex);
	smtp->thread = g_thread_new("smtp", serve_smtp, smtp);
	return smtp;
}

static void
smtp_stop(Smtp *smtp)
{
	shutdown(smtp->fd, SHUT_RDWR);
	close(smtp->fd);
	g_thread_join(smtp->thread);
	g_string_free(smtp->heard, TRUE);
	g_mutex_clear(&smtp->mutex);
	g_free(smtp);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Smtp, smtp_stop)

static char *
mail_id(const Smtp *smtp)
{
	const char *id = strstr(smtp->heard->str, "Message-ID: ");

	g_assert_nonnull(id);
	return g_strndup(id, strcspn(id, "\r\n"));
}

/* However the server fails, the mail waits, is tried again later, and a server that takes it gets it once. */
static void
test_bad_server(gconstpointer manner)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Smtp) bad = smtp_start((SmtpManner)GPOINTER_TO_INT(manner));
	g_autoptr(Smtp) good = smtp_start(SMTP_ACCEPTS);

	set(c, NOTIFY_KEY_TIMEOUT, "1");
	use_mail(c, bad->port);
	post(c, "a", "Gấp", true);
	work(c);
	assert_last(c, 1, NOTIFY_WAITING, 1);
	work(c); /* not before its time */
	assert_last(c, 1, NOTIFY_WAITING, 1);
	g_assert_cmpint(g_atomic_int_get(&bad->n_clients), ==, 1);
	c->now_us += MINUTE;
	work(c);
	assert_last(c, 1, NOTIFY_WAITING, 2);
	use_mail(c, good->port);
	c->now_us += 5 * MINUTE;
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 3);
	c->now_us += INSTANT_HOUR;
	work(c);
	g_assert_cmpint(g_atomic_int_get(&bad->n_accepted), ==, 0);
	g_assert_cmpint(g_atomic_int_get(&good->n_accepted), ==, 1);
	if (bad->manner == SMTP_HANGS_AT_END) {
		g_autofree char *first = mail_id(bad), *second = mail_id(good);

		g_assert_cmpstr(first, ==, second);
	}
}

/* An address that is not there is not asked again, and what else waits is sent. */
static void
test_bad_address(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Smtp) smtp = smtp_start(SMTP_REFUSES_PERSON);

	use_mail(c, smtp->port);
	post(c, "a", "Gấp", true);
	work(c);
	assert_last(c, 1, NOTIFY_REFUSED, 1);
	c->now_us += 24 * INSTANT_HOUR;
	work(c);
	g_assert_cmpint(g_atomic_int_get(&smtp->n_clients), ==, 1);
}

static void
test_no_address(void)
{
	g_autoptr(Case) c = case_new();

	set_email(c, "chưa có");
	use_mail(c, 1);
	post(c, "a", "Gấp", true);
	work(c);
	assert_last(c, 1, NOTIFY_REFUSED, 0);
}

/* Answers one connection after the other with one status, and keeps what was asked. */
typedef struct Hook {
	int fd, port;
	const char *answer;
	GThread *thread;
	GMutex mutex;
	GString *heard;
	int n_calls;
} Hook;

static gpointer
serve_hook(gpointer data)
{
	Hook *hook = data;
	char piece[8192];
	int fd;

	while ((fd = accept4(hook->fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		g_autoptr(GString) heard = g_string_new(NULL);
		ssize_t n;

		while (strchr(heard->str, '}') == NULL && (n = read(fd, piece, sizeof(piece))) > 0)
			g_string_append_len(heard, piece, n);
		g_mutex_lock(&hook->mutex);
		g_string_append(hook->heard, heard->str);
		hook->n_calls++;
		g_mutex_unlock(&hook->mutex);
		g_assert_cmpint(write(fd, hook->answer, strlen(hook->answer)), >, 0);
		close(fd);
	}
	return NULL;
}

static Hook *
hook_start(const char *answer)
{
	Hook *hook = g_new0(Hook, 1);

	hook->fd = listen_somewhere(&hook->port);
	hook->answer = answer;
	hook->heard = g_string_new(NULL);
	g_mutex_init(&hook->mutex);
	hook->thread = g_thread_new("hook", serve_hook, hook);
	return hook;
}

static void
hook_stop(Hook *hook)
{
	shutdown(hook->fd, SHUT_RDWR);
	close(hook->fd);
	g_thread_join(hook->thread);
	g_string_free(hook->heard, TRUE);
	g_mutex_clear(&hook->mutex);
	g_free(hook);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Hook, hook_stop)

static void
use_hook(Case *c, const Hook *hook)
{
	g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d/tin", hook->port);
	g_autofree char *path = g_build_filename(c->test->directory, "khoa-cong", NULL);

	g_assert_true(g_file_set_contents(path, "bí mật\n", -1, NULL));
	set(c, NOTIFY_KEY_HOOK_URL, url);
	set(c, NOTIFY_KEY_HOOK_SECRET, path);
}

static void
test_hook(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Hook) hook = hook_start("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
	const char *body;
	g_autofree char *mark = NULL;

	use_hook(c, hook);
	post(c, "a", "Việc \"mới\"", false);
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 1);
	g_assert_cmpint(hook->n_calls, ==, 1);
	body = strchr(hook->heard->str, '{');
	g_assert_nonnull(strstr(body, "\"subject\":\"Việc \\\"mới\\\"\""));
	mark = g_compute_hmac_for_string(
	    G_CHECKSUM_SHA256, (const guchar *)"bí mật", strlen("bí mật"), body, -1);
	g_assert_nonnull(strstr(hook->heard->str, mark));
	g_assert_nonnull(strstr(hook->heard->str, "Idempotency-Key: "));
}

/* An hour of 500: the call is not lost, and made once more under the same key. */
static void
test_hook_fails(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Hook) bad = hook_start("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	g_autoptr(Hook) good =
	    hook_start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	g_autofree char *first = NULL, *second = NULL;
	int64_t start_us = c->now_us;

	use_hook(c, bad);
	post(c, "a", "Việc mới", false);
	for (; c->now_us < start_us + INSTANT_HOUR; c->now_us += MINUTE)
		work(c);
	assert_last(c, 1, NOTIFY_WAITING, 4);
	use_hook(c, good);
	c->now_us += 2 * INSTANT_HOUR;
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 5);
	g_assert_cmpint(good->n_calls, ==, 1);
	first = g_strndup(strstr(bad->heard->str, "Idempotency-Key: "), 80);
	second = g_strndup(strstr(good->heard->str, "Idempotency-Key: "), 80);
	g_assert_cmpstr(first, ==, second);
}

static void
test_hook_refuses(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Hook) hook =
	    hook_start("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

	use_hook(c, hook);
	post(c, "a", "Việc mới", false);
	work(c);
	assert_last(c, 1, NOTIFY_REFUSED, 1);
}

/* A mail server that hangs is asked once a minute, not once for each mail; the webhook goes on meanwhile. */
static void
test_hanging_holds_up_nothing(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Smtp) mute = smtp_start(SMTP_MUTE);
	g_autoptr(Hook) hook = hook_start("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

	set(c, NOTIFY_KEY_TIMEOUT, "1");
	use_mail(c, mute->port);
	use_hook(c, hook);
	post(c, "a", "Gấp một", true);
	work(c);
	post(c, "b", "Gấp hai", true);
	post(c, "c", "Gấp ba", true);
	work(c);
	g_assert_cmpint(hook->n_calls, ==, 3);
	g_assert_cmpint(g_atomic_int_get(&mute->n_clients), <=, 2);
}

/* The program ended in the middle: what was under way is tried again. */
static void
test_resume(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Hook) hook =
	    hook_start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	NotifyParcel parcel = {.messages = messages, .commune = ""};
	g_autoptr(GError) error = NULL;
	bool is_found;

	use_hook(c, hook);
	post(c, "a", "Việc mới", false);
	g_assert_true(
	    notify_take_next(c->test->db, c->test->commune_id, c->now_us, arena, &parcel, &is_found, &error));
	g_assert_true(is_found);
	assert_last(c, 1, NOTIFY_SENDING, 1);
	work(c);
	assert_last(c, 1, NOTIFY_SENDING, 1);
	c->is_first = true;
	work(c);
	assert_last(c, 1, NOTIFY_SENT, 2);
}

static void
assert_page(Case *c, const char *path, const char *has)
{
	g_autofree char *body = NULL;

	g_assert_cmpint(app_test_get(c->test, path, &body), ==, 200);
	if (strstr(body, has) == NULL)
		g_error("%s: no \"%s\" in %s", path, has, body);
}

static void
test_pages(void)
{
	g_autoptr(Case) c = case_new();
	g_autofree char *location = NULL;

	assert_page(c, "/thong-bao", "Hiện chưa ai đăng nhập");
	assert_page(c, "/gui-thong-bao", "--mail-url");
	set_email(c, "");
	use_mail(c, 1);
	post(c, "a", "Việc <b>gấp</b>", true);
	work(c);
	assert_page(c, "/gui-thong-bao", "Việc &lt;b&gt;gấp&lt;/b&gt;");
	assert_page(c, "/gui-thong-bao", "chưa có địa chỉ thư điện tử");
	assert_page(c, "/gui-thong-bao?trang-thai=da-gui", "Không có lần gửi nào ở trạng thái này");
	assert_page(c, "/gui-thong-bao.csv", "Người Dùng");
	g_assert_cmpint(app_test_post(c->test, "/gui-thong-bao/1/gui-lai", "", NULL, NULL), ==, 409);
	set_email(c, "an@xa.vn");
	g_assert_cmpint(app_test_post(c->test, "/gui-thong-bao/1/gui-lai", "", NULL, &location), ==, 303);
	g_assert_cmpint(app_test_post(c->test, "/gui-thong-bao/77/gui-lai", "", NULL, NULL), ==, 404);
}

static void
test_read(void)
{
	g_autoptr(Case) c = case_new();
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) messages = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	post(c, "a", "Một", false);
	post(c, "b", "Hai", false);
	post(c, "c", "Ba", false);
	g_assert_true(
	    notify_mark_read(c->test->db, c->test->commune_id, c->person_id, 1, 2, c->now_us, &error));
	g_assert_true(notify_mark_read(c->test->db, c->test->commune_id, 99, 3, 3, c->now_us, &error));
	g_assert_true(notify_list_messages(
	    c->test->db, c->test->commune_id, c->person_id, INT64_MAX, true, 10, arena, messages, &error));
	g_assert_cmpuint(messages->len, ==, 1);
	g_assert_cmpstr(((const NotifyMessage *)g_ptr_array_index(messages, 0))->subject, ==, "Ba");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		SmtpManner manner;
	} BAD[] = {{"mute", SMTP_MUTE}, {"refuses-all", SMTP_REFUSES_ALL}, {"busy", SMTP_BUSY},
	    {"hangs-in-data", SMTP_HANGS_IN_DATA}, {"hangs-at-end", SMTP_HANGS_AT_END}};

	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/notify/quiet", test_quiet);
	g_test_add_func("/notify/digest-slot", test_digest_slot);
	g_test_add_func("/notify/backoff", test_backoff);
	g_test_add_func("/notify/addresses", test_addresses);
	g_test_add_func("/notify/once", test_once);
	g_test_add_func("/notify/unknown-person", test_unknown_person);
	g_test_add_func("/notify/digest", test_digest);
	g_test_add_func("/notify/urgent-and-quiet", test_urgent_and_quiet);
	g_test_add_func("/notify/server-away", test_server_away);
	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autofree char *path = g_strdup_printf("/notify/bad-server/%s", BAD[i].name);

		g_test_add_data_func(path, GINT_TO_POINTER(BAD[i].manner), test_bad_server);
	}
	g_test_add_func("/notify/bad-address", test_bad_address);
	g_test_add_func("/notify/hanging-holds-up-nothing", test_hanging_holds_up_nothing);
	g_test_add_func("/notify/no-address", test_no_address);
	g_test_add_func("/notify/hook", test_hook);
	g_test_add_func("/notify/hook-fails", test_hook_fails);
	g_test_add_func("/notify/hook-refuses", test_hook_refuses);
	g_test_add_func("/notify/resume", test_resume);
	g_test_add_func("/notify/pages", test_pages);
	g_test_add_func("/notify/read", test_read);
	return g_test_run();
}
