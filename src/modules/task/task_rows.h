/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "modules/agency/agency.h"
#include "modules/task/task_state.h"

/* The rows of a plan's assignment annexes: stored, listed, filtered, searched and counted. */

typedef struct Task {
	int64_t task_no; /* place in the plan, from 1 */
	char *item;      /* its mark in the document; only of task_load() */
	char *no;        /* as printed; NULL */
	char *name;
	char *output;              /* NULL */
	char *lead, *coordinating; /* as printed, joined by "; "; "" */
	char *given_lead;          /* who was given it by hand (task_give()); "" */
	int64_t annex_no;          /* 0: a bullet of the text */
	int64_t group_no;          /* 0: none */
	char *section_title;       /* of a bullet; NULL */
	char *condition;           /* NULL; only of task_load() */
	char *deadline_raw;
	TaskDeadline deadline;
	TaskProgress progress;
	int confidence; /* 0 to 100 */
	int lead_count; /* leads that are somebody in particular; only of task_load() */
} Task;

/* Gives who leads a task: who was given it by hand, else as printed; "". */
const char *task_lead_text(const Task *task);

/* Gives the deadline as printed; where the plan has none, the day that its work was given, "10/01/2027" in
 * the arena. NULL: neither. */
const char *task_deadline_text(const Task *task, Arena *arena);

/* Gives the last day that counts of a deadline as printed: "trước ngày 30/11" ends on 29/11, where the
 * commune's calendar does not say that the day itself counts (calendar_settings()). */
int32_t task_last_day(int32_t due, const char *deadline_raw, bool is_before_inclusive);

/* Stores a plan's tasks with their agencies, their search text and their counts.
 * parts: of AgencyPart, as agency_enter_all() gave them. */
bool task_add_all(const PlanScope *scope, const Plan *plan, const GArray *parts, GError **error);

/* Gives one task, in the arena. Fails with APP_ERROR_NOT_FOUND. */
bool task_load(const PlanScope *scope, int64_t task_no, Arena *arena, Task *ret_task, GError **error);

typedef struct TaskAgency {
	AgencyRole role;
	int64_t agency_id;
	char *printed;
} TaskAgency;

/* Appends the agencies of a task (TaskAgency *), leads first. */
bool task_list_agencies(
    const PlanScope *scope, int64_t task_no, Arena *arena, GPtrArray *ret_agencies, GError **error);

/* Counts a unit among those that lead a task or help with it, because it was given work of it. Nothing
 * changes where it is among them. What the plan says stays as it is. Inside the caller's transaction. */
bool task_give(const PlanScope *scope, int64_t task_no, AgencyRole role, int64_t agency_id, const char *name,
    GError **error);

typedef enum { TASK_ORDER_PLAN, TASK_ORDER_DUE, TASK_ORDER_LEAD, TASK_ORDER_STATE } TaskOrder;

#define TASK_ANY_ANNEX (-1)
#define TASK_ANY_AGENCY (-1)
#define TASK_NOBODY 0 /* tasks that name no lead */

#define TASK_UNITS_MAX 4 /* agencies of one person that a list is held to; further ones are left out */

/* Tasks of a person's own agencies, in one role. */
typedef struct TaskUnits {
	AgencyRole role;
	int64_t agency_ids[TASK_UNITS_MAX];
	size_t n;
} TaskUnits;

/* Which tasks a list holds. */
typedef struct TaskFilter {
	int64_t annex_no;             /* TASK_ANY_ANNEX; 0: the bullets of the text */
	int64_t agency_id;            /* TASK_ANY_AGENCY, TASK_NOBODY, or an agency */
	AgencyRole role;              /* of that agency */
	TaskKeyRange keys;            /* of the plan's deadline; TASK_KEY_ALL: any */
	const TaskStateRange *states; /* NULL: any */
	const TaskUnits *units;       /* NULL: whoever's; none in it: no task at all */
	const char *expression;       /* of task_search_expression(); NULL: no search */
} TaskFilter;

/* A page of a list: the `limit` rows behind the task `after` or, going back, those before it. */
typedef struct TaskPage {
	TaskOrder order;
	int64_t after; /* a task_no; 0: from the beginning, or going back, from the end */
	bool is_back, is_descending;
	int limit;
} TaskPage;

/* Appends the rows of a page (Task *, in the arena), always in the order of the list. Asks for limit + 1
 * rows: ret_has_more tells whether there is another page in the same direction. */
bool task_list(const PlanScope *scope, const TaskFilter *filter, const TaskPage *page, Arena *arena,
    GPtrArray *ret_tasks, bool *ret_has_more, GError **error);

/* Counts the tasks of a filter; without a search no task is read. */
bool task_count(const PlanScope *scope, const TaskFilter *filter, int64_t *ret_count, GError **error);

/* Counts a filter's tasks by state, its states left aside. */
bool task_count_states(const PlanScope *scope, const TaskFilter *filter, int32_t today,
    const TaskSettings *settings, int64_t ret_counts[TASK_STATE_MAX], GError **error);

/* The states of one lead agency's tasks; agency_id may be TASK_NOBODY. */
typedef struct TaskTally {
	int64_t agency_id;
	int64_t counts[TASK_STATE_MAX];
} TaskTally;

/* Appends (to an array of TaskTally) one tally for each lead agency. */
bool task_tally_leads(
    const PlanScope *scope, int32_t today, const TaskSettings *settings, GArray *ret_tallies, GError **error);

/* How many tasks stand at one place of the order of urgency (task_due_key()). */
typedef struct TaskKeyCount {
	int32_t due_key;
	int64_t count;
} TaskKeyCount;

/* Appends (to an array of TaskKeyCount) the places of the plan's deadlines that hold tasks, first ones first.
 */
bool task_list_keys(const PlanScope *scope, GArray *ret_keys, GError **error);

/* Gives what is known of the work on tasks `first` to `last` (to an array of TaskProgress, one for each). */
bool
task_list_progress(const PlanScope *scope, int64_t first, int64_t last, GArray *ret_progress, GError **error);

/* Makes known how far the work on tasks `first`, `first` + 1, … is; only what has changed is written, with
 * its counts. Inside the caller's transaction. `progress`: of TaskProgress. */
bool task_set_progress(const PlanScope *scope, int64_t first, const GArray *progress, GError **error);

/* Notes that an agency has reported on its work. Inside the caller's transaction. */
bool task_set_news(const PlanScope *scope, int64_t at_us, int64_t agency_id, GError **error);

/* Adds what is wrong with the stored counts of a plan to the report. */
bool task_verify_counts(const PlanScope *scope, LedgerReport *report, GError **error);
