/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"

typedef struct Cell {
	guint row, column, n_rows, n_columns;
	BlockBox box;     /* on the sheet it begins on */
	GPtrArray *lines; /* of Line *, from top to bottom; more sheets' one after another */
} Cell;

/* A table, or the part of one that lies on one sheet. */
typedef struct Table {
	uint32_t page; /* the last it reaches */
	bool is_scan;
	float em;
	BlockBox box;                     /* on that page */
	GArray *columns;                  /* of float: borders from left to right, one more than columns */
	GArray *spans;                    /* of Span: where text lies in a table without rulings; else NULL */
	guint n_rows;                     /* at least 1 */
	guint n_header_rows;              /* 0: not known */
	GPtrArray *cells;                 /* of Cell *, by row, then column */
	bool is_open_top, is_open_bottom; /* no ruling there: cut by the page */
} Table;

Table *table_new(const Frame *frame, BlockBox box);
void table_free(Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

static inline guint
table_n_columns(const Table *table)
{
	return table->columns->len - 1;
}

Cell *table_add_cell(Table *table, guint row, guint column, guint n_rows, guint n_columns, BlockBox box);

/* Puts words into the cell that `cell_of` names for each (an index of table->cells), as lines with their
 * room. */
void table_fill(Arena *arena, const Frame *frame, Table *table, Word **words, const guint *cell_of, size_t n);

/* NULL has none. */
static inline bool
cell_has_text(const Cell *cell)
{
	return cell != NULL && cell->lines->len > 0;
}

static inline Line *
cell_first_line(const Cell *cell)
{
	return g_ptr_array_index(cell->lines, 0);
}

static inline Line *
cell_last_line(const Cell *cell)
{
	return g_ptr_array_index(cell->lines, cell->lines->len - 1);
}

/* A cell's text on one line; the caller's. */
char *cell_text(const Cell *cell);

/* How a line of a cell stands to the one before it, `lines->pdata[at - 1]`. */
BlockBreak cell_break(const Cell *cell, guint at);
