/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_item.h"

#define GROUP_REACH 64 /* group rows before the first one of a page among which its parent is looked for */

bool
plan_list_groups_above(
    const PlanPage *page, int64_t first, int64_t last, GPtrArray *ret_groups, GError **error)
{
	return last == 0 ||
	       plan_list_groups(&page->scope, first - GROUP_REACH, last, page->arena, ret_groups, error);
}

/* The group row of a number among those that were read; NULL. */
static const PlanGroupInfo *
find_group(const GPtrArray *groups, int64_t group_no)
{
	for (guint i = 0; i < groups->len; i++) {
		const PlanGroupInfo *group = g_ptr_array_index(groups, i);

		if (group->group_no == group_no)
			return group;
	}
	return NULL;
}

size_t
plan_open_groups(const GPtrArray *groups, int64_t group_no, int64_t before, const PlanGroupInfo *ret_open[2])
{
	const PlanGroupInfo *own, *parent, *other;
	size_t n = 0;

	if (group_no == 0 || group_no == before)
		return 0;
	own = find_group(groups, group_no);
	other = find_group(groups, before);
	parent = own != NULL ? find_group(groups, own->parent_no) : NULL;
	if (own != NULL && other != NULL && other->parent_no == own->group_no)
		return 0; /* back under the outer group row, which stands above already */
	if (parent != NULL && (other == NULL || (other != parent && other->parent_no != parent->group_no)))
		ret_open[n++] = parent;
	if (own != NULL)
		ret_open[n++] = own;
	return n;
}

bool
plan_item_heading(const PlanPage *page, int64_t annex_no, int64_t group_no, const char *section,
    const char **ret_heading, GError **error)
{
	g_autoptr(GPtrArray) groups = g_ptr_array_new();
	const char *annex = plan_page_annex_title(page, plan_page_annex(page, annex_no));
	const PlanGroupInfo *group;

	if (!plan_list_groups(&page->scope, group_no, group_no, page->arena, groups, error))
		return false;
	group = groups->len > 0 ? g_ptr_array_index(groups, 0) : NULL;
	if (group != NULL)
		*ret_heading = arena_printf(page->arena, "%s · %s%s%s", annex,
		    group->no != NULL ? group->no : "", group->no != NULL ? ". " : "", group->title);
	else if (section != NULL)
		*ret_heading = arena_printf(page->arena, "%s · %s", annex, section);
	else
		*ret_heading = annex;
	return true;
}

bool
plan_item_source(const PlanPage *page, const char *item, PlanItemSource *ret_source, GError **error)
{
	DocumentQuote *quote;

	if (!document_quote(page->scope.db, page->scope.commune_id, page->plan->document_id, item,
		page->arena, &quote, error))
		return false;
	*ret_source = (PlanItemSource){.quote = quote};
	if (quote != NULL)
		ret_source->url = plan_page_link(page, "/van-ban", "muc=%s#b%" G_GINT64_FORMAT,
		    plan_page_encode(page, item), quote->block_no);
	return true;
}
