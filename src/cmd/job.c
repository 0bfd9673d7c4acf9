/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/all_communes.h"
#include "cmd/command.h"
#include "modules/remind/remind.h"
#include "modules/work/work.h"

#include <stdio.h>
#include <string.h>

/* The daily work, of one commune or of all on a server. */

#define JOB_DAYS_MAX 400 /* that are made up for by one command */

typedef struct DailyTally {
	int64_t n_made, n_told;
} DailyTally;

static WorkScope
scope_of_program(const CommandContext *context, Db *db, int64_t commune_id, Arena *arena)
{
	return (WorkScope){.db = db,
	    .commune_id = commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = {.origin = APP_SHELL_ACTOR.origin},
	    .arena = arena};
}

/* Again even where today's was done: what has been said is not said twice. */
static bool
remind_all(const CommandContext *context, Db *db, int64_t commune_id, DailyTally *tally, GError **error)
{
	bool is_done = false;

	while (!is_done) {
		g_autoptr(Arena) arena = arena_new();
		const WorkScope scope = scope_of_program(context, db, commune_id, arena);
		int n;

		if (!remind_run(&scope, REMIND_ITEMS_AT_ONCE, true, &n, &is_done, error))
			return false;
		tally->n_told += n;
	}
	return true;
}

/* What is to be done for one commune; the tally counts on. */
static bool
work_off(const CommandContext *context, Db *db, int64_t commune_id, DailyTally *tally, GError **error)
{
	bool is_done = false;

	while (!is_done) {
		g_autoptr(Arena) arena = arena_new();
		const WorkScope scope = scope_of_program(context, db, commune_id, arena);
		int n;

		if (!work_run(&scope, WORK_TASKS_AT_ONCE, &n, &is_done, error))
			return false;
		tally->n_made += n;
	}
	return remind_all(context, db, commune_id, tally, error);
}

/* Days that were missed are made up for one after the other, as they would have been on the day. */
static bool
work_off_days(const CommandContext *context, App *app, int32_t from, DailyTally *tally, GError **error)
{
	for (int32_t day = from; day <= context->today; day++) {
		CommandContext then = *context;

		then.today = day;
		then.now_us -= (context->today - day) * INSTANT_DAY;
		if (!work_off(&then, app_db(app), app_commune(app)->commune_id, tally, error))
			return false;
	}
	return true;
}

/* from: DATE_NONE: today alone. */
static bool
run_job(const CommandContext *context, const char *directory, int32_t from, GError **error)
{
	const AppOptions app_options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	DailyTally tally = {0};

	if (!app_open(&app_options, &app, error) ||
	    !work_off_days(context, app, from != DATE_NONE ? from : context->today, &tally, error))
		return false;
	printf("Đã làm việc hằng ngày: mở %" G_GINT64_FORMAT " phần việc.\n", tally.n_made);
	printf("Đã nhắc việc: %" G_GINT64_FORMAT " thông báo.\n", tally.n_told);
	return app_sign_ledger(app, error);
}

/* What all communes share; several are worked for at a time. */
typedef struct JobOfAll {
	const CommandContext *context;
	GMutex lock; /* over the tally */
	DailyTally tally;
} JobOfAll;

static bool
work_off_one(Db *db, int64_t commune_id, void *data, GError **error)
{
	JobOfAll *job = data;
	DailyTally tally = {0};
	bool is_ok = work_off(job->context, db, commune_id, &tally, error);

	/* What was written before a failure is there. */
	g_mutex_lock(&job->lock);
	job->tally.n_made += tally.n_made;
	job->tally.n_told += tally.n_told;
	g_mutex_unlock(&job->lock);
	return is_ok;
}

static bool
run_job_of_all(const CommandContext *context, unsigned n_workers, bool *ret_is_whole, GError **error)
{
	const AppOptions app_options = command_app_options(context, NULL);
	JobOfAll job = {.context = context};
	AppAllReport report;
	bool is_ok;

	g_mutex_init(&job.lock);
	is_ok = app_for_all_communes(&app_options, n_workers, work_off_one, &job, &report, error);
	g_mutex_clear(&job.lock);
	if (!is_ok)
		return false;
	printf("Đã làm việc hằng ngày của %" G_GINT64_FORMAT " xã: mở %" G_GINT64_FORMAT
	       " phần việc, nhắc việc %" G_GINT64_FORMAT " thông báo.\n",
	    report.n_done, job.tally.n_made, job.tally.n_told);
	if (report.n_failed > 0)
		printf("%" G_GINT64_FORMAT " xã chưa làm được; lý do ở trên. Hãy chạy lại lệnh này.\n",
		    report.n_failed);
	*ret_is_whole = report.n_failed == 0;
	return true;
}

int
command_job(const CommandContext *context, int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *from = NULL;
	int32_t from_day = DATE_NONE;
	int n_workers = (int)app_all_default_workers();
	gboolean is_all = FALSE;
	bool is_whole = true;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"all", 0, 0, G_OPTION_ARG_NONE, &is_all, "của mọi xã trên máy chủ PostgreSQL (--db)", NULL},
	    {"from", 0, 0, G_OPTION_ARG_STRING, &from,
		"làm bù lần lượt từng ngày từ ngày này đến hôm nay (2026-12-01)", "NGÀY"},
	    {"workers", 0, 0, G_OPTION_ARG_INT, &n_workers,
		"cùng --all: số xã làm cùng lúc, mỗi xã một kết nối; mặc định bằng số bộ xử lý của máy",
		"SỐ"},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	if (argc != (is_all ? 2 : 3) || strcmp(argv[1], "run") != 0) {
		fprintf(stderr,
		    "namro job: ví dụ: namro job run du-lieu; namro --db postgresql://… job run --all\n");
		return 2;
	}
	if (from != NULL && (is_all || !date_parse_iso(from, &from_day) || from_day > context->today ||
				context->today - from_day > JOB_DAYS_MAX)) {
		fprintf(stderr,
		    "namro job: --from: một ngày trong %d ngày qua, ví dụ 2026-12-01; không dùng cùng "
		    "--all\n",
		    JOB_DAYS_MAX);
		return 2;
	}
	if (n_workers < 1 || n_workers > APP_ALL_WORKERS_MAX) {
		fprintf(stderr, "namro job: --workers: từ 1 đến %d\n", APP_ALL_WORKERS_MAX);
		return 2;
	}
	if (is_all && !run_job_of_all(context, (unsigned)n_workers, &is_whole, &error))
		return command_fail(context, error);
	if (is_all)
		return is_whole ? 0 : 1;
	return run_job(context, argv[2], from_day, &error) ? 0 : command_fail(context, error);
}
