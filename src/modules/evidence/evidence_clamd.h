/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The virus scanner clamd, over its socket: one file is streamed to it (INSTREAM, clamd(8)) and it says what
 * it found.
 */

typedef enum {
	CLAMD_CLEAN,
	CLAMD_FOUND,   /* the name is in the answer's text */
	CLAMD_ERROR,   /* it answered, but did not scan: the text says why */
	CLAMD_GARBAGE, /* nothing that clamd says */
} ClamdVerdict;

#define CLAMD_ANSWER_BYTES_MAX 4096
#define CLAMD_TEXT_BYTES_MAX 200

typedef struct ClamdAnswer {
	ClamdVerdict verdict;
	char text[CLAMD_TEXT_BYTES_MAX + 1]; /* UTF-8 without control characters */
} ClamdAnswer;

/* Reads an answer: "stream: OK", "stream: Eicar-Signature FOUND", "INSTREAM size limit exceeded. ERROR",
 * ended by a NUL, a line end or the end of the bytes. Any bytes may come. */
void clamd_parse(const char *bytes, size_t len, ClamdAnswer *ret_answer);

typedef struct ClamdOptions {
	const char *address;   /* "/run/clamav/clamd.ctl", or "127.0.0.1:3310": this machine alone */
	int step_ms, total_ms; /* how long one step, and all of it, may take */
	gint *is_cancelled;    /* NULL */
} ClamdOptions;

/* True where an address is one that may be asked. */
bool clamd_address_is_valid(const char *address);

/* Has a file scanned. Fails with APP_ERROR_BUSY (not there, silent, broken off, cancelled), APP_ERROR_INVALID
 * (the address), APP_ERROR_STORAGE (the file). */
bool clamd_scan(const ClamdOptions *options, const char *path, ClamdAnswer *ret_answer, GError **error);
