/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "compiler/plan.h"

#include <glib.h>
#include <stdbool.h>

/* The due days that follow from a plan's reporting rules. */

typedef struct ReportRuleDates {
	PlanPeriod cadence;
	int due_month, due_day; /* 0 where the plan gives none */
} ReportRuleDates;

typedef struct ReportDue {
	int32_t day;
	bool is_stated; /* the plan gives the date; else the day is the end of the period */
	PlanPeriod cadence;
} ReportDue;

/* Appends (to an array of ReportDue) the due days in [from, to], earliest first.
 * A rule with a day and a month is due on that day of every year; with a day alone, on that day of the last
 * month of each period; without a date, at the end of each period. An unscheduled rule, and one that says
 * neither how often nor when, has no due days: report_rule_is_scheduled() tells. */
void report_rule_expand(const ReportRuleDates *rule, int32_t from, int32_t to, GArray *dues);

bool report_rule_is_scheduled(const ReportRuleDates *rule);

/* Appends the name of the period a due day belongs to: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm
 * 2026", "năm 2026", "giai đoạn 5 năm đến 2030". Nothing for a rule without a period. */
void report_period_title(const ReportDue *due, GString *out);
