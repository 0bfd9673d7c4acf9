/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document.h"
#include "modules/plan/plan_page.h"

/* What lists and cards of a plan's items share, whatever the items are: the group rows above a row, the
 * heading over a card, and the sentence an item was read from. */

/* Appends the group rows (PlanGroupInfo *) that items of the groups first … last can stand under; nothing
 * where `last` is 0. */
bool plan_list_groups_above(
    const PlanPage *page, int64_t first, int64_t last, GPtrArray *ret_groups, GError **error);

/* Writes the group rows to open above an item of `group_no`, the outer one first, where the item before it
 * stands in the group `before` (0: in none); gives how many. groups: of PlanGroupInfo *. */
size_t
plan_open_groups(const GPtrArray *groups, int64_t group_no, int64_t before, const PlanGroupInfo *ret_open[2]);

/* Gives where an item stands, in the page's arena: "Phụ lục II · 3. Hạ tầng số". An item without a group
 * stands in `section`; NULL. */
bool plan_item_heading(const PlanPage *page, int64_t annex_no, int64_t group_no, const char *section,
    const char **ret_heading, GError **error);

/* Where an item was read. */
typedef struct PlanItemSource {
	const DocumentQuote *quote; /* NULL: no place in the source */
	const char *url;            /* of that place; NULL without one */
} PlanItemSource;

bool plan_item_source(const PlanPage *page, const char *item, PlanItemSource *ret_source, GError **error);

/* {% call plan_item_source_card(…) %}: the sentence with the item marked. noun: "nhiệm vụ". */
void plan_item_source_card(GString *out, const PlanItemSource *source, const char *noun);
