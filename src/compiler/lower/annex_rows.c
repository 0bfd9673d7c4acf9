/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/annex_rows.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lex/deadline.h"
#include "compiler/lex/quantity.h"
#include "compiler/lower/marks.h"

#include <string.h>

static size_t
level_of(const Marker *marker)
{
	/* A title without a number stands across the table. */
	if (marker->kind == MARKER_ROMAN || marker->kind == MARKER_NONE)
		return 0;
	return marker->kind == MARKER_DECIMAL && marker->n_parts <= 1 ? 1 : 2;
}

void
lower_group(
    RowLowering *lowering, const Marker *marker, const char *label, const char *title, SourceSpan span)
{
	Arena *arena = lowering->plan->arena;
	PlanGroup *group = arena_new0(arena, PlanGroup);
	Folded folded = folded_new(arena, title);
	size_t level = level_of(marker);

	group->no = arena_strdup(arena, label);
	group->title = arena_strdup(arena, title);
	group->level = (uint8_t)(level + 1);
	group->year = year_mentioned(folded.fold, 0, folded.len);
	group->span = span;
	lowering->groups[level] = group;
	for (size_t i = level + 1; i < G_N_ELEMENTS(lowering->groups); i++)
		lowering->groups[i] = NULL;
	lowering->unnumbered = 0;
	lowering->last_label = group->no;
	g_ptr_array_add(lowering->annex->groups, group);
}

/* The innermost open group above a row. */
static const PlanGroup *
group_above(RowLowering *lowering, const Marker *marker)
{
	size_t level = marker != NULL ? level_of(marker) : G_N_ELEMENTS(lowering->groups);

	if (marker != NULL)
		for (size_t i = level; i < G_N_ELEMENTS(lowering->groups); i++)
			lowering->groups[i] = NULL;
	while (level-- > 0)
		if (lowering->groups[level] != NULL)
			return lowering->groups[level];
	return NULL;
}

static int
year_above(const RowLowering *lowering)
{
	for (size_t i = G_N_ELEMENTS(lowering->groups); i-- > 0;)
		if (lowering->groups[i] != NULL && lowering->groups[i]->year != 0)
			return lowering->groups[i]->year;
	return lowering->annex_year;
}

static const char *
cell_of(const RowLowering *lowering, const CellRow *row, PlanColumnKind kind)
{
	size_t column = columns_find(lowering->columns, kind);

	return column != SIZE_MAX ? row->cells[column] : NULL;
}

static char *
squeezed_name(Arena *arena, const char *text)
{
	char *name = arena_strdup(arena, text != NULL ? text : "");
	size_t len = strlen(name);

	while (len > 0 && strchr(" ,;-", name[len - 1]) != NULL)
		name[--len] = '\0';
	if (name[0] == '-' && name[1] == ' ')
		name += 2;
	return name;
}

/* "25.3" for the third row without a number under row 25. */
static char *
row_no(RowLowering *lowering, const Marker *marker, const char *label)
{
	Arena *arena = lowering->plan->arena;

	/* "a)" under row 24 is 24a. */
	if (label != NULL && marker->kind == MARKER_LETTER && lowering->groups[1] != NULL)
		return arena_printf(arena, "%s%s", lowering->groups[1]->no, label);
	if (label != NULL) {
		lowering->last_label = arena_strdup(arena, label);
		lowering->unnumbered = 0;
		return lowering->last_label;
	}
	lowering->unnumbered++;
	return lowering->last_label != NULL
		   ? arena_printf(arena, "%s.%d", lowering->last_label, lowering->unnumbered)
		   : arena_printf(arena, "%d", lowering->unnumbered);
}

/* Numbers may restart in each group; the group's number then makes the id unique. */
static char *
row_id(const RowLowering *lowering, const char *no, const PlanGroup *group)
{
	Arena *arena = lowering->plan->arena;
	char *id = arena_printf(arena, "annex%d:%s", lowering->annex_index, no);

	if (g_hash_table_contains(lowering->ids, id) && group != NULL && group->no != NULL)
		id = arena_printf(arena, "annex%d:%s.%s", lowering->annex_index, group->no, no);
	for (int copy = 2; g_hash_table_contains(lowering->ids, id); copy++)
		id = arena_printf(arena, "annex%d:%s~%d", lowering->annex_index, no, copy);
	g_hash_table_add(lowering->ids, id);
	return id;
}

static void
add_targets(RowLowering *lowering, const char *cell, int year, SourceSpan span, GPtrArray *targets)
{
	Arena *arena = lowering->plan->arena;
	Folded folded;
	Quantity quantity;
	PlanTarget *target;
	size_t at = 0;

	if (cell == NULL)
		return;
	folded = folded_new(arena, cell);
	if (folded.len == 0 || strcmp(folded.fold, "-") == 0)
		return;
	while (quantity_read_cell(&folded, at, folded.len, &quantity) >= 0) {
		g_ptr_array_add(targets, quantity_target(arena, &folded, &quantity, year, span));
		at = quantity.to;
		if (at >= folded.len || !quantity_find(&folded, at, folded.len, &quantity))
			return;
	}
	if (at > 0)
		return;
	target = arena_new0(arena, PlanTarget);
	target->year = year;
	target->comparator = PLAN_COMPARATOR_TEXT;
	target->raw = arena_strdup(arena, cell);
	target->span = span;
	g_ptr_array_add(targets, target);
}

