/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* True where two short texts are the same but for blanks, case, marks and, here and there, a letter that was
 * recognised wrongly. Two empty texts are alike. */
bool alike_texts(const char *a, const char *b);
