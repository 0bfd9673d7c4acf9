/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/annex.h"

#include "compiler/lex/date_expr.h"
#include "compiler/lower/annex_rows.h"
#include "compiler/parse/head.h"
#include "compiler/parse/paragraphs.h"
#include "compiler/parse/rows.h"
#include "compiler/source/markup.h"

#include "base/text.h"

#include <string.h>

#define MAX_HEADER_LINES 24
#define MEASURED_ROWS 12 /* rows that are enough to know how wide a table's columns are */

typedef struct {
	Plan *plan;
	AgencyTable *agencies;
	const SourceLines *lines;
	size_t next, last; /* visual lines not read yet */
	PlanAnnex *annex;
	Columns columns;
	char *header[MAX_HEADER_LINES]; /* folded */
	size_t n_header;
} AnnexParser;

static Folded
fold_line(const AnnexParser *parser, size_t index, char **ret_text)
{
	bool is_ornament;

	*ret_text = head_line_text(parser->plan, parser->lines, index, &is_ornament);
	return folded_new(parser->plan->arena, *ret_text);
}

/* "PHỤ LỤC II: CÁC CHỈ TIÊU …", the label optional. */
static void
read_label(AnnexParser *parser, const char *text, GString *title)
{
	Folded folded = folded_new(parser->plan->arena, text);
	const char *rest = text + folded.origin[MIN(strlen("phu luc"), folded.len)];
	size_t label;

	rest += strspn(rest, " ");
	label = strspn(rest, "IVXLABCD0123456789");
	if (label > 0 && label <= 5 && (rest[label] == '\0' || strchr(" :.-*", rest[label]) != NULL)) {
		parser->annex->label = arena_strndup(parser->plan->arena, rest, label);
		parser->annex->has_printed_label = true;
		rest += label;
	}
	rest += strspn(rest, " :.-*");
	g_string_append(title, rest);
}

static bool
is_table_start(const AnnexParser *parser, size_t index, const Folded *folded)
{
	return parser->lines->items[index].text[0] == '|' || columns_begins_header(folded);
}

/* "(Kèm theo Kế hoạch số … )", over one line or several. */
static void
read_reference(AnnexParser *parser)
{
	g_autoptr(GString) text = g_string_new(NULL);
	size_t first = parser->next;
	SourceSpan span;

	while (parser->next < parser->last) {
		char *line;
		Folded folded = fold_line(parser, parser->next, &line);

		if (text->len > 0 && is_table_start(parser, parser->next, &folded))
			break;
		join_wrapped(text, line);
		parser->next++;
		if (strchr(line, ')') != NULL)
			break;
	}
	span = lines_span(&parser->lines->items[first], &parser->lines->items[parser->next - 1]);
	head_read_annex_reference(parser->plan, arena_strdup(parser->plan->arena, text->str), span);
	plan_add_block(parser->plan, PLAN_BLOCK_PARAGRAPH, text->str, span);
}

static void
read_title(AnnexParser *parser)
{
	g_autoptr(GString) title = g_string_new(NULL);
	size_t first = parser->next;
	char *text;

	(void)fold_line(parser, parser->next, &text);
	read_label(parser, text, title);
	parser->next++;
	while (parser->next < parser->last) {
		Folded folded = fold_line(parser, parser->next, &text);
		Marker marker;

		if (text[0] == '(' || is_table_start(parser, parser->next, &folded) ||
		    (marker_read(text, &marker) && marker.has_mark))
			break;
		join_wrapped(title, text);
		parser->next++;
	}
	parser->annex->title = arena_strdup(parser->plan->arena, title->str);
	parser->annex->span =
	    lines_span(&parser->lines->items[first], &parser->lines->items[parser->next - 1]);
	plan_add_block(parser->plan, PLAN_BLOCK_ANNEX_TITLE, title->str, parser->annex->span);
	if (parser->next < parser->last && text[0] == '(')
		read_reference(parser);
}

