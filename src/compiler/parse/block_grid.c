/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/block_grid.h"

#include "base/ceilings.h"
#include "base/text.h"
#include "compiler/lex/date_expr.h"
#include "compiler/lex/marker.h"

#include <string.h>

#define HEADER_MAX_ROW 12 /* rows that may stand above the titles of a sheet */
#define HEADER_MAX_ROWS 4 /* rows of titles */
#define LONGEST_TITLE 80  /* characters of one title */
#define NUMBERED_COLUMNS_MIN 3

bool
block_grid_init(BlockGrid *grid, const BlockTable *table)
{
	*grid = (BlockGrid){.table = table, .n_rows = table->n_rows, .n_columns = table->n_columns};
	if (grid->n_rows * grid->n_columns > LIMIT_TABLE_CELLS)
		return false;
	grid->cells = g_new0(const BlockCell *, grid->n_rows * grid->n_columns + 1);
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);

		for (size_t r = cell->row; r < (size_t)cell->row + cell->n_rows && r < grid->n_rows; r++)
			for (size_t c = cell->column;
			     c < (size_t)cell->column + cell->n_columns && c < grid->n_columns; c++)
				grid->cells[r * grid->n_columns + c] = cell;
	}
	return true;
}

void
block_grid_clear(BlockGrid *grid)
{
	g_free(grid->cells);
}

const BlockCell *
block_grid_at(const BlockGrid *grid, size_t row, size_t column)
{
	return grid->cells[row * grid->n_columns + column];
}

bool
block_cell_is_empty(const BlockCell *cell)
{
	if (cell == NULL)
		return true;
	for (size_t i = 0; i < cell->text.len; i++)
		if (cell->text.pieces[i].text[strspn(cell->text.pieces[i].text, " ")] != '\0')
			return false;
	return true;
}

static Folded
fold_cell(Arena *arena, const BlockCell *cell)
{
	g_autofree char *text = block_text_join(&cell->text);

	return folded_new(arena, arena_strdup(arena, text));
}

static bool
is_number(const Folded *folded)
{
	Marker marker;

	return marker_read(folded->text, &marker) && folded->text[marker.text_at] == '\0' &&
	       (marker.kind == MARKER_ROMAN || marker.kind == MARKER_DECIMAL);
}

/* Judges a row: how many of its cells are wholly titles of columns, and of how many kinds. */
static bool
reads_as_titles(Arena *arena, const BlockGrid *grid, size_t row, unsigned min_kinds)
{
	unsigned kinds[PLAN_COLUMN_MAX] = {0}, n_kinds = 0, filled = 0, titles = 0;
	const BlockCell *last = NULL;

	for (size_t c = 0; c < grid->n_columns; c++) {
		const BlockCell *cell = block_grid_at(grid, row, c);
		Folded folded;
		PlanColumnKind kind;

		if (cell == last || block_cell_is_empty(cell))
			continue;
		last = cell;
		folded = fold_cell(arena, cell);
		if (folded.len > LONGEST_TITLE || (filled == 0 && is_number(&folded)))
			return false;
		filled++;
		if (!columns_is_header_line(&folded))
			continue;
		titles++;
		if (columns_title_kind(&folded, &kind))
			n_kinds += kinds[kind]++ == 0;
	}
	return n_kinds >= min_kinds && titles * 2 >= filled && filled >= 1;
}

/* The rows of titles from `first`: as far as a title of the first row reaches, and rows of lesser titles. */
static size_t
titles_end(Arena *arena, const BlockGrid *grid, size_t first)
{
	size_t last = first + 1;

	for (size_t row = first; row < last; row++)
		for (size_t c = 0; c < grid->n_columns; c++) {
			const BlockCell *cell = block_grid_at(grid, row, c);

			if (!block_cell_is_empty(cell) && cell->row == row)
				last = MAX(last, MIN(row + cell->n_rows, grid->n_rows));
		}
	while (last < grid->n_rows && last < first + HEADER_MAX_ROWS &&
	       block_cell_is_empty(block_grid_at(grid, last, 0)) && reads_as_titles(arena, grid, last, 0))
		last++;
	return MIN(last, first + HEADER_MAX_ROWS);
}

