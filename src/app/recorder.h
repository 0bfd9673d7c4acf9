/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "http/request.h"
#include "http/response.h"

/* Writes what pages have no transaction for, and signs the ledger now and then, on a thread and a connection
 * of its own. What is only queued when the machine loses power is lost; what may not be is waited for.
 * Nothing of this makes pages new (db_txn_keep_version()). */
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

/* Writes that an answer is about to leave the program, and waits until that is on the disk. Fails as
 * db_txn_commit() does; the answer may not leave then. Blocks: not for an event loop. */
bool app_recorder_export_now(
    AppRecorder *recorder, const HttpRequest *request, const HttpResponse *response, GError **error);

/* Queues that the session of a request is in use. */
void app_recorder_touch(AppRecorder *recorder, const AppGate *gate, const HttpRequest *request);
