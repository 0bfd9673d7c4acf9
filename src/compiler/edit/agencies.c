/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "base/app-error.h"
#include "compiler/edit/plan_doubt.h"
#include "compiler/lex/agency.h"

#include <string.h>

typedef void (*RefVisitor)(PlanAgencyRef *ref, void *data);

static void
visit_list(const GPtrArray *refs, RefVisitor visit, void *data)
{
	for (guint i = 0; i < refs->len; i++)
		visit(g_ptr_array_index(refs, i), data);
}

static void
visit_refs(const Plan *plan, RefVisitor visit, void *data)
{
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		visit_list(indicator->lead, visit, data);
		visit_list(indicator->coordinating, visit, data);
	}
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		visit_list(task->lead, visit, data);
		visit_list(task->coordinating, visit, data);
	}
	for (guint i = 0; i < plan->duties->len; i++)
		visit(&((PlanDuty *)g_ptr_array_index(plan->duties, i))->agency, data);
}

static void
count_ref(PlanAgencyRef *ref, void *data)
{
	guint *times = data;

	times[ref->agency]++;
}

static void
move_ref(PlanAgencyRef *ref, void *data)
{
	const guint *places = data;

	ref->agency = places[ref->agency];
}

/* Refs may be shared between items (a split row), so each is moved once. */
static void
collect_ref(PlanAgencyRef *ref, void *data)
{
	g_hash_table_add(data, ref);
}

void
agencies_drop_unused(Plan *plan)
{
	g_autofree guint *times = g_new0(guint, plan->agencies->len + 1);
	g_autofree guint *places = g_new0(guint, plan->agencies->len + 1);
	g_autoptr(GHashTable) refs = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	gpointer ref;
	guint kept = 0;

	visit_refs(plan, count_ref, times);
	for (guint i = 0; i < plan->agencies->len; i++) {
		places[i] = kept;
		if (times[i] > 0)
			plan->agencies->pdata[kept++] = g_ptr_array_index(plan->agencies, i);
	}
	if (kept == plan->agencies->len)
		return;
	visit_refs(plan, collect_ref, refs);
	g_hash_table_iter_init(&iter, refs);
	while (g_hash_table_iter_next(&iter, &ref, NULL))
		move_ref(ref, places);
	g_ptr_array_set_size(plan->agencies, (gint)kept);
}

void
agencies_set(Plan *plan, GPtrArray *refs, const char *text)
{
	g_autoptr(AgencyTable) table = agency_table_open(plan);

	g_ptr_array_set_size(refs, 0);
	agency_resolve_cell(table, text, refs);
}

typedef struct {
	Plan *plan;
	const char *key;            /* of the spelling that is replaced */
	const PlanAgencyRef *meant; /* NULL: only looked for */
} Renaming;

static bool
rename_ref(const Renaming *renaming, PlanAgencyRef *ref)
{
	if (strcmp(agency_key(renaming->plan->arena, ref->printed), renaming->key) != 0)
		return false;
	if (renaming->meant != NULL) {
		ref->printed = renaming->meant->printed;
		ref->agency = renaming->meant->agency;
	}
	return true;
}

static bool
rename_cell(const Renaming *renaming, const Item *item, PlanField field)
{
	const GPtrArray *refs = field == PLAN_FIELD_LEAD ? item->lead : item->coordinating;
	bool is_found = false;

	for (guint i = 0; i < refs->len; i++)
		is_found |= rename_ref(renaming, g_ptr_array_index(refs, i));
	if (is_found && renaming->meant != NULL)
		item_settle(renaming->plan, item, field);
	return is_found;
}

static bool
rename_all(const Renaming *renaming)
{
	const Plan *plan = renaming->plan;
	bool is_found = false;

	for (guint i = 0; i < plan->indicators->len + plan->tasks->len; i++) {
		Item item = i < plan->indicators->len ? item_of_indicator(plan, i)
						      : item_of_task(plan, i - plan->indicators->len);

		is_found |= rename_cell(renaming, &item, PLAN_FIELD_LEAD);
		is_found |= rename_cell(renaming, &item, PLAN_FIELD_COORDINATING);
	}
	for (guint i = 0; i < plan->duties->len; i++)
		is_found |= rename_ref(renaming, &((PlanDuty *)g_ptr_array_index(plan->duties, i))->agency);
	return is_found;
}

bool
apply_agency(Plan *plan, const PlanEdit *edit, GError **error)
{
	g_autoptr(AgencyTable) table = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	Renaming renaming = {.plan = plan};

	if (edit->other != NULL)
		agency_split(plan->arena, edit->other, names);
	if (edit->value == NULL || names->len != 1) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID,
		    "cần ghi đúng một tên cơ quan, ví dụ \"Phòng Văn hóa - Xã hội\"");
		return false;
	}
	renaming.key = agency_key(plan->arena, edit->value);
	if (!rename_all(&renaming)) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không còn chỗ nào ghi cơ quan \"%s\" trong bản nháp", edit->value);
		return false;
	}
	table = agency_table_open(plan);
	renaming.meant = agency_resolve(table, g_ptr_array_index(names, 0));
	(void)rename_all(&renaming);
	return true;
}

static GPtrArray *
cell_refs(const Item *item, PlanField field)
{
	return field == PLAN_FIELD_LEAD           ? item->lead
	       : field == PLAN_FIELD_COORDINATING ? item->coordinating
						  : NULL;
}

/* The one name that differs between a cell and what replaces it. */
static bool
only_change(
    const GPtrArray *refs, const GPtrArray *names, const PlanAgencyRef **ret_was, PlanLesson *ret_lesson)
{
	guint n_changed = 0;

	for (guint i = 0; refs->len == names->len && i < names->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);
		const char *name = g_ptr_array_index(names, i);

		if (strcmp(ref->printed, name) == 0)
			continue;
		*ret_lesson = (PlanLesson){ref->printed, name};
		*ret_was = ref;
		n_changed++;
	}
	return n_changed == 1;
}

static bool
is_doubtful(const Item *item, PlanField field)
{
	return (item_has_marks(item) ? item->fields[field].confidence : *item->confidence) < PLAN_DOUBT_BELOW;
}

/* A name that stands in one place only is more likely a misreading than an agency. */
static bool
is_named_once(const Plan *plan, const PlanAgencyRef *ref)
{
	g_autofree guint *times = g_new0(guint, plan->agencies->len + 1);

	visit_refs(plan, count_ref, times);
	return times[ref->agency] == 1;
}

bool
plan_edit_lesson(const Plan *plan, const PlanEdit *edit, Arena *arena, PlanLesson *ret_lesson)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const GPtrArray *refs;
	const PlanAgencyRef *was = NULL;
	Item item;

	if (edit->kind == PLAN_EDIT_AGENCY) {
		*ret_lesson = (PlanLesson){edit->value, edit->other};
		return edit->value != NULL && edit->other != NULL;
	}
	if (edit->kind != PLAN_EDIT_SET || edit->value == NULL || !item_find(plan, edit->item, &item))
		return false;
	refs = cell_refs(&item, edit->field);
	if (refs == NULL)
		return false;
	agency_split(arena, edit->value, names);
	if (!only_change(refs, names, &was, ret_lesson))
		return false;
	return agencies_is_brief(arena, ret_lesson->printed, ret_lesson->name) ||
	       (is_doubtful(&item, edit->field) && is_named_once(plan, was) &&
		   agencies_look_alike(arena, ret_lesson->printed, ret_lesson->name));
}
