/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report_calendar.h"

#include <glib.h>

/* The due days of a rule from 15/12/2026 for twelve months, "31/12/2026 …"; "*" behind those the plan states.
 */
static char *
expand(ReportRuleDates rule)
{
	g_autoptr(GArray) dues = g_array_new(FALSE, FALSE, sizeof(ReportDue));
	GString *out = g_string_new(NULL);

	report_rule_expand(&rule, date_from_ymd(2026, 12, 15), date_from_ymd(2027, 12, 14), dues);
	for (guint i = 0; i < dues->len; i++) {
		const ReportDue *due = &g_array_index(dues, ReportDue, i);
		char day[DATE_ISO_SIZE];

		date_format_iso(due->day, day);
		g_string_append_printf(out, "%s%s%s", i > 0 ? " " : "", day, due->is_stated ? "*" : "");
	}
	return g_string_free(out, FALSE);
}

static void
test_expand(void)
{
	static const struct {
		ReportRuleDates rule;
		const char *days;
	} CASES[] = {
	    {{PLAN_PERIOD_YEAR, 11, 30}, "2027-11-30*"},
	    {{PLAN_PERIOD_YEAR, 12, 15}, "2026-12-15*"}, /* today still counts */
	    {{PLAN_PERIOD_YEAR, 12, 14}, "2027-12-14*"}, {{PLAN_PERIOD_YEAR, 0, 0}, "2026-12-31"},
	    {{PLAN_PERIOD_HALF, 0, 0}, "2026-12-31 2027-06-30"},
	    {{PLAN_PERIOD_QUARTER, 0, 0}, "2026-12-31 2027-03-31 2027-06-30 2027-09-30"},
	    {{PLAN_PERIOD_QUARTER, 0, 25}, "2026-12-25* 2027-03-25* 2027-06-25* 2027-09-25*"},
	    {{PLAN_PERIOD_FIVE_YEARS, 0, 0}, ""}, {{PLAN_PERIOD_NONE, 6, 15}, "2027-06-15*"},
	    {{PLAN_PERIOD_NONE, 0, 0}, ""}, {{PLAN_PERIOD_ADHOC, 0, 0}, ""},
	    {{PLAN_PERIOD_YEAR, 2, 29}, "2027-02-28*"}, /* no leap year */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *days = expand(CASES[i].rule);

		g_assert_cmpstr(days, ==, CASES[i].days);
	}
}

static void
test_months(void)
{
	g_autofree char *days = expand((ReportRuleDates){PLAN_PERIOD_MONTH, 0, 31});

	g_assert_cmpstr(days, ==,
	    "2026-12-31* 2027-01-31* 2027-02-28* 2027-03-31* 2027-04-30* 2027-05-31* 2027-06-30* 2027-07-31* "
	    "2027-08-31* 2027-09-30* 2027-10-31* 2027-11-30*");
}

static void
test_five_years(void)
{
	g_autoptr(GArray) dues = g_array_new(FALSE, FALSE, sizeof(ReportDue));
	ReportRuleDates rule = {PLAN_PERIOD_FIVE_YEARS, 0, 0};

	report_rule_expand(&rule, date_from_ymd(2030, 1, 1), date_from_ymd(2030, 12, 31), dues);
	g_assert_cmpuint(dues->len, ==, 1);
	g_assert_cmpint(g_array_index(dues, ReportDue, 0).day, ==, date_from_ymd(2030, 12, 31));
}

static void
test_scheduled(void)
{
	g_assert_true(report_rule_is_scheduled(&(ReportRuleDates){PLAN_PERIOD_NONE, 6, 15}));
	g_assert_true(report_rule_is_scheduled(&(ReportRuleDates){PLAN_PERIOD_MONTH, 0, 0}));
	g_assert_false(report_rule_is_scheduled(&(ReportRuleDates){PLAN_PERIOD_ADHOC, 0, 0}));
	g_assert_false(report_rule_is_scheduled(&(ReportRuleDates){PLAN_PERIOD_NONE, 0, 0}));
}

static void
test_titles(void)
{
	static const struct {
		PlanPeriod cadence;
		int month;
		const char *title;
	} CASES[] = {
	    {PLAN_PERIOD_MONTH, 11, "tháng 11/2026"},
	    {PLAN_PERIOD_QUARTER, 9, "quý III/2026"},
	    {PLAN_PERIOD_HALF, 6, "6 tháng đầu năm 2026"},
	    {PLAN_PERIOD_HALF, 12, "6 tháng cuối năm 2026"},
	    {PLAN_PERIOD_YEAR, 12, "năm 2026"},
	    {PLAN_PERIOD_NONE, 12, ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(GString) title = g_string_new(NULL);
		ReportDue due = {date_from_ymd(2026, CASES[i].month, 28), true, CASES[i].cadence};

		report_period_title(&due, title);
		g_assert_cmpstr(title->str, ==, CASES[i].title);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/report/expand", test_expand);
	g_test_add_func("/report/months", test_months);
	g_test_add_func("/report/five-years", test_five_years);
	g_test_add_func("/report/scheduled", test_scheduled);
	g_test_add_func("/report/titles", test_titles);
	return g_test_run();
}
