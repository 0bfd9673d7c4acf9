/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/table.h"

#include "reader/layout/marker.h"

#include <string.h>

#define LOOK_BACK 16 /* lines of a cell that tell how its text is divided */

static void
free_cell(gpointer data)
{
	Cell *cell = data;

	g_ptr_array_unref(cell->lines);
	g_free(cell);
}

Table *
table_new(const Frame *frame, BlockBox box)
{
	Table *table = g_new0(Table, 1);

	table->page = frame->page;
	table->is_scan = frame->is_scan;
	table->em = frame->em;
	table->box = box;
	table->columns = g_array_new(FALSE, FALSE, sizeof(float));
	table->cells = g_ptr_array_new_with_free_func(free_cell);
	return table;
}

void
table_free(Table *table)
{
	if (table == NULL)
		return;
	g_array_unref(table->columns);
	g_clear_pointer(&table->spans, g_array_unref);
	g_ptr_array_unref(table->cells);
	g_free(table);
}

Cell *
table_add_cell(Table *table, guint row, guint column, guint n_rows, guint n_columns, BlockBox box)
{
	Cell *cell = g_new(Cell, 1);

	*cell = (Cell){
	    .row = row,
	    .column = column,
	    .n_rows = n_rows,
	    .n_columns = n_columns,
	    .box = box,
	    .lines = g_ptr_array_new(),
	};
	table->n_rows = MAX(table->n_rows, row + n_rows);
	g_ptr_array_add(table->cells, cell);
	return cell;
}

/* The space between border and text, by the lines that come nearest in each column. */
static void
measure_padding(const Table *table, float *paddings)
{
	for (guint i = 0; i < table_n_columns(table); i++)
		paddings[i] = table->em;
	for (guint i = 0; i < table->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(table->cells, i);

		for (guint j = 0; j < cell->lines->len; j++) {
			const Line *line = g_ptr_array_index(cell->lines, j);
			float *first = &paddings[cell->column];
			float *last = &paddings[cell->column + cell->n_columns - 1];

			*first = MIN(*first, line->box.left - cell->box.left);
			*last = MIN(*last, cell->box.right - line->box.right);
		}
	}
}

static void
set_room(const Table *table)
{
	g_autofree float *paddings = g_new(float, table->columns->len);

	measure_padding(table, paddings);
	for (guint i = 0; i < table->cells->len; i++) {
		const Cell *cell = g_ptr_array_index(table->cells, i);
		float first = MAX(paddings[cell->column], 0);
		float last = MAX(paddings[cell->column + cell->n_columns - 1], 0);

		for (guint j = 0; j < cell->lines->len; j++) {
			Line *line = g_ptr_array_index(cell->lines, j);

			line->left = cell->box.left + first;
			line->right = cell->box.right - last;
		}
	}
}

/* Lines of words that run upwards or downwards in a narrow cell are put upright for the reading. */
static void
fill_cell(Arena *arena, const Frame *frame, Cell *cell, Word **words, size_t n)
{
	g_autofree Word *copies = g_new(Word, n);
	g_autoptr(GPtrArray) lines = NULL;
	Turn turn;

	for (size_t i = 0; i < n; i++)
		copies[i] = *words[i];
	turn = frame_find_turn(copies, n);
	for (size_t i = 0; turn != TURN_NONE && i < n; i++)
		words[i]->box = frame_turn(words[i]->box, turn, frame->width, frame->height);
	lines = lines_find(arena, frame, words, n);
	g_ptr_array_extend(cell->lines, lines, NULL, NULL);
	if (turn != TURN_NONE)
		cell->box = frame_turn(cell->box, turn, frame->width, frame->height);
}

void
table_fill(Arena *arena, const Frame *frame, Table *table, Word **words, const guint *cell_of, size_t n)
{
	guint n_cells = table->cells->len;
	g_autofree size_t *ends = g_new0(size_t, n_cells + 1);
	g_autofree Word **sorted = g_new(Word *, n + 1);

	for (size_t i = 0; i < n; i++)
		ends[cell_of[i] + 1]++;
	for (guint i = 1; i <= n_cells; i++)
		ends[i] += ends[i - 1];
	for (size_t i = 0; i < n; i++)
		sorted[ends[cell_of[i]]++] = words[i];
	for (guint i = 0; i < n_cells; i++) {
		size_t begin = i > 0 ? ends[i - 1] : 0;

		if (ends[i] > begin)
			fill_cell(arena, frame, g_ptr_array_index(table->cells, i), sorted + begin,
			    ends[i] - begin);
	}
	set_room(table);
}

char *
cell_text(const Cell *cell)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < cell->lines->len; i++) {
		g_autofree char *line = line_text(g_ptr_array_index(cell->lines, i));

		if (i > 0)
			g_string_append_c(text, ' ');
		g_string_append(text, line);
	}
	return g_string_free(text, FALSE);
}

/* A mark like this one has begun an item of the cell before. */
static bool
has_begun_with(const Cell *cell, guint at, MarkerKind kind)
{
	for (guint i = at > LOOK_BACK ? at - LOOK_BACK : 0; i < at; i++)
		if (marker_of_line(g_ptr_array_index(cell->lines, i)) == kind)
			return true;
	return false;
}

static bool
is_centered_pair(const Line *a, const Line *b)
{
	float middle = (a->left + a->right) / 2, near = (a->is_scan ? 0.6f : 0.3f) * a->size;

	return distance(box_middle(&a->box), middle) < near && distance(box_middle(&b->box), middle) < near;
}

static bool
was_ended(const Cell *cell, guint at)
{
	const Line *before = g_ptr_array_index(cell->lines, at - 1),
		   *line = g_ptr_array_index(cell->lines, at);

	return line_was_ended(before, line, is_centered_pair(before, line));
}

/* True where the cell lists names, one to a paragraph, and the line begins with what such names begin with: a
 * name that fills its line is followed by another. */
static bool
begins_listed_name(const Cell *cell, guint at)
{
	bool is_list = false;

	for (guint i = at > LOOK_BACK ? at - LOOK_BACK : 1;
	     !is_list && i < at + LOOK_BACK && i < cell->lines->len; i++)
		is_list = i != at && i > 0 && was_ended(cell, i);
	return is_list && marker_begins_office(g_ptr_array_index(cell->lines, at)) &&
	       !marker_wants_more(g_ptr_array_index(cell->lines, at - 1));
}

/* A word wider than its cell is cut anywhere: what is left of it has no vowel, or is the end of a number. Nor
 * does a line begin with a comma. */
static bool
is_cut_word(const Line *before, const Line *line)
{
	if (strchr(",.;:", line->words[0]->source->text[0]) != NULL)
		return true;
	return before->n_words == 1 && before->right - before->box.right < 0.7f * before->size &&
	       marker_is_rest_of_word(before->words[0]->source->text, line->words[0]->source->text);
}

BlockBreak
cell_break(const Cell *cell, guint at)
{
	const Line *line = g_ptr_array_index(cell->lines, at);
	const Line *before = g_ptr_array_index(cell->lines, at - 1);
	MarkerKind kind = marker_of_line(line);

	if (is_cut_word(before, line))
		return BLOCK_BREAK_NONE;
	if (kind != MARKER_NONE && (marker_ends_sentence(before) || has_begun_with(cell, at, kind)))
		return BLOCK_BREAK_PARAGRAPH;
	return was_ended(cell, at) || begins_listed_name(cell, at) ? BLOCK_BREAK_PARAGRAPH : BLOCK_BREAK_LINE;
}
