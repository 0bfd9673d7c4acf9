/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "base/text.h"

#include <string.h>

/* Bytes of an id without the "~2" that an earlier edit gave it. */
static size_t
root_len(const char *id)
{
	const char *mark = strrchr(id, '~');

	if (mark == NULL || mark[1] == '\0' || mark[strspn(mark + 1, "0123456789") + 1] != '\0')
		return strlen(id);
	return (size_t)(mark - id);
}

char *
plan_edit_new_id(Plan *plan, const char *item)
{
	Item found;
	char *id = NULL;

	for (guint n = 2; id == NULL || item_find(plan, id, &found); n++)
		id = arena_printf(plan->arena, "%.*s~%u", (int)root_len(item), item, n);
	return id;
}

/* An array of its own over the same things: cells change by being replaced. */
static GPtrArray *
copy_array(Plan *plan, const GPtrArray *array)
{
	GPtrArray *copy = plan_array(plan);

	for (guint i = 0; i < array->len; i++)
		g_ptr_array_add(copy, g_ptr_array_index(array, i));
	return copy;
}

/* Refs are changed in place when an agency is renamed, so each item has its own. */
static GPtrArray *
copy_refs(Plan *plan, const GPtrArray *refs)
{
	GPtrArray *copy = plan_array(plan);

	for (guint i = 0; i < refs->len; i++) {
		PlanAgencyRef *ref = arena_new0(plan->arena, PlanAgencyRef);

		*ref = *(const PlanAgencyRef *)g_ptr_array_index(refs, i);
		g_ptr_array_add(copy, ref);
	}
	return copy;
}

/* Puts a copy of an indicator or task behind it and gives the copy. */
static Item
duplicate(Plan *plan, const Item *item)
{
	guint at = item->at + 1;
	Item copy;

	if (item->kind == ITEM_INDICATOR) {
		PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);

		*indicator = *item->indicator;
		indicator->targets = copy_array(plan, item->targets);
		indicator->lead = copy_refs(plan, item->lead);
		indicator->coordinating = copy_refs(plan, item->coordinating);
		g_ptr_array_insert(plan->indicators, (gint)at, indicator);
		copy = item_of_indicator(plan, at);
	} else {
		PlanTask *task = arena_new0(plan->arena, PlanTask);

		*task = *item->task;
		task->lead = copy_refs(plan, item->lead);
		task->coordinating = copy_refs(plan, item->coordinating);
		g_ptr_array_insert(plan->tasks, (gint)at, task);
		copy = item_of_task(plan, at);
	}
	copy.annex = item->annex;
	return copy;
}

static bool
has_number(const Plan *plan, const Item *like, const char *no)
{
	for (guint i = 0; i < like->list->len; i++) {
		Item other =
		    like->kind == ITEM_INDICATOR ? item_of_indicator(plan, i) : item_of_task(plan, i);

		if (g_strcmp0(*other.no, no) == 0)
			return true;
	}
	return false;
}

/* As the compiler numbers a row without a number: "25.1" under row 25. */
static char *
number_under(Plan *plan, const Item *item)
{
	char *no = NULL;

	if (item->annex == NULL || *item->no == NULL)
		return NULL;
	for (guint n = 1; no == NULL || has_number(plan, item, no); n++)
		no = arena_printf(plan->arena, "%s.%u", *item->no, n);
	return no;
}

static char *
trim(Arena *arena, const char *text, size_t len)
{
	g_autoptr(GString) squeezed = g_string_new(NULL);
	size_t skip;

	text_squeeze_append(squeezed, text, len);
	while (squeezed->len > 0 && strchr(" ,;-", squeezed->str[squeezed->len - 1]) != NULL)
		g_string_truncate(squeezed, squeezed->len - 1);
	skip = strspn(squeezed->str, " ,;.-+");
	return arena_strdup(arena, squeezed->str + skip);
}

bool
apply_split(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item, rest;
	char *head, *tail, *id, *no;

	if (!item_need(plan, edit->item, &item, error))
		return false;
	if (item.kind == ITEM_GROUP)
		return edit_refuse(error, "không tách được một dòng nhóm; hãy bỏ đánh dấu dòng nhóm trước");
	if (edit->position == 0 || edit->position >= strlen(*item.name) ||
	    !g_utf8_validate(*item.name + edit->position, -1, NULL))
		return edit_refuse(error,
		    "chỗ tách không nằm trong tên của %s; hãy đặt con trỏ vào chỗ cần tách",
		    item_label(&item, plan->arena));
	head = trim(plan->arena, *item.name, edit->position);
	tail = trim(plan->arena, *item.name + edit->position, strlen(*item.name + edit->position));
	if (*head == '\0' || *tail == '\0')
		return edit_refuse(error, "tách ở đây thì một dòng không còn chữ nào");
	id = plan_edit_new_id(plan, *item.id);
	no = number_under(plan, &item);
	*item.name = head;
	item_settle(plan, &item, PLAN_FIELD_NAME);
	rest = duplicate(plan, &item);
	*rest.id = id;
	*rest.no = no;
	*rest.name = tail;
	return true;
}

