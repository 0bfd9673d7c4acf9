/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/typing.h"

#include "base/text.h"

#include <string.h>

static bool
is_word_char(gunichar c)
{
	return g_unichar_isalnum(c);
}

bool
typing_next_word(const char *text, TypingWord *word)
{
	const char *p = word->start != NULL ? word->start + word->len : text;

	while (*p != '\0' && !is_word_char(g_utf8_get_char(p)))
		p = text_next(p);
	if (*p == '\0')
		return false;
	word->start = p;
	while (*p != '\0' && is_word_char(g_utf8_get_char(p)))
		p = text_next(p);
	word->len = (size_t)(p - word->start);
	return true;
}

bool
typing_is_border(const char *text, const char *p)
{
	if (p == text || *p == '\0')
		return true;
	return !is_word_char(g_utf8_get_char(p)) ||
	       !is_word_char(g_utf8_get_char(g_utf8_find_prev_char(text, p)));
}

bool
typing_follows(const char *text, const char *p, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(p - text) > len && p[-1] == ' ' && memcmp(p - 1 - len, word, len) == 0;
}

static bool
is_vowel(gunichar folded)
{
	return folded < 0x80 && strchr("aeiouy", (char)folded) != NULL && folded != 0;
}

bool
typing_is_joined(const char *word, size_t len)
{
	const char *end = word + len;
	unsigned n_groups = 0;
	bool was_vowel = false, has_mark = false;

	for (const char *p = word; p < end; p = text_next(p)) {
		gunichar c = g_utf8_get_char(p), folded = text_fold_char(c);
		bool vowel = is_vowel(folded);

		if (g_unichar_isdigit(c))
			return false;
		has_mark = has_mark || c >= 0x80;
		n_groups += vowel && !was_vowel;
		was_vowel = vowel;
	}
	return has_mark && n_groups >= 2;
}
