/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "compiler/plan.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Where a task stands, derived from its dates and from what its units have done, and never typed. A dated
 * task is late from the day after its due date until what it asks for has been handed in; recurring and
 * continuous tasks are counted apart and are never late as a whole, but their occurrences can be. */

typedef enum {
	TASK_STATE_OVERDUE,     /* Quá hạn */
	TASK_STATE_SOON,        /* Sắp đến hạn */
	TASK_STATE_EXTENDED,    /* Đã gia hạn: past the original due day, not past the decided one */
	TASK_STATE_ON_TIME,     /* Trong hạn */
	TASK_STATE_WAITING,     /* Chờ nghiệm thu */
	TASK_STATE_DONE,        /* Hoàn thành đúng hạn */
	TASK_STATE_DONE_LATE,   /* Hoàn thành quá hạn */
	TASK_STATE_PAUSED,      /* Tạm dừng */
	TASK_STATE_CANCELLED,   /* Hủy */
	TASK_STATE_CONDITIONAL, /* Chờ điều kiện */
	TASK_STATE_NO_DEADLINE, /* Chưa có thời hạn */
	TASK_STATE_RECURRING,   /* Định kỳ */
	TASK_STATE_CONTINUOUS,  /* Thường xuyên */
	TASK_STATE_MAX,
} TaskStateKind;

/* How far the work on a task is. */
typedef enum {
	TASK_STAGE_UNKNOWN, /* nothing is known but what the plan says */
	TASK_STAGE_NOT_STARTED,
	TASK_STAGE_DOING,
	TASK_STAGE_WAITING,
	TASK_STAGE_DONE,
	TASK_STAGE_PAUSED,
	TASK_STAGE_CANCELLED,
} TaskStage;

/* What those who carry out a task make known of it (task_set_progress()). Of several units the one decides
 * that is furthest behind. */
typedef struct TaskProgress {
	TaskStage stage;
	int percent;               /* -1: nobody has said */
	int32_t due, original_due; /* of the unit that decides; DATE_NONE */
	int late_days; /* handed in so many days after the due day; below 0: after the original one, within an
			  extension; 0: in time */
	int n_pieces, n_done; /* of units */
} TaskProgress;

typedef struct TaskSettings {
	int32_t soon_days; /* a due date at most this many days ahead is "sắp đến hạn" */
} TaskSettings;

typedef struct TaskState {
	TaskStateKind kind;
	/* Overdue, a late occurrence, done late: days late (1 and up); soon, extended, on time: days left (0:
	 * today is the last day). */
	int32_t days;
	int32_t
	    next_day; /* recurring: the end of the running period; DATE_NONE where the period is not stated */
	TaskProgress progress;
} TaskState;

/* What the state of a task depends on. */
typedef struct TaskDeadline {
	PlanDeadlineKind kind;
	int32_t due;   /* DATE_NONE unless `once` */
	int32_t start; /* DATE_NONE where not stated */
	PlanPeriod period;
} TaskDeadline;

/* progress: NULL: nothing is known but what the plan says. */
TaskState task_state(
    const TaskDeadline *deadline, const TaskProgress *progress, int32_t today, const TaskSettings *settings);

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

/* The same number for what is known of the work: the due day of what is open, fixed places for what waits, is
 * done or suspended. It changes when the work does, and not with the days. */
int32_t task_live_key(const TaskDeadline *deadline, const TaskProgress *progress);

/* The original due day where task_live_key() is a due day; else the same. */
int32_t task_live_original(const TaskDeadline *deadline, const TaskProgress *progress);

typedef struct TaskStateRange {
	TaskKeyRange live, original;
} TaskStateRange;

/* Gives the live keys of the tasks that are in `state` on `today`. */
TaskStateRange task_state_range(TaskStateKind state, int32_t today, const TaskSettings *settings);

/* Gives the state of a task that stands at these keys. */
TaskStateKind
task_state_of_keys(int32_t live_key, int32_t live_original, int32_t today, const TaskSettings *settings);

/* Several states as one filter. */
typedef enum {
	TASK_STATES_AHEAD = TASK_STATE_MAX, /* Còn hạn: soon, extended, on time */
	TASK_STATES_DONE,                   /* Hoàn thành, in time or not */
	TASK_CHOICE_MAX,
} TaskStateChoice;

/* choice: a TaskStateKind or a TaskStateChoice. */
TaskStateRange task_choice_range(int choice, int32_t today, const TaskSettings *settings);
const char *task_choice_slug(int choice);
const char *task_choice_title(int choice);

/* Gives the keys of the tasks with this kind of deadline, and for `recurring` with this period
 * (PLAN_PERIOD_MAX: any). */
TaskKeyRange task_kind_range(PlanDeadlineKind kind, PlanPeriod period);

TaskKeyRange task_range_intersect(TaskKeyRange a, TaskKeyRange b);

/* "qua-han": the word of the state in addresses and data files. */
const char *task_state_slug(TaskStateKind state);
bool task_state_from_slug(const char *slug, TaskStateKind *ret_state);

/* "Quá hạn": the name of the state, as counts and filters use it. */
const char *task_state_title(TaskStateKind state);

/* Writes what a row shows: "Quá hạn 12 ngày", "Còn 5 ngày", "Hạn cuối hôm nay", "Đang làm 70%", "Hoàn thành
 * đúng hạn", "Kỳ tới: 31/12/2026", … */
void task_state_describe(TaskState state, GString *out);
