/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor that bench/run-pages measures us against: the least a program with this HTTP library and this database can
 * do for the task page. One thread, one prepared statement, one buffer; no routes, no filters, no counts, no errors.
 *   floor PORT DATABASE HEAD TAIL
 * HEAD and TAIL are our own page cut at its table's body; the rows between them are read and written here, and
 * bench/run-pages checks that the whole is our page byte by byte. */
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROWS 50
#define TODAY 20802 /* 2026-12-15, the --now of bench/run-pages */

typedef struct Text {
	char *bytes;
	size_t len, room;
} Text;

typedef struct Floor {
	sqlite3_stmt *rows;
	Text head, tail, page;
} Floor;

static void
put(Text *text, const char *bytes, size_t len)
{
	if (text->room - text->len < len) {
		text->room = (text->room + len) * 2;
		text->bytes = realloc(text->bytes, text->room);
		if (text->bytes == NULL)
			abort();
	}
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

#define PUT(text, literal) put((text), (literal), sizeof(literal) - 1)
