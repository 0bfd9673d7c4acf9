/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "base/date.h"

#include <string.h>

void
json_init(JsonWriter *json, GString *out, bool indent)
{
	*json = (JsonWriter){.out = out, .indent = indent};
}

static void
new_line(JsonWriter *json)
{
	if (!json->indent)
		return;
	g_string_append_c(json->out, '\n');
	for (uint8_t i = 0; i < json->depth; i++)
		g_string_append_c(json->out, ' ');
}

static void
before_value(JsonWriter *json)
{
	if (json->after_key) {
		json->after_key = false;
		return;
	}
	if (json->depth == 0)
		return;
	if (json->has_items[json->depth])
		g_string_append_c(json->out, ',');
	json->has_items[json->depth] = true;
	new_line(json);
}

static void
begin(JsonWriter *json, char bracket)
{
	before_value(json);
	g_string_append_c(json->out, bracket);
	g_assert(json->depth + 1u < G_N_ELEMENTS(json->has_items));
	json->has_items[++json->depth] = false;
}

static void
end(JsonWriter *json, char bracket)
{
	bool had_items;

	g_assert(json->depth > 0 && !json->after_key);
	had_items = json->has_items[json->depth--];
	if (had_items)
		new_line(json);
	g_string_append_c(json->out, bracket);
}

void
json_begin_object(JsonWriter *json)
{
	begin(json, '{');
}

void
json_end_object(JsonWriter *json)
{
	end(json, '}');
}

void
json_begin_array(JsonWriter *json)
{
	begin(json, '[');
}

void
json_end_array(JsonWriter *json)
{
	end(json, ']');
}

static bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* How many bytes from here on stand in a string as they are. */
static size_t
plain_length(const char *text)
{
	size_t len = 0;

	while (is_plain(text[len]))
		len++;
	return len;
}

/* Room for so many bytes at the end. */
static char *
extend(GString *out, size_t len)
{
	size_t at = out->len;

	g_string_set_size(out, at + len);
	return out->str + at;
}

/* Most strings have nothing to escape: they are put in with their quotes, and what follows, at one go. */
static bool
append_plain(GString *out, const char *text, const char *tail, size_t tail_len)
{
	size_t len = plain_length(text);
	char *at;

	if (text[len] != '\0')
		return false;
	at = extend(out, len + 2 + tail_len);
	*at++ = '"';
	memcpy(at, text, len);
	at[len] = '"';
	memcpy(at + len + 1, tail, tail_len);
	return true;
}

static void
append_escaped(GString *out, const char *text)
{
	if (append_plain(out, text, "", 0))
		return;
	g_string_append_c(out, '"');
	for (;; text++) {
		size_t len = plain_length(text);

		g_string_append_len(out, text, (gssize)len);
		text += len;
		if (*text == '\0')
			break;
		if (*text == '"' || *text == '\\')
			g_string_append_c(out, '\\');
		if (*text == '\n')
			g_string_append(out, "\\n");
		else if (*text == '"' || *text == '\\')
			g_string_append_c(out, *text);
		else
			g_string_append_printf(out, "\\u%04x", (unsigned char)*text);
	}
	g_string_append_c(out, '"');
}

void
json_key(JsonWriter *json, const char *key)
{
	g_assert(!json->after_key);
	before_value(json);
	if (!append_plain(json->out, key, ":", 1)) {
		append_escaped(json->out, key);
		g_string_append_c(json->out, ':');
	}
	json->after_key = true;
}

void
json_string(JsonWriter *json, const char *text)
{
	if (text == NULL) {
		json_null(json);
		return;
	}
	before_value(json);
	append_escaped(json->out, text);
}

void
json_int(JsonWriter *json, int64_t value)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	size_t len;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;

	before_value(json);
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (value < 0)
		*--at = '-';
	len = (size_t)(digits + sizeof(digits) - at);
	memcpy(extend(json->out, len), at, len);
}

void
json_bool(JsonWriter *json, bool value)
{
	before_value(json);
	g_string_append(json->out, value ? "true" : "false");
}

void
json_null(JsonWriter *json)
{
	before_value(json);
	g_string_append(json->out, "null");
}

void
json_decimal(JsonWriter *json, Decimal value)
{
	char text[DECIMAL_TEXT_SIZE];

	decimal_format(value, text);
	before_value(json);
	g_string_append(json->out, text);
}

void
json_key_string(JsonWriter *json, const char *key, const char *text)
{
	json_key(json, key);
	json_string(json, text);
}

void
json_key_int(JsonWriter *json, const char *key, int64_t value)
{
	json_key(json, key);
	json_int(json, value);
}

void
json_key_day(JsonWriter *json, const char *key, int32_t day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	json_key_string(json, key, day != DATE_NONE ? iso : NULL);
}
