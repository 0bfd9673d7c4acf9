/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "storage/txn.h"

#include <string.h>

#define STEP_SECONDS 30
#define DIGITS 6
#define SHA1_BYTES 20
#define RECOVERY_LETTERS "abcdefghjkmnpqrstuvwxyz23456789" /* none that looks like another */
#define RECOVERY_LENGTH 16                                 /* 79 bits */
#define RECOVERY_PURPOSE "recovery"

static const char BASE32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

uint32_t
identity_totp_code(const uint8_t *secret, size_t len, int64_t step, unsigned digits)
{
	GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA1, secret, len);
	guint64 counter = GUINT64_TO_BE((guint64)step);
	uint8_t digest[SHA1_BYTES];
	gsize digest_len = sizeof(digest);
	uint32_t code, limit = 1;
	size_t offset;

	g_hmac_update(hmac, (const guchar *)&counter, sizeof(counter));
	g_hmac_get_digest(hmac, digest, &digest_len);
	g_hmac_unref(hmac);
	offset = digest[SHA1_BYTES - 1] & 0x0F;
	code = (uint32_t)(digest[offset] & 0x7F) << 24 | (uint32_t)digest[offset + 1] << 16 |
	       (uint32_t)digest[offset + 2] << 8 | digest[offset + 3];
	for (unsigned i = 0; i < digits; i++)
		limit *= 10;
	return code % limit;
}

int64_t
identity_totp_match(
    const uint8_t secret[static IDENTITY_TOTP_BYTES], int64_t now_us, int64_t after, const char *code)
{
	int64_t now = now_us / (STEP_SECONDS * INSTANT_SECOND);
	int64_t found = 0;

	for (int64_t step = now - 1; step <= now + 1; step++) {
		g_autofree char *right = g_strdup_printf(
		    "%0*u", DIGITS, identity_totp_code(secret, IDENTITY_TOTP_BYTES, step, DIGITS));

		if (secret_is_equal(code, right) && step > after)
			found = step;
	}
	return found;
}

char *
identity_base32(const uint8_t *bytes, size_t len, Arena *arena)
{
	g_autoptr(GString) text = g_string_new(NULL);
	uint32_t held = 0;
	unsigned n_bits = 0;

	for (size_t i = 0; i < len; i++) {
		held = held << 8 | bytes[i];
		for (n_bits += 8; n_bits >= 5; n_bits -= 5)
			g_string_append_c(text, BASE32[held >> (n_bits - 5) & 0x1F]);
		held &= 0xFF;
	}
	if (n_bits > 0)
		g_string_append_c(text, BASE32[held << (5 - n_bits) & 0x1F]);
	return arena_strdup(arena, text->str);
}

bool
identity_base32_decode(const char *text, uint8_t ret_secret[static IDENTITY_TOTP_BYTES])
{
	uint32_t held = 0;
	unsigned n_bits = 0;
	size_t n = 0;

	if (strlen(text) != IDENTITY_TOTP_BYTES * 8 / 5)
		return false;
	for (; *text != '\0'; text++) {
		const char *at = strchr(BASE32, *text);

		if (at == NULL)
			return false;
		held = (held << 5 | (uint32_t)(at - BASE32)) & 0xFFFF;
		n_bits += 5;
		if (n_bits >= 8) {
			n_bits -= 8;
			ret_secret[n++] = (uint8_t)(held >> n_bits & 0xFF);
		}
	}
	return true;
}

