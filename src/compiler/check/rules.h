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
void lint_row_duplicate(LintContext *lint);
void lint_bullet_duplicate(LintContext *lint);
void lint_clause_repeated(LintContext *lint);
void lint_body_without_row(LintContext *lint);
void lint_row_without_body(LintContext *lint);
void lint_section_annex_mismatch(LintContext *lint);
void lint_number_gap(LintContext *lint);
void lint_number_repeated(LintContext *lint);
void lint_number_parent_mismatch(LintContext *lint);
void lint_number_style_mixed(LintContext *lint);
void lint_number_like_decimal(LintContext *lint);
void lint_row_unnumbered(LintContext *lint);
void lint_group_empty(LintContext *lint);
void lint_heading_level_jump(LintContext *lint);
void lint_annex_unlabelled(LintContext *lint);
void lint_annex_label_mixed(LintContext *lint);
void lint_annex_missing(LintContext *lint);
void lint_annex_cited_otherwise(LintContext *lint);
void lint_annex_uncited(LintContext *lint);
