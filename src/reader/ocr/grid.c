/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/grid.h"

#include <stdlib.h>

/* Lengths in points. */
#define ACROSS_LENGTH 24.0f /* shorter level strokes are dashes and parts of letters */
#define DOWN_LENGTH 11.5f   /* a row of one printed line is about 14 high; the tallest letter 11 */
#define THICKNESS_MAX 3.0f
#define BEND 0.7f       /* how far a line may leave its course along one seed */
#define GAP_MAX 9.0f    /* of a broken line */
#define OFFSET_MAX 1.6f /* between two parts of one line */
#define REACH 4.0f      /* how far from its end a line still meets another */
#define CELL_MIN 5.0f   /* each way */
#define CELL_FILL 0.8   /* of its box */
#define FRINGE 0.4f     /* grey beside a line */

void
grid_clear(Grid *grid)
{
	g_clear_pointer(&grid->across, g_array_unref);
	g_clear_pointer(&grid->down, g_array_unref);
	boxaDestroy(&grid->cells);
}

/* The ink that runs on for `length` pixels along the direction, a little bent or not. */
static PIX *
find_runs(const Leaf *leaf, bool is_across, int length)
{
	const int bend = 1 + 2 * MAX(leaf_pixels(leaf, BEND) / 2, 1), close = leaf_pixels(leaf, 1.0f) | 1;
	g_autoptr(PIX) wide = is_across ? pixDilateBrick(NULL, leaf->ink, close, bend)
					: pixDilateBrick(NULL, leaf->ink, bend, close);
	g_autoptr(PIX) runs =
	    is_across ? pixOpenBrick(NULL, wide, length, 1) : pixOpenBrick(NULL, wide, 1, length);

	return runs != NULL ? pixAnd(NULL, runs, leaf->ink) : NULL;
}

static GridLine
line_of_box(l_int32 left, l_int32 top, l_int32 width, l_int32 height, bool is_across)
{
	return is_across ? (GridLine){left, left + width, top + height / 2, height}
			 : (GridLine){top, top + height, left + width / 2, width};
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
	const GridLine *x = a, *y = b;

	return x->at != y->at ? (x->at < y->at ? -1 : 1) : (x->from > y->from) - (x->from < y->from);
}

/* Joins the parts of broken lines. */
static void
join_lines(const Leaf *leaf, GArray *lines)
{
	const int gap = leaf_pixels(leaf, GAP_MAX), offset = leaf_pixels(leaf, OFFSET_MAX);

	for (guint i = 0; i < lines->len; i++) {
		GridLine *line = &g_array_index(lines, GridLine, i);

		for (guint j = i + 1; j < lines->len;) {
			const GridLine *other = &g_array_index(lines, GridLine, j);

			if (other->at > line->at + offset)
				break;
			if (other->from > line->to + gap || other->to < line->from - gap) {
				j++;
				continue;
			}
			if (other->to - other->from > line->to - line->from)
				line->at = other->at;
			line->from = MIN(line->from, other->from);
			line->to = MAX(line->to, other->to);
			line->thickness = MAX(line->thickness, other->thickness);
			g_array_remove_index(lines, j);
			j = i + 1;
		}
	}
}

static GArray *
find_lines(const Leaf *leaf, PIX *runs, bool is_across, int length)
{
	g_autoptr(BOXA) boxes = pixConnCompBB(runs, 8);
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(GridLine));
	const int thickness = leaf_pixels(leaf, THICKNESS_MAX);

	for (l_int32 i = 0; i < boxaGetCount(boxes); i++) {
		l_int32 left, top, width, height;
		GridLine line;

		boxaGetBoxGeometry(boxes, i, &left, &top, &width, &height);
		line = line_of_box(left, top, width, height, is_across);
		if (line.thickness <= thickness + (line.to - line.from) / 100 &&
		    (line.to - line.from) * 2 >= length)
			g_array_append_val(lines, line);
	}
	g_array_sort(lines, compare_lines);
	join_lines(leaf, lines);
	return lines;
}

/* Whether a line of the other direction comes near `along` of this one's course at `at`. */
static bool
meets(const GArray *others, int along, int at, int reach)
{
	for (guint i = 0; i < others->len; i++) {
		const GridLine *other = &g_array_index(others, GridLine, i);

		if (abs(other->at - along) <= reach && other->from - reach <= at && other->to + reach >= at)
			return true;
	}
	return false;
}

/* Keeps the upright lines that end at level ones: the rest is strokes of letters, stamps, margins. */
static void
drop_loose(const Leaf *leaf, GArray *lines, const GArray *others)
{
	const int reach = leaf_pixels(leaf, REACH);

	for (guint i = 0; i < lines->len;) {
		const GridLine *line = &g_array_index(lines, GridLine, i);

		if (meets(others, line->from, line->at, reach) && meets(others, line->to, line->at, reach))
			i++;
		else
			g_array_remove_index(lines, i);
	}
}

/* Draws an end of a line out to the line it nearly meets. */
static void
reach_out(int *end, int at, const GArray *others, int reach)
{
	int best = reach + 1, to = *end;

	for (guint i = 0; i < others->len; i++) {
		const GridLine *other = &g_array_index(others, GridLine, i);
		int distance = abs(other->at - *end);

		if (distance < best && other->from - reach <= at && other->to + reach >= at) {
			best = distance;
			to = other->at;
		}
	}
	*end = to;
}

