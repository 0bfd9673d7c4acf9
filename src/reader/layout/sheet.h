/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"
#include "reader/layout/table.h"

/* A sheet while its parts are found. */
typedef struct Sheet {
	const Frame *frame;
	GPtrArray *tables; /* of Table *, from top to bottom; owned */
	GPtrArray *lines;  /* of Line *: what is in no table, whole lines from top to bottom */
	GPtrArray *stamps; /* of Line *: stamps and watermarks */
	float left, right; /* where the text of its body begins and ends */
} Sheet;

/* Finds the tables and lines of a sheet. previous: the sheet before, or NULL; a table may go on from it. */
Sheet *sheet_new(Arena *arena, const PageSheet *source, const Sheet *previous);
void sheet_free(Sheet *sheet);

/* Finds where the body's text begins and ends, by its lines, its tables or the sheet before; call it when
 * furniture is marked. */
void sheet_find_margins(Sheet *sheet, const Sheet *previous);

/* A line or a table of a sheet in reading order. */
typedef struct Item {
	Line *line;
	Table *table; /* where line is NULL; the sheet's */
} Item;

/* Gives the sheet's parts in reading order, of Item; furniture
 * first. */
GArray *sheet_order(Arena *arena, Sheet *sheet);
