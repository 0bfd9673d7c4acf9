/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/frame.h"

/* A printed line, or the part of one that lies in one column. */
typedef struct Line {
	Word **words; /* from left to right */
	size_t n_words;
	BlockBox box;
	uint32_t page;
	float size;              /* of its letters */
	bool is_bold, is_italic; /* all of it */
	bool is_scan;
	bool is_furniture;
	bool is_side;      /* one of two columns stands beside its own */
	float left, right; /* the room its column has */
} Line;

/* Puts words together to lines, from top to bottom; the lines are in the arena, of Line *. Text in two
 * columns that lie beside each other comes out as one line where they are level. */
GPtrArray *lines_find(Arena *arena, const Frame *frame, Word **words, size_t n);

/* A line of some of the words of another. */
Line *line_new(Arena *arena, const Line *whole, size_t first, size_t n);

/* The line's text, words set apart by blanks; the caller's. */
char *line_text(const Line *line);

/* True where two lines look alike: size, bold, italic. */
bool line_looks_like(const Line *a, const Line *b);

/* The gap between a word and the one before it in its line. */
float line_gap(const Line *line, size_t at);

/* True where the first word of `next` would have found room at the end of `line` (of centred lines: at both
 * sides of it): its author ended the line, not its width. */
bool line_was_ended(const Line *line, const Line *next, bool is_centered);
