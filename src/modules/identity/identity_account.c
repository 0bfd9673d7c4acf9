/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_people.h"
#include "modules/identity/identity_roles.h"
#include "storage/txn.h"

#include <stdarg.h>
#include <string.h>

#define LOGIN_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789.-_"
#define LAST_ADMIN "Đây là quản trị viên cuối cùng còn hoạt động; hãy thêm một người quản trị khác trước."

bool
identity_note(const IdentityScope *scope, LedgerAction action, int64_t account_id, GError **error, ...)
{
	g_autoptr(GString) state = g_string_new(NULL);
	LedgerRow row = {.at_us = scope->now_us,
	    .actor = scope->actor,
	    .action = action,
	    .object = arena_printf(scope->arena, "account/%" G_GINT64_FORMAT, account_id)};
	JsonWriter json;
	va_list pairs;
	const char *name;

	json_init(&json, state, false);
	json_begin_object(&json);
	va_start(pairs, error);
	while ((name = va_arg(pairs, const char *)) != NULL)
		json_key_string(&json, name, va_arg(pairs, const char *));
	va_end(pairs);
	json_end_object(&json);
	row.after = state->str;
	return ledger_append(scope->db, scope->commune_id, &row, error);
}

/* Roles, what they may, and the rules, before the first account; what was changed since is not put back. */
bool
identity_seed(const IdentityScope *scope, GError **error)
{
	static const DbSql *const SEEDS[] = {&IDENTITY_SEED_ROLES, &IDENTITY_SEED_PERMISSIONS,
	    &IDENTITY_SEED_RULES, &IDENTITY_SEED_LEVEL_RULES, &IDENTITY_SEED_DUTIES, &IDENTITY_SEED_HINTS};
	g_autoptr(GPtrArray) roles = g_ptr_array_new();

	if (!identity_roles(scope, roles, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(SEEDS) && roles->len == 0; i++) {
		g_autoptr(DbStmt) stmt = NULL;

		if (!db_prepare(scope->db, SEEDS[i], &stmt, error))
			return false;
		db_bind_int(stmt, IDENTITY_SEED_ROLES_P_COMMUNE_ID, scope->commune_id);
		if (!db_run(stmt, error))
			return false;
	}
	return roles->len > 0 || identity_seed_rules(scope, error);
}

const char *
identity_login_problem(const char *login)
{
	size_t len = strlen(login);

	if (len == 0 || len > IDENTITY_LOGIN_BYTES_MAX || strspn(login, LOGIN_LETTERS) != len)
		return "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm, gạch nối, gạch dưới; "
		       "tối đa 64 ký tự.";
	return NULL;
}

/* Gives what is wrong with the data of a new account; NULL: nothing. */
static const char *
problem_of(const IdentityNew *account)
{
	const char *problem = identity_login_problem(account->login);

	if (problem != NULL)
		return problem;
	if (*account->name == '\0' || strlen(account->name) > IDENTITY_TEXT_BYTES_MAX ||
	    strlen(account->position) > IDENTITY_TEXT_BYTES_MAX ||
	    strlen(account->unit) > IDENTITY_TEXT_BYTES_MAX)
		return "Hãy ghi họ và tên; họ tên, chức vụ, đơn vị đều không quá dài.";
	if (account->kind < IDENTITY_ADMIN || account->kind >= IDENTITY_KIND_MAX)
		return "Hãy chọn loại tài khoản.";
	return NULL;
}

static bool
insert_account(const IdentityScope *scope, const IdentityNew *account, int64_t person_id,
    int64_t *ret_account_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_ACCOUNT, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_ACCOUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_INSERT_ACCOUNT_P_PERSON_ID, person_id);
	db_bind_text(stmt, IDENTITY_INSERT_ACCOUNT_P_LOGIN, account->login);
	db_bind_int(stmt, IDENTITY_INSERT_ACCOUNT_P_KIND, account->kind);
	db_bind_text(stmt, IDENTITY_INSERT_ACCOUNT_P_PASSWORD_HASH, account->password_hash);
	db_bind_int(stmt, IDENTITY_INSERT_ACCOUNT_P_MUST_CHANGE, account->must_change);
	db_bind_int(stmt, IDENTITY_INSERT_ACCOUNT_P_NOW, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_account_id = db_column_int(stmt, IDENTITY_INSERT_ACCOUNT_C_ACCOUNT_ID);
	return true;
}

static bool
keep_password(const IdentityScope *scope, int64_t account_id, const char *password_hash, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_KEEP_PASSWORD, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_KEEP_PASSWORD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_KEEP_PASSWORD_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_KEEP_PASSWORD_P_NOW, scope->now_us);
	db_bind_text(stmt, IDENTITY_KEEP_PASSWORD_P_PASSWORD_HASH, password_hash);
	return db_run(stmt, error);
}

