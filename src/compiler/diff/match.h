/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/diag.h"
#include "compiler/check/units.h"

/* Pairs the items of two lists by likeness. */

typedef struct MatchItem {
	const char *text;
	const char *no;    /* breaks ties; may be NULL */
	const char *owner; /* breaks ties; may be NULL */
	SourceSpan span;   /* the caller's own */
	UnitSet units;     /* of the text; filled in by match_lists() */
	size_t partner;    /* index in the other list; MATCH_NONE */
	size_t kin; /* where it has no partner: the item of the other list it was split from or taken up by;
		       MATCH_NONE */
	unsigned alike_pct;
} MatchItem;

#define MATCH_NONE SIZE_MAX

/* Fills in partner, kin and alike_pct on both sides: first the same texts, in their order; then the most
 * alike. Units live in `arena`. Time grows linearly with the number of items (units.h). */
void match_lists(UnitLexicon *lexicon, Arena *arena, MatchItem *old_items, size_t n_old, MatchItem *new_items,
    size_t n_new);
