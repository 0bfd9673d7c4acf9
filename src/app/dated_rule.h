/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* What all rules have in common that people may change: kinds of units, kinds of evidence, separate duties. A
 * rule counts from a day on, may end with a day, and names its ground; it is added and ended, never rewritten
 * or taken away (R1), and no day that is past gets another rule than it had. */

#define DATED_SOURCE_BYTES_MAX 400

/* The days on which a rule counts. */
typedef struct DatedSpan {
	int32_t from; /* DATE_NONE: since ever */
	int32_t to;   /* the last day; DATE_NONE: no end */
} DatedSpan;

typedef enum { DATED_ON, DATED_COMING, DATED_OVER, DATED_STANDING_MAX } DatedStanding;

bool dated_is_on(DatedSpan days, int32_t day);
DatedStanding dated_standing(DatedSpan days, int32_t today);

/* "Đang dùng", "Sắp dùng", "Thôi dùng". */
const char *dated_standing_title(DatedStanding standing);

/* The look for part_state(). */
const char *dated_standing_look(DatedStanding standing);

/* "từ 01/7/2025 đến 30/6/2026", "từ trước đến nay"; in the arena or static. */
const char *dated_days_text(Arena *arena, DatedSpan days);

/* True where a rule still counts on some day from `from` on: a second one like it would stand beside it. */
bool dated_meets(DatedSpan days, int32_t from);

/* The checks of what was typed give Vietnamese: what is wrong, naming the field; NULL where nothing is. */

/* The day from which a rule is to count, as a browser sends it; "": today. */
const char *dated_read_first_day(const char *typed, int32_t today, int32_t *ret_day);

/* The last day of a rule: DATE_NONE where it is no day at all, for dated_check_last_day() to refuse. */
int32_t dated_read_last_day(const char *typed);

/* `from` may not be past. */
const char *dated_check_first_day(int32_t from, int32_t today);

/* The last day may neither be past nor come before the rule began. */
const char *dated_check_last_day(DatedSpan days, int32_t last_day, int32_t today);

/* The document, decision or regulation on which a rule rests: there has to be one. */
const char *dated_check_source(const char *source);

/* The ground of a rule that has an end: its own and that of the end; in the arena. */
const char *dated_ended_source(Arena *arena, const char *source, const char *end_source);

/* Makes the word by which a named rule is known: "Hợp tác xã" gives "hop-tac-xa", or the first of
 * "hop-tac-xa-2", … that is not taken; "" for a name without letters. In the arena. */
typedef bool (*DatedIsTaken)(const void *rules, const char *word);
const char *dated_word_make(Arena *arena, const char *name, DatedIsTaken is_taken, const void *rules);

/* True where two rules have one name for whoever reads them: without regard to case and marks. */
bool dated_is_same_name(const char *a, const char *b);