/* The header's lines, up to the first that holds more than titles of columns. */
static bool
read_header(AnnexParser *parser)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	size_t first = parser->next;
	Marker marker;

	while (parser->next < parser->last && parser->n_header < MAX_HEADER_LINES) {
		char *text;
		Folded folded = fold_line(parser, parser->next, &text);
		bool is_row = marker_read(text, &marker) && marker.kind <= MARKER_DECIMAL &&
			      parser->n_header > 0 &&
			      !(marker.kind == MARKER_DECIMAL && marker.parts[0] > 1900);

		if (is_row || !columns_is_header_line(&folded))
			break;
		parser->header[parser->n_header++] = text_fold_vi(text);
		join_wrapped(joined, text);
		parser->next++;
	}
	if (parser->n_header == 0)
		return false;
	for (size_t i = 0; i < parser->n_header; i++) {
		char *kept = arena_strdup(parser->plan->arena, parser->header[i]);

		g_free(parser->header[i]);
		parser->header[i] = kept;
	}
	plan_add_block(parser->plan, PLAN_BLOCK_TABLE_HEADER, joined->str,
	    lines_span(&parser->lines->items[first], &parser->lines->items[parser->next - 1]));
	return columns_read(parser->plan->arena, joined->str, &parser->columns);
}

static void
set_columns(AnnexParser *parser)
{
	PlanAnnex *annex = parser->annex;

	annex->kind = columns_kind(&parser->columns);
	annex->n_columns = parser->columns.len;
	annex->columns = arena_array(parser->plan->arena, PlanColumn, parser->columns.len);
	memcpy(annex->columns, parser->columns.items, parser->columns.len * sizeof(PlanColumn));
}

static SourceSpan
row_span(const AnnexParser *parser, const TableRow *row, size_t first_line, size_t last_line)
{
	const SourceLine *items = parser->lines->items;
	size_t first = first_line == 0 ? row->first_line : row->lines[first_line].index;
	size_t last = row->n_lines > 0 ? row->lines[last_line].index : row->first_line;

	return lines_span(&items[first], &items[last]);
}

static char *
whole_text(AnnexParser *parser, const TableRow *row)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (size_t i = 0; i < row->n_lines; i++)
		join_wrapped(text, row->lines[i].text);
	return arena_strdup(parser->plan->arena, text->str);
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
	AnnexParser *parser;
	RowLowering lowering;
	TableRows rows;
	ColumnWidths widths;
} TableReader;

static Atoms
atoms_of(TableReader *reader, const TableRow *row)
{
	return atoms_cut(reader->parser->plan->arena, &reader->parser->columns, row->lines, row->n_lines);
}

static void
lower_cells(TableReader *reader, size_t index, const TableRow *row)
{
	const AnnexParser *parser = reader->parser;
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	Atoms atoms = atoms_of(reader, row);
	const char *name_of_row = row->label;

	(void)index;
	cells_split(parser->plan->arena, &parser->columns, &atoms, &reader->widths, found);
	for (guint i = 0; i < found->len; i++) {
		const CellRow *cells = g_ptr_array_index(found, i);
		SourceSpan span = row_span(parser, row, i == 0 ? 0 : cells->first_line, cells->last_line);
		const Marker *marker = i == 0 && row->label != NULL ? &row->marker : NULL;
		size_t name = columns_find(&parser->columns, PLAN_COLUMN_NAME);

		if (marker != NULL && found->len > 1 && has_only_name(&parser->columns, cells))
			lower_group(&reader->lowering, marker, name_of_row, cells->cells[name], span);
		else if (cells->cells[name] != NULL)
			lower_row(
			    &reader->lowering, marker, marker != NULL ? name_of_row : NULL, cells, span);
	}
}

