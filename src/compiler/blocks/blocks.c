/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/blocks/blocks.h"

#include "compiler/blocks/join.h"

BlockDocument *
block_document_new(BlockSource source)
{
	BlockDocument *document = g_new0(BlockDocument, 1);

	document->arena = arena_new();
	document->source = source;
	document->pages = g_array_new(FALSE, TRUE, sizeof(BlockPage));
	document->blocks = g_ptr_array_new();
	document->signatures = g_ptr_array_new();
	document->notes = g_ptr_array_new();
	return document;
}

void
block_document_free(BlockDocument *document)
{
	if (document == NULL)
		return;
	for (guint i = 0; i < document->blocks->len; i++) {
		Block *block = g_ptr_array_index(document->blocks, i);

		g_clear_pointer(&block->table.cells, g_ptr_array_unref);
	}
	g_ptr_array_unref(document->notes);
	g_ptr_array_unref(document->signatures);
	g_ptr_array_unref(document->blocks);
	g_array_unref(document->pages);
	arena_free(document->arena);
	g_free(document);
}

Block *
block_document_add(BlockDocument *document, BlockKind kind)
{
	Block *block = arena_new0(document->arena, Block);

	block->kind = kind;
	if (kind == BLOCK_TABLE)
		block->table.cells = g_ptr_array_new();
	g_ptr_array_add(document->blocks, block);
	return block;
}

BlockCell *
block_table_add_cell(BlockDocument *document, BlockTable *table, uint16_t row, uint16_t column,
    uint16_t n_rows, uint16_t n_columns)
{
	BlockCell *cell = arena_new0(document->arena, BlockCell);

	*cell = (BlockCell){.row = row, .column = column, .n_rows = n_rows, .n_columns = n_columns};
	table->n_rows = MAX(table->n_rows, (uint16_t)(row + n_rows));
	table->n_columns = MAX(table->n_columns, (uint16_t)(column + n_columns));
	g_ptr_array_add(table->cells, cell);
	return cell;
}

void
block_text_add(BlockDocument *document, BlockText *text, const char *bytes, size_t len, BlockPlace place,
    BlockBreak before, uint8_t confidence)
{
	if (text->len == text->capacity) {
		size_t capacity = text->capacity > 0 ? 2 * text->capacity : 2;
		BlockPiece *grown = arena_array(document->arena, BlockPiece, capacity);

		for (size_t i = 0; i < text->len; i++)
			grown[i] = text->pieces[i];
		text->pieces = grown;
		text->capacity = capacity;
	}
	text->pieces[text->len++] = (BlockPiece){
	    .text = arena_strndup(document->arena, bytes, len),
	    .place = place,
	    .before = before,
	    .confidence = confidence,
	};
}

char *
block_text_join(const BlockText *text)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < text->len; i++) {
		const BlockPiece *piece = &text->pieces[i];

		if (piece->before == BLOCK_BREAK_LINE) {
			join_wrapped(out, piece->text);
			continue;
		}
		if (piece->before != BLOCK_BREAK_NONE && out->len > 0)
			g_string_append_c(out, ' ');
		join_bounded(out, piece->text);
	}
	return g_string_free(out, FALSE);
}

void
block_document_note(
    BlockDocument *document, const char *rule, DiagSeverity severity, uint32_t page, const char *format, ...)
{
	BlockNote *note = arena_new0(document->arena, BlockNote);
	g_autofree char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	*note = (BlockNote){
	    .rule = g_intern_string(rule),
	    .severity = severity,
	    .page = page,
	    .message = arena_strdup(document->arena, message),
	};
	g_ptr_array_add(document->notes, note);
}
