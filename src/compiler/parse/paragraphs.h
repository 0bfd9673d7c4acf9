/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/join.h"
#include "compiler/lex/marker.h"
#include "compiler/plan.h"
#include "compiler/source/lines.h"

/* What a section of the genre is for; headings say it, sub-headings inherit it. */
typedef enum {
	SECTION_ROLE_NONE,
	SECTION_ROLE_PURPOSE,
	SECTION_ROLE_VIEWPOINT,
	SECTION_ROLE_GENERAL_TARGET,
	SECTION_ROLE_TARGET,
	SECTION_ROLE_TASK,
	SECTION_ROLE_ORGANISATION,
	SECTION_ROLE_REPORTING,
	SECTION_ROLE_FUNDING,
} SectionRole;

/* A run of visual lines that belong together. */
typedef struct Paragraph {
	char *text;  /* joined, without its marker */
	char *label; /* the marker as printed without its closing mark; NULL */
	Marker marker;
	bool is_marked_heading; /* Markdown says heading or bold */
	bool is_heading;
	bool is_furniture; /* a page number or an ornament */
	SectionRole role;
	int section;                  /* index into Plan.outline of the heading above (or of itself); -1 */
	int year;                     /* that the headings above give; 0 */
	size_t first_line, last_line; /* indices of visual lines */
	SourceSpan span;
} Paragraph;

typedef struct Paragraphs {
	Paragraph *items;
	size_t len;
} Paragraphs;

/* Joins the visual lines first..last (exclusive) into paragraphs, in the arena. */
Paragraphs paragraphs_join(Arena *arena, const SourceLines *lines, size_t first, size_t last);

/* True where a text ends like a finished sentence or list item. */
bool ends_finished(const char *text);
