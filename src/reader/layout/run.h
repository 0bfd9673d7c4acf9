/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/columns.h"
#include "reader/layout/table.h"

/* Lines one below another that are a table without rulings. */
typedef struct Run {
	const GPtrArray *lines; /* of the sheet, of Line * */
	Columns columns;
	guint first, body, end; /* lines; the titles' reach from first to body and may be none */
	float *gaps;            /* above each line of `lines` */
	bool *is_group;         /* the line is a title over the columns */
	float em;               /* size of its letters */
	float leading;          /* the usual gap between lines of a cell; may be below 0 */
	float row_gap;          /* a gap wider than this parts rows */
	const Table *previous;  /* the part on the sheet before, or NULL */
} Run;

static inline const Line *
run_line(const Run *run, guint at)
{
	return g_ptr_array_index(run->lines, at);
}

#define RUN_STEP_MAX 3.5f /* of the size, from line to line */

/* Learns the size of letters and the usual gap between lines of a cell from the lines from `first` on: one
 * that most gaps are not below. */
void run_learn_gaps(Run *run, guint first);

/* True where the line begins with a row's number in the first column. */
bool run_has_number(const Run *run, guint at);

/* Makes the table of the run: parts its lines into rows and cells. */
Table *run_build(Arena *arena, const Frame *frame, const Run *run);
