/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* The server loses its power while people write: what it has acknowledged is there afterwards, and the ledger
 * is sound. Without a disk that loses what was not synced this tests the program, not the disk. usage:
 * test-kill NAMRO */

#define KILLS 20
#define FIRST_US 20000 /* after the first answer */
#define STEP_US 9000
#define WRITERS 3
#define ANSWER_BYTES 2048

static const char *program;

typedef struct Load {
	guint16 port;
	int number; /* of the run, so that no two texts are alike */
	GMutex mutex;
	GArray *drafts; /* of gint64: acknowledged */
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

/* Gives the status; 0 where there was no whole head of an answer. */
static int
ask(guint16 port, const char *request, char answer[static ANSWER_BYTES])
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t len = 0;
	ssize_t n = 1;

	answer[0] = '\0';
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
	    send(fd, request, strlen(request), MSG_NOSIGNAL) == (ssize_t)strlen(request))
		while (n > 0 && strstr(answer, "\r\n\r\n") == NULL && len < ANSWER_BYTES - 1) {
			n = recv(fd, answer + len, ANSWER_BYTES - 1 - len, 0);
			len += (size_t)MAX(n, 0);
			answer[len] = '\0';
		}
	close(fd);
	if (strstr(answer, "\r\n\r\n") == NULL || !g_str_has_prefix(answer, "HTTP/1.1 "))
		return 0;
	return atoi(answer + strlen("HTTP/1.1 "));
}

static gint64
post_text(const Load *load, int n)
{
	static const char LOCATION[] = "/nhap-ke-hoach/";
	g_autofree char *form =
	    g_strdup_printf("van-ban=KE+HOACH+so+%d-%d%%0A1.+Lam+duong.&nhap-lai=1", load->number, n);
	g_autofree char *request = g_strdup_printf("POST /nhap-ke-hoach HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
						   "Sec-Fetch-Site: same-origin\r\nConnection: close\r\n"
						   "Content-Type: application/x-www-form-urlencoded\r\n"
						   "Content-Length: %zu\r\n\r\n%s",
	    load->port, strlen(form), form);
	char answer[ANSWER_BYTES];
	const char *at;

	if (ask(load->port, request, answer) != 303 || (at = strstr(answer, LOCATION)) == NULL)
		return 0;
	return g_ascii_strtoll(at + strlen(LOCATION), NULL, 10);
}

static gpointer
write_on(gpointer data)
{
	Load *load = data;
	gint64 draft;

	while ((draft = post_text(load, g_atomic_int_add(&load->n_texts, 1))) > 0) {
		g_mutex_lock(&load->mutex);
		g_array_append_val(load->drafts, draft);
		g_mutex_unlock(&load->mutex);
		g_atomic_int_set(&load->is_answered, 1);
	}
	return NULL;
}

/* One life of the server; `number` says how long it is. */
static void
live_and_die(const char *data, Load *load, int number)
{
	GThread *threads[WRITERS];
	FILE *output;
	pid_t child = serve(data, &load->port, &output);
	int status;

	load->number = number;
	load->is_answered = 0;
	for (int i = 0; i < WRITERS; i++)
		threads[i] = g_thread_new("writer", write_on, load);
	for (int i = 0; i < 1000 && g_atomic_int_get(&load->is_answered) == 0; i++)
		g_usleep(10000);
	g_usleep((gulong)(FIRST_US + STEP_US * number));
	g_assert_cmpint(kill(child, SIGKILL), ==, 0);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status)); /* it had not died by itself */
	for (int i = 0; i < WRITERS; i++)
		g_thread_join(threads[i]);
	fclose(output);
}

static void
check_all_there(const char *data, const GArray *drafts)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
	guint16 port;
	FILE *output;
	pid_t child = serve(data, &port, &output);

	for (guint i = 0; i < drafts->len; i++) {
		const gint64 *draft = &g_array_index(drafts, gint64, i);
		g_autofree char *request =
		    g_strdup_printf("GET /nhap-ke-hoach/%" G_GINT64_FORMAT
				    " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
			*draft);
		char answer[ANSWER_BYTES];
		int status = ask(port, request, answer);

		g_assert_true(status == 200 || status == 303);
		g_assert_true(
		    g_hash_table_add(seen, (gpointer)(guintptr)draft)); /* no number was given twice */
	}
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	fclose(output);
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_tree(child);
	}
	g_remove(path);
}

static void
test_power_loss(void)
{
	g_autofree char *folder = g_dir_make_tmp("namro-kill-XXXXXX", NULL);
	g_autofree char *data = g_build_filename(folder, "du-lieu", NULL);
	const char *const init[] = {"init", data, NULL};
	const char *const verify[] = {"verify", data, NULL};
	Load load = {.drafts = g_array_new(FALSE, FALSE, sizeof(gint64))};

	g_mutex_init(&load.mutex);
	g_assert_cmpint(run(init), ==, 0);
	for (int i = 0; i < KILLS; i++) {
		live_and_die(data, &load, i);
		g_assert_cmpint(run(verify), ==, 0);
	}
	g_test_message("%u acknowledged", load.drafts->len);
	g_assert_cmpuint(load.drafts->len, >=, KILLS);
	check_all_there(data, load.drafts);
	g_assert_cmpint(run(verify), ==, 0);
	g_array_unref(load.drafts);
	g_mutex_clear(&load.mutex);
	remove_tree(folder);
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
