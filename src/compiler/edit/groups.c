/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "base/app-error.h"
#include "compiler/lex/date_expr.h"
#include "compiler/lex/folded.h"
#include "compiler/lex/marker.h"

#include <string.h>

/* How deep a number stands: Roman above integer above decimal; 0 without a number. */
static uint8_t
level_of(const char *no)
{
	g_autofree char *line = NULL;
	Marker marker;

	if (no == NULL || *no == '\0')
		return 0;
	line = g_strconcat(no, ". x", NULL);
	if (!marker_read(line, &marker))
		return 0;
	if (marker.kind == MARKER_ROMAN)
		return 1;
	return marker.kind == MARKER_DECIMAL && marker.n_parts <= 1 ? 2 : 3;
}

static Item
item_in(const Plan *plan, bool is_indicator, guint at)
{
	return is_indicator ? item_of_indicator(plan, at) : item_of_task(plan, at);
}

/* Behind the last group row that stands at or before a place. */
static guint
place_of(const PlanAnnex *annex, SourceSpan span, const PlanGroup *above)
{
	guint at = 0;

	for (guint i = 0; i < annex->groups->len; i++) {
		const PlanGroup *group = g_ptr_array_index(annex->groups, i);

		if (group == above || group->span.offset <= span.offset)
			at = i + 1;
	}
	return at;
}

static PlanGroup *
new_group(Plan *plan, const Item *item, uint8_t level)
{
	PlanGroup *group = arena_new0(plan->arena, PlanGroup);
	Folded folded = folded_new(plan->arena, *item->name);

	group->id = *item->id;
	group->no = *item->no;
	group->title = *item->name;
	group->level = level;
	group->year = year_mentioned(folded.fold, 0, folded.len);
	group->span = item->span;
	return group;
}

/* The rows below, as long as they stood under the same heading and are not of a higher rank. */
static void
move_below(Plan *plan, const Item *item, const PlanGroup *above, const PlanGroup *group)
{
	bool is_indicator = item->kind == ITEM_INDICATOR;

	for (guint at = item->at; at < item->list->len; at++) {
		Item row = item_in(plan, is_indicator, at);
		const PlanAnnex *annex = is_indicator ? row.indicator->annex : row.task->annex;
		uint8_t level = level_of(*row.no);

		if (annex != item->annex || *row.group != above || (level > 0 && level <= group->level))
			return;
		*row.group = group;
	}
}

bool
apply_group(Plan *plan, const PlanEdit *edit, GError **error)
{
	const PlanGroup *above;
	PlanGroup *group;
	uint8_t level;
	Item item;

	if (!item_need(plan, edit->item, &item, error))
		return false;
	if (item.kind == ITEM_GROUP || item.annex == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "chỉ một dòng chỉ tiêu hoặc nhiệm vụ của phụ lục mới đánh dấu là dòng nhóm được");
		return false;
	}
	above = *item.group;
	level = level_of(*item.no);
	if (level == 0)
		level = above != NULL ? above->level : 1;
	group = new_group(plan, &item, level);
	item_settle(plan, &item, PLAN_FIELD_MAX);
	g_ptr_array_insert(item.annex->groups, (gint)place_of(item.annex, item.span, above), group);
	g_ptr_array_remove_index(item.list, item.at);
	move_below(plan, &item, above, group);
	return true;
}

/* The heading that rows stand under once a group row is one of them: the nearest one above of a higher rank;
 * where the row has no number and so no rank of its own, also of the same. */
static const PlanGroup *
heading_above(const Item *row)
{
	bool has_rank = level_of(row->row->no) > 0;

	for (guint i = row->at; i-- > 0;) {
		const PlanGroup *group = g_ptr_array_index(row->annex->groups, i);

		if (group->level < row->row->level + (has_rank ? 0 : 1))
			return group;
	}
	return NULL;
}

static guint
place_of_row(const Plan *plan, const Item *row, bool is_indicator)
{
	const GPtrArray *list = is_indicator ? plan->indicators : plan->tasks;
	guint behind = list->len;

	for (guint i = 0; i < list->len; i++) {
		Item item = item_in(plan, is_indicator, i);
		const PlanAnnex *annex = is_indicator ? item.indicator->annex : item.task->annex;

		if (annex != row->annex)
			continue;
		if (*item.group == row->row || (item.span.line > 0 && item.span.offset > row->span.offset))
			return i;
		behind = i + 1;
	}
	return behind;
}

static Item
insert_row(Plan *plan, const Item *row, const PlanGroup *above, guint at, bool is_indicator)
{
	Item item;

	if (is_indicator) {
		PlanIndicator *indicator = edit_new_indicator(plan);

		indicator->annex = row->annex;
		indicator->span = row->span;
		g_ptr_array_insert(plan->indicators, (gint)at, indicator);
	} else {
		PlanTask *task = edit_new_task(plan);

		task->annex = row->annex;
		task->span = row->span;
		g_ptr_array_insert(plan->tasks, (gint)at, task);
	}
	item = item_in(plan, is_indicator, at);
	*item.id = *row->id;
	*item.no = *row->no;
	*item.name = *row->name;
	*item.group = above;
	item.annex = row->annex;
	return item;
}

Item
ungroup_row(Plan *plan, const Item *row)
{
	bool is_indicator = row->annex->kind == PLAN_ANNEX_INDICATORS;
	const PlanGroup *above = heading_above(row);
	guint at = place_of_row(plan, row, is_indicator);

	for (guint i = 0; i < plan->indicators->len + plan->tasks->len; i++) {
		Item below = i < plan->indicators->len ? item_of_indicator(plan, i)
						       : item_of_task(plan, i - plan->indicators->len);

		if (*below.group == row->row)
			*below.group = above;
	}
	item_settle(plan, row, PLAN_FIELD_MAX);
	g_ptr_array_remove_index(row->annex->groups, row->at);
	return insert_row(plan, row, above, at, is_indicator);
}

bool
apply_ungroup(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item row;

	if (!item_need(plan, edit->item, &row, error))
		return false;
	if (row.kind != ITEM_GROUP) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID, "%s không phải dòng nhóm",
		    item_label(&row, plan->arena));
		return false;
	}
	(void)ungroup_row(plan, &row);
	return true;
}