/* Inside the transaction, everything of it or nothing. */
static bool
add_checked(const IdentityScope *scope, const IdentityNew *account, int64_t *ret_account_id,
    const char **ret_problem, GError **error)
{
	const char *role = account->role;
	int64_t person_id;

	if (role == NULL && account->kind == IDENTITY_ADMIN)
		role = IDENTITY_ADMIN_ROLE;
	if (!identity_person_enter(scope, account, &person_id, error) ||
	    !insert_account(scope, account, person_id, ret_account_id, error) ||
	    !keep_password(scope, *ret_account_id, account->password_hash, error) ||
	    !identity_note(scope, LEDGER_ADD, *ret_account_id, error, "login", account->login, "name",
		account->name, "position", account->position, "unit", account->unit, "kind",
		IDENTITY_KIND_WORDS[account->kind], NULL))
		return false;
	return role == NULL || identity_grant(scope, *ret_account_id, role, true, ret_problem, error);
}

bool
identity_add(const IdentityScope *scope, const IdentityNew *account, int64_t *ret_account_id,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	int64_t other;

	*ret_problem = problem_of(account);
	if (*ret_problem != NULL)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !identity_seed(scope, error) ||
	    !identity_find_by_login(scope, account->login, &other, error))
		return false;
	if (other != 0) {
		*ret_problem = "Đã có tài khoản với tên đăng nhập này.";
		return true;
	}
	if (!add_checked(scope, account, ret_account_id, ret_problem, error))
		return false;
	return *ret_problem != NULL || db_txn_commit(txn, error);
}

static bool
end_sessions(const IdentityScope *scope, int64_t account_id, int64_t but_session, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_END_SESSIONS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_END_SESSIONS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_END_SESSIONS_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_END_SESSIONS_P_BUT, but_session);
	db_bind_int(stmt, IDENTITY_END_SESSIONS_P_NOW, scope->now_us);
	return db_run(stmt, error);
}

/* Somebody must be left who can manage accounts. */
static bool
is_last_admin(const IdentityScope *scope, const IdentityAccount *account, bool *ret_is_last, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_is_last = false;
	if (account->kind != IDENTITY_ADMIN || account->is_disabled)
		return true;
	if (!db_prepare(scope->db, &IDENTITY_COUNT_OTHER_ADMINS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_COUNT_OTHER_ADMINS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_COUNT_OTHER_ADMINS_P_KIND, IDENTITY_ADMIN);
	db_bind_int(stmt, IDENTITY_COUNT_OTHER_ADMINS_P_ACCOUNT_ID, account->account_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_is_last = db_column_int(stmt, IDENTITY_COUNT_OTHER_ADMINS_C_N) == 0;
	return true;
}

static bool
check_grant(const IdentityScope *scope, const IdentityAccount *account, const char *role, bool is_granted,
    const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) roles = g_ptr_array_new();
	bool is_admin_role = strcmp(role, IDENTITY_ADMIN_ROLE) == 0, is_known = false, is_last = false;

	*ret_problem = NULL;
	if (!identity_roles(scope, roles, error))
		return false;
	for (guint i = 0; i < roles->len; i++)
		is_known |= strcmp(((const IdentityRole *)g_ptr_array_index(roles, i))->role, role) == 0;
	if (is_admin_role && !is_granted && !is_last_admin(scope, account, &is_last, error))
		return false;
	if (!is_known)
		*ret_problem = "Không có vai trò này.";
	else if (is_admin_role && is_granted && account->kind != IDENTITY_ADMIN)
		*ret_problem = "Vai trò quản trị hệ thống chỉ giao cho tài khoản loại quản trị.";
	else if (is_last)
		*ret_problem = LAST_ADMIN;
	return true;
}

static bool
write_grant(const IdentityScope *scope, int64_t account_id, const char *role, bool is_granted, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, is_granted ? &IDENTITY_GRANT : &IDENTITY_REVOKE, &stmt, error))
		return false;
	if (is_granted) {
		db_bind_int(stmt, IDENTITY_GRANT_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, IDENTITY_GRANT_P_ACCOUNT_ID, account_id);
		db_bind_text(stmt, IDENTITY_GRANT_P_ROLE, role);
		db_bind_int(stmt, IDENTITY_GRANT_P_NOW, scope->now_us);
		db_bind_text(
		    stmt, IDENTITY_GRANT_P_BY_NAME, scope->actor.name != NULL ? scope->actor.name : "");
	} else {
		db_bind_int(stmt, IDENTITY_REVOKE_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, IDENTITY_REVOKE_P_ACCOUNT_ID, account_id);
		db_bind_text(stmt, IDENTITY_REVOKE_P_ROLE, role);
	}
	return db_run(stmt, error);
}

