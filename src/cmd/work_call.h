/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cmd/command.h"
#include "modules/work/work.h"

/* One call of `namro task`. */

typedef struct TaskOptions {
	char *as, *whose, *stage, *state, *done, *difficulties, *proposals, *product, *reason, *number,
	    *issued, *conflicts;
	int percent;
	gint64 plan_id, task_no, agency_id;
	gboolean is_json, is_idle, submits, is_late, is_all, is_dry;
} TaskOptions;

typedef struct TaskCall {
	WorkScope scope;
	WorkSettings settings;
	AppVisitor visitor;
	const TaskOptions *options;
	int64_t piece_id, plan_id;
	const char *path; /* of a file; NULL */
} TaskCall;

/* Gives the place of a word in a list that ends before `max`; -1: it is not there. */
int command_task_find_word(const char *const *words, int max, const char *word);

bool command_task_list(const TaskCall *call, GError **error);
bool command_task_show(const TaskCall *call, GError **error);
