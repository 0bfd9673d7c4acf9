/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a writer waits while something else runs beside it:
 *
 *     pause DIR COMMAND…
 *
 * Writes into the data directory without a pause, one durable transaction after another, each a row of the
 * ledger: first for five seconds alone, then for as long as the command runs. */
#include "people.h"

#include "storage/txn.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALONE_S 5

static void
write_one(App *app, BenchTimes *times)
{
	const LedgerNote note = {LEDGER_CHANGE, "task/1", "{\"percent\":1}", "{\"percent\":2}"};
	int64_t start_us = g_get_monotonic_time();
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	bench_check(db_txn_begin(app_db(app), &txn, &error) &&
			ledger_note(app_db(app), app_commune(app)->commune_id, &APP_SHELL_ACTOR,
			    app_now_us(app), &note, &error) &&
			db_txn_commit(txn, &error),
	    error);
	bench_times_add(times, g_get_monotonic_time() - start_us);
}

static void
show(const char *what, BenchTimes *times, double seconds)
{
	printf("%s: %.1f s, %.0f writes/s, p50 %.2f ms, p99 %.2f ms, longest %.1f ms\n", what, seconds,
	    (double)times->us->len / seconds, bench_times_at(times, 0.5), bench_times_at(times, 0.99),
	    bench_times_at(times, 1));
}

int
main(int argc, char **argv)
{
	AppOptions options = {.modules = APP_MODULES, .now_us = g_get_real_time()};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	BenchTimes alone, beside;
	double start;
	int status = 0;
	pid_t child;

	if (argc < 3) {
		fprintf(stderr, "pause DIR COMMAND…\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_print_machine();
	options.directory = argv[1];
	bench_check(app_open(&options, &app, &error), error);
	bench_times_init(&alone);
	bench_times_init(&beside);
	for (start = bench_now(); bench_now() - start < ALONE_S;)
		write_one(app, &alone);
	show("alone", &alone, bench_now() - start);
	start = bench_now();
	child = fork();
	if (child == 0) {
		execv(argv[2], argv + 2);
		_exit(127);
	}
	while (waitpid(child, &status, WNOHANG) == 0)
		write_one(app, &beside);
	show("beside the command", &beside, bench_now() - start);
	bench_times_clear(&alone);
	bench_times_clear(&beside);
	bench_print_machine();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
