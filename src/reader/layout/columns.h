/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"

/* Columns that no ruling parts: known by the text that lies in them. */

#define COLUMNS_MAX 16

typedef struct Span {
	float left, right;
} Span;

/* Where each column's text lies, from left to right; spans never overlap. */
typedef struct Columns {
	Span spans[COLUMNS_MAX];
	guint n;
} Columns;

/* A part of a line without a wide gap. */
typedef struct Segment {
	size_t first, n; /* words */
	Span span;
	guint column;
} Segment;

/* Divides a line at its wide gaps into at most COLUMNS_MAX segments; 0 where it has more. */
guint columns_split(const Line *line, Segment *segments);

/* The segment's text without marks and case; the caller's. */
char *segment_text(const Line *line, const Segment *segment);

/* Finds the columns of a header by the titles in lines from `first` to `end`; a title over several others
 * makes none. False where there are more than COLUMNS_MAX. */
bool columns_seed(Columns *columns, const GPtrArray *lines, guint first, guint end);

/* Divides a line and gives each segment its column; 0 where one reaches over several. */
guint columns_place(const Columns *columns, const Line *line, Segment *segments);

/* How many columns the span reaches into; gives the first, or the nearest where it reaches into none. */
guint columns_count(const Columns *columns, Span span, guint *ret_column);

void columns_grow(Columns *columns, const Segment *segments, guint n);
