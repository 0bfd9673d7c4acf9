/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Binary records, for bytes that pass from one process of ours to another: a tag of one letter, the length of
 * the payload as 32 bits, the payload. Numbers are little-endian, texts have their length in front. A record
 * that is longer than its reader knows is read as far as it goes; the rest is skipped. */

/* Begins a record at the end of `out`; gives where, for record_end(). */
size_t record_begin(GString *out, char tag);
void record_end(GString *out, size_t begin);

void record_put_u8(GString *out, uint8_t value);
void record_put_u32(GString *out, uint32_t value);
void record_put_i64(GString *out, int64_t value);
void record_put_float(GString *out, float value);
void record_put_text(GString *out, const char *text); /* NULL stays NULL */

/* Where a reader stands. Reading past the end gives zeros and NULL and sets `is_broken`, so that a whole
 * record is read first and judged once. */
typedef struct RecordCursor {
	const char *at, *end;
	bool is_broken;
} RecordCursor;

/* Moves to the next record: its tag, and a cursor over its payload. False at the end of the bytes, or where
 * what is left is no whole record (`cursor->is_broken`). */
bool record_next(RecordCursor *cursor, char *ret_tag, RecordCursor *ret_payload);

uint8_t record_get_u8(RecordCursor *cursor);
uint32_t record_get_u32(RecordCursor *cursor);

/* A finite number; anything else breaks the cursor. */
float record_get_float(RecordCursor *cursor);

/* Gives a text without copying: valid UTF-8 without a NUL byte, `*ret_len` bytes, not ended by NUL. NULL
 * where the writer put NULL or the record is broken. */
const char *record_get_text(RecordCursor *cursor, size_t *ret_len);
