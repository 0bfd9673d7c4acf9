/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

#include <stdbool.h>

/* Corrections of a compiled plan, as data: what a person says of a reading that is not right. A plan shown is
 * the compiled one with its corrections applied in order; nothing else is stored of them
 * (docs/adr/0013-corrections-are-data.md). Pure: no store, no clock.
 *
 * An item is an indicator or task by its `id`, or a group row by `PlanGroup.id`. Every edit makes the fields
 * it touches certain (confidence 100). */

typedef enum {
	PLAN_EDIT_SET,      /* field of item := value, read as a cell would be */
	PLAN_EDIT_DOCUMENT, /* document_field := value */
	PLAN_EDIT_ACCEPT,   /* field of item is right; PLAN_FIELD_MAX: the whole item. Without an item: the
			       document_field is */
	PLAN_EDIT_SPLIT, /* item at byte `position` of its name: what stands behind becomes an item of its own
			    with the same other fields and the id plan_edit_new_id() gives */
	PLAN_EDIT_JOIN,  /* item is the rest of the item before it, or of `other` */
	PLAN_EDIT_GROUP, /* item is a row that only heads those below it */
	PLAN_EDIT_UNGROUP, /* group row is an item of its annex */
	PLAN_EDIT_KIND,    /* indicator becomes task, task becomes indicator */
	PLAN_EDIT_DELETE,  /* item or group row is none */
	PLAN_EDIT_ADD,     /* an item named `value` behind `item` (of the same kind; behind a group row: its
			      first). Without an item: at the end of the plan, a task, or where `other` is
			      "indicator" an indicator */
	PLAN_EDIT_AGENCY,  /* wherever an agency is printed as `value`, `other` is meant */
	PLAN_EDIT_KIND_MAX,
} PlanEditKind;

typedef enum {
	PLAN_DOCUMENT_NUMBER,
	PLAN_DOCUMENT_DATE,
	PLAN_DOCUMENT_ISSUER,
	PLAN_DOCUMENT_TITLE,
	PLAN_DOCUMENT_SIGNER,
	PLAN_DOCUMENT_MAX,
} PlanDocumentField;

typedef struct PlanEdit {
	PlanEditKind kind;
	const char *item; /* NULL where the edit is about no item */
	PlanField field;
	PlanDocumentField document_field;
	size_t position;   /* byte of the name; of PLAN_FIELD_TARGETS: index of the target, its length to add
			      one */
	const char *value; /* as typed; NULL or "": empty */
	const char *other;
} PlanEdit;

/* An edit that did not fit. */
typedef struct PlanEditProblem {
	size_t edit;   /* index into the edits */
	char *message; /* Vietnamese, in the plan's arena */
} PlanEditProblem;

/* Applies edits in order. One that does not fit (its item is gone, its text cannot be read) changes nothing
 * and is reported; the others still count. problems: of PlanEditProblem *; NULL where nobody asks. Also names
 * every group row (PlanGroup.id) and leaves out agencies that nothing names any more. */
void plan_edit_apply(Plan *plan, const PlanEdit *edits, size_t n, GPtrArray *problems);

/* Applies one edit. Fails with APP_ERROR_INVALID (the text cannot be read; the message says how to write it)
 * or APP_ERROR_NOT_FOUND (no such item, or nothing there that the edit could change); the plan is then as it
 * was. */
bool plan_edit_try(Plan *plan, const PlanEdit *edit, GError **error);

/* Gives the id that the next split of `item`, or addition behind it, will have; in the plan's arena. */
char *plan_edit_new_id(Plan *plan, const char *item);

/* The texts of a field as a person edits it: agencies joined by "; ", a deadline as printed. "" where empty.
 * In the arena. item: also a group row (NO and NAME). NULL where the item does not exist or has no such
 * field. */
char *plan_field_text(const Plan *plan, const char *item, PlanField field, Arena *arena);
char *plan_document_text(const Plan *plan, PlanDocumentField field, Arena *arena);

/* "cơ quan chủ trì", "số, ký hiệu": as questions and messages name the fields. */
const char *plan_field_title(PlanField field);
const char *plan_document_field_title(PlanDocumentField field);

/* One line of text for the store, and back. Everything read is checked: APP_ERROR_UNREADABLE where it is no
 * edit of ours. The strings are in the arena. */
void plan_edit_encode(const PlanEdit *edit, GString *out);
bool plan_edit_decode(const char *line, Arena *arena, PlanEdit *ret_edit, GError **error);

/* The words of closed sets, for forms and the store: "set", "split", …; "lead", "deadline", …; NULL beyond
 * the last. The readers give X_MAX for a word they do not know. */
const char *plan_edit_kind_name(PlanEditKind kind);
const char *plan_field_name(PlanField field);
const char *plan_document_field_name(PlanDocumentField field);
PlanEditKind plan_edit_kind_of(const char *name);
PlanField plan_field_of(const char *name);
PlanDocumentField plan_document_field_of(const char *name);

/* A spelling of an agency that an edit teaches. Strings are in the arena or the edit. */
typedef struct PlanLesson {
	const char *printed, *name;
} PlanLesson;

/* What an edit teaches about the spelling of agencies, before it is applied: PLAN_EDIT_AGENCY says it; a
 * lead or coordinating cell where one name was replaced by one that is nearly the same, or written out, shows
 * it. False where it teaches nothing. */
bool plan_edit_lesson(const Plan *plan, const PlanEdit *edit, Arena *arena, PlanLesson *ret_lesson);
