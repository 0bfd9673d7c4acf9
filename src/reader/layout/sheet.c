/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/sheet.h"

#include "reader/layout/furniture.h"
#include "reader/layout/gaps.h"
#include "reader/layout/grid.h"
#include "reader/layout/zones.h"

#include <stdlib.h>

#define TABLES_MAX 64      /* of one sheet */
#define MARGIN_LINES_MIN 4 /* that tell where a body begins and ends */
#define MARGIN_SHARE 0.1f  /* of the width, where nothing tells */
#define TABLE_SHARE 0.6f   /* of the width: a table so wide reaches from margin to margin */
#define SAME_PLACE 4.0f

static void
free_table(gpointer table)
{
	table_free(table);
}

static bool
lies_in(const BlockBox *inner, const BlockBox *outer)
{
	return inner->left >= outer->left - 1 && inner->top >= outer->top - 1 &&
	       inner->right <= outer->right + 1 && inner->bottom <= outer->bottom + 1;
}

static bool
is_nested(const Sheet *sheet, const BlockBox *box)
{
	for (guint i = 0; i < sheet->tables->len; i++)
		if (lies_in(box, &((const Table *)g_ptr_array_index(sheet->tables, i))->box))
			return true;
	return false;
}

/* A part of one column only goes on from a table of the same width. */
static bool
may_go_on(const Lattice *lattice, const Sheet *previous)
{
	const Table *last;

	if (previous == NULL || previous->tables->len == 0)
		return false;
	last = g_ptr_array_index(previous->tables, previous->tables->len - 1);
	return distance(last->box.left, lattice->box.left) < SAME_PLACE &&
	       distance(last->box.right, lattice->box.right) < SAME_PLACE;
}

static int
compare_sizes(gconstpointer a, gconstpointer b)
{
	const Lattice *const *x = a, *const *y = b;
	float p = box_width(&(*x)->box) * box_height(&(*x)->box),
	      q = box_width(&(*y)->box) * box_height(&(*y)->box);

	return (p < q) - (p > q);
}

static int
compare_tops(gconstpointer a, gconstpointer b)
{
	const Table *const *x = a, *const *y = b;

	return ((*x)->box.top > (*y)->box.top) - ((*x)->box.top < (*y)->box.top);
}

static void
find_tables(Arena *arena, Sheet *sheet, const Sheet *previous, Word **words, size_t *n)
{
	g_autoptr(GPtrArray) lattices = rulings_find(sheet->frame);

	g_ptr_array_sort(lattices, compare_sizes);
	for (guint i = 0; i < lattices->len && sheet->tables->len < TABLES_MAX; i++) {
		const Lattice *lattice = g_ptr_array_index(lattices, i);
		Table *table = is_nested(sheet, &lattice->box) ? NULL
							       : grid_read(arena, sheet->frame, lattice,
								     may_go_on(lattice, previous), words, n);

		if (table != NULL)
			g_ptr_array_add(sheet->tables, table);
	}
}

Sheet *
sheet_new(Arena *arena, const PageSheet *source, const Sheet *previous)
{
	Sheet *sheet = g_new0(Sheet, 1);
	const Frame *frame = frame_new(arena, source);
	g_autofree Word **words = g_new(Word *, frame->n_words + 1);
	size_t n = frame->n_words, n_kept;

	sheet->frame = frame;
	sheet->tables = g_ptr_array_new_with_free_func(free_table);
	for (size_t i = 0; i < n; i++)
		words[i] = &frame->words[i];
	n_kept = furniture_part_stamps(frame, words, n);
	sheet->stamps = lines_find(arena, frame, words + n_kept, n - n_kept);
	for (guint i = 0; i < sheet->stamps->len; i++)
		((Line *)g_ptr_array_index(sheet->stamps, i))->is_furniture = true;
	find_tables(arena, sheet, previous, words, &n_kept);
	sheet->lines = lines_find(arena, frame, words, n_kept);
	gaps_find_tables(arena, frame, previous, sheet->lines, sheet->tables);
	g_ptr_array_sort(sheet->tables, compare_tops);
	return sheet;
}

