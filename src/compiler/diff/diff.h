/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

/* What a replacing or amending plan changes, item by item. Items are matched by what they say, not by their
 * numbers. */

typedef enum {
	PLAN_DIFF_ADDED,
	PLAN_DIFF_REMOVED,
	PLAN_DIFF_CHANGED,
	PLAN_DIFF_RENUMBERED, /* only the number, the group or the heading is another */
	PLAN_DIFF_KIND_MAX,
} PlanDiffKind;

typedef enum {
	PLAN_DIFF_DOCUMENT,
	PLAN_DIFF_INDICATOR,
	PLAN_DIFF_TASK,
	PLAN_DIFF_PROSE,
	PLAN_DIFF_DUTY,
	PLAN_DIFF_REPORTING,
	PLAN_DIFF_WHAT_MAX,
} PlanDiffWhat;

/* One field that is another. from or to is "" where the field was empty. */
typedef struct PlanDiffField {
	const char *key;   /* "deadline", "lead", "target", …: stable */
	const char *title; /* Vietnamese: "thời hạn" */
	int year;          /* of a target; 0 */
	const char *from, *to;
} PlanDiffField;

typedef struct PlanDiffItem {
	PlanDiffKind kind;
	PlanDiffWhat what;
	const char *label;             /* the item's text, of the new plan where it is there */
	const char *old_no, *new_no;   /* NULL where there is none */
	SourceSpan old_span, new_span; /* line 0 where the plan does not have the item */
	const char *origin; /* of an added item that was split off another, or a removed one that another took
			       up; NULL */
	unsigned alike_pct; /* how much of the wording is the same */
	PlanDiffField *fields;
	size_t n_fields;
} PlanDiffItem;

typedef struct PlanDiff {
	Arena *arena;
	GPtrArray *items; /* of PlanDiffItem: by kind of thing, then in the order of the new plan, removed
			     ones last */
	size_t n_by_kind[PLAN_DIFF_KIND_MAX];
} PlanDiff;

/* Compares two plans. Texts are copied; the plans may be freed before the result. */
PlanDiff *plan_diff(const Plan *old_plan, const Plan *new_plan);
void plan_diff_free(PlanDiff *diff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanDiff, plan_diff_free)

const char *plan_diff_kind_name(PlanDiffKind kind);  /* "added", …: of the JSON output */
const char *plan_diff_what_name(PlanDiffWhat what);  /* "task", … */
const char *plan_diff_what_title(PlanDiffWhat what); /* "nhiệm vụ", … */
