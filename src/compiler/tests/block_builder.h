/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

/* Makes documents of blocks as a reader would, each text with a place of its own: page `page`, a box whose
 * top is 12 points further down for each text that was added. */
typedef struct BlockBuilder {
	BlockDocument *document;
	uint32_t page;
	float top;
	uint8_t confidence; /* of what is added next */
} BlockBuilder;

void builder_init(BlockBuilder *builder, BlockSource source);
void builder_clear(BlockBuilder *builder);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BlockBuilder, builder_clear)

Block *builder_add(BlockBuilder *builder, BlockKind kind, const char *text);
Block *builder_paragraph(BlockBuilder *builder, const char *text);

/* Centred and bold, as titles are. */
void builder_title(BlockBuilder *builder, const char *text);

/* A table from rows of cells parted by "|". "^": the cell above reaches down here, "<": the one at the left
 * reaches over. */
Block *builder_table(BlockBuilder *builder, const char *const *rows, size_t n_rows);