void
sheet_free(Sheet *sheet)
{
	g_ptr_array_unref(sheet->tables);
	g_ptr_array_unref(sheet->lines);
	g_ptr_array_unref(sheet->stamps);
	g_free(sheet);
}

static int
compare_floats(const void *a, const void *b)
{
	const float *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The first value (the sign turns the order round) that several others are near. */
static float
outermost(float *values, size_t n, float near)
{
	size_t needed = MAX(3, n / 10);

	qsort(values, n, sizeof(float), compare_floats);
	for (size_t i = 0; i + needed <= n; i++)
		if (values[i + needed - 1] - values[i] <= near)
			return values[i];
	return values[0];
}

/* The table that takes most of the width; NULL where none takes more than its share. */
static const Table *
widest_table(const Sheet *sheet)
{
	const Table *widest = NULL;
	float width = TABLE_SHARE * sheet->frame->width;

	for (guint i = 0; i < sheet->tables->len; i++) {
		const Table *table = g_ptr_array_index(sheet->tables, i);

		if (box_width(&table->box) > width) {
			widest = table;
			width = box_width(&table->box);
		}
	}
	return widest;
}

/* For a sheet with few lines. */
static void
guess_margins(Sheet *sheet, const Sheet *previous)
{
	const Table *table = widest_table(sheet);
	float width = sheet->frame->width;

	sheet->left = table != NULL ? table->box.left : MARGIN_SHARE * width;
	sheet->right = table != NULL ? table->box.right : width - MARGIN_SHARE * width;
	if (previous != NULL && distance(previous->frame->width, width) < SAME_PLACE) {
		sheet->left = table != NULL ? MIN(previous->left, sheet->left) : previous->left;
		sheet->right = table != NULL ? MAX(previous->right, sheet->right) : previous->right;
	}
}

void
sheet_find_margins(Sheet *sheet, const Sheet *previous)
{
	g_autofree float *lefts = g_new(float, sheet->lines->len + 1);
	g_autofree float *rights = g_new(float, sheet->lines->len + 1);
	float near = sheet->frame->is_scan ? 5.0f : 2.0f;
	size_t n = 0;

	for (guint i = 0; i < sheet->lines->len; i++) {
		const Line *line = g_ptr_array_index(sheet->lines, i);

		if (line->is_furniture)
			continue;
		lefts[n] = line->box.left;
		rights[n++] = -line->box.right;
	}
	if (n >= MARGIN_LINES_MIN) {
		sheet->left = outermost(lefts, n, near);
		sheet->right = -outermost(rights, n, near);
	} else {
		guess_margins(sheet, previous);
	}
}

static void
add_lines(GArray *items, const GPtrArray *lines)
{
	for (guint i = 0; i < lines->len; i++) {
		Item item = {.line = g_ptr_array_index(lines, i)};

		g_array_append_val(items, item);
	}
}

GArray *
sheet_order(Arena *arena, Sheet *sheet)
{
	GArray *items = g_array_new(FALSE, FALSE, sizeof(Item));
	g_autoptr(GPtrArray) furniture = g_ptr_array_new();
	g_autoptr(GPtrArray) body = g_ptr_array_new();
	guint at = 0;

	add_lines(items, sheet->stamps);
	for (guint i = 0; i < sheet->lines->len; i++) {
		Line *line = g_ptr_array_index(sheet->lines, i);

		g_ptr_array_add(line->is_furniture ? furniture : body, line);
	}
	add_lines(items, furniture);
	for (guint i = 0; i <= sheet->tables->len; i++) {
		Item item = {.table = i < sheet->tables->len ? sheet->tables->pdata[i] : NULL};
		g_autoptr(GPtrArray) ordered = g_ptr_array_new();
		guint first = at;

		while (at < body->len &&
		       (item.table == NULL || box_center(&((const Line *)g_ptr_array_index(body, at))->box) <
						  item.table->box.top))
			at++;
		if (at > first)
			zones_order(arena, (Line *const *)(void *)(body->pdata + first), at - first,
			    sheet->left, sheet->right, ordered);
		add_lines(items, ordered);
		if (item.table != NULL)
			g_array_append_val(items, item);
		else
			break;
	}
	return items;
}
