/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

#include <stdint.h>

/* What is wrong with a plan before it is signed: rules over the plan tree, each an entry of one table. */

typedef struct LintContext LintContext;

/* docs/lint-rules.md describes every rule with an example. */
typedef struct LintRule {
	const char *id;        /* stable, never reused */
	DiagSeverity severity; /* the usual one; a single finding may be milder */
	const char *title;     /* Vietnamese */
	const char *why;       /* Vietnamese, one sentence for an official */
	void (*run)(LintContext *lint);
} LintRule;

typedef struct LintOptions {
	int32_t today;             /* DATE_NONE: only the document's own dates count */
	DiagSeverity min_severity; /* findings below it are left out */
	const char *const *only;   /* rule ids, NULL-ended; NULL: every rule */
	const char *const *skip;   /* rule ids, NULL-ended; NULL: none */
} LintOptions;

/* Gives all rules, ended by one with a NULL id, in the order of the documentation. */
const LintRule *lint_rules(void);

/* Gives the rule of an id, or NULL. */
const LintRule *lint_find_rule(const char *id);

/* Checks a plan. options: NULL for the defaults.
 * The list is the caller's, sorted by place; its findings live in the plan's arena. */
DiagList *lint_run(const Plan *plan, const LintOptions *options);
