/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "modules/plan/plan_scope.h"

/* The plans of a commune, their versions and the frame of their annexes. */

typedef struct PlanCounts {
	int64_t tasks, indicators, duties;
	int64_t errors, warnings, infos;
} PlanCounts;

typedef struct PlanInfo {
	int64_t plan_id, document_id;
	int64_t version;
	bool is_current;               /* the newest version of this plan, and not replaced by another */
	int64_t added_us, replaced_by; /* the plan that replaced it; 0: none */
	int32_t replaced_from;         /* DATE_NONE */
	bool is_plan;                  /* false: the document does not look like a plan */
	PlanFamily family;
	char *number, *type, *issuer, *title, *signer, *signer_role; /* NULL where the document has none */
	char *issued_on;                                             /* "2026-02-24", "2026-02", "2026" */
	PlanCounts counts;
} PlanInfo;

/* Gives what a plan is known by: issuer, number, date and type, folded; the title too where the number is
 * blank. The result is the caller's. */
char *plan_identity(const PlanDocument *document);

typedef struct PlanKnown {
	int64_t plan_id; /* 0: none is known */
	int64_t version;
} PlanKnown;

/* Finds the newest version of an identity. */
bool
plan_find_identity(Db *db, int64_t commune_id, const char *identity, PlanKnown *ret_known, GError **error);

/* Finds the plan that was read from a document. */
bool
plan_find_document(Db *db, int64_t commune_id, int64_t document_id, PlanKnown *ret_known, GError **error);

/* Adds a plan as the newest version of its identity, with its citations, annexes, columns and group rows. */
bool plan_add(PlanScope *scope, int64_t document_id, const Plan *plan, const PlanCounts *counts,
    int64_t now_us, GError **error);

/* Gives the number under which plan_add() stored an annex or a group row: its place in the plan, from 1; 0
 * for NULL. */
int64_t plan_annex_number(const Plan *plan, const PlanAnnex *annex);
int64_t plan_group_number(const Plan *plan, const PlanGroup *group);

/* Appends a commune's plans (PlanInfo *, in the arena), newest first. */
bool plan_list(Db *db, int64_t commune_id, Arena *arena, GPtrArray *ret_plans, GError **error);

/* Gives one of a list of plans (PlanInfo *); NULL where it is not among them. */
const PlanInfo *plan_find_listed(const GPtrArray *plans, int64_t plan_id);

/* Appends "Kế hoạch số 57/KH-UBND ngày 24/02/2026"; says so where number or date are blank. */
void plan_caption(const PlanInfo *info, GString *out);

/* The same in the arena; "một kế hoạch khác" for NULL: one that the reader may not look at. */
const char *plan_caption_text(Arena *arena, const PlanInfo *info);

/* Appends a date as far as it is known: "24/02/2026", "tháng 3/2026", "năm 2026". */
void plan_append_date(const char *issued_on, GString *out);

typedef struct PlanAnnexInfo {
	int64_t annex_no;
	PlanAnnexKind kind;
	char *label, *title;
} PlanAnnexInfo;

typedef struct PlanGroupInfo {
	int64_t group_no, annex_no, parent_no;
	int level;
	char *no, *title;
} PlanGroupInfo;

/* Append (PlanAnnexInfo *, PlanGroupInfo *) in the order of the plan. first, last: group numbers, inclusive.
 */
bool plan_list_annexes(const PlanScope *scope, Arena *arena, GPtrArray *ret_annexes, GError **error);
bool plan_list_groups(
    const PlanScope *scope, int64_t first, int64_t last, Arena *arena, GPtrArray *ret_groups, GError **error);

typedef struct PlanColumnInfo {
	int64_t annex_no;
	PlanColumnKind kind;
	char *title;
	int year;
} PlanColumnInfo;

/* Appends the columns of all annexes (PlanColumnInfo *). */
bool plan_list_columns(const PlanScope *scope, Arena *arena, GPtrArray *ret_columns, GError **error);
