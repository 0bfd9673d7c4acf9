/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "http/router.h"
#include "modules/report/report.h"

/* Lịch báo cáo: all due days of the coming twelve months. */

typedef enum { CALENDAR_REPORT, CALENDAR_TASKS, CALENDAR_RECURRING } CalendarKind;

typedef struct CalendarLink {
	const char *text, *url;
} CalendarLink;

typedef struct CalendarEntry {
	int32_t day;
	CalendarKind kind;
	const char *title;
	const char *url;               /* of the list, or of the sentence in the source */
	const char *sender, *receiver; /* of a report; NULL */
	const char *note;              /* NULL */
	CalendarLink *links;           /* the first tasks that are due */
	size_t n_links;
} CalendarEntry;

typedef struct CalendarMonth {
	const char *title; /* "Tháng 12/2026" */
	const CalendarEntry *entries;
	size_t n_entries;
} CalendarMonth;

typedef struct CalendarView {
	PlanPage page;
	LinkBase base;
	int32_t from, to;
	GArray *entries; /* of CalendarEntry, earliest first */
	CalendarMonth *months;
	size_t n_months;
	GPtrArray *unscheduled; /* of const ReportRule *: no due days follow from them */
	PlanExports exports;
} CalendarView;

/* The link to a rule's sentence in the source. */
const char *report_source_url(const PlanPage *page, const ReportRule *rule);

/* Fills in the entries and the unscheduled rules. */
bool report_collect(CalendarView *view, GError **error);

bool report_calendar_show(HttpRequest *request, HttpResponse *response, GError **error);
