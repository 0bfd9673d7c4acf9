/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/dispatch_internal.h"
#include "app/same_site.h"
#include "base/app-error.h"
#include "base/ceilings.h"
#include "storage/txn.h"

#include <string.h>

#define BODY_FILES_MAX 4                         /* of the largest size, in one request */
#define FORM_OVERHEAD_BYTES ((size_t)256 * 1024) /* boundaries and part headers of a form without files */

static bool
ask_module(const AppDispatcher *dispatcher, const HttpRoute *route, HttpRequest *request,
    HttpBodyRules *rules, GError **error)
{
	for (guint i = 0; i < dispatcher->app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(dispatcher->app->modules, i);

		for (const AppAdmit *admit = module->admits; admit != NULL && admit->pattern != NULL; admit++)
			if (strcmp(admit->pattern, route->pattern) == 0)
				return admit->admit(request, rules, error);
	}
	return true;
}

int
app_admit(HttpRequest *request, HttpBodyRules *ret_rules, void *data)
{
	AppDispatcher *dispatcher = data;
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;
	const HttpRoute *route;
	const char *allow;
	bool has_files, is_known;
	int status;

	dispatch_enter(dispatcher, request);
	status = dispatch_match(dispatcher, request, &route, &allow);
	if (status != 0)
		return status;
	if (route == NULL)
		return 405;
	has_files = (route->traits & HTTP_FILES) != 0;
	/* One look at the store: each statement by itself would take and leave the locks of a reader. */
	is_known = db_txn_begin_read(app_context(request)->db, &txn, &error) &&
		   dispatch_recognise(dispatcher, request, &error);
	if (!is_known && g_error_matches(error, APP_ERROR, APP_ERROR_BUSY)) {
		/* What was typed is taken all the same, to be kept in the page that says to try again. */
		*ret_rules = (HttpBodyRules){.body_bytes_max = HTTP_FORM_BYTES_MAX + FORM_OVERHEAD_BYTES,
		    .file_status = app_error_http_status(error)};
		return 0;
	}
	if (!is_known || !dispatch_check_host(dispatcher, request, &error))
		return app_error_http_status(error);
	switch (app_access_judge(app_context(request)->visitor, route)) {
	case APP_MUST_SIGN_IN:
		return 401;
	case APP_MUST_GO:
	case APP_MAY_NOT:
		return 403;
	case APP_MAY:
		break;
	}
	if (!app_same_site_check(request, &error))
		return app_error_http_status(error);
	*ret_rules = (HttpBodyRules){
	    .file_bytes_max = has_files ? LIMIT_SOURCE_BYTES : 0,
	    .body_bytes_max =
		HTTP_FORM_BYTES_MAX + (has_files ? BODY_FILES_MAX * LIMIT_SOURCE_BYTES : FORM_OVERHEAD_BYTES),
	    .directory = dispatcher->incoming,
	};
	if (has_files && !ask_module(dispatcher, route, request, ret_rules, &error))
		return app_error_http_status(error);
	return 0;
}
