/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

typedef struct AppServeOptions {
	const char *address;
	uint16_t port;      /* 0: any free one */
	unsigned n_workers; /* 0: one for each core */
	const char *version;
	const char *
	    program; /* path of `namro`, to make backups with when their time has come; NULL: none are made */
} AppServeOptions;

/* The pages of all modules, being served. */
typedef struct AppService AppService;

/* Starts to answer; `app` must outlive the service. Fails as http_server_start(), db_open() and
 * http_router_add(). */
bool app_serve(App *app, const AppServeOptions *options, AppService **ret_service, GError **error);
uint16_t app_service_port(const AppService *service);
void app_service_stop(AppService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppService, app_service_stop)
