/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/stitch.h"

#include "base/ceilings.h"
#include "base/text.h"
#include "reader/layout/alike.h"
#include "reader/layout/marker.h"

#include <string.h>

#define ROWS_MAX 60000 /* a table counts them in 16 bits */
#define HEADER_ROWS_MAX 4
#define NUMBERED_SHARE 0.6f   /* of the first cells, for the first column to count rows */
#define NUMBERED_ROWS 60      /* that are looked at for it */
#define FILLED_ROWS_MIN 6     /* that show that a column is always filled */
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

static bool
has_text(const Cell *cell)
{
	return cell != NULL && cell->lines->len > 0;
}

static Line *
first_line(const Cell *cell)
{
	return g_ptr_array_index(cell->lines, 0);
}

static Line *
last_line(const Cell *cell)
{
	return g_ptr_array_index(cell->lines, cell->lines->len - 1);
}

/* Header rows */

static bool
is_same_cell(const Cell *a, const Cell *b)
{
	g_autofree char *x = cell_text(a), *y = cell_text(b);

	return a->column == b->column && a->n_columns == b->n_columns && alike_texts(x, y);
}

/* How many rows both parts begin with. */
static guint
count_same_rows(const Table *table, const Table *next)
{
	guint n_cells = MIN(table->cells->len, next->cells->len), n_rows = 0, n_texts = 0;
	guint most = MIN(MIN(table->n_rows, next->n_rows), HEADER_ROWS_MAX), reach = 0;

	for (guint i = 0; i < n_cells; i++) {
		const Cell *a = g_ptr_array_index(table->cells, i), *b = g_ptr_array_index(next->cells, i);

		/* All of the rows above were the same. */
		if (a->row == b->row && a->row >= reach)
			n_rows = a->row;
		if (a->row >= most || a->row != b->row || a->n_rows != b->n_rows || !is_same_cell(a, b))
			return n_texts >= 2 ? n_rows : 0;
		reach = MAX(reach, a->row + a->n_rows);
		n_texts += has_text(a);
	}
	return n_texts >= 2 ? reach : 0;
}

static float
column_width(const Table *table, guint column)
{
	return g_array_index(table->columns, float, column + 1) -
	       g_array_index(table->columns, float, column);
}

static bool
is_number_title(const Cell *cell)
{
	static const char *const TITLES[] = {"stt", "tt", "so tt", "s tt", "so thu tu"};
	g_autofree char *text = cell_text(cell), *folded = text_fold_vi(text);

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (strcmp(folded, TITLES[i]) == 0)
			return true;
	return false;
}

static guint
find_header(const Table *table)
{
	const Cell *first = table->cells->len > 0 ? g_ptr_array_index(table->cells, 0) : NULL;

	if (first == NULL || first->row != 0 || first->n_rows >= table->n_rows || !is_number_title(first))
		return 0;
	return first->n_rows;
}

void
stitch_find_header(Table *table)
{
	if (table->n_header_rows == 0)
		table->n_header_rows = find_header(table);
}

static char *
rows_text(const Table *table, guint n_rows)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < table->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(table->cells, i);
		g_autofree char *part = cell->row < n_rows ? cell_text(cell) : NULL;

		if (cell->row >= HEADER_ROWS_MAX)
			break;
		if (part != NULL)
			g_string_append(text, part);
	}
	return g_string_free(text, FALSE);
}

/* How many rows of a picture's table are the header again, where lost rulings divide it in another way. */
static guint
count_like_rows(const Table *table, const Table *next)
{
	if (!table->is_scan || find_header(next) == 0)
		return 0;
	for (guint a = 1; a < HEADER_ROWS_MAX && a <= table->n_rows; a++) {
		g_autofree char *text = rows_text(table, a);

		for (guint b = 1; b < HEADER_ROWS_MAX && b <= next->n_rows; b++) {
			g_autofree char *other = rows_text(next, b);

			if (alike_texts(text, other))
				return b;
		}
	}
	return 0;
}

static guint
count_repeated_rows(const Table *table, const Table *next)
{
	guint n_rows = count_same_rows(table, next);

	return n_rows > 0 ? n_rows : count_like_rows(table, next);
}

/* Columns */

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

	if (table->columns->len == next->columns->len && count_repeated_rows(table, next) > 0)
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

/* Rows that the page has cut */

/* True where the first column numbers the rows. */
static bool
is_numbered(const Table *table)
{
	guint n = 0, n_numbers = 0;

	for (guint i = table->cells->len; i > 0 && n < NUMBERED_ROWS; i--) {
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
	const Line *last = last_line(cell);

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
	if (!has_text(below))
		return 0;
	if (!has_text(above) || !is_filled_down(above))
		return -2;
	if (marker_goes_on(first_line(below)) ||
	    (is_list_item(first_line(below)) && !is_list_item(first_line(above))))
		return 2;
	if (!marker_ends_sentence(last_line(above)))
		return line_was_ended(last_line(above), first_line(below), false) ? -1 : 0;
	return marker_of_line(first_line(below)) == MARKER_NONE ? -1 : 0;
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
		if (c == 0 || !has_text(above[c]))
			continue;
		n_full++;
		if (has_text(below[c]))
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
	if (has_text(below))
		return below->n_columns > 1 && !marker_is_row_number(text) ? 0 : -9;
	if (above->n_rows > 1 || below->n_rows > 1 || has_merged_numbers(table))
		return 0;
	return has_text(above) ? 2 : 1;
}

/* True where the next part's first row (behind its header) is the rest of the last row. */
static bool
goes_on(const Table *table, const Table *next, Cell *const *above, Cell *const *below, guint n_repeated)
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

/* Joining */

static void
move_lines(Cell *to, Cell *from)
{
	g_ptr_array_extend(to->lines, from->lines, NULL, NULL);
	g_ptr_array_set_size(from->lines, 0);
}

/* True where no cell of the column is empty, of at least `min`. */
static bool
is_always_filled(const Table *table, guint column, guint min)
{
	guint n = 0;

	for (guint i = table->cells->len; i > 0 && n < NUMBERED_ROWS; i--) {
		const Cell *cell = g_ptr_array_index(table->cells, i - 1);

		if (cell->column != column || cell->n_columns > 1 || cell->row < table->n_header_rows)
			continue;
		if (!has_text(cell))
			return false;
		n++;
	}
	return n >= min;
}

/* True where two cells of a row that was not cut are one merged cell that was: the lower part is empty, and
 * the column has no empty cells but such; or the text runs on. */
static bool
is_merged(const Table *table, const Cell *upper, const Cell *lower)
{
	bool is_tall = upper->n_rows > 1 || lower->n_rows > 1;

	if (!has_text(upper))
		return false;
	if (has_text(lower))
		return is_tall && weigh_column(upper, lower) > 0;
	if (lower->n_rows > 1 || (lower->column == 0 && lower->n_columns == 1 && is_numbered(table)))
		return true;
	return is_always_filled(table, lower->column, is_tall ? 1 : FILLED_ROWS_MIN);
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
		if (!is_cut && !is_merged(table, upper, lower))
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
	n_repeated = count_repeated_rows(table, next);
	if (n_repeated == 0 && find_header(next) > 0)
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
	is_cut = goes_on(table, next, above, below, n_repeated);
	tie_cells(table, above, below, is_cut);
	append_rows(table, next, n_repeated, table->n_rows - (is_cut ? 1 : 0));
	return true;
}
