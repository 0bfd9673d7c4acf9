/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/remind/remind_ics.h"

#include "base/date.h"

#include <string.h>

#define LINE_OCTETS 75 /* without the line break (RFC 5545, 3.1) */
#define STAMP_SIZE 32

/* A line as it is, folded. */
static void
put_line(GString *out, const char *line, size_t len)
{
	size_t room = LINE_OCTETS;

	while (len > room) {
		size_t n = room;

		while (n > 0 && ((unsigned char)line[n] & 0xC0) == 0x80)
			n--;
		g_string_append_len(out, line, (gssize)n);
		g_string_append(out, "\r\n ");
		line += n;
		len -= n;
		room = LINE_OCTETS - 1;
	}
	g_string_append_len(out, line, (gssize)len);
	g_string_append(out, "\r\n");
}

/* RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks; other control characters have no place. */
static void
escape(GString *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\\' || *c == ';' || *c == ',')
			g_string_append_c(out, '\\');
		if (*c == '\n')
			g_string_append(out, "\\n");
		else if (((unsigned char)*c >= ' ' && *c != 0x7F) || *c == '\t')
			g_string_append_c(out, *c);
	}
}

void
remind_ics_text(GString *out, const char *name, const char *value)
{
	g_autoptr(GString) line = g_string_new(name);

	g_string_append_c(line, ':');
	escape(line, value);
	put_line(out, line->str, line->len);
}

static void
put_plain(GString *out, const char *name, const char *value)
{
	g_autofree char *line = g_strconcat(name, ":", value, NULL);

	put_line(out, line, strlen(line));
}

static void
put_day(GString *out, const char *name, int32_t day)
{
	g_autofree char *key = g_strconcat(name, ";VALUE=DATE", NULL);
	char text[STAMP_SIZE];
	int year, month, of_month;

	date_to_ymd(day, &year, &month, &of_month);
	g_snprintf(text, sizeof(text), "%04d%02d%02d", year, month, of_month);
	put_plain(out, key, text);
}

/* UTC: "20261215T020000Z". */
static void
put_instant(GString *out, const char *name, int64_t us)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(us / INSTANT_SECOND);
	g_autofree char *text = time != NULL ? g_date_time_format(time, "%Y%m%dT%H%M%SZ") : NULL;

	put_plain(out, name, text != NULL ? text : "19700101T000000Z");
}

void
remind_ics_begin(GString *out, const char *title)
{
	put_plain(out, "BEGIN", "VCALENDAR");
	put_plain(out, "VERSION", "2.0");
	put_plain(out, "PRODID", "-//Nam Ro//namro//VI");
	put_plain(out, "CALSCALE", "GREGORIAN");
	put_plain(out, "METHOD", "PUBLISH");
	remind_ics_text(out, "X-WR-CALNAME", title);
	put_plain(out, "X-WR-TIMEZONE", "Asia/Ho_Chi_Minh");
	put_plain(out, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
}

void
remind_ics_event(GString *out, const RemindEvent *event)
{
	char sequence[STAMP_SIZE];

	g_snprintf(sequence, sizeof(sequence), "%d", event->sequence);
	put_plain(out, "BEGIN", "VEVENT");
	remind_ics_text(out, "UID", event->uid);
	put_instant(out, "DTSTAMP", event->changed_us);
	put_instant(out, "LAST-MODIFIED", event->changed_us);
	put_plain(out, "SEQUENCE", sequence);
	put_day(out, "DTSTART", event->day);
	put_day(out, "DTEND", event->day + 1);
	put_plain(out, "TRANSP", "TRANSPARENT");
	remind_ics_text(out, "SUMMARY", event->summary);
	if (event->description != NULL)
		remind_ics_text(out, "DESCRIPTION", event->description);
	if (event->url != NULL)
		put_plain(out, "URL", event->url);
	put_plain(out, "END", "VEVENT");
}

void
remind_ics_end(GString *out)
{
	put_plain(out, "END", "VCALENDAR");
}
