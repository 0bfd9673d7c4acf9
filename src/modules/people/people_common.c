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

static const char *
stripped(const HttpRequest *request, const char *value)
{
	return value != NULL ? g_strstrip(arena_strdup(request->arena, value)) : "";
}

const char *
people_field(const HttpRequest *request, const char *name)
{
	return stripped(request, http_request_form(request, name));
}

const char *
people_query(const HttpRequest *request, const char *name)
{
	for (size_t i = 0; i < request->n_query; i++)
		if (strcmp(request->query[i].name, name) == 0)
			return stripped(request, request->query[i].value);
	return "";
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
people_day_text(Arena *arena, int32_t day)
{
	char text[DATE_ISO_SIZE];

	date_format_vi(day, text);
	return arena_strdup(arena, text);
}

const char *
people_since(Arena *arena, int32_t day)
{
	return day == AGENCY_SINCE_EVER ? "từ trước đến nay"
					: arena_printf(arena, "từ %s", people_day_text(arena, day));
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

void
people_begin_csv(HttpResponse *response, const char *filename)
{
	response->content_type = "text/csv; charset=utf-8";
	response->filename = filename;
	csv_begin(response->body);
}

void
people_begin_json(HttpResponse *response)
{
	response->content_type = "application/json; charset=utf-8";
}
