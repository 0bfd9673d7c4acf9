/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/context.h"
#include "app/plan_access.h"
#include "html/layout.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/response.h"
#include "modules/money/money.h"
#include "modules/plan/plan.h"
#include "modules/task/task.h"

/* For other modules: Kinh phí: what pages about money share. */

#define MONEY_PATH "/kinh-phi"

MoneyScope money_scope_of(const HttpRequest *request);
void money_fill_layout(const HttpRequest *request, const char *title, LayoutView *layout);

/* True where the visitor may look at what belongs to a plan. */
bool money_may_read(const HttpRequest *request, int64_t plan_id);

/* Whether the visitor may write entries of a task: who operates its plan, and its leads. */
bool
money_may_write(const HttpRequest *request, int64_t plan_id, int64_t task_no, bool *ret_may, GError **error);

/* "50 %", "–" without a whole; in the arena. */
const char *money_share(Arena *arena, int64_t part, int64_t whole);

/* A unit of a task. */
typedef struct MoneyUnit {
	int64_t agency_id;
	const char *name;
	bool is_lead;
} MoneyUnit;

bool
money_units(const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_units, GError **error);

/* What pages say of money that follows plans (money_follow.h). */
typedef struct MoneyFollow MoneyFollow;

/* --- list --------------------------------------------------------------------------------------------------
 */

typedef enum {
	MONEY_BY_TASK,
	MONEY_BY_UNIT,
	MONEY_BY_PLAN,
	MONEY_BY_SOURCE,
	MONEY_BY_YEAR,
	MONEY_BY_MAX
} MoneyBy;

extern const char *const MONEY_BY_TITLES[MONEY_BY_MAX], *const MONEY_BY_WORDS[MONEY_BY_MAX + 1];

/* Whether the plan of the money counts. */
typedef enum {
	MONEY_STANDING_ANY,
	MONEY_STANDING_CURRENT,
	MONEY_STANDING_OVER,
	MONEY_STANDING_MAX
} MoneyStanding;

extern const char *const MONEY_STANDING_TITLES[MONEY_STANDING_MAX];
extern const char *const MONEY_STANDING_WORDS[MONEY_STANDING_MAX + 1];

typedef struct MoneyLine {
	const char *title, *url; /* url: NULL */
	bool is_left;            /* its plan counts no more */
	MoneyTotal total;
	const char *texts[MONEY_KIND_MAX], *share;
} MoneyLine;

typedef struct MoneyListView {
	LayoutView layout;
	Arena *arena;
	MoneyBy by;
	const GPtrArray *plans, *sources, *agencies; /* of PlanInfo, MoneySource, MoneyUnit */
	int64_t plan_id, agency_id;
	MoneyStanding standing;
	const char *source, *year;
	MoneyLine *lines;
	size_t n_lines, page;
	bool has_more, has_left; /* left: money of plans that count no more is among it */
	MoneyLine sum, left;
	const char *csv_url, *json_url, *first_url, *next_url; /* NULL: none */
	bool may_add_source;
	const char *problem, *typed_code, *typed_title, *typed_basis;
} MoneyListView;

bool money_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_source(HttpRequest *request, HttpResponse *response, GError **error);

/* --- one task ----------------------------------------------------------------------------------------------
 */

/* What was typed into a form. */
typedef struct MoneyTyped {
	int64_t corrects_id; /* 0: a new entry */
	const char *kind, *source, *year, *amount, *day, *number, *note;
	int64_t agency_id;
} MoneyTyped;

/* Where an entry stood before. */
typedef struct MoneyStepLine {
	const char *title, *text;
	const char *url; /* NULL: the visitor may not read it */
} MoneyStepLine;

/* An entry as the page shows it. */
typedef struct MoneyEntryLine {
	const MoneyEntry *entry;
	const char *amount, *source, *when, *form_id;
	MoneyTyped as_typed; /* as a form begins with it */
	MoneyStepLine *steps;
	size_t n_steps;
	const char *move_url; /* NULL: it may not be put to another task */
	bool may_correct;
} MoneyEntryLine;

typedef struct MoneyTaskView {
	LayoutView layout;
	Task task;
	int64_t plan_id;
	MoneyEntryLine *lines;
	size_t n_lines;
	MoneyLine *sources; /* totals by source and year */
	size_t n_sources;
	MoneyLine sum;
	const GPtrArray *kinds_of_source, *units; /* of MoneySource, MoneyUnit */
	const GPtrArray *findings;                /* of MoneyFinding */
	MoneyTyped typed;
	const MoneyFollow *follow;
	const char *problem, *today, *this_year;
	bool may_write, may_add; /* add: false where another plan has taken the task over */
} MoneyTaskView;

bool money_task_show(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_entry(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_correction(HttpRequest *request, HttpResponse *response, GError **error);

/* --- an entry to another task ------------------------------------------------------------------------------
 */

#define MONEY_MOVE_TASKS 30 /* that can be chosen at once; the search finds the others */

typedef struct MoneyMoveView {
	LayoutView layout;
	Arena *arena;
	Task task; /* where the entry is */
	const MoneyEntry *entry;
	const char *amount, *url, *task_url;
	const GPtrArray *plans;   /* of PlanInfo: where it may go */
	const GPtrArray *tasks;   /* of Task: of the plan, as found */
	int64_t plan_id, task_no; /* chosen; 0 */
	const char *search, *reason, *problem;
	bool has_more;
} MoneyMoveView;

bool money_move_show(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_move(HttpRequest *request, HttpResponse *response, GError **error);

/* Gives the name of a unit that an entry names and the task does not (any more); NULL: the task names it too.
 */
const char *money_unit_name(const MoneyTaskView *view, int64_t agency_id);

void money_fill_line(Arena *arena, const MoneyTotal *total, MoneyLine *ret_line);
