/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/task/task_rows.h"

/* The five clears of a task: rõ người, rõ việc, rõ trách nhiệm, rõ thời gian, rõ kết quả. What the plan
 * leaves empty is named, never filled in. */

typedef enum {
	TASK_CLEAR_WHO,
	TASK_CLEAR_WHAT,
	TASK_CLEAR_RESPONSIBILITY,
	TASK_CLEAR_WHEN,
	TASK_CLEAR_RESULT,
	TASK_CLEAR_MAX,
} TaskClearKind;

typedef struct TaskClear {
	const char *title; /* "Rõ người" */
	const char *value; /* what the plan says; NULL where it says nothing */
	const char *gap;   /* why it is not clear, for an official; NULL where it is clear */
} TaskClear;

/* Fills in the five. The values point into `task` and the arena. */
void task_clears(const Task *task, Arena *arena, TaskClear ret_clears[TASK_CLEAR_MAX]);

/* How many of the five are clear. */
int task_clear_count(const TaskClear clears[TASK_CLEAR_MAX]);
