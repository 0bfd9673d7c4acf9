/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/engine.h"

#include <string.h>

#define CELL_MARGIN 1.5f      /* points: letters reach over the line that was taken out */
#define WHITE_BORDER 5.0f     /* points of paper around a cell: the model wants some */
#define LINE_HEIGHT_MAX 19.0f /* points: ink no higher is one printed line */
#define INK_MIN 0.8f          /* square points; a hyphen of 12-point type has 2 */
#define NUMBER_LETTERS "0123456789.,%/-()"
#define NUMBER_SURE 90 /* a number as certain as this is not read again */

void
ocr_word_clear(gpointer data)
{
	OcrWord *word = data;

	g_free(word->text);
}

typedef struct {
	OcrEngine *engine;
	GArray *words;
	l_int32 left, top; /* of the picture given to the model, in the leaf */
} Reading;

static void
take_word(Reading *reading, const TessResultIterator *results, const TessPageIterator *places)
{
	char *text = TessResultIteratorGetUTF8Text(results, RIL_WORD);
	l_int32 left, top, right, bottom, line_top, line_bottom, unused;
	OcrWord word = {.text = g_strdup(text)};

	TessDeleteText(text);
	if (word.text == NULL || *g_strstrip(word.text) == '\0' ||
	    !TessPageIteratorBoundingBox(places, RIL_WORD, &left, &top, &right, &bottom) ||
	    !TessPageIteratorBoundingBox(places, RIL_TEXTLINE, &unused, &line_top, &unused, &line_bottom)) {
		g_free(word.text);
		return;
	}
	word.left = left + reading->left;
	word.top = top + reading->top;
	word.right = right + reading->left;
	word.bottom = bottom + reading->top;
	word.line_height = line_bottom - line_top;
	word.confidence = CLAMP((int)TessResultIteratorConfidence(results, RIL_WORD), 0, 100);
	word.begins_line = TessPageIteratorIsAtBeginningOf(places, RIL_TEXTLINE);
	g_array_append_val(reading->words, word);
}

static void
read_picture(Reading *reading, PIX *picture, float resolution, TessPageSegMode mode)
{
	TessBaseAPI *api = reading->engine->api;
	g_autoptr(TessResultIterator) results = NULL;

	TessBaseAPISetPageSegMode(api, mode);
	TessBaseAPISetImage2(api, picture);
	TessBaseAPISetSourceResolution(api, (int)resolution);
	if (TessBaseAPIRecognize(api, NULL) != 0)
		return;
	results = TessBaseAPIGetIterator(api);
	if (results == NULL)
		return;
	do
		take_word(reading, results, TessResultIteratorGetPageIteratorConst(results));
	while (TessResultIteratorNext(results, RIL_WORD));
}

static bool
is_number(const char *text)
{
	return *text != '\0' && strspn(text, NUMBER_LETTERS) == strlen(text) &&
	       strpbrk(text, "0123456789") != NULL;
}

/* Reads a cell of one short word again as a number, and keeps the reading the model is surer of. */
static void
read_number(Reading *reading, PIX *picture, float resolution, guint first)
{
	OcrWord *word = &g_array_index(reading->words, OcrWord, first);
	const char *digits = strpbrk(word->text, "0123456789");
	g_autoptr(GArray) again = NULL;
	Reading second = *reading;

	if (digits == NULL || word->confidence >= NUMBER_SURE || strlen(word->text) > 12)
		return;
	again = g_array_new(FALSE, FALSE, sizeof(OcrWord));
	g_array_set_clear_func(again, ocr_word_clear);
	second.words = again;
	TessBaseAPISetVariable(reading->engine->api, "tessedit_char_whitelist", NUMBER_LETTERS);
	read_picture(&second, picture, resolution, PSM_SINGLE_LINE);
	TessBaseAPISetVariable(reading->engine->api, "tessedit_char_whitelist", "");
	if (again->len == 1) {
		OcrWord *other = &g_array_index(again, OcrWord, 0);

		if (is_number(other->text) && other->confidence > word->confidence) {
			char *text = word->text;

			word->text = other->text;
			other->text = text;
			word->confidence = other->confidence;
		}
	}
}

/* The ink of a cell, with what of its letters reaches over its edge; NULL where it is empty. */
static BOX *
find_ink(const Leaf *leaf, BOX *cell)
{
	const int margin = leaf_pixels(leaf, CELL_MARGIN);
	const float scale = leaf->resolution / 72;
	l_int32 left, top, width, height, count = 0;
	g_autoptr(BOX) inner = NULL;
	BOX *found = NULL;

	boxGetGeometry(cell, &left, &top, &width, &height);
	inner = boxCreate(left + 1, top + 1, MAX(width - 2, 1), MAX(height - 2, 1));
	(void)pixCountPixelsInRect(leaf->ink, inner, &count, NULL);
	if ((float)count < INK_MIN * scale * scale ||
	    pixClipBoxToForeground(leaf->ink, inner, NULL, &found) != 0 || found == NULL)
		return NULL;
	boxAdjustSides(found, found, -margin, margin, -margin, margin);
	return found;
}

static void
read_cell(Reading *reading, const Leaf *leaf, BOX *cell)
{
	const int border = leaf_pixels(leaf, WHITE_BORDER);
	const guint first = reading->words->len;
	g_autoptr(BOX) ink = find_ink(leaf, cell);
	g_autoptr(PIX) part = NULL;
	g_autoptr(PIX) picture = NULL;
	g_autoptr(BOX) clipped = NULL;
	l_int32 height = 0;

	if (ink == NULL)
		return;
	part = pixClipRectangle(leaf->gray, ink, &clipped);
	picture = part != NULL ? pixAddBorderGeneral(part, border, border, border, border, 255) : NULL;
	if (picture == NULL)
		return;
	boxGetGeometry(clipped, &reading->left, &reading->top, NULL, &height);
	reading->left -= border;
	reading->top -= border;
	read_picture(reading, picture, leaf->resolution,
	    height <= leaf_pixels(leaf, LINE_HEIGHT_MAX) ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
	if (reading->words->len == first + 1)
		read_number(reading, picture, leaf->resolution, first);
}

/* What stands outside the cells. */
static void
read_rest(Reading *reading, const Leaf *leaf, const Grid *grid)
{
	g_autoptr(PIX) rest = pixCopy(NULL, leaf->gray);

	if (rest == NULL)
		return;
	for (l_int32 i = 0; i < boxaGetCount(grid->cells); i++) {
		g_autoptr(BOX) cell = boxaGetBox(grid->cells, i, L_CLONE);
		l_int32 left, top, width, height;

		boxGetGeometry(cell, &left, &top, &width, &height);
		pixRasterop(rest, left - 3, top - 3, width + 6, height + 6, PIX_SET, NULL, 0, 0);
	}
	reading->left = reading->top = 0;
	read_picture(reading, rest, leaf->resolution, PSM_AUTO);
}

int
ocr_recognise(OcrEngine *engine, const Leaf *leaf, const Grid *grid, GArray *words)
{
	Reading reading = {.engine = engine, .words = words};
	long sum = 0;

	for (l_int32 i = 0; i < boxaGetCount(grid->cells); i++) {
		g_autoptr(BOX) cell = boxaGetBox(grid->cells, i, L_CLONE);

		read_cell(&reading, leaf, cell);
	}
	read_rest(&reading, leaf, grid);
	for (guint i = 0; i < words->len; i++)
		sum += g_array_index(words, OcrWord, i).confidence;
	return words->len > 0 ? (int)(sum / words->len) : 0;
}
