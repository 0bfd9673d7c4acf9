/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Acknowledged durable writes: people who have signed in send forms over HTTP as fast as they are answered;
 * each form changes one row and adds one row to the ledger. The server is the program's own, in a process of
 * its own; one route is added, as a module adds it. Ways are measured in turn, and beside them what the disk
 * and the bare store do:
 *
 *     writes [--db postgresql://…] [--dir DIR] [--people N] [--rounds N] [--seconds N] [--only WAY]
 *
 * At the end every acknowledged form is looked for in the store, and the ledger is checked. */
#include "people.h"

#include "app/app_internal.h"
#include "app/context.h"
#include "app/dispatch.h"
#include "app/recorder.h"
#include "base/app-error.h"
#include "base/json.h"
#include "bench.migrations.h"
#include "bench.sql.h"
#include "http/server.h"
#include "storage/txn.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define TASKS 10000
#define NOTE "Đã hoàn thành phần việc của tháng, đang chờ nghiệm thu"
#define NOTE_SENT "%C4%90%C3%A3+ho%C3%A0n+th%C3%A0nh+ph%E1%BA%A7n+vi%E1%BB%87c+c%E1%BB%A7a+th%C3%A1ng"
#define MODULES_MAX 64
#define ROUNDS_MAX 16

typedef struct Way {
	const char *name;
	bool is_grouped, has_ledger;
} Way;

static const Way WAYS[] = {
    {"one commit each, with the ledger", false, true},
    {"group commit, without the ledger", true, false},
    {"group commit, with the ledger", true, true},
};

enum { N_WAYS = G_N_ELEMENTS(WAYS) };

static bool has_ledger; /* of the server that runs */

static char *
describe(int64_t task_no, int64_t percent, const char *note)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "task", task_no);
	json_key_int(&json, "percent", percent);
	json_key_string(&json, "note", note);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
find(const AppContext *context, int64_t task_no, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(context->db, &BENCH_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, BENCH_FIND_P_COMMUNE_ID, context->commune_id);
	db_bind_int(stmt, BENCH_FIND_P_TASK_NO, task_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row && has_ledger)
		*ret_state = describe(task_no, db_column_int(stmt, BENCH_FIND_C_PERCENT),
		    db_column_text(stmt, BENCH_FIND_C_NOTE));
	return true;
}

static bool
put(const AppContext *context, int64_t task_no, int64_t percent, const char *note, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(context->db, &BENCH_PUT, &stmt, error))
		return false;
	db_bind_int(stmt, BENCH_PUT_P_COMMUNE_ID, context->commune_id);
	db_bind_int(stmt, BENCH_PUT_P_TASK_NO, task_no);
	db_bind_int(stmt, BENCH_PUT_P_PERCENT, percent);
	db_bind_text(stmt, BENCH_PUT_P_NOTE, note);
	db_bind_int(stmt, BENCH_PUT_P_PERSON_ID, context->visitor->person_id);
	db_bind_int(stmt, BENCH_PUT_P_UPDATED_US, context->now_us);
	return db_run(stmt, error);
}

/* As handlers of modules are: the state before, the change, the row of the ledger, one transaction. */
static bool
save(HttpRequest *request, HttpResponse *response, GError **error)
{
	const AppContext *context = app_context(request);
	const char *note = http_request_form(request, "ghi-chu");
	const char *percent = http_request_form(request, "tien-do");
	const char *object;
	LedgerActor actor = app_actor(request);
	g_autofree char *before = NULL, *after = NULL;
	g_autoptr(DbTxn) txn = NULL;
	int64_t task_no;

	/* A page has read the row anyway, to refuse what was changed meanwhile: that is no part of the
	 * ledger's cost. */
	if (!http_request_param_int(request, "id", &task_no, error) || note == NULL || percent == NULL ||
	    !db_txn_begin(context->db, &txn, error) || !find(context, task_no, &before, error) ||
	    !put(context, task_no, atoll(percent), note, error))
		return false;
	object = arena_printf(request->arena, "task/%" G_GINT64_FORMAT, task_no);
	if (has_ledger)
		after = describe(task_no, atoll(percent), note);
	if (has_ledger &&
	    !ledger_note(context->db, context->commune_id, &actor, context->now_us,
		&(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, after}, error))
		return false;
	if (!db_txn_commit(txn, error))
		return false;
	http_response_redirect(response, arena_printf(request->arena, "/do/%" G_GINT64_FORMAT, task_no));
	return true;
}

static const HttpRoute ROUTES[] = {
    {HTTP_POST, "/do/{id}", APP_READ, save, HTTP_WRITES},
    {.pattern = NULL},
};

static const AppModule BENCH = {
    .name = "bench", .migrations = bench_migrations, .statements = bench_statements, .routes = ROUTES};

static const AppModule *modules[MODULES_MAX];

