/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/plan/plan.h"
#include "modules/task/task_rows.h"

/* AppModule.derive. */
bool task_derive(Db *db, int64_t commune_id, GError **error);

/* Counts a task for a unit in a role by what is known of its work; was_nobody: nobody had that role until
 * now. */
bool task_count_given(
    const PlanScope *scope, int64_t task_no, const TaskAgency *given, bool was_nobody, GError **error);

/* A place in task_tally at which a task is counted. */
typedef struct TaskPlace {
	AgencyRole role; /* 0: of the whole plan */
	int64_t agency_id;
} TaskPlace;

/* Adds `by` to what is counted there of the tasks with a deadline's key. */
bool task_tally_count(const PlanScope *scope, const Task *task, const TaskPlace *place, int32_t due_key,
    int by, GError **error);
bool task_tally_drop_empty(const PlanScope *scope, GError **error);

#define TASK_COUNT_MAX 1000000    /* in one plan; below TASK_SEARCH_ROWS */
#define TASK_RANK_NOBODY 1000000  /* lead_rank of a task without a lead: after all agencies */
#define TASK_SEARCH_ROWS 16777216 /* rowids of task_search for one plan; these two stand in task.sql too */
#define TASK_SEARCH_PLANS 1048576 /* plans of one commune */

/* Gives the rowid of task_search below a plan's first task: commune, plan and task in one number. */
static inline int64_t
task_search_base(const PlanScope *scope)
{
	return (scope->commune_id * TASK_SEARCH_PLANS + scope->plan_id) * TASK_SEARCH_ROWS;
}

extern const TaskStateRange TASK_STATES_ANY;

void task_bind_units(DbStmt *stmt, int role_param, const TaskUnits *units);

/* first: the column work_stage; those behind it stand in the same order in all statements. */
TaskProgress task_read_progress(const DbStmt *stmt, int first);
