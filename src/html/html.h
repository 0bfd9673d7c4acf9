/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/decimal.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Writing HTML. Templates choose the writer by place and by C type (html/places.h, docs/templates.md).
 * Writers append to `out`; NULL strings write nothing. */

/* Markup that is already escaped; only what wrote it may make one. The bytes are borrowed. */
typedef struct HtmlSafe {
	const char *markup;
	size_t len;
} HtmlSafe;

/* A day number (base/date.h): for people ("05/7/2026"), or for a datetime attribute ("2026-07-05"). */
typedef struct HtmlDate {
	int32_t day;
	bool is_iso;
} HtmlDate;

/* A count, written in groups of three ("12.500"). Years and identifiers are plain integers. */
typedef struct HtmlCount {
	int64_t value;
} HtmlCount;

void html_text(GString *out, const char *text); /* escapes & < > */
void html_attr(GString *out, const char *text); /* escapes & < > " ' */
void html_url(GString *out, const char *url);   /* "#" for a scheme other than http, https, mailto and tel */
void html_percent(GString *out, const char *text); /* everything but unreserved characters (RFC 3986) */
void html_int(GString *out, int64_t value);
void html_uint(GString *out, uint64_t value);
void html_bool(GString *out, bool value); /* "true", "false": for aria-* and data-* */
void html_decimal(GString *out, Decimal value);
void html_put_date(GString *out, HtmlDate date);
void html_put_count(GString *out, HtmlCount count);

/* Appends markup as it is. The templates' own text comes this way. */
static inline void
html_raw(GString *out, const char *markup, size_t len)
{
	if (G_UNLIKELY(out->allocated_len - out->len <= len)) {
		g_string_append_len(out, markup, (gssize)len);
		return;
	}
	memcpy(out->str + out->len, markup, len);
	out->len += len;
	out->str[out->len] = '\0';
}

static inline void
html_put_safe(GString *out, HtmlSafe safe)
{
	if (safe.len > 0)
		html_raw(out, safe.markup, safe.len);
}

static inline HtmlSafe
html_safe(const GString *markup)
{
	return (HtmlSafe){markup->str, markup->len};
}

static inline HtmlDate
html_date(int32_t day)
{
	return (HtmlDate){day, false};
}

static inline HtmlDate
html_date_iso(int32_t day)
{
	return (HtmlDate){day, true};
}

static inline HtmlCount
html_count(int64_t value)
{
	return (HtmlCount){value};
}
