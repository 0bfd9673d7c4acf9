/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/parts.h"

#include <string.h>

static PartSortOrder
current_order(const char *value, const char *key)
{
	if (value == NULL)
		return PART_SORT_NONE;
	if (value[0] == '-')
		return strcmp(value + 1, key) == 0 ? PART_SORT_DOWN : PART_SORT_NONE;
	return strcmp(value, key) == 0 ? PART_SORT_UP : PART_SORT_NONE;
}

PartSort
part_sort_make(Arena *arena, const LinkBase *base, const char *param, const char *page_param, const char *key,
    const char *label)
{
	PartSortOrder order = current_order(link_value(base, param), key);
	const LinkParam changes[] = {
	    {param, order == PART_SORT_UP ? arena_printf(arena, "-%s", key) : key},
	    {page_param, NULL},
	};

	return (PartSort){
	    .label = label,
	    .url = link_with(arena, base, changes, page_param == NULL ? 1 : 2),
	    .order = order,
	};
}
