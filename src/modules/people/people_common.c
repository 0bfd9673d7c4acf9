/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/people/people_common.h"

#include "base/csv.h"
#include "base/date.h"

#include <string.h>

IdentityScope
people_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (IdentityScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

AgencyScope
people_units_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (AgencyScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

bool
people_day(const char *text, int32_t fallback, int32_t *ret_day)
{
	if (*text != '\0')
		return date_parse_iso(text, ret_day);
	*ret_day = fallback;
	return true;
}

int64_t
people_number(const char *text)
{
	guint64 number;

	return g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT32, &number, NULL) ? (int64_t)number : 0;
}

const char *
people_since(Arena *arena, int32_t day)
{
	return day == AGENCY_SINCE_EVER ? "từ trước đến nay"
					: arena_printf(arena, "từ %s", date_text_vi(arena, day));
}

int
people_word(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (words[i] != NULL && strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

bool
people_may_change(const HttpRequest *request)
{
	const AppVisitor *visitor = app_context(request)->visitor;

	return visitor != NULL && (visitor->is_open || app_visitor_may(visitor, APP_ACCOUNTS));
}