typedef struct Options {
	char *directory, *database;
	int people, rounds, seconds, only;
} Options;

static App *
open_app(const Options *options)
{
	AppOptions app_options = {.directory = options->directory,
	    .database = options->database,
	    .modules = modules,
	    .now_us = g_get_real_time()};
	g_autoptr(GError) error = NULL;
	App *app = NULL;

	bench_check(app_open(&app_options, &app, &error), error);
	return app;
}

static void
prepare(const Options *options)
{
	AppCommune commune = {.code = (char[]){"26734"}, .name = (char[]){"xã Bình Nguyệt"}};
	AppOptions app_options = {.directory = options->directory,
	    .database = options->database,
	    .modules = modules,
	    .now_us = g_get_real_time()};
	g_autoptr(GError) error = NULL;
	g_autoptr(App) app = NULL;
	bool is_new;

	bench_check(app_init(&app_options, &commune, &is_new, &error), error);
	app = open_app(options);
	if (is_new)
		bench_people_add(app, (unsigned)options->people);
}

/* The child: serves until its parent ends it. */
static void
serve(const Options *options, const Way *way, int port_fd)
{
	HttpServerOptions http = {.address = "127.0.0.1",
	    .n_workers = http_default_workers(),
	    .n_slow = 2,
	    .n_heavy = 2,
	    .admit = app_admit,
	    .handle = app_dispatch,
	    .handle_group = way->is_grouped ? app_dispatch_group : NULL};
	App *app = open_app(options);
	AppDispatcher *dispatcher = NULL;
	AppRecorder *recorder = NULL;
	DbCheckpointer *checkpointer = NULL;
	HttpServer *server = NULL;
	g_autoptr(GError) error = NULL;
	sigset_t stops;
	uint16_t port;
	int stop;

	has_ledger = way->has_ledger;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stops, NULL);
	bench_check(
	    app_dispatcher_new(app, http.n_workers, http.n_slow + http.n_heavy, "bench", &dispatcher, &error),
	    error);
	bench_check(app_start_checkpoints(app, &checkpointer, &error), error);
	bench_check(app_recorder_start(app, &recorder, &error), error);
	app_dispatcher_set_recorder(dispatcher, recorder);
	http.data = dispatcher;
	bench_check(http_server_start(&http, &server, &error), error);
	port = http_server_port(server);
	bench_check(write(port_fd, &port, sizeof(port)) == sizeof(port), NULL);
	sigwait(&stops, &stop);
	http_server_stop(server);
	app_recorder_stop(recorder);
	db_checkpointer_stop(checkpointer);
	app_dispatcher_free(dispatcher);
	app_free(app);
}

typedef struct Forms {
	BenchPerson *people;
	BenchTimes times;
	int64_t n_done, n_asked;
	int64_t percents[TASKS + 1]; /* the last acknowledged of each task */
	int64_t asked[BENCH_PEOPLE_MAX], asked_percent[BENCH_PEOPLE_MAX];
} Forms;

/* A person writes into tasks of his own, so that the last acknowledged form of a task is known. */
static bool
ask(unsigned client, GString *out, void *data)
{
	Forms *forms = data;
	int64_t round = forms->n_asked++;
	int64_t piece = g_random_int_range(0, TASKS / BENCH_PEOPLE_MAX);
	int64_t task_no = piece * BENCH_PEOPLE_MAX + client + 1;
	char path[32], form[256];

	forms->asked[client] = task_no;
	forms->asked_percent[client] = round % 101;
	g_snprintf(path, sizeof(path), "/do/%d", (int)task_no);
	g_snprintf(form, sizeof(form), "tien-do=%d&ghi-chu=%s", (int)(round % 101), NOTE_SENT);
	bench_put_post(out, &forms->people[client], path, form);
	return true;
}

static void
hear(unsigned client, int status, const GString *answer, int64_t us, void *data)
{
	Forms *forms = data;

	if (status != 303) {
		fprintf(stderr, "form: %d\n%s\n", status, answer->str);
		exit(1);
	}
	forms->percents[forms->asked[client]] = forms->asked_percent[client];
	forms->n_done++;
	bench_times_add(&forms->times, us);
}

typedef struct Result {
	double rate, p50, p99, longest, server_us, rows;
} Result;

static double
cpu_of(pid_t child)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", child), *text = NULL;
	long user, system;

	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    sscanf(strrchr(text, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user,
		&system) != 2)
		return 0;
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* Every task's row is that of the last form acknowledged. */
static void
check(const Options *options, const Forms *forms)
{
	g_autoptr(App) app = open_app(options);
	g_autoptr(GError) error = NULL;
	AppContext context = {.db = app_db(app), .commune_id = app_commune(app)->commune_id};

	for (int64_t task_no = 1; task_no <= TASKS; task_no++) {
		g_autofree char *state = NULL,
				*wanted = g_strdup_printf("\"percent\":%d,", (int)forms->percents[task_no]);

		if (forms->percents[task_no] < 0)
			continue;
		bench_check(find(&context, task_no, &state, &error), error);
		if (state == NULL || strstr(state, wanted) == NULL) {
			fprintf(stderr, "task %d: an acknowledged form is not in the store\n", (int)task_no);
			exit(1);
		}
	}
}

