/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/flow.h"

#include "base/app-error.h"
#include "base/ceilings.h"

#include <string.h>

typedef struct {
	BlockDocument *document;
	size_t n_cells; /* of all tables: rows × columns */
	unsigned depth;
	GError **error;
} Lowering;

static bool lower_flow(Lowering *lowering, const Flow *flow);

static bool
refuse(Lowering *lowering, const char *what)
{
	g_set_error(lowering->error, APP_ERROR, APP_ERROR_LIMIT,
	    "tệp có %s, nhiều hơn một kế hoạch thật; hãy tách phần kế hoạch thành tệp riêng", what);
	return false;
}

/* Adds the lines of a text; `first` stands before the first of them. */
static void
add_lines(BlockDocument *document, BlockText *text, const char *lines, BlockBreak first)
{
	BlockBreak before = first;

	while (*lines != '\0') {
		size_t len = strcspn(lines, "\n");

		block_text_add(document, text, lines, len, (BlockPlace){0}, before, 100);
		before = BLOCK_BREAK_PARAGRAPH;
		lines += len + (lines[len] == '\n');
	}
}

static bool
lower_paragraph(Lowering *lowering, const FlowParagraph *paragraph)
{
	Block *block;

	if (paragraph->text[0] == '\0')
		return true;
	if (lowering->document->blocks->len >= LIMIT_BLOCKS)
		return refuse(lowering, "quá nhiều đoạn");
	block = block_document_add(
	    lowering->document, paragraph->is_furniture ? BLOCK_FURNITURE : BLOCK_PARAGRAPH);
	block->heading_level = paragraph->heading_level;
	block->is_bold = paragraph->is_bold;
	block->is_italic = paragraph->is_italic;
	block->is_centered = paragraph->is_centered;
	add_lines(lowering->document, &block->text, paragraph->text, BLOCK_BREAK_NONE);
	return true;
}

/* A table inside a cell: a line for each of its rows. */
static void
add_rows_as_lines(Lowering *lowering, BlockText *text, const FlowTable *table)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		flow_join(&cell->content, line);
		if (cell->next != NULL && cell->next->row == cell->row)
			continue;
		if (line->len > 0)
			block_text_add(lowering->document, text, line->str, line->len, (BlockPlace){0},
			    text->len > 0 ? BLOCK_BREAK_PARAGRAPH : BLOCK_BREAK_NONE, 100);
		g_string_truncate(line, 0);
	}
}

static void
fill_cell(Lowering *lowering, BlockText *text, const Flow *content)
{
	for (const FlowItem *item = content->first; item != NULL; item = item->next) {
		if (item->table != NULL)
			add_rows_as_lines(lowering, text, item->table);
		else
			add_lines(lowering->document, text, item->paragraph.text,
			    text->len > 0 ? BLOCK_BREAK_PARAGRAPH : BLOCK_BREAK_NONE);
	}
}

static bool
is_free(const uint8_t *grid, size_t width, const FlowCell *cell)
{
	for (size_t row = cell->row; row < (size_t)cell->row + cell->n_rows; row++)
		if (memchr(grid + row * width + cell->column, 1, cell->n_columns) != NULL)
			return false;
	return true;
}

static void
claim(uint8_t *grid, size_t width, const FlowCell *cell)
{
	for (size_t row = cell->row; row < (size_t)cell->row + cell->n_rows; row++)
		memset(grid + row * width + cell->column, 1, cell->n_columns);
}

/* Cells of a file that contradicts itself overlap. Each then keeps its own place and reaches no further; of
 * two in one place the first stays. */
static void
settle_spans(FlowTable *table, uint8_t *grid, size_t n_columns)
{
	for (FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		uint8_t *place = grid + cell->row * n_columns + cell->column;

		cell->n_rows = *place != 0 ? 0 : MIN(cell->n_rows, table->n_rows - cell->row);
		*place = 1;
	}
	for (FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		if (cell->n_rows == 0)
			continue;
		grid[cell->row * n_columns + cell->column] = 0;
		if (!is_free(grid, n_columns, cell))
			cell->n_rows = cell->n_columns = 1;
		claim(grid, n_columns, cell);
	}
}

