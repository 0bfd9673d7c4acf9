/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Files kept under the SHA-256 of their content, beside the database: "files/ab/cdef…". A file is on the disk
 * before the row that names it is committed, is never changed, and is kept once however often it comes in. */

#define FILESTORE_KEY_SIZE 65 /* 64 hexadecimal digits and a NUL */

/* Adds the bytes to the store of a data directory and gives their key. Synced: when it returns, the file
 * survives a loss of power. Fails with APP_ERROR_STORAGE. */
bool filestore_add(const char *directory, const void *bytes, size_t len,
    char ret_key[static FILESTORE_KEY_SIZE], GError **error);

/* Takes over a file of the same file system whose SHA-256 is known to be `key`, and gives it its place;
 * synced. The file at `path` is gone afterwards. Fails with APP_ERROR_INVALID (not a key), APP_ERROR_STORAGE.
 */
bool filestore_adopt(const char *directory, const char *path, const char *key, GError **error);

/* Reads a file and checks that it still is what its key says; the bytes are the caller's.
 * Fails with APP_ERROR_NOT_FOUND, APP_ERROR_INVALID (not a key), APP_ERROR_STORAGE (unreadable or damaged).
 */
bool filestore_get(const char *directory, const char *key, char **ret_bytes, size_t *ret_len, GError **error);

/* Takes a file away for good, with its content overwritten first, as far as the disk does what it is told:
 * what must not be kept at all. A file that is not there is no failure. Fails with APP_ERROR_INVALID (not a
 * key), APP_ERROR_STORAGE. */
bool filestore_wipe(const char *directory, const char *key, GError **error);

/* The same for any file of ours that is not in the store yet. */
bool filestore_wipe_path(const char *path, GError **error);

/* Gives the path of a file, the caller's; NULL where `key` is not a key. */
char *filestore_path(const char *directory, const char *key);
