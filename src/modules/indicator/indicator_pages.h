/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/chart.h"
#include "html/parts.h"
#include "http/router.h"
#include "modules/indicator/indicator.h"
#include "modules/link/link_panel.h"
#include "modules/plan/plan.h"
#include "modules/plan/plan_line_card.h"

/* Views of the pages of indicators. */

/* A column of a table of indicators, as the annex has it. */
typedef struct IndicatorColumn {
	PlanColumnKind kind;
	const char *title;
	int year;     /* of a value column; 0: every target stands in it */
	bool is_next; /* the next milestone */
} IndicatorColumn;

typedef struct IndicatorRow {
	const Indicator *indicator;
	const char *url;
	const char **cells; /* one for each column; NULL: nothing is said */
	const PlanGroupInfo *groups[2];
	size_t n_groups;
} IndicatorRow;

/* The indicators of one annex, or of the text. */
typedef struct IndicatorTable {
	const char *title;
	IndicatorColumn *columns;
	size_t n_columns;
	IndicatorRow *rows;
	size_t n_rows;
} IndicatorTable;

typedef struct IndicatorListView {
	PlanPage page;
	LinkBase base;
	IndicatorFilter filter;
	GArray *years;       /* of IndicatorYear */
	GPtrArray *agencies; /* of AgencyPart * */
	int next_year;
	const char *role_word; /* of the address; NULL */
	IndicatorTable *tables;
	size_t n_tables;
	int64_t total;
	PartPager pager;
	PlanExports exports;
} IndicatorListView;

typedef struct IndicatorMilestone {
	const char *year, *text, *raw;
	bool is_next;
} IndicatorMilestone;

typedef struct IndicatorCardView {
	PlanPage page;
	PlanLineCard line;
	Indicator indicator;
	const char *heading;
	IndicatorMilestone *milestones;
	size_t n_milestones;
	ChartView chart;
	PlanItemSource source;
	LinkPanel *links;
	const char *list_url;
} IndicatorCardView;

/* Lays listed indicators out in the tables of their annexes. */
bool indicator_make_tables(IndicatorListView *view, const GPtrArray *indicators, GError **error);

bool indicator_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool indicator_card_show(HttpRequest *request, HttpResponse *response, GError **error);
