/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Numbers of headings and rows as documents print them: "II", "3", "2.10", "b", "đ". */

typedef enum { NUMBERING_NONE, NUMBERING_ROMAN, NUMBERING_ARABIC, NUMBERING_LETTER } NumberingStyle;

typedef struct Numbering {
	NumberingStyle style;
	int value;         /* of the last part: 10 for "2.10", 2 for "b" */
	size_t prefix_len; /* bytes before the last part, without the point: 1 for "2.10" */
} Numbering;

/* Reads a number without its closing mark; NUMBERING_NONE where it is none. "I", "V" and "X" are Roman; other
 * single letters, lower or upper case, follow the Vietnamese alphabet (a, b, c, d, đ, e, g, …). */
Numbering numbering_read(const char *no);

/* Writes a value in a style: "IV", "4", "d". The result is the caller's. */
char *numbering_format(NumberingStyle style, int value);
