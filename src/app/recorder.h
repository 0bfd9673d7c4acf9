/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "http/request.h"
#include "http/response.h"

/* Writes into the ledger what pages have no transaction for, and signs it now and then, on a thread and a
 * connection of its own: no page waits for it. What stands in the queue when the machine loses power is lost.
 */
typedef struct AppRecorder AppRecorder;

/* Signs what is there and goes on. Fails as app_open_writer() and ledger_key_load() do. */
bool app_recorder_start(App *app, AppRecorder **ret_recorder, GError **error);

/* Writes what still waits, signs, and ends; takes NULL. */
void app_recorder_stop(AppRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AppRecorder, app_recorder_stop)

/* Queues that an answer left the program. */
void app_recorder_export(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response);

/* Queues that somebody read personal data. */
void app_recorder_read(AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response);
