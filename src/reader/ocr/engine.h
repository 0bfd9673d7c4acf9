/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/ocr/grid.h"
#include "reader/ocr/lexicon.h"
#include "reader/ocr/ocr.h"

struct OcrEngine {
	TessBaseAPI *api;
	TessBaseAPI *numbers; /* NULL until a page has some; `api` where there is no other model */
	char *model_folder;
	Lexicon *lexicon;
};

/* Sets what both models have in common. */
void ocr_engine_quieten(TessBaseAPI *api);

/* A word as it was recognised. */
typedef struct OcrWord {
	char *text;
	l_int32 left, top, right, bottom; /* pixels of the leaf */
	int line_height;                  /* pixels, of the printed line it stands in */
	int confidence;                   /* 0 to 100 */
	bool begins_line;
} OcrWord;

void ocr_word_clear(gpointer word);

/* Recognises the cells of a grid one by one, then what stands outside of them.
 * words: gets OcrWord. Gives the mean confidence, 0 where there is no text. */
int ocr_recognise(OcrEngine *engine, const Leaf *leaf, const Grid *grid, GArray *words);
