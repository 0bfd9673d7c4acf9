/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/date.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Lịch làm việc: which days are worked. Saturdays and Sundays are not, unless a day says otherwise. */

typedef enum {
	CALENDAR_HOLIDAY = 1, /* nghỉ lễ, Tết */
	CALENDAR_DAY_OFF,     /* nghỉ hoán đổi */
	CALENDAR_WORKDAY,     /* làm bù */
	CALENDAR_KIND_MAX,
} CalendarKind;

/* Indexed by CalendarKind; as pages and CSV files name them. */
extern const char *const CALENDAR_KIND_TITLES[CALENDAR_KIND_MAX];

/* A day that is not what its weekday says. */
typedef struct CalendarDay {
	int32_t day;
	CalendarKind kind;
	const char *name, *source;
} CalendarDay;

#define CALENDAR_YEAR_MIN 2000
#define CALENDAR_YEAR_MAX 2100
#define CALENDAR_DAYS_MAX 120 /* special days of one year */
#define CALENDAR_TEXT_MAX 300 /* bytes of a name or a source */

/* A calendar in memory. */
typedef struct Calendar Calendar;

Calendar *calendar_new(void);
void calendar_free(Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

/* Says that a year is known; days that are added count in any case. */
void calendar_add_year(Calendar *calendar, int year, bool is_projected);
void calendar_add_day(Calendar *calendar, const CalendarDay *day);

bool calendar_knows_year(const Calendar *calendar, int year);
bool calendar_is_projected(const Calendar *calendar, int year);

/* Gives the special day; NULL where the day is what its weekday says. It lives as long as the calendar. */
const CalendarDay *calendar_find(const Calendar *calendar, int32_t day);

bool calendar_is_working(const Calendar *calendar, int32_t day);

/* The day itself where it is worked, else the next one that is. */
int32_t calendar_next_working(const Calendar *calendar, int32_t day);

/* The n-th working day after `day`, or before it where n is negative; `day` itself for 0. */
int32_t calendar_add_working(const Calendar *calendar, int32_t day, int n);

/* Working days in [from, to]. */
int calendar_count_working(const Calendar *calendar, int32_t from, int32_t to);

/* The last day that is meant by "trước ngày X". */
int32_t calendar_last_day_before(int32_t day, bool is_inclusive);

/* Gives the first year of [from, to] that is not known; 0: all are. */
int calendar_missing_year(const Calendar *calendar, int32_t from, int32_t to);

/* Reads a commune's calendar: its own years, and of the others what the program brings along; the caller's.
 * Fails with APP_ERROR_STORAGE. */
bool calendar_load(Db *db, int64_t commune_id, Calendar **ret_calendar, GError **error);

typedef struct CalendarSettings {
	int due_hour;             /* the hour at which a due day ends for submissions */
	bool is_before_inclusive; /* "trước ngày X" still counts X */
	int warn_days;            /* as many days ahead a year without a calendar is warned of */
} CalendarSettings;

bool calendar_settings(Db *db, int64_t commune_id, CalendarSettings *ret_settings, GError **error);

/* Gives the year within the settings' days ahead of which there is no calendar; 0: all are there. Due days
 * are still worked out, with weekends alone left out. */
bool calendar_gap(Db *db, int64_t commune_id, int32_t today, int *ret_year, GError **error);