static void
lower_roman(TableReader *reader, const TableRow *row)
{
	TableRow title = *row, rest = *row;

	title.n_lines = title_lines(row);
	lower_group(&reader->lowering, &row->marker, row->label, whole_text(reader->parser, &title),
	    row_span(reader->parser, &title, 0, title.n_lines > 0 ? title.n_lines - 1 : 0));
	rest.lines += title.n_lines;
	rest.n_lines -= title.n_lines;
	rest.label = NULL;
	if (rest.n_lines > 0) {
		rest.first_line = rest.lines[0].index;
		lower_cells(reader, 0, &rest);
	}
}

static void
read_rows(TableReader *reader)
{
	AnnexParser *parser = reader->parser;
	size_t measured = 0;

	for (size_t i = 0; i < reader->rows.len; i++) {
		const TableRow *row = &reader->rows.items[i];

		if (row->n_lines > 0 && !is_group_by_number(&reader->rows, i) && measured++ < MEASURED_ROWS) {
			Atoms atoms = atoms_of(reader, row);

			cells_measure(parser->plan->arena, &parser->columns, &atoms, &reader->widths);
		}
	}
	widths_settle(&reader->widths);
	for (size_t i = 0; i < reader->rows.len; i++) {
		const TableRow *row = &reader->rows.items[i];
		size_t last = row->n_lines > 0 ? row->n_lines - 1 : 0;

		plan_add_block(parser->plan, PLAN_BLOCK_TABLE_ROW, whole_text(parser, row),
		    row_span(parser, row, 0, last));
		if (row->marker.kind == MARKER_ROMAN)
			lower_roman(reader, row);
		else if (is_group_by_number(&reader->rows, i))
			lower_group(&reader->lowering, &row->marker, row->label, whole_text(parser, row),
			    row_span(parser, row, 0, last));
		else if (row->n_lines > 0)
			lower_cells(reader, i, row);
	}
}

static RowLowering
lowering_of(AnnexParser *parser)
{
	Folded title = folded_new(parser->plan->arena, parser->annex->title);
	RowLowering lowering = {
	    .plan = parser->plan,
	    .agencies = parser->agencies,
	    .lines = parser->lines,
	    .annex = parser->annex,
	    .columns = &parser->columns,
	    .annex_index = (int)parser->plan->annexes->len,
	    .annex_year = year_mentioned(title.fold, 0, title.len),
	    .ids = g_hash_table_new(g_str_hash, g_str_equal),
	};

	return lowering;
}

static void
read_flattened(AnnexParser *parser)
{
	TableReader reader = {.parser = parser, .lowering = lowering_of(parser)};

	reader.rows = rows_cut(
	    parser->plan, parser->lines, parser->next, parser->last, parser->header, parser->n_header);
	read_rows(&reader);
	g_hash_table_unref(reader.lowering.ids);
	widths_clear(&reader.widths);
}

/* A row of a table whose cells are known: the number column says whether it is a group. */
static void
lower_known(RowLowering *lowering, char *const *cells, size_t n, size_t number_column, SourceSpan span)
{
	CellRow row = {.confidence = 100};
	size_t name = columns_find(lowering->columns, PLAN_COLUMN_NAME);
	Marker marker;
	bool has_marker;

	for (size_t i = 0; i < n && i < lowering->columns->len; i++)
		row.cells[i] = cells[i][0] != '\0' ? cells[i] : NULL;
	has_marker =
	    number_column != SIZE_MAX && number_column < n && marker_read(cells[number_column], &marker);
	if (row.cells[name] == NULL && !has_marker)
		return;
	if (number_column != SIZE_MAX)
		row.cells[number_column] = NULL;
	if (has_marker && has_only_name(lowering->columns, &row))
		lower_group(lowering, &marker,
		    arena_strndup(lowering->plan->arena, cells[number_column], marker.label_len),
		    row.cells[name] != NULL ? row.cells[name] : "", span);
	else if (row.cells[name] != NULL)
		lower_row(lowering, has_marker ? &marker : NULL,
		    has_marker ? arena_strndup(lowering->plan->arena, cells[number_column], marker.label_len)
			       : NULL,
		    &row, span);
}

