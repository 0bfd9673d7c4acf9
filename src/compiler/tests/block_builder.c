/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/tests/block_builder.h"

#include <string.h>

#define TEXT_LEFT 72.0F
#define TEXT_WIDTH 400.0F
#define LINE_HEIGHT 12.0F

void
builder_init(BlockBuilder *builder, BlockSource source)
{
	*builder = (BlockBuilder){.document = block_document_new(source), .page = 1, .confidence = 100};
	for (int i = 0; i < 2; i++) {
		BlockPage page = {.width = 595, .height = 842};

		g_array_append_val(builder->document->pages, page);
	}
}

void
builder_clear(BlockBuilder *builder)
{
	block_document_free(builder->document);
}

static void
add_text(BlockBuilder *builder, BlockText *text, const char *bytes, BlockBreak before)
{
	BlockPlace place = {.page = builder->page,
	    .box = {TEXT_LEFT, builder->top, TEXT_LEFT + TEXT_WIDTH, builder->top + LINE_HEIGHT}};

	builder->top += LINE_HEIGHT;
	block_text_add(builder->document, text, bytes, strlen(bytes), place, before, builder->confidence);
}

Block *
builder_add(BlockBuilder *builder, BlockKind kind, const char *text)
{
	Block *block = block_document_add(builder->document, kind);

	add_text(builder, &block->text, text, BLOCK_BREAK_NONE);
	return block;
}

Block *
builder_paragraph(BlockBuilder *builder, const char *text)
{
	return builder_add(builder, BLOCK_PARAGRAPH, text);
}

void
builder_title(BlockBuilder *builder, const char *text)
{
	Block *block = builder_paragraph(builder, text);

	block->is_bold = block->is_centered = true;
}

/* How far the cell at a position reaches over cells that hold only `mark`. */
static uint16_t
reach(char **const *grid, size_t n_rows, size_t row, size_t column, const char *mark)
{
	bool is_down = mark[0] == '^';
	uint16_t n = 1;

	while (true) {
		size_t r = row + (is_down ? n : 0), c = column + (is_down ? 0 : n);

		if (r >= n_rows || c >= g_strv_length(grid[r]) || strcmp(grid[r][c], mark) != 0)
			return n;
		n++;
	}
}

Block *
builder_table(BlockBuilder *builder, const char *const *rows, size_t n_rows)
{
	Block *block = block_document_add(builder->document, BLOCK_TABLE);
	char ***grid = g_new0(char **, n_rows);

	for (size_t r = 0; r < n_rows; r++)
		grid[r] = g_strsplit(rows[r], "|", -1);
	for (size_t r = 0; r < n_rows; r++)
		for (size_t c = 0; grid[r][c] != NULL; c++) {
			const char *text = grid[r][c];
			BlockCell *cell;

			if (strcmp(text, "^") == 0 || strcmp(text, "<") == 0)
				continue;
			cell = block_table_add_cell(builder->document, &block->table, (uint16_t)r,
			    (uint16_t)c, reach(grid, n_rows, r, c, "^"), reach(grid, n_rows, r, c, "<"));
			if (text[0] != '\0')
				add_text(builder, &cell->text, text, BLOCK_BREAK_NONE);
		}
	for (size_t r = 0; r < n_rows; r++)
		g_strfreev(grid[r]);
	g_free(grid);
	return block;
}
