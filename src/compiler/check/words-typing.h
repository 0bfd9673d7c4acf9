/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Words as they are typed, with marks where nothing else is said; lists end with NULL. */

/* A wrong spelling and what was meant; both with marks. */
typedef struct Confusion {
	const char *wrong;
	const char *right;
	const char *not_after; /* right after this word the spelling is good ("vất vả"); NULL */
} Confusion;
extern const Confusion WORDS_CONFUSED[];
extern const size_t WORDS_CONFUSED_N;

extern const char *const WORDS_NEVER_DOUBLED[]; /* with marks */
extern const char *const WORDS_REDUPLICATED[];  /* may stand twice ("dần dần"); with marks */
extern const char *const WORDS_SPELLINGS[][2];
extern const char *const WORDS_COMPOUNDS[]; /* two-syllable words that often meet; folded */
extern const size_t WORDS_SPELLINGS_N;
