/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/roman.h"

#include <string.h>

#define STROKE_SHARE 0.8f /* of the height of the letters; diagonals have less ink in a column */

char *
roman_correct(const char *text, int n_strokes)
{
	const size_t fives = strspn(text, "XV"), strokes = strspn(text + fives, "IHLTl1|!");
	const char *rest = text + fives + strokes;
	GString *numeral;

	if (strokes == 0 || strcmp(rest, ".") != 0 || n_strokes < 1 || n_strokes > 3)
		return NULL;
	numeral = g_string_new_len(text, (gssize)fives);
	for (int i = 0; i < n_strokes; i++)
		g_string_append_c(numeral, 'I');
	g_string_append_c(numeral, '.');
	if (strcmp(numeral->str, text) != 0)
		return g_string_free(numeral, FALSE);
	g_string_free(numeral, TRUE);
	return NULL;
}

int
roman_count_strokes(const Leaf *leaf, int left, int top, int right, int bottom)
{
	g_autoptr(BOX) box = boxCreate(left, top, right - left, bottom - top);
	g_autoptr(PIX) part = pixClipRectangle(leaf->ink, box, NULL);
	const l_int32 width = part != NULL ? pixGetWidth(part) : 0,
		      height = part != NULL ? pixGetHeight(part) : 0;
	int n = 0;
	bool was_stroke = false;

	for (l_int32 x = 0; x < width; x++) {
		l_int32 count = 0;
		bool is_stroke;

		for (l_int32 y = 0; y < height; y++)
			count +=
			    (l_int32)GET_DATA_BIT(pixGetData(part) + (size_t)y * (size_t)pixGetWpl(part), x);
		is_stroke = (float)count >= STROKE_SHARE * (float)height;
		n += is_stroke && !was_stroke;
		was_stroke = is_stroke;
	}
	return n;
}
