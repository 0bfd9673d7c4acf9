/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "modules/indicator/indicator.h"
#include "modules/plan/plan.h"
#include "modules/task/task.h"

/* Views of pages/agencies.html. */

#define AGENCY_ROWS 20 /* of each list on an agency's page; the rest is behind its link */

/* The addresses behind the numbers of an agency. */
typedef struct AgencyLinks {
	const char *own, *lead_tasks, *coordinating_tasks, *lead_indicators, *coordinating_indicators;
} AgencyLinks;

typedef struct AgencyRow {
	const AgencyPart *part;
	const char *now; /* "nay là …"; NULL */
	AgencyLinks links;
	int64_t late; /* overdue tasks that it leads */
	const char *late_url;
} AgencyRow;

typedef struct AgencyListView {
	PlanPage page;
	LinkBase base;
	AgencyRow *rows;
	size_t n_rows;
	PlanExports exports;
} AgencyListView;

typedef struct AgencyTasks {
	TaskRow *rows;
	size_t n_rows;
} AgencyTasks;

typedef struct AgencyIndicator {
	const char *name, *targets, *url;
} AgencyIndicator;

typedef struct AgencyIndicators {
	AgencyIndicator *rows;
	size_t n_rows;
} AgencyIndicators;

typedef struct AgencyView {
	PlanPage page;
	AgencyPart part;
	AgencyLinks links;
	PartSegment segments[TASK_STATE_MAX];
	PartFigure figures[TASK_STATE_MAX];
	AgencyTasks lead, coordinating;
	AgencyIndicators lead_indicators, coordinating_indicators;
	const AgencyDuty **duties;
	const char **duty_urls;
	size_t n_duties;
	const char **aliases;
	size_t n_aliases;
	bool may_explain;
} AgencyView;

AgencyLinks agency_links_make(const PlanPage *page, int64_t agency_id);
