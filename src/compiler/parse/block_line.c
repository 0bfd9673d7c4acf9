/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/block_line.h"

#include "base/text.h"
#include "compiler/blocks/join.h"

#include <string.h>

void
block_line_init(BlockLine *line)
{
	line->text = g_string_new(NULL);
	line->pieces = g_array_new(FALSE, FALSE, sizeof(BlockLinePiece));
}

void
block_line_clear(BlockLine *line)
{
	g_string_free(line->text, TRUE);
	g_array_unref(line->pieces);
}

void
block_line_reset(BlockLine *line)
{
	g_string_truncate(line->text, 0);
	g_array_set_size(line->pieces, 0);
}

static bool
needs_escape(const char *p, bool is_first)
{
	switch (*p) {
	case '\\':
	case '`':
	case '|':
	case '[':
		return true;
	case '*':
		return !(is_first && p[1] == ' '); /* a star as bullet means the same in Markdown */
	case '<':
		return is_first || g_ascii_strncasecmp(p, "<br", 3) == 0;
	case '#':
	case '>':
		return is_first;
	default:
		return false;
	}
}

static char *
escaped(const char *text, bool is_first)
{
	g_autofree char *nfc = text_nfc(text, strlen(text), NULL);
	GString *out = g_string_sized_new(strlen(nfc) + 8);

	for (const char *p = nfc; *p != '\0'; p++) {
		if (needs_escape(p, is_first))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *p);
		is_first = is_first && *p == ' ';
	}
	return g_string_free(out, FALSE);
}

static void
add_piece(BlockLine *line, const BlockPiece *piece, BlockBreak before)
{
	GString *text = line->text;
	g_autofree char *bytes = escaped(piece->text, text->len == 0);
	BlockLinePiece placed = {.from = text->len, .place = piece->place, .confidence = piece->confidence};

	if (before == BLOCK_BREAK_LINE) {
		join_wrapped(text, bytes);
	} else {
		if (before != BLOCK_BREAK_NONE && text->len > 0 && text->str[text->len - 1] != ' ')
			g_string_append_c(text, ' ');
		join_bounded(text, bytes);
	}
	while (placed.from < text->len && text->str[placed.from] == ' ')
		placed.from++;
	placed.to = text->len;
	if (placed.to > placed.from)
		g_array_append_val(line->pieces, placed);
}

void
block_line_add(BlockLine *line, const BlockText *text, BlockBreak before)
{
	for (size_t i = 0; i < text->len; i++)
		add_piece(line, &text->pieces[i], i == 0 ? before : text->pieces[i].before);
}

void
block_line_copy(BlockLine *line, const BlockLine *from, size_t start, size_t end)
{
	size_t base = line->text->len;

	g_string_append_len(line->text, from->text->str + start, (gssize)(end - start));
	for (guint i = 0; i < from->pieces->len; i++) {
		BlockLinePiece piece = g_array_index(from->pieces, BlockLinePiece, i);

		piece.from = MAX(piece.from, start);
		piece.to = MIN(piece.to, end);
		if (piece.from >= piece.to)
			continue;
		piece.from += base - start;
		piece.to += base - start;
		g_array_append_val(line->pieces, piece);
	}
}

void
block_line_write(const BlockLine *line, GString *out, SourcePlaces *places)
{
	size_t base = out->len;

	g_string_append_len(out, line->text->str, (gssize)line->text->len);
	g_string_append_c(out, '\n');
	for (guint i = 0; i < line->pieces->len; i++) {
		const BlockLinePiece *piece = &g_array_index(line->pieces, BlockLinePiece, i);

		places_add(
		    places, base + piece->from, piece->to - piece->from, piece->place, piece->confidence);
	}
}
