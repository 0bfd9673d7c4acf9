/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/gaps.h"

#include "reader/layout/marker.h"
#include "reader/layout/titles.h"

#include <string.h>

#define NUMBERED_MIN 2   /* rows with a number, where no part of the table came before */
#define FAR_OF_SIZE 1.0f /* a gap above a line that is no row's first: text behind the table */
#define SIZE_SHARE 0.08f /* by which letters of one table differ */
#define NUMBER_LETTERS 4 /* of a row's number that was recognised wrongly */
#define SAME_PLACE 4.0f
#define PAGE_NUMBER_WORDS 3 /* "- 2 -" */

static bool
is_number(const Line *line, const Segment *segment)
{
	return segment->n == 1 && marker_is_row_number(line->words[segment->first]->source->text);
}

/* True where the line is a title over the columns: it has a number of its own, or stands out. */
static bool
is_group(const Run *run, const Line *line)
{
	const Columns *columns = &run->columns;
	Segment segments[COLUMNS_MAX];
	guint n = columns_split(line, segments), column;

	if (n == 1)
		return line->is_bold && segments[0].span.left >= columns->spans[0].left - run->em &&
		       segments[0].span.right <= columns->spans[columns->n - 1].right + run->em &&
		       columns_count(columns, segments[0].span, &column) > 1;
	if (n != 2 || columns_count(columns, segments[1].span, &column) < 2 || column == 0)
		return false;
	return columns_count(columns, segments[0].span, &column) <= 1 && column == 0 &&
	       is_number(line, &segments[0]);
}

/* True where the line goes on with the title over the columns in the line before. */
static bool
is_rest_of_group(const Run *run, guint at)
{
	const Line *line = run_line(run, at);
	Segment segments[COLUMNS_MAX];

	return at > run->body && run->is_group[at - 1] && run->gaps[at] <= run->row_gap &&
	       !run_has_number(run, at) && line_looks_like(run_line(run, at - 1), line) &&
	       columns_split(line, segments) == 1 &&
	       (line->is_bold || columns_place(&run->columns, line, segments) == 0);
}

/* True where the line stands apart from those above as text behind a table does. */
static bool
stands_apart(const Run *run, guint at)
{
	const Line *line = run_line(run, at);
	Segment segments[COLUMNS_MAX];

	if (at == run->first)
		return false;
	if (line->box.top - run_line(run, at - 1)->box.top > RUN_STEP_MAX * line->size)
		return true;
	if (run_has_number(run, at))
		return false;
	if (run->gaps[at] > run->row_gap + FAR_OF_SIZE * run->em)
		return true;
	return !line->is_scan && columns_split(line, segments) == 1 &&
	       distance(line->size, run->em) > SIZE_SHARE * run->em;
}

/* True where the first column has nothing but a row's number. */
static bool
has_fit_number(const Line *line, const Segment *segments, guint n)
{
	const Segment *first = &segments[0];

	if (first->column > 0 || is_number(line, first))
		return true;
	return line->is_scan && n > 2 && segments[1].column > 0 && first->n == 1 &&
	       g_utf8_strlen(line->words[first->first]->source->text, -1) <= NUMBER_LETTERS;
}

/* Takes a line in where it keeps to the columns, which grow with it; or where it is a title over them. */
static bool
take(Run *run, guint at)
{
	const Line *line = run_line(run, at);
	Segment segments[COLUMNS_MAX];
	guint n;

	run->is_group[at] = is_rest_of_group(run, at) || is_group(run, line);
	if (run->is_group[at])
		return true;
	n = columns_place(&run->columns, line, segments);
	if (n == 0 || !has_fit_number(line, segments, n))
		return false;
	columns_grow(&run->columns, segments, n);
	return true;
}

/* Follows the table from its titles (or its sheet's first row) to its end; gives the number of rows with a
 * number. */
static guint
follow(Run *run)
{
	guint n_numbered = 0;

	for (run->end = run->body; run->end < run->lines->len; run->end++) {
		if (stands_apart(run, run->end) || !take(run, run->end))
			break;
		n_numbered += run_has_number(run, run->end);
	}
	while (run->end > run->body && run->is_group[run->end - 1] && !run_has_number(run, run->end - 1))
		run->end--;
	return n_numbered;
}