static Result
measure(const Options *options, const Way *way, BenchPerson *people, BenchTimes *sign_ins)
{
	Forms *forms = g_new0(Forms, 1);
	BenchLoad load = {.n_clients = (unsigned)options->people,
	    .seconds = options->seconds,
	    .ask = ask,
	    .hear = hear,
	    .data = forms};
	Result result;
	double start, cpu;
	int ends[2];
	pid_t child;

	has_ledger = true; /* here, for check() */
	bench_check(pipe(ends) == 0, NULL);
	child = fork();
	if (child == 0) {
		serve(options, way, ends[1]);
		_exit(0);
	}
	close(ends[1]);
	bench_check(read(ends[0], &load.port, sizeof(load.port)) == sizeof(load.port), NULL);
	close(ends[0]);
	/* Sessions stay in the store: they sign in once. */
	if (people[0].cookie == NULL)
		bench_people_sign_in(load.port, load.n_clients, people, sign_ins);
	forms->people = people;
	memset(forms->percents, -1, sizeof(forms->percents));
	bench_times_init(&forms->times);
	cpu = cpu_of(child);
	start = bench_now();
	bench_load_run(&load);
	result = (Result){.rate = (double)forms->n_done / (bench_now() - start),
	    .p50 = bench_times_at(&forms->times, 0.5),
	    .p99 = bench_times_at(&forms->times, 0.99),
	    .longest = bench_times_at(&forms->times, 1),
	    .server_us = (cpu_of(child) - cpu) * 1e6 / (double)forms->n_done};
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	check(options, forms);
	bench_times_clear(&forms->times);
	g_free(forms);
	return result;
}

/* How often a second the disk makes 4 KB at a file's end lasting. */
static double
measure_disk(const char *directory)
{
	g_autofree char *path = g_build_filename(directory, "bench-disk", NULL);
	static const char BLOCK[4096];
	double start = bench_now();
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), n = 0;

	for (; bench_now() - start < 1; n++)
		bench_check(write(fd, BLOCK, sizeof(BLOCK)) == sizeof(BLOCK) && fdatasync(fd) == 0, NULL);
	close(fd);
	g_remove(path);
	return n;
}

/* The least there is: SQLite, one thread, one prepared statement, `size` rows a commit. */
static double
measure_bare(const char *directory, int size)
{
	g_autofree char *path = g_build_filename(directory, "bench-bare.db", NULL);
	sqlite3_stmt *begin = NULL, *put_row = NULL, *commit = NULL;
	sqlite3 *db = NULL;
	double start;
	int n = 0;

	sqlite3_open(path, &db);
	sqlite3_exec(db,
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
	    "CREATE TABLE t (a INTEGER PRIMARY KEY, percent INTEGER, note TEXT)",
	    NULL, NULL, NULL);
	sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL);
	sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
	sqlite3_prepare_v2(
	    db, "INSERT OR REPLACE INTO t VALUES (?1 % 10000, ?1, '" NOTE "')", -1, &put_row, NULL);
	for (start = bench_now(); bench_now() - start < 1;) {
		sqlite3_step(begin);
		sqlite3_reset(begin);
		for (int i = 0; i < size; i++) {
			sqlite3_bind_int(put_row, 1, n++);
			sqlite3_step(put_row);
			sqlite3_reset(put_row);
		}
		bench_check(sqlite3_step(commit) == SQLITE_DONE, NULL);
		sqlite3_reset(commit);
	}
	sqlite3_finalize(begin);
	sqlite3_finalize(put_row);
	sqlite3_finalize(commit);
	sqlite3_close(db);
	sqlite3_shutdown(); /* so that the program sets it up as it would by itself */
	g_remove(path);
	return n;
}

static void
show_way(const Way *way, Result *results, int rounds)
{
	double rate[ROUNDS_MAX], p50[ROUNDS_MAX], p99[ROUNDS_MAX], longest[ROUNDS_MAX], server_us[ROUNDS_MAX];

	for (int i = 0; i < rounds; i++) {
		rate[i] = results[i].rate;
		p50[i] = results[i].p50;
		p99[i] = results[i].p99;
		longest[i] = results[i].longest;
		server_us[i] = results[i].server_us;
	}
	printf("%-34s %8.0f %8.2f %8.2f %8.1f %8.0f\n", way->name, bench_median(rate, (unsigned)rounds),
	    bench_median(p50, (unsigned)rounds), bench_median(p99, (unsigned)rounds),
	    bench_median(longest, (unsigned)rounds), bench_median(server_us, (unsigned)rounds));
}

