/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "app/app.h"
#include "html/layout.h"
#include "http/request.h"
#include "storage/db.h"

/* What a page's handler works with, besides its request. */
typedef struct AppContext {
	Db *db; /* this thread's. For a page it only reads, inside one transaction that lasts as long as the
		   request; for a form it writes, and the handler begins the transaction */
	int64_t commune_id;
	const char *commune_name; /* NULL until it is known */
	const char *province;     /* NULL where it is not known */
	int64_t now_us;
	int32_t today;                 /* day number */
	const LayoutNavItem *more_nav; /* the modules' own entries of the menu, in order: for LayoutView */
	size_t n_more_nav;
	const char *version;          /* of the program */
	const char *directory;        /* the data directory */
	const AppVisitor *visitor;    /* who sent the request; NULL before that is known */
	const AppGate *gate;          /* NULL: everything is open */
	const HttpRoute *route;       /* that answers; NULL before it is found */
	const GPtrArray *modules;     /* of const AppModule * (app/module.h); NULL: none */
	LayoutVisitor layout_visitor; /* the same for LayoutView */
	App *app;                     /* for handlers of forms alone: app_db() is their `db` */
} AppContext;

static inline const AppContext *
app_context(const HttpRequest *request)
{
	return request->context;
}

/* The layout of a page of the program, with what every page shows; the page adds what is its own. */
LayoutView app_layout(const HttpRequest *request, const char *title);
