/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/trust.h"

#include "base/text.h"

#include <string.h>

#define CHARS_MIN 20 /* fewer tell nothing */
#define WORDS_MIN 15 /* likewise */
#define BAD_SHARE 10 /* one in so many */
#define FOREIGN_SHARE 2
#define MUTE_SHARE 3 /* Vietnamese has hardly any word without a vowel */

void
tally_add_char(TextTally *tally, gunichar c)
{
	tally->n_chars++;
	if (c == 0xFFFD || !g_unichar_isdefined(c) || g_unichar_iscntrl(c) ||
	    g_unichar_type(c) == G_UNICODE_PRIVATE_USE)
		tally->n_bad++;
	if (!g_unichar_isalpha(c))
		return;
	tally->n_letters++;
	if (g_unichar_get_script(c) != G_UNICODE_SCRIPT_LATIN)
		tally->n_foreign++;
}

void
tally_add_word(TextTally *tally, const char *word)
{
	size_t n_letters = 0;
	bool has_vowel = false;

	for (const char *at = word; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at), plain = text_fold_char(c);

		if (!g_unichar_islower(c))
			continue;
		n_letters++;
		has_vowel |= plain < 0x80 && strchr("aeiouy", (int)plain) != NULL;
	}
	if (n_letters < 2)
		return;
	tally->n_words++;
	tally->n_mute += !has_vowel;
}

bool
tally_is_broken(const TextTally *tally)
{
	if (tally->n_chars < CHARS_MIN)
		return false;
	return tally->n_bad * BAD_SHARE > tally->n_chars ||
	       (tally->n_letters >= CHARS_MIN && tally->n_foreign * FOREIGN_SHARE > tally->n_letters) ||
	       (tally->n_words >= WORDS_MIN && tally->n_mute * MUTE_SHARE > tally->n_words);
}
