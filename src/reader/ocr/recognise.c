/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/engine.h"
#include "reader/ocr/number.h"

#include <string.h>

#define CELL_MARGIN 1.5f      /* points: letters reach over the line that was taken out */
#define WHITE_BORDER 5.0f     /* points of paper around a cell: the model wants some */
#define LINE_HEIGHT_MAX 19.0f /* points: ink no higher is one printed line */
#define INK_MIN 0.8f          /* square points; a hyphen of 12-point type has 2 */
#define CELL_EDGE 3           /* pixels around a cell where grey of its lines may be left */
#define GROUP_APART 14.0f     /* between the lines of one group; three times as much between words */
#define SPECK_MAX 1.0f
#define NUMBER_WIDTH_MAX 45.0f

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
	OcrWord word = {.text = text != NULL ? lexicon_clean(text) : NULL};

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

/* The ways a number is read again: white around it in points, and scale. */
static const struct {
	float border, scale;
} NUMBER_READINGS[] = {{5.0f, 1.3f}, {1.5f, 0.8f}, {1.5f, 1.5f}};

/* One more reading of a number, for the poll. */
static void
ask_again(TessBaseAPI *api, PIX *part, const Leaf *leaf, size_t reading, NumberPoll *poll)
{
	const float scale = NUMBER_READINGS[reading].scale;
	const int border = leaf_pixels(leaf, NUMBER_READINGS[reading].border);
	g_autoptr(PIX) scaled = pixScale(part, scale, scale);
	g_autoptr(PIX) picture =
	    scaled != NULL ? pixAddBorderGeneral(scaled, border, border, border, border, 255) : NULL;
	char *text;

	if (picture == NULL)
		return;
	TessBaseAPISetPageSegMode(api, PSM_SINGLE_LINE);
	TessBaseAPISetImage2(api, picture);
	TessBaseAPISetSourceResolution(api, (int)(leaf->resolution * scale));
	text = TessBaseAPIGetUTF8Text(api);
	if (text != NULL)
		number_poll_add(poll, text, TessBaseAPIMeanTextConf(api));
	TessDeleteText(text);
}

/* The model for numbers: that of English has seen more of them. Loaded for the first page that has any. */
static TessBaseAPI *
number_model(OcrEngine *engine)
{
	if (engine->numbers != NULL)
		return engine->numbers;
	engine->numbers = TessBaseAPICreate();
	if (TessBaseAPIInit2(engine->numbers, engine->model_folder, "eng", OEM_LSTM_ONLY) != 0) {
		TessBaseAPIDelete(engine->numbers);
		engine->numbers = engine->api;
	}
	ocr_engine_quieten(engine->numbers);
	return engine->numbers;
}

/* Makes one word of a cell's words, with the text that won. */
static void
settle_number(GArray *words, guint first, const char *text, int confidence)
{
	OcrWord *word = &g_array_index(words, OcrWord, first);

	for (guint i = first + 1; i < words->len; i++) {
		const OcrWord *other = &g_array_index(words, OcrWord, i);

		word->left = MIN(word->left, other->left);
		word->top = MIN(word->top, other->top);
		word->right = MAX(word->right, other->right);
		word->bottom = MAX(word->bottom, other->bottom);
	}
	g_array_set_size(words, first + 1);
	word = &g_array_index(words, OcrWord, first);
	g_free(word->text);
	word->text = g_strdup(text);
	word->confidence = confidence;
}

