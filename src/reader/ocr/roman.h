/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/ocr/leaf.h"

/* Numbers of headings: the model takes "II." for "H." or "IH.". Their upright strokes can be counted. */

/* Gives the roman numeral that `text` ("IH.", "VH.") is with so many upright strokes; NULL where `text` is
 * one already and has them, or can be none. The caller's. */
char *roman_correct(const char *text, int n_strokes);

/* Counts the upright strokes, as high as the letters, in a box of pixels. */
int roman_count_strokes(const Leaf *leaf, int left, int top, int right, int bottom);
