/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What Markdown's marks say about one line. */
typedef struct MarkupLine {
	char *text;            /* without marks, escapes undone, in the arena */
	uint8_t heading_level; /* 1 to 6; 0 where it is no heading */
	bool is_bold;          /* the whole line is bold */
	bool is_rule;          /* "-----", a lone escaped star, a comment: nothing to read */
	bool is_table_row;     /* "| a | b |" */
} MarkupLine;

/* Takes the marks off one line of Markdown. */
MarkupLine markup_read(Arena *arena, const char *line, size_t len);

/* Takes the inline marks off a piece of a line: emphasis, links, escapes. */
char *markup_strip_inline(Arena *arena, const char *text);

/* A cell of a row: its text without marks, and where it stands in the line. */
typedef struct MarkupCell {
	char *text;
	size_t offset, len; /* bytes of the line, blanks at the ends left out */
	bool is_bold;
} MarkupCell;

/* Splits "| a | b |" into its cells; gives their number, at most `max`. */
size_t markup_split_cells(Arena *arena, const char *line, MarkupCell *cells, size_t max);

/* True where a row has only cells of "---", ":--:" and the like: the line under a table's header. */
bool markup_is_separator(const char *line);

/* True where a text is written in Markdown: headings, bold lines or pipe tables occur in it. */
bool markup_is_markdown(const char *text, size_t len);
