/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

#define MAX_DIGITS 15 /* so that scaling to six decimals cannot overflow for realistic values */
#define MICRO_SCALE 6

static const int64_t POWERS[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

static bool
is_grouped_thousands(const char *text, size_t len, size_t point)
{
	size_t digits = 0;

	if (point == 0 || point > 3 || text[0] == '0')
		return false;
	for (size_t i = point; i < len; i++) {
		if (text[i] == '.') {
			if (i != point && digits != 3)
				return false;
			digits = 0;
		} else if (text[i] == ',') {
			break;
		} else {
			digits++;
		}
	}
	return digits == 3;
}

bool
decimal_parse_vi(const char *text, size_t len, Decimal *ret_value)
{
	const char *point = memchr(text, '.', len);
	bool grouped = point != NULL && is_grouped_thousands(text, len, (size_t)(point - text));
	Decimal value = {0, 0};
	bool in_fraction = false;
	int digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (g_ascii_isdigit(text[i])) {
			if (++digits > MAX_DIGITS || (in_fraction && value.scale >= MICRO_SCALE))
				return false;
			value.units = value.units * 10 + (text[i] - '0');
			value.scale = (uint8_t)(value.scale + in_fraction);
		} else if (text[i] == '.' && grouped && !in_fraction) {
			continue;
		} else if ((text[i] == ',' || text[i] == '.') && !in_fraction && digits > 0 && i + 1 < len) {
			in_fraction = true;
		} else {
			return false;
		}
	}
	if (digits == 0)
		return false;
	*ret_value = value;
	return true;
}

int64_t
decimal_to_micro(Decimal value)
{
	if (value.scale <= MICRO_SCALE)
		return value.units * POWERS[MICRO_SCALE - value.scale];
	return value.units / POWERS[value.scale - MICRO_SCALE];
}

Decimal
decimal_from_micro(int64_t micro)
{
	Decimal value = {micro, MICRO_SCALE};

	while (value.scale > 0 && value.units % 10 == 0) {
		value.units /= 10;
		value.scale--;
	}
	return value;
}

int
decimal_compare(Decimal a, Decimal b)
{
	int64_t left = decimal_to_micro(a), right = decimal_to_micro(b);

	return (left > right) - (left < right);
}

static void
format_with(Decimal value, char mark, char out[static DECIMAL_TEXT_SIZE])
{
	const char *sign = value.units < 0 ? "-" : "";
	uint64_t units = value.units < 0 ? (uint64_t)0 - (uint64_t)value.units : (uint64_t)value.units;
	uint64_t power;
	char fraction[DECIMAL_TEXT_SIZE];

	while (value.scale > 0 && units % 10 == 0) {
		units /= 10;
		value.scale--;
	}
	power = (uint64_t)POWERS[value.scale];
	if (value.scale == 0) {
		g_snprintf(out, DECIMAL_TEXT_SIZE, "%s%" PRIu64, sign, units);
		return;
	}
	g_snprintf(fraction, sizeof(fraction), "%0*" PRIu64, (int)value.scale, units % power);
	g_snprintf(out, DECIMAL_TEXT_SIZE, "%s%" PRIu64 "%c%s", sign, units / power, mark, fraction);
}

void
decimal_format(Decimal value, char out[static DECIMAL_TEXT_SIZE])
{
	format_with(value, '.', out);
}

void
decimal_format_vi(Decimal value, char out[static DECIMAL_TEXT_SIZE])
{
	format_with(value, ',', out);
}
