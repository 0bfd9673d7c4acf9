/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/incoming.h"

static bool
collect_modules(AppDispatcher *dispatcher, GError **error)
{
	for (guint i = 0; i < dispatcher->app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(dispatcher->app->modules, i);

		if (module->gate != NULL)
			dispatcher->gate = module->gate;
		if (module->routes != NULL && !http_router_add(dispatcher->router, module->routes, error)) {
			g_prefix_error(error, "%s: ", module->name);
			return false;
		}
		for (const LayoutNavItem *item = module->nav; item != NULL && item->path != NULL; item++)
			g_array_append_val(dispatcher->nav, *item);
	}
	return true;
}

static bool
open_workers(AppDispatcher *dispatcher, const char *version, GError **error)
{
	App *app = dispatcher->app;

	for (unsigned i = 0; i < dispatcher->n_all; i++) {
		AppWorker *worker = &dispatcher->workers[i];

		worker->context = (AppContext){
		    .commune_id = app_commune(app)->commune_id,
		    .more_nav = (const LayoutNavItem *)(const void *)dispatcher->nav->data,
		    .n_more_nav = dispatcher->nav->len,
		    .version = version,
		    .directory = app_directory(app),
		    .app = app,
		    .gate = dispatcher->gate,
		};
		if (i == dispatcher->n_workers)
			worker->context.db = app_db(app);
		else if (!app_open_reader(app, &worker->context.db, error))
			return false;
		if (!app_worker_refresh(worker, error))
			return false;
	}
	return true;
}

bool
app_dispatcher_new(App *app, unsigned n_workers, unsigned n_slow, const char *version,
    AppDispatcher **ret_dispatcher, GError **error)
{
	g_autoptr(AppDispatcher) dispatcher = g_new0(AppDispatcher, 1);

	dispatcher->app = app;
	dispatcher->started_us = g_get_real_time();
	dispatcher->router = http_router_new();
	dispatcher->nav = g_array_new(FALSE, FALSE, sizeof(LayoutNavItem));
	dispatcher->n_workers = n_workers;
	dispatcher->n_all = n_workers + 1 + n_slow;
	dispatcher->workers = g_new0(AppWorker, dispatcher->n_all);
	if (!app_incoming_prepare(app_directory(app), &dispatcher->incoming, error) ||
	    !collect_modules(dispatcher, error) || !open_workers(dispatcher, version, error))
		return false;
	*ret_dispatcher = g_steal_pointer(&dispatcher);
	return true;
}

void
app_dispatcher_set_on_write(AppDispatcher *dispatcher, void (*on_write)(void *data), void *data)
{
	dispatcher->on_write = on_write;
	dispatcher->on_write_data = data;
}

void
app_dispatcher_set_recorder(AppDispatcher *dispatcher, AppRecorder *recorder)
{
	dispatcher->recorder = recorder;
}

void
app_dispatcher_free(AppDispatcher *dispatcher)
{
	if (dispatcher == NULL)
		return;
	for (unsigned i = 0; i < dispatcher->n_all; i++) {
		if (i != dispatcher->n_workers)
			db_free(dispatcher->workers[i].context.db);
		app_commune_clear(&dispatcher->workers[i].commune);
	}
	g_free(dispatcher->workers);
	g_free(dispatcher->incoming);
	g_array_unref(dispatcher->nav);
	http_router_free(dispatcher->router);
	g_free(dispatcher);
}
