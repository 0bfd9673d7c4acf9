/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/rows.h"

#include <stdlib.h>
#include <string.h>

#define SAME_GAP 0.8f    /* of the gap between numbered rows: one between rows without a number */
#define ROW_LINES_MAX 60 /* from number to number; more are parted at the number */

/* Where a row's number stands. */
typedef enum { ALIGN_TOP, ALIGN_MIDDLE, ALIGN_MAX } Align;

/* Ways to part lines into rows: what the best one that begins a row with a line costs, and the line that the
 * row before begins with; by line. */
typedef struct {
	const Run *run;
	Align align;
	float *costs;
	guint *before;
} Parting;

static guint
next_number(const Run *run, guint from, guint end)
{
	while (from < end && !run_has_number(run, from))
		from++;
	return from;
}

/* What speaks for a row to begin with the line: the gap above it, up to a letter's size. */
static float
gain(const Run *run, guint at)
{
	return CLAMP(run->gaps[at] - run->leading, 0, run->em);
}

/* How far the number lies from where a row of these lines has it. */
static float
misfit(const Parting *parting, guint from, guint to, guint number)
{
	const BlockBox *box = &run_line(parting->run, number)->words[0]->box;
	BlockBox row = run_line(parting->run, from)->box;

	if (parting->align == ALIGN_TOP)
		return distance(box->top, row.top);
	for (guint i = from + 1; i < to; i++)
		box_add(&row, &run_line(parting->run, i)->box);
	return distance(box_center(box), box_center(&row));
}

/* The first line that the row with this number may begin with. */
static guint
earliest(guint begin, guint number)
{
	return number - begin > ROW_LINES_MAX ? number : begin;
}

/* Sets out the ways to begin the first row: what lies above it is the rest of a row that the page has cut,
 * or parted from it. */
static void
open_parting(const Parting *parting, guint begin, guint number)
{
	const Run *run = parting->run;

	for (guint i = begin; i <= number; i++) {
		bool is_free = begin == run->body && run->previous != NULL;

		parting->before[i] = begin;
		parting->costs[i] = i == begin                               ? 0
				    : is_free || run->gaps[i] > run->row_gap ? -gain(run, i)
									     : G_MAXFLOAT;
	}
}

/* Finds the best row with this number that ends before the line `to`; it begins between `from` and the
 * number. */
static void
close_row(const Parting *parting, guint from, guint number, guint to)
{
	parting->costs[to] = G_MAXFLOAT;
	for (guint i = from; i <= number; i++) {
		float cost;

		if (parting->costs[i] >= G_MAXFLOAT)
			continue;
		cost = parting->costs[i] + misfit(parting, i, to, number);
		if (to < parting->run->end)
			cost -= gain(parting->run, to);
		if (cost < parting->costs[to]) {
			parting->costs[to] = cost;
			parting->before[to] = i;
		}
	}
}

/* Parts lines without a title over the columns among them; gives what it costs. */
static float
part(const Parting *parting, guint begin, guint end, bool *begins)
{
	const Run *run = parting->run;
	guint number = next_number(run, begin, end), from = begin;

	begins[begin] = true;
	if (number == end)
		return 0;
	from = earliest(begin, number);
	open_parting(parting, from, number);
	while (number < end) {
		guint next = next_number(run, number + 1, end);
		guint first = next == end ? end : earliest(number + 1, next);

		for (guint to = first; to <= next; to++)
			close_row(parting, from, number, to);
		from = first;
		number = next;
	}
	for (guint at = parting->before[end]; at > begin; at = parting->before[at]) {
		begins[at] = true;
		if (at == parting->before[at])
			break;
	}
	return parting->costs[end];
}

/* Parts the run, where the numbers stand so; gives what it costs. */
static float
part_all(const Run *run, Align align, bool *begins)
{
	g_autofree float *costs = g_new0(float, run->end + 1);
	g_autofree guint *before = g_new0(guint, run->end + 1);
	Parting parting = {run, align, costs, before};
	float cost = 0;
	guint end;

	for (guint begin = run->body; begin < run->end; begin = end) {
		for (end = begin + 1; end < run->end && run->is_group[end] == run->is_group[begin]; end++)
			if (run->is_group[end] && run_has_number(run, end))
				break;
		if (run->is_group[begin])
			begins[begin] = true;
		else
			cost += part(&parting, begin, end, begins);
	}
	return cost;
}

static int
compare_floats(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The gap that is usual above the rows found so far. */
static float
usual_row_gap(const Run *run, const bool *begins)
{
	g_autofree float *gaps = g_new(float, run->end - run->body + 1);
	guint n = 0;

	for (guint i = run->body + 1; i < run->end; i++)
		if (begins[i])
			gaps[n++] = run->gaps[i];
	qsort(gaps, n, sizeof(float), compare_floats);
	return n > 0 ? gaps[n / 2] : 0;
}

/* True where text begins in the column of the rows' names and in another. */
static bool
begins_name(const Run *run, guint at)
{
	Segment segments[COLUMNS_MAX];
	guint n = columns_place(&run->columns, run_line(run, at), segments);

	return n >= 2 && segments[0].column == 1 && segments[1].column > 1;
}

/* Marks rows without a number: parted as the others are. */
static void
mark_others(const Run *run, bool *begins)
{
	float usual = usual_row_gap(run, begins);
	float least = run->leading + SAME_GAP * (usual - run->leading);

	for (guint i = run->body + 1; usual > run->row_gap && i < run->end; i++)
		if (!begins[i] && run->gaps[i] > MAX(least, run->row_gap) && begins_name(run, i))
			begins[i] = true;
}

void
rows_mark(const Run *run, bool *begins)
{
	g_autofree bool *centered = g_new0(bool, run->end + 1);

	if (part_all(run, ALIGN_MIDDLE, centered) < part_all(run, ALIGN_TOP, begins))
		memcpy(begins, centered, run->end + 1);
	else
		mark_others(run, begins);
}
