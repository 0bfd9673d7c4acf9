/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* For other modules: amounts of money in whole đồng, as people type them and as they are shown. */

#define MONEY_AMOUNT_MAX INT64_C(1000000000000000) /* a million tỷ: more than any commune will ever have */
#define MONEY_TEXT_MAX 60                          /* bytes of what is typed */

/* Reads "1.234.567", "1,5 triệu", "2 tỷ 300 triệu", "500 nghìn", with "đồng", "đ" or "VND" behind it or not.
 * Gives why it is none, in Vietnamese, static; NULL where it is read. Any text may come, and NULL. */
const char *money_amount_parse(const char *text, int64_t *ret_amount);

/* Appends "1.234.567". */
void money_amount_append(GString *out, int64_t amount);
