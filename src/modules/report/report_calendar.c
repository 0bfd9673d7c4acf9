/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_calendar.h"

/* Months in a period; 0 for what has no periods. */
static const int PERIOD_MONTHS[PLAN_PERIOD_MAX] = {
    [PLAN_PERIOD_MONTH] = 1,
    [PLAN_PERIOD_QUARTER] = 3,
    [PLAN_PERIOD_HALF] = 6,
    [PLAN_PERIOD_YEAR] = 12,
    [PLAN_PERIOD_FIVE_YEARS] = 60,
};

static bool
has_date(const ReportRuleDates *rule)
{
	return rule->due_month > 0 && rule->due_day > 0;
}

bool
report_rule_is_scheduled(const ReportRuleDates *rule)
{
	return has_date(rule) || PERIOD_MONTHS[rule->cadence] > 0;
}

/* The day of a month, or its last day where the month is shorter. */
static int32_t
day_in_month(int year, int month, int day)
{
	return date_from_ymd(year, month, MIN(day, date_last_day_of_month(year, month)));
}

static void
append_due(const ReportRuleDates *rule, int32_t day, bool is_stated, int32_t from, int32_t to, GArray *dues)
{
	ReportDue due = {.day = day, .is_stated = is_stated, .cadence = rule->cadence};

	if (day >= from && day <= to)
		g_array_append_val(dues, due);
}

static void
expand_periods(
    const ReportRuleDates *rule, int first_year, int last_year, int32_t from, int32_t to, GArray *dues)
{
	int months = PERIOD_MONTHS[rule->cadence];

	for (int month = first_year * 12; month <= last_year * 12 + 11; month++) {
		int year = month / 12, month_of_year = month % 12 + 1;
		bool is_last =
		    months < 60 ? month_of_year % months == 0 : month_of_year == 12 && year % 5 == 0;

		if (is_last && rule->due_day > 0)
			append_due(
			    rule, day_in_month(year, month_of_year, rule->due_day), true, from, to, dues);
		else if (is_last)
			append_due(rule, date_end_of_month(year, month_of_year), false, from, to, dues);
	}
}

void
report_rule_expand(const ReportRuleDates *rule, int32_t from, int32_t to, GArray *dues)
{
	int first_year, last_year, month, day;

	date_to_ymd(from, &first_year, &month, &day);
	date_to_ymd(to, &last_year, &month, &day);
	if (has_date(rule)) {
		for (int year = first_year; year <= last_year; year++)
			append_due(
			    rule, day_in_month(year, rule->due_month, rule->due_day), true, from, to, dues);
	} else if (PERIOD_MONTHS[rule->cadence] > 0) {
		expand_periods(rule, first_year, last_year, from, to, dues);
	}
}

void
report_period_title(const ReportDue *due, GString *out)
{
	static const char *const QUARTERS[] = {"I", "II", "III", "IV"};
	int year, month, day;

	date_to_ymd(due->day, &year, &month, &day);
	switch (due->cadence) {
	case PLAN_PERIOD_MONTH:
		g_string_append_printf(out, "tháng %d/%d", month, year);
		break;
	case PLAN_PERIOD_QUARTER:
		g_string_append_printf(out, "quý %s/%d", QUARTERS[(month - 1) / 3], year);
		break;
	case PLAN_PERIOD_HALF:
		g_string_append_printf(out, "6 tháng %s năm %d", month <= 6 ? "đầu" : "cuối", year);
		break;
	case PLAN_PERIOD_YEAR:
		g_string_append_printf(out, "năm %d", year);
		break;
	case PLAN_PERIOD_FIVE_YEARS:
		g_string_append_printf(out, "giai đoạn 5 năm đến %d", year);
		break;
	case PLAN_PERIOD_NONE:
	case PLAN_PERIOD_ADHOC:
	case PLAN_PERIOD_MAX:
		break;
	}
}
