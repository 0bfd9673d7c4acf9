/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/calendar/calendar.h"
#include "modules/remind/remind.h"

/* The ladder: rungs as data with dates, and which days each of them is about today. */

typedef enum { REMIND_MONTHS, REMIND_WORK, REMIND_EXPLAINS, REMIND_ABOUT_MAX } RemindAbout;

typedef enum {
	REMIND_BEFORE = 1, /* days before the due day */
	REMIND_LATE,       /* days past it */
	REMIND_QUIET,      /* days without an entry */
	REMIND_MONTH,      /* days before a month's updates close */
	REMIND_WAIT,       /* days since it waits for acceptance or a decision */
	REMIND_KIND_MAX,
} RemindKind;

extern const char *const REMIND_KIND_TITLES[REMIND_KIND_MAX];
extern const char *const REMIND_KIND_WORDS[REMIND_KIND_MAX];

/* Whom a rung tells, as bits. Where there is nobody of the kind, the next one is told. Of an explanation: the
 * head answers, the leader is who asked. */
typedef enum {
	REMIND_TO_PERSON = 1,
	REMIND_TO_HEAD = 2,
	REMIND_TO_STANDING = 4, /* who operates the plan */
	REMIND_TO_LEADER = 8,   /* who may ask for explanations */
	REMIND_TO_ALL = 15,
} RemindWho;

#define REMIND_WHO_MAX 4
extern const char *const REMIND_WHO_TITLES[REMIND_WHO_MAX]; /* by the bit's place */
extern const char *const REMIND_WHO_WORDS[REMIND_WHO_MAX];

#define REMIND_DAYS_MAX 365
#define REMIND_RUNGS_MAX 100
#define REMIND_SOURCE_CHARS 300

typedef struct RemindRung {
	int64_t rung_no;
	int32_t valid_from, valid_to; /* DATE_NONE: no end */
	RemindAbout about;
	RemindKind kind;
	int days;
	bool is_working;  /* days are working days */
	bool is_original; /* counted from the original due day of what was extended */
	bool is_urgent;
	unsigned to_whom; /* RemindWho */
	const char *source, *set_by;
} RemindRung;

/* "Trước hạn 3 ngày làm việc"; in the arena. */
const char *remind_rung_title(Arena *arena, const RemindRung *rung);

/* Reads every version of every rung (RemindRung), in the scope's arena, by number and first day.
 * *ret_is_own: false: the commune has none of its own, these are the program's. */
bool remind_rungs(const WorkScope *scope, GArray *ret_rungs, bool *ret_is_own, GError **error);

/* Leaves those that count on a day, one for each number. */
void remind_rungs_on(GArray *rungs, int32_t day);

/* Sets a rung from a day on; rung_no 0: a new one. What counted until then ends the day before.
 * *ret_problem: Vietnamese, why it is refused; NULL. Fails with APP_ERROR_NOT_FOUND. */
bool
remind_rung_set(const WorkScope *scope, const RemindRung *rung, const char **ret_problem, GError **error);

/* Ends a rung with the day before today. Fails with APP_ERROR_NOT_FOUND. */
bool remind_rung_end(const WorkScope *scope, int64_t rung_no, GError **error);

bool remind_is_on(const WorkScope *scope, bool *ret_is_on, GError **error);
bool remind_switch(const WorkScope *scope, bool is_on, GError **error);

/* The days that a rung is about today: due days, days of the last entry. */
typedef struct RemindRange {
	const RemindRung *rung;
	int32_t from, to;
} RemindRange;

/* Appends the ranges (RemindRange) of rungs that count today, of all kinds but REMIND_MONTH: those of one
 * kind do not overlap, so that of several rungs that a piece has passed only the highest speaks. */
void remind_ranges(const GArray *rungs, const Calendar *calendar, int32_t today, GArray *ret_ranges);

/* Gives the rung about a month's updates that counts today, and the month by its last day; NULL: none.
 * lock_day: of the next month, when they close; 0: never. */
const RemindRung *remind_month_rung(
    const GArray *rungs, const Calendar *calendar, int32_t today, int lock_day, int32_t *ret_month);
