/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* What the rules on targets know, as data. Words are folded; lists end with NULL. */

/* Units (unit-words.h) of which a measure has at most one: two measures with different ones are different
 * things. */
typedef struct ExclusiveUnits {
	const char *units[16];
	int is_base; /* what is counted or divided by: then the thing measured may still be the same */
} ExclusiveUnits;
extern const ExclusiveUnits WORDS_EXCLUSIVE[];
extern const size_t WORDS_EXCLUSIVE_N;

/* Less is better. */
extern const char *const WORDS_FALLING[];

/* The first measure cannot be above the second. Each string: units that must all be there, "a|b" for one of
 * several; after "!" those that must not. */
typedef struct Implication {
	const char *narrow;
	const char *wide;
	unsigned share_pct; /* how much of the narrow value the wide one must reach */
	const char *why;    /* Vietnamese */
} Implication;
extern const Implication WORDS_IMPLICATIONS[];
extern const size_t WORDS_IMPLICATIONS_N;

/* What a share is a share of. `topic` before the percentage, `wrong_base` after it. */
typedef struct BaseNorm {
	const char *topic;
	const char *wrong_base[6];
	const char *advice; /* Vietnamese, with the source */
} BaseNorm;
extern const BaseNorm WORDS_BASE_NORMS[];
extern const size_t WORDS_BASE_NORMS_N;

extern const char *const WORDS_MONEY_SHARE[];     /* a percentage of money */
extern const char *const WORDS_BASE[];            /* names what it is divided by */
extern const char *const WORDS_UNDEFINED_BASE[];  /* a denominator nobody defined */
extern const char *const WORDS_COMPOUND_TARGET[]; /* two measures in one name */
extern const char *const WORDS_FLOOR[];           /* "ít nhất": a floor */
extern const char *const WORDS_ALL[];             /* "toàn bộ": as good as 100% */
