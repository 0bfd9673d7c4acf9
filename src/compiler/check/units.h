/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Texts compared by meaning: folded, abbreviations and their long forms made one, cut into units of sense
 * ("thủ tục hành chính" and "TTHC" are the same single unit), words that say nothing left out. */

typedef struct UnitLexicon UnitLexicon;

typedef struct UnitSet {
	const uint32_t *ids; /* sorted, each once, without stop words */
	uint32_t n;
	uint32_t weight;       /* of all units together */
	const uint32_t *order; /* as they stand in the text, stop words left out */
	uint32_t n_order;
} UnitSet;

UnitLexicon *units_lexicon_new(void);
void units_lexicon_free(UnitLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UnitLexicon, units_lexicon_free)

/* Reads a text into units. The set lives in `arena`; its ids belong to `lexicon`. NULL text gives an empty
 * set. */
UnitSet units_read(UnitLexicon *lexicon, Arena *arena, const char *text);

/* The unit's word, for messages and tests. */
const char *units_word(const UnitLexicon *lexicon, uint32_t id);

/* 1 for words that are everywhere in the genre ("triển khai"), 3 for the others. */
uint32_t units_weight(const UnitLexicon *lexicon, uint32_t id);

/* The weight of the units that both have. */
uint32_t units_common(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b);

/* Shared weight as a percentage of all units of both (100: the same units). */
unsigned units_same_pct(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b);

/* Shared weight as a percentage of the smaller set (100: one holds all of the other). */
unsigned units_within_pct(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b);

bool units_has(const UnitSet *set, uint32_t id);

/* Gives the id of a word as the lexicon spells it; UINT32_MAX where no text read so far has it. */
uint32_t units_find(const UnitLexicon *lexicon, const char *word);

/* Calls `visit` once for each pair (i < j) whose units_within_pct() may reach `at_least_pct`; of many
 * identical texts only a few are paired with others. Time grows linearly with the number of sets: units that
 * are everywhere are not searched. */
typedef void (*UnitsVisit)(size_t i, size_t j, void *data);
void units_pairs(const UnitLexicon *lexicon, const UnitSet *sets, size_t n, unsigned at_least_pct,
    UnitsVisit visit, void *data);
