/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/edit/plan_doubt.h"
#include "compiler/tests/support.h"

/* The sample plan, ready for edits. */
Plan *edit_plan(void);

const PlanTask *task_of(const Plan *plan, const char *id);
const PlanIndicator *indicator_of(const Plan *plan, const char *id);

/* Applies an edit that must fit. */
void edit_ok(Plan *plan, PlanEdit edit);

/* Applies an edit that must be refused with a message that holds `words`; the plan must not change. */
void edit_refused(Plan *plan, PlanEdit edit, int code, const char *words);

/* The whole plan as text. */
char *plan_dump(const Plan *plan);

void add_field_tests(void);
void add_row_tests(void);
void add_doubt_tests(void);
