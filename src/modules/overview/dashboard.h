/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "modules/indicator/indicator.h"
#include "modules/link/link_panel.h"
#include "modules/plan/plan.h"
#include "modules/task/task.h"

/* View of pages/dashboard.html: where the plan stands today. */

#define DASHBOARD_ROWS 8 /* of each list; the rest is behind its link */
#define DASHBOARD_FIGURES (TASK_STATE_MAX + 6)

/* A lead agency's tasks by state. */
typedef struct DashboardAgency {
	const char *name, *url;
	int64_t total;
	PartSegment segments[TASK_STATE_MAX];
} DashboardAgency;

typedef struct DashboardIndicator {
	const char *name, *target, *lead, *url;
} DashboardIndicator;

typedef struct DashboardList {
	TaskRow *rows;
	size_t n_rows;
	int64_t total;
	const char *url;
} DashboardList;

typedef struct DashboardView {
	PlanPage page;
	TaskWhose whose;
	const TaskUnits *units; /* NULL: of everybody */
	PartTab *tabs;
	int calendar_gap; /* a year soon ahead without holidays; 0 */
	PartFigure figures[DASHBOARD_FIGURES];
	size_t n_figures;
	DashboardList overdue, due_next;
	DashboardAgency *agencies;
	size_t n_agencies;
	int next_year; /* 0: no milestone is ahead */
	DashboardIndicator *indicators;
	size_t n_indicators;
	int64_t indicators_total; /* at the next milestone */
	const char *indicators_url;
	PartFigure findings[3];
	const char *reports_url, *room_url;
	const char *explain_url; /* asks about what is late; NULL: not for this visitor */
	LinkPanel *links; /* bases of the plan that ended */
} DashboardView;
