/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/clean.h"

#include "base/text.h"

#include <string.h>

#define PRIVATE_FIRST 0xF000
#define PRIVATE_LAST 0xF0FF

typedef struct {
	unsigned code;
	const char *shown;
} Glyph;

static const Glyph SYMBOL[] = {
    {0x2D, "-"},
    {0x61, "α"},
    {0x62, "β"},
    {0x6D, "µ"},
    {0xA3, "≤"},
    {0xAE, "→"},
    {0xB0, "°"},
    {0xB1, "±"},
    {0xB3, "≥"},
    {0xB4, "×"},
    {0xB7, "•"},
    {0xB8, "÷"},
    {0xB9, "≠"},
    {0xBB, "≈"},
    {0xDE, "⇒"},
};

static const Glyph WINGDINGS[] = {
    {0x6C, "•"},
    {0x6E, "•"},
    {0x6F, "☐"},
    {0x76, "•"},
    {0x9F, "•"},
    {0xA7, "•"},
    {0xA8, "☐"},
    {0xD8, "•"},
    {0xE0, "→"},
    {0xF0, "→"},
    {0xFB, "✗"},
    {0xFC, "✓"},
    {0xFD, "☒"},
    {0xFE, "☑"},
};

static const char *
find_glyph(const Glyph *glyphs, size_t n, unsigned code)
{
	for (size_t i = 0; i < n; i++)
		if (glyphs[i].code == code)
			return glyphs[i].shown;
	return NULL;
}

void
clean_append_symbol(GString *out, gunichar code, const char *font)
{
	unsigned low = code >= PRIVATE_FIRST && code <= PRIVATE_LAST ? code - PRIVATE_FIRST : code;
	const char *shown;

	if (font != NULL && g_ascii_strncasecmp(font, "Wingdings", 9) == 0)
		shown = find_glyph(WINGDINGS, G_N_ELEMENTS(WINGDINGS), low);
	else
		shown = find_glyph(SYMBOL, G_N_ELEMENTS(SYMBOL), low);
	if (shown != NULL)
		g_string_append(out, shown);
}

static bool
is_dropped(gunichar c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
	       c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

static bool
is_blank(gunichar c)
{
	return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

static void
append_char(GString *out, gunichar c)
{
	if (is_dropped(c))
		return;
	if (is_blank(c))
		g_string_append_c(out, ' ');
	else if (c == 0x2010 || c == 0x2011)
		g_string_append_c(out, '-');
	else if (c == 0x2028 || c == 0x2029)
		g_string_append_c(out, '\n');
	else if (c >= PRIVATE_FIRST && c <= PRIVATE_LAST)
		clean_append_symbol(out, c, NULL);
	else
		g_string_append_unichar(out, c);
}

void
clean_append(GString *out, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *plain = text;

		/* Only what starts with C2, E2, E3 or EF may be one of the above. */
		while (text < end && (unsigned char)*text != 0xC2 && (unsigned char)*text != 0xE2 &&
		       (unsigned char)*text != 0xE3 && (unsigned char)*text != 0xEF)
			text++;
		g_string_append_len(out, plain, text - plain);
		if (text < end) {
			append_char(out, g_utf8_get_char(text));
			text = text_next(text);
		}
	}
}

char *
clean_finish(Arena *arena, const char *text, size_t len)
{
	g_autofree char *composed = text_nfc(text, len, &len);
	g_autoptr(GString) lines = g_string_sized_new(len);
	const char *at = composed, *end = composed + len;

	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		size_t line_len = (size_t)((line_end != NULL ? line_end : end) - at), before = lines->len;

		if (before > 0)
			g_string_append_c(lines, '\n');
		text_squeeze_append(lines, at, line_len);
		if (lines->len == before + (before > 0))
			g_string_truncate(lines, before);
		at += line_len + 1;
	}
	return arena_strndup(arena, lines->str, lines->len);
}
