/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/edit/item.h"

/* One function for each kind of edit. Each checks everything before it changes anything, and fails as
 * plan_edit_try() says. For this folder. */

bool apply_set(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_document(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_agency(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_split(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_join(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_group(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_ungroup(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_kind(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_delete(Plan *plan, const PlanEdit *edit, GError **error);
bool apply_add(Plan *plan, const PlanEdit *edit, GError **error);

/* Makes an item of a group row; gives it. */
Item ungroup_row(Plan *plan, const Item *group);

/* An empty one in no list, certain in all it has. */
PlanIndicator *edit_new_indicator(Plan *plan);
PlanTask *edit_new_task(Plan *plan);

/* Replaces the agencies of a cell by those a text names. */
void agencies_set(Plan *plan, GPtrArray *refs, const char *text);

/* Leaves out agencies that nothing names. */
void agencies_drop_unused(Plan *plan);

/* True where two names differ by a misread letter or two, though not by a number. */
bool agencies_look_alike(Arena *arena, const char *a, const char *b);

/* True where `brief` is `full` with words cut to their first letter: "P. VHXH". */
bool agencies_is_brief(Arena *arena, const char *brief, const char *full);

/* Reads typed targets in place of one ("≥ 80%", "2030: 95%"), or of all where `position` is SIZE_MAX ("2026:
 * 80%; 2030: 95%"). */
bool targets_set(Plan *plan, const Item *item, size_t position, const char *text, GError **error);
