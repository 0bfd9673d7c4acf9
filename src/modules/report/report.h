/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"
#include "modules/report/report_calendar.h"

/* Lịch báo cáo: who reports to whom, when. */

typedef struct ReportRule {
	int64_t rule_no;
	char *item; /* its mark in the document */
	ReportRuleDates dates;
	bool is_before;          /* "trước ngày": the day itself no longer counts */
	char *sender, *receiver; /* NULL */
	char *body;              /* the sentence */
} ReportRule;

/* Stores a plan's reporting rules. items: the mark of each of plan->reporting. */
bool report_add_all(const PlanScope *scope, const Plan *plan, const char *const *items, GError **error);

/* Appends the rules (ReportRule *, in the arena) in the order of the plan. */
bool report_list_rules(const PlanScope *scope, Arena *arena, GPtrArray *ret_rules, GError **error);

/* "hằng tháng", "hằng quý", "6 tháng", "hằng năm", "5 năm", "đột xuất"; "" for none. */
const char *report_cadence_title(PlanPeriod cadence);
