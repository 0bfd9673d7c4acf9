/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"

#include <string.h>

#define LIST_ROWS 20 /* sessions and sign-ins that a page shows */

const char *const IDENTITY_KIND_LABELS[IDENTITY_KIND_MAX] = {
    [IDENTITY_ADMIN] = "Quản trị",
    [IDENTITY_WORK] = "Tác nghiệp",
    [IDENTITY_TECHNICAL] = "Kỹ thuật",
    [IDENTITY_SERVICE] = "Dịch vụ",
};

const char *const IDENTITY_KIND_WORDS[IDENTITY_KIND_MAX] = {
    [IDENTITY_ADMIN] = "quan-tri",
    [IDENTITY_WORK] = "tac-nghiep",
    [IDENTITY_TECHNICAL] = "ky-thuat",
    [IDENTITY_SERVICE] = "dich-vu",
};

const char *const IDENTITY_RESULT_LABELS[IDENTITY_RESULT_MAX] = {
    [IDENTITY_OK] = "Đăng nhập được",
    [IDENTITY_WRONG] = "Sai mật khẩu hoặc mã xác thực",
    [IDENTITY_LOCKED] = "Tài khoản đang bị khóa",
    [IDENTITY_DISABLED] = "Tài khoản đã ngừng",
    [IDENTITY_UNUSED] = "Ngừng vì lâu không dùng",
    [IDENTITY_UNLINKED] = "Chưa liên kết với tài khoản bên ngoài",
};

const char *const IDENTITY_METHOD_LABELS[IDENTITY_METHOD_MAX] = {
    [IDENTITY_BY_PASSWORD] = "Mật khẩu",
    [IDENTITY_BY_PROVIDER] = "Tài khoản bên ngoài",
};

bool
identity_is_closed(Db *db, int64_t commune_id, bool *ret_is_closed, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &IDENTITY_HAS_ADMIN, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_HAS_ADMIN_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, IDENTITY_HAS_ADMIN_P_KIND, IDENTITY_ADMIN);
	return db_step(stmt, ret_is_closed, error);
}

static void
read_account(const IdentityScope *scope, const DbStmt *stmt, IdentityAccount *account)
{
	size_t len;
	const void *secret = db_column_bytes(stmt, IDENTITY_FIND_ACCOUNT_C_TOTP_SECRET, &len);

	*account = (IdentityAccount){
	    .account_id = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_ACCOUNT_ID),
	    .person_id = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_PERSON_ID),
	    .kind = (IdentityKind)CLAMP(
		db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_KIND), IDENTITY_ADMIN, IDENTITY_SERVICE),
	    .login = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_ACCOUNT_C_LOGIN)),
	    .name = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_ACCOUNT_C_NAME)),
	    .position = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_ACCOUNT_C_POSITION)),
	    .unit = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_ACCOUNT_C_UNIT)),
	    .password_hash =
		arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_ACCOUNT_C_PASSWORD_HASH)),
	    .must_change = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_MUST_CHANGE) != 0,
	    .is_disabled = !db_column_is_null(stmt, IDENTITY_FIND_ACCOUNT_C_DISABLED_US),
	    .has_totp = secret != NULL,
	    .totp_len = secret != NULL ? len : 0,
	    .failed_count = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_FAILED_COUNT),
	    .locked_until_us = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_LOCKED_UNTIL_US),
	    .last_seen_us = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_LAST_SEEN_US),
	    .created_us = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_CREATED_US),
	    .totp_step = db_column_int(stmt, IDENTITY_FIND_ACCOUNT_C_TOTP_STEP),
	};
	if (account->has_totp)
		account->totp = memcpy(arena_array(scope->arena, uint8_t, len), secret, len);
}

bool
identity_find(const IdentityScope *scope, int64_t account_id, IdentityAccount *ret_account, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_FIND_ACCOUNT, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_ACCOUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_FIND_ACCOUNT_P_ACCOUNT_ID, account_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có tài khoản số %" G_GINT64_FORMAT,
		    account_id);
		return false;
	}
	read_account(scope, stmt, ret_account);
	return true;
}

bool
identity_find_by_login(const IdentityScope *scope, const char *login, int64_t *ret_account_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autofree char *small = g_ascii_strdown(login, -1);
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_FIND_LOGIN, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_LOGIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_FIND_LOGIN_P_LOGIN, small);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_account_id = has_row ? db_column_int(stmt, IDENTITY_FIND_LOGIN_C_ACCOUNT_ID) : 0;
	return true;
}

static bool
list_numbers(const IdentityScope *scope, GArray *numbers, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_ACCOUNTS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_ACCOUNTS_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		int64_t number;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		number = db_column_int(stmt, IDENTITY_LIST_ACCOUNTS_C_ACCOUNT_ID);
		g_array_append_val(numbers, number);
	}
}

