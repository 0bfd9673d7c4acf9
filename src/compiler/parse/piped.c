/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/table.h"

#include "compiler/lower/annex_rows.h"
#include "compiler/parse/head.h"
#include "compiler/parse/regions.h"
#include "compiler/source/markup.h"

#include <string.h>

static SourceSpan
cell_span(const Plan *plan, const SourceLine *line, const MarkupCell *cell)
{
	SourceSpan span = line_span(line);

	span.column += (uint32_t)g_utf8_strlen(line->text, (gssize)cell->offset);
	span.offset += cell->offset;
	span.len = cell->len;
	span.page = places_page(plan->places, span);
	return span;
}

static size_t
split_row(const Table *table, const SourceLine *line, MarkupCell *cells)
{
	return markup_split_cells(table->plan->arena, line->text, cells, COLUMNS_MAX);
}

static bool
read_columns(const Table *table, const SourceLine *line, Columns *columns)
{
	MarkupCell cells[COLUMNS_MAX];
	char *titles[COLUMNS_MAX];
	size_t n = split_row(table, line, cells);

	for (size_t i = 0; i < n; i++)
		titles[i] = cells[i].text;
	return columns_from_cells(table->plan->arena, titles, n, columns);
}

static bool
has_same_titles(const Columns *a, const Columns *b)
{
	for (size_t i = 0; i < a->len && i < b->len; i++)
		if (a->items[i].kind != b->items[i].kind || a->items[i].year != b->items[i].year)
			return false;
	return a->len == b->len;
}

/* A second table below one title, with other columns, is an annex of its own. */
static void
begin_table(Table *table, const Columns *columns)
{
	Plan *plan = table->plan;

	if (table->annex->n_columns > 0) {
		PlanAnnex *annex = arena_new0(plan->arena, PlanAnnex);

		annex->label = table->annex->label;
		annex->has_printed_label = table->annex->has_printed_label;
		annex->is_titled = table->annex->is_titled;
		annex->title = table->annex->title;
		annex->span = table->annex->span;
		annex->groups = plan_array(plan);
		g_ptr_array_add(plan->annexes, annex);
		table->annex = annex;
	}
	table->columns = *columns;
	table_set_columns(table);
}

static bool
has_only_name(const Columns *columns, const CellRow *row)
{
	for (size_t i = 0; i < columns->len; i++)
		if (columns->items[i].kind != PLAN_COLUMN_NAME && row->cells[i] != NULL)
			return false;
	return true;
}

/* A number may stand in front of the name, where the table has no column for it. */
static bool
take_number(const Columns *columns, CellRow *row, Marker *marker, const char **ret_number)
{
	size_t column = columns_find(columns, PLAN_COLUMN_NO), name = columns_find(columns, PLAN_COLUMN_NAME);
	bool has_marker;

	*ret_number = column != SIZE_MAX ? row->cells[column] : row->cells[name];
	has_marker = *ret_number != NULL && marker_read(*ret_number, marker);
	if (column != SIZE_MAX) {
		row->cells[column] = NULL;
		row->has_odd_number = *ret_number != NULL && !has_marker;
		return has_marker;
	}
	if (!has_marker || !marker->has_mark || marker->kind > MARKER_DECIMAL ||
	    (*ret_number)[marker->text_at] == '\0')
		return false;
	row->cells[name] += marker->text_at;
	return true;
}

/* A row of a table whose cells are known: the number column says whether it is a group. */
static void
lower_known(RowLowering *lowering, const SourceLine *line, const MarkupCell *cells, size_t n)
{
	Arena *arena = lowering->plan->arena;
	CellRow row = {.confidence = 100};
	size_t name = columns_find(lowering->columns, PLAN_COLUMN_NAME);
	SourceSpan span = line_span(line);
	const char *number, *label = NULL;
	Marker marker = {0};
	bool has_marker, is_title;

	for (size_t i = 0; i < n && i < lowering->columns->len; i++) {
		if (cells[i].text[0] == '\0')
			continue;
		row.cells[i] = cells[i].text;
		row.spans[i] = cell_span(lowering->plan, line, &cells[i]);
	}
	has_marker = take_number(lowering->columns, &row, &marker, &number);
	if (row.cells[name] == NULL && !has_marker)
		return;
	if (has_marker)
		label = arena_strndup(arena, number, marker.label_len);
	is_title = has_marker || (name < n && cells[name].is_bold);
	if (is_title && has_only_name(lowering->columns, &row))
		lower_group(lowering, &marker, label, row.cells[name] != NULL ? row.cells[name] : "", span);
	else if (row.cells[name] != NULL)
		lower_row(lowering, has_marker ? &marker : NULL, label, &row, span);
}

/* Reads rows as far as the next table's header. */
static void
read_rows(Table *table)
{
	RowLowering lowering = table_lowering(table);
	bool is_other = false; /* in a table that has no titles, set off by an empty line */

	for (; table->next < table->last; table->next++) {
		const SourceLine *line = &table->lines->items[table->next];
		MarkupCell cells[COLUMNS_MAX];
		Columns columns;

		if (line->text[0] != '|') {
			table_keep_line(table, table->next);
			continue;
		}
		if (markup_is_separator(line->text))
			continue;
		is_other = is_other || line->empty_before > 0;
		if (regions_is_table_header(table->lines, table->next) &&
		    read_columns(table, line, &columns)) {
			if (!has_same_titles(&columns, &table->columns))
				break;
			plan_add_block(table->plan, PLAN_BLOCK_PAGE_FURNITURE, line->text, line_span(line));
			is_other = false;
			continue;
		}
		if (is_other) {
			table_keep_line(table, table->next);
			continue;
		}
		plan_add_block(table->plan, PLAN_BLOCK_TABLE_ROW, line->text, line_span(line));
		lower_known(&lowering, line, cells, split_row(table, line, cells));
	}
	g_hash_table_unref(lowering.ids);
}

bool
table_read_piped(Table *table)
{
	Columns columns;

	if (!read_columns(table, &table->lines->items[table->next], &columns))
		return false;
	while (table->next < table->last) {
		const SourceLine *line = &table->lines->items[table->next++];

		(void)read_columns(table, line, &columns);
		plan_add_block(table->plan, PLAN_BLOCK_TABLE_HEADER, line->text, line_span(line));
		begin_table(table, &columns);
		read_rows(table);
	}
	return true;
}
