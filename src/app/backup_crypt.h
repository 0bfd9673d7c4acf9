/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The key of backups, and single files under it: XChaCha20-Poly1305 in pieces (libsodium's secretstream), so
 * that a file of any size is neither read whole nor accepted where it was cut or changed. */

#define BACKUP_SHA256_SIZE 65 /* hexadecimal, with a NUL */

typedef struct BackupKey {
	uint8_t files[32], manifest[32], names[32];
	char id[17]; /* tells keys apart, gives nothing away */
} BackupKey;

/* Reads a key file: 64 hexadecimal digits. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_UNREADABLE. */
bool backup_key_load(const char *path, BackupKey *ret_key, GError **error);

/* Makes a new key file, readable by its owner alone. Fails with APP_ERROR_CONFLICT where there is one,
 * APP_ERROR_STORAGE. */
bool backup_key_make(const char *path, BackupKey *ret_key, GError **error);

void backup_key_clear(BackupKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupKey, backup_key_clear)

/* What a file holds. */
typedef struct BackupDigest {
	int64_t size;
	char sha256[BACKUP_SHA256_SIZE];
} BackupDigest;

/* Encrypts a file into a new one, synced; written aside and renamed, so that a name never stands for half a
 * file. ret_digest: of what was read. Fails with APP_ERROR_STORAGE. */
bool
backup_seal(const BackupKey *key, const char *from, const char *to, BackupDigest *ret_digest, GError **error);

/* Decrypts a file into a new one, synced. Fails with APP_ERROR_NOT_FOUND, APP_ERROR_CONFLICT (cut, altered,
 * another key's), APP_ERROR_STORAGE; the new file is gone then. */
bool backup_unseal(
    const BackupKey *key, const char *from, const char *to, BackupDigest *ret_digest, GError **error);

/* Syncs a folder, after which the names in it last. Fails with APP_ERROR_STORAGE. */
bool backup_sync_folder(const char *folder, GError **error);

/* Removes a file or a folder with all in it, as far as that can be done. */
void backup_remove_tree(const char *path);
