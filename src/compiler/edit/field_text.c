/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/item.h"

static char *
agencies_text(const GPtrArray *refs, Arena *arena)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; refs != NULL && i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", ref->printed);
	}
	return arena_strdup(arena, text->str);
}

static char *
targets_text(const GPtrArray *targets, Arena *arena)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; targets != NULL && i < targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(targets, i);

		g_string_append(text, i > 0 ? "; " : "");
		if (target->year > 0)
			g_string_append_printf(text, "%d: ", target->year);
		g_string_append(text, target->raw != NULL ? target->raw : "");
	}
	return arena_strdup(arena, text->str);
}

static char *
text_of(char *const *field, Arena *arena)
{
	if (field == NULL)
		return NULL;
	return arena_strdup(arena, *field != NULL ? *field : "");
}

char *
item_text(const Plan *plan, const Item *item, PlanField field, Arena *arena)
{
	(void)plan;
	switch (field) {
	case PLAN_FIELD_NO:
		return text_of(item->no, arena);
	case PLAN_FIELD_NAME:
		return text_of(item->name, arena);
	case PLAN_FIELD_UNIT:
		return text_of(item->unit, arena);
	case PLAN_FIELD_OUTPUT:
		return text_of(item->output, arena);
	case PLAN_FIELD_TARGETS:
		return item->targets != NULL ? targets_text(item->targets, arena) : NULL;
	case PLAN_FIELD_LEAD:
		return item->lead != NULL ? agencies_text(item->lead, arena) : NULL;
	case PLAN_FIELD_COORDINATING:
		return item->coordinating != NULL ? agencies_text(item->coordinating, arena) : NULL;
	case PLAN_FIELD_DEADLINE:
		return item->task != NULL ? text_of(&item->task->deadline.raw, arena) : NULL;
	case PLAN_FIELD_MAX:
	default:
		return NULL;
	}
}

char *
plan_field_text(const Plan *plan, const char *item_id, PlanField field, Arena *arena)
{
	Item item;

	return item_find(plan, item_id, &item) ? item_text(plan, &item, field, arena) : NULL;
}

static char *
date_text(PartialDate date, Arena *arena)
{
	if (date.year == 0)
		return arena_strdup(arena, "");
	if (date.month == 0)
		return arena_printf(arena, "%d", date.year);
	if (date.day == 0)
		return arena_printf(arena, "%d/%d", date.month, date.year);
	return arena_printf(arena, "%02d/%02d/%d", date.day, date.month, date.year);
}

char *
plan_document_text(const Plan *plan, PlanDocumentField field, Arena *arena)
{
	const PlanDocument *document = &plan->document;

	switch (field) {
	case PLAN_DOCUMENT_NUMBER:
		return text_of(&document->number, arena);
	case PLAN_DOCUMENT_DATE:
		return date_text(document->date, arena);
	case PLAN_DOCUMENT_ISSUER:
		return text_of(&document->issuer, arena);
	case PLAN_DOCUMENT_TITLE:
		return text_of(&document->title, arena);
	case PLAN_DOCUMENT_SIGNER:
		return text_of(&document->signer, arena);
	case PLAN_DOCUMENT_MAX:
	default:
		return NULL;
	}
}
