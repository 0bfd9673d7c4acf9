/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends a number as a spreadsheet shows it by a format code ("0.0%", "dd/mm/yyyy", "#,##0\" điểm\""), with
 * decimal comma and points between thousands; dates always as dd/mm/yyyy or the parts that the code has. code
 * NULL or "General": the plain number. is_1904: days are counted from 1904. */
void sheet_number_append(GString *out, double value, const char *code, bool is_1904);

/* The code of a built-in format; NULL where it is the plain number. */
const char *sheet_number_builtin(int id);
