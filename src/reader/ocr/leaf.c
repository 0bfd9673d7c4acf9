/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/leaf.h"

#include <math.h>
#include <string.h>

/* Between these the model reads equally well; outside, the picture is brought to the middle. */
#define RESOLUTION_MIN 150
#define RESOLUTION_MAX 400
#define RESOLUTION_AIM 200

#define PAPER_TILE 32    /* pixels; larger than a letter */
#define PAPER_RANK 0.05f /* the margin's shadow may be left out */
#define PAPER_WHITE 215
#define SHARPEN_WIDTH 2
#define SHARPEN_SHARE 0.5f
#define SPECK_PIXELS 2
#define INK_BELOW 180           /* of 255, once the paper is white */
#define LETTER_POINTS_MAX 22.0f /* what is larger both ways is no letter */
#define SIDEWAYS_RATIO 1.5f     /* how much better lines stand out in a page turned a quarter */
#define UP_CERTAIN 3.0f         /* standard deviations between ascenders and descenders */
#define SKEW_DEGREES_MAX 7.0f
#define SKEW_DEGREES_MIN 0.02f
#define SKEW_CERTAIN 3.0f

void
leaf_clear(Leaf *leaf)
{
	pixDestroy(&leaf->gray);
	pixDestroy(&leaf->ink);
}

int
leaf_pixels(const Leaf *leaf, float points)
{
	return MAX((int)lroundf(points * leaf->resolution / 72), 1);
}

BlockBox
leaf_box(const Leaf *leaf, int left, int top, int right, int bottom)
{
	const float scale = 72 / leaf->resolution;

	return (BlockBox){
	    (float)left * scale, (float)top * scale, (float)right * scale, (float)bottom * scale};
}

static void
bring_to_scale(Leaf *leaf)
{
	float factor;

	if (leaf->resolution >= RESOLUTION_MIN && leaf->resolution <= RESOLUTION_MAX)
		return;
	factor = RESOLUTION_AIM / leaf->resolution;
	pix_replace(&leaf->gray, pixScale(leaf->gray, factor, factor));
	leaf->resolution = RESOLUTION_AIM;
}

/* The darkest the paper gets, under a shadow or a stain: 255 where it is white everywhere. */
static int
measure_paper(PIX *gray)
{
	g_autoptr(PIX) tiles = pixScaleGrayMinMax(gray, PAPER_TILE, PAPER_TILE, L_CHOOSE_MAX);
	l_uint32 darkest = 255;

	if (tiles == NULL || pixGetRankValue(tiles, 1, PAPER_RANK, &darkest) != 0)
		return 255;
	return (int)darkest;
}

/* Evens the paper out where it is not white. White paper is left alone: the marks of small letters are. */
static void
whiten(Leaf *leaf)
{
	PIX *white;

	if (measure_paper(leaf->gray) >= PAPER_WHITE)
		return;
	white = pixBackgroundNorm(leaf->gray, NULL, NULL, 10, 15, 60, 40, 250, 2, 1);
	if (white != NULL) /* NULL: too small to have a ground */
		pix_replace(&leaf->gray, white);
}

static void
turn(Leaf *leaf, int quarters)
{
	if (quarters == 0)
		return;
	pix_replace(&leaf->gray, pixRotateOrth(leaf->gray, quarters));
	leaf->turns = (leaf->turns + quarters) % 4;
	if (quarters % 2 != 0) {
		float width = leaf->width;

		leaf->width = leaf->height;
		leaf->height = width;
	}
}

/* Marks the size of letters: no ruling lines, stamps or photographs. */
static PIX *
find_letters(const Leaf *leaf)
{
	const int size = leaf_pixels(leaf, LETTER_POINTS_MAX);
	g_autoptr(PIX) ink = pixThresholdToBinary(leaf->gray, INK_BELOW);

	return ink != NULL ? pixSelectBySize(ink, size, size, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LT, NULL)
			   : NULL;
}

/* How sharply the letters fall into lines, and the angle at which they do. */
static float
find_skew(PIX *letters, float *ret_degrees, float *ret_certainty)
{
	float score = 0;

	*ret_degrees = *ret_certainty = 0;
	if (pixFindSkewSweepAndSearchScore(
		letters, ret_degrees, ret_certainty, &score, 4, 2, 0, SKEW_DEGREES_MAX, 1, 0.01f) != 0)
		return 0;
	return score;
}

static void
level(Leaf *leaf, float degrees)
{
	if (fabsf(degrees) < SKEW_DEGREES_MIN)
		return;
	pix_replace(&leaf->gray, pixRotateAMGray(leaf->gray, degrees * (float)G_PI / 180, 255));
}

/* Turns the page so that its lines run across it, level. */
static void
lay_lines(Leaf *leaf)
{
	g_autoptr(PIX) letters = find_letters(leaf);
	g_autoptr(PIX) sideways = letters != NULL ? pixRotateOrth(letters, 1) : NULL;
	float degrees, certainty, degrees_sideways, certainty_sideways;

	if (sideways == NULL)
		return;
	if (find_skew(sideways, &degrees_sideways, &certainty_sideways) >
	    find_skew(letters, &degrees, &certainty) * SIDEWAYS_RATIO) {
		turn(leaf, 1);
		degrees = degrees_sideways;
		certainty = certainty_sideways;
	}
	if (certainty >= SKEW_CERTAIN)
		level(leaf, degrees);
}

/* Letters reach further above the small ones than below: marks, capitals, b d h k l against g p q y. */
static void
stand_up(Leaf *leaf)
{
	g_autoptr(PIX) letters = find_letters(leaf);
	float up = 0;

	if (letters == NULL || pixUpDownDetect(letters, &up, 0, 0, 0) != 0)
		return;
	leaf->is_up_certain = fabsf(up) >= UP_CERTAIN;
	if (leaf->is_up_certain && up < 0)
		turn(leaf, 2);
}

/* Levelling blurs; ổ and ố differ in two pixels. */
static void
sharpen(Leaf *leaf)
{
	PIX *sharp = pixUnsharpMaskingGray(leaf->gray, SHARPEN_WIDTH, SHARPEN_SHARE);

	if (sharp != NULL)
		pix_replace(&leaf->gray, sharp);
}

static void
find_ink(Leaf *leaf)
{
	g_autoptr(PIX) ink = pixThresholdToBinary(leaf->gray, INK_BELOW);

	pix_replace(&leaf->ink, ink != NULL ? pixSelectBySize(ink, SPECK_PIXELS, SPECK_PIXELS, 8,
						  L_SELECT_IF_EITHER, L_SELECT_IF_GT, NULL)
					    : NULL);
}

void
leaf_turn_over(Leaf *leaf)
{
	turn(leaf, 2);
	find_ink(leaf);
}

bool
leaf_prepare(Picture *picture, Leaf *ret_leaf)
{
	memset(ret_leaf, 0, sizeof(*ret_leaf));
	ret_leaf->resolution = ret_leaf->source_resolution = picture_resolution(picture);
	ret_leaf->width = picture->width;
	ret_leaf->height = picture->height;
	ret_leaf->gray = g_steal_pointer(&picture->gray);
	bring_to_scale(ret_leaf);
	whiten(ret_leaf);
	lay_lines(ret_leaf);
	stand_up(ret_leaf);
	sharpen(ret_leaf);
	find_ink(ret_leaf);
	return ret_leaf->ink != NULL;
}
