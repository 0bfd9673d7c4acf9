/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/work/work.h"

/* Writes the register of a plan (0: of all) into an Excel file, and notes that it left the program. Fails as
 * register_export(), and with APP_ERROR_STORAGE where the file cannot be written. */
bool command_register_export(const WorkScope *scope, int64_t plan_id, const char *path, GError **error);

/* Takes a register in and says what each row changes. conflicts: "giu" keeps what others wrote since, "tep"
 * takes the file's; NULL: refuses. Fails with APP_ERROR_INVALID where cells are wrong; they are printed. */
bool command_register_import(
    const WorkScope *scope, const char *path, bool is_dry, const char *conflicts, GError **error);
