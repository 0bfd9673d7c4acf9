/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_rule.h"
#include "app/list_page.h"
#include "http/response.h"

#include <glib.h>

/* Pages of dated rules: which of them are shown, by standing and words, and how one is ended. Those that are
 * over come last. */

#define DATED_LIST_SHORT 10 /* rules that need no search */

/* A rule that goes into a list. Strings are borrowed. */
typedef struct DatedEntry {
	const void *rule;
	DatedSpan days;
	const char *key;    /* in the address of the form that ends it */
	const char *words;  /* what is searched, besides the source */
	const char *source; /* its ground */
	bool stays;         /* it may not be ended */
} DatedEntry;

/* One of them as the page shows it. */
typedef struct DatedRow {
	const DatedEntry *entry;
	DatedStanding standing;
	const char *days;
	PartEnding ending; /* action NULL: it cannot be ended, or not any more */
} DatedRow;

/* The form that ends a rule, as it was sent and refused. */
typedef struct DatedTyped {
	const char *key, *last_day, *source; /* key NULL: none was sent */
} DatedTyped;

typedef struct DatedList {
	Arena *arena;
	const char *path, *noun; /* noun: "loại đơn vị" */
	int32_t today;
	const char *today_iso;
	DatedTyped typed; /* set before the list is filled */
	/* What is asked for. */
	const char *words; /* as typed; "" */
	int standing;      /* a DatedStanding; -1: all */
	size_t number;     /* of the page */
	/* What there is. */
	size_t n_all, n_of[DATED_STANDING_MAX]; /* whatever is asked for */
	DatedRow *rows;
	size_t n_rows; /* that fit; `page` cuts them */
	bool is_filtered;
	ListPage page;
} DatedList;

/* Begins the list of a page at `path` with the filters of the request's address. Fails as http_query_parse().
 */
bool dated_list_begin(
    HttpRequest *request, const char *path, const char *noun, DatedList *ret_list, GError **error);

/* Chooses, orders and cuts the entries, which are borrowed. A rule whose ending was refused is on the page
 * that is shown (list->typed). */
void dated_list_fill(DatedList *list, const DatedEntry *entries, size_t n_entries);

/* Leads back to the list from a form of one of its rows, with the filters that were on. */
void dated_list_return(const HttpRequest *request, const char *path, HttpResponse *response);

/* A standing in the address: "dang-dung". */
const char *dated_standing_word(DatedStanding standing);

/* {% call … %}: the filters, and a way down to the form "them" that adds one (add: its words; NULL: none),
 * nothing for a short list; the cell with a rule's standing, days and, where may_end, the form that ends it;
 * what stands below the rows; the line of exports. */
void dated_list_filters(GString *out, const DatedList *list, const char *add);
void dated_list_cell(GString *out, const DatedRow *row, bool may_end);
void dated_list_foot(GString *out, const DatedList *list);
void dated_list_exports(GString *out, const DatedList *list);
