/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/source/legacy_font.h"
#include "reader/page.h"
#include "reader/pdf/trust.h"

#include <poppler.h>

typedef struct WordsFound {
	TextTally tally;
	LegacyFont legacy; /* of some words, which were converted to Unicode; LEGACY_FONT_NONE */
	bool is_cut;       /* there were more than LIMIT_PAGE_WORDS */
} WordsFound;

/* Adds the words of a page to a sheet, in Unicode whatever the font's places are. */
void words_add(PopplerPage *page, PageSet *set, PageSheet *sheet, WordsFound *ret_found);
