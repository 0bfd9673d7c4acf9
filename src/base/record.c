/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/record.h"

#include <math.h>
#include <string.h>

#define LENGTH_BYTES 4
#define TEXT_NULL UINT32_MAX /* the length of a text that is NULL */

static void
encode_u32(uint32_t value, char bytes[4])
{
	for (size_t i = 0; i < 4; i++)
		bytes[i] = (char)(value >> (8 * i) & 0xFF);
}

static uint32_t
decode_u32(const char *bytes)
{
	uint32_t value = 0;

	for (size_t i = 0; i < 4; i++)
		value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
	return value;
}

/* Room for so many bytes at the end. */
static char *
extend(GString *out, size_t len)
{
	size_t at = out->len;

	g_string_set_size(out, at + len);
	return out->str + at;
}

size_t
record_begin(GString *out, char tag)
{
	g_string_append_c(out, tag);
	g_string_append_len(out, "\0\0\0\0", LENGTH_BYTES);
	return out->len;
}

void
record_end(GString *out, size_t begin)
{
	encode_u32((uint32_t)(out->len - begin), out->str + begin - LENGTH_BYTES);
}

void
record_put_u8(GString *out, uint8_t value)
{
	g_string_append_c(out, (char)value);
}

void
record_put_u32(GString *out, uint32_t value)
{
	char bytes[4];

	encode_u32(value, bytes);
	g_string_append_len(out, bytes, sizeof(bytes));
}

void
record_put_i64(GString *out, int64_t value)
{
	char *at = extend(out, sizeof(value));

	encode_u32((uint32_t)((uint64_t)value & UINT32_MAX), at);
	encode_u32((uint32_t)((uint64_t)value >> 32), at + 4);
}

void
record_put_float(GString *out, float value)
{
	uint32_t bits;

	memcpy(&bits, &value, sizeof(bits));
	record_put_u32(out, bits);
}

void
record_put_text(GString *out, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;
	char *at = extend(out, LENGTH_BYTES + len);

	encode_u32(text != NULL ? (uint32_t)len : TEXT_NULL, at);
	if (len > 0)
		memcpy(at + LENGTH_BYTES, text, len);
}

/* Takes `len` bytes; NULL where there are fewer. */
static const char *
take(RecordCursor *cursor, size_t len)
{
	const char *bytes = cursor->at;

	if (cursor->is_broken || (size_t)(cursor->end - cursor->at) < len) {
		cursor->is_broken = true;
		return NULL;
	}
	cursor->at += len;
	return bytes;
}

bool
record_next(RecordCursor *cursor, char *ret_tag, RecordCursor *ret_payload)
{
	const char *tag, *payload;
	uint32_t len;

	if (cursor->is_broken || cursor->at == cursor->end)
		return false;
	tag = take(cursor, 1);
	len = record_get_u32(cursor);
	payload = take(cursor, len);
	if (cursor->is_broken)
		return false;
	*ret_tag = *tag;
	*ret_payload = (RecordCursor){.at = payload, .end = payload + len};
	return true;
}

uint8_t
record_get_u8(RecordCursor *cursor)
{
	const char *bytes = take(cursor, 1);

	return bytes != NULL ? (uint8_t)*bytes : 0;
}

uint32_t
record_get_u32(RecordCursor *cursor)
{
	const char *bytes = take(cursor, 4);

	return bytes != NULL ? decode_u32(bytes) : 0;
}

float
record_get_float(RecordCursor *cursor)
{
	uint32_t bits = record_get_u32(cursor);
	float value;

	memcpy(&value, &bits, sizeof(value));
	if (!isfinite(value)) {
		cursor->is_broken = true;
		return 0;
	}
	return value;
}

const char *
record_get_text(RecordCursor *cursor, size_t *ret_len)
{
	uint32_t len = record_get_u32(cursor);
	const char *text;

	*ret_len = 0;
	if (cursor->is_broken || len == TEXT_NULL)
		return NULL;
	text = take(cursor, len);
	/* g_utf8_validate() with a length refuses NUL bytes too. */
	if (text == NULL || !g_utf8_validate(text, (gssize)len, NULL)) {
		cursor->is_broken = true;
		return NULL;
	}
	*ret_len = len;
	return text;
}