static void
show_ratios(Result results[N_WAYS][ROUNDS_MAX], int rounds)
{
	double grouped[ROUNDS_MAX], ledger[ROUNDS_MAX], ledger_cpu[ROUNDS_MAX];

	for (int i = 0; i < rounds; i++) {
		grouped[i] = results[2][i].rate / results[0][i].rate;
		ledger[i] = 1 - results[2][i].rate / results[1][i].rate;
		ledger_cpu[i] = results[2][i].server_us / results[1][i].server_us - 1;
	}
	printf(
	    "group commit / one commit each: %.2f ×; the ledger takes %.0f %% of the rate, %.0f %% more CPU "
	    "(medians of rounds)\n",
	    bench_median(grouped, (unsigned)rounds), 100 * bench_median(ledger, (unsigned)rounds),
	    100 * bench_median(ledger_cpu, (unsigned)rounds));
}

static void
verify(const Options *options)
{
	g_autoptr(App) app = open_app(options);
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	double start = bench_now();

	bench_check(ledger_verify(app_db(app), app_commune(app)->commune_id, NULL, &report, &error), error);
	printf("ledger: %d rows, %u problems, %.0f rows/s\n", (int)report.n_rows, report.problems->len,
	    (double)report.n_rows / (bench_now() - start));
	bench_check(report.problems->len == 0, NULL);
}

static void
run(const Options *options)
{
	Result results[N_WAYS][ROUNDS_MAX];
	BenchPerson people[BENCH_PEOPLE_MAX] = {0};
	BenchTimes sign_ins;

	bench_times_init(&sign_ins);
	prepare(options);
	for (int i = 0; i < options->rounds; i++)
		for (int way = 0; way < N_WAYS; way++)
			if (options->only < 0 || options->only == way)
				results[way][i] = measure(options, &WAYS[way], people, &sign_ins);
	printf("%d people, %d rounds of %d s each, medians\n", options->people, options->rounds,
	    options->seconds);
	printf("%-34s %8s %8s %8s %8s %8s\n", "", "forms/s", "p50 ms", "p99 ms", "max ms", "CPU µs");
	for (int way = 0; way < N_WAYS; way++)
		if (options->only < 0 || options->only == way)
			show_way(&WAYS[way], results[way], options->rounds);
	if (options->only < 0)
		show_ratios(results, options->rounds);
	printf("signing in, %d at once: p50 %.0f ms, longest %.0f ms\n", options->people,
	    bench_times_at(&sign_ins, 0.5), bench_times_at(&sign_ins, 1));
	bench_times_clear(&sign_ins);
	bench_people_clear(people, (unsigned)options->people);
	verify(options);
}

int
main(int argc, char **argv)
{
	Options options = {.people = 64, .rounds = 3, .seconds = 4, .only = -1};
	const GOptionEntry entries[] = {
	    {"dir", 0, 0, G_OPTION_ARG_FILENAME, &options.directory, "data directory", "DIR"},
	    {"db", 0, 0, G_OPTION_ARG_STRING, &options.database, "PostgreSQL", "ADDRESS"},
	    {"people", 0, 0, G_OPTION_ARG_INT, &options.people, "people", "N"},
	    {"rounds", 0, 0, G_OPTION_ARG_INT, &options.rounds, "rounds, up to 16", "N"},
	    {"seconds", 0, 0, G_OPTION_ARG_INT, &options.seconds, "seconds each", "N"},
	    {"only", 0, 0, G_OPTION_ARG_INT, &options.only, "one way alone, 0 to 2", "WAY"},
	    {0},
	};
	g_autoptr(GOptionContext) context = g_option_context_new("");
	g_autoptr(GError) error = NULL;
	size_t n = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	g_option_context_add_main_entries(context, entries, NULL);
	bench_check(g_option_context_parse(context, &argc, &argv, &error), error);
	bench_check(
	    options.directory != NULL && options.people <= BENCH_PEOPLE_MAX && options.rounds <= ROUNDS_MAX,
	    NULL);
	for (; APP_MODULES[n] != NULL && n < MODULES_MAX - 2; n++)
		modules[n] = APP_MODULES[n];
	modules[n] = &BENCH;
	signal(SIGPIPE, SIG_IGN);
	g_mkdir_with_parents(options.directory, 0750);
	bench_print_machine();
	printf(
	    "disk: 4 KB at a file's end made lasting %.0f times a second\n", measure_disk(options.directory));
	printf("bare SQLite, one thread: %.0f rows/s with a commit each, %.0f with one for 64\n",
	    measure_bare(options.directory, 1), measure_bare(options.directory, 64));
	run(&options);
	bench_print_machine();
	return 0;
}
