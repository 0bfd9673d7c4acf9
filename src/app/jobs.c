/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/jobs.h"

#include "app/app_internal.h"
#include "base/date.h"

#include <stdio.h>

#define REST_US (30 * INSTANT_SECOND)          /* another process may have left something to do */
#define AFTER_FAILURE_US (10 * INSTANT_SECOND) /* the disk is full: no use in asking at once */

/* One module's thread. */
typedef struct Worker {
	App *app;
	const AppModule *module;
	Db *db;
	GThread *thread;
	GMutex mutex;
	GCond is_changed;
	bool is_woken, is_stopping;
	gint is_cancelled;
} Worker;

struct AppJobs {
	GPtrArray *workers; /* of Worker * */
};

/* False where the program ends. */
static bool
rest(Worker *worker, int64_t us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&worker->mutex);
	int64_t until_us = g_get_monotonic_time() + us;

	while (!worker->is_woken && !worker->is_stopping)
		if (!g_cond_wait_until(&worker->is_changed, &worker->mutex, until_us))
			break;
	worker->is_woken = false;
	return !worker->is_stopping;
}

/* A cancellation is of one piece of work, unless the program ends. */
static bool
begin_piece(Worker *worker)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&worker->mutex);

	g_atomic_int_set(&worker->is_cancelled, worker->is_stopping ? 1 : 0);
	return !worker->is_stopping;
}

/* False where it failed. */
static bool
do_piece(Worker *worker, bool is_first, bool *ret_did)
{
	g_autoptr(GError) error = NULL;
	const AppWork work = {.db = worker->db,
	    .commune_id = app_commune(worker->app)->commune_id,
	    .directory = app_directory(worker->app),
	    .now_us = app_now_us(worker->app),
	    .is_cancelled = &worker->is_cancelled,
	    .is_first = is_first};

	*ret_did = false;
	if (!begin_piece(worker) || worker->module->work(&work, ret_did, &error))
		return true;
	fprintf(stderr, "%s: %s\n", worker->module->name, error->message);
	return false;
}

static gpointer
run(gpointer data)
{
	Worker *worker = data;
	bool is_first = true, is_ok, did;

	do {
		is_ok = do_piece(worker, is_first, &did);
		is_first = false;
	} while (rest(worker, !is_ok ? AFTER_FAILURE_US : did ? 0 : REST_US));
	return NULL;
}

static void
signal_worker(Worker *worker, bool is_end)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&worker->mutex);

	worker->is_woken = true;
	worker->is_stopping = worker->is_stopping || is_end;
	if (is_end)
		g_atomic_int_set(&worker->is_cancelled, 1);
	g_cond_signal(&worker->is_changed);
}

static void
worker_free(gpointer data)
{
	Worker *worker = data;

	if (worker->thread != NULL) {
		signal_worker(worker, true);
		g_thread_join(worker->thread);
	}
	db_free(worker->db);
	g_mutex_clear(&worker->mutex);
	g_cond_clear(&worker->is_changed);
	g_free(worker);
}

static bool
start_worker(AppJobs *jobs, App *app, const AppModule *module, GError **error)
{
	Worker *worker = g_new0(Worker, 1);

	worker->app = app;
	worker->module = module;
	g_mutex_init(&worker->mutex);
	g_cond_init(&worker->is_changed);
	g_ptr_array_add(jobs->workers, worker);
	if (!app_open_writer(app, &worker->db, error))
		return false;
	worker->thread = g_thread_new(module->name, run, worker);
	return true;
}

bool
app_jobs_start(App *app, AppJobs **ret_jobs, GError **error)
{
	g_autoptr(AppJobs) jobs = g_new0(AppJobs, 1);

	jobs->workers = g_ptr_array_new_with_free_func(worker_free);
	for (guint i = 0; i < app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(app->modules, i);

		if (module->work != NULL && !start_worker(jobs, app, module, error))
			return false;
	}
	*ret_jobs = g_steal_pointer(&jobs);
	return true;
}

void
app_jobs_wake(AppJobs *jobs)
{
	for (guint i = 0; i < jobs->workers->len; i++)
		signal_worker(g_ptr_array_index(jobs->workers, i), false);
}

void
app_jobs_stop(AppJobs *jobs)
{
	if (jobs == NULL)
		return;
	/* All are told before the first is waited for. */
	for (guint i = 0; i < jobs->workers->len; i++)
		signal_worker(g_ptr_array_index(jobs->workers, i), true);
	g_ptr_array_unref(jobs->workers);
	g_free(jobs);
}
