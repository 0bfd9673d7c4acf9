/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work_numbers.h"
#include "modules/work/work_pages.h"

/* Quy tắc theo dõi: the numbers of deadlines, and what each kind of deliverable asks for. */

#define WORK_RULES_PATH WORK_LIST_PATH "/quy-tac"

typedef struct WorkRulesView {
	LayoutView layout;
	WorkNumber numbers[WORK_NUMBER_MAX];
	const GPtrArray *history;      /* of WorkNumberEvent */
	const GPtrArray *deliverables; /* of WorkDeliverable */
	int due_hour;
	bool is_before_inclusive, may_change;
	const char *problem, *today;
	const char *typed_rule, *typed_value, *typed_source, *typed_from; /* of the refused form; NULL */
} WorkRulesView;

bool work_rules_show(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_number(HttpRequest *request, HttpResponse *response, GError **error);
bool work_post_deliverable(HttpRequest *request, HttpResponse *response, GError **error);
