/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the reminders of many communes take, one after the other, on one connection:
 *
 *     remind DIR COMMUNES [DATABASE]
 *
 * DIR becomes a data directory; in its store each commune gets a plan of 100 tasks, due on days spread over a
 * year, a third of them past. Measured are the first run, on which every late task is told of; the run of an
 * ordinary day after it; and asking again on the same day. */
#include "bench.sql.h"
#include "people.h"

#include "modules/identity/identity.h"
#include "modules/remind/remind_ladder.h"
#include "storage/txn.h"

#include <stdio.h>
#include <stdlib.h>

#define TASKS 100
#define TODAY 20802
#define DAYS 365
#define ITEMS_AT_ONCE 200
#define FIRST_ID 1000000

static void
run(Db *db, const DbSql *sql, int64_t commune_id, int64_t a, int64_t b, int64_t c)
{
	const int64_t values[] = {a, b, c};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	bench_check(db_prepare(db, sql, &stmt, &error), error);
	db_bind_int(stmt, BENCH_ADD_TASKS_P_COMMUNE_ID, commune_id); /* the first of each */
	for (int i = 0; i < (int)sql->n_params - 1; i++)
		db_bind_int(stmt, i + 2, values[i]);
	bench_check(db_run(stmt, &error), error);
}

static void
add_commune(Db *db, int64_t commune_id)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	bench_check(db_prepare(db, &BENCH_ADD_COMMUNE, &stmt, &error), error);
	db_bind_int(stmt, BENCH_ADD_COMMUNE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, BENCH_ADD_COMMUNE_P_CODE, "");
	bench_check(db_run(stmt, &error), error);
}

static void
fill(Db *db, int64_t commune_id)
{
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope identity = {.db = db, .commune_id = commune_id, .now_us = 1, .arena = arena};
	const WorkScope scope = {.db = db, .commune_id = commune_id, .now_us = 1, .arena = arena};
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;
	int64_t last_us = instant_at(TODAY - 10, 9);

	bench_check(db_txn_begin(db, &txn, &error), error);
	add_commune(db, commune_id);
	bench_check(identity_seed(&identity, &error), error);
	run(db, &BENCH_ADD_DOCUMENT, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_PLAN, commune_id, TASKS, 0, 0);
	run(db, &BENCH_ADD_AGENCIES, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_TASKS, commune_id, TASKS, TODAY - DAYS / 3, DAYS);
	run(db, &BENCH_ADD_PEOPLE, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_POSTS, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_ACCOUNTS, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_GRANTS, commune_id, 0, 0, 0);
	run(db, &BENCH_ADD_PIECES, commune_id, last_us, 0, 0);
	run(db, &BENCH_ADD_ENTRIES, commune_id, last_us, 0, 0);
	bench_check(remind_switch(&scope, true, &error), error);
	bench_check(db_txn_commit(txn, &error), error);
}

static void
analyze(Db *db)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	bench_check(db_prepare(db, &BENCH_ANALYZE, &stmt, &error), error);
	bench_check(db_run(stmt, &error), error);
}

/* As the program's own work does it: each commune with its own transactions. */
static void
remind_all(Db *db, int n_communes, int32_t today, bool is_forced, const char *what)
{
	double start = bench_now();
	int64_t n_all = 0;

	for (int i = 0; i < n_communes; i++) {
		bool is_done = false;

		db_set_commune(db, FIRST_ID + i);
		while (!is_done) {
			g_autoptr(Arena) arena = arena_new();
			const WorkScope scope = {.db = db,
			    .commune_id = FIRST_ID + i,
			    .now_us = instant_at(today, 1),
			    .today = today,
			    .arena = arena};
			g_autoptr(GError) error = NULL;
			int n;

			bench_check(
			    remind_run(&scope, ITEMS_AT_ONCE, is_forced, &n, &is_done, &error), error);
			n_all += n;
		}
	}
	printf("%s: %d communes of %d tasks, %d messages: %.1f s, %.2f ms a commune\n", what, n_communes,
	    TASKS, (int)n_all, bench_now() - start, (bench_now() - start) * 1e3 / n_communes);
}

int
main(int argc, char **argv)
{
	AppCommune commune = {.code = (char[]){"26734"}, .name = (char[]){"xã Bình Nguyệt"}};
	AppOptions options = {.modules = APP_MODULES, .now_us = instant_at(TODAY, 9), .today = TODAY};
	int n_communes = argc > 2 ? atoi(argv[2]) : 0;
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	g_autoptr(Db) db = NULL;
	g_autofree char *own = NULL;
	bool is_new;

	if (n_communes < 1) {
		fprintf(stderr, "remind DIR COMMUNES [DATABASE]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_print_machine();
	options.directory = argv[1];
	options.database = argv[3];
	own = g_build_filename(argv[1], "namro.db", NULL);
	bench_check(app_init(&options, &commune, &is_new, &error), error);
	bench_check(app_open(&options, &app, &error), error);
	bench_check(db_open(argv[3] != NULL ? argv[3] : own, DB_WRITE, &db, &error), error);
	for (int i = 0; i < n_communes; i++) {
		db_set_commune(db, FIRST_ID + i);
		fill(db, FIRST_ID + i);
	}
	analyze(db);
	remind_all(db, n_communes, TODAY, false, "first day, everything late");
	analyze(db);
	remind_all(db, n_communes, TODAY + 1, false, "ordinary day");
	remind_all(db, n_communes, TODAY + 1, false, "asked again");
	remind_all(db, n_communes, TODAY + 1, true, "forced again");
	bench_print_machine();
	return 0;
}
