/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/lines.h"

/* What a line begins and ends with. */

typedef enum {
	MARKER_NONE,
	MARKER_DASH,   /* -, –, — */
	MARKER_PLUS,   /* +, * */
	MARKER_BULLET, /* • and its kind, letters of symbol fonts */
	MARKER_NUMBER, /* 1. 1.2. 1) */
	MARKER_ROMAN,  /* I. IV. */
	MARKER_LETTER, /* a) b. A. */
	MARKER_MAX,
} MarkerKind;

MarkerKind marker_of_word(const char *text);

/* The mark a line begins with, when text follows it. */
MarkerKind marker_of_line(const Line *line);

/* True where the line ends as a sentence or an item does: . ; : ! ? or ./. */
bool marker_ends_sentence(const Line *line);

/* True where the line begins as a sentence does not: with a small letter, or a closing or joining mark. */
bool marker_goes_on(const Line *line);

/* True where the text is a number of a row: 1, 1.2, II, a, 3). */
bool marker_is_row_number(const char *text);

/* True where the line begins as the name of an office does: Phòng, UBND, Các, … */
bool marker_begins_office(const Line *line);

/* True where the line cannot end a name: it ends with a comma, a dash, "và", "của". */
bool marker_wants_more(const Line *line);

/* True where `rest` can only be the end of a word that begins with `begin`. */
bool marker_is_rest_of_word(const char *begin, const char *rest);
