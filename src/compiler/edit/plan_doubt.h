/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/edit/plan_edit.h"

/* What a reviewer has to be asked: the points of which the compiler is not sure. What a plan lacks is not
 * doubtful; lint says that. */

#define PLAN_DOUBT_BELOW 80 /* of confidence */

typedef enum {
	PLAN_DOUBT_FIELD,    /* one field of an item */
	PLAN_DOUBT_ITEM,     /* the row as a whole: its columns, or whether it is one */
	PLAN_DOUBT_DOCUMENT, /* a field of the document */
} PlanDoubtKind;

typedef struct PlanDoubt {
	PlanDoubtKind kind;
	const char *item;                 /* id of the item or group row; NULL for the document */
	PlanField field;                  /* of PLAN_DOUBT_FIELD; else PLAN_FIELD_MAX */
	PlanDocumentField document_field; /* of PLAN_DOUBT_DOCUMENT; else PLAN_DOCUMENT_MAX */
	uint8_t confidence;
	const char *rule; /* of the compiler's finding behind it; NULL */
	char *text;       /* as understood now; "" */
	char *question; /* Vietnamese: "Thời hạn của nhiệm vụ 5.10 có phải là \"12/2026\" không?" */
	char *suggestion; /* a text for PLAN_EDIT_SET that may be the right one; NULL */
	SourceSpan span;  /* line 0: no place */
} PlanDoubt;

/* Gives the doubts of a plan in the order of the document: of PlanDoubt *, the caller's array, its items in
 * `arena`. PLAN_EDIT_SET or PLAN_EDIT_ACCEPT of the item and field (or of the item) ends a doubt. */
GPtrArray *plan_doubts(const Plan *plan, Arena *arena);
