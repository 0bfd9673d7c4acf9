/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/folded.h"

#include "base/text.h"

#include <string.h>

Folded
folded_new(Arena *arena, const char *text)
{
	size_t text_len = strlen(text), n = 0;
	Folded folded = {.text = text};

	/* Folding never makes a character longer in UTF-8. */
	folded.fold = arena_alloc(arena, text_len + 8);
	folded.origin = arena_array(arena, uint32_t, text_len + 8);
	for (const char *p = text; *p != '\0'; p = text_next(p)) {
		gunichar c = text_fold_char(g_utf8_get_char(p));
		gint bytes = c < 0x80 ? 1 : g_unichar_to_utf8(c, NULL);

		if (n + (size_t)bytes > text_len + 1)
			break;
		if (bytes == 1)
			folded.fold[n] = (char)c;
		else
			g_unichar_to_utf8(c, folded.fold + n);
		for (gint i = 0; i < bytes; i++)
			folded.origin[n++] = (uint32_t)(p - text);
	}
	folded.fold[n] = '\0';
	folded.origin[n] = (uint32_t)text_len;
	folded.len = n;
	return folded;
}

static bool
is_word_byte(char c)
{
	return g_ascii_isalnum(c); /* Vietnamese letters are folded to ASCII; the rest are signs */
}

bool
folded_is_word_start(const Folded *folded, size_t at)
{
	return at < folded->len && is_word_byte(folded->fold[at]) &&
	       (at == 0 || !is_word_byte(folded->fold[at - 1]));
}

bool
folded_has_phrase(const Folded *folded, size_t at, const char *phrase)
{
	size_t len = strlen(phrase);

	return at + len <= folded->len && memcmp(folded->fold + at, phrase, len) == 0 &&
	       (at == 0 || !is_word_byte(folded->fold[at - 1]) || !is_word_byte(phrase[0])) &&
	       (!is_word_byte(folded->fold[at + len]) || !is_word_byte(phrase[len - 1]));
}

size_t
folded_find(const Folded *folded, size_t from, const char *phrase)
{
	if (from > folded->len)
		return SIZE_MAX;
	for (const char *p = folded->fold + from; (p = strstr(p, phrase)) != NULL; p++)
		if (folded_has_phrase(folded, (size_t)(p - folded->fold), phrase))
			return (size_t)(p - folded->fold);
	return SIZE_MAX;
}

bool
folded_has_any(const Folded *folded, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++)
		if (folded_find(folded, 0, *phrases) != SIZE_MAX)
			return true;
	return false;
}

bool
folded_is_full_stop(const Folded *folded, size_t at)
{
	if (folded->fold[at] != '.' || (at > 0 && folded->fold[at - 1] == '.'))
		return false;
	if (at + 1 >= folded->len || folded->fold[at + 1] == ' ')
		return true;
	return at > 1 && g_ascii_islower(folded->fold[at - 1]) && g_ascii_islower(folded->fold[at - 2]) &&
	       g_unichar_isupper(g_utf8_get_char(folded->text + folded->origin[at + 1]));
}

size_t
folded_next_word(const Folded *folded, size_t at)
{
	while (at < folded->len && is_word_byte(folded->fold[at]))
		at++;
	while (at < folded->len && !is_word_byte(folded->fold[at]))
		at++;
	return at;
}

size_t
folded_skip_blanks(const Folded *folded, size_t at, size_t to)
{
	while (at < to && folded->fold[at] == ' ')
		at++;
	return at;
}

int
folded_count_words(const Folded *folded, size_t from, size_t to)
{
	int n = 0;

	for (size_t at = from; at < to; at++)
		n += folded_is_word_start(folded, at);
	return n;
}

static bool
is_loose(const char *text, size_t len, size_t *ret_bytes)
{
	static const char *const DASHES[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6", "\xC2\xA0"};

	*ret_bytes = 1;
	if (len > 0 && strchr(" \t,;:.-+", text[0]) != NULL)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(DASHES); i++) {
		*ret_bytes = strlen(DASHES[i]);
		if (len >= *ret_bytes && memcmp(text, DASHES[i], *ret_bytes) == 0)
			return true;
	}
	return false;
}

char *
trim_punctuation(Arena *arena, const char *text, size_t len)
{
	size_t n;

	while (len > 0 && is_loose(text, len, &n)) {
		text += n;
		len -= n;
	}
	while (len > 0) {
		const char *last = text + len;

		do
			last--;
		while (last > text && ((unsigned char)*last & 0xC0) == 0x80);
		if (!is_loose(last, (size_t)(text + len - last), &n))
			break;
		len = (size_t)(last - text);
	}
	return arena_strndup(arena, text, len);
}

char *
folded_cut(Arena *arena, const Folded *folded, size_t from, size_t to)
{
	size_t start = folded->origin[MIN(from, folded->len)], end = folded->origin[MIN(to, folded->len)];

	return trim_punctuation(arena, folded->text + start, end > start ? end - start : 0);
}
