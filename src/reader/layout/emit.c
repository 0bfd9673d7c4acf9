/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/emit.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/text.h"

#include <string.h>

#define DOUBTFUL_BELOW 80    /* a word recognised with less certainty stands by itself */
#define JOINED_OF_SIZE 0.07f /* words nearer than this are one: "97" "%" */
#define LETTERS_MIN 4        /* single letters in a row, for them to be spaced out */

/* The text of a piece as it grows. */
typedef struct {
	BlockDocument *document;
	BlockText *to;
	GString *text;
	BlockPlace place;
	BlockBreak before;
	uint8_t confidence;
} Piece;

static void
flush(Piece *piece)
{
	if (piece->text->len == 0)
		return;
	block_text_add(piece->document, piece->to, piece->text->str, piece->text->len, piece->place,
	    piece->before, piece->confidence);
	g_string_truncate(piece->text, 0);
}

static bool
is_single_letter(const Word *word)
{
	const char *text = word->source->text;

	return *text_next(text) == '\0' && g_unichar_isupper(g_utf8_get_char(text));
}

/* The gap up to which letters that begin at `at` are one word that was spaced out; 0 where they are none. */
static float
spaced_out(const Line *line, size_t at, size_t *ret_end)
{
	float least = G_MAXFLOAT;
	size_t end = at;

	while (end < line->n_words && is_single_letter(line->words[end])) {
		if (end > at)
			least = MIN(least, line_gap(line, end));
		end++;
	}
	*ret_end = end;
	return end - at >= LETTERS_MIN ? 1.5f * MAX(least, 0.5f) : 0;
}

static bool
is_joined(const Line *line, size_t at, float letter_gap)
{
	float gap = line_gap(line, at);

	if (letter_gap > 0)
		return gap <= letter_gap;
	return !line->is_scan && gap < JOINED_OF_SIZE * line->size && gap > -line->size;
}

static void
add_word(Piece *piece, const Line *line, size_t at, BlockBreak before)
{
	const PageWord *word = line->words[at]->source;
	bool is_doubtful = word->confidence < DOUBTFUL_BELOW;
	BlockBox box = word->box;

	if (piece->text->len > 0 && (is_doubtful || piece->confidence < DOUBTFUL_BELOW))
		flush(piece);
	if (piece->text->len == 0) {
		piece->place = (BlockPlace){line->page, box};
		piece->before = before;
		piece->confidence = word->confidence;
	} else if (before == BLOCK_BREAK_SPACE) {
		g_string_append_c(piece->text, ' ');
	}
	g_string_append(piece->text, word->text);
	box_add(&piece->place.box, &box);
	piece->confidence = MIN(piece->confidence, word->confidence);
}

static void
add_line(BlockDocument *document, BlockText *to, const Line *line, BlockBreak before)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Piece piece = {.document = document, .to = to, .text = text};
	size_t letters_end = 0;
	float letter_gap = 0;

	for (size_t i = 0; i < line->n_words; i++) {
		BlockBreak how = i == 0                           ? before
				 : is_joined(line, i, letter_gap) ? BLOCK_BREAK_NONE
								  : BLOCK_BREAK_SPACE;

		add_word(&piece, line, i, how);
		if (i + 1 >= letters_end)
			letter_gap = spaced_out(line, i, &letters_end);
	}
	flush(&piece);
}

void
emit_paragraph(BlockDocument *document, const Paragraph *paragraph)
{
	Block *block = block_document_add(document, BLOCK_PARAGRAPH);

	block->is_bold = block->is_italic = true;
	block->is_centered = paragraph->is_centered;
	for (guint i = 0; i < paragraph->lines->len; i++) {
		const Line *line = g_ptr_array_index(paragraph->lines, i);

		add_line(document, &block->text, line, g_array_index(paragraph->breaks, BlockBreak, i));
		block->is_bold = block->is_bold && line->is_bold;
		block->is_italic = block->is_italic && line->is_italic;
	}
}

void
emit_furniture(BlockDocument *document, const Line *line)
{
	Block *block = block_document_add(document, BLOCK_FURNITURE);

	add_line(document, &block->text, line, BLOCK_BREAK_NONE);
}

static int
compare_cells(gconstpointer a, gconstpointer b)
{
	const Cell *const *x = a, *const *y = b;

	if ((*x)->row != (*y)->row)
		return (*x)->row < (*y)->row ? -1 : 1;
	return ((*x)->column > (*y)->column) - ((*x)->column < (*y)->column);
}

bool
emit_table(BlockDocument *document, const Table *table, size_t *n_cells, GError **error)
{
	Block *block;

	*n_cells += (size_t)table->n_rows * table_n_columns(table);
	if (*n_cells > LIMIT_TABLE_CELLS) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_LIMIT, "các bảng của tệp có hơn %d ô", LIMIT_TABLE_CELLS);
		return false;
	}
	block = block_document_add(document, BLOCK_TABLE);
	g_ptr_array_sort(table->cells, compare_cells);
	for (guint i = 0; i < table->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(table->cells, i);
		BlockCell *out = block_table_add_cell(document, &block->table, (uint16_t)cell->row,
		    (uint16_t)cell->column, (uint16_t)cell->n_rows, (uint16_t)cell->n_columns);

		for (guint j = 0; j < cell->lines->len; j++)
			add_line(document, &out->text, g_ptr_array_index(cell->lines, j),
			    j == 0 ? BLOCK_BREAK_NONE : cell_break(cell, j));
	}
	block->table.n_header_rows = (uint16_t)table->n_header_rows;
	return true;
}
