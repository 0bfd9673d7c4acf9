/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* For other modules: how far the tasks of a plan are, as their leads' pieces have it. */

typedef struct WorkFacts {
	int64_t task_no;
	int n_pieces, n_done, n_products; /* of leads, cancelled ones left out; done; done with a product */
	int percent;                      /* mean; what is done counts 100, what nobody has said 0 */
	int32_t full_day;                 /* when the last change was written; DATE_NONE */
	int32_t closed_day;               /* the last acceptance, where all are done; DATE_NONE */
} WorkFacts;

/* Appends the facts of a plan's tasks that have work (WorkFacts *), in the order of the plan. */
bool work_task_facts(const WorkScope *scope, int64_t plan_id, GPtrArray *ret_facts, GError **error);