static void
measure_gaps(Run *run)
{
	float bottom = 0;

	for (guint i = 0; i < run->lines->len; i++) {
		const Line *line = run_line(run, i);

		run->gaps[i] = line->box.top - bottom;
		bottom = MAX(bottom, line->box.bottom);
	}
}

static bool
is_page_number(const Line *line)
{
	for (size_t i = 0; i < line->n_words; i++) {
		const char *text = line->words[i]->source->text;

		if (text[strspn(text, "0123456789-/.")] != '\0')
			return false;
	}
	return line->n_words <= PAGE_NUMBER_WORDS;
}

/* The table that the sheet before ends with, where it is one without rulings. */
static const Table *
open_end(const Frame *frame, const Sheet *previous)
{
	const Table *last;

	if (previous == NULL || previous->tables->len == 0 ||
	    distance(previous->frame->width, frame->width) > SAME_PLACE)
		return NULL;
	last = g_ptr_array_index(previous->tables, previous->tables->len - 1);
	for (guint i = 0; i < previous->lines->len; i++) {
		const Line *line = g_ptr_array_index(previous->lines, i);

		if (line->box.top > last->box.top && !is_page_number(line))
			return NULL;
	}
	return last->spans != NULL ? last : NULL;
}

static void
use_columns(Run *run, const Table *previous)
{
	run->previous = previous;
	run->columns.n = previous->spans->len;
	memcpy(run->columns.spans, previous->spans->data, sizeof(Span) * previous->spans->len);
}

/* True where the sheet's text begins in the table of the sheet before: rows, or the rest of one. */
static bool
find_rest(Run *run, const Table *previous)
{
	Segment segments[COLUMNS_MAX];

	run->first = 0;
	while (run->first < run->lines->len && is_page_number(run_line(run, run->first)))
		run->first++;
	if (run->first == run->lines->len)
		return false;
	run->body = run->first;
	use_columns(run, previous);
	run_learn_gaps(run, run->first);
	if (!run_has_number(run, run->first) &&
	    columns_place(&run->columns, run_line(run, run->first), segments) < 2)
		return false;
	return follow(run) > 0;
}

/* True where the titles are those of the table on the sheet before. */
static bool
is_again(const Run *run, const Table *previous)
{
	if (previous == NULL || previous->spans->len != run->columns.n)
		return false;
	for (guint i = 0; i < run->columns.n; i++) {
		const Span *span = &g_array_index(previous->spans, Span, i);

		if (run->columns.spans[i].left < span->left - run->em ||
		    run->columns.spans[i].right > span->right + run->em)
			return false;
	}
	return true;
}

/* Finds the table whose number column has its title in this line. */
static bool
find_table(Run *run, guint anchor, const Table *previous)
{
	run->previous = NULL;
	if (!titles_find(run, anchor))
		return false;
	if (!is_again(run, previous))
		return follow(run) >= NUMBERED_MIN;
	use_columns(run, previous);
	follow(run);
	return run->end > run->body;
}

/* Adds the run's table and takes its lines away; gives the line that follows. */
static guint
add_table(Arena *arena, const Frame *frame, const Run *run, GPtrArray *lines, GPtrArray *tables)
{
	guint n = run->end - run->first;

	g_ptr_array_add(tables, run_build(arena, frame, run));
	g_ptr_array_remove_range(lines, run->first, n);
	memmove(run->gaps + run->first, run->gaps + run->end, sizeof(float) * (lines->len - run->first));
	return run->first;
}

void
gaps_find_tables(Arena *arena, const Frame *frame, const Sheet *previous, GPtrArray *lines, GPtrArray *tables)
{
	const Table *before = open_end(frame, previous);
	Run run = {
	    .lines = lines,
	    .gaps = arena_array(arena, float, lines->len + 1),
	    .is_group = arena_array(arena, bool, lines->len + 1),
	};
	guint at = 0;

	measure_gaps(&run);
	if (before != NULL && find_rest(&run, before))
		at = add_table(arena, frame, &run, lines, tables);
	while (at < lines->len)
		at = find_table(&run, at, before) ? add_table(arena, frame, &run, lines, tables) : at + 1;
}
