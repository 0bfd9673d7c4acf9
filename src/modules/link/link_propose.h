/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/link/link.h"

/* For other modules: which items of two lists may belong together, by what they say. Pure. */

typedef struct LinkProposal {
	size_t a, b; /* places in the lists */
	unsigned score;
	const char *reason;
} LinkProposal;

/* Appends (LinkProposal) the best of each item of `a`, at most `max_each`, those under LINK_SCORE_MIN left
 * out; by a, the best first. */
void link_propose(Arena *arena, const LinkItem *a, size_t n_a, const LinkItem *b, size_t n_b,
    unsigned max_each, GArray *ret_proposals);

#define LINK_SCORE_MIN 30
