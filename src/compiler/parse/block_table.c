/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/block_text.h"

#include "base/text.h"
#include "compiler/lex/marker.h"
#include "compiler/parse/block_grid.h"
#include "compiler/parse/paragraphs.h"

#include <string.h>

/* A table so small, without titles, only sets texts side by side: the head, the signature. */
#define LAYOUT_ROWS 4
#define LAYOUT_COLUMNS 3

/* A row that was taken up and is not yet written: the next one may go on with it. */
typedef struct TableRowDraft {
	BlockLine cells[COLUMNS_MAX];
	bool is_heading; /* a title across the table, without a number */
	bool is_used;
} TableRowDraft;

typedef struct {
	BlockWriter *writer;
	const BlockGrid *grid;
	const TableHeader *header;
	TableRowDraft draft;
	size_t number, name; /* columns; SIZE_MAX */
} RowWriter;

static void
write_cells(BlockWriter *writer, const BlockLine *cells, size_t n, bool is_bold)
{
	BlockLine *line = &writer->line;

	block_line_reset(line);
	g_string_append_c(line->text, '|');
	for (size_t i = 0; i < n; i++) {
		const char *mark = is_bold && cells[i].text->len > 0 ? "**" : "";

		g_string_append_printf(line->text, " %s", mark);
		block_line_copy(line, &cells[i], 0, cells[i].text->len);
		g_string_append_printf(line->text, "%s |", mark);
	}
	block_line_write(line, writer->text, writer->places);
}

static void
flush_row(RowWriter *rows)
{
	if (rows->draft.is_used)
		write_cells(rows->writer, rows->draft.cells, rows->header->n_titles, rows->draft.is_heading);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_reset(&rows->draft.cells[i]);
	rows->draft.is_used = rows->draft.is_heading = false;
}

/* The titles as one line, with the places of the cells they stand in. */
static void
write_header(BlockWriter *writer, const BlockGrid *grid, const TableHeader *header, bool is_printed)
{
	BlockLine cells[COLUMNS_MAX];

	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_init(&cells[i]);
	for (size_t i = 0; i < header->n_titles; i++)
		g_string_append(cells[i].text, header->titles[i]);
	for (size_t c = 0; is_printed && c < header->n_grid; c++) {
		const BlockCell *cell = block_grid_at(grid, header->last - 1, c);
		BlockLine *title = &cells[header->column[c]];
		BlockLinePiece piece = {.to = title->text->len, .confidence = 100};

		if (block_cell_is_empty(cell) || title->pieces->len > 0)
			continue;
		piece.place = cell->text.pieces[0].place;
		g_array_append_val(title->pieces, piece);
	}
	g_string_append_c(writer->text, '\n');
	write_cells(writer, cells, header->n_titles, false);
	for (size_t i = 0; i < header->n_titles; i++)
		g_string_append(writer->text, "|---");
	g_string_append(writer->text, "|\n");
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_clear(&cells[i]);
}

static PlanColumnKind
kind_of(const RowWriter *rows, size_t column)
{
	return rows->header->columns.items[rows->header->column[column]].kind;
}

/* The only cell of a row that has text, where it reaches over several columns; NULL. */
static const BlockCell *
sole_wide_cell(const RowWriter *rows, size_t row)
{
	const BlockCell *sole = NULL;

	for (size_t c = 0; c < rows->grid->n_columns; c++) {
		const BlockCell *cell = block_grid_at(rows->grid, row, c);

		if (block_cell_is_empty(cell) || cell == sole)
			continue;
		if (sole != NULL)
			return NULL;
		sole = cell;
	}
	if (sole == NULL || sole->row != row ||
	    rows->header->column[sole->column] == rows->header->column[sole->column + sole->n_columns - 1])
		return NULL;
	return sole;
}

/* "II. Hạ tầng số" across the table: a number and a name. */
static void
take_wide_row(RowWriter *rows, const BlockCell *cell)
{
	g_auto(BlockLine) text = {0};
	Marker marker;
	size_t at = 0;

	flush_row(rows);
	block_line_init(&text);
	block_line_add(&text, &cell->text, BLOCK_BREAK_NONE);
	if (marker_read(text.text->str, &marker) && marker.kind <= MARKER_LETTER &&
	    rows->number != SIZE_MAX) {
		block_line_copy(&rows->draft.cells[rows->number], &text, 0, marker.label_len);
		at = marker.text_at;
	} else {
		rows->draft.is_heading = true;
	}
	block_line_copy(&rows->draft.cells[rows->name], &text, at, text.text->len);
	rows->draft.is_used = true;
}

/* True where a cell's text counts for a row and column: cells that reach over rows hold for each of them
 * where they say who, when or how much; cells that reach over columns stand in the first, values in all. */
