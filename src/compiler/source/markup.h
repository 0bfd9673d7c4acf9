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
	bool is_rule;          /* "-----", or a lone escaped star: ornament */
	bool is_table_row;     /* "| a | b |" */
} MarkupLine;

/* Takes the marks off one line of Markdown. */
MarkupLine markup_read(Arena *arena, const char *line, size_t len);

/* Takes the inline marks off a piece of a line: emphasis, links, escapes. */
char *markup_strip_inline(Arena *arena, const char *text);

/* Splits "| a | b |" into its cells, marks taken off; gives their number, at most `max`. */
size_t markup_split_cells(Arena *arena, const char *line, char **cells, size_t max);

/* True where cells are only "---", ":--:" and the like: the line under a table's header. */
bool markup_is_separator(char *const *cells, size_t n);

/* True where a text is written in Markdown: headings, bold lines or pipe tables occur in it. */
bool markup_is_markdown(const char *text, size_t len);
