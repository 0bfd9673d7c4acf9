/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/remind/remind_internal.h"

/* For other modules: what the ladder would have said on past days: nothing is written, nobody is told. Pieces
 * are what their entries had made of them by the morning of each day; heads are those of the day; who may
 * operate or ask is taken from the roles' own dates, and from accounts as they are now. Requests for an
 * explanation are left out. */

#define REMIND_TRIAL_DAYS_MAX 400
#define REMIND_TRIAL_ROWS_MAX 200000

typedef struct RemindSaid {
	int32_t day;
	int64_t rung_no, person_id, subject_id; /* subject_id 0: the month's updates */
	const char *name, *subject;             /* of the person; of the notice */
} RemindSaid;

/* Appends (RemindSaid) in the order of the days. *ret_is_cut: there was more. Fails with APP_ERROR_INVALID
 * where the days are in the wrong order or too many. */
bool remind_simulate(
    const WorkScope *scope, int32_t from, int32_t to, GArray *ret_said, bool *ret_is_cut, GError **error);

/* How many one person would have got. */
typedef struct RemindLoad {
	int64_t person_id;
	const char *name;
	int n, n_most; /* n_most: on one day */
	int32_t most_day;
} RemindLoad;

/* Appends (RemindLoad), most first. */
void remind_loads(const GArray *said, GArray *ret_loads);
