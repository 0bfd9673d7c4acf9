/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar_data.h"

#include "base/csv.h"
#include "base/json.h"
#include "http/data.h"

static const char *const KIND_WORDS[CALENDAR_KIND_MAX] = {
    [CALENDAR_HOLIDAY] = "holiday", [CALENDAR_DAY_OFF] = "day_off", [CALENDAR_WORKDAY] = "workday"};

void
calendar_write_csv(const GArray *days, HttpResponse *response)
{
	static const char *const HEADS[] = {"Ngày", "Loại", "Tên", "Căn cứ"};
	GString *out = response->body;

	http_csv_begin(response, "lich-lam-viec.csv", HEADS, G_N_ELEMENTS(HEADS));
	for (guint i = 0; i < days->len; i++) {
		const CalendarDay *day = &g_array_index(days, CalendarDay, i);
		char text[DATE_ISO_SIZE];

		date_format_vi(day->day, text);
		csv_text(out, text);
		csv_text(out, CALENDAR_KIND_TITLES[day->kind]);
		csv_text(out, day->name);
		csv_text(out, day->source);
		csv_end_line(out);
	}
}

void
calendar_write_json(const Calendar *calendar, int year, const GArray *days, HttpResponse *response)
{
	JsonWriter json;

	http_json_begin(response);
	json_init(&json, response->body, false);
	json_begin_object(&json);
	json_key_int(&json, "year", year);
	json_key(&json, "is_known");
	json_bool(&json, calendar_knows_year(calendar, year));
	json_key(&json, "is_projected");
	json_bool(&json, calendar_is_projected(calendar, year));
	json_key(&json, "days");
	json_begin_array(&json);
	for (guint i = 0; i < days->len; i++) {
		const CalendarDay *day = &g_array_index(days, CalendarDay, i);
		char iso[DATE_ISO_SIZE];

		date_format_iso(day->day, iso);
		json_begin_object(&json);
		json_key_string(&json, "date", iso);
		json_key_string(&json, "kind", KIND_WORDS[day->kind]);
		json_key_string(&json, "name", day->name);
		json_key_string(&json, "source", day->source);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
}
