/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* For libraries that write files alone, where bytes are wanted. */

/* Writes what is wanted to `path`, which is there and empty. Fails with an error set. */
typedef bool (*ScratchWrite)(const char *path, void *data, GError **error);

/* Lets `write` fill a file of its own in the folder for temporary files, appends what is in it, and takes it
 * away whatever happened. what: of the messages, "tệp Excel". Fails as `write`, and with APP_ERROR_STORAGE.
 */
bool scratch_file_fill(const char *what, ScratchWrite write, void *data, GString *out, GError **error);
