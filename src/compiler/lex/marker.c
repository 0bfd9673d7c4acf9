/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/marker.h"

#include "base/text.h"

#include <string.h>

#define MAX_NUMBER 199 /* no plan counts further; more is a year or a quantity */
#define MAX_ROMAN 50

bool
starts_upper(const char *text)
{
	return *text != '\0' && g_unichar_isupper(g_utf8_get_char(text));
}

bool
starts_lower(const char *text)
{
	return *text != '\0' && g_unichar_islower(g_utf8_get_char(text));
}

uint16_t
roman_value(const char *text, size_t len)
{
	static const struct {
		char letter;
		int value;
	} DIGITS[] = {{'I', 1}, {'V', 5}, {'X', 10}, {'L', 50}};
	int total = 0, previous = 0;

	for (size_t i = len; i-- > 0;) {
		int value = 0;

		for (size_t d = 0; d < G_N_ELEMENTS(DIGITS); d++)
			if (DIGITS[d].letter == text[i])
				value = DIGITS[d].value;
		if (value == 0)
			return 0;
		total += value < previous ? -value : value;
		previous = MAX(previous, value);
	}
	return total > 0 && total <= MAX_ROMAN ? (uint16_t)total : 0;
}

static size_t
skip_blanks(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t')
		at++;
	return at;
}

static bool
read_roman(const char *text, Marker *marker)
{
	size_t n = strspn(text, "IVXL");
	uint16_t value = n > 0 && n <= 6 ? roman_value(text, n) : 0;

	if (value == 0)
		return false;
	marker->has_mark = text[n] == '.' || text[n] == ')' || text[n] == ':';
	if (!marker->has_mark && text[n] != ' ' && text[n] != '\0')
		return false;
	marker->kind = MARKER_ROMAN;
	marker->parts[0] = value;
	marker->n_parts = 1;
	marker->label_len = n;
	marker->text_at = skip_blanks(text, n + marker->has_mark);
	return true;
}

static bool
read_decimal(const char *text, Marker *marker)
{
	size_t at = 0;

	marker->n_parts = 0;
	for (;;) {
		unsigned value = 0;
		size_t start = at;

		while (g_ascii_isdigit(text[at]) && at - start < 4)
			value = value * 10 + (unsigned)(text[at++] - '0');
		if (at == start || value > MAX_NUMBER || marker->n_parts == MARKER_MAX_PARTS)
			return false;
		marker->parts[marker->n_parts++] = (uint16_t)value;
		marker->label_len = at;
		if (text[at] != '.' || !g_ascii_isdigit(text[at + 1]))
			break;
		at++;
	}
	marker->has_mark = text[at] == '.' || text[at] == ')';
	at += marker->has_mark;
	/* "22/12/2024", "57-NQ/TW", "80%", "5G" and "2,5" are no numbering. */
	if (text[at] != '\0' && text[at] != ' ' && !(marker->has_mark && starts_upper(text + at)))
		return false;
	marker->kind = MARKER_DECIMAL;
	marker->text_at = skip_blanks(text, at);
	return true;
}

static bool
read_letter(const char *text, Marker *marker)
{
	static const char LETTERS[] = "abcdefghiklmnopqrstuvxy";
	size_t n = g_str_has_prefix(text, "đ") ? strlen("đ") : 1;

	if (n == 1 && (text[0] == '\0' || strchr(LETTERS, text[0]) == NULL))
		return false;
	if (text[n] != ')' && text[n] != '.')
		return false;
	if (text[n + 1] != ' ' && text[n + 1] != '\0' && !starts_upper(text + n + 1))
		return false;
	marker->kind = MARKER_LETTER;
	marker->has_mark = true;
	marker->parts[0] = (uint16_t)(unsigned char)text[0];
	marker->n_parts = 1;
	marker->label_len = n;
	marker->text_at = skip_blanks(text, n + 1);
	return true;
}

static bool
read_bullet(const char *text, Marker *marker)
{
	static const struct {
		const char *mark;
		MarkerKind kind;
	} BULLETS[] = {
	    {"-", MARKER_DASH},
	    {"\xE2\x80\x93", MARKER_DASH},
	    {"\xE2\x80\xA2", MARKER_DASH},
	    {"\xEF\x82\xB7", MARKER_DASH},
	    {"*", MARKER_DASH},
	    {"\xC2\xB7", MARKER_DASH},
	    {"+", MARKER_PLUS},
	    {"o", MARKER_PLUS},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(BULLETS); i++) {
		size_t n = strlen(BULLETS[i].mark);
		bool is_letter = g_ascii_isalpha(BULLETS[i].mark[0]);

		if (strncmp(text, BULLETS[i].mark, n) != 0)
			continue;
		if (text[n] != ' ' && (is_letter || !starts_upper(text + n)))
			continue;
		marker->kind = BULLETS[i].kind;
		marker->label_len = n;
		marker->text_at = skip_blanks(text, n);
		return text[marker->text_at] != '\0' && !(is_letter && !starts_upper(text + marker->text_at));
	}
	return false;
}

bool
marker_read(const char *text, Marker *ret_marker)
{
	Marker marker = {0};

	if (!read_roman(text, &marker) && !read_decimal(text, &marker) && !read_letter(text, &marker) &&
	    !read_bullet(text, &marker))
		return false;
	*ret_marker = marker;
	return true;
}
