/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/register/register.h"
#include "modules/register/register_cells.h"
#include "modules/task/task.h"

/* What goes into a file: the annexes of plans, row by row. */

/* One row: of a task and a piece of it, or a heading. */
typedef struct RegisterLine {
	const PlanGroupInfo *group; /* a heading; NULL */
	const Task *task;           /* NULL for a heading */
	const char *code;           /* NULL: a task that nobody in particular has */
	int64_t version;
	const char *cells[REGISTER_FIELD_MAX];
} RegisterLine;

/* One annex: a sheet. */
typedef struct RegisterAnnex {
	const PlanInfo *plan;
	const char *label, *title; /* "Phụ lục III"; title: NULL */
	const PlanColumnInfo *const *columns;
	size_t n_columns;
	GArray *lines; /* of RegisterLine */
} RegisterAnnex;

typedef struct RegisterContent {
	RegisterPeople people;
	GPtrArray *annexes; /* of RegisterAnnex * */
	size_t n_lines;
	const char *mark;
	int32_t month;
} RegisterContent;

bool register_collect(
    const WorkScope *scope, const RegisterChoice *choice, RegisterContent *ret_content, GError **error);
void register_content_clear(RegisterContent *content);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RegisterContent, register_content_clear)

/* What a task has in a column of its annex; "" where the program keeps nothing for it. */
const char *register_task_cell(const Task *task, PlanColumnKind kind);

/* The columns of an annex; those that annexes usually have where it has none of its own. Appends
 * (PlanColumnInfo *). all: those of the plan. */
void register_columns_of(Arena *arena, const GPtrArray *all, int64_t annex_no, GPtrArray *ret_columns);