static void
read_number(Reading *reading, PIX *part, const Leaf *leaf, guint first)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(NumberPoll) poll = {0};
	const char *winner;
	int confidence = 100;

	for (guint i = first; i < reading->words->len; i++) {
		const OcrWord *word = &g_array_index(reading->words, OcrWord, i);

		g_string_append(text, word->text);
		confidence = MIN(confidence, word->confidence);
	}
	if (text->len == 0 || !number_is_likely(text->str, confidence))
		return;
	number_poll_add(&poll, text->str, confidence);
	for (size_t i = 0; i < G_N_ELEMENTS(NUMBER_READINGS); i++)
		ask_again(number_model(reading->engine), part, leaf, i, &poll);
	winner = number_poll_winner(&poll, &confidence);
	if (winner != NULL)
		settle_number(reading->words, first, winner, confidence);
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
	l_int32 width = 0, height = 0;

	if (ink == NULL)
		return;
	part = pixClipRectangle(leaf->gray, ink, &clipped);
	picture = part != NULL ? pixAddBorderGeneral(part, border, border, border, border, 255) : NULL;
	if (picture == NULL)
		return;
	boxGetGeometry(clipped, &reading->left, &reading->top, &width, &height);
	reading->left -= border;
	reading->top -= border;
	read_picture(reading, picture, leaf->resolution,
	    height <= leaf_pixels(leaf, LINE_HEIGHT_MAX) ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
	if (width <= leaf_pixels(leaf, NUMBER_WIDTH_MAX) && height <= leaf_pixels(leaf, LINE_HEIGHT_MAX))
		read_number(reading, part, leaf, first);
}

/* The page without its cells. */
static PIX *
blank_cells(PIX *pix, const Grid *grid, bool is_gray)
{
	PIX *rest = pixCopy(NULL, pix);

	for (l_int32 i = 0; rest != NULL && i < boxaGetCount(grid->cells); i++) {
		g_autoptr(BOX) cell = boxaGetBox(grid->cells, i, L_CLONE);
		l_int32 left, top, width, height;

		boxGetGeometry(cell, &left, &top, &width, &height);
		pixRasterop(rest, left - CELL_EDGE, top - CELL_EDGE, width + 2 * CELL_EDGE,
		    height + 2 * CELL_EDGE, is_gray ? PIX_SET : PIX_CLR, NULL, 0, 0);
	}
	return rest;
}

static void
read_region(Reading *reading, PIX *gray, BOX *region, const Leaf *leaf)
{
	const int border = leaf_pixels(leaf, WHITE_BORDER);
	const guint before = reading->words->len;
	g_autoptr(BOX) clipped = NULL;
	g_autoptr(PIX) part = pixClipRectangle(gray, region, &clipped);
	g_autoptr(PIX) picture =
	    part != NULL ? pixAddBorderGeneral(part, border, border, border, border, 255) : NULL;

	if (picture == NULL)
		return;
	boxGetGeometry(clipped, &reading->left, &reading->top, NULL, NULL);
	reading->left -= border;
	reading->top -= border;
	read_picture(reading, picture, leaf->resolution, PSM_AUTO);
	if (reading->words->len == before) /* too little for its analysis of pages */
		read_picture(reading, picture, leaf->resolution, PSM_SINGLE_BLOCK);
}

/* Text around tables: each group of lines that stand together, across the page. */
static void
read_around(Reading *reading, const Leaf *leaf, const Grid *grid)
{
	const int apart = leaf_pixels(leaf, GROUP_APART);
	g_autoptr(PIX) gray = blank_cells(leaf->gray, grid, true);
	g_autoptr(PIX) ink = blank_cells(leaf->ink, grid, false);
	g_autoptr(PIX) letters =
	    ink != NULL ? pixSelectBySize(ink, leaf_pixels(leaf, SPECK_MAX), leaf_pixels(leaf, SPECK_MAX), 8,
			      L_SELECT_IF_EITHER, L_SELECT_IF_GT, NULL)
			: NULL;
	g_autoptr(PIX) groups =
	    letters != NULL ? pixCloseSafeBrick(NULL, letters, apart * 3 + 1, apart + 1) : NULL;
	g_autoptr(BOXA) regions = groups != NULL ? pixConnCompBB(groups, 8) : NULL;

	for (l_int32 i = 0; i < boxaGetCount(regions); i++) {
		g_autoptr(BOX) region = boxaGetBox(regions, i, L_CLONE);

		read_region(reading, gray, region, leaf);
	}
}

static void
read_rest(Reading *reading, const Leaf *leaf, const Grid *grid)
{
	if (boxaGetCount(grid->cells) > 0) {
		read_around(reading, leaf, grid);
		return;
	}
	reading->left = reading->top = 0;
	read_picture(reading, leaf->gray, leaf->resolution, PSM_AUTO);
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
