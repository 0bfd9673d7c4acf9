/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"
#include "reader/pdf/trust.h"

#include <poppler.h>

/* Adds the words of a page to a sheet, at most LIMIT_PAGE_WORDS, and counts their characters in `tally`.
 * False where there were more. */
bool words_add(PopplerPage *page, PageSet *set, PageSheet *sheet, TextTally *tally);
