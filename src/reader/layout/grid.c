/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/grid.h"

#include "base/ceilings.h"

#include <string.h>

#define ROWS_MAX 2000 /* of one sheet */
#define CELLS_MAX (50 * 1000)
#define STEP_OF_EM 0.45f    /* borders nearer than this are one: no text fits between them */
#define OVERHANG_OF_EM 0.6f /* rulings that end this far behind the last border: it was not drawn */
#define APART_OF_EM 0.8f    /* between words of two columns */
#define COVER_EXACT 0.6f    /* of a cell's side, for the side to be drawn */
#define COVER_SCAN 0.4f

/* The smallest cells that the borders cut out, and which of their sides are drawn. */
typedef struct {
	GArray *xs, *ys; /* of float */
	guint n_columns, n_rows;
	bool *tops;    /* (n_rows + 1) × n_columns */
	bool *lefts;   /* n_rows × (n_columns + 1) */
	guint *owners; /* n_rows × n_columns: the cell of the table that covers it, by its index */
} Grid;

static void
grid_clear(Grid *grid)
{
	g_clear_pointer(&grid->xs, g_array_unref);
	g_clear_pointer(&grid->ys, g_array_unref);
	g_free(grid->tops);
	g_free(grid->lefts);
	g_free(grid->owners);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Grid, grid_clear)

/* Where the rulings of one direction lie, near ones as one. They are sorted. */
static GArray *
find_borders(const GArray *rulings, float step)
{
	GArray *borders = g_array_new(FALSE, FALSE, sizeof(float));
	float first = 0;

	for (guint i = 0; i < rulings->len; i++) {
		float at = g_array_index(rulings, Ruling, i).at;

		if (borders->len > 0 && at - first < step)
			continue;
		g_array_append_val(borders, at);
		first = at;
	}
	return borders;
}

/* Adds the outer borders that were not drawn, where at least two rulings of the other direction reach out. */
static void
close_sides(GArray *borders, const GArray *others, float overhang, bool *ret_before, bool *ret_behind)
{
	float first = g_array_index(borders, float, 0),
	      last = g_array_index(borders, float, borders->len - 1);
	float from = first, to = last;
	guint n_before = 0, n_behind = 0;

	for (guint i = 0; i < others->len; i++) {
		const Ruling *other = &g_array_index(others, Ruling, i);

		n_before += other->from < first - overhang;
		n_behind += other->to > last + overhang;
		from = MIN(from, other->from);
		to = MAX(to, other->to);
	}
	*ret_before = n_before >= 2;
	*ret_behind = n_behind >= 2;
	if (*ret_behind)
		g_array_append_val(borders, to);
	if (*ret_before)
		g_array_prepend_val(borders, from);
}

