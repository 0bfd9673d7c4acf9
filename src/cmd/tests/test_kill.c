/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tree.h"

#include <arpa/inet.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The server loses its power while people write: what it has acknowledged is there afterwards, every file
 * whole, what was to be read of it is read by the next server, and the ledger is sound. Without a disk that
 * loses what was not synced this tests the program, not the disk. NAMRO_KILLS says how often. usage:
 * test-kill NAMRO */

#define KILLS 12
#define LENGTHS 20  /* of a server's life, in turn */
#define VERIFIES 20 /* in all */
#define READ_SECONDS 120
#define FIRST_US 20000 /* after the first answer */
#define STEP_US 9000
#define WRITERS 3
#define ANSWER_BYTES 4096

static const char *program;

/* What was acknowledged, and the text that was sent. */
typedef struct Draft {
	gint64 draft_id;
	int life, n;
} Draft;

typedef struct Load {
	guint16 port;
	int life; /* of the server, so that no two texts are alike */
	GMutex mutex;
	GArray *drafts; /* of Draft */
	gint n_texts, is_answered;
} Load;

static pid_t
spawn(const char *const *arguments, FILE **ret_output)
{
	int ends[2];
	pid_t child;

	g_assert_cmpint(pipe(ends), ==, 0);
	child = fork();
	if (child == 0) {
		const char *argv[8] = {program};

		for (size_t i = 0; arguments[i] != NULL; i++)
			argv[i + 1] = arguments[i];
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(program, (char **)(guintptr)argv);
		_exit(127);
	}
	close(ends[1]);
	*ret_output = fdopen(ends[0], "r");
	return child;
}

static int
run(const char *const *arguments)
{
	char line[512];
	FILE *output;
	pid_t child = spawn(arguments, &output);
	int status;

	while (fgets(line, sizeof(line), output) != NULL)
		g_test_message("%s", g_strchomp(line));
	fclose(output);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static pid_t
serve(const char *data, guint16 *ret_port, FILE **ret_output)
{
	const char *const arguments[] = {"serve", "--port", "0", data, NULL};
	pid_t child = spawn(arguments, ret_output);
	char line[512];
	const char *at;

	g_assert_nonnull(fgets(line, sizeof(line), *ret_output));
	at = strstr(line, "127.0.0.1:");
	g_assert_nonnull(at);
	*ret_port = (guint16)g_ascii_strtoull(at + strlen("127.0.0.1:"), NULL, 10);
	return child;
}

/* Gives the whole answer, the caller's; its status is 0 where there was no whole head of one. */
static char *
ask(guint16 port, const char *request, int *ret_status)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_autoptr(GString) answer = g_string_new(NULL);
	char buffer[ANSWER_BYTES];
	ssize_t n;

	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
	    send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request))
		while ((n = recv(fd, buffer, sizeof(buffer), 0)) > 0)
			g_string_append_len(answer, buffer, n);
	close(fd);
	*ret_status = strstr(answer->str, "\r\n\r\n") != NULL && g_str_has_prefix(answer->str, "HTTP/1.1 ")
			  ? atoi(answer->str + strlen("HTTP/1.1 "))
			  : 0;
	return g_string_free(g_steal_pointer(&answer), FALSE);
}

static char *
get(guint16 port, const char *page, gint64 draft_id, int *ret_status)
{
	g_autofree char *request =
	    g_strdup_printf("GET /nhap-ke-hoach/%" G_GINT64_FORMAT
			    "%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
		draft_id, page);

	return ask(port, request, ret_status);
}

static char *
text_of(int life, int n)
{
	return g_strdup_printf("KE HOACH so %d-%d\n1. Lam duong.", life, n);
}

/* Every other one as a file. */
static char *
body_of(int life, int n, const char **ret_type)
{
	g_autofree char *text = text_of(life, n), *escaped = g_uri_escape_string(text, NULL, FALSE);

	if (n % 2 == 0) {
		*ret_type = "application/x-www-form-urlencoded";
		return g_strdup_printf("van-ban=%s&nhap-lai=1", escaped);
	}
	*ret_type = "multipart/form-data; boundary=bien";
	return g_strdup_printf(
	    "--bien\r\nContent-Disposition: form-data; name=\"nhap-lai\"\r\n\r\n1\r\n"
	    "--bien\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"%d-%d.txt\""
	    "\r\n\r\n%s\r\n--bien--\r\n",
	    life, n, text);
}

/* Gives the number of the draft; 0 where it was not acknowledged. */
static gint64
post_draft(const Load *load, int n)
{
	static const char LOCATION[] = "/nhap-ke-hoach/";
	const char *type, *at;
	g_autofree char *body = body_of(load->life, n, &type);
	g_autofree char *request =
	    g_strdup_printf("POST /nhap-ke-hoach HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
			    "Sec-Fetch-Site: same-origin\r\nConnection: close\r\nContent-Type: %s\r\n"
			    "Content-Length: %zu\r\n\r\n%s",
		load->port, type, strlen(body), body);
	int status;
	g_autofree char *answer = ask(load->port, request, &status);

	if (status != 303 || (at = strstr(answer, LOCATION)) == NULL)
		return 0;
	return g_ascii_strtoll(at + strlen(LOCATION), NULL, 10);
}