static bool
counts_at(const RowWriter *rows, const BlockCell *cell, size_t row, size_t column)
{
	PlanColumnKind kind = kind_of(rows, column);
	size_t logical = rows->header->column[column];

	if (cell->row < row &&
	    (kind == PLAN_COLUMN_NO || kind == PLAN_COLUMN_NAME || kind == PLAN_COLUMN_NOTE))
		return false;
	if (cell->column == column || cell->row < rows->header->last)
		return cell->row >= rows->header->last;
	if (column > 0 && block_grid_at(rows->grid, row, column - 1) == cell &&
	    rows->header->column[column - 1] == logical)
		return false; /* a second column below the same title */
	return kind == PLAN_COLUMN_VALUE && kind_of(rows, cell->column) == PLAN_COLUMN_VALUE;
}

static void
collect_row(const RowWriter *rows, size_t row, BlockLine *cells)
{
	for (size_t c = 0; c < rows->grid->n_columns; c++) {
		const BlockCell *cell = block_grid_at(rows->grid, row, c);

		if (!block_cell_is_empty(cell) && counts_at(rows, cell, row, c))
			block_line_add(&cells[rows->header->column[c]], &cell->text, BLOCK_BREAK_SPACE);
	}
}

/* The name cell reaches down from the row above: what stands beside it belongs to the same item. */
static bool
shares_name(const RowWriter *rows, size_t row)
{
	for (size_t c = 0; c < rows->grid->n_columns; c++) {
		const BlockCell *cell = block_grid_at(rows->grid, row, c);

		if (rows->header->column[c] == rows->name && !block_cell_is_empty(cell) && cell->row < row &&
		    cell->row >= rows->header->last)
			return true;
	}
	return false;
}

/* A row without number that begins in the middle of a sentence, or has no name: the end of the row above,
 * which a page has cut. */
static bool
goes_on(const RowWriter *rows, const BlockLine *cells)
{
	Marker marker;
	const char *name = cells[rows->name].text->str;

	if (!rows->draft.is_used || rows->draft.is_heading)
		return false;
	if (rows->number != SIZE_MAX && cells[rows->number].text->len > 0)
		return false;
	if (name[0] == '\0')
		return true;
	return starts_lower(name) && !marker_read(name, &marker);
}

static void
append_cells(RowWriter *rows, const BlockLine *cells, bool is_shared)
{
	for (size_t i = 0; i < rows->header->n_titles; i++) {
		BlockLine *draft = &rows->draft.cells[i];

		if (cells[i].text->len == 0 ||
		    (is_shared && strcmp(draft->text->str, cells[i].text->str) == 0))
			continue;
		if (draft->text->len > 0)
			g_string_append(
			    draft->text, is_shared && !g_str_has_suffix(draft->text->str, ";") ? "; " : " ");
		block_line_copy(draft, &cells[i], 0, cells[i].text->len);
	}
}

/* The number of a title row on a scan ("H | Mở lớp") is Roman; a plain one heads rows that it begins ("1",
 * "1.1"). */
static void
mend_number(const RowWriter *rows, size_t row, BlockLine *cells)
{
	g_autofree char *next = NULL;
	BlockLine *number = rows->number != SIZE_MAX ? &cells[rows->number] : NULL;
	char *roman;

	if (!rows->writer->is_scan || number == NULL || number->text->len == 0)
		return;
	for (size_t i = 0; i < rows->header->n_titles; i++)
		if (i != rows->number && i != rows->name && cells[i].text->len > 0)
			return;
	for (size_t c = 0; row + 1 < rows->grid->n_rows && c < rows->grid->n_columns && next == NULL; c++)
		if (rows->header->column[c] == rows->number &&
		    !block_cell_is_empty(block_grid_at(rows->grid, row + 1, c)))
			next = block_text_join(&block_grid_at(rows->grid, row + 1, c)->text);
	if (next != NULL && g_str_has_prefix(next, number->text->str) && next[number->text->len] == '.' &&
	    g_ascii_isdigit(next[number->text->len + 1]))
		return;
	roman = block_text_mended_roman(
	    rows->writer->plan->arena, number->text->str, strcspn(number->text->str, "."));
	if (roman == NULL)
		return;
	g_string_assign(number->text, roman);
	if (number->pieces->len > 0) {
		g_array_set_size(number->pieces, 1);
		g_array_index(number->pieces, BlockLinePiece, 0).from = 0;
		g_array_index(number->pieces, BlockLinePiece, 0).to = number->text->len;
	}
}

