/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/router.h"
#include "modules/plan/plan_line_card.h"

/* /ke-hoach: all plans, and one plan with its versions, what it replaced and by what it was replaced. */

#define PLAN_CARD_PATH "/ke-hoach"

typedef struct PlanCardRow {
	const PlanInfo *plan;
	const char *url, *caption, *state, *look;
	const char *relation; /* "Được thay thế từ … bởi …"; NULL */
} PlanCardRow;

typedef struct PlanCardListView {
	LayoutView layout;
	PlanCardRow *rows;
	size_t n_rows;
} PlanCardListView;

/* A succession as one of its plans sees it. */
typedef struct PlanCardLink {
	const char *text, *url, *when; /* url NULL: it may not be read */
	size_t n_by_change[PLAN_LINE_CHANGE_MAX];
} PlanCardLink;

typedef struct PlanCardView {
	LayoutView layout;
	PlanCardRow row;
	PlanCardRow *versions;
	size_t n_versions;
	PlanCardLink *links;
	size_t n_links;
} PlanCardView;

bool plan_card_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool plan_card_show(HttpRequest *request, HttpResponse *response, GError **error);
