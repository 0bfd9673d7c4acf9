/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/request.h"
#include "http/response.h"
#include "modules/calendar/calendar_internal.h"

/* View of pages/year.html: one year, its special days, and the forms that change it. */

#define CALENDAR_WEEKS_MAX 6

typedef struct CalendarCell {
	int day;           /* of the month; 0: belongs to another month */
	const char *look;  /* a class of app.css: "", "rest", "holiday", "made-up" */
	const char *title; /* of a special day; NULL */
	bool is_today;
} CalendarCell;

typedef struct CalendarMonth {
	const char *title;
	int n_working, n_weeks;
	CalendarCell cells[CALENDAR_WEEKS_MAX][7];
} CalendarMonth;

/* What was typed into the form of a day. */
typedef struct CalendarTyped {
	const char *day, *kind, *name, *source;
} CalendarTyped;

typedef struct CalendarYearView {
	LayoutView layout;
	int year, n_working;
	int gap; /* the year soon ahead without a calendar; 0 */
	bool is_known, is_projected, may_change;
	CalendarMonth months[12];
	const GArray *days; /* of CalendarDay */
	CalendarSettings settings;
	CalendarTyped typed;
	const GPtrArray *problems; /* of char *; empty: none */
} CalendarYearView;

bool calendar_year_show(HttpRequest *request, HttpResponse *response, GError **error);
bool calendar_day_put(HttpRequest *request, HttpResponse *response, GError **error);
bool calendar_day_remove(HttpRequest *request, HttpResponse *response, GError **error);
bool calendar_import(HttpRequest *request, HttpResponse *response, GError **error);
bool calendar_announce(HttpRequest *request, HttpResponse *response, GError **error);
bool calendar_change_settings(HttpRequest *request, HttpResponse *response, GError **error);
