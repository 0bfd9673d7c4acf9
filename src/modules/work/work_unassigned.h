/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* For other modules: tasks of current plans that no unit leads yet. */

typedef struct WorkUnassigned {
	int64_t plan_id, task_no;
	const char *no, *output, *section; /* NULL */
	const char *name;
	const char *lead; /* as the plan has it: nobody in particular; "" */
	const char *deadline_raw;
	int32_t due; /* DATE_NONE */
} WorkUnassigned;

/* Appends (WorkUnassigned *) those of a plan behind the task `after`, or where plan_id is 0 of every current
 * plan that the actor may read; at most `limit`. */
bool work_list_unassigned(
    const WorkScope *scope, int64_t plan_id, int64_t after, int limit, GPtrArray *ret_tasks, GError **error);

/* Counts those of one plan. */
bool work_count_unassigned(const WorkScope *scope, int64_t plan_id, int64_t *ret_count, GError **error);
