/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "compiler/source/places.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The physical lines of a text with what their white space says. Text that comes from a PDF keeps its layout
 * only in blank lines and leading blanks, so nothing is stripped before it has been looked at. */

/* How a visual line follows the one before it. */
typedef enum {
	LINE_BREAK_WRAP, /* perhaps only a wrap: the text may go on */
	LINE_BREAK_HARD, /* a new cell, row or page */
	LINE_BREAK_PARAGRAPH,
} LineBreak;

/* How a text lays out its lines. */
typedef enum {
	LINE_LAYOUT_DOUBLE, /* each visual line is followed by an empty one (text taken from a PDF) */
	LINE_LAYOUT_SINGLE, /* hard wrapped, an empty line ends a paragraph */
	LINE_LAYOUT_MARKDOWN,
} LineLayout;

typedef struct SourceLine {
	const char *text; /* a copy without white space at the ends */
	size_t len;
	size_t offset; /* where it stands in the whole text */
	uint32_t number;
	uint32_t page;         /* where it begins; 0 for a source without pages */
	uint16_t chars;        /* characters of `text`, at most 65,535 */
	uint16_t leading;      /* blanks in front */
	uint16_t trailing;     /* blanks behind */
	uint16_t empty_before; /* lines without a character between this and the last visual line */
	uint16_t blank_before; /* lines that hold only blanks, likewise: what an empty cell leaves */
	bool is_cut;           /* the physical line was longer than LIMIT_LINE_BYTES */
	LineBreak break_before;
} SourceLine;

typedef struct SourceLines {
	const char *text;
	size_t text_len;
	LineLayout layout;
	SourceLine *items; /* visual lines only: those with a character that is not white space */
	size_t len;
	uint16_t width; /* characters of a full line of prose */
} SourceLines;

/* Splits a text (UTF-8, NFC, LF) into visual lines, in the arena; `text` must outlive the result.
 * Lines beyond LIMIT_SOURCE_LINES or LIMIT_LINE_BYTES are left out or cut, each with a diagnostic. */
void lines_split(
    Arena *arena, const char *text, size_t len, bool is_markdown, SourceLines *ret_lines, DiagList *diags);

/* Tells each line the page it begins on. */
void lines_find_pages(SourceLines *lines, const SourcePlaces *places);

/* The 90th percentile of the lengths of lines first..last (exclusive) in characters: what the page could
 * hold. */
uint16_t lines_full_width(const SourceLines *lines, size_t first, size_t last);

/* The span of a line, and of everything from one line to another. */
SourceSpan line_span(const SourceLine *line);
SourceSpan lines_span(const SourceLine *first, const SourceLine *last);
