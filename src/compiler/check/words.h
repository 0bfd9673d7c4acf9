/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

/* What the rules know about the genre and about the law, as data. Words are folded unless it says otherwise;
 * lists end with NULL. */

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
extern const char *const WORDS_ALL[];             /* "toàn bộ": as good as 100% */
extern const char *const WORDS_FLOOR[];           /* "ít nhất": a floor */

extern const char *const WORDS_VAGUE_OUTPUT[];     /* an action where a product is asked for; prefixes */
extern const char *const WORDS_DELIVERING_VERBS[]; /* prefixes */
extern const char *const WORDS_PRODUCING_VERBS[];  /* prefixes; after these always a product of its own */
extern const char *const WORDS_OPTIONAL[];         /* "nếu có" */

/* A wrong spelling and what was meant; both with marks. */
typedef struct Confusion {
	const char *wrong;
	const char *right;
	const char *not_after; /* right after this word the spelling is good ("vất vả"); NULL */
} Confusion;
extern const Confusion WORDS_CONFUSED[];
extern const size_t WORDS_CONFUSED_N;

extern const char *const WORDS_NEVER_DOUBLED[]; /* with marks */
extern const char *const WORDS_COMPOUNDS[];     /* two-syllable words that often meet; folded */
extern const char *const WORDS_REDUPLICATED[];  /* may stand twice ("dần dần"); with marks */

/* A duty or a measure of a higher level. */
typedef struct ScopeTerm {
	const char *phrases[4]; /* all must be there, none of them in the name of a document */
	DiagSeverity severity;
	bool in_titles;  /* also wrong in a heading */
	const char *why; /* Vietnamese */
} ScopeTerm;
extern const ScopeTerm WORDS_SCOPE[];
extern const size_t WORDS_SCOPE_N;

/* A name or a term that a later act replaced. */
typedef struct OutdatedTerm {
	const char *phrase;
	const char *old_text;
	const char *new_text;
	const char *since; /* ISO */
	const char *since_text;
	const char *source;
} OutdatedTerm;
extern const OutdatedTerm WORDS_OUTDATED[];
extern const size_t WORDS_OUTDATED_N;

extern const char *const WORDS_SECRET[];
extern const char *const WORDS_ON_NETWORK[];
extern const char *const WORDS_SECRET_HANDLED[]; /* the text itself keeps them apart */
extern const char *const WORDS_PROGRAMME[];

extern const char *const WORDS_SKIPPED_LEVEL[]; /* to the province */
extern const char *const WORDS_TROUBLE[];
extern const char *const WORDS_LEADING_BODIES[];
extern const char *const WORDS_CONSOLIDATES[];

extern const char *const WORDS_SPELLINGS[][2];
extern const size_t WORDS_SPELLINGS_N;
