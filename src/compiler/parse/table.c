/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/table.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lower/annex_rows.h"
#include "compiler/parse/head.h"
#include "compiler/parse/paragraphs.h"
#include "compiler/parse/rows.h"

#define MEASURED_ROWS 12 /* rows that are enough to know how wide a table's columns are */

static SourceSpan
row_span(const Table *table, const TableRow *row, size_t first_line, size_t last_line)
{
	const SourceLine *items = table->lines->items;
	size_t first = first_line == 0 ? row->first_line : row->lines[first_line].index;
	size_t last = row->n_lines > 0 ? row->lines[last_line].index : row->first_line;

	return lines_span(&items[first], &items[last]);
}

static char *
whole_text(Table *table, const TableRow *row)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < row->n_lines; i++)
		join_wrapped(text, row->lines[i].text);
	return arena_strdup(table->plan->arena, text->str);
}

/* The row as the reader of the document sees it: its number in front. */
static char *
shown_text(Table *table, const TableRow *row)
{
	char *text = whole_text(table, row);

	return row->label != NULL ? arena_printf(table->plan->arena, "%s. %s", row->label, text) : text;
}

/* Roman rows head others; an integer row does where the next row is its first child. */
static bool
is_group_by_number(const TableRows *rows, size_t index)
{
	const TableRow *row = &rows->items[index], *next = index + 1 < rows->len ? row + 1 : NULL;

	if (row->marker.kind == MARKER_ROMAN)
		return true;
	if (row->marker.kind == MARKER_DECIMAL && next != NULL && next->marker.kind == MARKER_LETTER &&
	    next->marker.parts[0] == 'a')
		return true;
	return row->marker.kind == MARKER_DECIMAL && row->marker.n_parts == 1 && next != NULL &&
	       next->marker.kind == MARKER_DECIMAL && next->marker.n_parts == 2 &&
	       next->marker.parts[0] == row->marker.parts[0];
}

static bool
has_only_name(const Columns *columns, const CellRow *row)
{
	for (size_t i = 0; i < columns->len; i++)
		if (columns->items[i].kind != PLAN_COLUMN_NAME && row->cells[i] != NULL &&
		    row->cells[i][0] != '\0')
			return false;
	return true;
}

/* Lines of a Roman row that are no part of its title: rows without a number may follow it directly. The title
 * ends where a cell, a page or a blank cell begins behind it. */
static size_t
title_lines(const TableRow *row)
{
	size_t n = MIN(row->n_lines, (size_t)1);

	while (n < row->n_lines && !(row->lines[n].before & (ATOM_EMPTY | ATOM_PAGE)) &&
	       !((row->lines[n].before & ATOM_HARD) && n > 0))
		n++;
	return n;
}

typedef struct {
	Table *table;
	RowLowering lowering;
	TableRows rows;
	ColumnWidths widths;
} TableReader;

static void
lower_cells(TableReader *reader, const TableRow *row)
{
	const Table *table = reader->table;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	g_autoptr(Arena) scratch = arena_new();
	Atoms atoms = atoms_cut(scratch, &table->columns, row->lines, row->n_lines);

	cells_split(table->plan->arena, &table->columns, &atoms, &reader->widths, found);
	for (guint i = 0; i < found->len; i++) {
		const CellRow *cells = g_ptr_array_index(found, i);
		SourceSpan span = row_span(table, row, i == 0 ? 0 : cells->first_line, cells->last_line);
		const Marker *marker = i == 0 && row->label != NULL ? &row->marker : NULL;
		size_t name = columns_find(&table->columns, PLAN_COLUMN_NAME);

		if (marker != NULL && found->len > 1 && has_only_name(&table->columns, cells))
			lower_group(&reader->lowering, marker, row->label, cells->cells[name], span);
		else if (cells->cells[name] != NULL)
			lower_row(&reader->lowering, marker, marker != NULL ? row->label : NULL, cells, span);
	}
}

static void
lower_roman(TableReader *reader, const TableRow *row)
{
	TableRow title = *row, rest = *row;

	title.n_lines = title_lines(row);
	lower_group(&reader->lowering, &row->marker, row->label, whole_text(reader->table, &title),
	    row_span(reader->table, &title, 0, title.n_lines > 0 ? title.n_lines - 1 : 0));
	rest.lines += title.n_lines;
	rest.n_lines -= title.n_lines;
	rest.label = NULL;
	if (rest.n_lines > 0) {
		rest.first_line = rest.lines[0].index;
		lower_cells(reader, &rest);
	}
}

static void
read_rows(TableReader *reader)
{
	Table *table = reader->table;
	size_t measured = 0;

	for (size_t i = 0; i < reader->rows.len; i++) {
		const TableRow *row = &reader->rows.items[i];

		if (row->n_lines > 0 && !is_group_by_number(&reader->rows, i) && measured++ < MEASURED_ROWS) {
			g_autoptr(Arena) scratch = arena_new();
			Atoms atoms = atoms_cut(scratch, &table->columns, row->lines, row->n_lines);

			cells_measure(&table->columns, &atoms, &reader->widths);
		}
	}
	widths_settle(&reader->widths);
	for (size_t i = 0; i < reader->rows.len; i++) {
		const TableRow *row = &reader->rows.items[i];
		size_t last = row->n_lines > 0 ? row->n_lines - 1 : 0;

		plan_add_block(
		    table->plan, PLAN_BLOCK_TABLE_ROW, shown_text(table, row), row_span(table, row, 0, last));
		if (row->marker.kind == MARKER_ROMAN)
			lower_roman(reader, row);
		else if (is_group_by_number(&reader->rows, i))
			lower_group(&reader->lowering, &row->marker, row->label, whole_text(table, row),
			    row_span(table, row, 0, last));
		else if (row->n_lines > 0)
			lower_cells(reader, row);
	}
}

RowLowering
table_lowering(Table *table)
{
	Folded title = folded_new(table->plan->arena, table->annex->title);
	RowLowering lowering = {
	    .plan = table->plan,
	    .agencies = table->agencies,
	    .lines = table->lines,
	    .annex = table->annex,
	    .columns = &table->columns,
	    .annex_index = (int)table->plan->annexes->len,
	    .annex_year = year_mentioned(title.fold, 0, title.len),
	    .ids = g_hash_table_new(g_str_hash, g_str_equal),
	};

	return lowering;
}

void
table_read_flattened(Table *table)
{
	TableReader reader = {.table = table, .lowering = table_lowering(table)};

	reader.rows =
	    rows_cut(table->plan, table->lines, table->next, table->last, table->header, table->n_header);
	read_rows(&reader);
	g_hash_table_unref(reader.lowering.ids);
	widths_clear(&reader.widths);
}
