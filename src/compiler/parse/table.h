/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
#include "compiler/lower/annex_rows.h"
#include "compiler/parse/columns.h"
#include "compiler/source/lines.h"

#define TABLE_MAX_HEADER_LINES 24

/* The table of one annex, its header read: lines next..last (exclusive) are its rows. */
typedef struct Table {
	Plan *plan;
	AgencyTable *agencies;
	const SourceLines *lines;
	size_t next, last;
	PlanAnnex *annex;
	Columns columns;
	char *header[TABLE_MAX_HEADER_LINES]; /* folded */
	size_t n_header;
} Table;

/* Reads the rows of a table whose cells were printed one after another (text taken from a PDF). */
void table_read_flattened(Table *table);

/* Reads pipe tables (Markdown, and what blocks.h documents are written as), the first with its header at
 * `next`, as far as `last`; a header that is printed again is dropped, one with other columns begins an annex
 * of its own. False, with nothing read, where the header names no columns of the genre. */
bool table_read_piped(Table *table);

/* Gives the annex its columns. */
void table_set_columns(Table *table);

/* What rows of the table are lowered with; `ids` is to be released. */
RowLowering table_lowering(Table *table);

/* Keeps a line that is no row as a block of the document. */
void table_keep_line(Table *table, size_t index);
