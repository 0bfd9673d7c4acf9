/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/blocks/blocks.h"
#include "reader/ocr/picture.h"

/* A page made ready to be read: upright, level, on a white ground. */
typedef struct Leaf {
	PIX *gray;               /* 8 bits, paper at 255 */
	PIX *ink;                /* 1 bit */
	float resolution;        /* pixels per inch */
	float width, height;     /* in points, upright */
	float source_resolution; /* of the picture as it came */
	int turns;               /* quarter turns clockwise that were needed, 0 to 3 */
	bool is_up_certain;      /* that it does not stand on its head */
} Leaf;

void leaf_clear(Leaf *leaf);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Leaf, leaf_clear)

/* Makes a picture ready; takes its grey picture. False where memory ran out. */
bool leaf_prepare(Picture *picture, Leaf *ret_leaf);

/* Turns it on its head. */
void leaf_turn_over(Leaf *leaf);

/* So many pixels as `points` are long; at least 1. */
int leaf_pixels(const Leaf *leaf, float points);

/* A box of pixels in points. */
BlockBox leaf_box(const Leaf *leaf, int left, int top, int right, int bottom);
