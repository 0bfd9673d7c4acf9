/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/stitch.h"

#include "reader/layout/cut.h"
#include "reader/layout/header.h"

#include <string.h>

#define ROWS_MAX 60000        /* a table counts them in 16 bits */
#define SHIFT_OF_WIDTH 0.012f /* how far borders of one table may lie apart on two sheets */

/* The cells of one row by column; NULL where none lies. */
static void
find_row(const Table *table, guint row, Cell **cells)
{
	memset(cells, 0, sizeof(Cell *) * table_n_columns(table));
	for (guint i = 0; i < table->cells->len; i++) {
		Cell *cell = g_ptr_array_index(table->cells, i);

		if (row < cell->row || row >= cell->row + cell->n_rows)
			continue;
		for (guint c = cell->column; c < cell->column + cell->n_columns; c++)
			cells[c] = cell;
	}
}

/* The border of `columns` at this place; columns->len where there is none. */
static guint
border_at(const GArray *columns, float at, float near)
{
	for (guint i = 0; i < columns->len; i++)
		if (distance(g_array_index(columns, float, i), at) <= near)
			return i;
	return columns->len;
}

static float
table_left(const Table *table)
{
	return g_array_index(table->columns, float, 0);
}

static float
table_width(const Table *table)
{
	return g_array_index(table->columns, float, table->columns->len - 1) - table_left(table);
}

/* Gives each border of `table` its place among the columns of `finer`, shifted so that both begin together.
 */
static bool
map_borders(const Table *table, const Table *finer, guint *places)
{
	float shift = table_left(finer) - table_left(table);
	float near = MAX(SHIFT_OF_WIDTH * table_width(finer), table->is_scan ? 5.0f : 2.5f);

	for (guint i = 0; i < table->columns->len; i++) {
		places[i] = border_at(finer->columns, g_array_index(table->columns, float, i) + shift, near);
		if (places[i] == finer->columns->len || (i > 0 && places[i] <= places[i - 1]))
			return false;
	}
	return places[table->columns->len - 1] == finer->columns->len - 1;
}

static void
recolumn(Table *table, const Table *finer, const guint *places)
{
	for (guint i = 0; i < table->cells->len; i++) {
		Cell *cell = g_ptr_array_index(table->cells, i);
		guint end = places[cell->column + cell->n_columns];

		cell->column = places[cell->column];
		cell->n_columns = end - cell->column;
	}
	g_array_set_size(table->columns, 0);
	g_array_append_vals(table->columns, finer->columns->data, finer->columns->len);
}

/* Brings both parts to the same columns: a sheet may show merged cells only, and so fewer borders. */
static bool
align_columns(Table *table, Table *next)
{
	g_autofree guint *places = g_new(guint, MAX(table->columns->len, next->columns->len));

	if (table->columns->len == next->columns->len && header_count_repeated(table, next) > 0)
		return true;
	if (distance(table_width(table), table_width(next)) > 2 * SHIFT_OF_WIDTH * table_width(table))
		return false;
	if (next->columns->len <= table->columns->len) {
		if (!map_borders(next, table, places))
			return false;
		if (next->columns->len < table->columns->len)
			recolumn(next, table, places);
		return true;
	}
	if (!map_borders(table, next, places))
		return false;
	recolumn(table, next, places);
	return true;
}

static void
move_lines(Cell *to, Cell *from)
{
	g_ptr_array_extend(to->lines, from->lines, NULL, NULL);
	g_ptr_array_set_size(from->lines, 0);
}

/* Ties the cells of the cut row, and merged cells that reach over the page; what is tied is marked by n_rows
 * 0. */
static void
tie_cells(const Table *table, Cell *const *above, Cell *const *below, bool is_cut)
{
	for (guint c = 0; c < table_n_columns(table); c++) {
		Cell *upper = above[c], *lower = below[c];

		if (upper == NULL || lower == NULL || lower->n_rows == 0 || upper->column != lower->column ||
		    upper->n_columns != lower->n_columns)
			continue;
		if (!is_cut && !cut_is_merged(table, upper, lower))
			continue;
		upper->n_rows += lower->n_rows - (is_cut ? 1 : 0);
		move_lines(upper, lower);
		lower->n_rows = 0;
	}
}

/* Adds the cells below the repeated rows to the table, which has `base` rows before them. */
static void
append_rows(Table *table, Table *next, guint n_repeated, guint base)
{
	for (guint i = 0; i < next->cells->len; i++) {
		Cell *cell = g_ptr_array_index(next->cells, i), *copy;

		if (cell->row < n_repeated || cell->n_rows == 0)
			continue;
		copy = table_add_cell(table, base + cell->row - n_repeated, cell->column, cell->n_rows,
		    cell->n_columns, cell->box);
		move_lines(copy, cell);
	}
	table->n_rows = MAX(table->n_rows, base + next->n_rows - n_repeated);
	table->page = next->page;
	table->box = next->box;
	table->is_open_bottom = next->is_open_bottom;
}

bool
stitch_tables(Table *table, Table *next, GPtrArray *repeated)
{
	g_autofree Cell **above = NULL, **below = NULL;
	guint n_repeated;
	bool is_cut;

	if (table->n_rows + next->n_rows > ROWS_MAX || !align_columns(table, next))
		return false;
	n_repeated = header_count_repeated(table, next);
	if (n_repeated == 0 && header_find(next) > 0)
		return false;
	table->n_header_rows = MAX(table->n_header_rows, n_repeated);
	for (guint i = 0; i < next->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(next->cells, i);

		if (cell->row < n_repeated)
			g_ptr_array_extend(repeated, cell->lines, NULL, NULL);
	}
	if (n_repeated == next->n_rows)
		return true;
	above = g_new(Cell *, table_n_columns(table));
	below = g_new(Cell *, table_n_columns(table));
	find_row(table, table->n_rows - 1, above);
	find_row(next, n_repeated, below);
	is_cut = cut_goes_on(table, next, above, below, n_repeated);
	tie_cells(table, above, below, is_cut);
	append_rows(table, next, n_repeated, table->n_rows - (is_cut ? 1 : 0));
	return true;
}
