/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "modules/intake/intake.h"
#include "modules/money/money_carry.h"
#include "modules/plan/plan.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_carry_product.h"

/* Chuyển tiếp kế hoạch: a plan is compared with the one that it replaces or amends, line by line; a person
 * confirms what became of what; then it is put into force and the work goes on in it (R-46, R-47,
 * docs/adr/0031-plan-succession.md). */

typedef enum {
	SUCCESSION_PREPARING = 1,
	SUCCESSION_DONE,
	SUCCESSION_DROPPED,
	SUCCESSION_STATE_MAX,
} SuccessionState;

extern const char *const SUCCESSION_STATE_TITLES[SUCCESSION_STATE_MAX];

typedef enum {
	SUCCESSION_ACCEPT = 1, /* one line, as proposed or as chosen */
	SUCCESSION_ACCEPT_ALL, /* as proposed for the draft as it was then */
} SuccessionStepKind;

typedef struct SuccessionScope {
	IntakeScope intake; /* store, commune, directory, instant, actor */
	Arena *arena;
	int32_t today;
	bool may_roles; /* the actor may give roles in a plan */
} SuccessionScope;

typedef struct Succession {
	int64_t succession_id, draft_id, new_plan_id, old_plan_id;
	PlanSuccessionKind kind;
	int32_t from_day;
	bool carries_roles;
	SuccessionState state;
	int64_t version;
	const char *name;
	int64_t at_us;
} Succession;

typedef struct SuccessionStep {
	int64_t step_no;
	SuccessionStepKind kind;
	PlanLineWhat what;
	int64_t old_no;
	const char *new_key; /* "": the old row is gone */
	int64_t seen;
	bool is_undone;
	const char *name;
	int64_t at_us;
} SuccessionStep;

/* A row of either plan. */
typedef struct SuccessionRow {
	PlanLineWhat what;
	int64_t no;      /* place in its plan, from 1 */
	const char *key; /* of a new row: its mark */
	const char *code, *name;
	const void *item; /* PlanIndicator or PlanTask */
} SuccessionRow;

typedef struct SuccessionLine {
	PlanLine line;
	const SuccessionRow *old_row, *new_row; /* NULL: none */
	unsigned alike_pct;
	bool is_confirmed;
	bool is_chosen; /* by a person, by hand */
	/* What hangs on the old row besides its work, in words; of succession_read_follow(). NULL: nothing.
	 */
	const char *money, *product;
	bool is_money_left, is_product_left; /* they do not go on */
} SuccessionLine;

/* Two plans beside one another. Rows and texts live as long as it. */
typedef struct SuccessionCompare SuccessionCompare;

struct SuccessionCompare {
	Succession succession;
	GPtrArray *steps;               /* of SuccessionStep * */
	GPtrArray *old_rows, *new_rows; /* of SuccessionRow * */
	GPtrArray *lines; /* of SuccessionLine *, in the order of the new plan, gone ones last */
	size_t n_by_change[PLAN_LINE_CHANGE_MAX];
	size_t n_open;                           /* not confirmed yet */
	size_t n_money_left;                     /* tasks whose money stays; of succession_read_follow() */
	GPtrArray *agencies_new, *agencies_gone; /* of const char * */
	const char *old_caption, *new_caption;
	int64_t seen; /* version of the draft; 0 */
	bool can_undo;
	struct IntakeReview *review; /* holds the draft's texts; NULL */
};

void succession_compare_free(SuccessionCompare *compare);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SuccessionCompare, succession_compare_free)

/* Fails with APP_ERROR_NOT_FOUND. */
bool succession_find(const SuccessionScope *scope, int64_t succession_id, Succession *ret, GError **error);

/* Appends all (Succession *), newest first. */
bool succession_list(const SuccessionScope *scope, GPtrArray *ret_successions, GError **error);

/* Begins one: a ready draft (draft_id), or a plan that counts (new_plan_id). Fails with APP_ERROR_INVALID
 * (the same plan on both sides, no such plan or draft, a plan that counts no more, Vietnamese),
 * APP_ERROR_CONFLICT (one is under way for this draft or plan). */
bool succession_begin(
    const SuccessionScope *scope, const Succession *wanted, int64_t *ret_succession_id, GError **error);

/* Compares as things stand. */
bool succession_compare(
    const SuccessionScope *scope, int64_t succession_id, SuccessionCompare **ret_compare, GError **error);

/* Adds to the lines what money and corrected products the old rows have, and whether they go on; once it is
 * done: what was left behind. */
bool succession_read_follow(const SuccessionScope *scope, SuccessionCompare *compare, GError **error);

/* A row of the old plan that a new row may have come from. */
typedef struct SuccessionCandidate {
	const SuccessionRow *row;
	unsigned alike_pct;
	bool is_taken; /* it stands on another line */
} SuccessionCandidate;

/* Appends (SuccessionCandidate) the rows of the old plan of the same kind, the most alike first. */
void
succession_candidates(const SuccessionCompare *compare, const SuccessionRow *row, GArray *ret_candidates);

/* Each changes it in one transaction and notes it. version: as the person saw it. Fail with
 * APP_ERROR_CONFLICT where somebody was faster or it is over, APP_ERROR_INVALID where the line is not there.
 */
bool succession_step(const SuccessionScope *scope, int64_t succession_id, int64_t version,
    const SuccessionStep *step, GError **error);
bool succession_undo(const SuccessionScope *scope, int64_t succession_id, int64_t version, GError **error);
bool succession_set(const SuccessionScope *scope, int64_t succession_id, int64_t version,
    PlanSuccessionKind kind, int32_t from_day, bool carries_roles, GError **error);
bool succession_drop(const SuccessionScope *scope, int64_t succession_id, int64_t version, GError **error);

/* What came of it. */
typedef struct SuccessionResult {
	int64_t new_plan_id;
	WorkCarryTally work;
	MoneyCarryTally money;
	WorkProductTally products;
	int n_evidence, n_proposals, n_links, n_roles, n_roles_proposed;
} SuccessionResult;

/* Puts the new plan into force and carries everything on, in one transaction. Fails with APP_ERROR_CONFLICT
 * where lines are not confirmed yet or somebody was faster; nothing was written then. */
bool succession_publish(const SuccessionScope *scope, int64_t succession_id, int64_t version,
    SuccessionResult *ret_result, GError **error);

/* A plan that a new one may replace. */
typedef struct SuccessionSuggestion {
	const PlanInfo *plan;
	const char *why; /* NULL: it only counts */
	PlanSuccessionKind kind;
	/* 4: the document says so, with number and date; 3: it is another text of this plan; 2: the document
	 * names its number; 1: the same issuer; 0 */
	int rank;
} SuccessionSuggestion;

#define SUCCESSION_RANK_NAMED 2 /* and above: the document itself says so */

/* Appends (SuccessionSuggestion) the plans that count, what the document says it replaces first. */
bool succession_suggest(
    const SuccessionScope *scope, const Plan *new_plan, GArray *ret_suggestions, GError **error);

bool succession_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