static void
take_row(RowWriter *rows, size_t row)
{
	const BlockCell *wide = sole_wide_cell(rows, row);
	BlockLine cells[COLUMNS_MAX];
	bool has_text = false;

	if (wide != NULL) {
		take_wide_row(rows, wide);
		return;
	}
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_init(&cells[i]);
	collect_row(rows, row, cells);
	mend_number(rows, row, cells);
	for (size_t i = 0; i < rows->header->n_titles; i++)
		has_text = has_text || cells[i].text->len > 0;
	if (has_text && rows->draft.is_used && shares_name(rows, row)) {
		append_cells(rows, cells, true);
	} else if (has_text && goes_on(rows, cells)) {
		append_cells(rows, cells, false);
	} else if (has_text) {
		flush_row(rows);
		for (size_t i = 0; i < COLUMNS_MAX; i++)
			block_line_copy(&rows->draft.cells[i], &cells[i], 0, cells[i].text->len);
		rows->draft.is_used = true;
	}
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_clear(&cells[i]);
}

static void
write_rows(BlockWriter *writer, const BlockGrid *grid, const TableHeader *header)
{
	RowWriter rows = {.writer = writer, .grid = grid, .header = header};

	rows.number = columns_find(&header->columns, PLAN_COLUMN_NO);
	rows.name = columns_find(&header->columns, PLAN_COLUMN_NAME);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_init(&rows.draft.cells[i]);
	for (size_t row = header->last; row < grid->n_rows; row++)
		if (!table_header_is_repeated(header, grid, row))
			take_row(&rows, row);
	flush_row(&rows);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		block_line_clear(&rows.draft.cells[i]);
}

/* Each cell of some rows as a paragraph: what stands above the titles of a sheet, and tables too large or too
 * odd to be read as rows. */
static void
write_as_paragraphs(BlockWriter *writer, const BlockGrid *grid, size_t first, size_t last)
{
	for (size_t row = first; row < last; row++)
		for (size_t c = 0; c < grid->n_columns; c++) {
			const BlockCell *cell = block_grid_at(grid, row, c);

			if (!block_cell_is_empty(cell) && cell->row == row && cell->column == c)
				block_text_paragraph(writer, &cell->text, &(Block){.is_centered = true});
		}
}

/* A table without titles: its cells side by side, read by nobody as rows. */
static void
write_plain(BlockWriter *writer, const BlockGrid *grid)
{
	g_string_append_c(writer->text, '\n');
	for (size_t row = 0; row < grid->n_rows; row++) {
		BlockLine *line = &writer->line;
		const BlockCell *last = NULL;

		block_line_reset(line);
		g_string_append_c(line->text, '|');
		for (size_t c = 0; c < grid->n_columns; c++) {
			const BlockCell *cell = block_grid_at(grid, row, c);

			g_string_append_c(line->text, ' ');
			if (cell != last && !block_cell_is_empty(cell) && cell->row == row) {
				g_auto(BlockLine) text = {0};

				block_line_init(&text);
				block_line_add(&text, &cell->text, BLOCK_BREAK_NONE);
				block_line_copy(line, &text, 0, text.text->len);
			}
			g_string_append(line->text, " |");
			last = cell;
		}
		block_line_write(line, writer->text, writer->places);
	}
}

/* A table that goes on behind a page break without its titles: those of the table before hold. */
static TableHeader *
inherited_header(BlockWriter *writer, const BlockGrid *grid)
{
	TableHeader *header;

	if (writer->header == NULL || writer->header->n_grid != grid->n_columns)
		return NULL;
	header = arena_new0(writer->plan->arena, TableHeader);
	*header = *writer->header;
	header->first = header->last = 0;
	return header;
}

void
block_text_table(BlockWriter *writer, const BlockTable *table)
{
	g_auto(BlockGrid) grid = {0};
	TableHeader *header;
	bool is_printed;

	if (table->n_rows == 0 || table->n_columns == 0)
		return;
	if (!block_grid_init(&grid, table)) {
		diag_add(writer->plan->diags, "table-too-large", DIAG_WARNING, (SourceSpan){.line = 1},
		    "Bảng có %u dòng và %u cột, lớn hơn mức đọc được; bảng này bị bỏ qua.", table->n_rows,
		    table->n_columns);
		return;
	}
	header = table_header_find(writer->plan->arena, &grid);
	is_printed = header != NULL;
	if (header == NULL)
		header = inherited_header(writer, &grid);
	if (header == NULL) {
		if (grid.n_rows <= LAYOUT_ROWS && grid.n_columns <= LAYOUT_COLUMNS)
			write_as_paragraphs(writer, &grid, 0, grid.n_rows);
		else
			write_plain(writer, &grid);
		return;
	}
	write_as_paragraphs(writer, &grid, 0, header->first);
	write_header(writer, &grid, header, is_printed);
	write_rows(writer, &grid, header);
	writer->header = header;
}
