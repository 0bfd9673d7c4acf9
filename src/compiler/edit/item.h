/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/edit/plan_edit.h"

/* What the edits work on: an indicator, task or group row of a plan, and its fields by one name. For this
 * folder. */

typedef enum { ITEM_INDICATOR, ITEM_TASK, ITEM_GROUP } ItemKind;

/* Pointers are NULL where the kind has no such field. */
typedef struct Item {
	ItemKind kind;
	GPtrArray *list; /* that it stands in: plan->indicators, plan->tasks, annex->groups */
	guint at;        /* its place there */
	PlanAnnex *annex;
	PlanIndicator *indicator;
	PlanTask *task;
	PlanGroup *row; /* of a group row */
	char **id, **no, **name, **unit, **output, **section;
	const PlanGroup **group;
	GPtrArray *lead, *coordinating, *targets;
	uint8_t *confidence;
	PlanFieldMark *fields;
	SourceSpan span;
} Item;

bool item_find(const Plan *plan, const char *id, Item *ret_item);

/* The same for a place in plan->indicators, plan->tasks or annex->groups. */
Item item_of_indicator(const Plan *plan, guint at);
Item item_of_task(const Plan *plan, guint at);
Item item_of_group(PlanAnnex *annex, guint at);

/* Finds the item or fails with APP_ERROR_NOT_FOUND. */
bool item_need(const Plan *plan, const char *id, Item *ret_item, GError **error);

/* Fails with APP_ERROR_INVALID. */
bool edit_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Gives every group row an id: "annex2:g3". */
void item_name_groups(Plan *plan);

/* True where a reader filled the marks of the fields. */
bool item_has_marks(const Item *item);

/* "nhiệm vụ 5.10", "chỉ tiêu \"Tỷ lệ hồ sơ …\"". */
char *item_label(const Item *item, Arena *arena);

/* The field's text, as plan_field_text() gives it. */
char *item_text(const Plan *plan, const Item *item, PlanField field, Arena *arena);

/* A person has said that a field is right; PLAN_FIELD_MAX: all of the item. */
void item_settle(Plan *plan, const Item *item, PlanField field);

/* The field that a finding of the compiler is about; PLAN_FIELD_MAX: the row. */
PlanField item_field_of_rule(const char *rule);

/* True for a finding that the cells of a row were told apart unsurely: about all of them at once. */
bool item_is_about_cells(const char *rule);

/* True where a finding asks something about the item. */
bool item_has_finding(const Item *item, const Diag *diag);
