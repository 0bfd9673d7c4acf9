/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/flow.h"

#include <string.h>

#define SLIVER_TWIPS 120 /* 2 mm: nobody draws a column so narrow on purpose */

/* Moves every side of a cell from one numbering of column borders to another. */
static void
renumber(FlowTable *table, const uint32_t *map, uint32_t n)
{
	for (FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		uint32_t begin = MIN(cell->column, n - 1), end = MIN(cell->column + cell->n_columns, n - 1);

		cell->column = map[begin];
		cell->n_columns = MAX(map[end] - map[begin], 1);
	}
}

static bool
keeps_every_cell(const FlowTable *table, const uint32_t *map, uint32_t n)
{
	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next)
		if (cell->column + cell->n_columns < n &&
		    map[cell->column + cell->n_columns] == map[cell->column])
			return false;
	return true;
}

/* Rows that were resized one by one have borders that miss each other by a hair; each miss is a column. */
static void
drop_slivers(Arena *arena, FlowTable *table)
{
	uint32_t n = table->n_widths + 1, *map = arena_array(arena, uint32_t, n);
	bool has_sliver = false;

	for (uint32_t i = 1; i < n; i++) {
		bool is_sliver = table->widths[i - 1] < SLIVER_TWIPS && i + 1 < n;

		map[i] = map[i - 1] + (is_sliver ? 0 : 1);
		has_sliver = has_sliver || is_sliver;
	}
	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next)
		if (cell->column + cell->n_columns >= n)
			return;
	if (has_sliver && keeps_every_cell(table, map, n))
		renumber(table, map, n);
}

static gint
compare_borders(gconstpointer a, gconstpointer b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

static uint32_t
rank_of(const GArray *borders, uint32_t border)
{
	uint32_t low = 0, high = borders->len;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (g_array_index(borders, uint32_t, middle) < border)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The columns in which a cell begins, each once, in order. */
static GArray *
used_columns(const FlowTable *table)
{
	GArray *columns = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	guint n = 0;

	for (const FlowCell *cell = table->first; cell != NULL; cell = cell->next)
		g_array_append_val(columns, cell->column);
	g_array_sort(columns, compare_borders);
	for (guint i = 0; i < columns->len; i++) {
		uint32_t column = g_array_index(columns, uint32_t, i);

		if (n == 0 || g_array_index(columns, uint32_t, n - 1) != column)
			g_array_index(columns, uint32_t, n++) = column;
	}
	g_array_set_size(columns, n);
	return columns;
}

void
flow_table_tidy(Arena *arena, FlowTable *table)
{
	g_autoptr(GArray) columns = NULL;

	if (table->widths != NULL && table->n_widths > 0)
		drop_slivers(arena, table);
	columns = used_columns(table);
	for (FlowCell *cell = table->first; cell != NULL; cell = cell->next) {
		uint32_t end = rank_of(columns, cell->column + cell->n_columns);

		cell->column = rank_of(columns, cell->column);
		cell->n_columns = end - cell->column;
	}
}
