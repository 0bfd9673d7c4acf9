/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <stdbool.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
csv_begin(GString *out)
{
	g_string_append(out, BYTE_ORDER_MARK);
}

static bool
is_line_start(const GString *out)
{
	return out->len == 0 || out->str[out->len - 1] == '\n' ||
	       (out->len == strlen(BYTE_ORDER_MARK) && memcmp(out->str, BYTE_ORDER_MARK, out->len) == 0);
}

/* "-12", "+3,5": a sign before digits only is a number to a spreadsheet and to us. */
static bool
is_number(const char *text)
{
	size_t sign = strspn(text, "+-") > 0 ? 1 : 0;

	return text[sign] != '\0' && strspn(text + sign, "0123456789.,") == strlen(text + sign);
}

static bool
is_formula(const char *text)
{
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL && !is_number(text);
}

void
csv_text(GString *out, const char *text)
{
	const char *value = text != NULL ? text : "";
	bool is_opening = is_line_start(out);
	bool needs_guard = is_formula(value);

	/* An empty only field is quoted, or the line would be no record at all. */
	if (!is_opening)
		g_string_append_c(out, ',');
	if (!needs_guard && strpbrk(value, ",;\"\r\n") == NULL && !(is_opening && *value == '\0')) {
		g_string_append(out, value);
		return;
	}
	g_string_append(out, needs_guard ? "\"'" : "\"");
	for (; *value != '\0'; value++) {
		if (*value == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *value);
	}
	g_string_append_c(out, '"');
}

void
csv_int(GString *out, int64_t value)
{
	if (!is_line_start(out))
		g_string_append_c(out, ',');
	g_string_append_printf(out, "%" G_GINT64_FORMAT, value);
}

void
csv_end_line(GString *out)
{
	g_string_append(out, "\r\n");
}
