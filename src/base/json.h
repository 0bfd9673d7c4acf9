/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/decimal.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A JSON writer over a GString: commas and nesting are kept by the writer, so only the shape can be wrong,
 * and that is asserted. Set `indent` for output that people read. */
typedef struct JsonWriter {
	GString *out;
	bool indent;
	uint8_t depth;
	bool has_items[32];
	bool after_key;
} JsonWriter;

/* libjansson, which comes in with OpenID Connect, has functions of these names too: the linker must not take
 * one for the other. No file includes both headers. */
#define json_string namro_json_string
#define json_null namro_json_null

void json_init(JsonWriter *json, GString *out, bool indent);

void json_begin_object(JsonWriter *json);
void json_end_object(JsonWriter *json);
void json_begin_array(JsonWriter *json);
void json_end_array(JsonWriter *json);

void json_key(JsonWriter *json, const char *key);
void json_string(JsonWriter *json, const char *text); /* NULL becomes null */
void json_int(JsonWriter *json, int64_t value);
void json_bool(JsonWriter *json, bool value);
void json_null(JsonWriter *json);
void json_decimal(JsonWriter *json, Decimal value);

void json_key_string(JsonWriter *json, const char *key, const char *text);
void json_key_int(JsonWriter *json, const char *key, int64_t value);

/* A day as "2026-12-15"; null for DATE_NONE (base/date.h). */
void json_key_day(JsonWriter *json, const char *key, int32_t day);
