/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/lex/folded.h"
#include "compiler/plan.h"

#define COLUMNS_MAX 16

/* The columns of an annex's table as its header names them. */
typedef struct Columns {
	PlanColumn items[COLUMNS_MAX];
	size_t len;
} Columns;

/* Reads the columns from the header's joined text. False where it names no column of names. */
bool columns_read(Arena *arena, const char *header, Columns *ret_columns);

/* Reads them from header cells that are known apart (Markdown, HTML, Word). */
bool columns_from_cells(Arena *arena, char *const *cells, size_t n, Columns *ret_columns);

/* Tells the kind of one title. False where no column of the genre begins so. */
bool columns_title_kind(const Folded *title, PlanColumnKind *ret_kind);

/* True where a line can be the first of a header: it begins with the number column's title. */
bool columns_begins_header(const Folded *line);

/* True where every word of a line is of the vocabulary of headers. */
bool columns_is_header_line(const Folded *line);

/* What the columns make of the table. */
PlanAnnexKind columns_kind(const Columns *columns);

/* The index of the first column of a kind; SIZE_MAX where there is none. */
size_t columns_find(const Columns *columns, PlanColumnKind kind);
