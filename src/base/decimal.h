/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exact decimal numbers for indicator values, percentages and money: units / 10^scale. */
typedef struct Decimal {
	int64_t units;
	uint8_t scale; /* 0 to 9 */
} Decimal;

#define DECIMAL_TEXT_SIZE 32

/* Reads a number as Vietnamese documents print it: "0,5", "1.250", "95", "95.5" (a point before anything but three
 * digits is a decimal point). Takes exactly `len` bytes; false where they are not a number or do not fit. */
bool decimal_parse_vi(const char *text, size_t len, Decimal *ret_value);

/* -1, 0, 1 as a is below, equal to, above b. */
int decimal_compare(Decimal a, Decimal b);

/* Writes with a decimal point and no trailing zeros ("0.5"): for JSON and storage. */
void decimal_format(Decimal value, char out[static DECIMAL_TEXT_SIZE]);

/* Writes with a decimal comma ("0,5"): for people. */
void decimal_format_vi(Decimal value, char out[static DECIMAL_TEXT_SIZE]);

/* Gives units scaled to six decimals, the form in which values are stored and compared in SQL. */
int64_t decimal_to_micro(Decimal value);
Decimal decimal_from_micro(int64_t micro);
