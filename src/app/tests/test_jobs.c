/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/jobs.h"
#include "app/testing.h"
#include "base/app-error.h"

/* Work behind the pages: done piece by piece, asked for again when woken, broken off at the end. */

#define WAIT_US ((int64_t)10 * G_USEC_PER_SEC)

static gint n_waiting, n_done, n_failures, is_endless, n_others;

static bool
work(const AppWork *work, bool *ret_did, GError **error)
{
	g_assert_nonnull(work->db);
	g_assert_cmpint(
	    g_atomic_int_get(&n_done) == 0 && g_atomic_int_get(&n_failures) == 0, ==, work->is_first);
	if (g_atomic_int_get(&is_endless) != 0) {
		g_atomic_int_inc(&n_done);
		while (g_atomic_int_get(work->is_cancelled) == 0)
			g_usleep(1000);
		return true;
	}
	if (g_atomic_int_get(&n_waiting) < 0) {
		g_atomic_int_inc(&n_failures);
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "the disk is full");
		return false;
	}
	*ret_did = g_atomic_int_get(&n_waiting) > 0;
	if (*ret_did) {
		g_atomic_int_add(&n_waiting, -1);
		g_atomic_int_inc(&n_done);
	}
	return true;
}

static bool
other_work(const AppWork *work, bool *ret_did, GError **error)
{
	(void)work;
	(void)ret_did;
	(void)error;
	g_atomic_int_inc(&n_others);
	return true;
}

static const AppModule MODULE = {.name = "work", .work = work};
static const AppModule *const MODULES[] = {&MODULE, NULL};

static void
set_waiting(int n)
{
	g_atomic_int_set(&n_done, 0);
	g_atomic_int_set(&n_failures, 0);
	g_atomic_int_set(&is_endless, 0);
	g_atomic_int_set(&n_waiting, n);
}

static void
wait_for(gint *counter, int value)
{
	int64_t until_us = g_get_monotonic_time() + WAIT_US;

	while (g_atomic_int_get(counter) != value && g_get_monotonic_time() < until_us)
		g_usleep(1000);
	g_assert_cmpint(g_atomic_int_get(counter), ==, value);
}

static AppJobs *
start(AppTest *test)
{
	g_autoptr(GError) error = NULL;
	AppJobs *jobs = NULL;

	g_assert_true(app_jobs_start(test->app, &jobs, &error));
	return jobs;
}

static void
test_pieces(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(AppJobs) jobs = NULL;

	set_waiting(3);
	jobs = start(test);
	wait_for(&n_done, 3);
	g_atomic_int_set(&n_waiting, 2);
	app_jobs_wake(jobs);
	wait_for(&n_done, 5);
}

/* A failure is not asked for again at once, and does not end the thread. */
static void
test_failure(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	g_autoptr(AppJobs) jobs = NULL;

	set_waiting(-1);
	jobs = start(test);
	wait_for(&n_failures, 1);
	g_atomic_int_set(&n_waiting, 1);
	app_jobs_wake(jobs);
	wait_for(&n_done, 1);
	g_assert_cmpint(g_atomic_int_get(&n_failures), ==, 1);
}

static void
test_end(void)
{
	g_autoptr(AppTest) test = app_test_new(MODULES);
	AppJobs *jobs;

	set_waiting(0);
	g_atomic_int_set(&is_endless, 1);
	jobs = start(test);
	wait_for(&n_done, 1);
	app_jobs_stop(jobs);
	g_assert_cmpint(g_atomic_int_get(&n_done), ==, 1);
}

/* A module that is busy for ever holds up no other. */
static void
test_side_by_side(void)
{
	static const AppModule OTHER = {.name = "other", .work = other_work};
	static const AppModule *const BOTH[] = {&MODULE, &OTHER, NULL};
	g_autoptr(AppTest) test = app_test_new(BOTH);
	g_autoptr(AppJobs) jobs = NULL;

	set_waiting(0);
	g_atomic_int_set(&n_others, 0);
	g_atomic_int_set(&is_endless, 1);
	jobs = start(test);
	wait_for(&n_done, 1);
	wait_for(&n_others, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/jobs/pieces", test_pieces);
	g_test_add_func("/jobs/failure", test_failure);
	g_test_add_func("/jobs/end", test_end);
	g_test_add_func("/jobs/side-by-side", test_side_by_side);
	return g_test_run();
}
