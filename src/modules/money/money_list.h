/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money_pages.h"

/* What the list's page and its data share. */

/* What the page is made of, before it is added up. */
typedef struct MoneyList {
	HttpRequest *request;
	MoneyScope scope;
	MoneyFilter filter;
	MoneyStanding standing;
	GPtrArray *totals, *plans, *sources, *agencies; /* of MoneyTotal, PlanInfo, MoneySource, MoneyUnit */
	GHashTable *tasks;                              /* name of a task by "plan/task" */
} MoneyList;

/* How things are called; in the list's arena. */
const char *money_list_task_title(const MoneyList *list, const MoneyTotal *total);
const char *money_list_agency_title(const MoneyList *list, int64_t agency_id);
const char *money_list_source_title(const MoneyList *list, const char *word);
const char *money_list_plan_title(const MoneyList *list, int64_t plan_id);

/* "57/KH-UBND ngày 26/9/2025": a plan may have the number of the one that it replaces. */
const char *money_plan_title(Arena *arena, const PlanInfo *plan);

/* False: money there was left behind by the plan that came after, or has not been carried on yet. */
bool money_list_is_current(const MoneyList *list, int64_t plan_id);

void money_list_write_csv(const MoneyList *list, HttpResponse *response);
void money_list_write_json(const MoneyList *list, HttpResponse *response);
