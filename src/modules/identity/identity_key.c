/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/data_key.h"
#include "base/app-error.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "storage/txn.h"

#include <string.h>

/* Secrets of second factors stand in the store sealed with the key of the data directory. Those of
 * IDENTITY_TOTP_BYTES were stored before there was one. */

G_STATIC_ASSERT(IDENTITY_SEALED_BYTES == IDENTITY_TOTP_BYTES + DATA_KEY_SEAL_BYTES);

/* Moved to another account or commune, a sealed secret opens no more. */
static const char *
place_of(const IdentityScope *scope, int64_t account_id)
{
	return arena_printf(
	    scope->arena, "totp/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, scope->commune_id, account_id);
}

bool
identity_seal_totp(const IdentityScope *scope, int64_t account_id,
    const uint8_t secret[static IDENTITY_TOTP_BYTES], uint8_t ret_sealed[static IDENTITY_SEALED_BYTES],
    GError **error)
{
	g_auto(DataKey) key = {0};

	if (!data_key_load(scope->directory, &key, error))
		return false;
	data_key_seal(&key, place_of(scope, account_id), secret, IDENTITY_TOTP_BYTES, ret_sealed);
	return true;
}

bool
identity_open_totp(const IdentityScope *scope, const IdentityAccount *account,
    uint8_t ret_secret[static IDENTITY_TOTP_BYTES], GError **error)
{
	g_auto(DataKey) key = {0};

	if (account->totp_len == IDENTITY_TOTP_BYTES) {
		memcpy(ret_secret, account->totp, IDENTITY_TOTP_BYTES);
		return true;
	}
	if (!data_key_load(scope->directory, &key, error))
		return false;
	if (account->totp_len == IDENTITY_SEALED_BYTES &&
	    data_key_open(
		&key, place_of(scope, account->account_id), account->totp, account->totp_len, ret_secret))
		return true;
	g_set_error(error, APP_ERROR, APP_ERROR_STORAGE,
	    "khóa xác thực hai lớp của tài khoản %s không mở được bằng %s/" DATA_KEY_FILE
	    ": dữ liệu đã bị sửa hoặc là của thư mục khác; người quản trị hãy bỏ xác thực hai lớp của tài "
	    "khoản này "
	    "(namro user no-totp) để bật lại",
	    account->login, scope->directory);
	return false;
}

static bool
reseal(const IdentityScope *scope, int64_t account_id, const uint8_t *secret, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t sealed[IDENTITY_SEALED_BYTES];

	if (!identity_seal_totp(scope, account_id, secret, sealed, error) ||
	    !db_prepare(scope->db, &IDENTITY_RESEAL_TOTP, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_RESEAL_TOTP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_RESEAL_TOTP_P_ACCOUNT_ID, account_id);
	db_bind_bytes(stmt, IDENTITY_RESEAL_TOTP_P_TOTP_SECRET, sealed, sizeof(sealed));
	return db_run(stmt, error) &&
	       identity_note(scope, LEDGER_CHANGE, account_id, error, "second_factor", "sealed", NULL);
}

/* A secret of before, with whose it is. */
typedef struct Unsealed {
	int64_t account_id;
	uint8_t secret[IDENTITY_TOTP_BYTES];
} Unsealed;

static bool
list_unsealed(const IdentityScope *scope, GArray *found, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_UNSEALED, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_UNSEALED_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_UNSEALED_P_LEN, IDENTITY_TOTP_BYTES);
	for (;;) {
		Unsealed one;
		const void *bytes;
		size_t len;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		one.account_id = db_column_int(stmt, IDENTITY_LIST_UNSEALED_C_ACCOUNT_ID);
		bytes = db_column_bytes(stmt, IDENTITY_LIST_UNSEALED_C_TOTP_SECRET, &len);
		if (len != IDENTITY_TOTP_BYTES)
			continue;
		memcpy(one.secret, bytes, len);
		g_array_append_val(found, one);
	}
}

bool
identity_seal_all(const IdentityScope *scope, unsigned *ret_n, GError **error)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Unsealed));
	g_autoptr(DbTxn) txn = NULL;

	if (!list_unsealed(scope, found, error))
		return false;
	*ret_n = found->len;
	if (found->len == 0)
		return true;
	if (!db_txn_begin(scope->db, &txn, error))
		return false;
	for (guint i = 0; i < found->len; i++) {
		Unsealed *one = &g_array_index(found, Unsealed, i);

		if (!reseal(scope, one->account_id, one->secret, error))
			return false;
		secret_wipe(one->secret, sizeof(one->secret));
	}
	return db_txn_commit(txn, error);
}

bool
identity_clear_sealed(const IdentityScope *scope, unsigned *ret_n, GError **error)
{
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;

	*ret_n = 0;
	if (!db_txn_begin(scope->db, &txn, error) || !identity_list(scope, accounts, error))
		return false;
	for (guint i = 0; i < accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(accounts, i);

		if (account->totp_len != IDENTITY_SEALED_BYTES)
			continue;
		(*ret_n)++;
		if (!identity_clear_totp(scope, account->account_id, error))
			return false;
	}
	return db_txn_commit(txn, error);
}

bool
identity_work(const AppWork *work, bool *ret_did, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope scope = {.db = work->db,
	    .commune_id = work->commune_id,
	    .now_us = work->now_us,
	    .directory = work->directory,
	    .actor = {.name = "chương trình", .origin = ""},
	    .arena = arena};
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	unsigned n_sealed;

	*ret_did = false;
	if (!work->is_first)
		return true;
	if (!identity_roles(&scope, roles, error))
		return false;
	return roles->len == 0 ||
	       (identity_seed_rules(&scope, error) && identity_seal_all(&scope, &n_sealed, error));
}
