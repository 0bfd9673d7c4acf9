/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* What the tests of the PDF reader share. Each of these ends the test where it fails. */

#define A4 "/MediaBox [0 0 595 842]"

PageSet *read_pdf(const GString *file);
const PageSheet *sheet_at(const PageSet *set, guint i);
const PageWord *find_word(const PageSheet *sheet, const char *text);
bool has_note(const PageSet *set, const char *rule, uint32_t page);
void assert_box(BlockBox box, double left, double top, double right, double bottom, double slack);
