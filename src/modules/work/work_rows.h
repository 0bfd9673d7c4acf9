/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* Further lists, for the module's own pages. */

/* Appends what waits for a decision (WorkRow *). */
bool work_list_requests(const WorkScope *scope, int limit, GPtrArray *ret_rows, GError **error);

/* Counts the pieces of a stage that are due in [due_from, due_to]; DATE_NONE: without end. */
bool work_count(
    const WorkScope *scope, int stage, int32_t due_from, int32_t due_to, int64_t *ret_count, GError **error);

/* Appends all pieces of a task (WorkRow *), leads first, newest period first. */
bool
work_of_task(const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool work_find_row(const WorkScope *scope, int64_t piece_id, WorkRow *ret_row, GError **error);

/* An agency that work can be given to. */
typedef struct WorkAgency {
	int64_t agency_id;
	const char *name;
} WorkAgency;

bool work_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error);
