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

typedef struct MoneyLine {
	const char *title, *url; /* url: NULL */
	MoneyTotal total;
	const char *texts[MONEY_KIND_MAX], *share;
} MoneyLine;

typedef struct MoneyListView {
	LayoutView layout;
	MoneyBy by;
	const GPtrArray *plans, *sources, *agencies; /* of PlanInfo, MoneySource, MoneyUnit */
	int64_t plan_id, agency_id;
	const char *source, *year;
	MoneyLine *lines;
	size_t n_lines, page;
	bool has_more;
	MoneyLine sum;
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

/* An entry as the page shows it. */
typedef struct MoneyEntryLine {
	const MoneyEntry *entry;
	const char *amount, *source, *when, *form_id;
	MoneyTyped as_typed; /* as a form begins with it */
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
	const char *problem, *today, *this_year;
	bool may_write;
} MoneyTaskView;

bool money_task_show(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_entry(HttpRequest *request, HttpResponse *response, GError **error);
bool money_post_correction(HttpRequest *request, HttpResponse *response, GError **error);

void money_fill_line(Arena *arena, const MoneyTotal *total, MoneyLine *ret_line);
