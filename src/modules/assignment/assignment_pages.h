/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/response.h"
#include "modules/plan/plan.h"
#include "modules/work/work_unassigned.h"

#define ASSIGNMENT_PATH "/giao-viec"
#define ASSIGNMENT_ROWS 20 /* on a page */

/* A unit that may be chosen. */
typedef struct AssignmentUnit {
	int64_t agency_id;
	const char *name;
	bool is_asked; /* "đề nghị phối hợp" */
} AssignmentUnit;

typedef struct AssignmentRow {
	const WorkUnassigned *task;
	const char *suggested; /* the unit's name; NULL */
	const char *reason;
	int64_t agency_id;   /* as chosen; 0 */
	const char *due;     /* as typed, ISO 8601; "" */
	const char *problem; /* NULL */
} AssignmentRow;

typedef struct AssignmentView {
	PlanPage page;
	AssignmentRow *rows;
	size_t n_rows;
	const AssignmentUnit *units; /* given first, then asked; each by name */
	size_t n_units;
	int64_t n_all, n_given; /* n_given: by the form just sent; 0: none */
	int64_t after;          /* the task before the first row */
	bool may_assign;
	const char *common_due;                         /* as typed; "" */
	const char *problem;                            /* NULL */
	const char *suggest_url, *first_url, *next_url; /* NULL */
} AssignmentView;

bool assignment_show(HttpRequest *request, HttpResponse *response, GError **error);
bool assignment_post(HttpRequest *request, HttpResponse *response, GError **error);

/* --- for the module's own files --- */

/* Reads the address: which plan, from where on; *ret_suggests: what is proposed is to be chosen. */
bool assignment_begin(HttpRequest *request, AssignmentView *view, bool *ret_suggests, GError **error);

/* Reads the rows, and what was chosen and typed for them. The plan of view->page is there. */
bool assignment_fill(HttpRequest *request, AssignmentView *view, GError **error);

/* Completes what was filled with units and proposals, and writes the page. */
bool assignment_answer(
    HttpRequest *request, AssignmentView *view, bool suggests, HttpResponse *response, GError **error);
