/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For other modules: what people said that a task has to bring about goes on with it when its plan is
 * replaced or amended. It is copied: the old task still says what was said of it. */

#include "modules/work/work_deliverable.h"

/* Of what something was said: a whole task, whoever does it (agency, role and part 0), or one part of it. */
typedef struct WorkProductKey {
	int64_t plan_id, task_no, agency_id, role, part_no;
} WorkProductKey;

/* What came of it. */
typedef struct WorkProductTally {
	int n_carried, n_left;
} WorkProductTally;

/* In the caller's transaction, after work_carry_task(); the tally is added to. What was said of the new task
 * already is left alone. has_other_output: the new plan words the product itself anew, so that what was said
 * of the whole of the old one does not hold; of its parts it does. */
bool work_carry_products(const WorkScope *scope, int64_t from_plan_id, int64_t from_task_no,
    int64_t to_plan_id, int64_t to_task_no, bool has_other_output, WorkProductTally *tally, GError **error);

/* Counts what was said of a task that the new plan does not have, as left. */
bool work_leave_products(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, WorkProductTally *tally, GError **error);

/* A product that somebody spoke of. */
typedef struct WorkProductRow {
	WorkProductKey key;
	WorkProduct product;
} WorkProductRow;

/* Appends (WorkProductRow *) what was said of a task and its parts; task 0: of all of a plan. */
bool work_products_at(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error);

/* --- for the module's own files ---------------------------------------------------------------------------
 */

/* Writes and notes it, as it is; no checks, in the caller's transaction. */
bool work_put_product(
    const WorkScope *scope, const WorkProductKey *key, const WorkProduct *product, GError **error);
