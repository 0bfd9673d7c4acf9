/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* iCalendar (RFC 5545): due days as whole-day events. Pure. */

/* One event; strings may hold anything. */
typedef struct RemindEvent {
	const char *uid; /* the same for ever: a later due day moves the event */
	int32_t day;
	int sequence; /* how often it was moved */
	int64_t changed_us;
	const char *summary, *description, *url; /* description, url: NULL */
} RemindEvent;

/* Writes the head of a calendar, an event, the end. title: of the calendar. */
void remind_ics_begin(GString *out, const char *title);
void remind_ics_event(GString *out, const RemindEvent *event);
void remind_ics_end(GString *out);

/* Writes "NAME:value" with the value's special characters escaped, in lines of at most 75 octets, none of
 * which breaks a character. */
void remind_ics_text(GString *out, const char *name, const char *value);
