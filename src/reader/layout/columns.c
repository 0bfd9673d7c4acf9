/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/layout/columns.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define GAP_OF_SIZE 0.8f   /* between columns, on one line */
#define TIGHT_OF_SIZE 0.5f /* between full cells; words of one cell may lie as far apart */
#define SEGMENTS_MAX 96    /* of a header */

static guint
split(const Line *line, float gap, Segment *segments)
{
	guint n = 0;

	for (size_t i = 0; i < line->n_words; i++) {
		const BlockBox *box = &line->words[i]->box;

		if (i == 0 || line_gap(line, i) > gap * line->size) {
			if (n == COLUMNS_MAX)
				return 0;
			segments[n++] = (Segment){.first = i, .span = {box->left, box->right}};
		}
		segments[n - 1].n++;
		segments[n - 1].span.right = MAX(segments[n - 1].span.right, box->right);
	}
	return n;
}

guint
columns_split(const Line *line, Segment *segments)
{
	return split(line, GAP_OF_SIZE, segments);
}

char *
segment_text(const Line *line, const Segment *segment)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < segment->n; i++) {
		const char *word = line->words[segment->first + i]->source->text;

		if (i > 0)
			g_string_append_c(text, ' ');
		text_fold_append(text, word, strlen(word));
	}
	return g_string_free(text, FALSE);
}

/* How far two spans lie apart; negative where they overlap. */
static float
apart(Span a, Span b)
{
	return MAX(a.left, b.left) - MIN(a.right, b.right);
}

guint
columns_count(const Columns *columns, Span span, guint *ret_column)
{
	float least = G_MAXFLOAT;
	guint n = 0;

	*ret_column = 0;
	for (guint i = 0; i < columns->n; i++) {
		float space = apart(columns->spans[i], span);

		n += space < 0;
		if (space < least && n <= 1) {
			least = space;
			*ret_column = i;
		}
	}
	return n;
}

static int
compare_widths(const void *a, const void *b)
{
	const Span *x = a, *y = b;
	float p = x->right - x->left, q = y->right - y->left;

	return (p > q) - (p < q);
}

static int
compare_lefts(const void *a, const void *b)
{
	const Span *x = a, *y = b;

	return (x->left > y->left) - (x->left < y->left);
}

static size_t
collect_titles(const GPtrArray *lines, guint first, guint end, Span *titles)
{
	Segment segments[COLUMNS_MAX];
	size_t n = 0;

	for (guint i = first; i < end; i++) {
		guint n_segments = columns_split(g_ptr_array_index(lines, i), segments);

		for (guint s = 0; s < n_segments && n < SEGMENTS_MAX; s++)
			titles[n++] = segments[s].span;
	}
	return n;
}

bool
columns_seed(Columns *columns, const GPtrArray *lines, guint first, guint end)
{
	Span titles[SEGMENTS_MAX];
	size_t n = collect_titles(lines, first, end, titles);

	/* The narrow ones come first: a wide one over several is the title of none. */
	qsort(titles, n, sizeof(Span), compare_widths);
	columns->n = 0;
	for (size_t i = 0; i < n; i++) {
		guint column, n_reached = columns_count(columns, titles[i], &column);

		if (n_reached > 1)
			continue;
		if (n_reached == 1) {
			columns->spans[column].left = MIN(columns->spans[column].left, titles[i].left);
			columns->spans[column].right = MAX(columns->spans[column].right, titles[i].right);
		} else if (columns->n == COLUMNS_MAX) {
			return false;
		} else {
			columns->spans[columns->n++] = titles[i];
		}
	}
	qsort(columns->spans, columns->n, sizeof(Span), compare_lefts);
	return true;
}

/* The column of a segment that lies between two: of both the one that the line has no text in yet, or the
 * nearest. */
static guint
column_between(const Columns *columns, const Segment *segments, guint n, guint at, guint nearest)
{
	const Span *span = &segments[at].span;
	guint right = nearest, column;

	if (columns->spans[nearest].right <= span->left)
		right++;
	if (right == 0 || right == columns->n)
		return nearest;
	if (at + 1 < n && columns_count(columns, segments[at + 1].span, &column) == 1 && column == right)
		return right - 1;
	if (at > 0 && segments[at - 1].column == right - 1)
		return right;
	return nearest;
}

static bool
assign(const Columns *columns, Segment *segments, guint n)
{
	for (guint i = 0; i < n; i++) {
		guint column, n_reached = columns_count(columns, segments[i].span, &column);

		if (n_reached > 1)
			return false;
		if (n_reached == 0)
			column = column_between(columns, segments, n, i, column);
		segments[i].column = column;
		if (i > 0 && column < segments[i - 1].column)
			return false;
	}
	return true;
}

guint
columns_place(const Columns *columns, const Line *line, Segment *segments)
{
	static const float GAPS[] = {GAP_OF_SIZE, TIGHT_OF_SIZE};

	for (size_t i = 0; i < G_N_ELEMENTS(GAPS); i++) {
		guint n = split(line, GAPS[i], segments);

		if (n > 0 && assign(columns, segments, n))
			return n;
	}
	return 0;
}

void
columns_grow(Columns *columns, const Segment *segments, guint n)
{
	for (guint i = 0; i < n; i++) {
		Span *span = &columns->spans[segments[i].column];

		span->left = MIN(span->left, segments[i].span.left);
		span->right = MAX(span->right, segments[i].span.right);
	}
}
