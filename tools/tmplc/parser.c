/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/parser.h"

#include "tmplc/ctext.h"

#include <string.h>

bool
parser_fail(const Parser *parser, guint line, const char *message)
{
	return tmplc_fail(parser->source, line, parser->error, "%s", message);
}

Code
parser_code_from(const Piece *piece, const char *start, const char *end)
{
	Code code = {.line = piece->line, .column = piece->column};

	while (start < end && ctext_is_space(*start))
		start++;
	while (start < end && ctext_is_space(end[-1]))
		end--;
	for (const char *p = piece->text; p < start; p++) {
		code.line += *p == '\n';
		code.column = *p == '\n' ? 1 : code.column + 1;
	}
	code.text = start;
	code.len = (size_t)(end - start);
	return code;
}

/* Splits "NAME(REST)". */
static bool
split_call(Parser *parser, const Piece *piece, const char *start, Code *ret_name, Code *ret_rest)
{
	const char *end = piece->text + piece->len;
	size_t word;

	while (start < end && ctext_is_space(*start))
		start++;
	word = ctext_word(start, end);
	if (word == 0 || start + word == end || start[word] != '(' || end[-1] != ')')
		return parser_fail(parser, piece->line, "a name and arguments in brackets are expected");
	if (!ctext_is_balanced(start, end, false))
		return parser_fail(parser, piece->line, "the brackets do not match");
	*ret_name = parser_code_from(piece, start, start + word);
	*ret_rest = parser_code_from(piece, start + word + 1, end - 1);
	return true;
}

Node *
parser_add_node(Parser *parser, NodeKind kind)
{
	Node node = {.kind = kind};

	g_array_append_val(parser->page->nodes, node);
	return &g_array_index(parser->page->nodes, Node, parser->page->nodes->len - 1);
}

static bool
take_include(Parser *parser, const Piece *piece, const char *start)
{
	Code name = parser_code_from(piece, start, piece->text + piece->len);
	char close = name.len < 3 ? '\0' : name.text[0] == '"' ? '"' : name.text[0] == '<' ? '>' : '\0';

	if (parser->page != NULL)
		return parser_fail(parser, piece->line, "an include may not stand in a page");
	if (close == '\0' || memchr(name.text + 1, close, name.len - 1) != name.text + name.len - 1 ||
	    memchr(name.text, '\n', name.len) != NULL)
		return parser_fail(parser, piece->line, "include needs one file name in \"\" or <>");
	g_array_append_val(parser->tpl->includes, name);
	return true;
}

static bool
take_page(Parser *parser, const Piece *piece, const char *start)
{
	Code name, parameters;

	if (parser->page != NULL)
		return parser_fail(parser, piece->line, "a page may not stand in a page");
	if (!split_call(parser, piece, start, &name, &parameters))
		return false;
	parser->page = g_new0(Page, 1);
	parser->page->name = name;
	parser->page->parameters = parameters;
	parser->page->nodes = g_array_new(FALSE, FALSE, sizeof(Node));
	parser->page_line = piece->line;
	parser->place = (Place){.kind = PLACE_TEXT};
	g_ptr_array_add(parser->tpl->pages, parser->page);
	return true;
}

static bool
take_end(Parser *parser, const Piece *piece)
{
	if (parser->page == NULL)
		return parser_fail(parser, piece->line, "end without a page");
	if (parser->blocks->len > 0)
		return tmplc_fail(parser->source, piece->line, parser->error,
		    "the page ends in a block that was opened in line %u",
		    g_array_index(parser->blocks, Block, parser->blocks->len - 1).line);
	if (parser->place.kind != PLACE_TEXT)
		return parser_fail(parser, piece->line, "the page ends in another place than it began in");
	parser->page = NULL;
	return true;
}

static bool
take_call(Parser *parser, const Piece *piece, const char *start)
{
	Code name, arguments;
	Node *node;

	if (parser->place.kind != PLACE_TEXT)
		return parser_fail(parser, piece->line, "a call may stand only in text");
	if (!split_call(parser, piece, start, &name, &arguments))
		return false;
	node = parser_add_node(parser, NODE_CALL);
	node->name = name;
	node->code = arguments;
	return true;
}

