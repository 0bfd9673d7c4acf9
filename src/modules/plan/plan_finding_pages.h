/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "http/router.h"
#include "modules/plan/plan_finding.h"
#include "modules/plan/plan_page.h"

/* Kiểm tra kế hoạch: the findings of a plan by severity and rule. */

typedef struct PlanFindingLink {
	const char *url;
	int64_t line;
} PlanFindingLink;

typedef struct PlanFindingRow {
	const PlanFinding *finding;
	int64_t plan_id;
	const char *rule_title, *why; /* of the rule; NULL for one of the compiler's own */
	PlanFindingLink place;        /* url NULL: of the document as a whole */
	PlanFindingLink *related;
	size_t n_related;
} PlanFindingRow;

/* A rule that found something. */
typedef struct PlanFindingRule {
	const char *rule, *title;
	int64_t count;
	bool is_chosen;
} PlanFindingRule;

typedef struct PlanFindingView {
	PlanPage page;
	LinkBase base;
	PlanFindingFilter filter;
	PartFigure figures[3];
	PlanFindingRule *rules;
	size_t n_rules;
	PlanFindingRow *rows;
	size_t n_rows;
	int64_t total;
	PartPager pager;
	PlanExports exports;
} PlanFindingView;

bool plan_finding_show(HttpRequest *request, HttpResponse *response, GError **error);
