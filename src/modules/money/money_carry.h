/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For other modules: what becomes of money when the plan of its task is replaced or amended (R-47,
 * docs/adr/0035-money-follows.md). An entry goes on as it is, with those that it corrects and that correct
 * it: it stands in one place at a time, so nothing is added up twice; the way it came is kept. */

#include "modules/money/money.h"

/* One step of an entry. */
typedef struct MoneyCarry {
	int64_t entry_id;
	int64_t from_plan_id, from_task_no, to_plan_id, to_task_no;
	const char *reason, *name; /* by what plan, or why a person moved it; name NULL: the program */
	int64_t at_us;
} MoneyCarry;

/* What came of it. */
typedef struct MoneyCarryTally {
	int n_carried; /* entries that went on, corrected ones among them */
	int n_left;    /* entries that count and stay with tasks the new plan does not have */
	int64_t amounts_left[MONEY_KIND_MAX]; /* what those are, by kind */
} MoneyCarryTally;

/* Each in the caller's transaction; the tally is added to. Nobody is asked whether he may: the caller has. */

/* Carries all entries of a task on to a task of another plan, and what was found of it: a finding that a
 * person closed stays closed as long as its figures are the same. */
bool money_carry_task(const MoneyScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, const char *reason, MoneyCarryTally *tally, GError **error);

/* Leaves the entries of a task that the new plan does not have where they are, and closes what was found of
 * it. */
bool money_leave_task(const MoneyScope *scope, int64_t plan_id, int64_t task_no, const char *reason,
    MoneyCarryTally *tally, GError **error);

/* Puts one entry, with those that it corrects and that correct it, to another task: by a person, where the
 * program could not know (a task that was split or merged, an entry that was left behind). *ret_problem:
 * Vietnamese: why that is refused; NULL. Fails with APP_ERROR_NOT_FOUND for an entry or task that is not
 * there. */
bool money_move(const MoneyScope *scope, int64_t entry_id, int64_t to_plan_id, int64_t to_task_no,
    const char *reason, const char **ret_problem, GError **error);

/* Appends (MoneyCarry *) by which way the entries that stand at a task came there; 0, 0: of all entries; in
 * the order of entries, first step first. */
bool money_carries(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_carries, GError **error);

/* Where entries that once stood at a task are now. */
typedef struct MoneyAway {
	int64_t plan_id, task_no;
	const char *no, *name; /* of the task; no NULL: it has none */
	int64_t n_entries;
} MoneyAway;

/* Appends (MoneyAway *) where the entries are that count and stood at a task once. */
bool money_carried_away(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_aways, GError **error);

/* What money of a task has to expect. */
typedef enum {
	MONEY_PLACE_COUNTS,    /* its plan counts, and no other took the task over */
	MONEY_PLACE_TAKEN,     /* another plan took the task over: new entries belong there */
	MONEY_PLACE_DROPPED,   /* the plan that came after does not have the task */
	MONEY_PLACE_SUPERSEDED /* its plan counts no more, and nobody has said what became of the task */
} MoneyPlaceKind;

typedef struct MoneyPlace {
	MoneyPlaceKind kind;
	int64_t next_plan_id, next_task_no; /* of TAKEN; the plan alone of DROPPED */
} MoneyPlace;

bool
money_place(const MoneyScope *scope, int64_t plan_id, int64_t task_no, MoneyPlace *ret_place, GError **error);
