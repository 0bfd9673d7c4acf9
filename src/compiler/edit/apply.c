/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/apply.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/text.h"

#include <string.h>

typedef bool (*Apply)(Plan *plan, const PlanEdit *edit, GError **error);

static bool
apply_accept(Plan *plan, const PlanEdit *edit, GError **error)
{
	Item item;

	if (edit->item == NULL) {
		if (edit->document_field >= PLAN_DOCUMENT_MAX) {
			g_set_error_literal(error, APP_ERROR, APP_ERROR_INVALID, "văn bản không có ô này");
			return false;
		}
		plan->document.confirmed |= 1U << edit->document_field;
		return true;
	}
	if (!item_need(plan, edit->item, &item, error))
		return false;
	item_settle(plan, &item, edit->field);
	return true;
}

static const Apply APPLY[PLAN_EDIT_KIND_MAX] = {
    [PLAN_EDIT_SET] = apply_set,
    [PLAN_EDIT_DOCUMENT] = apply_document,
    [PLAN_EDIT_ACCEPT] = apply_accept,
    [PLAN_EDIT_SPLIT] = apply_split,
    [PLAN_EDIT_JOIN] = apply_join,
    [PLAN_EDIT_GROUP] = apply_group,
    [PLAN_EDIT_UNGROUP] = apply_ungroup,
    [PLAN_EDIT_KIND] = apply_kind,
    [PLAN_EDIT_DELETE] = apply_delete,
    [PLAN_EDIT_ADD] = apply_add,
    [PLAN_EDIT_AGENCY] = apply_agency,
};

/* White space squeezed; NULL for an empty text. False where it is no text or too long. */
static bool
clean(Arena *arena, const char **text)
{
	g_autoptr(GString) squeezed = NULL;

	if (*text == NULL)
		return true;
	if (strlen(*text) > LIMIT_BLOCK_BYTES || !g_utf8_validate(*text, -1, NULL))
		return false;
	squeezed = g_string_new(NULL);
	text_squeeze_append(squeezed, *text, strlen(*text));
	*text = squeezed->len > 0 ? arena_strdup(arena, squeezed->str) : NULL;
	return true;
}

static bool
try_edit(Plan *plan, const PlanEdit *edit, GError **error)
{
	PlanEdit cleaned = *edit;

	if (cleaned.kind >= PLAN_EDIT_KIND_MAX || cleaned.field > PLAN_FIELD_MAX ||
	    !clean(plan->arena, &cleaned.item) || !clean(plan->arena, &cleaned.value) ||
	    !clean(plan->arena, &cleaned.other)) {
		g_set_error(error, APP_ERROR, APP_ERROR_INVALID,
		    "nội dung sửa không hợp lệ hoặc dài quá %zu KB", LIMIT_BLOCK_BYTES / 1024);
		return false;
	}
	return APPLY[cleaned.kind](plan, &cleaned, error);
}

bool
plan_edit_try(Plan *plan, const PlanEdit *edit, GError **error)
{
	item_name_groups(plan);
	if (!try_edit(plan, edit, error))
		return false;
	agencies_drop_unused(plan);
	return true;
}

void
plan_edit_apply(Plan *plan, const PlanEdit *edits, size_t n, GPtrArray *problems)
{
	item_name_groups(plan);
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GError) error = NULL;
		PlanEditProblem *problem;

		if (try_edit(plan, &edits[i], &error) || problems == NULL)
			continue;
		problem = arena_new0(plan->arena, PlanEditProblem);
		problem->edit = i;
		problem->message = arena_strdup(plan->arena, error->message);
		g_ptr_array_add(problems, problem);
	}
	agencies_drop_unused(plan);
}
