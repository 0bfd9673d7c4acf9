/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/link.h"
#include "html/parts.h"
#include "http/query.h"

/* A list whose rows are all read and whose filters stand in its address: the pages it is cut into, and the
 * same list as data. */

#define LIST_PAGE_ROWS 50
#define LIST_PAGE_PARAM "trang"

typedef struct ListPage {
	LinkBase base; /* the list with its filters, its first page */
	PartPager pager;
	size_t first, n; /* of the rows: this page */
	const char *csv_url, *json_url;
} ListPage;

/* path: of the list. names: the query's filters, in the order of `values`, without the page. Strings are
 * borrowed. */
void list_page_begin(ListPage *page, Arena *arena, const char *path, const char *const *names,
    const HttpValue *values, size_t n_names);

/* Cuts `total` rows into pages and takes the number-th, or the nearest there is. */
void list_page_cut(ListPage *page, Arena *arena, const char *noun, size_t total, size_t number);