static bool
take_block(Parser *parser, const Piece *piece)
{
	const char *end = piece->text + piece->len;
	size_t word = ctext_word(piece->text, end);
	const char *rest = piece->text + word;

	if (ctext_equals(piece->text, word, "include"))
		return take_include(parser, piece, rest);
	if (ctext_equals(piece->text, word, "page"))
		return take_page(parser, piece, rest);
	if (ctext_equals(piece->text, word, "end") && rest == end)
		return take_end(parser, piece);
	if (parser->page == NULL)
		return parser_fail(
		    parser, piece->line, "nothing may stand outside a page but include and {# comments #}");
	if (piece->len == 0)
		return parser_fail(parser, piece->line, "an empty block");
	return ctext_equals(piece->text, word, "call") ? take_call(parser, piece, rest)
						       : parser_take_statement(parser, piece);
}

static bool
take_value(Parser *parser, const Piece *piece)
{
	g_autoptr(GString) reason = g_string_new(NULL);
	Writer writer;
	Node *node;

	if (parser->page == NULL)
		return parser_fail(
		    parser, piece->line, "nothing may stand outside a page but include and {# comments #}");
	if (!place_take_value(&parser->place, &writer, reason))
		return parser_fail(parser, piece->line, reason->str);
	if (piece->len == 0)
		return parser_fail(parser, piece->line, "an empty value");
	if (!ctext_is_balanced(piece->text, piece->text + piece->len, false) ||
	    memchr(piece->text, '#', piece->len))
		return parser_fail(
		    parser, piece->line, "the brackets of the value do not match, or it holds a #");
	node = parser_add_node(parser, NODE_VALUE);
	node->writer = writer;
	node->code = parser_code_from(piece, piece->text, piece->text + piece->len);
	return true;
}

/* Appends a run of white space: in text a line break and its indentation become one line break, between
 * attributes any run becomes one blank, elsewhere it stays. */
static const char *
append_space(Parser *parser, const Piece *piece, const char *p)
{
	const Place *place = &parser->place;
	const char *start = p, *end = piece->text + piece->len;
	bool has_break = false;

	while (p < end && ctext_is_space(*p))
		has_break |= *p++ == '\n';
	if (start == piece->text && piece->starts_line && place->kind == PLACE_TEXT && !place->keeps_space)
		return p;
	if (place->kind >= PLACE_TAG_NAME && place->kind <= PLACE_UNQUOTED)
		g_string_append_c(parser->tpl->markup, ' ');
	else if (place->kind == PLACE_TEXT && !place->keeps_space && has_break)
		g_string_append_c(parser->tpl->markup, '\n');
	else
		g_string_append_len(parser->tpl->markup, start, p - start);
	return p;
}

static bool
take_markup(Parser *parser, const Piece *piece)
{
	const char *end = piece->text + piece->len;
	size_t offset = parser->tpl->markup->len;
	guint line = piece->line;
	Node *node;

	for (const char *p = piece->text, *next; p < end; p = next) {
		const char *wrong = NULL;

		next = p + 1;
		if (ctext_is_space(*p))
			next = append_space(parser, piece, p);
		else
			g_string_append_c(parser->tpl->markup, *p);
		for (; p < next && wrong == NULL; p++) {
			wrong = place_feed(&parser->place, *p);
			line += *p == '\n';
		}
		if (wrong != NULL)
			return tmplc_fail(
			    parser->source, line, parser->error, "no template may hold: %s", wrong);
	}
	node = parser_add_node(parser, NODE_MARKUP);
	node->line = piece->line;
	node->markup_offset = offset;
	node->markup_len = parser->tpl->markup->len - offset;
	return true;
}

static bool
take_outside(Parser *parser, const Piece *piece)
{
	guint line = piece->line;

	for (size_t i = 0; i < piece->len; i++) {
		if (!ctext_is_space(piece->text[i]))
			return parser_fail(
			    parser, line, "nothing may stand outside a page but include and {# comments #}");
		line += piece->text[i] == '\n';
	}
	return true;
}

static bool
take_piece(Parser *parser, const Piece *piece)
{
	switch (piece->kind) {
	case PIECE_MARKUP:
		return parser->page == NULL ? take_outside(parser, piece) : take_markup(parser, piece);
	case PIECE_VALUE:
		return take_value(parser, piece);
	case PIECE_BLOCK:
		return take_block(parser, piece);
	case PIECE_COMMENT:
		return true;
	}
	return true;
}

bool
parser_run(const TmplcSource *source, Template *tpl, GError **error)
{
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
	g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(Block));
	Parser parser = {.source = source, .tpl = tpl, .error = error, .blocks = blocks};

	if (!lexer_split(source, pieces, error))
		return false;
	for (guint i = 0; i < pieces->len; i++)
		if (!take_piece(&parser, &g_array_index(pieces, Piece, i)))
			return false;
	return parser.page == NULL ||
	       parser_fail(&parser, parser.page_line, "the page is not closed by {% end %}");
}
