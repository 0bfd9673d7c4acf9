/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/layout/frame.h"

/* A ruling line without its thickness: `at` across its direction, `from` and `to` along it. */
typedef struct Ruling {
	float at, from, to;
} Ruling;

/* Rulings that touch one another. */
typedef struct Lattice {
	GArray *across; /* of Ruling: rows' borders */
	GArray *down;   /* of Ruling: columns' borders */
	BlockBox box;
} Lattice;

/* Straightens a sheet's rules (broken pieces joined, double lines made one) and gives the groups that touch,
 * of Lattice *. Gives none where there are more crossings than a table of a plan can have. */
GPtrArray *rulings_find(const Frame *frame);
