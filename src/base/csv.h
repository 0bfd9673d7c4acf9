/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Comma-separated values after RFC 4180, opened without further questions by spreadsheet programs: a byte
 * order mark for UTF-8, CRLF, and no field that such a program would run as a formula. */

/* Writes the byte order mark; once, before the first field. */
void csv_begin(GString *out);

/* Writes one field, and before it a comma unless it opens the line. NULL becomes an empty field. Text that
 * begins with =, +, -, @, a tab or a carriage return gets an apostrophe in front, unless it is a plain
 * number. */
void csv_text(GString *out, const char *text);
void csv_int(GString *out, int64_t value);

void csv_end_line(GString *out);
