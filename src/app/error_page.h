/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "html/layout.h"
#include "http/response.h"

/* What a person reads when a page cannot be shown: what happened and what to do next. The reason for the log
 * is never shown. */

typedef struct AppErrorView {
	LayoutView layout;
	int status;
	const char *what;
	const char *problem; /* what is wrong with what the user gave; NULL */
	const char *advice;
	const HttpRequest *kept; /* a form that can be sent again as it was; NULL */
} AppErrorView;

/* Makes `response` the answer of an error status, in the format the request asks for. */
void app_error_page(const HttpRequest *request, int status, HttpResponse *response);
