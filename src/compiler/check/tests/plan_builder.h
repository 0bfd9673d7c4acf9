/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

/* Plans made by hand for tests: each thing added takes the next line of the plan's text. */

/* A plan with number, date, signer, recipients, basis and reporting, and nothing else: no rule finds
 * anything. */
Plan *build_plan(void);

/* kinds: as many columns as there are, ended by PLAN_COLUMN_MAX. label NULL: no printed label, counted "1",
 * "2". */
PlanAnnex *build_annex(Plan *plan, const char *label, PlanAnnexKind kind, const PlanColumnKind *columns);

/* With the columns that its kind usually has. */
PlanAnnex *build_task_annex(Plan *plan);
PlanAnnex *build_indicator_annex(Plan *plan);

PlanGroup *build_group(Plan *plan, PlanAnnex *annex, const char *no, const char *title);

/* annex NULL: prose of section "II.1". The unit is "%". Lead and output are filled in for a row. */
PlanIndicator *build_indicator(Plan *plan, PlanAnnex *annex, const char *no, const char *name);

/* value: ">= 90", "90", "80-90", "> 3", "phấn đấu 3". */
void build_target(Plan *plan, PlanIndicator *indicator, int year, const char *value);

/* annex NULL: prose of section "III.1". Names separated by "; ", "" for none; deadline_raw "" for none,
 * "7/2026", "2026", "Thường xuyên", "Hằng năm", "Sau khi …". */
PlanTask *build_task(Plan *plan, PlanAnnex *annex, const char *no, const char *name, const char *lead,
    const char *coordinating, const char *output, const char *deadline_raw);

PlanProse *build_prose(Plan *plan, const char *section, const char *text);
PlanDuty *build_duty(Plan *plan, const char *agency, const char *section, const char *text);
PlanReporting *
build_reporting(Plan *plan, PlanPeriod cadence, const char *from, const char *to, int month, int day);
PlanSection *build_section(Plan *plan, const char *no, const char *path, int level, const char *title);
PlanBlock *build_block(Plan *plan, PlanBlockKind kind, const char *text);
PlanCitation *build_citation(Plan *plan, GPtrArray *list, const char *type, const char *number,
    const char *issuer, const char *iso_date);
size_t build_agency(Plan *plan, const char *name);

/* Runs one rule. The list is the caller's. */
DiagList *build_lint(const Plan *plan, const char *rule);

/* Fails unless the rule finds `n` things. */
void build_assert_findings(const Plan *plan, const char *rule, unsigned n);