static gpointer
write_on(gpointer data)
{
	Load *load = data;
	Draft draft = {.life = load->life};

	for (;;) {
		draft.n = g_atomic_int_add(&load->n_texts, 1);
		draft.draft_id = post_draft(load, draft.n);
		if (draft.draft_id == 0)
			return NULL;
		g_mutex_lock(&load->mutex);
		g_array_append_val(load->drafts, draft);
		g_mutex_unlock(&load->mutex);
		g_atomic_int_set(&load->is_answered, 1);
	}
}

/* One life of the server; `number` says how long it is. */
static void
live_and_die(const char *data, Load *load, int number)
{
	GThread *threads[WRITERS];
	FILE *output;
	pid_t child = serve(data, &load->port, &output);
	int status;

	load->life = number;
	load->is_answered = 0;
	for (int i = 0; i < WRITERS; i++)
		threads[i] = g_thread_new("writer", write_on, load);
	for (int i = 0; i < 1000 && g_atomic_int_get(&load->is_answered) == 0; i++)
		g_usleep(10000);
	g_usleep((gulong)(FIRST_US + STEP_US * (number % LENGTHS)));
	g_assert_cmpint(kill(child, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status)); /* it had not died by itself */
	for (int i = 0; i < WRITERS; i++)
		g_thread_join(threads[i]);
	fclose(output);
}

/* The file is the one that was sent, byte for byte. */
static void
check_file(guint16 port, const Draft *draft)
{
	g_autofree char *text = text_of(draft->life, draft->n), *end = g_strconcat("\r\n\r\n", text, NULL);
	int status;
	g_autofree char *answer = get(port, "/tep", draft->draft_id, &status);

	g_assert_cmpint(status, ==, 200);
	g_assert_true(g_str_has_suffix(answer, end));
}

/* Whatever the server was doing when it died, a later one has read the file: its page leads on to the review.
 */
static void
wait_until_read(guint16 port, const Draft *draft)
{
	for (int i = 0; i < READ_SECONDS * 20; i++) {
		int status;
		g_autofree char *answer G_GNUC_UNUSED = get(port, "", draft->draft_id, &status);

		if (status == 303)
			return;
		g_assert_cmpint(status, ==, 200);
		g_usleep(50000);
	}
	g_error("draft %" G_GINT64_FORMAT " is never read", draft->draft_id);
}

/* Nothing that was arriving lies about. */
static void
check_no_rest(const char *data)
{
	g_autofree char *work = g_build_filename(data, "work", NULL);
	g_autoptr(GDir) dir = g_dir_open(work, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		g_assert_false(g_str_has_prefix(name, "den-"));
}

static void
check_all_there(const char *data, const GArray *drafts)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
	guint16 port;
	FILE *output;
	pid_t child = serve(data, &port, &output);

	for (guint i = 0; i < drafts->len; i++) {
		const Draft *draft = &g_array_index(drafts, Draft, i);

		check_file(port, draft);
		wait_until_read(port, draft);
		/* no number was given twice */
		g_assert_true(g_hash_table_add(seen, (gpointer)(guintptr)&draft->draft_id));
	}
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	fclose(output);
	check_no_rest(data);
}

static int
count_kills(void)
{
	const char *wanted = g_getenv("NAMRO_KILLS");
	guint64 n;

	return wanted != NULL && g_ascii_string_to_unsigned(wanted, 10, 1, 100000, &n, NULL) ? (int)n : KILLS;
}

static void
test_power_loss(void)
{
	g_autofree char *folder = g_dir_make_tmp("namro-kill-XXXXXX", NULL);
	g_autofree char *data = g_build_filename(folder, "du-lieu", NULL);
	const char *const init[] = {"init", data, NULL};
	const char *const verify[] = {"verify", data, NULL};
	Load load = {.drafts = g_array_new(FALSE, FALSE, sizeof(Draft))};
	int n_kills = count_kills();

	g_mutex_init(&load.mutex);
	g_assert_cmpint(run(init), ==, 0);
	for (int i = 0; i < n_kills; i++) {
		live_and_die(data, &load, i);
		if (i % MAX(n_kills / VERIFIES, 1) == 0)
			g_assert_cmpint(run(verify), ==, 0);
	}
	g_test_message("%d kills, %u acknowledged", n_kills, load.drafts->len);
	g_assert_cmpuint(load.drafts->len, >=, (guint)n_kills);
	check_all_there(data, load.drafts);
	g_assert_cmpint(run(verify), ==, 0);
	g_array_unref(load.drafts);
	g_mutex_clear(&load.mutex);
	tree_remove(folder);
}

/* On PostgreSQL too, where a server is at hand: a schema of its own. */
static void
choose_store(void)
{
	const char *server = g_getenv("NAMRO_TEST_PG");
	g_autofree char *location = NULL;

	if (server == NULL || g_strcmp0(g_getenv("NAMRO_TEST_STORE"), "postgresql") != 0)
		return;
	location = g_strdup_printf("%s%coptions=-csearch_path%%3Dkill%d", server,
	    strchr(server, '?') != NULL ? '&' : '?', (int)getpid());
	g_setenv("NAMRO_DB", location, TRUE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	if (argc != 2)
		return 2;
	program = argv[1];
	choose_store();
	g_test_add_func("/kill/power-loss", test_power_loss);
	return g_test_run();
}
