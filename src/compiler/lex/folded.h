/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text beside its folded form (no marks, lower case), with the way back from each folded byte to the
 * original. Rules are written in folded words; what they cut is cut from the original. */
typedef struct Folded {
	const char *text; /* the original, white space squeezed */
	char *fold;
	uint32_t *origin; /* origin[i]: byte of `text` where the character of fold byte i starts; one more at
			     the end */
	size_t len;       /* bytes of `fold` */
} Folded;

/* Folds a text into the arena; `text` must outlive the result. */
Folded folded_new(Arena *arena, const char *text);

/* True where the words of `phrase` (folded) begin at fold byte `at` and end at a word's end. */
bool folded_has_phrase(const Folded *folded, size_t at, const char *phrase);

/* Finds `phrase` as whole words at or after `from`; gives its fold byte, or SIZE_MAX. */
size_t folded_find(const Folded *folded, size_t from, const char *phrase);

/* True where any phrase of a NULL-ended list occurs as whole words. */
bool folded_has_any(const Folded *folded, const char *const *phrases);

/* True where fold byte `at` is the start of a word. */
bool folded_is_word_start(const Folded *folded, size_t at);

/* True where a sentence ends at `at`: a full stop before a blank, the end, or a capital that the author
 * forgot to set off ("kế hoạch.Tổng hợp"); not one of several dots. */
bool folded_is_full_stop(const Folded *folded, size_t at);

/* The start of the next word after `at`, or `len`. */
size_t folded_next_word(const Folded *folded, size_t at);

/* The first byte at or after `at`, before `to`, that is no blank; `to` where there is none. */
size_t folded_skip_blanks(const Folded *folded, size_t at, size_t to);

/* Counts the words that start in fold bytes from..to. */
int folded_count_words(const Folded *folded, size_t from, size_t to);

/* Copies the original of fold bytes from..to without white space and stray punctuation at the ends. */
char *folded_cut(Arena *arena, const Folded *folded, size_t from, size_t to);

/* The same for plain text: drops blanks and ",;:." and dashes at the ends (never a closing bracket or quote).
 */
char *trim_punctuation(Arena *arena, const char *text, size_t len);
