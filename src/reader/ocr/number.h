/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Numbers that stand alone in a cell ("2.1", "≥ 80%", "7/2025"). The model reads so little text badly, and
 * differently at each size: several readings vote. */

typedef struct NumberVote {
	char *text; /* without blanks */
	int votes;
	int confidence; /* the best of its readings */
	float weight;
} NumberVote;

typedef struct NumberPoll {
	NumberVote votes[8];
	unsigned len;
} NumberPoll;

void number_poll_clear(NumberPoll *poll);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NumberPoll, number_poll_clear)

/* Whether a reading is worth holding a vote on: it has digits, or the model was at a loss. */
bool number_is_likely(const char *text, int confidence);

/* Counts one reading; what is no number is not counted. */
void number_poll_add(NumberPoll *poll, const char *text, int confidence);

/* The winner; NULL where no reading is trusted. *ret_confidence is below 80 where only one says so. */
const char *number_poll_winner(const NumberPoll *poll, int *ret_confidence);
