/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* The numbers that deadlines and updates obey, each from a day on and with its source. */

typedef enum {
	WORK_NUMBER_SOON,
	WORK_NUMBER_ACTION,
	WORK_NUMBER_UNDO,
	WORK_NUMBER_LOCK,
	WORK_NUMBER_PROOF,
	WORK_NUMBER_MAX,
} WorkNumberKey;

/* What is known of one of them. */
typedef struct WorkNumberRule {
	const char *rule, *title, *unit, *hint;
	const char *setting; /* where it was kept before it had dates */
	int64_t fallback, min, max;
	const char *source; /* of the fallback */
} WorkNumberRule;

extern const WorkNumberRule WORK_NUMBERS[WORK_NUMBER_MAX];

/* What holds on a day. */
typedef struct WorkNumber {
	int64_t value;
	bool is_own;        /* it was set, from a day on */
	int32_t valid_from; /* of what was set */
	const char *source, *name;
} WorkNumber;

bool work_numbers(
    const WorkScope *scope, int32_t day, WorkNumber ret_numbers[static WORK_NUMBER_MAX], GError **error);

/* WORK_NUMBER_SOON alone: every page about a plan asks for it. Fails as db_step(). */
bool work_soon_days(Db *db, int64_t commune_id, int32_t day, int32_t *ret_days, GError **error);

/* One that was set, whenever it begins. */
typedef struct WorkNumberEvent {
	const WorkNumberRule *rule;
	int32_t valid_from;
	int64_t value, at_us;
	const char *source, *name;
} WorkNumberEvent;

/* Appends all that was ever set (WorkNumberEvent *), in the order of the rules, then of days. */
bool work_number_history(const WorkScope *scope, GPtrArray *ret_events, GError **error);

/* Sets one from a day on. *ret_problem: Vietnamese: out of range, in the past, without a source; NULL. */
bool work_set_number(const WorkScope *scope, WorkNumberKey key, int64_t value, int32_t valid_from,
    const char *source, const char **ret_problem, GError **error);

bool work_verify_numbers(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
