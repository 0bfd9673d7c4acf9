/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http/response.h"

void
http_response_reset(HttpResponse *response)
{
	GString *body = response->body;

	g_string_truncate(body, 0);
	*response = (HttpResponse){.status = 200, .content_type = "text/html; charset=utf-8", .body = body};
}

void
http_response_redirect(HttpResponse *response, const char *location)
{
	http_response_reset(response);
	response->status = 303;
	response->cache = HTTP_CACHE_NONE;
	response->location = location;
}
