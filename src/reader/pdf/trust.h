/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Whether the text of a page is what is printed on it. A font without a table of characters, or with a wrong
 * one, prints well and reads as nonsense. */

typedef struct TextTally {
	size_t n_chars;
	size_t n_bad;                /* control codes, private use, unassigned, U+FFFD */
	size_t n_letters, n_foreign; /* of another script than Latin */
	size_t n_words, n_odd;       /* in lower case; not built as a Vietnamese syllable is */
} TextTally;

void tally_add_char(TextTally *tally, gunichar c);
void tally_add_word(TextTally *tally, const char *word);

/* True where few enough words read as Vietnamese that another encoding is worth trying. */
bool tally_is_doubtful(const TextTally *tally);

/* True where what was counted cannot be Vietnamese text. */
bool tally_is_broken(const TextTally *tally);
