/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/server.h"

#include <glib.h>
#include <stdbool.h>

/* Threads beside the event loops, for requests that may not hold one up: one that writes, in the order in
 * which the requests came, some for pages that take long to make, and some for heavy work. */
typedef struct HttpLanes HttpLanes;

/* One request that waits. Embedded in what it is about. */
typedef struct HttpTask {
	void (*run)(struct HttpTask *task, unsigned worker); /* alone */
	/* In a group of the writer's (http/server.h): gives what the group's handler works with, then ends.
	 */
	HttpTurn *(*join)(struct HttpTask *task, unsigned worker);
	void (*leave)(struct HttpTask *task);
} HttpTask;

/* The writer gets options->n_workers as its number, the slow ones those behind it. `options` must outlive the
 * lanes. */
HttpLanes *http_lanes_start(const HttpServerOptions *options);

/* Queues a task; false where too many wait or the lanes are stopping. The task is run exactly once. */
bool http_lanes_push(HttpLanes *lanes, HttpTask *task, HttpOutcome where);

/* Runs what is queued, then ends the threads; nothing can be queued any more. */
void http_lanes_stop(HttpLanes *lanes);
void http_lanes_free(HttpLanes *lanes);
