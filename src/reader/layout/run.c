/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/run.h"

#include "reader/layout/marker.h"
#include "reader/layout/rows.h"

#include <stdlib.h>

#define WIDER_OF_SIZE 0.2f /* by which a gap between rows is wider than one between lines */
#define LEADING_LINES 60   /* that tell the usual gap */

/* A table while words are given their cells. */
typedef struct {
	const Run *run;
	Table *table;
	GPtrArray *words; /* of Word * */
	GArray *cell_of;  /* of guint */
} Filling;

bool
run_has_number(const Run *run, guint at)
{
	const Word *word = run_line(run, at)->words[0];
	guint column;

	return columns_count(&run->columns, (Span){word->box.left, word->box.right}, &column) <= 1 &&
	       column == 0 && marker_is_row_number(word->source->text);
}

static int
compare_floats(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void
run_learn_gaps(Run *run, guint first)
{
	float gaps[LEADING_LINES];
	guint n = 0;

	run->em = run_line(run, first)->size;
	for (guint i = first + 1; i < run->lines->len && n < LEADING_LINES; i++) {
		if (run->gaps[i] > RUN_STEP_MAX * run->em)
			break;
		gaps[n++] = run->gaps[i];
	}
	qsort(gaps, n, sizeof(float), compare_floats);
	run->leading = n > 0 ? gaps[n / 4] : 0;
	run->row_gap = run->leading + WIDER_OF_SIZE * run->em;
}

static BlockBox
cell_box(const Table *table, float top, float bottom, guint column, guint n_columns)
{
	return (BlockBox){
	    .left = g_array_index(table->columns, float, column),
	    .top = top,
	    .right = g_array_index(table->columns, float, column + n_columns),
	    .bottom = bottom,
	};
}

static void
add_words(Filling *filling, const Line *line, const Segment *segment, guint cell)
{
	for (size_t i = 0; i < segment->n; i++) {
		g_ptr_array_add(filling->words, line->words[segment->first + i]);
		g_array_append_val(filling->cell_of, cell);
	}
}

/* The top and bottom of lines, half of the gaps around them included. */
static void
find_reach(const Run *run, guint from, guint to, float *ret_top, float *ret_bottom)
{
	*ret_top = run_line(run, from)->box.top;
	*ret_bottom = 0;
	for (guint i = from; i < to; i++) {
		*ret_top = MIN(*ret_top, run_line(run, i)->box.top);
		*ret_bottom = MAX(*ret_bottom, run_line(run, i)->box.bottom);
	}
	if (from > run->first)
		*ret_top -= MAX(run->gaps[from], 0) / 2;
	if (to < run->end)
		*ret_bottom += MAX(run->gaps[to], 0) / 2;
}

/* Adds a title over the columns, behind its number where it has one. */
static void
add_group(Filling *filling, guint from, guint to)
{
	Table *table = filling->table;
	guint row = table->n_rows, base = table->cells->len, n = filling->run->columns.n;
	float top, bottom;

	find_reach(filling->run, from, to, &top, &bottom);
	table_add_cell(table, row, 0, 1, 1, cell_box(table, top, bottom, 0, 1));
	table_add_cell(table, row, 1, 1, n - 1, cell_box(table, top, bottom, 1, n - 1));
	for (guint i = from; i < to; i++) {
		Segment segments[COLUMNS_MAX];
		const Line *line = run_line(filling->run, i);
		guint n_segments = columns_split(line, segments);

		for (guint s = 0; s < n_segments; s++)
			add_words(filling, line, &segments[s],
			    base + !(s == 0 && n_segments > 1 && run_has_number(filling->run, i)));
	}
}

/* Gives a line's words to a row's cells; the cell of column 0 is the table's number `base`. */
static void
fill_line(Filling *filling, const Line *line, guint base)
{
	const Columns *columns = &filling->run->columns;
	Segment segments[COLUMNS_MAX];
	guint n = columns_place(columns, line, segments);

	for (guint s = 0; s < n; s++)
		add_words(filling, line, &segments[s], base + segments[s].column);
	for (size_t i = 0; n == 0 && i < line->n_words; i++) {
		Segment word = {.first = i, .n = 1};
		const BlockBox *box = &line->words[i]->box;

		columns_count(columns, (Span){box->left, box->right}, &word.column);
		add_words(filling, line, &word, base + word.column);
	}
}

static void
add_row(Filling *filling, guint from, guint to)
{
	Table *table = filling->table;
	guint row = table->n_rows, base = table->cells->len;
	float top, bottom;

	find_reach(filling->run, from, to, &top, &bottom);
	for (guint c = 0; c < filling->run->columns.n; c++)
		table_add_cell(table, row, c, 1, 1, cell_box(table, top, bottom, c, 1));
	for (guint i = from; i < to; i++)
		fill_line(filling, run_line(filling->run, i), base);
}

static void
set_columns(Table *table, const Run *run)
{
	const Columns *columns = &run->columns;

	if (run->previous != NULL && run->first == run->body) {
		g_array_append_vals(table->columns, run->previous->columns->data, columns->n + 1);
		return;
	}
	for (guint i = 0; i <= columns->n; i++) {
		float at = i == 0            ? columns->spans[0].left - 1
			   : i == columns->n ? columns->spans[i - 1].right + 1
					     : (columns->spans[i - 1].right + columns->spans[i].left) / 2;

		g_array_append_val(table->columns, at);
	}
}

static Table *
begin(const Frame *frame, const Run *run)
{
	BlockBox box = run_line(run, run->first)->box;
	Table *table;

	for (guint i = run->first; i < run->end; i++)
		box_add(&box, &run_line(run, i)->box);
	table = table_new(frame, box);
	set_columns(table, run);
	table->spans = g_array_new(FALSE, FALSE, sizeof(Span));
	g_array_append_vals(table->spans, run->columns.spans, run->columns.n);
	return table;
}

Table *
run_build(Arena *arena, const Frame *frame, const Run *run)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_autoptr(GArray) cell_of = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autofree bool *begins = g_new0(bool, run->end + 1);
	Filling filling = {run, begin(frame, run), words, cell_of};
	guint to;

	if (run->first < run->body)
		add_row(&filling, run->first, run->body);
	filling.table->n_header_rows = filling.table->n_rows;
	rows_mark(run, begins);
	for (guint from = run->body; from < run->end; from = to) {
		for (to = from + 1; to < run->end && !begins[to]; to++)
			continue;
		if (run->is_group[from])
			add_group(&filling, from, to);
		else
			add_row(&filling, from, to);
	}
	table_fill(arena, frame, filling.table, (Word **)words->pdata, (const guint *)(void *)cell_of->data,
	    words->len);
	return filling.table;
}
