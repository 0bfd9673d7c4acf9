/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/page.h"

/* Appends the notes, signatures, words and rules of sheets as text, one a line, for developers. */
void pdf_dump(const PageSet *set, GString *out);
