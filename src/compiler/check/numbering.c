/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/numbering.h"

#include <glib.h>
#include <string.h>

#define LARGEST_PART 9999

static const char *const LETTERS[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o",
    "p", "q", "r", "s", "t", "u", "v", "x", "y"};

static const struct {
	const char *mark;
	int value;
} ROMAN[] = {{"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40},
    {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}};

static char *
format_roman(int value)
{
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(ROMAN); i++) {
		while (value >= ROMAN[i].value) {
			g_string_append(out, ROMAN[i].mark);
			value -= ROMAN[i].value;
		}
	}
	return g_string_free(out, FALSE);
}

char *
numbering_format(NumberingStyle style, int value)
{
	if (style == NUMBERING_ROMAN)
		return format_roman(value);
	if (style == NUMBERING_LETTER && value >= 1 && value <= (int)G_N_ELEMENTS(LETTERS))
		return g_strdup(LETTERS[value - 1]);
	return g_strdup_printf("%d", value);
}

static int
read_roman(const char *text)
{
	const char *p = text;
	int value = 0;
	g_autofree char *canonical = NULL;

	if (strspn(text, "IVXLC") != strlen(text) || text[0] == '\0' || strlen(text) > 8)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(ROMAN); i++) {
		while (g_str_has_prefix(p, ROMAN[i].mark)) {
			value += ROMAN[i].value;
			p += strlen(ROMAN[i].mark);
		}
	}
	canonical = format_roman(value);
	return strcmp(canonical, text) == 0 ? value : 0;
}

static int
read_letter(const char *text)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(LETTERS); i++)
		if (strcmp(LETTERS[i], lower) == 0)
			return (int)i + 1;
	return 0;
}

static int
read_digits(const char *text)
{
	int value = 0;

	if (*text == '\0')
		return 0;
	for (; *text != '\0'; text++) {
		if (!g_ascii_isdigit(*text) || value > LARGEST_PART)
			return 0;
		value = value * 10 + (*text - '0');
	}
	return value;
}

Numbering
numbering_read(const char *no)
{
	Numbering number = {0};
	const char *dot, *last;

	if (no == NULL)
		return number;
	dot = strrchr(no, '.');
	last = dot != NULL ? dot + 1 : no;
	number.prefix_len = dot != NULL ? (size_t)(dot - no) : 0;
	if ((number.value = read_digits(last)) > 0)
		number.style = NUMBERING_ARABIC;
	else if ((number.value = read_roman(last)) > 0)
		number.style = NUMBERING_ROMAN;
	else if ((number.value = read_letter(last)) > 0)
		number.style = NUMBERING_LETTER;
	return number;
}
