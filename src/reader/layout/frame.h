/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* A sheet turned so that its text runs from left to right, and what is usual on it. */

/* A word of the sheet; `box` is upright, `source->box` lies on the page as it is shown. */
typedef struct Word {
	const PageWord *source;
	BlockBox box;
	float size; /* of its letters, in points */
} Word;

typedef enum { TURN_NONE, TURN_UPWARDS, TURN_DOWNWARDS } Turn; /* which way the text runs */

typedef struct Frame {
	uint32_t page;
	bool is_scan;
	float width, height; /* upright */
	Word *words;
	size_t n_words;
	BlockBox *rules;
	size_t n_rules;
	float em;    /* usual size of letters */
	float slack; /* how far what belongs on one line may lie apart, in points */
} Frame;

/* Gives the upright form of a sheet; in the arena. */
Frame *frame_new(Arena *arena, const PageSheet *sheet);

/* Tells which way words run, by their shape and their order in the file. */
Turn frame_find_turn(const Word *words, size_t n);

/* Turns a box of a page of this width and height. */
BlockBox frame_turn(BlockBox box, Turn turn, float width, float height);

static inline float
box_width(const BlockBox *box)
{
	return box->right - box->left;
}

static inline float
box_height(const BlockBox *box)
{
	return box->bottom - box->top;
}

static inline float
box_middle(const BlockBox *box)
{
	return (box->left + box->right) / 2;
}

static inline float
box_center(const BlockBox *box)
{
	return (box->top + box->bottom) / 2;
}

static inline float
distance(float a, float b)
{
	return a > b ? a - b : b - a;
}

/* Grows a box to hold another. */
static inline void
box_add(BlockBox *box, const BlockBox *other)
{
	box->left = MIN(box->left, other->left);
	box->top = MIN(box->top, other->top);
	box->right = MAX(box->right, other->right);
	box->bottom = MAX(box->bottom, other->bottom);
}
