/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Passwords, tokens and what is kept of them. All of libsodium but the ledger's signatures. */

#define SECRET_BYTES 32                         /* of a token, and of a hash */
#define SECRET_TEXT_SIZE (SECRET_BYTES * 2 + 1) /* in hexadecimal digits, with the NUL */
#define SECRET_PASSWORD_BYTES_MAX 1024

/* Gives the argon2id hash of a password, the caller's; takes a tenth of a second and 64 MB by design. */
char *secret_hash_password(const char *password);

/* The same, in next to no time and memory, for a password that the program made at random and that has to be
 * changed at once: there is nothing to be guessed that slowness would protect. */
char *secret_hash_made(const char *password);

/* True where `hash` is of the password. Takes as long. */
bool secret_check_password(const char *hash, const char *password);

/* Takes as long as secret_check_password(): for accounts that do not exist. */
void secret_check_nothing(const char *password);

void secret_random(void *bytes, size_t len);

/* Gives a number below `limit`, each as likely as the other. */
uint32_t secret_random_below(uint32_t limit);

/* Writes a new token: 256 random bits. */
void secret_make_token(char token[static SECRET_TEXT_SIZE]);

/* What is stored of a token or code that is random itself. purpose: keeps hashes for one use from another. */
void secret_digest(const char *purpose, const char *token, uint8_t ret_digest[static SECRET_BYTES]);

/* The same as text. */
void secret_digest_text(const char *purpose, const char *token, char ret_text[static SECRET_TEXT_SIZE]);

/* Compares texts in a time that tells nothing but their lengths. */
bool secret_is_equal(const char *a, const char *b);

void secret_wipe(void *bytes, size_t len);
