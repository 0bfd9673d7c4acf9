/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/rules.h"

#include "base/ceilings.h"

#include <math.h>

#define JOIN_ACROSS 0.75f /* points that the middles of two pieces of one line may lie apart */
#define JOIN_GAP 1.5f     /* points between the end of a piece and the start of the next */
#define LENGTH_MIN 6.0f   /* points; shorter ones are strokes of drawn letters, ticks, corners */

/* A rule as if it were flat: upright ones with their axes exchanged. */
typedef struct {
	float from, to;              /* along */
	float middle, before, after; /* across */
} Line;

static Line
line_of(const BlockBox *box, bool is_flat)
{
	Line line;

	line.from = is_flat ? box->left : box->top;
	line.to = is_flat ? box->right : box->bottom;
	line.before = is_flat ? box->top : box->left;
	line.after = is_flat ? box->bottom : box->right;
	line.middle = (line.before + line.after) / 2;
	return line;
}

static int
compare_across(gconstpointer left, gconstpointer right)
{
	const Line *a = left, *b = right;

	if (a->middle < b->middle || a->middle > b->middle)
		return a->middle < b->middle ? -1 : 1;
	return a->from < b->from ? -1 : a->from > b->from;
}

static int
compare_along(gconstpointer left, gconstpointer right)
{
	const Line *a = left, *b = right;

	return a->from < b->from ? -1 : a->from > b->from;
}

static void
add_line(PageSheet *sheet, const Line *line, bool is_flat)
{
	BlockBox box = is_flat ? (BlockBox){line->from, line->before, line->to, line->after}
			       : (BlockBox){line->before, line->from, line->after, line->to};

	box.left = fmaxf(box.left, 0);
	box.top = fmaxf(box.top, 0);
	box.right = fminf(box.right, sheet->width);
	box.bottom = fminf(box.bottom, sheet->height);
	if (box.left <= box.right && box.top <= box.bottom &&
	    (is_flat ? box.right - box.left : box.bottom - box.top) >= LENGTH_MIN &&
	    sheet->rules->len < LIMIT_PAGE_RULES)
		page_add_rule(sheet, box);
}

/* The lines of one height, sorted along. */
static void
join_row(PageSheet *sheet, const Line *lines, guint n_lines, bool is_flat)
{
	Line line = lines[0];

	for (guint i = 1; i < n_lines; i++) {
		if (lines[i].from > line.to + JOIN_GAP) {
			add_line(sheet, &line, is_flat);
			line = lines[i];
			continue;
		}
		line.to = fmaxf(line.to, lines[i].to);
		line.before = fminf(line.before, lines[i].before);
		line.after = fmaxf(line.after, lines[i].after);
	}
	add_line(sheet, &line, is_flat);
}

static void
join(PageSheet *sheet, GArray *lines, bool is_flat)
{
	Line *all = (Line *)(void *)lines->data;

	g_array_sort(lines, compare_across);
	for (guint begin = 0, i = 1; i <= lines->len; i++) {
		if (i < lines->len && all[i].middle - all[begin].middle <= JOIN_ACROSS)
			continue;
		qsort(all + begin, i - begin, sizeof(Line), compare_along);
		join_row(sheet, all + begin, i - begin, is_flat);
		begin = i;
	}
}

void
rules_add_joined(PageSheet *sheet, const GArray *pieces)
{
	g_autoptr(GArray) flat = g_array_new(FALSE, FALSE, sizeof(Line));
	g_autoptr(GArray) upright = g_array_new(FALSE, FALSE, sizeof(Line));

	for (guint i = 0; i < pieces->len; i++) {
		const BlockBox *box = &g_array_index(pieces, BlockBox, i);
		bool is_flat = box->right - box->left >= box->bottom - box->top;
		Line line = line_of(box, is_flat);

		g_array_append_val(is_flat ? flat : upright, line);
	}
	join(sheet, flat, true);
	join(sheet, upright, false);
}
