/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* States as the ledger keeps them, taken apart: objects that the program itself wrote. Anything else ends the
 * reading, and what was read so far is given. */

/* A field of a state; value NULL: null. */
typedef struct LedgerPair {
	const char *key, *value;
	bool is_text; /* else a number, a word, or something with brackets, as it stands */
} LedgerPair;

#define LEDGER_PAIRS_MAX 64

/* Takes a state apart, into at most LEDGER_PAIRS_MAX pairs in the arena; gives how many. */
size_t ledger_pairs(Arena *arena, const char *state, LedgerPair *pairs);

/* Gives the value of a field among pairs; NULL. */
const char *ledger_pair_value(const LedgerPair *pairs, size_t n, const char *key);

/* Gives where the value that begins here ends: at a comma or bracket outside of strings and brackets. */
const char *ledger_skip_value(const char *at);
