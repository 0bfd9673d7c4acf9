/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/ctext.h"
#include "tmplc/parser.h"

static bool
open_block(Parser *parser, const Piece *piece, bool is_loop)
{
	Block block = {.place = parser->place, .line = piece->line, .is_loop = is_loop};

	if (parser->blocks->len == TMPLC_MAX_BLOCK_DEPTH) {
		g_set_error(parser->error, TMPLC_ERROR, TMPLC_ERROR_LIMIT,
		    "%s:%u: more than %d nested blocks", parser->source->file, piece->line,
		    TMPLC_MAX_BLOCK_DEPTH);
		return false;
	}
	g_array_append_val(parser->blocks, block);
	return true;
}

static bool
close_block(Parser *parser, const Piece *piece)
{
	const Block *block;

	if (parser->blocks->len == 0)
		return parser_fail(parser, piece->line, "a block is closed that was not opened");
	block = &g_array_index(parser->blocks, Block, parser->blocks->len - 1);
	if (!place_equals(&block->place, &parser->place))
		return parser_fail(parser, piece->line, "the block ends in another place than it began in");
	place_join(&parser->place, &block->place);
	g_array_set_size(parser->blocks, parser->blocks->len - 1);
	return true;
}

/* A jump lands where its loop or switch began, so it may leave only from the same place. */
static bool
check_jump(Parser *parser, const Piece *piece)
{
	for (guint i = parser->blocks->len; i > 0; i--) {
		const Block *block = &g_array_index(parser->blocks, Block, i - 1);

		if (!block->is_loop)
			continue;
		if (!place_equals(&block->place, &parser->place))
			return parser_fail(parser, piece->line,
			    "break, continue, case and default may stand only where their loop or switch "
			    "began");
		return true;
	}
	return parser_fail(parser, piece->line, "break, continue, case or default outside a loop or switch");
}

static bool
take_keyword(Parser *parser, const Piece *piece, const char *word, size_t len, bool *is_loop)
{
	if (ctext_equals(word, len, "for") || ctext_equals(word, len, "while") ||
	    ctext_equals(word, len, "do") || ctext_equals(word, len, "switch"))
		*is_loop = true;
	else if (ctext_equals(word, len, "goto"))
		return parser_fail(parser, piece->line, "goto may not stand in a template");
	else if (ctext_equals(word, len, "return") && parser->place.kind != PLACE_TEXT)
		return parser_fail(parser, piece->line, "return may stand only in text");
	else if (ctext_equals(word, len, "break") || ctext_equals(word, len, "continue") ||
		 ctext_equals(word, len, "case") || ctext_equals(word, len, "default"))
		return check_jump(parser, piece);
	return true;
}

/* Opens and closes blocks as the braces of the statement do. */
static bool
walk_statement(Parser *parser, const Piece *piece)
{
	const char *end = piece->text + piece->len;
	bool is_loop = false;

	for (const char *p = piece->text; p < end; p = ctext_skip(p, end)) {
		size_t word = ctext_word(p, end);

		if (*p == '#')
			return parser_fail(
			    parser, piece->line, "a preprocessor line may not stand in a template");
		if (word > 0 && !take_keyword(parser, piece, p, word, &is_loop))
			return false;
		if (*p == '{' && !open_block(parser, piece, is_loop))
			return false;
		if (*p == '}' && !close_block(parser, piece))
			return false;
		if (*p == '{' || *p == '}')
			is_loop = false;
	}
	return true;
}

bool
parser_take_statement(Parser *parser, const Piece *piece)
{
	const char *refused = place_take_block(&parser->place);
	char last = ctext_last(piece->text, piece->text + piece->len);

	if (refused != NULL)
		return tmplc_fail(
		    parser->source, piece->line, parser->error, "no block may stand in: %s", refused);
	if (!ctext_is_balanced(piece->text, piece->text + piece->len, true))
		return parser_fail(parser, piece->line, "the brackets do not match");
	if (last != ';' && last != '{' && last != '}' && last != ':' && last != '\0')
		return parser_fail(parser, piece->line, "a statement ends with ; { } or :");
	if (!walk_statement(parser, piece))
		return false;
	parser_add_node(parser, NODE_STATEMENT)->code =
	    parser_code_from(piece, piece->text, piece->text + piece->len);
	return true;
}
