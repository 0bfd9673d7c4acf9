/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/lanes.h"

#include "http/limits.h"

#define US_PER_MS ((int64_t)1000)

typedef struct Lane {
	GMutex mutex;
	GCond is_changed;
	GQueue tasks; /* of HttpTask * */
	bool is_stopping;
} Lane;

typedef struct LaneThread {
	HttpLanes *lanes;
	Lane *lane;
	unsigned worker;
	GThread *thread;
} LaneThread;

struct HttpLanes {
	Lane write, slow, heavy;
	LaneThread *threads;
	unsigned n_threads;
	const HttpServerOptions *options;
};

/* What the writer answers together. */
typedef struct Group {
	HttpGroup base;
	Lane *lane;
	HttpTask *first; /* the one it woke for; NULL: taken */
	unsigned worker;
	int64_t until_us; /* 0: before the first */
	GPtrArray *taken; /* of HttpTask * */
} Group;

static HttpTask *
take(Lane *lane)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lane->mutex);

	while (g_queue_is_empty(&lane->tasks) && !lane->is_stopping)
		g_cond_wait(&lane->is_changed, &lane->mutex);
	return g_queue_pop_head(&lane->tasks);
}

static HttpTask *
take_waiting(Lane *lane)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lane->mutex);

	return g_queue_pop_head(&lane->tasks);
}

static HttpTurn *
next_turn(HttpGroup *base)
{
	Group *group = (Group *)(void *)base;
	HttpTask *task = g_steal_pointer(&group->first);

	if (task != NULL)
		group->until_us = g_get_monotonic_time() + HTTP_GROUP_MS * US_PER_MS;
	else if (group->taken->len < HTTP_GROUP_MAX && g_get_monotonic_time() < group->until_us)
		task = take_waiting(group->lane);
	if (task == NULL)
		return NULL;
	g_ptr_array_add(group->taken, task);
	return task->join(task, group->worker);
}

static void
run_group(const LaneThread *thread, HttpTask *first)
{
	const HttpServerOptions *options = thread->lanes->options;
	g_autoptr(GPtrArray) taken = g_ptr_array_sized_new(HTTP_GROUP_MAX);
	Group group = {.base = {next_turn},
	    .lane = thread->lane,
	    .first = first,
	    .worker = thread->worker,
	    .taken = taken};

	options->handle_group(&group.base, options->data);
	for (guint i = 0; i < taken->len; i++) {
		HttpTask *task = g_ptr_array_index(taken, i);

		task->leave(task);
	}
}

static gpointer
run(gpointer data)
{
	const LaneThread *thread = data;
	bool is_grouping =
	    thread->lane == &thread->lanes->write && thread->lanes->options->handle_group != NULL;
	HttpTask *task;

	while ((task = take(thread->lane)) != NULL)
		if (is_grouping)
			run_group(thread, task);
		else
			task->run(task, thread->worker);
	return NULL;
}

static void
lane_init(Lane *lane)
{
	g_mutex_init(&lane->mutex);
	g_cond_init(&lane->is_changed);
	g_queue_init(&lane->tasks);
}

static void
lane_clear(Lane *lane)
{
	g_mutex_clear(&lane->mutex);
	g_cond_clear(&lane->is_changed);
	g_queue_clear(&lane->tasks);
}

static const char *
name_of(const HttpLanes *lanes, const Lane *lane)
{
	return lane == &lanes->write ? "writer" : lane == &lanes->slow ? "slow" : "heavy";
}

HttpLanes *
http_lanes_start(const HttpServerOptions *options)
{
	HttpLanes *lanes = g_new0(HttpLanes, 1);

	lane_init(&lanes->write);
	lane_init(&lanes->slow);
	lane_init(&lanes->heavy);
	lanes->options = options;
	lanes->n_threads = 1 + options->n_slow + options->n_heavy;
	lanes->threads = g_new0(LaneThread, lanes->n_threads);
	for (unsigned i = 0; i < lanes->n_threads; i++) {
		LaneThread *thread = &lanes->threads[i];

		thread->lanes = lanes;
		thread->lane = i == 0 ? &lanes->write : i <= options->n_slow ? &lanes->slow : &lanes->heavy;
		thread->worker = options->n_workers + i;
		thread->thread = g_thread_new(name_of(lanes, thread->lane), run, thread);
	}
	return lanes;
}

bool
http_lanes_push(HttpLanes *lanes, HttpTask *task, HttpOutcome where)
{
	bool is_heavy = where == HTTP_NEEDS_POWER && lanes->options->n_heavy > 0;
	Lane *lane = where == HTTP_NEEDS_WRITER ? &lanes->write : is_heavy ? &lanes->heavy : &lanes->slow;
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lane->mutex);

	if (lane->is_stopping || g_queue_get_length(&lane->tasks) >= HTTP_QUEUE_MAX)
		return false;
	g_queue_push_tail(&lane->tasks, task);
	g_cond_signal(&lane->is_changed);
	return true;
}

static void
lane_stop(Lane *lane)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lane->mutex);

	lane->is_stopping = true;
	g_cond_broadcast(&lane->is_changed);
}

void
http_lanes_stop(HttpLanes *lanes)
{
	if (lanes == NULL)
		return;
	lane_stop(&lanes->write);
	lane_stop(&lanes->slow);
	lane_stop(&lanes->heavy);
	for (unsigned i = 0; i < lanes->n_threads; i++)
		g_clear_pointer(&lanes->threads[i].thread, g_thread_join);
}

void
http_lanes_free(HttpLanes *lanes)
{
	if (lanes == NULL)
		return;
	http_lanes_stop(lanes);
	lane_clear(&lanes->write);
	lane_clear(&lanes->slow);
	lane_clear(&lanes->heavy);
	g_free(lanes->threads);
	g_free(lanes);
}
