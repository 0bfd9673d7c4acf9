/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 64
#define PIECE ((size_t)64 * 1024)
#define END_OF_HEAD "\r\n\r\n"

typedef struct Client {
	int fd;
	GString *out, *in;
	size_t n_sent;
	int64_t begun_us, due_us; /* due: resting until then */
	bool is_asking, is_done;
} Client;

typedef struct Run {
	const BenchLoad *load;
	Client *clients;
	int epoll_fd;
	int64_t until_us;
	unsigned n_open;
} Run;

static void
give_up(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

/* Each client comes from an address of its own, as people do. */
static int
dial(uint16_t port, unsigned number)
{
	struct sockaddr_in from = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + 0x100 + number)};
	struct sockaddr_in to = {
	    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (fd < 0 || bind(fd, (const struct sockaddr *)&from, sizeof(from)) != 0 ||
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)) != 0)
		give_up("connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return fd;
}

static void
finish(Run *run, Client *client)
{
	client->is_done = true;
	run->n_open--;
	close(client->fd);
}

static void
send_rest(Client *client)
{
	while (client->n_sent < client->out->len) {
		ssize_t n = send(client->fd, client->out->str + client->n_sent,
		    client->out->len - client->n_sent, MSG_NOSIGNAL);

		if (n < 0)
			give_up("send");
		client->n_sent += (size_t)n;
	}
}

static void
ask(Run *run, Client *client)
{
	const BenchLoad *load = run->load;

	g_string_truncate(client->out, 0);
	g_string_truncate(client->in, 0);
	client->n_sent = 0;
	if (g_get_monotonic_time() >= run->until_us ||
	    !load->ask((unsigned)(client - run->clients), client->out, load->data)) {
		finish(run, client);
		return;
	}
	client->is_asking = true;
	client->begun_us = g_get_monotonic_time();
	send_rest(client);
}

char *
bench_header(const GString *answer, const char *name)
{
	g_autofree char *key = g_strdup_printf("\r\n%s: ", name);
	const char *at = strcasestr(answer->str, key), *end = strstr(answer->str, END_OF_HEAD);

	if (at == NULL || at > end)
		return NULL;
	at += strlen(key);
	return g_strndup(at, (gsize)(strstr(at, "\r\n") - at));
}

/* True where the whole answer is there. */
static bool
is_whole(const GString *in)
{
	static const char LENGTH[] = "\r\nContent-Length: ";
	const char *end = strstr(in->str, END_OF_HEAD), *at;

	if (end == NULL)
		return false;
	at = strcasestr(in->str, LENGTH);
	if (at == NULL || at > end)
		return true; /* 304 */
	return in->len >=
	       (size_t)(end - in->str) + strlen(END_OF_HEAD) + strtoul(at + strlen(LENGTH), NULL, 10);
}

static void
take_answer(Run *run, Client *client)
{
	const BenchLoad *load = run->load;
	unsigned number = (unsigned)(client - run->clients);
	int64_t now_us = g_get_monotonic_time(), pause_us;

	client->is_asking = false;
	load->hear(number, atoi(client->in->str + strlen("HTTP/1.1 ")), client->in, now_us - client->begun_us,
	    load->data);
	pause_us = load->pause_us != NULL ? load->pause_us(number, load->data) : 0;
	client->due_us = now_us + pause_us;
	if (pause_us == 0)
		ask(run, client);
}

static void
receive(Run *run, Client *client)
{
	size_t had = client->in->len;
	ssize_t n;

	g_string_set_size(client->in, had + PIECE);
	n = recv(client->fd, client->in->str + had, PIECE, 0);
	if (n <= 0)
		give_up("the server has closed a connection");
	g_string_set_size(client->in, had + (size_t)n);
	if (is_whole(client->in))
		take_answer(run, client);
}

/* Lets those ask who have rested; gives the milliseconds until the next one is due, -1: none rests. */
static int
wake_rested(Run *run)
{
	int64_t now_us = g_get_monotonic_time(), next_us = INT64_MAX;

	if (run->load->pause_us == NULL)
		return -1;
	for (unsigned i = 0; i < run->load->n_clients; i++) {
		Client *client = &run->clients[i];

		if (client->is_done || client->is_asking)
			continue;
		if (client->due_us <= now_us || now_us >= run->until_us)
			ask(run, client);
		else
			next_us = MIN(next_us, client->due_us);
	}
	return next_us == INT64_MAX ? -1 : (int)((next_us - now_us) / 1000) + 1;
}

void
bench_load_run(const BenchLoad *load)
{
	Run run = {.load = load,
	    .clients = g_new0(Client, load->n_clients),
	    .epoll_fd = epoll_create1(EPOLL_CLOEXEC),
	    .until_us = g_get_monotonic_time() + (int64_t)(load->seconds * 1e6),
	    .n_open = load->n_clients};

	for (unsigned i = 0; i < load->n_clients; i++) {
		Client *client = &run.clients[i];
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};

		client->fd = dial(load->port, i);
		client->out = g_string_new(NULL);
		client->in = g_string_new(NULL);
		epoll_ctl(run.epoll_fd, EPOLL_CTL_ADD, client->fd, &event);
	}
	for (unsigned i = 0; i < load->n_clients; i++)
		ask(&run, &run.clients[i]);
	while (run.n_open > 0) {
		struct epoll_event events[EVENTS];
		int wait_ms = wake_rested(&run);
		int n = run.n_open > 0 ? epoll_wait(run.epoll_fd, events, EVENTS, wait_ms) : 0;

		for (int i = 0; i < n; i++)
			receive(&run, events[i].data.ptr);
	}
	for (unsigned i = 0; i < load->n_clients; i++) {
		g_string_free(run.clients[i].out, TRUE);
		g_string_free(run.clients[i].in, TRUE);
	}
	close(run.epoll_fd);
	g_free(run.clients);
}

void
bench_times_init(BenchTimes *times)
{
	times->us = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

void
bench_times_clear(BenchTimes *times)
{
	g_array_unref(times->us);
}

void
bench_times_add(BenchTimes *times, int64_t us)
{
	g_array_append_val(times->us, us);
}

static gint
compare_us(gconstpointer a, gconstpointer b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

double
bench_times_at(BenchTimes *times, double share)
{
	guint n = times->us->len;

	if (n == 0)
		return 0;
	g_array_sort(times->us, compare_us);
	return (double)g_array_index(times->us, int64_t, MIN(n - 1, (guint)((double)n * share))) / 1000;
}

static int
compare_double(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
bench_median(double *values, unsigned n)
{
	qsort(values, n, sizeof(*values), compare_double);
	return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double
bench_now(void)
{
	return (double)g_get_monotonic_time() / 1e6;
}

void
bench_print_machine(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *date = g_date_time_format(now, "%d/%m/%Y %H:%M UTC");
	double loads[3] = {0};

	(void)getloadavg(loads, 3);
	printf("%s · %u cores · load %.1f\n", date, g_get_num_processors(), loads[0]);
}
