/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/header.h"

#include "base/text.h"
#include "reader/layout/alike.h"

#include <string.h>

#define HEADER_ROWS_MAX 4

static bool
is_same_cell(const Cell *a, const Cell *b)
{
	g_autofree char *x = cell_text(a), *y = cell_text(b);

	return a->column == b->column && a->n_columns == b->n_columns && alike_texts(x, y);
}

/* How many rows both parts begin with. */
static guint
count_same_rows(const Table *table, const Table *next)
{
	guint n_cells = MIN(table->cells->len, next->cells->len), n_rows = 0, n_texts = 0;
	guint most = MIN(MIN(table->n_rows, next->n_rows), HEADER_ROWS_MAX), reach = 0;

	for (guint i = 0; i < n_cells; i++) {
		const Cell *a = g_ptr_array_index(table->cells, i), *b = g_ptr_array_index(next->cells, i);

		/* All of the rows above were the same. */
		if (a->row == b->row && a->row >= reach)
			n_rows = a->row;
		if (a->row >= most || a->row != b->row || a->n_rows != b->n_rows || !is_same_cell(a, b))
			return n_texts >= 2 ? n_rows : 0;
		reach = MAX(reach, a->row + a->n_rows);
		n_texts += cell_has_text(a);
	}
	return n_texts >= 2 ? reach : 0;
}

static bool
is_number_title(const Cell *cell)
{
	static const char *const TITLES[] = {"stt", "tt", "so tt", "s tt", "so thu tu"};
	g_autofree char *text = cell_text(cell), *folded = text_fold_vi(text);

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++)
		if (strcmp(folded, TITLES[i]) == 0)
			return true;
	return false;
}

guint
header_find(const Table *table)
{
	const Cell *first = table->cells->len > 0 ? g_ptr_array_index(table->cells, 0) : NULL;

	if (first == NULL || first->row != 0 || first->n_rows >= table->n_rows || !is_number_title(first))
		return 0;
	return first->n_rows;
}

static char *
rows_text(const Table *table, guint n_rows)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < table->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(table->cells, i);
		g_autofree char *part = cell->row < n_rows ? cell_text(cell) : NULL;

		if (cell->row >= HEADER_ROWS_MAX)
			break;
		if (part != NULL)
			g_string_append(text, part);
	}
	return g_string_free(text, FALSE);
}

/* How many rows of a picture's table are the header again, where lost rulings divide it in another way. */
static guint
count_like_rows(const Table *table, const Table *next)
{
	if (!table->is_scan || header_find(next) == 0)
		return 0;
	for (guint a = 1; a < HEADER_ROWS_MAX && a <= table->n_rows; a++) {
		g_autofree char *text = rows_text(table, a);

		for (guint b = 1; b < HEADER_ROWS_MAX && b <= next->n_rows; b++) {
			g_autofree char *other = rows_text(next, b);

			if (alike_texts(text, other))
				return b;
		}
	}
	return 0;
}

guint
header_count_repeated(const Table *table, const Table *next)
{
	guint n_rows = count_same_rows(table, next);

	return n_rows > 0 ? n_rows : count_like_rows(table, next);
}
