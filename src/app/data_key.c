/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/data_key.h"

#include "app/key_file.h"
#include "app/secret.h"

#include <sodium.h>
#include <string.h>

#define WHAT "khóa mã hóa bí mật"
#define COMMAND "namro admin new-key secrets"
#define MARK_WORDS "namro secrets key 1"

G_STATIC_ASSERT(sizeof(DataKey) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT(DATA_KEY_SEAL_BYTES ==
		crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES);
G_STATIC_ASSERT(DATA_KEY_MARK_SIZE == 2 * crypto_generichash_BYTES + 1);

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

void
data_key_clear(DataKey *key)
{
	sodium_memzero(key, sizeof(*key));
}

bool
data_key_read(const char *directory, DataKey *ret_key, bool *ret_found, GError **error)
{
	g_autofree char *path = g_build_filename(directory, DATA_KEY_FILE, NULL);

	return key_file_read(path, WHAT, ret_key->bytes, sizeof(ret_key->bytes), ret_found, error);
}

bool
data_key_load(const char *directory, DataKey *ret_key, GError **error)
{
	g_autofree char *path = g_build_filename(directory, DATA_KEY_FILE, NULL);
	bool is_found;

	if (!data_key_read(directory, ret_key, &is_found, error))
		return false;
	return is_found || key_file_fail_lost(path, WHAT, false, COMMAND, error);
}

bool
data_key_make(const char *directory, GError **error)
{
	g_autofree char *path = g_build_filename(directory, DATA_KEY_FILE, NULL);
	g_auto(DataKey) key;
	bool exists;

	secret_random(key.bytes, sizeof(key.bytes));
	return key_file_make(path, WHAT, key.bytes, sizeof(key.bytes), &exists, error);
}

void
data_key_mark(const DataKey *key, char ret_mark[static DATA_KEY_MARK_SIZE])
{
	uint8_t hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof(hash), (const uint8_t *)MARK_WORDS, strlen(MARK_WORDS), key->bytes,
	    sizeof(key->bytes));
	sodium_bin2hex(ret_mark, DATA_KEY_MARK_SIZE, hash, sizeof(hash));
}

void
data_key_seal(const DataKey *key, const char *place, const uint8_t *secret, size_t len, uint8_t *ret_sealed)
{
	secret_random(ret_sealed, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(ret_sealed + NONCE_BYTES, NULL, secret, len,
	    (const uint8_t *)place, strlen(place), NULL, ret_sealed, key->bytes);
}

bool
data_key_open(
    const DataKey *key, const char *place, const uint8_t *sealed, size_t sealed_len, uint8_t *ret_secret)
{
	return sealed_len >= DATA_KEY_SEAL_BYTES &&
	       crypto_aead_xchacha20poly1305_ietf_decrypt(ret_secret, NULL, NULL, sealed + NONCE_BYTES,
		   sealed_len - NONCE_BYTES, (const uint8_t *)place, strlen(place), sealed, key->bytes) == 0;
}