/* The span of borders that holds `at`; borders->len where it lies outside. */
static guint
find_span(const GArray *borders, float at)
{
	guint low = 0, high = borders->len - 1;

	if (at < g_array_index(borders, float, 0) || at > g_array_index(borders, float, high))
		return borders->len;
	while (high - low > 1) {
		guint middle = (low + high) / 2;

		if (g_array_index(borders, float, middle) <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static guint
nearest(const GArray *borders, float at)
{
	guint span = find_span(borders, at);

	if (span == borders->len)
		return at < g_array_index(borders, float, 0) ? 0 : borders->len - 1;
	return at - g_array_index(borders, float, span) < g_array_index(borders, float, span + 1) - at
		   ? span
		   : span + 1;
}

/* Marks the sides that a ruling draws: those of the spans it covers well enough. */
static void
draw(const Ruling *ruling, const GArray *borders, float cover, bool *sides, size_t stride)
{
	guint first = nearest(borders, ruling->from);

	for (guint i = first > 0 ? first - 1 : 0; i + 1 < borders->len; i++) {
		float from = g_array_index(borders, float, i), to = g_array_index(borders, float, i + 1);

		if (from > ruling->to)
			break;
		if (MIN(to, ruling->to) - MAX(from, ruling->from) >= cover * (to - from))
			sides[i * stride] = true;
	}
}

static void
draw_all(Grid *grid, const Lattice *lattice, float cover)
{
	size_t width = (size_t)grid->n_columns + 1;

	for (guint i = 0; i < lattice->across->len; i++) {
		const Ruling *ruling = &g_array_index(lattice->across, Ruling, i);

		draw(ruling, grid->xs, cover,
		    grid->tops + (size_t)nearest(grid->ys, ruling->at) * grid->n_columns, 1);
	}
	for (guint i = 0; i < lattice->down->len; i++) {
		const Ruling *ruling = &g_array_index(lattice->down, Ruling, i);

		draw(ruling, grid->ys, cover, grid->lefts + nearest(grid->xs, ruling->at), width);
	}
}

static bool
grid_init(Grid *grid, const Frame *frame, const Lattice *lattice, Table *table)
{
	float step = MAX(STEP_OF_EM * frame->em, frame->slack), overhang = OVERHANG_OF_EM * frame->em;
	bool is_open_left, is_open_right;

	if (lattice->across->len == 0 || lattice->down->len == 0)
		return false;
	grid->xs = find_borders(lattice->down, step);
	grid->ys = find_borders(lattice->across, step);
	close_sides(grid->xs, lattice->across, overhang, &is_open_left, &is_open_right);
	close_sides(grid->ys, lattice->down, overhang, &table->is_open_top, &table->is_open_bottom);
	grid->n_columns = grid->xs->len - 1;
	grid->n_rows = grid->ys->len - 1;
	if (grid->n_columns == 0 || grid->n_rows == 0 || grid->n_columns > LIMIT_TABLE_COLUMNS ||
	    grid->n_rows > ROWS_MAX || grid->n_columns * grid->n_rows > CELLS_MAX)
		return false;
	grid->tops = g_new0(bool, ((size_t)grid->n_rows + 1) * grid->n_columns);
	grid->lefts = g_new0(bool, (size_t)grid->n_rows *(grid->n_columns + 1));
	grid->owners = g_new(guint, (size_t)grid->n_rows * grid->n_columns);
	memset(grid->owners, 0xFF, sizeof(guint) * grid->n_rows * grid->n_columns);
	draw_all(grid, lattice, frame->is_scan ? COVER_SCAN : COVER_EXACT);
	return true;
}

static bool
is_free(const Grid *grid, guint row, guint column)
{
	return grid->owners[(size_t)row * grid->n_columns + column] == G_MAXUINT;
}

/* True where the row below belongs to the same cell over the whole width. */
static bool
reaches_down(const Grid *grid, guint row, guint column, guint n_columns)
{
	if (row + 1 >= grid->n_rows)
		return false;
	for (guint c = column; c < column + n_columns; c++) {
		if (grid->tops[(size_t)(row + 1) * grid->n_columns + c] || !is_free(grid, row + 1, c))
			return false;
		if (c > column && grid->lefts[(size_t)(row + 1) * (grid->n_columns + 1) + c])
			return false;
	}
	return true;
}

/* Makes the cell whose top left corner lies here, as far as no side is drawn. */
static void
cut_cell(Grid *grid, Table *table, guint row, guint column)
{
	guint n_columns = 1, n_rows = 1, index = table->cells->len;
	BlockBox box;

	while (column + n_columns < grid->n_columns && is_free(grid, row, column + n_columns) &&
	       !grid->lefts[(size_t)row * (grid->n_columns + 1) + column + n_columns])
		n_columns++;
	while (reaches_down(grid, row + n_rows - 1, column, n_columns))
		n_rows++;
	for (guint r = row; r < row + n_rows; r++)
		for (guint c = column; c < column + n_columns; c++)
			grid->owners[(size_t)r * grid->n_columns + c] = index;
	box = (BlockBox){
	    .left = g_array_index(grid->xs, float, column),
	    .top = g_array_index(grid->ys, float, row),
	    .right = g_array_index(grid->xs, float, column + n_columns),
	    .bottom = g_array_index(grid->ys, float, row + n_rows),
	};
	table_add_cell(table, row, column, n_rows, n_columns, box);
}

/* Moves the words that lie in the grid from `words` to `inside`; gives how many. */
static size_t
take_words(const Grid *grid, Word **words, size_t *n, Word **inside, guint *places)
{
	size_t n_inside = 0, n_outside = 0;

	for (size_t i = 0; i < *n; i++) {
		guint column = find_span(grid->xs, box_middle(&words[i]->box));
		guint row = find_span(grid->ys, box_center(&words[i]->box));

		if (column < grid->n_columns && row < grid->n_rows) {
			places[n_inside] = row * grid->n_columns + column;
			inside[n_inside++] = words[i];
		} else {
			words[n_outside++] = words[i];
		}
	}
	*n = n_outside;
	return n_inside;
}

/* Draws sides between columns that a picture has lost: words on both sides, well apart. */
static void
mend(Grid *grid, Word *const *inside, const guint *places, size_t n, float apart)
{
	size_t width = (size_t)grid->n_columns + 1, n_sides = (size_t)grid->n_rows * width;
	g_autofree float *ends = g_new0(float, n_sides);   /* of what stands left of the side */
	g_autofree float *begins = g_new0(float, n_sides); /* of what stands right of it */

	for (size_t i = 0; i < n; i++) {
		const BlockBox *box = &inside[i]->box;
		size_t side = places[i] / grid->n_columns * width + places[i] % grid->n_columns;

		ends[side + 1] = MAX(ends[side + 1], box->right);
		if (begins[side] <= 0 || box->left < begins[side])
			begins[side] = MAX(box->left, 1);
	}
	for (size_t side = 0; side < n_sides; side++)
		if (ends[side] > 0 && begins[side] > ends[side] + apart)
			grid->lefts[side] = true;
}

Table *
grid_read(
    Arena *arena, const Frame *frame, const Lattice *lattice, bool may_be_narrow, Word **words, size_t *n)
{
	g_autoptr(Table) table = table_new(frame, lattice->box);
	g_auto(Grid) grid = {0};
	g_autofree Word **inside = NULL;
	g_autofree guint *places = NULL;
	size_t n_inside;

	if (!grid_init(&grid, frame, lattice, table) || (grid.n_columns < 2 && !may_be_narrow))
		return NULL;
	inside = g_new(Word *, *n + 1);
	places = g_new(guint, *n + 1);
	n_inside = take_words(&grid, words, n, inside, places);
	if (n_inside == 0)
		return NULL;
	if (frame->is_scan)
		mend(&grid, inside, places, n_inside, APART_OF_EM * frame->em);
	for (guint r = 0; r < grid.n_rows; r++)
		for (guint c = 0; c < grid.n_columns; c++)
			if (is_free(&grid, r, c))
				cut_cell(&grid, table, r, c);
	for (size_t i = 0; i < n_inside; i++)
		places[i] = grid.owners[places[i]];
	g_array_append_vals(table->columns, grid.xs->data, grid.xs->len);
	table_fill(arena, frame, table, inside, places, n_inside);
	return g_steal_pointer(&table);
}
