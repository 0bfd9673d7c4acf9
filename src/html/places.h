/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/html.h"

/* What the code of compiled templates stands on: one macro for each place where a value may stand. Each
 * chooses the writer by the value's C type; a type that may not stand there does not compile. */

/* clang-format off */
#define HTML_INTEGERS_ \
	signed char: html_int, short: html_int, int: html_int, long: html_int, long long: html_int, \
	unsigned char: html_uint, unsigned short: html_uint, unsigned int: html_uint, \
	unsigned long: html_uint, unsigned long long: html_uint
#define HTML_STRINGS_(writer) char *: writer, const char *: writer

#define HTML_PUT_TEXT(out, ...) _Generic((__VA_ARGS__), HTML_INTEGERS_, HTML_STRINGS_(html_text), \
	Decimal: html_decimal, HtmlDate: html_put_date, HtmlCount: html_put_count, \
	HtmlSafe: html_put_safe)(out, (__VA_ARGS__))
#define HTML_PUT_ATTR(out, ...) _Generic((__VA_ARGS__), HTML_INTEGERS_, HTML_STRINGS_(html_attr), bool: html_bool, \
	Decimal: html_decimal, HtmlDate: html_put_date, HtmlCount: html_put_count)(out, (__VA_ARGS__))
#define HTML_PUT_URL(out, ...) _Generic((__VA_ARGS__), HTML_STRINGS_(html_url))(out, (__VA_ARGS__))
#define HTML_PUT_SEGMENT(out, ...) \
	_Generic((__VA_ARGS__), HTML_INTEGERS_, HTML_STRINGS_(html_percent))(out, (__VA_ARGS__))
#define HTML_PUT_QUERY(out, ...) \
	_Generic((__VA_ARGS__), HTML_INTEGERS_, HTML_STRINGS_(html_percent))(out, (__VA_ARGS__))
/* clang-format on */
