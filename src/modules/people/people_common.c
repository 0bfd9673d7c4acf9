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

void
people_page_begin(PeoplePage *page, Arena *arena, const char *path, const char *const *names,
    const HttpValue *values, size_t n_names)
{
	LinkParam *params = arena_array(arena, LinkParam, n_names);
	LinkBase csv, json;

	for (size_t i = 0; i < n_names; i++)
		params[i] = (LinkParam){names[i], values[i].is_set ? values[i].text : NULL};
	page->base = csv = json = (LinkBase){path, params, n_names};
	csv.path = arena_printf(arena, "%s.csv", path);
	json.path = arena_printf(arena, "%s.json", path);
	page->csv_url = link_with(arena, &csv, NULL, 0);
	page->json_url = link_with(arena, &json, NULL, 0);
}

static const char *
page_url(const PeoplePage *page, Arena *arena, size_t number)
{
	const LinkParam change = {"trang", number > 1 ? arena_printf(arena, "%zu", number) : NULL};

	return link_with(arena, &page->base, &change, 1);
}

void
people_page_cut(PeoplePage *page, Arena *arena, const char *noun, size_t total, size_t number)
{
	size_t n_pages = (total + PEOPLE_PAGE_ROWS - 1) / PEOPLE_PAGE_ROWS;
	PartPager *pager = &page->pager;

	number = CLAMP(number, 1, MAX(n_pages, 1));
	page->first = (number - 1) * PEOPLE_PAGE_ROWS;
	page->n = MIN(total - page->first, (size_t)PEOPLE_PAGE_ROWS);
	*pager = (PartPager){.noun = noun, .total = (int64_t)total};
	if (page->n == 0)
		return;
	pager->first = (int64_t)page->first + 1;
	pager->last = (int64_t)(page->first + page->n);
	if (number > 1) {
		pager->first_url = page_url(page, arena, 1);
		pager->previous_url = page_url(page, arena, number - 1);
	}
	if (number < n_pages) {
		pager->next_url = page_url(page, arena, number + 1);
		pager->last_url = page_url(page, arena, n_pages);
	}
}
