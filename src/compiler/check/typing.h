/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Words of a running text, and what a Vietnamese syllable can look like. */

typedef struct TypingWord {
	const char *start; /* NULL before the first */
	size_t len;        /* bytes */
} TypingWord;

/* Steps to the next run of letters and digits; false at the end. */
bool typing_next_word(const char *text, TypingWord *word);

/* True where no letter or digit goes on over the place `p` of `text`. */
bool typing_is_border(const char *text, const char *p);

/* True where `word` and a blank stand right before `p`. */
bool typing_follows(const char *text, const char *p, const char *word);

/* True for two syllables written as one ("sốtrong"): letters with Vietnamese marks, two groups of vowels with
 * consonants between. Foreign words, which have no marks, are left alone. */
bool typing_is_joined(const char *word, size_t len);
