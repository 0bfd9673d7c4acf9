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

bool
path_has_curve(const Path *path)
{
	for (guint i = 0; i < path->points->len; i++)
		if (g_array_index(path->points, PathPoint, i).is_curve)
			return true;
	return false;
}

/* Gives a rectangle as far as the clip shows it; false where it does not. */
static bool
clip_box(const PathClip *clip, double x1, double y1, double x2, double y2, PathClip *ret_box)
{
	ret_box->left = fmax(fmin(x1, x2), clip->left);
	ret_box->top = fmax(fmin(y1, y2), clip->top);
	ret_box->right = fmin(fmax(x1, x2), clip->right);
	ret_box->bottom = fmin(fmax(y1, y2), clip->bottom);
	return ret_box->left <= ret_box->right && ret_box->top <= ret_box->bottom;
}

static void
put(const PathClip *box, PathAddRule add, void *data)
{
	add(data, (BlockBox){(float)box->left, (float)box->top, (float)box->right, (float)box->bottom});
}

void
path_stroke(const Path *path, double flat_width, double upright_width, const PathClip *clip, PathAddRule add,
    void *data)
{
	const PathPoint *points = (const PathPoint *)(const void *)path->points->data;
	double flat = flat_width / 2, upright = upright_width / 2;

	for (guint i = 1; !path->is_cut && i < path->points->len; i++) {
		const PathPoint *from = &points[i - 1], *to = &points[i];
		double dx = fabs(to->x - from->x), dy = fabs(to->y - from->y);
		bool is_flat = dy <= AXIS_SLACK && dx > dy && flat_width <= LINE_WIDTH_MAX;
		bool is_upright = dx <= AXIS_SLACK && dy > dx && upright_width <= LINE_WIDTH_MAX;
		double across = is_upright ? upright : 0, down = is_flat ? flat : 0;
		PathClip box;

		if (to->is_start || to->is_curve || (!is_flat && !is_upright))
			continue;
		if (clip_box(clip, fmin(from->x, to->x) - across, fmin(from->y, to->y) - down,
			fmax(from->x, to->x) + across, fmax(from->y, to->y) + down, &box))
			put(&box, add, data);
	}
}

static bool
is_line(const PathClip *box)
{
	double thin = fmin(box->right - box->left, box->bottom - box->top);
	double length = fmax(box->right - box->left, box->bottom - box->top);

	return thin <= THICKNESS_MAX && length > 0 && length >= SLENDER * thin;
}

static void
fill_figure(const PathPoint *points, guint n_points, const PathClip *clip, PathAddRule add, void *data)
{
	double left = points[0].x, right = left, top = points[0].y, bottom = top;
	PathClip box;

	for (guint i = 1; i < n_points; i++) {
		if (points[i].is_curve)
			return;
		left = fmin(left, points[i].x);
		right = fmax(right, points[i].x);
		top = fmin(top, points[i].y);
		bottom = fmax(bottom, points[i].y);
	}
	if (n_points >= 3 && clip_box(clip, left, top, right, bottom, &box) && is_line(&box))
		put(&box, add, data);
}

void
path_fill(const Path *path, const PathClip *clip, PathAddRule add, void *data)
{
	const PathPoint *points = (const PathPoint *)(const void *)path->points->data;
	guint begin = 0, len = path->is_cut ? 0 : path->points->len;

	for (guint i = 1; i <= len; i++)
		if (i == len || points[i].is_start) {
			fill_figure(points + begin, i - begin, clip, add, data);
			begin = i;
		}
}
