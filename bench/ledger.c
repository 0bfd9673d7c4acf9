/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the ledger is checked, and how fast rows are added to it in one transaction:
 *
 *     ledger DIR ROWS ROUNDS [DATABASE]
 *
 * DIR becomes a data directory with that many rows, unless it is one; `namro verify DIR` may be timed on it
 * afterwards. */
#include "people.h"

#include "storage/txn.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define ROWS_A_COMMIT 10000
#define ROUNDS_MAX 16
#define OBJECTS 5000

static void
add_rows(App *app, int64_t from, int64_t n)
{
	const LedgerActor actor = {7, "Nguyễn Thị Thử", "10.0.0.7"};
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	bench_check(db_txn_begin(app_db(app), &txn, &error), error);
	for (int64_t i = from; i < from + n; i++) {
		g_autofree char *object = g_strdup_printf("task/%d", (int)(i % OBJECTS));
		g_autofree char *before = g_strdup_printf(
		    "{\"task\":%d,\"percent\":%d,\"note\":\"Đang làm\"}", (int)(i % OBJECTS), (int)(i % 100));
		g_autofree char *after =
		    g_strdup_printf("{\"task\":%d,\"percent\":%d,\"note\":\"Đã xong phần việc của tháng\"}",
			(int)(i % OBJECTS), (int)(i % 100) + 1);
		const LedgerNote note = {LEDGER_CHANGE, object, before, after};

		bench_check(ledger_note(app_db(app), app_commune(app)->commune_id, &actor, app_now_us(app),
				&note, &error),
		    error);
	}
	bench_check(db_txn_commit(txn, &error), error);
}

static double
cpu_now(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
fill(App *app, int64_t n_rows)
{
	double start = bench_now(), cpu = cpu_now();

	for (int64_t i = 0; i < n_rows; i += ROWS_A_COMMIT)
		add_rows(app, i, MIN(ROWS_A_COMMIT, n_rows - i));
	printf("%d rows added, %d a transaction: %.0f rows/s, %.1f µs CPU a row\n", (int)n_rows,
	    ROWS_A_COMMIT, (double)n_rows / (bench_now() - start), (cpu_now() - cpu) * 1e6 / (double)n_rows);
	bench_check(app_sign_ledger(app, NULL), NULL);
}

static void
check(App *app, int rounds)
{
	double rates[ROUNDS_MAX], cpu_us[ROUNDS_MAX];
	int64_t n_rows = 0;

	for (int i = 0; i < rounds; i++) {
		g_auto(LedgerReport) report = {0};
		g_autoptr(GError) error = NULL;
		double start = bench_now(), cpu = cpu_now();

		bench_check(
		    ledger_verify(app_db(app), app_commune(app)->commune_id, NULL, &report, &error), error);
		bench_check(report.problems->len == 0, NULL);
		n_rows = report.n_rows;
		rates[i] = (double)n_rows / (bench_now() - start);
		cpu_us[i] = (cpu_now() - cpu) * 1e6 / (double)n_rows;
	}
	printf("%d rows checked: %.0f rows/s, %.2f µs CPU a row (medians of %d)\n", (int)n_rows,
	    bench_median(rates, (unsigned)rounds), bench_median(cpu_us, (unsigned)rounds), rounds);
}

int
main(int argc, char **argv)
{
	AppCommune commune = {.code = (char[]){"26734"}, .name = (char[]){"xã Bình Nguyệt"}};
	AppOptions options = {.modules = APP_MODULES, .now_us = g_get_real_time()};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	bool is_new;

	if (argc < 4 || atoi(argv[3]) < 1 || atoi(argv[3]) > ROUNDS_MAX) {
		fprintf(stderr, "ledger DIR ROWS ROUNDS [DATABASE]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_print_machine();
	options.directory = argv[1];
	options.database = argv[4];
	bench_check(app_init(&options, &commune, &is_new, &error), error);
	bench_check(app_open(&options, &app, &error), error);
	if (is_new)
		fill(app, atoll(argv[2]));
	check(app, atoi(argv[3]));
	bench_print_machine();
	return 0;
}
