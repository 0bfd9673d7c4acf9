/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/ocr/leaf.h"

/* The ruling lines of a page and the cells between them. */

/* A straight line, along its middle, in pixels of the leaf. */
typedef struct GridLine {
	int from, to; /* along it: left to right, top to bottom */
	int at;       /* across it */
	int thickness;
} GridLine;

typedef struct Grid {
	GArray *across; /* of GridLine, level ones, by `at` */
	GArray *down;   /* of GridLine, upright ones, by `at` */
	BOXA *cells;    /* closed on all sides, without the lines, by top, then left */
} Grid;

void grid_clear(Grid *grid);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Grid, grid_clear)

/* Finds the lines and cells, and takes the lines out of the leaf's pictures, so that letters that touch them
 * can be read. Lines may be broken and a little bent. */
void grid_find(Leaf *leaf, Grid *ret_grid);