static void
close_corners(const Leaf *leaf, GArray *lines, const GArray *others)
{
	const int reach = leaf_pixels(leaf, REACH);

	for (guint i = 0; i < lines->len; i++) {
		GridLine *line = &g_array_index(lines, GridLine, i);

		reach_out(&line->from, line->at, others, reach);
		reach_out(&line->to, line->at, others, reach);
	}
}

static void
draw_lines(PIX *pix, const GArray *lines, bool is_across)
{
	for (guint i = 0; i < lines->len; i++) {
		const GridLine *line = &g_array_index(lines, GridLine, i);
		int left = is_across ? line->from - 1 : line->at - 1,
		    top = is_across ? line->at - 1 : line->from - 1;
		int width = is_across ? line->to - line->from + 3 : 3,
		    height = is_across ? 3 : line->to - line->from + 3;

		pixRasterop(pix, left, top, width, height, PIX_SET, NULL, 0, 0);
	}
}

/* Cells are the white islands between the lines, drawn anew without gaps. */
static BOXA *
find_cells(const Leaf *leaf, const Grid *grid)
{
	const int least = leaf_pixels(leaf, CELL_MIN);
	g_autoptr(PIX) drawn = pixCreateTemplate(leaf->ink);
	g_autoptr(PIX) islands = NULL;
	PIXA *parts = NULL;
	g_autoptr(BOXA) boxes = NULL, cells = boxaCreate(0);

	draw_lines(drawn, grid->across, true);
	draw_lines(drawn, grid->down, false);
	pixInvert(drawn, drawn);
	islands = pixRemoveBorderConnComps(drawn, 4);
	boxes = pixConnComp(islands, &parts, 4);
	for (l_int32 i = 0; i < boxaGetCount(boxes); i++) {
		BOX *box = boxaGetBox(boxes, i, L_CLONE);
		l_int32 width, height, count = 0;
		g_autoptr(PIX) part = pixaGetPix(parts, i, L_CLONE);

		boxGetGeometry(box, NULL, NULL, &width, &height);
		pixCountPixels(part, &count, NULL);
		if (width >= least && height >= least && count >= CELL_FILL * width * height)
			boxaAddBox(cells, box, L_INSERT);
		else
			boxDestroy(&box);
	}
	pixaDestroy(&parts);
	return g_steal_pointer(&cells);
}

/* The mean thickness of lines, from their ink. */
static int
measure_thickness(const GArray *lines, PIX *runs)
{
	l_int32 ink = 0;
	long length = 0;

	for (guint i = 0; i < lines->len; i++)
		length += g_array_index(lines, GridLine, i).to - g_array_index(lines, GridLine, i).from;
	(void)pixCountPixels(runs, &ink, NULL);
	return length > 0 ? MAX((int)(ink / length), 1) : 1;
}

/* Takes the ink of the lines out. What runs on across a line is the stroke of a letter and stays. */
static void
erase_lines(Leaf *leaf, const GArray *lines, PIX *runs, bool is_across)
{
	const int fringe = 1 + 2 * leaf_pixels(leaf, FRINGE);
	const int stroke = measure_thickness(lines, runs) * 2 + 2;
	g_autoptr(PIX) strokes =
	    is_across ? pixOpenBrick(NULL, leaf->ink, 1, stroke) : pixOpenBrick(NULL, leaf->ink, stroke, 1);
	g_autoptr(PIX) mask = pixCreateTemplate(leaf->ink);

	for (guint i = 0; i < lines->len; i++) {
		const GridLine *line = &g_array_index(lines, GridLine, i);
		const int half = line->thickness / 2 + 1, length = line->to - line->from;

		if (is_across)
			pixRasterop(
			    mask, line->from, line->at - half, length, 2 * half + 1, PIX_SET, NULL, 0, 0);
		else
			pixRasterop(
			    mask, line->at - half, line->from, 2 * half + 1, length, PIX_SET, NULL, 0, 0);
	}
	pixAnd(mask, mask, runs);
	pixSubtract(mask, mask, strokes);
	if (is_across)
		pixDilateBrick(mask, mask, 1, fringe);
	else
		pixDilateBrick(mask, mask, fringe, 1);
	pixSubtract(mask, mask, strokes);
	pixSetMasked(leaf->gray, mask, 255);
	pixSubtract(leaf->ink, leaf->ink, mask);
}

void
grid_find(Leaf *leaf, Grid *ret_grid)
{
	const int length_across = leaf_pixels(leaf, ACROSS_LENGTH),
		  length_down = leaf_pixels(leaf, DOWN_LENGTH);
	g_autoptr(PIX) runs_across = find_runs(leaf, true, length_across);
	g_autoptr(PIX) runs_down = find_runs(leaf, false, length_down);

	ret_grid->across = find_lines(leaf, runs_across, true, length_across);
	ret_grid->down = find_lines(leaf, runs_down, false, length_down);
	drop_loose(leaf, ret_grid->down, ret_grid->across);
	close_corners(leaf, ret_grid->across, ret_grid->down);
	close_corners(leaf, ret_grid->down, ret_grid->across);
	ret_grid->cells = find_cells(leaf, ret_grid);
	erase_lines(leaf, ret_grid->across, runs_across, true);
	erase_lines(leaf, ret_grid->down, runs_down, false);
}
