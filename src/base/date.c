/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
date_last_day_of_month(int year, int month)
{
	static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month < 1 || month > 12)
		return 0;
	return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

/* Days from civil and back: the well-known era arithmetic with years that begin in March. */
int32_t
date_from_ymd(int year, int month, int day)
{
	int era, year_of_era, day_of_year, day_of_era;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > date_last_day_of_month(year, month))
		return DATE_NONE;
	year -= month <= 2;
	era = year / 400;
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

void
date_to_ymd(int32_t day_number, int *ret_year, int *ret_month, int *ret_day)
{
	int shifted = day_number + 719468;
	int era = shifted / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*ret_day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*ret_month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	*ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

int32_t
date_end_of_month(int year, int month)
{
	return date_from_ymd(year, month, date_last_day_of_month(year, month));
}

int32_t
date_end_of_quarter(int year, int quarter)
{
	return date_end_of_month(year, quarter * 3);
}

int
date_weekday(int32_t day_number)
{
	int weekday = (day_number + 3) % 7; /* 1970-01-01 was a Thursday */

	return (weekday < 0 ? weekday + 7 : weekday) + 1;
}

int32_t
date_add_months(int32_t day_number, int months)
{
	int year, month, day, from_zero;

	date_to_ymd(day_number, &year, &month, &day);
	from_zero = year * 12 + (month - 1) + months;
	year = from_zero / 12;
	month = from_zero % 12 + 1;
	return date_from_ymd(year, month, MIN(day, date_last_day_of_month(year, month)));
}

bool
date_parse_iso(const char *text, int32_t *ret_day)
{
	int digits[8], n = 0;
	int32_t day;

	if (text == NULL || strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	for (size_t i = 0; i < 10; i++) {
		if (i == 4 || i == 7)
			continue;
		if (!g_ascii_isdigit(text[i]))
			return false;
		digits[n++] = text[i] - '0';
	}
	day = date_from_ymd(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
	    digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
	if (day == DATE_NONE)
		return false;
	*ret_day = day;
	return true;
}

static void
put_digits(char *out, int n_digits, int value)
{
	for (int i = n_digits - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
}

/* The ledger holds days by the million: snprintf() would be a tenth of what checking it takes. */
void
date_format_iso(int32_t day_number, char out[static DATE_ISO_SIZE])
{
	int year, month, day;

	out[0] = '\0';
	if (day_number == DATE_NONE)
		return;
	date_to_ymd(day_number, &year, &month, &day);
	if (year < 0 || year > 9999) {
		snprintf(out, DATE_ISO_SIZE, "%04d-%02d-%02d", year, month, day);
		return;
	}
	put_digits(out, 4, year);
	out[4] = '-';
	put_digits(out + 5, 2, month);
	out[7] = '-';
	put_digits(out + 8, 2, day);
	out[10] = '\0';
}

void
date_format_vi(int32_t day_number, char out[static DATE_ISO_SIZE])
{
	int year, month, day;

	out[0] = '\0';
	if (day_number == DATE_NONE)
		return;
	date_to_ymd(day_number, &year, &month, &day);
	snprintf(out, DATE_ISO_SIZE, month <= 2 ? "%02d/%02d/%d" : "%02d/%d/%d", day, month, year);
}

const char *
date_text_vi(Arena *arena, int32_t day_number)
{
	char text[DATE_ISO_SIZE];

	date_format_vi(day_number, text);
	return arena_strdup(arena, text);
}

void
partial_date_format_iso(PartialDate date, char out[static DATE_ISO_SIZE])
{
	out[0] = '\0';
	if (date.year == 0)
		return;
	if (date.month == 0)
		snprintf(out, DATE_ISO_SIZE, "%04d", date.year);
	else if (date.day == 0)
		snprintf(out, DATE_ISO_SIZE, "%04d-%02d", date.year, date.month);
	else
		snprintf(out, DATE_ISO_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

#define VIETNAM_OFFSET (7 * INSTANT_HOUR)

int32_t
instant_day(int64_t us)
{
	return (int32_t)((us + VIETNAM_OFFSET) / INSTANT_DAY);
}

int64_t
instant_at(int32_t day_number, int hour)
{
	return day_number * INSTANT_DAY + hour * INSTANT_HOUR - VIETNAM_OFFSET;
}

void
instant_format_vi(int64_t us, char out[static INSTANT_VI_SIZE])
{
	int64_t second = (us + VIETNAM_OFFSET) % INSTANT_DAY / INSTANT_SECOND;
	char day[DATE_ISO_SIZE];

	date_format_vi(instant_day(us), day);
	snprintf(out, INSTANT_VI_SIZE, "%02d:%02d:%02d %s", (int)(second / 3600), (int)(second / 60 % 60),
	    (int)(second % 60), day);
}

void
instant_format_minute_vi(int64_t us, char out[static INSTANT_VI_SIZE])
{
	int minute = (int)((us + VIETNAM_OFFSET) % INSTANT_DAY / INSTANT_SECOND / 60), year, month, day;

	date_to_ymd(instant_day(us), &year, &month, &day);
	snprintf(
	    out, INSTANT_VI_SIZE, "%02d/%02d/%04d %02d:%02d", day, month, year, minute / 60, minute % 60);
}
