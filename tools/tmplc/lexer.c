/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tmplc/lexer.h"

#include "tmplc/ctext.h"

#include <string.h>

typedef struct Lexer {
	const TmplcSource *source;
	const char *p;
	const char *end;
	const char *counted;    /* lines are counted up to here */
	const char *line_start; /* of the line that `counted` is in */
	guint line;
	GArray *pieces;
	GError **error;
} Lexer;

static void
count_lines(Lexer *lexer, const char *upto)
{
	for (; lexer->counted < upto; lexer->counted++) {
		if (*lexer->counted == '\n') {
			lexer->line++;
			lexer->line_start = lexer->counted + 1;
		}
	}
}

static void
add_piece(Lexer *lexer, PieceKind kind, const char *start, const char *end)
{
	Piece piece = {.kind = kind};

	if (kind != PIECE_MARKUP) {
		while (start < end && ctext_is_space(*start))
			start++;
		while (start < end && ctext_is_space(end[-1]))
			end--;
	}
	count_lines(lexer, start);
	piece.line = lexer->line;
	piece.column = (guint)(start - lexer->line_start) + 1;
	piece.text = start;
	piece.len = (size_t)(end - start);
	g_array_append_val(lexer->pieces, piece);
}

/* Finds "}}" outside brackets, strings and comments; NULL where there is none. */
static const char *
find_value_end(const char *p, const char *end)
{
	int depth = 0;

	for (; p != NULL && p + 1 < end; p = ctext_skip(p, end)) {
		if (depth == 0 && p[0] == '}' && p[1] == '}')
			return p;
		depth += *p == '{';
		depth -= *p == '}' && depth > 0;
	}
	return NULL;
}

/* Finds "%}" outside strings and comments; NULL where there is none. */
static const char *
find_block_end(const char *p, const char *end)
{
	for (; p != NULL && p + 1 < end; p = ctext_skip(p, end))
		if (p[0] == '%' && p[1] == '}')
			return p;
	return NULL;
}

static const char *
find_comment_end(const char *p, const char *end)
{
	for (; p + 1 < end; p++)
		if (p[0] == '#' && p[1] == '}')
			return p;
	return NULL;
}

static bool
take_delimited(Lexer *lexer)
{
	const char *start = lexer->p + 2, *close;
	char mark = lexer->p[1];

	count_lines(lexer, lexer->p);
	if (mark == '{')
		close = find_value_end(start, lexer->end);
	else if (mark == '%')
		close = find_block_end(start, lexer->end);
	else
		close = find_comment_end(start, lexer->end);
	if (close == NULL)
		return tmplc_fail(lexer->source, lexer->line, lexer->error,
		    "{%c is not closed, or holds a string, character or comment that is not closed, or a // "
		    "comment",
		    mark);
	add_piece(lexer, mark == '{' ? PIECE_VALUE : mark == '%' ? PIECE_BLOCK : PIECE_COMMENT, start, close);
	lexer->p = close + 2;
	return true;
}

static bool
is_delimiter(const char *p, const char *end)
{
	return p + 1 < end && p[0] == '{' && (p[1] == '{' || p[1] == '%' || p[1] == '#');
}

static void
take_markup(Lexer *lexer)
{
	const char *start = lexer->p;

	while (lexer->p < lexer->end && !is_delimiter(lexer->p, lexer->end))
		lexer->p++;
	add_piece(lexer, PIECE_MARKUP, start, lexer->p);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Gives how many bytes at the end of the markup before piece `i` are its line's indentation; -1 where
 * something else stands before it on its line. */
static gssize
indentation_before(const GArray *pieces, guint i)
{
	const Piece *before = i == 0 ? NULL : &g_array_index(pieces, Piece, i - 1);
	size_t n = 0;

	if (before == NULL)
		return 0;
	if (before->kind != PIECE_MARKUP)
		return -1;
	while (n < before->len && is_blank(before->text[before->len - n - 1]))
		n++;
	if (n < before->len)
		return before->text[before->len - n - 1] == '\n' ? (gssize)n : -1;
	return i == 1 ? (gssize)n : -1;
}

/* Gives how many bytes of the markup after piece `i` end its line; -1 where something else follows on its
 * line. */
static gssize
line_break_after(const GArray *pieces, guint i)
{
	const Piece *after = i + 1 == pieces->len ? NULL : &g_array_index(pieces, Piece, i + 1);
	size_t n = 0;

	if (after == NULL)
		return 0;
	if (after->kind != PIECE_MARKUP)
		return -1;
	while (n < after->len && is_blank(after->text[n]))
		n++;
	if (n < after->len)
		return after->text[n] == '\n' ? (gssize)n + 1 : -1;
	return i + 2 == pieces->len ? (gssize)n : -1;
}

/* The trimming is worked out on the untrimmed pieces first: two blocks on two lines share the markup between
 * them. */
static void
trim_lines(GArray *pieces)
{
	g_autofree gsize *front = g_new0(gsize, pieces->len + 1);
	g_autofree gsize *back = g_new0(gsize, pieces->len + 1);

	for (guint i = 0; i < pieces->len; i++) {
		PieceKind kind = g_array_index(pieces, Piece, i).kind;
		gssize indentation = indentation_before(pieces, i);
		gssize line_break = line_break_after(pieces, i);

		if ((kind != PIECE_BLOCK && kind != PIECE_COMMENT) || indentation < 0 || line_break < 0)
			continue;
		if (i > 0)
			back[i - 1] = (gsize)indentation;
		if (i + 1 < pieces->len)
			front[i + 1] = (gsize)line_break;
	}
	for (guint i = 0; i < pieces->len; i++) {
		Piece *piece = &g_array_index(pieces, Piece, i);

		piece->text += front[i];
		piece->len -= front[i];
		piece->line += front[i] > 0;
		piece->starts_line = front[i] > 0;
		piece->len -= MIN(back[i], piece->len);
	}
}

bool
lexer_split(const TmplcSource *source, GArray *pieces, GError **error)
{
	Lexer lexer = {
	    .source = source,
	    .p = source->text,
	    .end = source->text + source->len,
	    .counted = source->text,
	    .line_start = source->text,
	    .line = 1,
	    .pieces = pieces,
	    .error = error,
	};

	while (lexer.p < lexer.end) {
		if (pieces->len >= TMPLC_MAX_PIECES) {
			g_set_error(error, TMPLC_ERROR, TMPLC_ERROR_LIMIT,
			    "%s:%u: more than %d values and blocks", source->file, lexer.line,
			    TMPLC_MAX_PIECES);
			return false;
		}
		if (!is_delimiter(lexer.p, lexer.end))
			take_markup(&lexer);
		else if (!take_delimited(&lexer))
			return false;
	}
	trim_lines(pieces);
	return true;
}
