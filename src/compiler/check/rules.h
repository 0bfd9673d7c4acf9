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
