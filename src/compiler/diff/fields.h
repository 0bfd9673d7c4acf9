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

/* Adds what differs between two rows of the same kind: PlanDocument, PlanIndicator, PlanTask, … as `what`
 * says. */
void fields_compare(FieldList *list, PlanDiffWhat what, const void *from, const void *to);

/* "Phòng A; Phòng B", in the arena; "" for none. */
const char *fields_agencies(Arena *arena, const GPtrArray *refs);
