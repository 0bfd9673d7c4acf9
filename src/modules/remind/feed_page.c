/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/app-error.h"
#include "modules/remind/pages/feeds.html.h"
#include "modules/remind/remind_pages.h"

#include <string.h>

#define SUFFIX ".ics"

static bool
show(HttpRequest *request, HttpResponse *response, const char *address, const char *problem, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autoptr(GArray) feeds = g_array_new(FALSE, FALSE, sizeof(RemindFeed));
	RemindFeedsView view = {.arena = request->arena,
	    .feeds = feeds,
	    .address = address,
	    .problem = problem,
	    .is_nobody = scope.actor.person_id == 0};

	if (!remind_feed_list(&scope, feeds, error))
		return false;
	remind_fill_layout(request, "Lịch trên điện thoại", &view.layout);
	remind_feeds_page(response->body, &view);
	return true;
}

bool
remind_feeds_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	return show(request, response, NULL, NULL, error);
}

/* The address is shown by the answer itself: it is kept nowhere, so no other page could. */
bool
remind_feed_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	char token[SECRET_TEXT_SIZE];
	const char *problem, *base_url;
	int64_t feed_no;

	if (!remind_feed_make(&scope, token, &feed_no, &problem, error) ||
	    !remind_base_url(request, &base_url, error))
		return false;
	if (problem != NULL) {
		response->status = 422;
		return show(request, response, NULL, problem, error);
	}
	response->cache = HTTP_CACHE_NONE;
	return show(request, response,
	    arena_printf(request->arena, "%s" REMIND_FEED_PATH "/%s" SUFFIX, base_url, token), NULL, error);
}

bool
remind_feed_revoke_post(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	int64_t feed_no;

	if (!http_request_param_int(request, "id", &feed_no, error) ||
	    !remind_feed_revoke(&scope, feed_no, error))
		return false;
	http_response_redirect(response, REMIND_FEEDS_PATH);
	return true;
}

/* No cookies: whoever has the address reads it. */
bool
remind_feed_show(HttpRequest *request, HttpResponse *response, GError **error)
{
	WorkScope scope = work_scope_of(request);
	g_autofree char *token = g_strdup(http_request_param(request, "ma")), *digest = NULL;
	const char *name, *base_url;
	int64_t feed_no, person_id;

	if (g_str_has_suffix(token, SUFFIX))
		token[strlen(token) - strlen(SUFFIX)] = '\0';
	scope.visitor = NULL;
	if (!remind_feed_find(&scope, token, &feed_no, &person_id, &name, error))
		return false;
	if (feed_no == 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có địa chỉ lịch này");
		return false;
	}
	if (!remind_base_url(request, &base_url, error) ||
	    !remind_feed_write(&scope, person_id, name, base_url, response->body, error))
		return false;
	digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, response->body->str, -1);
	response->content_type = "text/calendar; charset=utf-8";
	response->etag = arena_printf(request->arena, "\"%.32s\"", digest);
	response->filename = "lich-viec.ics";
	/* From here on, in the ledger too, the request goes by the feed's number: its address is a secret. */
	request->path = arena_printf(request->arena, REMIND_FEED_PATH "/%" G_GINT64_FORMAT, feed_no);
	if (http_etag_matches(request->if_none_match, response->etag)) {
		g_string_truncate(response->body, 0);
		response->status = 304;
	}
	return true;
}
