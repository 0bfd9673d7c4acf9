/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/error_page.h"
#include "base/app-error.h"
#include "storage/txn.h"

/* What the writer's thread does: it answers the requests that wait, each in transactions of its own that are
 * parts of one group, commits once, and only then lets the answers out (docs/adr/0020-group-commit.md). */

/* Nothing of the group was written: no answer may say otherwise, nor anything kept in memory. */
static void
take_back(AppDispatcher *dispatcher, const GPtrArray *turns, const GError *error)
{
	const GPtrArray *modules = dispatcher->app->modules;
	int status = app_error_http_status(error);

	dispatcher->workers[dispatcher->n_workers].version = APP_VERSION_UNKNOWN;
	for (guint i = 0; i < modules->len; i++) {
		const AppModule *module = g_ptr_array_index(modules, i);

		if (module->forget != NULL)
			module->forget();
	}
	for (guint i = 0; i < turns->len; i++) {
		HttpTurn *turn = g_ptr_array_index(turns, i);

		http_response_reset(turn->response);
		app_dispatch_failure(dispatcher, turn->request, turn->response, status, error);
		turn->outcome = HTTP_ANSWERED;
	}
}

static void
answer_all(AppDispatcher *dispatcher, HttpGroup *group, const DbGroup *writes, GPtrArray *turns)
{
	HttpTurn *turn;

	while ((writes == NULL || !db_group_is_lost(writes)) && (turn = group->next(group)) != NULL) {
		g_ptr_array_add(turns, turn);
		if (writes != NULL)
			turn->outcome = app_dispatch(turn->request, turn->response, dispatcher);
	}
}

void
app_dispatch_group(HttpGroup *group, void *data)
{
	AppDispatcher *dispatcher = data;
	Db *db = dispatcher->workers[dispatcher->n_workers].context.db;
	g_autoptr(GPtrArray) turns = g_ptr_array_new();
	g_autoptr(DbGroup) writes = NULL;
	g_autoptr(GError) error = NULL;
	bool is_begun = db_group_begin(db, &writes, &error);

	dispatcher->is_in_group = true;
	dispatcher->has_written = false;
	answer_all(dispatcher, group, writes, turns);
	dispatcher->is_in_group = false;
	if (!is_begun || !db_group_commit(writes, &error)) {
		g_clear_pointer(&writes, db_group_free);
		take_back(dispatcher, turns, error);
	} else if (dispatcher->has_written) {
		app_dispatch_wrote(dispatcher);
	}
}
