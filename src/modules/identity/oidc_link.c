/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/oidc.h"
#include "storage/txn.h"

#include <string.h>

#define TAKEN "Tài khoản bên ngoài này đã được liên kết với một tài khoản khác."

bool
oidc_link_find(
    const IdentityScope *scope, int64_t account_id, OidcLink *ret_link, bool *ret_is_linked, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_FIND_LINK, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_LINK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_FIND_LINK_P_ACCOUNT_ID, account_id);
	if (!db_step(stmt, ret_is_linked, error))
		return false;
	if (*ret_is_linked)
		*ret_link = (OidcLink){
		    .issuer = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_LINK_C_ISSUER)),
		    .name = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_LINK_C_NAME)),
		    .subject =
			db_column_is_null(stmt, IDENTITY_FIND_LINK_C_SUBJECT)
			    ? NULL
			    : arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_LINK_C_SUBJECT)),
		    .linked_us = db_column_int(stmt, IDENTITY_FIND_LINK_C_LINKED_US)};
	return true;
}

/* What the ledger has of a link; the caller's. NULL where there is none. */
static char *
state_of(const char *issuer, const char *name, const char *subject)
{
	g_autoptr(GString) state = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, state, false);
	json_begin_object(&json);
	json_key_string(&json, "issuer", issuer);
	json_key_string(&json, "name", name);
	json_key_string(&json, "subject", subject);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&state), FALSE);
}

static const char *
object_of(Arena *arena, int64_t account_id)
{
	return arena_printf(arena, "signin-link/%" G_GINT64_FORMAT, account_id);
}

static bool
note(const IdentityScope *scope, int64_t account_id, LedgerAction action, const char *after, GError **error)
{
	g_autofree char *before = NULL;
	const char *object = object_of(scope->arena, account_id);

	return ledger_last_state(scope->db, scope->commune_id, object, &before, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){action, object, before, after}, error);
}

static bool
find_by(const IdentityScope *scope, const DbSql *sql, const char *issuer, const char *what,
    int64_t *ret_account_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	G_STATIC_ASSERT(
	    (int)IDENTITY_FIND_LINK_BY_NAME_P_NAME == (int)IDENTITY_FIND_LINK_BY_SUBJECT_P_SUBJECT);
	if (!db_prepare(scope->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_LINK_BY_NAME_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_FIND_LINK_BY_NAME_P_ISSUER, issuer);
	db_bind_text(stmt, IDENTITY_FIND_LINK_BY_NAME_P_NAME, what);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_account_id = has_row ? db_column_int(stmt, IDENTITY_FIND_LINK_BY_NAME_C_ACCOUNT_ID) : 0;
	return true;
}

static bool
find_by_either(const IdentityScope *scope, const char *issuer, const char *name, const char *subject,
    int64_t *ret_account_id, GError **error)
{
	*ret_account_id = 0;
	if (subject != NULL &&
	    !find_by(scope, &IDENTITY_FIND_LINK_BY_SUBJECT, issuer, subject, ret_account_id, error))
		return false;
	return *ret_account_id != 0 || *name == '\0' ||
	       find_by(scope, &IDENTITY_FIND_LINK_BY_NAME, issuer, name, ret_account_id, error);
}

static bool
write_link(const IdentityScope *scope, int64_t account_id, const char *issuer, const char *name,
    const char *subject, GError **error)
{
	g_autofree char *state = state_of(issuer, name, subject);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_SET_LINK, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_LINK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_SET_LINK_P_ACCOUNT_ID, account_id);
	db_bind_text(stmt, IDENTITY_SET_LINK_P_ISSUER, issuer);
	db_bind_text(stmt, IDENTITY_SET_LINK_P_NAME, name);
	if (subject != NULL)
		db_bind_text(stmt, IDENTITY_SET_LINK_P_SUBJECT, subject);
	db_bind_int(stmt, IDENTITY_SET_LINK_P_NOW, scope->now_us);
	return db_run(stmt, error) && note(scope, account_id, LEDGER_CHANGE, state, error);
}