/* The title of a column: the lowest one where it says what the column holds by itself. */
static char *
title_of(Arena *arena, const BlockGrid *grid, const TableHeader *header, size_t column)
{
	g_autoptr(GString) whole = g_string_new(NULL);
	g_autofree char *lowest = NULL;
	const BlockCell *last = NULL;
	PlanColumnKind kind;
	Folded folded, all;

	for (size_t row = header->first; row < header->last; row++) {
		const BlockCell *cell = block_grid_at(grid, row, column);

		if (cell == last || block_cell_is_empty(cell))
			continue;
		g_free(lowest);
		lowest = block_text_join(&cell->text);
		if (whole->len > 0)
			g_string_append_c(whole, ' ');
		g_string_append(whole, lowest);
		last = cell;
	}
	if (lowest == NULL)
		return arena_strdup(arena, "");
	folded = folded_new(arena, arena_strdup(arena, lowest));
	all = folded_new(arena, arena_strdup(arena, whole->str));
	if (columns_title_kind(&folded, &kind) &&
	    (kind != PLAN_COLUMN_VALUE || year_mentioned(folded.fold, 0, folded.len) != 0 ||
		year_mentioned(all.fold, 0, all.len) == 0))
		return arena_strdup(arena, lowest);
	return arena_strdup(arena, whole->str);
}

/* The lowest cell of the header above a column. */
static const BlockCell *
lowest_title(const BlockGrid *grid, const TableHeader *header, size_t column)
{
	for (size_t row = header->last; row-- > header->first;)
		if (!block_cell_is_empty(block_grid_at(grid, row, column)))
			return block_grid_at(grid, row, column);
	return NULL;
}

static void
read_titles(Arena *arena, const BlockGrid *grid, TableHeader *header)
{
	const BlockCell *last = NULL;

	header->n_grid = grid->n_columns;
	header->column = arena_array(arena, uint16_t, grid->n_columns + 1);
	for (size_t c = 0; c < grid->n_columns; c++) {
		const BlockCell *title = lowest_title(grid, header, c);
		bool is_new = c == 0 || title != last;

		if (is_new && header->n_titles < COLUMNS_MAX)
			header->titles[header->n_titles++] = title_of(arena, grid, header, c);
		header->column[c] = (uint16_t)(header->n_titles - 1);
		last = title;
	}
}

TableHeader *
table_header_find(Arena *arena, const BlockGrid *grid)
{
	size_t rows = MIN(grid->n_rows, (size_t)HEADER_MAX_ROW);

	for (size_t row = 0; row < rows; row++) {
		TableHeader *header;

		if (!reads_as_titles(arena, grid, row, 2))
			continue;
		header = arena_new0(arena, TableHeader);
		header->first = row;
		header->last = titles_end(arena, grid, row);
		if (row == 0)
			header->last =
			    MAX(header->last, MIN((size_t)grid->table->n_header_rows, grid->n_rows));
		read_titles(arena, grid, header);
		if (columns_from_cells(arena, header->titles, header->n_titles, &header->columns))
			return header;
	}
	return NULL;
}

/* The number that a cell gives its column: "3", "(3)"; 0. */
static unsigned
column_number(const Folded *folded)
{
	const char *text = folded->fold;
	unsigned number = 0;

	text += *text == '(';
	while (g_ascii_isdigit(*text) && number < 100)
		number = number * 10 + (unsigned)(*text++ - '0');
	text += *text == ')';
	return *text == '\0' ? number : 0;
}

static bool
numbers_columns(Arena *arena, const BlockGrid *grid, size_t row)
{
	unsigned last = 0, n = 0;

	for (size_t c = 0; c < grid->n_columns; c++) {
		const BlockCell *cell = block_grid_at(grid, row, c);
		Folded folded;

		if (block_cell_is_empty(cell) || cell->column != c)
			continue;
		folded = fold_cell(arena, cell);
		if (column_number(&folded) != last + 1)
			return false;
		last++;
		n++;
	}
	return n >= NUMBERED_COLUMNS_MIN;
}

bool
table_header_is_repeated(const TableHeader *header, const BlockGrid *grid, size_t row)
{
	g_autoptr(Arena) scratch = arena_new();
	unsigned same = 0, other = 0;

	if (numbers_columns(scratch, grid, row))
		return true;
	for (size_t c = 0; c < grid->n_columns && c < header->n_grid; c++) {
		const BlockCell *cell = block_grid_at(grid, row, c);
		Folded folded, title;

		if (block_cell_is_empty(cell))
			continue;
		folded = fold_cell(scratch, cell);
		title = folded_new(scratch, header->titles[header->column[c]]);
		if (strstr(title.fold, folded.fold) != NULL || strstr(folded.fold, title.fold) != NULL)
			same++;
		else
			other++;
	}
	return same >= 2 && other == 0;
}
