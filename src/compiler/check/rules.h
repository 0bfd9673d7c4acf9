/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/check/lint.h"

/* One function a rule, named after its id; rules.c lists them. */

void lint_missing_lead(LintContext *lint);
void lint_missing_coordinating(LintContext *lint);
void lint_missing_output(LintContext *lint);
void lint_missing_deadline(LintContext *lint);
void lint_missing_target(LintContext *lint);
void lint_missing_year(LintContext *lint);
void lint_missing_number(LintContext *lint);
void lint_missing_date(LintContext *lint);
void lint_missing_signer(LintContext *lint);
void lint_missing_recipients(LintContext *lint);
void lint_missing_legal_basis(LintContext *lint);
void lint_missing_reporting(LintContext *lint);
void lint_replaces_unclear(LintContext *lint);
void lint_target_conflict(LintContext *lint);
void lint_target_bound_differs(LintContext *lint);
void lint_target_double(LintContext *lint);
void lint_target_range_floor(LintContext *lint);
void lint_target_weaker_later(LintContext *lint);
void lint_target_implied_impossible(LintContext *lint);
void lint_target_overlap(LintContext *lint);
void lint_target_compound(LintContext *lint);
void lint_target_text(LintContext *lint);
void lint_denominator_missing(LintContext *lint);
void lint_denominator_swapped(LintContext *lint);
void lint_denominator_undefined(LintContext *lint);
void lint_denominator_differs(LintContext *lint);
void lint_unit_missing(LintContext *lint);
void lint_value_over_100(LintContext *lint);
