/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The word lists behind units.h, all folded (no marks, lower case). */

/* A phrase and the unit it stands for. Longer phrases win. */
typedef struct UnitPhrase {
	const char *phrase;
	const char *unit;
} UnitPhrase;

extern const UnitPhrase UNIT_PHRASES[];     /* ended by NULL */
extern const char *const UNIT_STOP_WORDS[]; /* say nothing in a comparison; ended by NULL */
extern const char *const UNIT_WEAK_WORDS[]; /* stand everywhere in the genre; ended by NULL */
