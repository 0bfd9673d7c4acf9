/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/incoming.h"
#include "base/app-error.h"

#include <string.h>

/* Gives the permission of the page at a path; NULL: there is none. */
static const char *
permission_of(const AppDispatcher *dispatcher, const char *path)
{
	const GPtrArray *modules = dispatcher->app->modules;

	for (guint i = 0; i < modules->len; i++) {
		const HttpRoute *route = ((const AppModule *)g_ptr_array_index(modules, i))->routes;

		for (; route != NULL && route->pattern != NULL; route++)
			if (route->method == HTTP_GET && strcmp(route->pattern, path) == 0)
				return route->permission;
	}
	return NULL;
}

/* The menu needs no permissions of its own: an entry has that of its page. */
static bool
collect_nav(AppDispatcher *dispatcher, const AppModule *module, GError **error)
{
	for (const LayoutNavItem *item = module->nav; item != NULL && item->path != NULL; item++) {
		AppNav nav = {*item, permission_of(dispatcher, item->path)};

		if (nav.permission == NULL) {
			g_set_error(error, APP_ERROR, APP_ERROR_INTERNAL,
			    "%s: the entry %s of the menu leads to no page", module->name, item->path);
			return false;
		}
		g_array_append_val(dispatcher->nav, nav);
	}
	return true;
}

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
		if (!collect_nav(dispatcher, module, error))
			return false;
	}
	for (int i = 0; i < LAYOUT_NAV_MAX; i++)
		dispatcher->nav_permissions[i] = permission_of(dispatcher, LAYOUT_NAV[i].path);
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
	dispatcher->nav = g_array_new(FALSE, FALSE, sizeof(AppNav));
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
