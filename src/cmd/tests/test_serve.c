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

/* namro init, import and serve as a person or a service manager meets them: exit codes, messages, signals.
 * usage: test-serve NAMRO PLAN */

#define KILL_STEP_US 50000 /* an import of the sample takes 0.1 s, under sanitizers 0.5 s */
#define KILL_UNTIL_US 450000

static const char *program, *plan;

typedef struct Fixture {
	char *folder;
	char *data; /* a data directory that is not there yet */
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->folder = g_dir_make_tmp("namro-serve-XXXXXX", NULL);
	fixture->data = g_build_filename(fixture->folder, "du-lieu", NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer unused)
{
	(void)unused;
	tree_remove(fixture->folder);
	g_free(fixture->data);
	g_free(fixture->folder);
}

/* Starts the program with its output on a pipe. */
static pid_t
start(const char *const *arguments, FILE **ret_output)
{
	int ends[2];
	pid_t child;

	g_assert_cmpint(pipe(ends), ==, 0);
	child = fork();
	if (child == 0) {
		const char *argv[12] = {program};

		for (size_t i = 0; arguments[i] != NULL; i++)
			argv[i + 1] = arguments[i];
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(program, (char **)(guintptr)argv);
		_exit(127);
	}
	close(ends[1]);
	*ret_output = fdopen(ends[0], "r");
	return child;
}

/* Waits for the end; *ret_said gets what is left of the output. Gives the exit code, -1 after a signal. */
static int
finish(pid_t child, FILE *output, char **ret_said)
{
	GString *said = g_string_new(NULL);
	int c, status;

	while ((c = fgetc(output)) != EOF)
		g_string_append_c(said, (char)c);
	fclose(output);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	*ret_said = g_string_free(said, FALSE);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define RUN(ret_said, ...) run((const char *const[]){__VA_ARGS__, NULL}, ret_said)

static int
run(const char *const *arguments, char **ret_said)
{
	FILE *output;
	pid_t child = start(arguments, &output);

	g_free(*ret_said);
	return finish(child, output, ret_said);
}

/* Starts a server on any free port and gives the port it names. */
static unsigned
serve(const Fixture *fixture, pid_t *ret_child, FILE **ret_output)
{
	char line[256];
	unsigned port = 0;

	*ret_child = start((const char *const[]){"serve", fixture->data, "--port", "0", NULL}, ret_output);
	g_assert_nonnull(fgets(line, sizeof(line), *ret_output));
	g_test_message("%s", line);
	g_assert_cmpint(sscanf(strstr(line, "http://127.0.0.1:"), "http://127.0.0.1:%u/", &port), ==, 1);
	return port;
}

static char *
get(unsigned port, const char *path)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	g_autofree char *request =
	    g_strdup_printf("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
	GString *answer = g_string_new(NULL);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char buffer[4096];
	ssize_t n;

	g_assert_cmpint(connect(fd, (struct sockaddr *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(send(fd, request, strlen(request), 0), >, 0);
	while ((n = recv(fd, buffer, sizeof(buffer), 0)) > 0)
		g_string_append_len(answer, buffer, n);
	close(fd);
	return g_string_free(answer, FALSE);
}

static void
test_init(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *said = NULL;

	(void)unused;
	g_assert_cmpint(
	    RUN(&said, "init", fixture->data, "--commune", "xã Bình Nguyệt", "--code", "26734"), ==, 0);
	g_assert_nonnull(strstr(said, "Đã tạo thư mục dữ liệu"));
	g_assert_cmpint(RUN(&said, "init", fixture->data), ==, 0);
	g_assert_cmpint(RUN(&said, "init", fixture->data, "--commune", "xã Khác"), ==, 1);
	g_assert_nonnull(strstr(said, "xã Bình Nguyệt"));
	g_assert_cmpint(RUN(&said, "init", fixture->data, "--code", "123"), ==, 2);
	g_assert_cmpint(RUN(&said, "init"), ==, 2);
	g_assert_cmpint(RUN(&said, "init", "/proc/khong-duoc"), ==, 4);
}

static void
test_refusals(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *said = NULL;

	(void)unused;
	g_assert_cmpint(RUN(&said, "serve", fixture->data), ==, 3);
	g_assert_nonnull(strstr(said, "namro init"));
	g_assert_cmpint(RUN(&said, "serve"), ==, 2);
	g_assert_cmpint(RUN(&said, "init", fixture->data), ==, 0);
	g_assert_cmpint(RUN(&said, "serve", fixture->data, "--port", "70000"), ==, 2);
	g_assert_cmpint(RUN(&said, "serve", fixture->data, "--listen", "localhost"), ==, 1);
	g_assert_cmpint(RUN(&said, "serve", fixture->data, "--port", "0", "--listen", "0.0.0.0"), ==, 1);
	g_assert_nonnull(strstr(said, "chưa có tài khoản quản trị"));
}

static void
test_serve(Fixture *fixture, gconstpointer signal_number)
{
	g_autofree char *said = NULL;
	g_autofree char *page = NULL;
	g_autofree char *port_text = NULL;
	FILE *output;
	pid_t child;
	unsigned port;

	g_assert_cmpint(RUN(&said, "init", fixture->data, "--commune", "xã Bình Nguyệt"), ==, 0);
	port = serve(fixture, &child, &output);
	page = get(port, "/he-thong");
	g_assert_true(g_str_has_prefix(page, "HTTP/1.1 200 "));
	g_assert_nonnull(strstr(page, "xã Bình Nguyệt"));

	port_text = g_strdup_printf("%u", port);
	g_assert_cmpint(RUN(&said, "serve", fixture->data, "--port", port_text), ==, 1);
	g_assert_nonnull(strstr(said, "đang được chương trình khác dùng"));

	kill(child, GPOINTER_TO_INT(signal_number));
	g_free(said);
	g_assert_cmpint(finish(child, output, &said), ==, 0);
	g_assert_nonnull(strstr(said, "Đã dừng."));
}

/* The plug is pulled while it serves; the next start needs no help. */
static void
test_killed(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *said = NULL;
	g_autofree char *page = NULL;
	FILE *output;
	pid_t child;
	unsigned port;

	(void)unused;
	g_assert_cmpint(RUN(&said, "init", fixture->data), ==, 0);
	serve(fixture, &child, &output);
	kill(child, SIGKILL);
	g_free(said);
	g_assert_cmpint(finish(child, output, &said), ==, -1);
	port = serve(fixture, &child, &output);
	page = get(port, "/he-thong");
	g_assert_true(g_str_has_prefix(page, "HTTP/1.1 200 "));
	kill(child, SIGTERM);
	g_free(said);
	g_assert_cmpint(finish(child, output, &said), ==, 0);
}

/* Whenever an import dies, the next one finds all of the plan or nothing of it, and brings it in whole. */
static void
test_import_killed(Fixture *fixture, gconstpointer unused)
{
	g_autofree char *said = NULL;
	const char *const import[] = {"import", fixture->data, plan, NULL};

	(void)unused;
	g_assert_cmpint(RUN(&said, "init", fixture->data), ==, 0);
	for (gulong delay_us = 0; delay_us < KILL_UNTIL_US; delay_us += KILL_STEP_US) {
		FILE *output;
		pid_t child = start(import, &output);

		g_usleep(delay_us);
		kill(child, SIGKILL);
		g_free(said);
		finish(child, output, &said);
	}
	g_assert_cmpint(run(import, &said), ==, 0);
	g_assert_cmpint(run(import, &said), ==, 0);
	g_assert_nonnull(strstr(said, "không thay đổi gì"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(argc, ==, 3);
	program = argv[1];
	plan = argv[2];
	g_test_add("/cmd/init", Fixture, NULL, set_up, test_init, tear_down);
	g_test_add("/cmd/serve/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
	g_test_add("/cmd/serve/sigterm", Fixture, GINT_TO_POINTER(SIGTERM), set_up, test_serve, tear_down);
	g_test_add("/cmd/serve/sigint", Fixture, GINT_TO_POINTER(SIGINT), set_up, test_serve, tear_down);
	g_test_add("/cmd/import/killed", Fixture, NULL, set_up, test_import_killed, tear_down);
	g_test_add("/cmd/serve/killed", Fixture, NULL, set_up, test_killed, tear_down);
	return g_test_run();
}
