/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/item.h"

#include "base/app-error.h"
#include "base/text.h"
#include "compiler/edit/plan_doubt.h"

#include <string.h>

#define LABEL_CHARACTERS 60 /* of a name that stands for a missing number */

Item
item_of_indicator(const Plan *plan, guint at)
{
	PlanIndicator *indicator = g_ptr_array_index(plan->indicators, at);

	return (Item){
	    .kind = ITEM_INDICATOR,
	    .list = plan->indicators,
	    .at = at,
	    .indicator = indicator,
	    .id = &indicator->id,
	    .no = &indicator->no,
	    .name = &indicator->name,
	    .unit = &indicator->unit,
	    .output = &indicator->output,
	    .section = &indicator->section,
	    .group = &indicator->group,
	    .lead = indicator->lead,
	    .coordinating = indicator->coordinating,
	    .targets = indicator->targets,
	    .confidence = &indicator->confidence,
	    .fields = indicator->fields,
	    .span = indicator->span,
	};
}

Item
item_of_task(const Plan *plan, guint at)
{
	PlanTask *task = g_ptr_array_index(plan->tasks, at);

	return (Item){
	    .kind = ITEM_TASK,
	    .list = plan->tasks,
	    .at = at,
	    .task = task,
	    .id = &task->id,
	    .no = &task->no,
	    .name = &task->name,
	    .output = &task->output,
	    .section = &task->section,
	    .group = &task->group,
	    .lead = task->lead,
	    .coordinating = task->coordinating,
	    .confidence = &task->confidence,
	    .fields = task->fields,
	    .span = task->span,
	};
}

Item
item_of_group(PlanAnnex *annex, guint at)
{
	PlanGroup *row = g_ptr_array_index(annex->groups, at);

	return (Item){
	    .kind = ITEM_GROUP,
	    .list = annex->groups,
	    .at = at,
	    .annex = annex,
	    .row = row,
	    .id = &row->id,
	    .no = &row->no,
	    .name = &row->title,
	    .span = row->span,
	};
}

static PlanAnnex *
annex_of(const Plan *plan, const PlanAnnex *annex)
{
	for (guint i = 0; annex != NULL && i < plan->annexes->len; i++)
		if (g_ptr_array_index(plan->annexes, i) == annex)
			return g_ptr_array_index(plan->annexes, i);
	return NULL;
}

static bool
find_group(const Plan *plan, const char *id, Item *ret_item)
{
	for (guint i = 0; i < plan->annexes->len; i++) {
		PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);

		for (guint k = 0; k < annex->groups->len; k++) {
			const PlanGroup *group = g_ptr_array_index(annex->groups, k);

			if (group->id != NULL && strcmp(group->id, id) == 0) {
				*ret_item = item_of_group(annex, k);
				return true;
			}
		}
	}
	return false;
}

bool
item_find(const Plan *plan, const char *id, Item *ret_item)
{
	if (id == NULL)
		return false;
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		if (strcmp(indicator->id, id) == 0) {
			*ret_item = item_of_indicator(plan, i);
			ret_item->annex = annex_of(plan, indicator->annex);
			return true;
		}
	}
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		if (strcmp(task->id, id) == 0) {
			*ret_item = item_of_task(plan, i);
			ret_item->annex = annex_of(plan, task->annex);
			return true;
		}
	}
	return find_group(plan, id, ret_item);
}

bool
item_need(const Plan *plan, const char *id, Item *ret_item, GError **error)
{
	if (item_find(plan, id, ret_item))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
	    "không còn dòng \"%s\" trong bản nháp; hãy tải lại trang", id != NULL ? id : "");
	return false;
}

bool
edit_refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_propagate_error(error, g_error_new_valist(APP_ERROR, APP_ERROR_INVALID, format, args));
	va_end(args);
	return false;
}

void
item_name_groups(Plan *plan)
{
	for (guint i = 0; i < plan->annexes->len; i++) {
		PlanAnnex *annex = g_ptr_array_index(plan->annexes, i);

		for (guint k = 0; k < annex->groups->len; k++) {
			PlanGroup *group = g_ptr_array_index(annex->groups, k);

			if (group->id == NULL)
				group->id = arena_printf(plan->arena, "annex%u:g%u", i + 1, k + 1);
		}
	}
}

bool
item_has_marks(const Item *item)
{
	for (int field = 0; item->fields != NULL && field < PLAN_FIELD_MAX; field++)
		if (item->fields[field].confidence > 0 || item->fields[field].span.line > 0)
			return true;
	return false;
}

char *
item_label(const Item *item, Arena *arena)
{
	static const char *const KINDS[] = {
	    [ITEM_INDICATOR] = "chỉ tiêu", [ITEM_TASK] = "nhiệm vụ", [ITEM_GROUP] = "dòng nhóm"};
	const char *name = *item->name != NULL ? *item->name : "";
	const char *end = name;

	if (*item->no != NULL && **item->no != '\0')
		return arena_printf(arena, "%s %s", KINDS[item->kind], *item->no);
	for (int i = 0; i < LABEL_CHARACTERS && *end != '\0'; i++)
		end = text_next(end);
	return arena_printf(
	    arena, "%s \"%.*s%s\"", KINDS[item->kind], (int)(end - name), name, *end != '\0' ? "…" : "");
}

PlanField
item_field_of_rule(const char *rule)
{
	return strcmp(rule, "deadline-unread") == 0 ? PLAN_FIELD_DEADLINE : PLAN_FIELD_MAX;
}

bool
item_is_about_cells(const char *rule)
{
	return strcmp(rule, "cells-unsure") == 0;
}

bool
item_has_finding(const Item *item, const Diag *diag)
{
	/* A finding without length is about a page or the file. */
	return diag->severity >= DIAG_WARNING && diag->span.len > 0 && item->span.line > 0 &&
	       diag->span.offset >= item->span.offset &&
	       diag->span.offset < item->span.offset + item->span.len;
}

/* Findings about a field that is certain now have been answered. Gives how many of the item are left. */
static guint
drop_findings(Plan *plan, const Item *item, PlanField field)
{
	GPtrArray *items = plan->diags->items;
	guint kept = 0, left = 0;

	for (guint i = 0; i < items->len; i++) {
		Diag *diag = g_ptr_array_index(items, i);
		bool is_of_item = item_has_finding(item, diag);
		bool is_answered = field == PLAN_FIELD_MAX || item_field_of_rule(diag->rule) == field;

		if (is_of_item && is_answered)
			continue;
		left += is_of_item;
		items->pdata[kept++] = diag;
	}
	g_ptr_array_set_size(items, (gint)kept);
	return left;
}

static uint8_t
lowest_mark(const Item *item)
{
	uint8_t lowest = 100;

	for (int field = 0; field < PLAN_FIELD_MAX; field++)
		lowest = MIN(lowest, item->fields[field].confidence);
	return lowest;
}

void
item_settle(Plan *plan, const Item *item, PlanField field)
{
	bool has_marks = item_has_marks(item);

	if (has_marks) {
		for (int i = 0; i < PLAN_FIELD_MAX; i++)
			if (field == PLAN_FIELD_MAX || i == (int)field)
				item->fields[i].confidence = 100;
		*item->confidence = lowest_mark(item);
		/* A finding about the row is answered with its last doubtful field. */
		(void)drop_findings(
		    plan, item, *item->confidence >= PLAN_DOUBT_BELOW ? PLAN_FIELD_MAX : field);
		return;
	}
	if (drop_findings(plan, item, field) == 0 && item->confidence != NULL)
		*item->confidence = 100;
}
