/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/cells.h"

/* A run of atoms that may be one cell, with what every kind of column wants to know of it. Grown atom by
 * atom, so that looking at all runs stays cheap. */
typedef struct Span {
	const Atoms *atoms;
	size_t from, to; /* to: exclusive */
	const Atom *first, *last;
	int words, foreign, proper, semicolons;
	int inner_starts;    /* agencies that could follow another without a mark between */
	int inner_agencies;  /* agencies that fill a line of their own */
	int inline_agencies; /* agencies that begin inside a line */
	int inner_kinds;     /* agencies that begin anywhere */
	int inner_wraps;     /* whole lines that another follows */
	int whole_lines;
	int boundary_cost; /* of what the page shows between the atoms */
	int last_score;    /* as the kind of column asked last */
	int dangling;      /* cost of ending in a word that wants another behind it */
} Span;

void span_begin(Span *span, const Atoms *atoms, size_t from);

/* Takes in the next atom. */
void span_extend(Span *span);

/* How well a span reads as a cell of a column, in tenths; below zero reads badly, CELL_IMPOSSIBLE cannot be.
 * is_continued: the text goes on from before a page break, so its start says nothing. */
int cell_score(Arena *scratch, const Columns *columns, const ColumnWidths *widths, size_t column, Span *span,
    bool is_continued);

#define CELL_IMPOSSIBLE (-600)

/* What leaving a column empty costs. */
int cell_skip_cost(const Columns *columns, size_t column);
