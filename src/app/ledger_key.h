/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The key by which a data directory signs its ledger (Ed25519), and what it signs. */

#define LEDGER_HASH_SIZE 32
#define LEDGER_SIGNATURE_SIZE 64

typedef struct LedgerPublicKey {
	uint8_t bytes[32];
} LedgerPublicKey;

typedef struct LedgerKey {
	uint8_t secret[64];
	LedgerPublicKey public_key;
} LedgerKey;

#define LEDGER_KEY_FILE "ledger.key"

/* Makes the key file of a data directory where there is none. Fails with APP_ERROR_STORAGE. */
bool ledger_key_make(const char *directory, GError **error);

/* Reads it; *ret_found false: there is none. Wipe the key with ledger_key_clear(). Fails with
 * APP_ERROR_STORAGE. */
bool ledger_key_read(const char *directory, LedgerKey *ret_key, bool *ret_found, GError **error);

/* The same where there has to be one: fails with APP_ERROR_STORAGE, saying what to do, where there is none.
 */
bool ledger_key_load(const char *directory, LedgerKey *ret_key, GError **error);
bool ledger_key_is_there(const char *directory);
void ledger_key_clear(LedgerKey *key);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LedgerKey, ledger_key_clear)

/* Rows of the ledger about this object say with which key it is signed from then on. */
#define LEDGER_SIGNING_OBJECT "ledger-key"

/* Reads hexadecimal digits that end with a quote; false for anything else. */
bool ledger_public_key_parse(const char *text, LedgerPublicKey *ret_key);

/* One state of a commune's ledger: the row with this number had this hash. */
typedef struct LedgerMark {
	int64_t commune_id, seq, at_us;
	uint8_t hash[LEDGER_HASH_SIZE];
} LedgerMark;

void ledger_mark_sign(
    const LedgerMark *mark, const LedgerKey *key, uint8_t ret_signature[static LEDGER_SIGNATURE_SIZE]);
bool ledger_mark_verify(const LedgerMark *mark, const LedgerPublicKey *key,
    const uint8_t signature[static LEDGER_SIGNATURE_SIZE]);

/* A receipt: a mark with its signature as a small JSON text, to be checked without the store. The text is the
 * caller's. ledger_receipt_parse() fails with APP_ERROR_UNREADABLE (no receipt), APP_ERROR_CONFLICT (the
 * signature is not that of the key it names). */
char *ledger_receipt_new(const LedgerMark *mark, const LedgerKey *key);
bool ledger_receipt_parse(
    const char *text, size_t len, LedgerMark *ret_mark, LedgerPublicKey *ret_key, GError **error);
