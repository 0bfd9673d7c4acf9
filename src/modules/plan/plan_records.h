/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/record_kind.h"
#include "modules/plan/plan_rows.h"

/* For other modules: which plan a record belongs to, for its history and for what is attached to it. */

/* Gives a plan that the visitor may look at, in the request's arena. Fails with APP_ERROR_NOT_FOUND where it
 * is not there or not for them. */
bool plan_find_readable(HttpRequest *request, int64_t plan_id, const PlanInfo **ret_plan, GError **error);

/* Begins the history of a row of a plan: it was set when the plan came to count. Fails as
 * plan_find_readable(). */
bool plan_record_begin(
    HttpRequest *request, int64_t plan_id, AppRecord *record, const PlanInfo **ret_plan, GError **error);

extern const AppRecordKind PLAN_RECORDS[];
