/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/lint.h"
#include "compiler/check/units.h"

/* What the rules share. A rule reads the plan and the items, and adds findings; it changes nothing else. */

typedef enum { LINT_INDICATOR, LINT_TASK, LINT_PROSE, LINT_DUTY } LintItemKind;

/* One thing the plan wants, whatever list it stands in. */
typedef struct LintItem {
	LintItemKind kind;
	const void *source; /* PlanIndicator, PlanTask, PlanProse or PlanDuty */
	const char *text;
	const char *no;         /* may be NULL */
	const PlanAnnex *annex; /* NULL for prose */
	const PlanGroup *group; /* NULL for prose */
	const char *section;    /* NULL for a row */
	const char *folded;     /* the text without marks */
	SourceSpan span;
	UnitSet units;
} LintItem;

/* Two indicators about the same or nearly the same thing, first as in the document. */
typedef struct LintPair {
	size_t first, second; /* into LintContext.items */
	unsigned same_pct, within_pct;
} LintPair;

struct LintContext {
	const Plan *plan;
	const LintOptions *options;
	const LintRule *rule; /* the one that runs */
	DiagList *list;
	Arena *scratch; /* dies with the run */
	UnitLexicon *lexicon;
	LintItem *items; /* indicators, tasks, prose, duties, in this order */
	size_t n_items;
	size_t n_indicators, n_tasks, n_prose, n_duties;
	LintPair *pairs; /* of items; see lint_pairs() */
	size_t n_pairs;
	bool has_pairs;
	GHashTable *fold_cache;        /* const char * → char *, by pointer */
	struct LintMeasures *measures; /* see measures.h; NULL until asked for */
	struct SequenceStep *steps;    /* see sequence.h; NULL until asked for */
	size_t n_steps;
	GArray *doc_numbers; /* see docnumbers.h; NULL until asked for */
	GHashTable *seen;    /* a set for the running rule */
};

#define LINT_MANY_RELATED 12 /* more places than this help nobody */

/* Adds a finding of the running rule. The message starts with a capital and says what to do. */
Diag *lint_add(LintContext *lint, SourceSpan span, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same, with a severity of its own. */
Diag *lint_add_as(LintContext *lint, DiagSeverity severity, SourceSpan span, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Attaches a place, up to LINT_MANY_RELATED. */
void lint_relate(LintContext *lint, Diag *diag, SourceSpan span);

/* Names an item for a message: "nhiệm vụ 5.9 (Phụ lục II)"; lint_label_first() for the start of a sentence.
 */
const char *lint_label(LintContext *lint, const LintItem *item);
const char *lint_label_first(LintContext *lint, const LintItem *item);

/* "“Chuẩn hóa, điện tử hóa quy trình…”": the first words of a text. */
const char *lint_quote(LintContext *lint, const char *text);

/* All pairs of items whose shared weight is 38 % of the smaller one or more. */
const LintPair *lint_pairs(LintContext *lint, size_t *ret_n);

/* The day the plan was issued: the last day of the month or year where the day is blank; DATE_NONE where
 * unknown. */
int32_t lint_issue_day(const Plan *plan);

/* "Phụ lục II", or "Phụ lục (thứ 2, chưa đánh số)". */
const char *lint_annex_name(LintContext *lint, const PlanAnnex *annex);

static inline const PlanIndicator *
lint_indicator(const LintItem *item)
{
	return item->source;
}

static inline const PlanTask *
lint_task(const LintItem *item)
{
	return item->source;
}
