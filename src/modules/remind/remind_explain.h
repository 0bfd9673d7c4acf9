/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/remind/remind_internal.h"

/* Yêu cầu giải trình: asked from a number, answered by the head of the unit, accepted or given back by who
 * asked. Each step is an entry and a row of the ledger. */

typedef enum {
	REMIND_ASK = 1,
	REMIND_ANSWER,
	REMIND_ACCEPT,
	REMIND_GIVE_BACK,
	REMIND_WITHDRAW,
	REMIND_STEP_MAX,
} RemindExplainKind;

extern const char *const REMIND_STEP_TITLES[REMIND_STEP_MAX];

#define REMIND_BODY_CHARS 4000
#define REMIND_LABEL_CHARS 300

typedef struct RemindStep {
	int64_t entry_no;
	RemindExplainKind kind;
	int64_t at_us, person_id;
	const char *name, *body; /* "" */
	int32_t due;             /* DATE_NONE */
} RemindStep;

/* What is asked. */
typedef struct RemindQuestion {
	int64_t plan_id, task_no, piece_id, agency_id; /* 0: none, but for the agency */
	const char *label, *path, *body;
	int32_t due;
} RemindQuestion;

/* What the actor may do with one of them. */
typedef struct RemindExplainRights {
	bool may_answer, may_judge;
} RemindExplainRights;

/* Fails with APP_ERROR_NOT_FOUND, also for what the visitor may not look at. */
bool
remind_explain_find(const WorkScope *scope, int64_t explain_no, RemindExplain *ret_explain, GError **error);

/* Appends the steps (RemindStep *), oldest first. */
bool remind_explain_steps(const WorkScope *scope, int64_t explain_no, GPtrArray *ret_steps, GError **error);

bool remind_explain_rights(
    const WorkScope *scope, const RemindExplain *explain, RemindExplainRights *ret_rights, GError **error);

/* Asks. *ret_problem: Vietnamese, why it is refused; NULL. */
bool remind_explain_ask(const WorkScope *scope, const RemindQuestion *question, int64_t *ret_explain_no,
    const char **ret_problem, GError **error);

/* Adds a step; due: a new due day when it is given back, or DATE_NONE. Fails with APP_ERROR_NOT_FOUND. */
bool remind_explain_act(const WorkScope *scope, int64_t explain_no, RemindExplainKind kind, const char *body,
    int32_t due, const char **ret_problem, GError **error);

typedef struct RemindExplainFilter {
	RemindExplainState state;             /* 0: any */
	int64_t agency_id, asked_by, plan_id; /* 0: any */
	bool is_late;
	int64_t before; /* INT64_MAX: from the newest */
	int limit;
} RemindExplainFilter;

/* Appends (RemindExplain *) what the visitor may look at, newest first. */
bool remind_explain_list(
    const WorkScope *scope, const RemindExplainFilter *filter, GPtrArray *ret_explains, GError **error);