bool
identity_list(const IdentityScope *scope, GPtrArray *accounts, GError **error)
{
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));

	if (!list_numbers(scope, numbers, error))
		return false;
	for (guint i = 0; i < numbers->len; i++) {
		IdentityAccount *account = arena_new0(scope->arena, IdentityAccount);

		if (!identity_find(scope, g_array_index(numbers, int64_t, i), account, error))
			return false;
		g_ptr_array_add(accounts, account);
	}
	return true;
}

/* Both lists have the same columns. */
static bool
read_roles(const IdentityScope *scope, DbStmt *stmt, GPtrArray *roles, GError **error)
{
	bool has_row;

	G_STATIC_ASSERT((int)IDENTITY_LIST_ROLES_C_ROLE == (int)IDENTITY_LIST_GRANTS_C_ROLE);
	G_STATIC_ASSERT((int)IDENTITY_LIST_ROLES_C_NAME == (int)IDENTITY_LIST_GRANTS_C_NAME);
	for (;;) {
		IdentityRole *role;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		role = arena_new0(scope->arena, IdentityRole);
		role->role = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_ROLES_C_ROLE));
		role->name = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_ROLES_C_NAME));
		g_ptr_array_add(roles, role);
	}
}

bool
identity_roles(const IdentityScope *scope, GPtrArray *roles, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_LIST_ROLES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_ROLES_P_COMMUNE_ID, scope->commune_id);
	return read_roles(scope, stmt, roles, error);
}

bool
identity_roles_of(const IdentityScope *scope, int64_t account_id, GPtrArray *roles, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_LIST_GRANTS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_GRANTS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_GRANTS_P_ACCOUNT_ID, account_id);
	return read_roles(scope, stmt, roles, error);
}

/* Collects the texts of a statement's first column. */
static bool
read_texts(const IdentityScope *scope, DbStmt *stmt, GPtrArray *texts, GError **error)
{
	bool has_row;

	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		g_ptr_array_add(texts, arena_strdup(scope->arena, db_column_text(stmt, 0)));
	}
}

bool
identity_role_permissions(
    const IdentityScope *scope, const char *role, GPtrArray *permissions, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_ROLE_PERMISSIONS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_ROLE_PERMISSIONS_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_ROLE_PERMISSIONS_P_ROLE, role);
	return read_texts(scope, stmt, permissions, error);
}

bool
identity_password_history(
    const IdentityScope *scope, int64_t account_id, int64_t max, GPtrArray *hashes, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_LIST_PASSWORDS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_PASSWORDS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_PASSWORDS_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_LIST_PASSWORDS_P_ROW_LIMIT, max);
	return read_texts(scope, stmt, hashes, error);
}

bool
identity_password_set_us(const IdentityScope *scope, int64_t account_id, int64_t *ret_us, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_PASSWORD_SET, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PASSWORD_SET_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PASSWORD_SET_P_ACCOUNT_ID, account_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_us = has_row ? db_column_int(stmt, IDENTITY_PASSWORD_SET_C_SET_US) : 0;
	return true;
}

bool
identity_sessions(const IdentityScope *scope, int64_t account_id, GPtrArray *sessions, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_SESSIONS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_SESSIONS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_SESSIONS_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_LIST_SESSIONS_P_ROW_LIMIT, LIST_ROWS);
	for (;;) {
		IdentitySession *row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = arena_new0(scope->arena, IdentitySession);
		row->session_id = db_column_int(stmt, IDENTITY_LIST_SESSIONS_C_SESSION_ID);
		row->created_us = db_column_int(stmt, IDENTITY_LIST_SESSIONS_C_CREATED_US);
		row->used_us = db_column_int(stmt, IDENTITY_LIST_SESSIONS_C_USED_US);
		row->address =
		    arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_SESSIONS_C_ADDRESS));
		row->agent = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_SESSIONS_C_AGENT));
		g_ptr_array_add(sessions, row);
	}
}

bool
identity_signins(const IdentityScope *scope, int64_t account_id, GPtrArray *signins, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_SIGNINS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_SIGNINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_SIGNINS_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_LIST_SIGNINS_P_ROW_LIMIT, LIST_ROWS);
	for (;;) {
		IdentitySignIn *row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = arena_new0(scope->arena, IdentitySignIn);
		row->at_us = db_column_int(stmt, IDENTITY_LIST_SIGNINS_C_AT_US);
		row->address =
		    arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_SIGNINS_C_ADDRESS));
		row->agent = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_SIGNINS_C_AGENT));
		row->result = (IdentityResult)CLAMP(
		    db_column_int(stmt, IDENTITY_LIST_SIGNINS_C_RESULT), IDENTITY_OK, IDENTITY_UNLINKED);
		row->method = (IdentityMethod)CLAMP(db_column_int(stmt, IDENTITY_LIST_SIGNINS_C_METHOD),
		    IDENTITY_BY_PASSWORD, IDENTITY_BY_PROVIDER);
		g_ptr_array_add(signins, row);
	}
}
