/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Puts bytes into a sealed file in memory, which any number of readers may map and none can change.
 * Gives a descriptor, the caller's to close; -1 where there is no memory (APP_ERROR_LIMIT). */
int input_new(const char *bytes, size_t len, GError **error);
