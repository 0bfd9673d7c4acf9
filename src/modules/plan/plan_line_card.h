/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan_page.h"
#include "modules/plan/plan_succession.h"

/* For other modules: the versions of a row on its card: from what it came, what decisions changed in it, what
 * became of it. */

typedef struct PlanLineStep {
	const char *title; /* "Thay thế từ 01/3/2026 bởi Kế hoạch số …" */
	const char *url;   /* of the row on the other side; NULL: it is gone, or may not be read */
	const char *note;  /* NULL */
	const PlanLineField *fields;
	size_t n_fields;
} PlanLineStep;

typedef struct PlanLineCard {
	PlanLineStep *steps;
	size_t n_steps;
	const char *raise_url; /* where a difficulty with the row is told of */
	bool is_over;          /* what counts now stands in another plan */
} PlanLineCard;

/* row_path: "/nhiem-vu". */
bool plan_line_card_load(const PlanPage *page, PlanLineWhat what, int64_t row_no, const char *row_path,
    const AppVisitor *visitor, PlanLineCard *ret_card, GError **error);

/* {% call plan_line_card(…) %}: nothing where the row has one version. */
void plan_line_card(GString *out, const PlanLineCard *card);

/* {% call plan_line_fields(…) %}: what was, struck through, and what is. */
void plan_line_fields(GString *out, const PlanLineField *fields, size_t n_fields);
