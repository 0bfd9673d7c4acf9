/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/marker.h"
#include "compiler/parse/atoms.h"
#include "compiler/source/lines.h"

/* A numbered row of a flattened table: its lines from one accepted number to the next. */
typedef struct TableRow {
	Marker marker;
	char *label; /* "1.10"; NULL for text in front of the first number */
	RowLine *lines;
	size_t n_lines;
	size_t first_line; /* index of the visual line with the number */
} TableRow;

typedef struct TableRows {
	TableRow *items;
	size_t len;
} TableRows;

/* Cuts lines first..last (exclusive) of a flattened table into rows. A number opens a row only where it fits
 * the sequence: page numbers and values are lone integers too. header_lines: the folded lines of the table's
 * header, which is printed again on each page and dropped with the page numbers (both become furniture blocks
 * of `plan`). */
TableRows rows_cut(Plan *plan, const SourceLines *lines, size_t first, size_t last, char *const *header_lines,
    size_t n_header_lines);
