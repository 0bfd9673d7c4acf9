/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The key of a data directory ("secrets.key") by which secrets are sealed that must not be readable from the
 * store alone (TCVN 14423: credentials encrypted at rest). XChaCha20-Poly1305 of libsodium. */

#define DATA_KEY_FILE "secrets.key"
#define DATA_KEY_SEAL_BYTES 40 /* what a sealed secret is longer by */
#define DATA_KEY_MARK_SIZE 65  /* hexadecimal, with the NUL */

typedef struct DataKey {
	uint8_t bytes[32];
} DataKey;

/* Reads the key; *ret_found false: there is none. Wipe it with data_key_clear(). Fails as key_file_read(). */
bool data_key_read(const char *directory, DataKey *ret_key, bool *ret_found, GError **error);

/* The same where there has to be one: fails with APP_ERROR_STORAGE, saying what to do, where there is none.
 */
bool data_key_load(const char *directory, DataKey *ret_key, GError **error);

/* Makes a new key where there is none. Fails with APP_ERROR_STORAGE. */
bool data_key_make(const char *directory, GError **error);

void data_key_clear(DataKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DataKey, data_key_clear)

/* What the ledger notes of a key: tells nothing of it, and is another one for another key. */
void data_key_mark(const DataKey *key, char ret_mark[static DATA_KEY_MARK_SIZE]);

/* Seals `len` bytes into len + DATA_KEY_SEAL_BYTES. place: whose secret it is; it opens nowhere else. */
void
data_key_seal(const DataKey *key, const char *place, const uint8_t *secret, size_t len, uint8_t *ret_sealed);

/* Opens what was sealed into sealed_len - DATA_KEY_SEAL_BYTES. False: another key, another place, or altered.
 */
bool data_key_open(
    const DataKey *key, const char *place, const uint8_t *sealed, size_t sealed_len, uint8_t *ret_secret);
