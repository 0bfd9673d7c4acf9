/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What Word and web documents have in common before they become blocks: paragraphs and tables whose cells
 * hold paragraphs and tables again. All of it lives in the arena of the document that is being made. */

typedef struct FlowTable FlowTable;

typedef struct FlowParagraph {
	const char *text; /* of clean_finish(); "" is an empty paragraph */
	uint8_t heading_level;
	bool is_bold, is_italic, is_centered;
	bool is_furniture;
} FlowParagraph;

typedef struct FlowItem {
	struct FlowItem *next;
	FlowTable *table; /* NULL: a paragraph */
	FlowParagraph paragraph;
} FlowItem;

typedef struct Flow {
	FlowItem *first, *last;
} Flow;

typedef struct FlowCell {
	struct FlowCell *next;
	uint32_t row, column;       /* as the file counts them: columns may be many and empty */
	uint32_t n_rows, n_columns; /* at least 1 */
	Flow content;
} FlowCell;

struct FlowTable {
	FlowCell *first, *last; /* by row, then column */
	uint32_t n_rows, n_cells;
	uint32_t n_header_rows;
	bool has_borders;
	bool is_layout;         /* known to be there for the layout; else its looks decide */
	const uint32_t *widths; /* of its columns, in twips; NULL where not known */
	uint32_t n_widths;
};

FlowParagraph *flow_add_paragraph(Arena *arena, Flow *flow, const char *text);
FlowTable *flow_add_table(Arena *arena, Flow *flow);
FlowCell *flow_add_cell(Arena *arena, FlowTable *table, uint32_t row, uint32_t column, uint32_t n_columns);

/* Moves all items of `more` behind those of `flow`. */
void flow_append(Flow *flow, Flow *more);

bool flow_is_empty(const Flow *flow);

/* Appends the text of all paragraphs, tables inside included, a blank between them. */
void flow_join(const Flow *flow, GString *out);

/* True where a table is there for the layout, not for data: the head of a document (issuer left, motto
 * right), its tail (recipients left, signature right), a frame around text. */
bool flow_table_is_layout(const FlowTable *table);

/* True where the text of a cell, folded, is one that heads a column of a plan's tables; that stands in a
 * document's head or tail. */
bool flow_is_header_word(const char *folded);
bool flow_is_layout_mark(const char *folded);

/* Gives tables the columns that their cells need: slivers between cells that were meant to meet, and columns
 * in which nothing begins, are taken out. */
void flow_table_tidy(Arena *arena, FlowTable *table);

/* Makes blocks of a flow, behind those the document has. Layout tables become paragraphs, column by column; a
 * table in a cell becomes lines of that cell. Fails with APP_ERROR_LIMIT. */
bool flow_to_blocks(BlockDocument *document, const Flow *flow, GError **error);