static void
add_cells(Lowering *lowering, Block *block, FlowTable *table, size_t n_columns)
{
	g_autofree uint8_t *grid = g_malloc0((size_t)table->n_rows * n_columns);

	settle_spans(table, grid, n_columns);
	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		BlockCell *made;

		if (cell->n_rows == 0)
			continue;
		made = block_table_add_cell(lowering->document, &block->table, (uint16_t)cell->row,
		    (uint16_t)cell->column, (uint16_t)cell->n_rows, (uint16_t)cell->n_columns);
		fill_cell(lowering, &made->text, &cell->content);
	}
}

static bool
lower_data_table(Lowering *lowering, FlowTable *table)
{
	size_t n_columns = 0;
	Block *block;

	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		n_columns = MAX(n_columns, (size_t)cell->column + cell->n_columns);
		table->n_rows = MAX(table->n_rows, cell->row + 1);
	}
	if (n_columns == 0 || table->n_rows == 0)
		return true;
	if (lowering->document->blocks->len >= LIMIT_BLOCKS)
		return refuse(lowering, "quá nhiều bảng");
	if (n_columns > LIMIT_TABLE_COLUMNS || table->n_rows > UINT16_MAX)
		return refuse(lowering, "bảng quá nhiều cột hoặc quá nhiều dòng");
	lowering->n_cells += n_columns * table->n_rows;
	if (lowering->n_cells > LIMIT_TABLE_CELLS)
		return refuse(lowering, "quá nhiều ô bảng");
	block = block_document_add(lowering->document, BLOCK_TABLE);
	add_cells(lowering, block, table, n_columns);
	block->table.n_rows = (uint16_t)table->n_rows;
	block->table.n_columns = (uint16_t)n_columns;
	block->table.n_header_rows = (uint16_t)MIN(table->n_header_rows, table->n_rows);
	return true;
}

static gint
compare_cells(gconstpointer a, gconstpointer b)
{
	const FlowCell *left = *(const FlowCell *const *)a, *right = *(const FlowCell *const *)b;

	if (left->column != right->column)
		return left->column < right->column ? -1 : 1;
	return left->row < right->row ? -1 : left->row > right->row;
}

/* The left column from top to bottom, then the right one. */
static bool
lower_layout_table(Lowering *lowering, const FlowTable *table)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new();

	for (FlowCell *cell = table->first; cell != NULL; cell = cell->next)
		g_ptr_array_add(cells, cell);
	g_ptr_array_sort(cells, compare_cells);
	for (guint i = 0; i < cells->len; i++) {
		const FlowCell *cell = g_ptr_array_index(cells, i);

		if (!lower_flow(lowering, &cell->content))
			return false;
	}
	return true;
}

static bool
lower_table(Lowering *lowering, FlowTable *table)
{
	flow_table_tidy(lowering->document->arena, table);
	return flow_table_is_layout(table) ? lower_layout_table(lowering, table)
					   : lower_data_table(lowering, table);
}

static bool
lower_flow(Lowering *lowering, const Flow *flow)
{
	if (++lowering->depth > LIMIT_NESTED_TABLES)
		return refuse(lowering, "bảng lồng trong bảng quá nhiều tầng");
	for (const FlowItem *item = flow->first; item != NULL; item = item->next)
		if (!(item->table != NULL ? lower_table(lowering, item->table)
					  : lower_paragraph(lowering, &item->paragraph)))
			return false;
	lowering->depth--;
	return true;
}

bool
flow_to_blocks(BlockDocument *document, const Flow *flow, GError **error)
{
	Lowering lowering = {.document = document, .error = error};

	return lower_flow(&lowering, flow);
}
