/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How lists count. */
typedef enum {
	ORDINAL_DECIMAL,
	ORDINAL_DECIMAL_ZERO, /* 01, 02, …, 10 */
	ORDINAL_UPPER_ROMAN,
	ORDINAL_LOWER_ROMAN,
	ORDINAL_UPPER_LETTER, /* A … Z, AA, BB */
	ORDINAL_LOWER_LETTER,
	ORDINAL_NONE,
	ORDINAL_MAX,
} OrdinalStyle;

/* The style that Word names so ("upperRoman"); decimal where it is of another script. */
OrdinalStyle ordinal_style_of(const char *word_name);

/* Appends a number of a list. */
void ordinal_append(GString *out, int number, OrdinalStyle style);

/* A bullet as plans type it: "+" for a plus sign, "-" for any other. */
const char *ordinal_bullet(const char *symbol);