static bool
write_secret(
    const IdentityScope *scope, int64_t account_id, const uint8_t *secret, int64_t step, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbStmt) clear = NULL;
	uint8_t sealed[IDENTITY_SEALED_BYTES];

	if (!db_prepare(scope->db, &IDENTITY_SET_TOTP, &stmt, error) ||
	    !db_prepare(scope->db, &IDENTITY_CLEAR_RECOVERY, &clear, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_TOTP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_SET_TOTP_P_ACCOUNT_ID, account_id);
	if (secret != NULL && !identity_seal_totp(scope, account_id, secret, sealed, error))
		return false;
	if (secret != NULL)
		db_bind_bytes(stmt, IDENTITY_SET_TOTP_P_TOTP_SECRET, sealed, sizeof(sealed));
	db_bind_int(stmt, IDENTITY_SET_TOTP_P_TOTP_STEP, step);
	db_bind_int(clear, IDENTITY_CLEAR_RECOVERY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(clear, IDENTITY_CLEAR_RECOVERY_P_ACCOUNT_ID, account_id);
	return db_run(stmt, error) && db_run(clear, error);
}

static void
make_recovery_code(char code[static RECOVERY_LENGTH + 1])
{
	for (size_t i = 0; i < RECOVERY_LENGTH; i++)
		code[i] = RECOVERY_LETTERS[secret_random_below((uint32_t)strlen(RECOVERY_LETTERS))];
	code[RECOVERY_LENGTH] = '\0';
}

static bool
add_recovery_codes(const IdentityScope *scope, int64_t account_id, GPtrArray *codes, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_RECOVERY, &stmt, error))
		return false;
	for (int i = 0; i < IDENTITY_RECOVERY_CODES; i++) {
		char code[RECOVERY_LENGTH + 1];
		uint8_t digest[SECRET_BYTES];

		make_recovery_code(code);
		secret_digest(RECOVERY_PURPOSE, code, digest);
		db_bind_int(stmt, IDENTITY_INSERT_RECOVERY_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, IDENTITY_INSERT_RECOVERY_P_ACCOUNT_ID, account_id);
		db_bind_bytes(stmt, IDENTITY_INSERT_RECOVERY_P_CODE_HASH, digest, sizeof(digest));
		if (!db_run(stmt, error))
			return false;
		g_ptr_array_add(codes, arena_strdup(scope->arena, code));
	}
	return true;
}

bool
identity_set_totp(const IdentityScope *scope, int64_t account_id,
    const uint8_t secret[static IDENTITY_TOTP_BYTES], int64_t step, GPtrArray *ret_codes, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) && write_secret(scope, account_id, secret, step, error) &&
	       add_recovery_codes(scope, account_id, ret_codes, error) &&
	       identity_note(scope, LEDGER_CHANGE, account_id, error, "second_factor", "on", NULL) &&
	       db_txn_commit(txn, error);
}

bool
identity_clear_totp(const IdentityScope *scope, int64_t account_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(scope->db, &txn, error) && write_secret(scope, account_id, NULL, 0, error) &&
	       identity_note(scope, LEDGER_CHANGE, account_id, error, "second_factor", "off", NULL) &&
	       db_txn_commit(txn, error);
}

static bool
use_step(const IdentityScope *scope, int64_t account_id, int64_t step, bool *ret_is_right, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_USE_TOTP, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_USE_TOTP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_USE_TOTP_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_USE_TOTP_P_TOTP_STEP, step);
	if (!db_run(stmt, error))
		return false;
	*ret_is_right = db_changes(scope->db) == 1;
	return true;
}

static bool
use_recovery(
    const IdentityScope *scope, int64_t account_id, const char *code, bool *ret_is_right, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t digest[SECRET_BYTES];

	secret_digest(RECOVERY_PURPOSE, code, digest);
	if (!db_prepare(scope->db, &IDENTITY_USE_RECOVERY, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_USE_RECOVERY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_USE_RECOVERY_P_ACCOUNT_ID, account_id);
	db_bind_bytes(stmt, IDENTITY_USE_RECOVERY_P_CODE_HASH, digest, sizeof(digest));
	if (!db_run(stmt, error))
		return false;
	*ret_is_right = db_changes(scope->db) == 1;
	return !*ret_is_right ||
	       identity_note(scope, LEDGER_ACCESS, account_id, error, "recovery_code", "used", NULL);
}

bool
identity_use_code(const IdentityScope *scope, const IdentityAccount *account, const char *code,
    bool *ret_is_right, GError **error)
{
	uint8_t secret[IDENTITY_TOTP_BYTES];
	int64_t step;

	*ret_is_right = false;
	if (*code == '\0')
		return true;
	if (!identity_open_totp(scope, account, secret, error))
		return false;
	step = identity_totp_match(secret, scope->now_us, account->totp_step, code);
	secret_wipe(secret, sizeof(secret));
	if (step > 0)
		return use_step(scope, account->account_id, step, ret_is_right, error);
	return use_recovery(scope, account->account_id, code, ret_is_right, error);
}
