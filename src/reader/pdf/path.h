/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"

#include <glib.h>
#include <stdbool.h>

/* A path as it is built, and the ruling lines it leaves when it is stroked or filled. */

typedef struct PathPoint {
	double x, y;
	bool is_start; /* of a figure */
	bool is_curve; /* a curve leads here */
} PathPoint;

typedef struct Path {
	GArray *points; /* of PathPoint; at most PATH_POINTS_MAX */
	bool is_cut;    /* had more points than that: leaves no rules */
} Path;

#define PATH_POINTS_MAX 65536

void path_init(Path *path);
void path_clear(Path *path);

void path_begin(Path *path);
void path_add(Path *path, double x, double y, bool is_start, bool is_curve);
void path_close(Path *path);

/* What is seen of a drawing, at most. */
typedef struct PathClip {
	double left, top, right, bottom;
} PathClip;

/* Calls `add` for each straight piece along an axis; the thickness of flat and of upright lines apart, since
 * the scale may differ. What the clip hides is left out. */
typedef void (*PathAddRule)(void *data, BlockBox box);
void path_stroke(const Path *path, double flat_width, double upright_width, const PathClip *clip,
    PathAddRule add, void *data);

/* Calls `add` for each figure of straight lines that is so thin that it is a line; or of which the clip shows
 * no more. */
void path_fill(const Path *path, const PathClip *clip, PathAddRule add, void *data);

/* True where a curve is part of it. */
bool path_has_curve(const Path *path);
