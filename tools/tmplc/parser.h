/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tmplc/lexer.h"
#include "tmplc/template.h"

/* What the parts of the parser share: parser.c takes pieces and pages, statement.c the C statements and their
 * blocks. */

/* An open brace of a statement. */
typedef struct Block {
	Place place; /* where it was opened */
	guint line;
	bool is_loop; /* break and continue, or case and default, jump to its place */
} Block;

typedef struct Parser {
	const TmplcSource *source;
	Template *tpl;
	GError **error;
	Page *page; /* NULL between pages */
	guint page_line;
	Place place;
	GArray *blocks; /* of Block */
} Parser;

/* Fails at a line of the template. */
bool parser_fail(const Parser *parser, guint line, const char *message);

/* Appends a node to the page; the pointer holds until the next one. */
Node *parser_add_node(Parser *parser, NodeKind kind);

/* Cuts white space at both ends of a part of a piece and works out its line and column. */
Code parser_code_from(const Piece *piece, const char *start, const char *end);

/* Takes a C statement: its braces open and close blocks, which must end where they began. */
bool parser_take_statement(Parser *parser, const Piece *piece);