static void
warn_unsure(const RowLowering *lowering, const CellRow *row, const char *no, const PlanFieldMark *marks,
    SourceSpan span)
{
	g_autofree char *where = g_strdup_printf("Phụ lục %s, dòng %s", lowering->annex->label, no);

	if (row->confidence < MARK_DOUBTFUL)
		diag_add(lowering->plan->diags, "cells-unsure", DIAG_WARNING, span,
		    "%s: không chắc đã tách đúng các cột; hãy đối chiếu với văn bản.", where);
	marks_report(lowering->plan, marks, where, span);
}

/* Resolves a cell's agencies. One whose name neither begins like a body's nor is made of such words was
 * perhaps misread. */
static void
resolve_agencies(
    RowLowering *lowering, const CellRow *row, PlanColumnKind kind, GPtrArray *refs, PlanFieldMark *marks)
{
	agency_resolve_cell(lowering->agencies, cell_of(lowering, row, kind), refs);
	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		if (!agency_is_plausible(lowering->agencies, ref))
			marks_doubt(
			    marks, kind == PLAN_COLUMN_LEAD ? PLAN_FIELD_LEAD : PLAN_FIELD_COORDINATING, 60);
	}
}

static void
lower_indicator(
    RowLowering *lowering, const Marker *marker, const char *label, const CellRow *row, SourceSpan span)
{
	Plan *plan = lowering->plan;
	PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);

	indicator->group = group_above(lowering, marker);
	indicator->no = row_no(lowering, marker, label);
	indicator->id = row_id(lowering, indicator->no, indicator->group);
	indicator->name = squeezed_name(plan->arena, cell_of(lowering, row, PLAN_COLUMN_NAME));
	indicator->unit = arena_strdup(plan->arena, cell_of(lowering, row, PLAN_COLUMN_UNIT));
	indicator->output = arena_strdup(plan->arena, cell_of(lowering, row, PLAN_COLUMN_OUTPUT));
	indicator->annex = lowering->annex;
	indicator->targets = plan_array(plan);
	indicator->lead = plan_array(plan);
	indicator->coordinating = plan_array(plan);
	indicator->span = span;
	marks_from_row(lowering, row, span, indicator->fields);
	resolve_agencies(lowering, row, PLAN_COLUMN_LEAD, indicator->lead, indicator->fields);
	resolve_agencies(lowering, row, PLAN_COLUMN_COORDINATING, indicator->coordinating, indicator->fields);
	for (size_t i = 0; i < lowering->columns->len; i++) {
		const PlanColumn *column = &lowering->columns->items[i];

		if (column->kind != PLAN_COLUMN_VALUE)
			continue;
		add_targets(lowering, row->cells[i], column->year != 0 ? column->year : year_above(lowering),
		    span, indicator->targets);
		if (indicator->unit == NULL && row->cells[i] != NULL && strchr(row->cells[i], '%') != NULL)
			indicator->unit = arena_strdup(plan->arena, "%");
	}
	indicator->confidence = marks_lowest(indicator->fields);
	warn_unsure(lowering, row, indicator->no, indicator->fields, span);
	g_ptr_array_add(plan->indicators, indicator);
}

static void
lower_task(
    RowLowering *lowering, const Marker *marker, const char *label, const CellRow *row, SourceSpan span)
{
	Plan *plan = lowering->plan;
	PlanTask *task = arena_new0(plan->arena, PlanTask);
	const char *time = cell_of(lowering, row, PLAN_COLUMN_TIME);
	DeadlineFit fit;

	task->group = group_above(lowering, marker);
	task->no = row_no(lowering, marker, label);
	task->id = row_id(lowering, task->no, task->group);
	task->name = squeezed_name(plan->arena, cell_of(lowering, row, PLAN_COLUMN_NAME));
	task->output = arena_strdup(plan->arena, cell_of(lowering, row, PLAN_COLUMN_OUTPUT));
	task->annex = lowering->annex;
	task->lead = plan_array(plan);
	task->coordinating = plan_array(plan);
	task->span = span;
	marks_from_row(lowering, row, span, task->fields);
	resolve_agencies(lowering, row, PLAN_COLUMN_LEAD, task->lead, task->fields);
	resolve_agencies(lowering, row, PLAN_COLUMN_COORDINATING, task->coordinating, task->fields);
	fit = deadline_read(plan->arena, time != NULL ? time : "", &task->deadline);
	if (task->deadline.kind == PLAN_DEADLINE_CONDITIONAL && fit == DEADLINE_FIT_NONE) {
		marks_doubt(task->fields, PLAN_FIELD_DEADLINE, 50);
		diag_add(plan->diags, "deadline-unread", DIAG_WARNING, span,
		    "Phụ lục %s, dòng %s: không đọc được thời hạn \"%s\"; hãy ghi theo dạng tháng/năm, "
		    "quý/năm hoặc định kỳ.",
		    lowering->annex->label, task->no, time);
	}
	task->confidence = marks_lowest(task->fields);
	warn_unsure(lowering, row, task->no, task->fields, span);
	g_ptr_array_add(plan->tasks, task);
}

void
lower_row(RowLowering *lowering, const Marker *marker, const char *label, const CellRow *row, SourceSpan span)
{
	if (lowering->annex->kind == PLAN_ANNEX_INDICATORS)
		lower_indicator(lowering, marker, label, row, span);
	else
		lower_task(lowering, marker, label, row, span);
}