bool
oidc_link_set(const IdentityScope *scope, int64_t account_id, const char *issuer, const char *name,
    const char *subject, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;
	int64_t other;

	*ret_problem = NULL;
	if (*issuer == '\0')
		*ret_problem = "Chưa khai báo nơi cấp tài khoản bên ngoài.";
	else if (subject == NULL && (*name == '\0' || strlen(name) > IDENTITY_TEXT_BYTES_MAX))
		*ret_problem = "Hãy ghi tên tài khoản bên ngoài.";
	if (*ret_problem != NULL)
		return true;
	if (!db_txn_begin(scope->db, &txn, error) || !identity_find(scope, account_id, &account, error) ||
	    !find_by_either(scope, issuer, name, subject, &other, error))
		return false;
	if (other != 0 && other != account_id) {
		*ret_problem = TAKEN;
		return true;
	}
	return write_link(scope, account_id, issuer, name, subject, error) && db_txn_commit(txn, error);
}

bool
oidc_link_drop(const IdentityScope *scope, int64_t account_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &IDENTITY_DROP_LINK, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_DROP_LINK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_DROP_LINK_P_ACCOUNT_ID, account_id);
	if (!db_run(stmt, error))
		return false;
	return (db_changes(scope->db) == 0 || note(scope, account_id, LEDGER_REMOVE, NULL, error)) &&
	       db_txn_commit(txn, error);
}

bool
oidc_link_resolve(const IdentityScope *scope, const char *issuer, const OidcClaims *claims,
    int64_t *ret_account_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !find_by(scope, &IDENTITY_FIND_LINK_BY_SUBJECT, issuer, claims->subject, ret_account_id, error))
		return false;
	if (*ret_account_id != 0 || *claims->name == '\0')
		return true;
	if (!find_by(scope, &IDENTITY_FIND_LINK_BY_NAME, issuer, claims->name, ret_account_id, error))
		return false;
	if (*ret_account_id != 0 &&
	    !write_link(scope, *ret_account_id, issuer, claims->name, claims->subject, error))
		return false;
	return db_txn_commit(txn, error);
}

bool
oidc_state_use(const IdentityScope *scope, const char *state, bool *ret_is_new, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(DbStmt) forget = NULL;
	uint8_t digest[SECRET_BYTES];

	secret_digest("oidc used", state, digest);
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &IDENTITY_FORGET_STATES, &forget, error) ||
	    !db_prepare(scope->db, &IDENTITY_USE_STATE, &stmt, error))
		return false;
	db_bind_int(forget, IDENTITY_FORGET_STATES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(forget, IDENTITY_FORGET_STATES_P_BEFORE, scope->now_us - INSTANT_DAY);
	if (!db_run(forget, error))
		return false;
	db_bind_int(stmt, IDENTITY_USE_STATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_bytes(stmt, IDENTITY_USE_STATE_P_STATE_HASH, digest, sizeof(digest));
	db_bind_int(stmt, IDENTITY_USE_STATE_P_NOW, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	*ret_is_new = db_changes(scope->db) == 1;
	return db_txn_commit(txn, error);
}

bool
oidc_verify_links(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &IDENTITY_LIST_LINKS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_LINKS_P_COMMUNE_ID, commune_id);
	for (;;) {
		g_autofree char *state = NULL;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		state = state_of(db_column_text(stmt, IDENTITY_LIST_LINKS_C_ISSUER),
		    db_column_text(stmt, IDENTITY_LIST_LINKS_C_NAME),
		    db_column_is_null(stmt, IDENTITY_LIST_LINKS_C_SUBJECT)
			? NULL
			: db_column_text(stmt, IDENTITY_LIST_LINKS_C_SUBJECT));
		if (!ledger_check_state(db, commune_id,
			object_of(arena, db_column_int(stmt, IDENTITY_LIST_LINKS_C_ACCOUNT_ID)), state,
			report, error))
			return false;
	}
}
