/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/trust.h"

#include "base/text.h"

#include <string.h>

#define CHARS_MIN 20 /* fewer tell nothing */
#define WORDS_MIN 15 /* likewise */
#define BAD_SHARE_PCT 10
#define FOREIGN_SHARE_PCT 50
#define ODD_SHARE_PCT 75 /* Vietnamese has next to none, English some 60, letters mixed up 85 and more */
#define DOUBTFUL_SHARE_PCT 25
#define SYLLABLE_MAX 7 /* letters; "nghiêng" */

#define VOWELS_MAX 4 /* "giêu", "quyê" */

/* The consonants that a syllable begins and ends with, without marks; longer ones before those they begin
 * with. */
static const char *const ONSETS[] = {"ngh", "ng", "nh", "n", "ch", "c", "gh", "g", "kh", "k", "ph", "p", "q",
    "th", "tr", "t", "b", "d", "h", "l", "m", "r", "s", "v", "x", ""};
static const char *const CODAS[] = {"ng", "nh", "n", "ch", "c", "m", "p", "t", ""};

static size_t
match(const char *const *parts, const char *at)
{
	while (!g_str_has_prefix(at, *parts)) /* the last is empty */
		parts++;
	return strlen(*parts);
}

/* `plain`: letters without marks. "gi" is taken as g and i, which the vowels allow. */
static bool
is_syllable(const char *plain)
{
	const char *vowels = plain + match(ONSETS, plain);
	size_t n_vowels = strspn(vowels, "aeiouy");
	const char *coda = vowels + n_vowels;

	return n_vowels >= 1 && n_vowels <= VOWELS_MAX && coda[match(CODAS, coda)] == '\0';
}

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
	char plain[SYLLABLE_MAX + 2];
	size_t n = 0;

	for (const char *at = word; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at), letter = text_fold_char(c);

		if (g_unichar_isupper(c) || g_unichar_isdigit(c))
			return;
		if (g_unichar_isalpha(c) && n <= SYLLABLE_MAX)
			plain[n++] = letter < 0x80 ? (char)letter : '?';
	}
	plain[n] = '\0';
	if (n < 2)
		return;
	tally->n_words++;
	tally->n_odd += !is_syllable(plain);
}

bool
tally_is_doubtful(const TextTally *tally)
{
	return tally->n_words >= WORDS_MIN && tally->n_odd * 100 > tally->n_words * DOUBTFUL_SHARE_PCT;
}

bool
tally_is_broken(const TextTally *tally)
{
	if (tally->n_chars < CHARS_MIN)
		return false;
	return tally->n_bad * 100 > tally->n_chars * BAD_SHARE_PCT ||
	       (tally->n_letters >= CHARS_MIN &&
		   tally->n_foreign * 100 > tally->n_letters * FOREIGN_SHARE_PCT) ||
	       (tally->n_words >= WORDS_MIN && tally->n_odd * 100 > tally->n_words * ODD_SHARE_PCT);
}
