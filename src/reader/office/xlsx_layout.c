/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "reader/office/xlsx.h"

#include <string.h>

#define HEADER_WORDS_MIN 2
#define TABLE_CELLS_MIN 3 /* in a row of a table; two where no row has three */
#define FOLDED_BYTES_MAX 200

/* A row with text. */
typedef struct {
	uint32_t row;
	guint first, n; /* its cells */
	bool is_header; /* names columns */
	bool is_sure;   /* and is no row of data that happens to use such words */
	bool is_tail;   /* recipients, signatures, remarks */
} Row;

typedef struct {
	Arena *arena;
	const XlsxSheet *sheet;
	GArray *rows;       /* of Row */
	GHashTable *merges; /* of const XlsxMerge * by where it begins */
	guint table_cells;  /* in a row of a table */
	Flow *flow;
} Layout;

static const XlsxCell *
cell_at(const Layout *layout, guint index)
{
	return &g_array_index(layout->sheet->cells, XlsxCell, index);
}

static Row *
row_at(const Layout *layout, guint index)
{
	return &g_array_index(layout->rows, Row, index);
}

static void
judge_row(const Layout *layout, Row *row)
{
	unsigned n_words = 0;
	bool has_number_column = false;

	for (guint i = row->first; i < row->first + row->n; i++) {
		const char *text = cell_at(layout, i)->text;
		g_autoptr(GString) folded = g_string_new(NULL);

		if (strlen(text) > FOLDED_BYTES_MAX)
			continue;
		text_fold_append(folded, text, strlen(text));
		n_words += flow_is_header_word(folded->str);
		has_number_column =
		    has_number_column || strcmp(folded->str, "stt") == 0 || strcmp(folded->str, "tt") == 0;
		row->is_tail = row->is_tail || flow_is_layout_mark(folded->str) ||
			       (row->n == 1 && g_str_has_prefix(folded->str, "ghi chu"));
	}
	row->is_header = n_words >= HEADER_WORDS_MIN;
	row->is_sure = n_words > HEADER_WORDS_MIN || (row->is_header && has_number_column);
}

static void
collect_rows(Layout *layout)
{
	const GArray *cells = layout->sheet->cells;

	for (guint i = 0; i < cells->len;) {
		Row row = {.row = cell_at(layout, i)->row, .first = i};

		while (i < cells->len && cell_at(layout, i)->row == row.row)
			i++;
		row.n = i - row.first;
		judge_row(layout, &row);
		g_array_append_val(layout->rows, row);
		if (row.n >= TABLE_CELLS_MIN)
			layout->table_cells = TABLE_CELLS_MIN;
	}
}

static const XlsxMerge *
merge_at(const Layout *layout, const XlsxCell *cell)
{
	int64_t key = (int64_t)cell->row << 16 | cell->column;

	return g_hash_table_lookup(layout->merges, &key);
}

static void
collect_merges(Layout *layout)
{
	const GArray *merges = layout->sheet->merges;

	for (guint i = 0; i < merges->len; i++) {
		const XlsxMerge *merge = &g_array_index(merges, XlsxMerge, i);
		int64_t *key = g_new(int64_t, 1);

		*key = (int64_t)merge->row << 16 | merge->column;
		g_hash_table_insert(layout->merges, key, (gpointer)(guintptr)merge);
	}
}

/* How many of the rows from `index` to before `end` a merge covers. */
static uint32_t
rows_covered(const Layout *layout, const XlsxMerge *merge, guint index, guint end)
{
	guint low = index, high = end;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (row_at(layout, middle)->row <= merge->last_row)
			low = middle + 1;
		else
			high = middle;
	}
	return low - index;
}

static void
add_rows(Layout *layout, FlowTable *table, guint begin, guint end)
{
	for (guint r = begin; r < end; r++) {
		const Row *row = row_at(layout, r);

		for (guint i = row->first; i < row->first + row->n; i++) {
			const XlsxCell *cell = cell_at(layout, i);
			const XlsxMerge *merge = merge_at(layout, cell);
			FlowCell *made = flow_add_cell(layout->arena, table, r - begin, cell->column,
			    merge != NULL ? merge->last_column - merge->column + 1 : 1);

			made->n_rows = merge != NULL ? rows_covered(layout, merge, r, end) : 1;
			flow_add_paragraph(layout->arena, &made->content, cell->text);
		}
	}
	table->n_rows = end - begin;
}

/* Rows that are no table: one text each, or two beside each other as in the head of a document. */
static void
add_texts(Layout *layout, guint begin, guint end)
{
	while (begin < end) {
		guint stop = begin;
		FlowTable *table;

		if (row_at(layout, begin)->n == 1) {
			flow_add_paragraph(
			    layout->arena, layout->flow, cell_at(layout, row_at(layout, begin)->first)->text);
			begin++;
			continue;
		}
		while (stop < end && row_at(layout, stop)->n > 1)
			stop++;
		table = flow_add_table(layout->arena, layout->flow);
		table->is_layout = true;
		add_rows(layout, table, begin, stop);
		begin = stop;
	}
}

/* Where the next table begins: at a row that names columns, or else at one with enough cells. */
static guint
find_begin(const Layout *layout, guint from)
{
	for (guint i = from; i < layout->rows->len; i++)
		if (row_at(layout, i)->is_header)
			return i;
	for (guint i = from; i < layout->rows->len; i++)
		if (row_at(layout, i)->n >= layout->table_cells && !row_at(layout, i)->is_tail)
			return i;
	return layout->rows->len;
}

/* Where a table ends: before the title of the next one, or before what stands under it. */
static guint
find_end(const Layout *layout, guint begin)
{
	guint end = begin, last = begin;

	while (end < layout->rows->len && row_at(layout, end)->is_header)
		end++;
	while (end < layout->rows->len && !row_at(layout, end)->is_sure)
		end++;
	if (end < layout->rows->len) {
		while (end > begin + 1 && row_at(layout, end - 1)->n == 1)
			end--;
	}
	for (guint i = begin; i < end; i++)
		if (row_at(layout, i)->n >= layout->table_cells && !row_at(layout, i)->is_tail)
			last = i;
	for (guint i = last + 1; i < end; i++)
		if (row_at(layout, i)->is_tail || row_at(layout, i)->row > row_at(layout, i - 1)->row + 1)
			return i;
	return end;
}

void
xlsx_lay_out(Arena *arena, const XlsxSheet *sheet, Flow *flow)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(Row));
	g_autoptr(GHashTable) merges = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	Layout layout = {
	    .arena = arena, .sheet = sheet, .rows = rows, .merges = merges, .table_cells = 2, .flow = flow};
	guint at = 0;

	collect_rows(&layout);
	collect_merges(&layout);
	while (at < rows->len) {
		guint begin = find_begin(&layout, at),
		      end = begin < rows->len ? find_end(&layout, begin) : begin;

		add_texts(&layout, at, begin);
		if (end > begin) {
			FlowTable *table = flow_add_table(arena, flow);

			table->has_borders = true;
			add_rows(&layout, table, begin, end);
		}
		at = end;
	}
}
