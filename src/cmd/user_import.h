/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity.h"

/* namro user import: takes an Excel list of people in, all of it or nothing, and prints what came of it, what
 * is wrong by cell, and first passwords once. Fails with APP_ERROR_INVALID where a cell is wrong. */
bool command_import_people(const IdentityScope *scope, const char *path, bool is_dry, GError **error);
