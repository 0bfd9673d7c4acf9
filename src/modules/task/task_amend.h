/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"

/* For other modules: a task as a decision made it; what it was stands in plan_change. Both in the caller's
 * transaction, in which search follows. Fail with APP_ERROR_NOT_FOUND. */

/* Gives a dated task another due day; lists and counts follow. raw: as it is shown from now on. */
bool
task_amend_deadline(const PlanScope *scope, int64_t task_no, int32_t due, const char *raw, GError **error);

bool task_amend_output(const PlanScope *scope, int64_t task_no, const char *output, GError **error);

/* Lets search follow what was adjusted by a program that did not do so at once; a transaction of its own. */
bool task_search_catch_up(Db *db, int64_t commune_id, GError **error);
