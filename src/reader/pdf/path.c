/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/path.h"

#include <math.h>

#define AXIS_SLACK 0.35    /* how far off its axis a line may end */
#define THICKNESS_MAX 4.0  /* of a filled figure that is a line; thicker ones are backgrounds */
#define LINE_WIDTH_MAX 8.0 /* of a stroke that is a line; thicker ones are painted areas */
#define SLENDER 3.0        /* how many times longer than thick a figure is that is a line */

void
path_init(Path *path)
{
	path->points = g_array_new(FALSE, FALSE, sizeof(PathPoint));
	path->is_cut = false;
}

void
path_clear(Path *path)
{
	g_clear_pointer(&path->points, g_array_unref);
}

void
path_begin(Path *path)
{
	g_array_set_size(path->points, 0);
	path->is_cut = false;
}

void
path_add(Path *path, double x, double y, bool is_start, bool is_curve)
{
	PathPoint point = {x, y, is_start || path->points->len == 0, is_curve};

	if (path->points->len >= PATH_POINTS_MAX)
		path->is_cut = true;
	else
		g_array_append_val(path->points, point);
}

void
path_close(Path *path)
{
	guint at = path->points->len;
	const PathPoint *points = (const PathPoint *)(const void *)path->points->data;

	while (at > 0) {
		at--;
		if (points[at].is_start) {
			path_add(path, points[at].x, points[at].y, false, false);
			return;
		}
	}
}

void
path_rectangle(Path *path, double x, double y, double width, double height)
{
	path_add(path, x, y, true, false);
	path_add(path, x + width, y, false, false);
	path_add(path, x + width, y + height, false, false);
	path_add(path, x, y + height, false, false);
	path_add(path, x, y, false, false);
}

bool
path_has_curve(const Path *path)
{
	for (guint i = 0; i < path->points->len; i++)
		if (g_array_index(path->points, PathPoint, i).is_curve)
			return true;
	return false;
}

static BlockBox
box_of(double x1, double y1, double x2, double y2)
{
	BlockBox box = {(float)fmin(x1, x2), (float)fmin(y1, y2), (float)fmax(x1, x2), (float)fmax(y1, y2)};

	return box;
}

void
path_stroke(const Path *path, double flat_width, double upright_width, PathAddRule add, void *data)
{
	const PathPoint *points = (const PathPoint *)(const void *)path->points->data;
	double flat = flat_width / 2, upright = upright_width / 2;

	for (guint i = 1; !path->is_cut && i < path->points->len; i++) {
		const PathPoint *from = &points[i - 1], *to = &points[i];
		double dx = fabs(to->x - from->x), dy = fabs(to->y - from->y);

		if (to->is_start || to->is_curve)
			continue;
		if (dy <= AXIS_SLACK && dx > dy && flat_width <= LINE_WIDTH_MAX)
			add(data,
			    box_of(from->x, fmin(from->y, to->y) - flat, to->x, fmax(from->y, to->y) + flat));
		else if (dx <= AXIS_SLACK && dy > dx && upright_width <= LINE_WIDTH_MAX)
			add(data, box_of(fmin(from->x, to->x) - upright, from->y,
				      fmax(from->x, to->x) + upright, to->y));
	}
}

static void
fill_figure(const PathPoint *points, guint n_points, PathAddRule add, void *data)
{
	double left = points[0].x, right = left, top = points[0].y, bottom = top, thin, length;

	for (guint i = 1; i < n_points; i++) {
		if (points[i].is_curve)
			return;
		left = fmin(left, points[i].x);
		right = fmax(right, points[i].x);
		top = fmin(top, points[i].y);
		bottom = fmax(bottom, points[i].y);
	}
	thin = fmin(right - left, bottom - top);
	length = fmax(right - left, bottom - top);
	if (n_points >= 3 && thin <= THICKNESS_MAX && length > 0 && length >= SLENDER * thin)
		add(data, box_of(left, top, right, bottom));
}

void
path_fill(const Path *path, PathAddRule add, void *data)
{
	const PathPoint *points = (const PathPoint *)(const void *)path->points->data;
	guint begin = 0, len = path->is_cut ? 0 : path->points->len;

	for (guint i = 1; i <= len; i++)
		if (i == len || points[i].is_start) {
			fill_figure(points + begin, i - begin, add, data);
			begin = i;
		}
}