static void
read_piped(AnnexParser *parser)
{
	RowLowering lowering = lowering_of(parser);
	size_t number_column = columns_find(&parser->columns, PLAN_COLUMN_NO);

	for (; parser->next < parser->last; parser->next++) {
		const SourceLine *line = &parser->lines->items[parser->next];
		char *cells[COLUMNS_MAX];
		size_t n;

		if (line->text[0] != '|')
			continue;
		n = markup_split_cells(parser->plan->arena, line->text, cells, COLUMNS_MAX);
		if (markup_is_separator(cells, n))
			continue;
		plan_add_block(parser->plan, PLAN_BLOCK_TABLE_ROW, line->text, line_span(line));
		lower_known(&lowering, cells, n, number_column, line_span(line));
	}
	g_hash_table_unref(lowering.ids);
}

static bool
read_piped_header(AnnexParser *parser)
{
	const SourceLine *line = &parser->lines->items[parser->next++];
	char *cells[COLUMNS_MAX];
	size_t n = markup_split_cells(parser->plan->arena, line->text, cells, COLUMNS_MAX);

	plan_add_block(parser->plan, PLAN_BLOCK_TABLE_HEADER, line->text, line_span(line));
	return columns_from_cells(parser->plan->arena, cells, n, &parser->columns);
}

/* An annex without a table that can be read: its text is kept as read. */
static void
read_prose(AnnexParser *parser)
{
	Paragraphs paragraphs =
	    paragraphs_join(parser->plan->arena, parser->lines, parser->next, parser->last);

	for (size_t i = 0; i < paragraphs.len; i++)
		plan_add_block(
		    parser->plan, PLAN_BLOCK_PARAGRAPH, paragraphs.items[i].text, paragraphs.items[i].span);
	diag_add(parser->plan->diags, "annex-no-table", DIAG_INFO, parser->annex->span,
	    "Phụ lục %s không có bảng nào đọc được; nội dung được giữ dưới dạng văn bản.",
	    parser->annex->label);
}

static void
skip_to_table(AnnexParser *parser)
{
	size_t i = parser->next;

	for (; i < parser->last; i++) {
		char *text;
		Folded folded = fold_line(parser, i, &text);

		if (!is_table_start(parser, i, &folded))
			continue;
		for (size_t k = parser->next; k < i; k++)
			plan_add_block(parser->plan, PLAN_BLOCK_PARAGRAPH, parser->lines->items[k].text,
			    line_span(&parser->lines->items[k]));
		parser->next = i;
		return;
	}
}

void
annex_parse(Plan *plan, AgencyTable *agencies, const SourceLines *lines, size_t first, size_t last)
{
	AnnexParser parser = {
	    .plan = plan, .agencies = agencies, .lines = lines, .next = first, .last = last};

	parser.annex = arena_new0(plan->arena, PlanAnnex);
	parser.annex->groups = plan_array(plan);
	g_ptr_array_add(plan->annexes, parser.annex);
	read_title(&parser);
	if (parser.annex->label == NULL) {
		static const char *const ROMAN[] = {
		    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
		guint n = plan->annexes->len;

		parser.annex->label = n <= G_N_ELEMENTS(ROMAN) ? arena_strdup(plan->arena, ROMAN[n - 1])
							       : arena_printf(plan->arena, "%u", n);
	}
	skip_to_table(&parser);
	if (parser.next < last && lines->items[parser.next].text[0] == '|' && read_piped_header(&parser)) {
		set_columns(&parser);
		read_piped(&parser);
	} else if (parser.next < last && read_header(&parser)) {
		set_columns(&parser);
		read_flattened(&parser);
	} else if (parser.next < last) {
		read_prose(&parser);
	}
}