bool
identity_grant(const IdentityScope *scope, int64_t account_id, const char *role, bool is_granted,
    const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_find(scope, account_id, &account, error) ||
	    !check_grant(scope, &account, role, is_granted, ret_problem, error))
		return false;
	if (*ret_problem != NULL)
		return true;
	if (!write_grant(scope, account_id, role, is_granted, error) ||
	    (is_granted && !identity_conflict_by(scope, account_id, role, 0, ret_problem, error)))
		return false;
	return *ret_problem != NULL ||
	       (identity_note(scope, LEDGER_CHANGE, account_id, error,
		    is_granted ? "role_given" : "role_taken", role, NULL) &&
		   (is_granted || end_sessions(scope, account_id, 0, error)) && db_txn_commit(txn, error));
}

bool
identity_write_standing(
    const IdentityScope *scope, const IdentityAccount *account, bool is_enabled, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_SET_STANDING, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_STANDING_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_SET_STANDING_P_ACCOUNT_ID, account->account_id);
	if (!is_enabled)
		db_bind_int(stmt, IDENTITY_SET_STANDING_P_DISABLED_US, scope->now_us);
	db_bind_int(
	    stmt, IDENTITY_SET_STANDING_P_LAST_SEEN_US, is_enabled ? scope->now_us : account->last_seen_us);
	return db_run(stmt, error);
}

bool
identity_set_enabled(
    const IdentityScope *scope, int64_t account_id, bool is_enabled, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;
	bool is_last = false;

	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !identity_find(scope, account_id, &account, error) ||
	    (!is_enabled && !is_last_admin(scope, &account, &is_last, error)))
		return false;
	if (is_last) {
		*ret_problem = LAST_ADMIN;
		return true;
	}
	return identity_write_standing(scope, &account, is_enabled, error) &&
	       (is_enabled || end_sessions(scope, account_id, 0, error)) &&
	       identity_note(scope, LEDGER_CHANGE, account_id, error, "standing",
		   is_enabled ? "enabled" : "disabled", NULL) &&
	       db_txn_commit(txn, error);
}

bool
identity_set_password(const IdentityScope *scope, int64_t account_id, const char *password_hash,
    bool must_change, int64_t but_session, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &IDENTITY_SET_PASSWORD, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_PASSWORD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_SET_PASSWORD_P_ACCOUNT_ID, account_id);
	db_bind_text(stmt, IDENTITY_SET_PASSWORD_P_PASSWORD_HASH, password_hash);
	db_bind_int(stmt, IDENTITY_SET_PASSWORD_P_MUST_CHANGE, must_change);
	return db_run(stmt, error) && keep_password(scope, account_id, password_hash, error) &&
	       end_sessions(scope, account_id, but_session, error) &&
	       identity_note(scope, LEDGER_CHANGE, account_id, error, "password",
		   must_change ? "reset" : "changed", NULL) &&
	       db_txn_commit(txn, error);
}
