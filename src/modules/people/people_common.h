/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/response.h"
#include "http/router.h"
#include "modules/identity/identity_people.h"

/* What the pages of units and people share. */

#define UNITS_PATH "/don-vi"
#define PEOPLE_PATH "/nguoi"
#define SETUP_PATH "/thiet-lap"
#define PEOPLE_PAGE_ROWS 50

IdentityScope people_scope_of(const HttpRequest *request);
AgencyScope people_units_of(const HttpRequest *request);

/* A day as a browser sends it ("2026-12-15"); `fallback` for an empty text. False where it is none. */
bool people_day(const char *text, int32_t fallback, int32_t *ret_day);

/* A positive number; 0 for anything else. */
int64_t people_number(const char *text);

/* "từ 15/12/2026", "từ trước đến nay"; in the arena. */
const char *people_since(Arena *arena, int32_t day);
/* The index-th word, or -1. */
int people_word(const char *const *words, size_t n, const char *word);

bool people_may_change(const HttpRequest *request);

/* A page of a list whose filters stand in the address, and the way to the others. */
typedef struct PeoplePage {
	LinkBase base;
	PartPager pager;
	size_t first, n; /* of the rows: this page */
	const char *csv_url, *json_url;
} PeoplePage;

/* path: of the list. names: the query's filters, in the order of `values`. */
void people_page_begin(PeoplePage *page, Arena *arena, const char *path, const char *const *names,
    const HttpValue *values, size_t n_names);

/* Cuts `total` rows into pages and takes the number-th, or the nearest there is. */
void people_page_cut(PeoplePage *page, Arena *arena, const char *noun, size_t total, size_t number);

/* {% call people_problem(…) %}: what is wrong; nothing for NULL. */
void people_problem(GString *out, const char *problem);
