/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Reading comma-separated values after RFC 4180, as spreadsheet programs save them: a byte order mark, CRLF
 * or LF, semicolons or tabs instead of commas (what the first line has most of). */

#define CSV_ROWS_MAX 60000
#define CSV_FIELDS_MAX 256 /* of one row */

typedef struct CsvRow {
	unsigned line; /* where it begins, from 1 */
	char **fields; /* NFC, white space at both ends taken away; the apostrophe of csv_text() too */
	size_t n_fields;
} CsvRow;

/* Appends the rows (CsvRow *, in the arena); lines with nothing in them are left out. Fails with
 * APP_ERROR_INVALID (no UTF-8, a quotation mark that is never closed, text behind a closed one) naming the
 * line, APP_ERROR_LIMIT. */
bool csv_read(const char *bytes, size_t len, Arena *arena, GPtrArray *ret_rows, GError **error);
