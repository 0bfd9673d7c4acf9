/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/cut.h"

#include "reader/layout/marker.h"

#define NUMBERED_SHARE 0.6f /* of the first cells, for the first column to count rows */
#define ROWS_LOOKED_AT 60   /* from the last one up */
#define FILLED_ROWS_MIN 6   /* that show that a column is always filled */

static float
column_width(const Table *table, guint column)
{
	return g_array_index(table->columns, float, column + 1) -
	       g_array_index(table->columns, float, column);
}

/* True where the first column numbers the rows. */
static bool
is_numbered(const Table *table)
{
	guint n = 0, n_numbers = 0;

	for (guint i = table->cells->len; i > 0 && n < ROWS_LOOKED_AT; i--) {
		const Cell *cell = g_ptr_array_index(table->cells, i - 1);
		g_autofree char *text = NULL;

		if (cell->column > 0 || cell->row < table->n_header_rows)
			continue;
		text = cell_text(cell);
		n++;
		n_numbers += marker_is_row_number(text);
	}
	return n > 0 && (float)n_numbers >= NUMBERED_SHARE * (float)n;
}

/* True where the cell's text reaches down to its lower border, as that of a cell does which the page has cut.
 */
static bool
is_filled_down(const Cell *cell)
{
	const Line *last = cell_last_line(cell);

	return cell->box.bottom - last->box.bottom < 1.3f * last->size;
}

static bool
is_list_item(const Line *line)
{
	MarkerKind kind = marker_of_line(line);

	return kind == MARKER_DASH || kind == MARKER_PLUS || kind == MARKER_BULLET;
}

/* What one column says about a row going on: positive for, negative against. */
static int
weigh_column(const Cell *above, const Cell *below)
{
	if (!cell_has_text(below))
		return 0;
	if (!cell_has_text(above) || !is_filled_down(above))
		return -2;
	if (marker_goes_on(cell_first_line(below)) ||
	    (is_list_item(cell_first_line(below)) && !is_list_item(cell_first_line(above))))
		return 2;
	if (!marker_ends_sentence(cell_last_line(above)))
		return line_was_ended(cell_last_line(above), cell_first_line(below), false) ? -1 : 0;
	return marker_of_line(cell_first_line(below)) == MARKER_NONE ? -1 : 0;
}

/* The column that has most of the width: what the rows are about. */
static guint
main_column(const Table *table)
{
	guint widest = 0;

	for (guint c = 1; c < table_n_columns(table); c++)
		if (column_width(table, c) > column_width(table, widest))
			widest = c;
	return widest;
}

static int
weigh(const Table *table, Cell *const *above, Cell *const *below)
{
	guint about = main_column(table);
	guint n_full = 0, n_quiet = 0;
	int weight = 0;

	for (guint c = 0; c < table_n_columns(table); c++) {
		if (c > 0 && (above[c] == above[c - 1] || below[c] == below[c - 1]))
			continue;
		weight += weigh_column(above[c], below[c]);
		if (c == 0 || !cell_has_text(above[c]))
			continue;
		n_full++;
		if (cell_has_text(below[c]))
			continue;
		n_quiet++;
		weight += c == about ? 1 : 0;
	}
	return weight + (2 * n_quiet >= n_full ? 2 : n_quiet > 0);
}

static bool
has_same_spans(const Table *table, Cell *const *above, Cell *const *below)
{
	for (guint c = 0; c < table_n_columns(table); c++) {
		if (above[c] == NULL || below[c] == NULL)
			return false;
		if (above[c]->column != below[c]->column || above[c]->n_columns != below[c]->n_columns)
			return false;
	}
	return true;
}

/* True where one number stands for several rows somewhere. */
static bool
has_merged_numbers(const Table *table)
{
	for (guint i = table->cells->len; i > 0; i--) {
		const Cell *cell = g_ptr_array_index(table->cells, i - 1);

		if (cell->column == 0 && cell->n_rows > 1 && cell->row >= table->n_header_rows)
			return true;
	}
	return false;
}

/* What the first column says, where it numbers the rows. */
static int
weigh_number(const Table *table, const Cell *above, const Cell *below)
{
	g_autofree char *text = cell_text(below);

	if (!is_numbered(table))
		return 0;
	if (cell_has_text(below))
		return below->n_columns > 1 && !marker_is_row_number(text) ? 0 : -9;
	if (above->n_rows > 1 || below->n_rows > 1 || has_merged_numbers(table))
		return 0;
	return cell_has_text(above) ? 2 : 1;
}

/* True where the next part's first row (behind its header) is the rest of the last row. */
bool
cut_goes_on(const Table *table, const Table *next, Cell *const *above, Cell *const *below, guint n_repeated)
{
	int weight;

	if (!has_same_spans(table, above, below) || above[0]->row < table->n_header_rows)
		return false;
	weight = weigh_number(table, above[0], below[0]);
	weight += weigh(table, above, below);
	weight += table->is_open_bottom ? 2 : 0;
	weight += next->is_open_top && n_repeated == 0 ? 2 : 0;
	return weight >= 2;
}

/* True where no cell of the column is empty, of at least `min`. */
static bool
is_always_filled(const Table *table, guint column, guint min)
{
	guint n = 0;

	for (guint i = table->cells->len; i > 0 && n < ROWS_LOOKED_AT; i--) {
		const Cell *cell = g_ptr_array_index(table->cells, i - 1);

		if (cell->column != column || cell->n_columns > 1 || cell->row < table->n_header_rows)
			continue;
		if (!cell_has_text(cell))
			return false;
		n++;
	}
	return n >= min;
}

/* True where two cells of a row that was not cut are one merged cell that was: the lower part is empty, and
 * the column has no empty cells but such; or the text runs on. */
bool
cut_is_merged(const Table *table, const Cell *upper, const Cell *lower)
{
	bool is_tall = upper->n_rows > 1 || lower->n_rows > 1;

	if (!cell_has_text(upper))
		return false;
	if (cell_has_text(lower))
		return is_tall && weigh_column(upper, lower) > 0;
	if (lower->n_rows > 1 || (lower->column == 0 && lower->n_columns == 1 && is_numbered(table)))
		return true;
	return is_always_filled(table, lower->column, is_tall ? 1 : FILLED_ROWS_MIN);
}
