/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/ordinal.h"

#include <stdbool.h>
#include <string.h>

#define ROMAN_MAX 3999
#define LETTERS 26
#define LETTERS_REPEAT_MAX 30

OrdinalStyle
ordinal_style_of(const char *word_name)
{
	static const struct {
		const char *name;
		OrdinalStyle style;
	} NAMES[] = {
	    {"decimalZero", ORDINAL_DECIMAL_ZERO},
	    {"upperRoman", ORDINAL_UPPER_ROMAN},
	    {"lowerRoman", ORDINAL_LOWER_ROMAN},
	    {"upperLetter", ORDINAL_UPPER_LETTER},
	    {"lowerLetter", ORDINAL_LOWER_LETTER},
	    {"none", ORDINAL_NONE},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
		if (strcmp(word_name, NAMES[i].name) == 0)
			return NAMES[i].style;
	return ORDINAL_DECIMAL;
}

static void
append_roman(GString *out, int number, bool is_upper)
{
	static const struct {
		int value;
		const char *upper, *lower;
	} STEPS[] = {
	    {1000, "M", "m"},
	    {900, "CM", "cm"},
	    {500, "D", "d"},
	    {400, "CD", "cd"},
	    {100, "C", "c"},
	    {90, "XC", "xc"},
	    {50, "L", "l"},
	    {40, "XL", "xl"},
	    {10, "X", "x"},
	    {9, "IX", "ix"},
	    {5, "V", "v"},
	    {4, "IV", "iv"},
	    {1, "I", "i"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
		for (; number >= STEPS[i].value; number -= STEPS[i].value)
			g_string_append(out, is_upper ? STEPS[i].upper : STEPS[i].lower);
}

static void
append_letters(GString *out, int number, char first)
{
	int n = MIN((number - 1) / LETTERS + 1, LETTERS_REPEAT_MAX);

	for (int i = 0; i < n; i++)
		g_string_append_c(out, (char)(first + (number - 1) % LETTERS));
}

void
ordinal_append(GString *out, int number, OrdinalStyle style)
{
	bool is_roman = style == ORDINAL_UPPER_ROMAN || style == ORDINAL_LOWER_ROMAN;
	bool is_letter = style == ORDINAL_UPPER_LETTER || style == ORDINAL_LOWER_LETTER;

	if (style == ORDINAL_NONE)
		return;
	if (is_roman && number >= 1 && number <= ROMAN_MAX)
		append_roman(out, number, style == ORDINAL_UPPER_ROMAN);
	else if (is_letter && number >= 1)
		append_letters(out, number, style == ORDINAL_UPPER_LETTER ? 'A' : 'a');
	else
		g_string_append_printf(out, style == ORDINAL_DECIMAL_ZERO ? "%02d" : "%d", number);
}

const char *
ordinal_bullet(const char *symbol)
{
	return symbol[0] == '+' ? "+" : "-";
}
