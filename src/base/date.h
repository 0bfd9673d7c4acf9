/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Calendar dates as day numbers (days since 1970-01-01, proleptic Gregorian) and dates that are only partly
 * known. The clock is never read here: `today` is always a parameter. */

#define DATE_NONE INT32_MIN /* no date */
#define DATE_ISO_SIZE 24    /* room for the widest date and a NUL */

/* A date as documents print it: the day, or the day and month, may be blank (0). year 0 means no date at all.
 */
typedef struct PartialDate {
	int16_t year;
	int8_t month;
	int8_t day;
} PartialDate;

/* Gives the day number of a date; DATE_NONE where it does not exist (31/02). */
int32_t date_from_ymd(int year, int month, int day);
void date_to_ymd(int32_t day_number, int *ret_year, int *ret_month, int *ret_day);

int date_last_day_of_month(int year, int month);
int32_t date_end_of_month(int year, int month);
int32_t date_end_of_quarter(int year, int quarter); /* quarter: 1 to 4 */

/* Monday is 1, Sunday is 7. */
int date_weekday(int32_t day_number);

/* Adds months and keeps the day, or takes the last day of a shorter month. */
int32_t date_add_months(int32_t day_number, int months);

/* Reads "YYYY-MM-DD"; false for anything else. */
bool date_parse_iso(const char *text, int32_t *ret_day);

/* Writes "YYYY-MM-DD", or "" for DATE_NONE. */
void date_format_iso(int32_t day_number, char out[static DATE_ISO_SIZE]);

/* Writes the date as Vietnamese documents do: day with two digits, months 1 and 2 with two ("05/02/2026",
 * "05/7/2026"; Nghị định 30/2020/NĐ-CP, phụ lục I), or "" for DATE_NONE. */
void date_format_vi(int32_t day_number, char out[static DATE_ISO_SIZE]);

/* The same in the arena. */
const char *date_text_vi(Arena *arena, int32_t day_number);

/* Writes "2026-03-19", "2026-03", "2026" or "". */
void partial_date_format_iso(PartialDate date, char out[static DATE_ISO_SIZE]);

/* Instants are microseconds since 1970, UTC; people see them in Asia/Ho_Chi_Minh, which has had no other
 * offset than seven hours since 1975. */
#define INSTANT_SECOND ((int64_t)1000000)
#define INSTANT_HOUR (3600 * INSTANT_SECOND)
#define INSTANT_DAY (24 * INSTANT_HOUR)
#define INSTANT_VI_SIZE 40

/* The day number of an instant, and the instant at which an hour of a day begins, in Asia/Ho_Chi_Minh. */
int32_t instant_day(int64_t us);
int64_t instant_at(int32_t day_number, int hour);

/* Writes "16:05:09 22/11/2026"; to the minute, as lists show it, "22/11/2026 16:05". */
void instant_format_vi(int64_t us, char out[static INSTANT_VI_SIZE]);
void instant_format_minute_vi(int64_t us, char out[static INSTANT_VI_SIZE]);
