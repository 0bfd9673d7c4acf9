/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/checkpoint.h"

#include "storage/backend.h"

#define EVERY_US ((int64_t)500 * 1000)

struct DbCheckpointer {
	Db *db, *writer;
	GThread *thread;
	GMutex mutex;
	GCond is_changed;
	bool is_stopping;
};

/* False where it is to end. */
static bool
rest(DbCheckpointer *checkpointer)
{
	g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new(&checkpointer->mutex);
	int64_t until_us = g_get_monotonic_time() + EVERY_US;

	while (!checkpointer->is_stopping)
		if (!g_cond_wait_until(&checkpointer->is_changed, &checkpointer->mutex, until_us))
			break;
	return !checkpointer->is_stopping;
}

static gpointer
run(gpointer data)
{
	DbCheckpointer *checkpointer = data;

	/* What fails now is tried again: nothing is lost by a log that is long. */
	while (rest(checkpointer))
		checkpointer->db->backend->checkpoint(checkpointer->db);
	return NULL;
}

bool
db_checkpointer_start(const char *location, Db *writer, DbCheckpointer **ret_checkpointer, GError **error)
{
	g_autoptr(DbCheckpointer) checkpointer = NULL;

	*ret_checkpointer = NULL;
	if (writer->backend->checkpoint == NULL)
		return true;
	checkpointer = g_new0(DbCheckpointer, 1);
	g_mutex_init(&checkpointer->mutex);
	g_cond_init(&checkpointer->is_changed);
	if (!db_open(location, DB_WRITE, &checkpointer->db, error))
		return false;
	checkpointer->writer = writer;
	writer->backend->checkpoint_alone(writer, false);
	checkpointer->thread = g_thread_new("checkpoint", run, checkpointer);
	*ret_checkpointer = g_steal_pointer(&checkpointer);
	return true;
}

static void
end_thread(DbCheckpointer *checkpointer)
{
	g_mutex_lock(&checkpointer->mutex);
	checkpointer->is_stopping = true;
	g_cond_signal(&checkpointer->is_changed);
	g_mutex_unlock(&checkpointer->mutex);
	g_thread_join(checkpointer->thread);
	checkpointer->writer->backend->checkpoint_alone(checkpointer->writer, true);
}

void
db_checkpointer_stop(DbCheckpointer *checkpointer)
{
	if (checkpointer == NULL)
		return;
	if (checkpointer->thread != NULL)
		end_thread(checkpointer);
	db_free(checkpointer->db);
	g_mutex_clear(&checkpointer->mutex);
	g_cond_clear(&checkpointer->is_changed);
	g_free(checkpointer);
}
