/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Files of a data directory that hold a key and nothing else, readable by their owner alone. A key that was
 * lost is never replaced in silence (docs/adr/0023-oidc-and-keys.md). */

/* Reads exactly `size` bytes. *ret_found false: there is no such file. what: "khóa ký nhật ký". Fails with
 * APP_ERROR_STORAGE where it cannot be read or has another size. */
bool key_file_read(
    const char *path, const char *what, void *ret_bytes, size_t size, bool *ret_found, GError **error);

/* Makes the file whole or not at all, synced. *ret_exists true: it was there already and is left as it is.
 * Fails with APP_ERROR_STORAGE. */
bool key_file_make(
    const char *path, const char *what, const void *bytes, size_t size, bool *ret_exists, GError **error);

/* Sets the error of a key that the ledger names and that is not in the directory, or is another one: what to
 * do then. command: begins a new key, "namro admin new-key ledger". Gives false. */
bool
key_file_fail_lost(const char *path, const char *what, bool is_other, const char *command, GError **error);
