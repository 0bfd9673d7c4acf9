/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tmplc/tmplc.h"

/* Cuts a template into markup, values, blocks and comments. */

typedef enum {
	PIECE_MARKUP,  /* everything between the others */
	PIECE_VALUE,   /* {{ expression }} */
	PIECE_BLOCK,   /* {% statement or directive %} */
	PIECE_COMMENT, /* {# … #} */
} PieceKind;

/* text points into the source, without the delimiters and the white space inside them. */
typedef struct Piece {
	PieceKind kind;
	guint line;   /* 1-based, of the first byte of `text` */
	guint column; /* 1-based, in bytes */
	const char *text;
	size_t len;
	bool starts_line; /* markup that follows a line which a block or comment took */
} Piece;

/* Cuts the source into `pieces` (of Piece). A block or comment that is alone on its line takes the line with
 * it: its indentation and its line break belong to no markup. Fails with TMPLC_ERROR. */
bool lexer_split(const TmplcSource *source, GArray *pieces, GError **error);
