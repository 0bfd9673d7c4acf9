/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"

/* For other modules: a task as a decision made it; what it was stands in plan_change. Both in the caller's
 * transaction. Fail with APP_ERROR_NOT_FOUND. Search finds the words that were until it is made anew. */

/* Gives a dated task another due day; lists and counts follow. raw: as it is shown from now on. */
bool
task_amend_deadline(const PlanScope *scope, int64_t task_no, int32_t due, const char *raw, GError **error);

bool task_amend_output(const PlanScope *scope, int64_t task_no, const char *output, GError **error);
