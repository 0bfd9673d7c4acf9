/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"
#include "http/request.h"
#include "http/response.h"

/* From a request to a module's page: static files, routes, ETags, error pages. It knows no socket. */
typedef struct AppDispatcher AppDispatcher;

/* Collects the routes of all modules and opens a reading connection for each of `n_workers` threads. `app`
 * and `version` must outlive it. Fails as db_open() and http_router_add(). */
bool app_dispatcher_new(
    App *app, unsigned n_workers, const char *version, AppDispatcher **ret_dispatcher, GError **error);
void app_dispatcher_free(AppDispatcher *dispatcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppDispatcher, app_dispatcher_free)

/* An HttpHandle: answers one request, whatever it is. `dispatcher` is an AppDispatcher. */
void app_dispatch(HttpRequest *request, HttpResponse *response, void *dispatcher);
