/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar.h"

#include "modules/calendar/calendar_internal.h"

#define FRIDAY 5
#define SEARCH_DAYS_MAX 1000 /* further than any holiday reaches */

typedef struct CalendarYear {
	int year;
	bool is_projected;
} CalendarYear;

struct Calendar {
	GArray *years; /* of CalendarYear */
	GArray *days;  /* of CalendarDay, sorted */
	GStringChunk *texts;
};

const char *const CALENDAR_KIND_TITLES[CALENDAR_KIND_MAX] = {
    [CALENDAR_HOLIDAY] = "Nghỉ lễ, Tết",
    [CALENDAR_DAY_OFF] = "Nghỉ hoán đổi",
    [CALENDAR_WORKDAY] = "Làm bù",
};

Calendar *
calendar_new(void)
{
	Calendar *calendar = g_new0(Calendar, 1);

	calendar->years = g_array_new(FALSE, FALSE, sizeof(CalendarYear));
	calendar->days = g_array_new(FALSE, FALSE, sizeof(CalendarDay));
	calendar->texts = g_string_chunk_new(1024);
	return calendar;
}

void
calendar_free(Calendar *calendar)
{
	if (calendar == NULL)
		return;
	g_array_unref(calendar->years);
	g_array_unref(calendar->days);
	g_string_chunk_free(calendar->texts);
	g_free(calendar);
}

static const CalendarYear *
find_year(const Calendar *calendar, int year)
{
	for (guint i = 0; i < calendar->years->len; i++) {
		const CalendarYear *known = &g_array_index(calendar->years, CalendarYear, i);

		if (known->year == year)
			return known;
	}
	return NULL;
}

void
calendar_add_year(Calendar *calendar, int year, bool is_projected)
{
	CalendarYear known = {year, is_projected};

	if (find_year(calendar, year) == NULL)
		g_array_append_val(calendar->years, known);
}

/* The place of the first special day that is not before `day`. */
static guint
place_of(const Calendar *calendar, int32_t day)
{
	guint low = 0, high = calendar->days->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(calendar->days, CalendarDay, middle).day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
calendar_add_day(Calendar *calendar, const CalendarDay *day)
{
	guint place = place_of(calendar, day->day);
	CalendarDay kept = {day->day, day->kind, g_string_chunk_insert_const(calendar->texts, day->name),
	    g_string_chunk_insert_const(calendar->texts, day->source)};

	if (calendar_find(calendar, day->day) != NULL)
		g_array_index(calendar->days, CalendarDay, place) = kept;
	else
		g_array_insert_val(calendar->days, place, kept);
}

bool
calendar_knows_year(const Calendar *calendar, int year)
{
	return find_year(calendar, year) != NULL;
}

bool
calendar_is_projected(const Calendar *calendar, int year)
{
	const CalendarYear *known = find_year(calendar, year);

	return known != NULL && known->is_projected;
}

const CalendarDay *
calendar_find(const Calendar *calendar, int32_t day)
{
	guint place = place_of(calendar, day);
	const CalendarDay *found;

	if (place == calendar->days->len)
		return NULL;
	found = &g_array_index(calendar->days, CalendarDay, place);
	return found->day == day ? found : NULL;
}

void
calendar_list_year(const Calendar *calendar, int year, GArray *ret_days)
{
	int32_t last = date_from_ymd(year, 12, 31);

	for (guint i = place_of(calendar, date_from_ymd(year, 1, 1)); i < calendar->days->len; i++) {
		CalendarDay day = g_array_index(calendar->days, CalendarDay, i);

		if (day.day > last)
			break;
		g_array_append_val(ret_days, day);
	}
}

bool
calendar_is_working(const Calendar *calendar, int32_t day)
{
	const CalendarDay *special = calendar_find(calendar, day);

	return special != NULL ? special->kind == CALENDAR_WORKDAY : date_weekday(day) <= FRIDAY;
}

int32_t
calendar_next_working(const Calendar *calendar, int32_t day)
{
	for (int32_t i = 0; i < SEARCH_DAYS_MAX; i++)
		if (calendar_is_working(calendar, day + i))
			return day + i;
	return day;
}

int32_t
calendar_add_working(const Calendar *calendar, int32_t day, int n)
{
	int step = n < 0 ? -1 : 1;
	int32_t idle = 0;

	for (int left = ABS(n); left > 0 && idle < SEARCH_DAYS_MAX;) {
		day += step;
		idle++;
		if (calendar_is_working(calendar, day)) {
			left--;
			idle = 0;
		}
	}
	return day;
}

int
calendar_count_working(const Calendar *calendar, int32_t from, int32_t to)
{
	int n = 0;

	for (int32_t day = from; day <= to; day++)
		n += calendar_is_working(calendar, day);
	return n;
}

int32_t
calendar_last_day_before(int32_t day, bool is_inclusive)
{
	return is_inclusive ? day : day - 1;
}

int
calendar_missing_year(const Calendar *calendar, int32_t from, int32_t to)
{
	int first, last, month, day;

	date_to_ymd(from, &first, &month, &day);
	date_to_ymd(to, &last, &month, &day);
	for (int year = first; year <= last; year++)
		if (!calendar_knows_year(calendar, year))
			return year;
	return 0;
}