static char *
joined(Plan *plan, const char *first, const char *second)
{
	if (first == NULL || *first == '\0')
		return arena_strdup(plan->arena, second);
	if (second == NULL || *second == '\0')
		return arena_strdup(plan->arena, first);
	return arena_printf(plan->arena, "%s %s", first, second);
}

static void
join_refs(GPtrArray *refs, const GPtrArray *more)
{
	for (guint i = 0; i < more->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(more, i);
		bool is_there = false;

		for (guint k = 0; k < refs->len; k++)
			is_there |=
			    ((const PlanAgencyRef *)g_ptr_array_index(refs, k))->agency == ref->agency;
		if (!is_there)
			g_ptr_array_add(refs, g_ptr_array_index(more, i));
	}
}

static void
join_targets(GPtrArray *targets, const GPtrArray *more)
{
	for (guint i = 0; i < more->len; i++) {
		const PlanTarget *target = g_ptr_array_index(more, i);
		bool is_there = false;

		for (guint k = 0; k < targets->len; k++)
			is_there |= ((const PlanTarget *)g_ptr_array_index(targets, k))->year == target->year;
		if (!is_there)
			g_ptr_array_add(targets, g_ptr_array_index(more, i));
	}
}

static void
join_fields(Plan *plan, const Item *first, const Item *second)
{
	*first->name = joined(plan, *first->name, *second->name);
	if (first->kind == ITEM_GROUP)
		return;
	*first->output = joined(plan, *first->output, *second->output);
	join_refs(first->lead, second->lead);
	join_refs(first->coordinating, second->coordinating);
	if (first->kind == ITEM_TASK && second->kind == ITEM_TASK &&
	    first->task->deadline.kind == PLAN_DEADLINE_NONE)
		first->task->deadline = second->task->deadline;
	if (first->kind == ITEM_INDICATOR && second->kind == ITEM_INDICATOR) {
		*first->unit = *first->unit != NULL ? *first->unit : *second->unit;
		join_targets(first->targets, second->targets);
	}
}

/* Rows that follow one another stand in one piece of the text. */
static void
join_spans(const Item *first, const Item *second)
{
	SourceSpan *span = first->kind == ITEM_INDICATOR ? &first->indicator->span : &first->task->span;

	if (span->line > 0 && second->span.line > 0 && second->span.offset >= span->offset)
		span->len = MAX(span->len, second->span.offset + second->span.len - span->offset);
}

/* The row above, of the same annex or of the text. */
static bool
find_before(const Plan *plan, const Item *item, Item *ret_before)
{
	if (item->kind == ITEM_GROUP || item->at == 0)
		return false;
	*ret_before = item->kind == ITEM_INDICATOR ? item_of_indicator(plan, item->at - 1)
						   : item_of_task(plan, item->at - 1);
	return item_find(plan, *ret_before->id, ret_before) && ret_before->annex == item->annex;
}

bool
apply_join(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item, before;

	if (!item_need(plan, edit->item, &item, error))
		return false;
	if (edit->other != NULL ? !item_find(plan, edit->other, &before) || before.list == NULL
				: !find_before(plan, &item, &before)) {
		if (item.kind == ITEM_GROUP && edit->other == NULL)
			return edit_refuse(error, "hãy chọn dòng mà dòng nhóm này nối vào");
		return edit_refuse(
		    error, "không có dòng nào phía trên để nối %s vào", item_label(&item, plan->arena));
	}
	if (strcmp(*before.id, *item.id) == 0)
		return edit_refuse(error, "không nối một dòng vào chính nó");
	if (item.kind == ITEM_GROUP) {
		item = ungroup_row(plan, &item);
		(void)item_find(plan, edit->other, &before);
	}
	join_fields(plan, &before, &item);
	if (edit->other == NULL)
		join_spans(&before, &item);
	item_settle(plan, &item, PLAN_FIELD_MAX);
	item_settle(plan, &before, PLAN_FIELD_NAME);
	g_ptr_array_remove_index(item.list, item.at);
	return true;
}

bool
apply_delete(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item;

	if (!item_need(plan, edit->item, &item, error))
		return false;
	item_settle(plan, &item, PLAN_FIELD_MAX);
	if (item.kind == ITEM_GROUP)
		item = ungroup_row(plan, &item);
	g_ptr_array_remove_index(item.list, item.at);
	return true;
}
