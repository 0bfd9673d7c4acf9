/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "compiler/lex/quantity.h"

#include <string.h>

static char *
free_id(Plan *plan, const char *prefix, guint n)
{
	Item found;
	char *id = NULL;

	for (; id == NULL || item_find(plan, id, &found); n++)
		id = arena_printf(plan->arena, "%s%u", prefix, n + 1);
	return id;
}

PlanIndicator *
edit_new_indicator(Plan *plan)
{
	PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);

	indicator->targets = plan_array(plan);
	indicator->lead = plan_array(plan);
	indicator->coordinating = plan_array(plan);
	indicator->confidence = 100;
	return indicator;
}

PlanTask *
edit_new_task(Plan *plan)
{
	PlanTask *task = arena_new0(plan->arena, PlanTask);

	task->lead = plan_array(plan);
	task->coordinating = plan_array(plan);
	task->deadline =
	    (PlanDeadline){.due = DATE_NONE, .start = DATE_NONE, .raw = arena_strdup(plan->arena, "")};
	task->confidence = 100;
	return task;
}

/* The first item under a group row, or behind where it would be. */
static guint
place_under(const Plan *plan, const Item *row)
{
	bool is_indicator = row->annex->kind == PLAN_ANNEX_INDICATORS;
	const GPtrArray *list = is_indicator ? plan->indicators : plan->tasks;
	guint behind = list->len;

	for (guint i = 0; i < list->len; i++) {
		const Item item = is_indicator ? item_of_indicator(plan, i) : item_of_task(plan, i);

		if (*item.group == row->row || item.span.offset > row->span.offset)
			return i;
	}
	return behind;
}

static void
add_indicator(Plan *plan, guint at, const Item *near, const char *id, const char *name)
{
	PlanIndicator *indicator = edit_new_indicator(plan);

	indicator->id = arena_strdup(plan->arena, id);
	indicator->name = arena_strdup(plan->arena, name);
	if (near != NULL) {
		indicator->annex = near->annex;
		indicator->group = near->kind == ITEM_GROUP ? near->row : *near->group;
		indicator->section = near->kind == ITEM_GROUP ? NULL : *near->section;
	}
	g_ptr_array_insert(plan->indicators, (gint)at, indicator);
}

static void
add_task(Plan *plan, guint at, const Item *near, const char *id, const char *name)
{
	PlanTask *task = edit_new_task(plan);

	task->id = arena_strdup(plan->arena, id);
	task->name = arena_strdup(plan->arena, name);
	if (near != NULL) {
		task->annex = near->annex;
		task->group = near->kind == ITEM_GROUP ? near->row : *near->group;
		task->section = near->kind == ITEM_GROUP ? NULL : *near->section;
		task->section_title = near->task != NULL ? near->task->section_title : NULL;
	}
	g_ptr_array_insert(plan->tasks, (gint)at, task);
}

bool
apply_add(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item near;
	bool is_indicator;

	if (edit->value == NULL)
		return edit_refuse(error, "cần ghi tên của dòng thêm vào");
	if (edit->item == NULL) {
		is_indicator = g_strcmp0(edit->other, "indicator") == 0;
		if (is_indicator)
			add_indicator(plan, plan->indicators->len, NULL,
			    free_id(plan, "i", plan->indicators->len), edit->value);
		else
			add_task(
			    plan, plan->tasks->len, NULL, free_id(plan, "t", plan->tasks->len), edit->value);
		return true;
	}
	if (!item_need(plan, edit->item, &near, error))
		return false;
	is_indicator = near.kind == ITEM_INDICATOR ||
		       (near.kind == ITEM_GROUP && near.annex->kind == PLAN_ANNEX_INDICATORS);
	(is_indicator ? add_indicator : add_task)(plan,
	    near.kind == ITEM_GROUP ? place_under(plan, &near) : near.at + 1, &near,
	    plan_edit_new_id(plan, *near.id), edit->value);
	return true;
}

/* Where an item belongs in a list that is in the order of the text. */
static guint
place_in(const GPtrArray *list, bool is_indicator, SourceSpan span)
{
	guint at = 0;

	while (at < list->len) {
		SourceSpan other = is_indicator ? ((const PlanIndicator *)g_ptr_array_index(list, at))->span
						: ((const PlanTask *)g_ptr_array_index(list, at))->span;

		if (other.offset > span.offset)
			break;
		at++;
	}
	return at;
}

static void
make_task(Plan *plan, const Item *item)
{
	PlanTask *task = edit_new_task(plan);

	task->id = *item->id;
	task->name = *item->name;
	task->output = *item->output;
	task->section = *item->section;
	if (item->annex != NULL)
		task->section_title = *item->group != NULL ? (*item->group)->title : item->annex->title;
	task->lead = item->lead;
	task->coordinating = item->coordinating;
	task->span = item->span;
	memcpy(task->fields, item->fields, sizeof(task->fields));
	g_ptr_array_insert(plan->tasks, (gint)place_in(plan->tasks, false, item->span), task);
}

/* What the name of a task promises in numbers becomes its target. */
static void
make_indicator(Plan *plan, const Item *item)
{
	PlanIndicator *indicator = edit_new_indicator(plan);
	Folded folded = folded_new(plan->arena, *item->name);
	Quantity quantity;
	int due_year = 0, month, day;

	if (item->task->deadline.due != DATE_NONE)
		date_to_ymd(item->task->deadline.due, &due_year, &month, &day);
	indicator->id = *item->id;
	indicator->name = *item->name;
	indicator->output = *item->output;
	indicator->section = *item->section;
	indicator->lead = item->lead;
	indicator->coordinating = item->coordinating;
	indicator->span = item->span;
	memcpy(indicator->fields, item->fields, sizeof(indicator->fields));
	if (quantity_find(&folded, 0, folded.len, &quantity)) {
		g_ptr_array_add(indicator->targets,
		    quantity_target(plan->arena, &folded, &quantity, due_year, item->span));
		indicator->unit = arena_strdup(plan->arena, quantity.is_percent ? "%" : NULL);
	}
	g_ptr_array_insert(plan->indicators, (gint)place_in(plan->indicators, true, item->span), indicator);
}

bool
apply_kind(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item;

	if (!item_need(plan, edit->item, &item, error))
		return false;
	if (item.kind == ITEM_GROUP)
		return edit_refuse(error, "hãy bỏ đánh dấu dòng nhóm trước khi đổi loại");
	item_settle(plan, &item, PLAN_FIELD_MAX);
	if (item.kind == ITEM_INDICATOR)
		make_task(plan, &item);
	else
		make_indicator(plan, &item);
	g_ptr_array_remove_index(item.list, item.at);
	return true;
}
