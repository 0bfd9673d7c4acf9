/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secret.h"

#include <glib.h>
#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT(SECRET_BYTES == crypto_generichash_BYTES);

static void
start(void)
{
	if (sodium_init() < 0)
		g_error("libsodium cannot be started");
}

static char *
hash_with(const char *password, unsigned long long ops, size_t memory)
{
	char *hash = g_malloc(crypto_pwhash_STRBYTES);

	start();
	if (crypto_pwhash_str_alg(
		hash, password, strlen(password), ops, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
		g_error("there is no memory for argon2id");
	return hash;
}

char *
secret_hash_password(const char *password)
{
	return hash_with(password, crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
}

char *
secret_hash_made(const char *password)
{
	return hash_with(password, crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN);
}

bool
secret_check_password(const char *hash, const char *password)
{
	start();
	return strlen(password) <= SECRET_PASSWORD_BYTES_MAX &&
	       crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void
secret_check_nothing(const char *password)
{
	static char *nothing;

	if (g_once_init_enter(&nothing))
		g_once_init_leave(&nothing, secret_hash_password("không có tài khoản nào như vậy"));
	(void)secret_check_password(nothing, password);
}

void
secret_random(void *bytes, size_t len)
{
	start();
	randombytes_buf(bytes, len);
}

uint32_t
secret_random_below(uint32_t limit)
{
	start();
	return randombytes_uniform(limit);
}

void
secret_make_token(char token[static SECRET_TEXT_SIZE])
{
	uint8_t bytes[SECRET_BYTES];

	secret_random(bytes, sizeof(bytes));
	sodium_bin2hex(token, SECRET_TEXT_SIZE, bytes, sizeof(bytes));
	sodium_memzero(bytes, sizeof(bytes));
}

void
secret_digest(const char *purpose, const char *token, uint8_t ret_digest[static SECRET_BYTES])
{
	crypto_generichash_state state;

	start();
	crypto_generichash_init(&state, NULL, 0, SECRET_BYTES);
	crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&state, (const unsigned char *)token, strlen(token));
	crypto_generichash_final(&state, ret_digest, SECRET_BYTES);
}

void
secret_digest_text(const char *purpose, const char *token, char ret_text[static SECRET_TEXT_SIZE])
{
	uint8_t digest[SECRET_BYTES];

	secret_digest(purpose, token, digest);
	sodium_bin2hex(ret_text, SECRET_TEXT_SIZE, digest, sizeof(digest));
}

bool
secret_is_equal(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}

void
secret_wipe(void *bytes, size_t len)
{
	sodium_memzero(bytes, len);
}
