/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/response.h"

#include <glib.h>

/* Where a request is answered. Event loops are workers 0 to n_workers - 1; the one thread that writes is
 * worker n_workers, and behind it come n_slow workers for pages that take long to make and n_heavy for what
 * keeps a core busy. */
typedef enum {
	HTTP_ANSWERED,
	HTTP_NEEDS_WRITER, /* ask again on the writer's thread */
	HTTP_NEEDS_TIME,   /* ask again on a slow worker's */
	HTTP_NEEDS_POWER,  /* ask again on a heavy worker's: passwords are hashed there, so that no page waits
			      for them */
} HttpOutcome;

/* Answers a request on the thread of request->worker. An event loop may be refused; where request->may_block
 * it always leaves a response. */
typedef HttpOutcome (*HttpHandle)(HttpRequest *request, HttpResponse *response, void *data);

/* One request that waits for the writer's thread, and where its answer goes. */
typedef struct HttpTurn {
	HttpRequest *request;
	HttpResponse *response;
	HttpOutcome outcome; /* to be set; HTTP_ANSWERED where nothing else is said */
} HttpTurn;

/* Requests that the writer answers together. */
typedef struct HttpGroup {
	/* Takes the next one, in the order in which they came; NULL: none waits, or the group has become too
	 * large or takes too long. It lives until the group's handler returns. */
	HttpTurn *(*next)(struct HttpGroup *group);
} HttpGroup;

/* Answers all requests of a group, of which there is at least one, on the writer's thread. No answer is sent
 * before it returns, so what they changed can be made lasting at one go. */
typedef void (*HttpHandleGroup)(HttpGroup *group, void *data);

/* Says, before the body of a POST is read, what it may hold: 0, or the status to answer instead. */
typedef int (*HttpAdmit)(HttpRequest *request, HttpBodyRules *ret_rules, void *data);

typedef struct HttpServerOptions {
	const char *address;      /* "127.0.0.1", "::1", "0.0.0.0" */
	uint16_t port;            /* 0: any free one */
	unsigned n_workers;       /* 0: one for each core */
	unsigned connections_max; /* 0: HTTP_CONNECTIONS_MAX */
	unsigned per_address_max; /* 0: HTTP_CONNECTIONS_PER_ADDRESS_MAX */
	unsigned header_ms;       /* 0: HTTP_HEADER_SECONDS */
	unsigned body_grace_ms;   /* 0: HTTP_BODY_GRACE_SECONDS */
	unsigned response_ms;     /* 0: HTTP_RESPONSE_SECONDS; of answers that are large */
	unsigned n_slow;          /* threads for slow pages, at least 1 where there are any */
	unsigned n_heavy;         /* threads for heavy work; 0: the slow ones do it */
	HttpAdmit admit;          /* NULL: no body is taken */
	HttpHandle handle;
	HttpHandleGroup handle_group; /* NULL: the writer answers one by one, by `handle` */
	void *data;
} HttpServerOptions;

/* N workers, each a thread with its own event loop, and one thread that accepts and deals connections in
 * turn. */
typedef struct HttpServer HttpServer;

/* How many workers 0 stands for on this machine. */
unsigned http_default_workers(void);

/* Opens the port and starts to answer.
 * Fails with APP_ERROR_INVALID (no such address), APP_ERROR_CONFLICT (the port is taken), APP_ERROR_FORBIDDEN
 * (no right to the port), APP_ERROR_INTERNAL. */
bool http_server_start(const HttpServerOptions *options, HttpServer **ret_server, GError **error);

/* The port that is listened to. */
uint16_t http_server_port(const HttpServer *server);

/* Closes the port, ends the answers under way and the threads. */
void http_server_stop(HttpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HttpServer, http_server_stop)
