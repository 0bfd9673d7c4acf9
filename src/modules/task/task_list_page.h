/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "http/query.h"
#include "http/router.h"
#include "modules/task/task.h"

/* The list of tasks: its filters, order and page, read from the address. */

enum {
	TASK_PARAM_PLAN,
	TASK_PARAM_SEARCH,
	TASK_PARAM_AGENCY,
	TASK_PARAM_ROLE,
	TASK_PARAM_ANNEX,
	TASK_PARAM_STATE,
	TASK_PARAM_KIND,
	TASK_PARAM_PERIOD,
	TASK_PARAM_DUE_FROM,
	TASK_PARAM_DUE_TO,
	TASK_PARAM_WHOSE,
	TASK_PARAM_ORDER,
	TASK_PARAM_AFTER,
	TASK_PARAM_BEFORE,
	TASK_PARAM_POSITION,
	TASK_PARAM_MAX,
};

/* A word of the address and what it is called. */
typedef struct TaskChoice {
	const char *slug, *title;
} TaskChoice;

/* A filter that is on, with the way to take it off. */
typedef struct TaskChip {
	const char *label, *url;
} TaskChip;

typedef struct TaskListView {
	PlanPage page;
	HttpValue values[TASK_PARAM_MAX];
	LinkBase base;
	TaskFilter filter;
	TaskPage range;
	TaskStateRange states;
	TaskWhose whose;
	PartTab *tabs;
	const TaskUnits *units; /* NULL: of everybody */
	GPtrArray *agencies;    /* of AgencyPart * */
	TaskRow *rows;
	size_t n_rows;
	int64_t total;
	TaskChip chips[TASK_PARAM_MAX];
	size_t n_chips;
	PartSort by_number, by_lead, by_due, by_state;
	PartPager pager;
	PlanExports exports;
} TaskListView;

/* The choices of the filters, ended by a NULL slug. */
extern const TaskChoice TASK_KIND_CHOICES[];

/* Reads the address into view->values, ->base, ->filter and ->range. */
bool task_list_read(HttpRequest *request, TaskListView *view, GError **error);

/* Answers with all rows of a filter as data. */
bool task_export_csv(const TaskListView *view, HttpResponse *response, GError **error);
bool task_export_json(const TaskListView *view, HttpResponse *response, GError **error);

/* Handlers. */
bool task_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool task_card_show(HttpRequest *request, HttpResponse *response, GError **error);
