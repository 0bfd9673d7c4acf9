/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/jobs.h"

#include "app/app_internal.h"

#include <stdio.h>

#define US_PER_SECOND ((int64_t)1000000)
#define REST_US (30 * US_PER_SECOND)          /* another process may have left something to do */
#define AFTER_FAILURE_US (10 * US_PER_SECOND) /* the disk is full: no use in asking at once */

struct AppJobs {
	App *app;
	Db *db;
	GThread *thread;
	GMutex mutex;
	GCond is_changed;
	bool is_woken, is_stopping;
	gint is_cancelled;
};

/* False where the program ends. */
static bool
rest(AppJobs *jobs, int64_t us)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&jobs->mutex);
	int64_t until_us = g_get_monotonic_time() + us;

	while (!jobs->is_woken && !jobs->is_stopping)
		if (!g_cond_wait_until(&jobs->is_changed, &jobs->mutex, until_us))
			break;
	jobs->is_woken = false;
	return !jobs->is_stopping;
}

/* A cancellation is of one piece of work, unless the program ends. */
static bool
begin_piece(AppJobs *jobs)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&jobs->mutex);

	g_atomic_int_set(&jobs->is_cancelled, jobs->is_stopping ? 1 : 0);
	return !jobs->is_stopping;
}

/* Asks every module once; false where one failed. */
static bool
ask_modules(AppJobs *jobs, bool is_first, bool *ret_did)
{
	bool is_ok = true;

	*ret_did = false;
	for (guint i = 0; i < jobs->app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(jobs->app->modules, i);
		g_autoptr(GError) error = NULL;
		AppWork work = {.db = jobs->db,
		    .commune_id = app_commune(jobs->app)->commune_id,
		    .directory = app_directory(jobs->app),
		    .now_us = app_now_us(jobs->app),
		    .is_cancelled = &jobs->is_cancelled,
		    .is_first = is_first};
		bool did = false;

		if (module->work == NULL || !begin_piece(jobs))
			continue;
		if (!module->work(&work, &did, &error)) {
			fprintf(stderr, "%s: %s\n", module->name, error->message);
			is_ok = false;
		}
		*ret_did = *ret_did || did;
	}
	return is_ok;
}

static gpointer
run(gpointer data)
{
	AppJobs *jobs = data;
	bool is_first = true, is_ok, did;

	do {
		is_ok = ask_modules(jobs, is_first, &did);
		is_first = false;
	} while (rest(jobs, !is_ok ? AFTER_FAILURE_US : did ? 0 : REST_US));
	return NULL;
}

bool
app_jobs_start(App *app, AppJobs **ret_jobs, GError **error)
{
	g_autoptr(AppJobs) jobs = g_new0(AppJobs, 1);

	jobs->app = app;
	g_mutex_init(&jobs->mutex);
	g_cond_init(&jobs->is_changed);
	if (!app_open_writer(app, &jobs->db, error))
		return false;
	jobs->thread = g_thread_new("jobs", run, jobs);
	*ret_jobs = g_steal_pointer(&jobs);
	return true;
}

static void
signal_thread(AppJobs *jobs, bool is_end)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&jobs->mutex);

	jobs->is_woken = true;
	jobs->is_stopping = jobs->is_stopping || is_end;
	if (is_end)
		g_atomic_int_set(&jobs->is_cancelled, 1);
	g_cond_signal(&jobs->is_changed);
}

void
app_jobs_wake(AppJobs *jobs)
{
	signal_thread(jobs, false);
}

void
app_jobs_stop(AppJobs *jobs)
{
	if (jobs == NULL)
		return;
	if (jobs->thread != NULL) {
		signal_thread(jobs, true);
		g_thread_join(jobs->thread);
	}
	db_free(jobs->db);
	g_mutex_clear(&jobs->mutex);
	g_cond_clear(&jobs->is_changed);
	g_free(jobs);
}
