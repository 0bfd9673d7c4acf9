/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/diag.h"
#include "modules/plan/plan_scope.h"

/* What is wrong with a plan, as the compiler and the rules of lint found it. */

typedef struct PlanFindingPlace PlanFindingPlace;
struct PlanFindingPlace {
	int64_t line, block_no;
	PlanFindingPlace *next; /* of a list that was read */
};

typedef struct PlanFinding {
	int64_t finding_no;
	DiagSeverity severity;
	char *rule, *message;
	int64_t line, block_no;   /* 0: of the document as a whole */
	PlanFindingPlace *places; /* related ones; NULL */
} PlanFinding;

/* How many findings one rule made. */
typedef struct PlanFindingTally {
	DiagSeverity severity;
	char *rule;
	int64_t count;
} PlanFindingTally;

typedef struct PlanFindingFilter {
	bool has_severity;
	DiagSeverity severity;
	const char *rule; /* NULL: every rule */
	int64_t after;    /* the last finding of the page before */
	int limit;
} PlanFindingFilter;

/* Stores one finding under `finding_no`. block_no: where its place is shown; places: of the related ones. */
bool plan_add_finding(const PlanScope *scope, int64_t finding_no, const Diag *diag, int64_t block_no,
    const PlanFindingPlace *places, size_t n_places, GError **error);

/* Appends a page of findings (PlanFinding *, in the arena), errors first. */
bool plan_list_findings(const PlanScope *scope, const PlanFindingFilter *filter, Arena *arena,
    GPtrArray *ret_findings, GError **error);

/* Appends the findings of a run of blocks in the order of the text, without related places. */
bool plan_list_block_findings(const PlanScope *scope, int64_t first, int64_t last, Arena *arena,
    GPtrArray *ret_findings, GError **error);

/* Appends the counts by severity and rule (PlanFindingTally *), errors first. */
bool plan_tally_findings(const PlanScope *scope, Arena *arena, GPtrArray *ret_tallies, GError **error);

/* "Lỗi", "Cảnh báo", "Lưu ý"; and the words of addresses: "loi", "canh-bao", "luu-y". */
const char *plan_severity_title(DiagSeverity severity);
const char *plan_severity_slug(DiagSeverity severity);
bool plan_severity_from_slug(const char *slug, DiagSeverity *ret_severity);
