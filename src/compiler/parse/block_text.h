/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/parse/block_line.h"
#include "compiler/plan.h"

/* The blocks of a document as one canonical text in Markdown's marks, so that whatever a document came from
 * is understood by the same rules: a line for each paragraph, a line for each row of a table. */
typedef struct BlockWriter {
	Plan *plan;
	GString *text;
	SourcePlaces *places;
	BlockLine line;         /* being made */
	bool is_scan;           /* recognised from pictures */
	bool is_after_centered; /* the last line was a centred paragraph: no blank line between the two */
	const struct TableHeader *header; /* of the last table that had one; NULL */
} BlockWriter;

/* Writes plan->text and plan->places. */
void block_text_write(const BlockDocument *document, Plan *plan);

/* Writes a paragraph, a line for each that its author broke. look: heading, bold, centred. */
void block_text_paragraph(BlockWriter *writer, const BlockText *text, const Block *look);

/* Writes a table: its titles of columns as one line, then a line for each row; rows above the titles as
 * paragraphs (block_table.c). */
void block_text_table(BlockWriter *writer, const BlockTable *table);

/* Recognition takes the strokes of Roman numerals for other letters ("H" for "II", "1V" for "IV"). Gives the
 * numeral that `len` bytes must have been; NULL where they can be none. */
char *block_text_mended_roman(Arena *arena, const char *text, size_t len);
