/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/money/money_pages.h"
#include "modules/reconcile/reconcile.h"

#define RECONCILE_PATH "/doi-soat"

/* A finding as the page shows it. */
typedef struct ReconcileLine {
	const MoneyFinding *finding;
	const char *title, *url, *when; /* of the rule; of the task's money */
	bool may_close;
} ReconcileLine;

/* A task's three sides as the page shows them. */
typedef struct ReconcileSides {
	const char *title, *url, *progress, *money, *product;
} ReconcileSides;

typedef struct ReconcileView {
	LayoutView layout;
	const GPtrArray *plans, *rules; /* of PlanInfo, ReconcileRule */
	int state;                      /* MoneyFindingState */
	int64_t plan_id;
	const char *rule, *plan_word;
	ReconcileLine *lines;
	size_t n_lines;
	ReconcileSides *sides;
	size_t n_sides;
	const char *next_url, *csv_url, *json_url;
	bool may_change;
	const char *problem, *typed_rule, *typed_source, *typed_threshold, *typed_reason, *today;
	int64_t typed_finding;
} ReconcileView;

bool reconcile_show(HttpRequest *request, HttpResponse *response, GError **error);
bool reconcile_post_close(HttpRequest *request, HttpResponse *response, GError **error);
bool reconcile_post_rule(HttpRequest *request, HttpResponse *response, GError **error);
