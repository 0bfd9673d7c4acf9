/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money.h"
#include "modules/work/work_facts.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Đối soát: for each task, progress against money against product; where they disagree there is a finding of
 * a rule. */

/* A rule as it is on a day. */
typedef struct ReconcileRule {
	const char *rule, *title, *hint, *unit;
	bool is_on;
	int64_t threshold;
	int32_t valid_from; /* 0: comes with the program */
	const char *source, *name;
} ReconcileRule;

#define RECONCILE_THRESHOLD_MAX 1000

/* Appends the rules of a day (ReconcileRule *), in their order. */
bool reconcile_rules(const MoneyScope *scope, int32_t day, GPtrArray *ret_rules, GError **error);

/* Sets a rule from a day on. *ret_problem: Vietnamese: why that is refused; NULL. Fails with
 * APP_ERROR_NOT_FOUND for a rule that is not known. */
bool reconcile_set_rule(
    const MoneyScope *scope, const ReconcileRule *rule, const char **ret_problem, GError **error);

/* What a rule says of one task: why they disagree, in words with the figures, in the arena; NULL: it finds
 * nothing. */
const char *reconcile_judge(
    Arena *arena, const ReconcileRule *rule, const WorkFacts *facts, const MoneyTotal *money, int32_t today);

/* One task's three sides. */
typedef struct ReconcileTask {
	int64_t plan_id, task_no;
	WorkFacts facts; /* n_pieces 0: it has no work yet */
	MoneyTotal money;
} ReconcileTask;

/* Appends the tasks of a plan that have work or money (ReconcileTask *), in the order of the plan. */
bool reconcile_tasks(const MoneyScope *scope, int64_t plan_id, GPtrArray *ret_tasks, GError **error);

/* Compares the tasks of all current plans and writes what changed, each plan in a transaction; *ret_changed:
 * how many findings. Doing it again changes nothing. */
bool reconcile_run(const MoneyScope *scope, int *ret_changed, GError **error);

/* Closes a finding with a reason. *ret_problem: as above. Fails with APP_ERROR_NOT_FOUND. */
bool reconcile_close(const MoneyScope *scope, int64_t finding_id, const char *reason,
    const char **ret_problem, GError **error);

bool reconcile_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
