/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Makes the folder of a data directory where files are put while they arrive, on the same file system as the
 * file store, and takes away what an earlier run left there. *ret_path is the caller's.
 * Fails with APP_ERROR_STORAGE. */
bool app_incoming_prepare(const char *directory, char **ret_path, GError **error);
