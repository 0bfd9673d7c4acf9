/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/all_communes.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "base/app-error.h"

#include <stdio.h>

#define REASONS_MAX 20 /* told; mostly they are all the same */

/* What the workers share; each place of the lists is written by one of them alone. */
typedef struct Round {
	AppCommuneDeed deed;
	void *data;
	GPtrArray *modules; /* of const AppModule *, sorted */
	GArray *ids;        /* of int64_t */
	char **reasons;     /* of each commune that failed; NULL: it did not */
	gint next;          /* the first one that nobody has taken yet */
} Round;

typedef struct Worker {
	Round *round;
	Db *db;
	GThread *thread;
} Worker;

unsigned
app_all_default_workers(void)
{
	return CLAMP(g_get_num_processors(), 1, APP_ALL_WORKERS_MAX);
}

static bool
list_communes(Db *db, GArray *ids, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &APP_ALL_COMMUNES, &stmt, error))
		return false;
	db_bind_int(stmt, APP_ALL_COMMUNES_P_AFTER, 0);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t id = db_column_int(stmt, APP_ALL_COMMUNES_C_COMMUNE_ID);

		g_array_append_val(ids, id);
	}
	return !has_row;
}

static gpointer
work(gpointer data)
{
	const Worker *worker = data;
	Round *round = worker->round;
	gint i;

	while ((i = g_atomic_int_add(&round->next, 1)) < (gint)round->ids->len) {
		int64_t id = g_array_index(round->ids, int64_t, i);
		g_autoptr(GError) reason = NULL;

		db_set_commune(worker->db, id);
		if (!app_derive(round->modules, worker->db, id, &reason) ||
		    !round->deed(worker->db, id, round->data, &reason))
			round->reasons[i] = g_strdup(reason->message);
	}
	return NULL;
}

static void
worker_clear(gpointer data)
{
	Worker *worker = data;

	db_free(worker->db);
}

/* The first worker has the connection that listed the communes; the others get one each. */
static void
add_workers(const AppOptions *options, unsigned n_workers, Round *round, GArray *workers)
{
	g_autoptr(GError) error = NULL;

	n_workers = MIN(n_workers, MAX(round->ids->len, 1));
	while (workers->len < n_workers) {
		Worker worker = {.round = round};

		if (!db_open(options->database, DB_WRITE, &worker.db, &error)) {
			fprintf(stderr, "chỉ mở được %u trong %u kết nối: %s\n", workers->len, n_workers,
			    error->message);
			return;
		}
		g_array_append_val(workers, worker);
	}
}

/* This thread is the first worker. */
static void
run(GArray *workers)
{
	for (guint i = 1; i < workers->len; i++) {
		Worker *worker = &g_array_index(workers, Worker, i);

		worker->thread = g_thread_new("communes", work, worker);
	}
	work(&g_array_index(workers, Worker, 0));
	for (guint i = 1; i < workers->len; i++)
		g_thread_join(g_array_index(workers, Worker, i).thread);
}

static void
tell(const Round *round, AppAllReport *report)
{
	for (guint i = 0; i < round->ids->len; i++) {
		if (round->reasons[i] == NULL) {
			report->n_done++;
			continue;
		}
		if (++report->n_failed <= REASONS_MAX)
			fprintf(stderr, "xã số %" G_GINT64_FORMAT ": %s\n",
			    g_array_index(round->ids, int64_t, i), round->reasons[i]);
		g_free(round->reasons[i]);
	}
}

static bool
open_first(const AppOptions *options, GPtrArray **ret_modules, Db **ret_db, GError **error)
{
	if (options->database == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE,
		    "việc của mọi xã chỉ làm trên máy chủ PostgreSQL; hãy cho địa chỉ bằng --db hoặc "
		    "NAMRO_DB");
		return false;
	}
	return app_modules_sort(options->modules, ret_modules, error) &&
	       app_open_store(
		   options->database, DB_WRITE, *ret_modules, options->now_us, NULL, ret_db, error);
}

bool
app_for_all_communes(const AppOptions *options, unsigned n_workers, AppCommuneDeed deed, void *data,
    AppAllReport *ret_report, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GArray) workers = g_array_new(FALSE, TRUE, sizeof(Worker));
	g_autofree char **reasons = NULL;
	g_autoptr(GPtrArray) modules = NULL;
	Round round = {.deed = deed, .data = data, .ids = ids};
	Worker first = {.round = &round};

	*ret_report = (AppAllReport){0};
	g_array_set_clear_func(workers, worker_clear);
	if (!open_first(options, &modules, &first.db, error))
		return false;
	round.modules = modules;
	g_array_append_val(workers, first);
	if (!list_communes(first.db, ids, error))
		return false;
	round.reasons = reasons = g_new0(char *, ids->len + 1);
	add_workers(options, n_workers, &round, workers);
	run(workers);
	tell(&round, ret_report);
	return true;
}
