/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People at work: how long the main pages take when 50 have signed in, and what a storm of sign-ins does to
 * the others.
 *
 *     users DIR [PEOPLE] [SECONDS]
 *
 * DIR is a data directory with a plan in it (bench/run-users makes one); accounts are added to it. The server
 * is the program's own, in a process of its own; both share the machine's cores. */
#include "people.h"

#include "app/serve.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STORM 20
#define MS_US 1000

static const struct {
	const char *name, *path;
} PAGES[] = {
    {"dashboard", "/"},
    {"task list", "/nhiem-vu"},
    {"task card", "/nhiem-vu/7"},
    {"indicators", "/chi-tieu"},
    {"ledger", "/nhat-ky"},
};

enum { N_PAGES = G_N_ELEMENTS(PAGES) };

typedef struct Walk {
	BenchPerson people[BENCH_PEOPLE_MAX];
	unsigned n_walkers, page[BENCH_PEOPLE_MAX];
	int64_t pause_min_us, pause_max_us;
	BenchTimes times[N_PAGES], all, sign_ins;
} Walk;

/* The first walk about; those behind them sign in again and again, each from his own address. */
static bool
ask(unsigned client, GString *out, void *data)
{
	Walk *walk = data;
	BenchPerson nobody = {0};

	if (client < walk->n_walkers) {
		walk->page[client] = (walk->page[client] + 1) % N_PAGES;
		bench_put_get(out, &walk->people[client], PAGES[walk->page[client]].path);
	} else {
		g_autofree char *form = bench_sign_in_form(client - walk->n_walkers);

		bench_put_post(out, &nobody, "/dang-nhap", form);
	}
	return true;
}

static void
hear(unsigned client, int status, const GString *answer, int64_t us, void *data)
{
	Walk *walk = data;
	bool is_walker = client < walk->n_walkers;

	if (status == 429 && !is_walker)
		return; /* so many tries a minute from one address */
	if (status != (is_walker ? 200 : 303)) {
		fprintf(stderr, "client %u, %s: %d\n%.300s\n", client,
		    is_walker ? PAGES[walk->page[client]].path : "sign-in", status, answer->str);
		exit(1);
	}
	if (is_walker) {
		bench_times_add(&walk->times[walk->page[client]], us);
		bench_times_add(&walk->all, us);
	} else {
		bench_times_add(&walk->sign_ins, us);
	}
}

static int64_t
pause_us(unsigned client, void *data)
{
	const Walk *walk = data;

	if (client >= walk->n_walkers || walk->pause_max_us == 0)
		return 0;
	return walk->pause_min_us + g_random_int_range(0, (gint32)(walk->pause_max_us - walk->pause_min_us));
}

static void
show(const char *what, Walk *walk, double seconds)
{
	printf("%s: %.0f pages/s, p50 %.1f ms, p99 %.1f ms, longest %.0f ms\n", what,
	    (double)walk->all.us->len / seconds, bench_times_at(&walk->all, 0.5),
	    bench_times_at(&walk->all, 0.99), bench_times_at(&walk->all, 1));
	for (unsigned i = 0; i < N_PAGES; i++)
		printf("  %-12s p50 %6.1f ms  p99 %6.1f ms\n", PAGES[i].name,
		    bench_times_at(&walk->times[i], 0.5), bench_times_at(&walk->times[i], 0.99));
	if (walk->sign_ins.us->len > 0)
		printf("  %-12s p50 %6.0f ms  longest %6.0f ms, %.1f a second\n", "signing in",
		    bench_times_at(&walk->sign_ins, 0.5), bench_times_at(&walk->sign_ins, 1),
		    (double)walk->sign_ins.us->len / seconds);
}

/* n_storm: how many sign in meanwhile. */
static void
run(const char *what, Walk *walk, uint16_t port, unsigned n_storm, double min_s, double max_s, double seconds)
{
	const BenchLoad load = {.port = port,
	    .n_clients = walk->n_walkers + n_storm,
	    .seconds = seconds,
	    .ask = ask,
	    .hear = hear,
	    .pause_us = pause_us,
	    .data = walk};

	walk->pause_min_us = (int64_t)(min_s * 1e6);
	walk->pause_max_us = (int64_t)(max_s * 1e6);
	for (unsigned i = 0; i < N_PAGES; i++)
		bench_times_init(&walk->times[i]);
	bench_times_init(&walk->all);
	bench_times_init(&walk->sign_ins);
	bench_load_run(&load);
	show(what, walk, seconds);
	for (unsigned i = 0; i < N_PAGES; i++)
		bench_times_clear(&walk->times[i]);
	bench_times_clear(&walk->all);
	bench_times_clear(&walk->sign_ins);
}

static App *
open_app(const char *directory)
{
	AppOptions options = {.directory = directory, .modules = APP_MODULES, .now_us = g_get_real_time()};
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	bench_check(app_open(&options, &app, &error), error);
	return app;
}

static void
serve(const char *directory, int port_fd)
{
	const AppServeOptions options = {.address = "127.0.0.1", .version = "bench"};
	g_autoptr(App) app = open_app(directory);
	g_autoptr(AppService) service = NULL;
	g_autoptr(GError) error = NULL;
	sigset_t stops;
	uint16_t port;
	int stop;

	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stops, NULL);
	bench_check(app_serve(app, &options, &service, &error), error);
	port = app_service_port(service);
	bench_check(write(port_fd, &port, sizeof(port)) == sizeof(port), NULL);
	sigwait(&stops, &stop);
}

static void
walk_about(Walk *walk, uint16_t port, double seconds)
{
	BenchPerson alone = {0};
	BenchTimes one, all;

	bench_times_init(&one);
	bench_times_init(&all);
	bench_people_sign_in(port, 1, &alone, &one);
	bench_people_sign_in(port, walk->n_walkers, walk->people, &all);
	printf("signing in: alone %.0f ms; %u at once p50 %.0f ms, longest %.0f ms\n",
	    bench_times_at(&one, 1), walk->n_walkers, bench_times_at(&all, 0.5), bench_times_at(&all, 1));
	bench_people_clear(&alone, 1);
	bench_times_clear(&one);
	bench_times_clear(&all);
	run("without a pause", walk, port, 0, 0, 0, seconds);
	run("with 1 to 3 s between pages", walk, port, 0, 1, 3, 2 * seconds);
	run("the same while 20 sign in all the time", walk, port, STORM, 1, 3, 2 * seconds);
}

int
main(int argc, char **argv)
{
	Walk *walk = g_new0(Walk, 1);
	double seconds = argc > 3 ? atof(argv[3]) : 6;
	uint16_t port;
	int ends[2];
	pid_t child;

	if (argc < 2) {
		fprintf(stderr, "users DIR [PEOPLE] [SECONDS]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	walk->n_walkers = argc > 2 ? (unsigned)atoi(argv[2]) : 50;
	bench_check(walk->n_walkers + STORM <= BENCH_PEOPLE_MAX, NULL);
	bench_print_machine();
	{
		g_autoptr(App) app = open_app(argv[1]);

		bench_people_add(app, walk->n_walkers);
	}
	bench_check(pipe(ends) == 0, NULL);
	child = fork();
	if (child == 0) {
		serve(argv[1], ends[1]);
		_exit(0);
	}
	close(ends[1]);
	bench_check(read(ends[0], &port, sizeof(port)) == sizeof(port), NULL);
	walk_about(walk, port, seconds);
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	bench_people_clear(walk->people, walk->n_walkers);
	g_free(walk);
	bench_print_machine();
	return 0;
}
