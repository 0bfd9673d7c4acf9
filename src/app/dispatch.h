/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "app/recorder.h"
#include "http/server.h"

/* From a request to a module's page: static files, routes, ETags, error pages. It knows no socket. Pages that
 * change something are answered on the writer's thread (http/server.h), and only where the form was sent from
 * a page of ours. */
typedef struct AppDispatcher AppDispatcher;

/* Collects the routes of all modules and opens a reading connection for each of n_workers event loops and
 * n_slow slow and heavy threads; the writer uses app_db(), which nobody else may use meanwhile. `app` and
 * `version` must outlive it. Fails as db_open() and http_router_add(). */
bool app_dispatcher_new(App *app, unsigned n_workers, unsigned n_slow, const char *version,
    AppDispatcher **ret_dispatcher, GError **error);
void app_dispatcher_free(AppDispatcher *dispatcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppDispatcher, app_dispatcher_free)

/* Calls `on_write` on the writer's thread after each page that may have changed something. */
void app_dispatcher_set_on_write(AppDispatcher *dispatcher, void (*on_write)(void *data), void *data);

/* Notes what leaves the program in the ledger; `recorder` must outlive the dispatcher. */
void app_dispatcher_set_recorder(AppDispatcher *dispatcher, AppRecorder *recorder);

/* An HttpHandle: answers one request, whatever it is. `dispatcher` is an AppDispatcher. */
HttpOutcome app_dispatch(HttpRequest *request, HttpResponse *response, void *dispatcher);

/* An HttpHandleGroup, on the writer's thread: answers as app_dispatch() does, and commits once what all have
 * changed. Where that fails every answer becomes the error's. */
void app_dispatch_group(HttpGroup *group, void *dispatcher);

/* An HttpAdmit. */
int app_admit(HttpRequest *request, HttpBodyRules *ret_rules, void *dispatcher);
