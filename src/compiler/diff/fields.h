/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/units.h"
#include "compiler/diff/diff.h"

/* What differs between two matched items. */

typedef struct FieldList {
	Arena *arena;         /* of the result */
	UnitLexicon *lexicon; /* agencies are compared by their units: "Văn hoá" is "Văn hóa" */
	GArray *fields;       /* of PlanDiffField */
	bool has_content;     /* something besides number, group and heading is another */
} FieldList;

void fields_of_indicator(FieldList *list, const PlanIndicator *from, const PlanIndicator *to);
void fields_of_task(FieldList *list, const PlanTask *from, const PlanTask *to);
void fields_of_prose(FieldList *list, const PlanProse *from, const PlanProse *to);
void fields_of_duty(FieldList *list, const PlanDuty *from, const PlanDuty *to);
void fields_of_reporting(FieldList *list, const PlanReporting *from, const PlanReporting *to);
void fields_of_document(FieldList *list, const PlanDocument *from, const PlanDocument *to);

/* "Phòng A; Phòng B", in the arena; "" for none. */
const char *fields_agencies(Arena *arena, const GPtrArray *refs);
