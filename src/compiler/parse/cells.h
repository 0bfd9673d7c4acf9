/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/atoms.h"

/* One row of a table with its cells told apart. */
typedef struct CellRow {
	char *cells[COLUMNS_MAX];      /* by column; NULL where empty */
	SourceSpan spans[COLUMNS_MAX]; /* line 0 where a cell's place is not known apart from the row's */
	size_t first_line, last_line;  /* indices of RowLine */
	bool is_guessed;               /* a page break cut several cells in one line */
	bool has_odd_number;           /* what stands in the number column is no number */
	uint8_t confidence;            /* 0 to 100 */
} CellRow;

/* Typical full line of each column in characters; 0 where not known. */
typedef struct ColumnWidths {
	uint16_t chars[COLUMNS_MAX];
	GArray *seen[COLUMNS_MAX]; /* of uint16_t: the lines measured so far */
} ColumnWidths;

void widths_clear(ColumnWidths *widths);

/* Sets the widths from what was measured. */
void widths_settle(ColumnWidths *widths);

/* Tells the cells of a flattened row apart: of all ways to give its atoms to the columns in order, the one
 * whose cells read best (agencies in the agency columns, times in the time column, lines that were full
 * before they were wrapped). Text without a number behind a complete row becomes a row of its own. Adds
 * CellRow * in the arena to `rows`; at least one. */
void cells_split(
    Arena *arena, const Columns *columns, const Atoms *atoms, const ColumnWidths *widths, GPtrArray *rows);

/* Adds the widths of a row's cells to the table's: for the second pass. */
void cells_measure(const Columns *columns, const Atoms *atoms, ColumnWidths *widths);
