/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/people/people_common.h"

/* The list of people as an Excel file, with the units to choose from and instructions: what
 * people_sheet_read() takes back. Without `with_people` it is the empty form. The bytes are appended. Fails
 * with APP_ERROR_STORAGE (no room for a temporary file). */
bool
people_book_write(const IdentityScope *scope, int32_t day, bool with_people, GString *out, GError **error);
