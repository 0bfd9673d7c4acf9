/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"
#include "compiler/source/places.h"

#include <glib.h>

/* One line of the canonical text that the blocks of a document are written as, with the place of each piece
 * of it. Marks that Markdown would understand are escaped where the author wrote them. */
typedef struct BlockLine {
	GString *text;
	GArray *pieces; /* of BlockLinePiece, by offset */
} BlockLine;

typedef struct BlockLinePiece {
	size_t from, to; /* in the line */
	BlockPlace place;
	uint8_t confidence;
} BlockLinePiece;

void block_line_init(BlockLine *line);
void block_line_clear(BlockLine *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BlockLine, block_line_clear)

/* Empties the line for the next one. */
void block_line_reset(BlockLine *line);

/* Appends a text behind what stands there: wrapped lines and cut identifiers are joined, and the first piece
 * follows what stands there as `before` says. */
void block_line_add(BlockLine *line, const BlockText *text, BlockBreak before);

/* Appends bytes from..to of another line, pieces and all. */
void block_line_copy(BlockLine *line, const BlockLine *from, size_t start, size_t end);

/* Writes the line and a line end to the end of `out` and its pieces to `places`. */
void block_line_write(const BlockLine *line, GString *out, SourcePlaces *places);
