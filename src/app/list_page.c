/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list_page.h"

void
list_page_begin(ListPage *page, Arena *arena, const char *path, const char *const *names,
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
page_url(const ListPage *page, Arena *arena, size_t number)
{
	const LinkParam change = {LIST_PAGE_PARAM, number > 1 ? arena_printf(arena, "%zu", number) : NULL};

	return link_with(arena, &page->base, &change, 1);
}

void
list_page_cut(ListPage *page, Arena *arena, const char *noun, size_t total, size_t number)
{
	size_t n_pages = (total + LIST_PAGE_ROWS - 1) / LIST_PAGE_ROWS;
	PartPager *pager = &page->pager;

	number = CLAMP(number, 1, MAX(n_pages, 1));
	page->first = (number - 1) * LIST_PAGE_ROWS;
	page->n = MIN(total - page->first, (size_t)LIST_PAGE_ROWS);
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
