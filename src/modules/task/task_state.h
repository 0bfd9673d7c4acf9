/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "compiler/plan.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Where a task stands, derived from its dates and never stored or typed. A dated task is late from the day
 * after its due date; recurring and continuous tasks are counted apart and are never late as a whole. */

typedef enum {
	TASK_STATE_OVERDUE,     /* Quá hạn */
	TASK_STATE_SOON,        /* Sắp đến hạn */
	TASK_STATE_ON_TIME,     /* Trong hạn */
	TASK_STATE_CONDITIONAL, /* Chờ điều kiện */
	TASK_STATE_NO_DEADLINE, /* Chưa có thời hạn */
	TASK_STATE_RECURRING,   /* Định kỳ */
	TASK_STATE_CONTINUOUS,  /* Thường xuyên */
	TASK_STATE_MAX,
} TaskStateKind;

typedef struct TaskSettings {
	int32_t soon_days; /* a due date at most this many days ahead is "sắp đến hạn" */
} TaskSettings;

extern const TaskSettings TASK_SETTINGS_DEFAULT; /* 30 days */

typedef struct TaskState {
	TaskStateKind kind;
	int32_t days; /* overdue: days late (1 and up); soon, on time: days left (0: today is the last day) */
	int32_t
	    next_day; /* recurring: the end of the running period; DATE_NONE where the period is not stated */
} TaskState;

/* What the state of a task depends on. */
typedef struct TaskDeadline {
	PlanDeadlineKind kind;
	int32_t due;   /* DATE_NONE unless `once` */
	int32_t start; /* DATE_NONE where not stated */
	PlanPeriod period;
} TaskDeadline;

TaskState task_state(const TaskDeadline *deadline, int32_t today, const TaskSettings *settings);

/* Gives the last day of the period that holds `today`, or that holds `start` where this is later; DATE_NONE
 * for a period without ends (none, adhoc). Five-year stages end in years that divide by five. */
int32_t task_next_occurrence(PlanPeriod period, int32_t start, int32_t today);

/* One number that puts a plan's tasks in the order of their urgency, and each state and each kind of deadline
 * into one unbroken range: the due day of a dated task, above all days a fixed place for the others.
 * Independent of today, so that it can be stored and indexed. */
int32_t task_due_key(const TaskDeadline *deadline);

typedef struct TaskKeyRange {
	int32_t from, to; /* both inclusive; empty where from > to */
} TaskKeyRange;

#define TASK_KEY_MIN (INT32_MIN + 1)
#define TASK_KEY_ALL ((TaskKeyRange){TASK_KEY_MIN, INT32_MAX})

/* Gives the keys of the tasks that are in `state` on `today`. */
TaskKeyRange task_state_range(TaskStateKind state, int32_t today, const TaskSettings *settings);

/* Gives the keys of the tasks with this kind of deadline, and for `recurring` with this period
 * (PLAN_PERIOD_MAX: any). */
TaskKeyRange task_kind_range(PlanDeadlineKind kind, PlanPeriod period);

TaskKeyRange task_range_intersect(TaskKeyRange a, TaskKeyRange b);

/* "qua-han": the word of the state in addresses and data files. */
const char *task_state_slug(TaskStateKind state);
bool task_state_from_slug(const char *slug, TaskStateKind *ret_state);

/* "Quá hạn": the name of the state, as counts and filters use it. */
const char *task_state_title(TaskStateKind state);

/* Writes what a row shows: "Quá hạn 12 ngày", "Còn 5 ngày", "Hạn cuối hôm nay", "Kỳ tới: 31/12/2026", … */
void task_state_describe(TaskState state, GString *out);
