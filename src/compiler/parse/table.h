/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/agency.h"
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

/* Reads the rows of a pipe table (Markdown). */
void table_read_piped(Table *table);
