/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/lanes.h"

#include "http/limits.h"

typedef struct Lane {
	GMutex mutex;
	GCond is_changed;
	GQueue tasks; /* of HttpTask * */
	bool is_stopping;
} Lane;

typedef struct LaneThread {
	Lane *lane;
	unsigned worker;
	GThread *thread;
} LaneThread;

struct HttpLanes {
	Lane write, slow;
	LaneThread *threads;
	unsigned n_threads;
};

static HttpTask *
take(Lane *lane)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&lane->mutex);

	while (g_queue_is_empty(&lane->tasks) && !lane->is_stopping)
		g_cond_wait(&lane->is_changed, &lane->mutex);
	return g_queue_pop_head(&lane->tasks);
}

static gpointer
run(gpointer data)
{
	const LaneThread *thread = data;
	HttpTask *task;

	while ((task = take(thread->lane)) != NULL)
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

HttpLanes *
http_lanes_start(unsigned first_worker, unsigned n_slow)
{
	HttpLanes *lanes = g_new0(HttpLanes, 1);

	lane_init(&lanes->write);
	lane_init(&lanes->slow);
	lanes->n_threads = 1 + n_slow;
	lanes->threads = g_new0(LaneThread, lanes->n_threads);
	for (unsigned i = 0; i < lanes->n_threads; i++) {
		LaneThread *thread = &lanes->threads[i];

		thread->lane = i == 0 ? &lanes->write : &lanes->slow;
		thread->worker = first_worker + i;
		thread->thread = g_thread_new(i == 0 ? "writer" : "slow", run, thread);
	}
	return lanes;
}

bool
http_lanes_push(HttpLanes *lanes, HttpTask *task, bool is_write)
{
	Lane *lane = is_write ? &lanes->write : &lanes->slow;
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
	g_free(lanes->threads);
	g_free(lanes);
}
