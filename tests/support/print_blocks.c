/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"
#include "compiler/blocks/blocks.h"
#include "reader/sandbox/frame.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* For developers: what a reader wrote, blocks in frames, on descriptor 0 as text. Breaks show as "/" (a
 * wrapped line), "¶" (a paragraph in a cell); doubtful pieces stand in "⟨⟩". */

static void
print_text(const BlockText *text)
{
	static const char *const BREAKS[BLOCK_BREAK_MAX] = {"", " ", " / ", " ¶ "};

	for (size_t i = 0; i < text->len; i++) {
		const BlockPiece *piece = &text->pieces[i];

		if (i > 0 && piece->place.page != text->pieces[i - 1].place.page)
			printf(" [%u]", piece->place.page);
		printf(piece->confidence < 80 ? "%s⟨%s⟩" : "%s%s", i > 0 ? BREAKS[piece->before] : "",
		    piece->text);
	}
}

static void
print_table(const BlockTable *table)
{
	guint row = 0;

	printf("table %u x %u, header %u\n", table->n_rows, table->n_columns, table->n_header_rows);
	for (guint i = 0; i < table->cells->len; i++) {
		const BlockCell *cell = g_ptr_array_index(table->cells, i);

		if (i == 0 || cell->row != row)
			printf("  -- %u\n", cell->row);
		row = cell->row;
		printf("  %u", cell->column);
		if (cell->n_rows > 1 || cell->n_columns > 1)
			printf(" (%ux%u)", cell->n_rows, cell->n_columns);
		printf("| ");
		print_text(&cell->text);
		printf("\n");
	}
}

static void
print_block(const Block *block)
{
	static const char *const KINDS[BLOCK_MAX] = {"p", "table", "furniture"};

	if (block->kind == BLOCK_TABLE) {
		print_table(&block->table);
		return;
	}
	printf("%s%s%s%s%s @%u ", KINDS[block->kind], block->is_bold ? " b" : "",
	    block->is_italic ? " i" : "", block->is_centered ? " c" : "",
	    block->heading_level > 0 ? " h" : "", block->text.len > 0 ? block->text.pieces[0].place.page : 0);
	print_text(&block->text);
	printf("\n");
}

static void
read_frames(GString *out)
{
	g_autoptr(GString) frames = g_string_new(NULL);
	RecordCursor cursor, record;
	char buffer[65536], tag;
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		g_string_append_len(frames, buffer, n);
	cursor = (RecordCursor){.at = frames->str, .end = frames->str + frames->len};
	while (record_next(&cursor, &tag, &record))
		if (tag == FRAME_PAYLOAD)
			g_string_append_len(out, record.at, record.end - record.at);
}

int
main(void)
{
	g_autoptr(GString) stream = g_string_new(NULL);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	read_frames(stream);
	if (!blocks_read(stream->str, stream->len, &document, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 3;
	}
	for (guint i = 0; i < document->notes->len; i++) {
		const BlockNote *note = g_ptr_array_index(document->notes, i);

		printf("note %s @%u %s\n", note->rule, note->page, note->message);
	}
	for (guint i = 0; i < document->blocks->len; i++)
		print_block(g_ptr_array_index(document->blocks, i));
	return 0;
}
