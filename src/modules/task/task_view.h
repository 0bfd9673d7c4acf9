/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "html/link.h"
#include "html/parts.h"
#include "modules/plan/plan.h"
#include "modules/task/task_rows.h"

/* Tasks as pages show them: a table of rows, used by every page that lists tasks. */

typedef struct TaskRow {
	const Task *task;
	const char *code; /* "II.5.10": the annex and the printed number; "" for a bullet without one */
	const char *url;  /* of its card */
	TaskState state;
	const char *state_text, *state_look; /* "Còn 5 ngày"; "soon" */
	const char *units_text;              /* "2 trên 3 đơn vị đã xong"; NULL for one unit alone */
	const char *deadline;                /* as printed, or what stands for it */
	const PlanAnnexInfo *annex;          /* set on the first row of each annex; the rows' own else */
	bool opens_annex;
	const PlanGroupInfo *groups[2]; /* group rows that stand above this row */
	size_t n_groups;
} TaskRow;

/* Gives which task an address names: {id}, of the plan `?ke-hoach=`, else of plan 1. Fails with
 * APP_ERROR_NOT_FOUND or APP_ERROR_INVALID, and as app_access_require() where the visitor may not look at the
 * plan. */
bool task_find_named(HttpRequest *request, int64_t *ret_plan_id, int64_t *ret_task_no, GError **error);

/* Fills in all but the group rows. */
void task_row_fill(const PlanPage *page, const Task *task, TaskRow *ret_row);

/* Makes rows of listed tasks (Task *); `n` is tasks->len; they live in the page's arena. */
TaskRow *task_rows_make(const PlanPage *page, const GPtrArray *tasks);

/* Whose tasks a page shows. */
typedef enum { TASK_WHOSE_ALL, TASK_WHOSE_MINE, TASK_WHOSE_RELATED, TASK_WHOSE_MAX } TaskWhose;

extern const char *const TASK_WHOSE_TITLES[TASK_WHOSE_MAX];
extern const char *const TASK_WHOSE_WORDS[]; /* of the parameter pham-vi; ended by NULL */

/* Gives the agencies whose tasks are meant, in the page's arena: those that a visitor has a post in or a role
 * for lead them (mine), or help with them (related). NULL: of everybody. */
const TaskUnits *task_units_of(const PlanPage *page, const AppVisitor *visitor, TaskWhose whose);

/* Gives the TASK_WHOSE_MAX tabs of a page. */
PartTab *task_tabs_make(const PlanPage *page, const LinkBase *base, TaskWhose whose);

/* Writes how old figures are, and who reported last: "Số liệu lúc …". scope->plan_id 0: of all plans. */
bool
task_age_text(const PlanScope *scope, int64_t now_us, Arena *arena, const char **ret_text, GError **error);

/* Says in the page's head how old its figures are, and who reported last. */
bool task_show_age(PlanPage *page, int64_t now_us, GError **error);

/* A word of app.css for each state: "late", "soon", "run", "idle". */
const char *task_state_look(TaskStateKind state);

/* The same for one row: what has not begun is grey, a late occurrence red. */
const char *task_row_look(const TaskState *state);

/* {% call task_table(…) %}: a table of rows without sorting. caption: for screen readers. */
void task_table(GString *out, const TaskRow *rows, size_t n_rows, const char *caption);

/* {% call task_cells(…) %}: the cells of one row. number: what stands in the first; NULL: nothing. */
void task_cells(GString *out, const TaskRow *row, const char *number);
