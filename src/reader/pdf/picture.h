/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <poppler.h>
#include <stdbool.h>
#include <stddef.h>

/* What a page draws beside its words. */
typedef struct Picture {
	GArray *rules;     /* of BlockBox: strokes and thin fills along an axis, as drawn, in points */
	size_t n_glyphs;   /* characters that no picture was laid over */
	size_t n_outlines; /* fills bounded by curves: letters that were turned into drawings, for instance */
	bool is_cut;       /* there was more than can be kept */
} Picture;

void picture_init(Picture *picture);
void picture_clear(Picture *picture);

/* Adds what a page draws. False where not all of it could be drawn. */
bool picture_read(Picture *picture, PopplerPage *page);

/* The share of the page that images cover, 0 to 1; overlaps count twice, up to 1. */
double images_share(PopplerPage *page);
