/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "app/dispatch.h"
#include "app/recorder.h"
#include "http/router.h"

#define APP_VERSION_UNKNOWN (-1)

/* What one thread of the server has to itself. */
typedef struct AppWorker {
	AppContext context;
	AppCommune commune; /* as of `version` */
	int64_t version;    /* of the store; APP_VERSION_UNKNOWN */
} AppWorker;

/* An entry of the menu, and the permission of the page it leads to. */
typedef struct AppNav {
	LayoutNavItem item;
	const char *permission;
} AppNav;

struct AppDispatcher {
	App *app;
	HttpRouter *router;
	AppWorker *workers;
	unsigned n_workers, n_all; /* event loops; with the writer and the slow ones */
	char *incoming;            /* where files are put while they arrive */
	void (*on_write)(void *data);
	void *on_write_data;
	bool is_in_group, has_written;               /* the writer's alone */
	AppRecorder *recorder;                       /* NULL: exports are not noted */
	GArray *nav;                                 /* of AppNav */
	const char *nav_permissions[LAYOUT_NAV_MAX]; /* of the main places; NULL: no page of this program */
	const AppGate *gate;                         /* NULL: everything is open */
	int64_t started_us; /* part of every ETag: a new program may render the same data otherwise */
};

/* Brings the worker to the store's present state; a commune may get its name while it is served. */
bool app_worker_refresh(AppWorker *worker, GError **error);

/* A page has changed the store for good. */
void app_dispatch_wrote(AppDispatcher *dispatcher);

/* Answers that a request, which was to be answered already, has failed after all. */
void app_dispatch_failure(
    AppDispatcher *dispatcher, HttpRequest *request, HttpResponse *response, int status, const GError *error);
