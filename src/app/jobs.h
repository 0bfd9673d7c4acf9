/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/app.h"

/* The work of the modules that goes on behind the pages (AppModule.work): for each module that has some, one
 * thread with a connection of its own, which sleeps while nothing waits. A module that waits for somebody
 * else, a mail server, holds up no other. */
typedef struct AppJobs AppJobs;

/* `app` must outlive the jobs. Fails as db_open(). */
bool app_jobs_start(App *app, AppJobs **ret_jobs, GError **error);

/* Says that there may be something to do. From any thread. */
void app_jobs_wake(AppJobs *jobs);

/* Cancels what is going on, and waits for its end. */
void app_jobs_stop(AppJobs *jobs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppJobs, app_jobs_stop)
