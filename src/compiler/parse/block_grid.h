/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/columns.h"

#include "compiler/blocks/blocks.h"

/* A table of blocks as a grid: which cell covers each position. */
typedef struct BlockGrid {
	const BlockTable *table;
	size_t n_rows, n_columns;
	const BlockCell **cells; /* [row * n_columns + column]; NULL where none covers it */
} BlockGrid;

/* False where the table is too large to be one of a plan. */
bool block_grid_init(BlockGrid *grid, const BlockTable *table);
void block_grid_clear(BlockGrid *grid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BlockGrid, block_grid_clear)

const BlockCell *block_grid_at(const BlockGrid *grid, size_t row, size_t column);

/* True where a cell has no text; NULL has none. */
bool block_cell_is_empty(const BlockCell *cell);

/* A table's titles of columns. A title may head several columns of the grid, a column of titles several rows:
 * what counts is the lowest title above a column, or all of them where the lowest says too little ("2030"
 * below "Mục tiêu"). */
typedef struct TableHeader {
	size_t n_grid;      /* columns of the grid it was read from */
	uint16_t *column;   /* by column of the grid: the title's index */
	size_t first, last; /* rows of the grid, exclusive */
	char *titles[COLUMNS_MAX];
	size_t n_titles;
	Columns columns;
} TableHeader;

/* Finds the titles among the first rows. NULL where there are none. The header's memory is the arena's. */
TableHeader *table_header_find(Arena *arena, const BlockGrid *grid);

/* True where a row repeats the titles, or numbers the columns: "(1) | (2) | (3)". */
bool table_header_is_repeated(const TableHeader *header, const BlockGrid *grid, size_t row);
