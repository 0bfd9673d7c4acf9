/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "storage/txn.h"

#include <string.h>

static const char *const RESULT_WORDS[IDENTITY_RESULT_MAX] = {
    [IDENTITY_OK] = "signed_in",
    [IDENTITY_WRONG] = "wrong",
    [IDENTITY_LOCKED] = "locked",
    [IDENTITY_DISABLED] = "disabled",
    [IDENTITY_UNUSED] = "unused",
    [IDENTITY_UNLINKED] = "unlinked",
};

static const char *const METHOD_WORDS[IDENTITY_METHOD_MAX] = {
    [IDENTITY_BY_PASSWORD] = "password",
    [IDENTITY_BY_PROVIDER] = "oidc",
};

bool
identity_attempt(const IdentityScope *scope, const char *login, const char *password, const char *code,
    IdentityAttempt *ret_attempt, GError **error)
{
	IdentityAttempt attempt = {.code = code};
	IdentityAccount account;

	if (!identity_find_by_login(scope, login, &attempt.account_id, error))
		return false;
	if (attempt.account_id == 0) {
		secret_check_nothing(password);
	} else {
		if (!identity_find(scope, attempt.account_id, &account, error))
			return false;
		attempt.password_hash = account.password_hash;
		attempt.is_password_right = secret_check_password(account.password_hash, password);
	}
	*ret_attempt = attempt;
	return true;
}

static bool
count_failure(
    const IdentityScope *scope, const IdentityAccount *account, const IdentityRules *rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	int64_t failed_count = account->failed_count + 1;
	bool locks = failed_count >= rules->failures_max;

	if (!db_prepare(scope->db, &IDENTITY_COUNT_FAILURE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_COUNT_FAILURE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_COUNT_FAILURE_P_ACCOUNT_ID, account->account_id);
	db_bind_int(stmt, IDENTITY_COUNT_FAILURE_P_FAILED_COUNT, locks ? 0 : failed_count);
	db_bind_int(stmt, IDENTITY_COUNT_FAILURE_P_LOCKED_UNTIL_US,
	    locks ? scope->now_us + rules->lock_minutes * 60 * INSTANT_SECOND : 0);
	return db_run(stmt, error);
}

/* Says whether an account may be signed in to at all: IDENTITY_OK, or why not. */
static bool
check_standing(const IdentityScope *scope, const IdentityAccount *account, const IdentityRules *rules,
    IdentityResult *ret_result, GError **error)
{
	*ret_result = IDENTITY_OK;
	if (account->is_disabled)
		*ret_result = IDENTITY_DISABLED;
	else if (account->locked_until_us > scope->now_us)
		*ret_result = IDENTITY_LOCKED;
	else if (scope->now_us - account->last_seen_us > rules->unused_days * INSTANT_DAY)
		*ret_result = IDENTITY_UNUSED;
	return *ret_result != IDENTITY_UNUSED || identity_write_standing(scope, account, false, error);
}

/* Says what comes of an attempt on an account that exists, and changes the account accordingly. */
static bool
decide(const IdentityScope *scope, const IdentityAttempt *attempt, const IdentityAccount *account,
    IdentityResult *ret_result, GError **error)
{
	bool is_right =
	    attempt->is_password_right && strcmp(attempt->password_hash, account->password_hash) == 0;
	IdentityRules rules;

	if (!identity_rules(scope, &rules, error) ||
	    !check_standing(scope, account, &rules, ret_result, error))
		return false;
	if (*ret_result != IDENTITY_OK)
		return true;
	if (is_right && account->has_totp &&
	    !identity_use_code(scope, account, attempt->code, &is_right, error))
		return false;
	if (is_right)
		return identity_write_standing(scope, account, true, error);
	*ret_result = IDENTITY_WRONG;
	return count_failure(scope, account, &rules, error);
}

static bool
remember(const IdentityScope *scope, int64_t account_id, const IdentityOrigin *origin, IdentityMethod method,
    IdentityResult result, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_SIGNIN, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_SIGNIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_INSERT_SIGNIN_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_INSERT_SIGNIN_P_NOW, scope->now_us);
	db_bind_text(stmt, IDENTITY_INSERT_SIGNIN_P_ADDRESS, origin->address);
	db_bind_text(stmt, IDENTITY_INSERT_SIGNIN_P_AGENT, origin->agent);
	db_bind_int(stmt, IDENTITY_INSERT_SIGNIN_P_RESULT, result);
	db_bind_int(stmt, IDENTITY_INSERT_SIGNIN_P_METHOD, method);
	return db_run(stmt, error);
}

/* Always a new token: one that was there before, or was put into the browser by somebody else, is worth
 * nothing. */
static bool
open_session(const IdentityScope *scope, int64_t account_id, const IdentityOrigin *origin,
    IdentityFactor factor, char ret_token[static SECRET_TEXT_SIZE], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t digest[SECRET_BYTES];
	bool has_row;

	secret_make_token(ret_token);
	secret_digest(IDENTITY_COOKIE, ret_token, digest);
	if (!db_prepare(scope->db, &IDENTITY_INSERT_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_SESSION_P_COMMUNE_ID, scope->commune_id);
	db_bind_bytes(stmt, IDENTITY_INSERT_SESSION_P_TOKEN_HASH, digest, sizeof(digest));
	db_bind_int(stmt, IDENTITY_INSERT_SESSION_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_INSERT_SESSION_P_NOW, scope->now_us);
	db_bind_text(stmt, IDENTITY_INSERT_SESSION_P_ADDRESS, origin->address);
	db_bind_text(stmt, IDENTITY_INSERT_SESSION_P_AGENT, origin->agent);
	db_bind_int(stmt, IDENTITY_INSERT_SESSION_P_FACTOR, factor);
	return db_step(stmt, &has_row, error);
}

/* Writes down what came of an attempt on an account, and opens the session where it was let in. */
static bool
conclude(const IdentityScope *scope, const IdentityAccount *account, IdentityMethod method,
    IdentityFactor factor, const IdentityOrigin *origin, IdentityResult result,
    char ret_token[static SECRET_TEXT_SIZE], GError **error)
{
	IdentityScope known = *scope;

	if (result == IDENTITY_OK) {
		known.actor.person_id = account->person_id;
		known.actor.name = account->name;
		if (!open_session(&known, account->account_id, origin, factor, ret_token, error))
			return false;
	}
	return remember(&known, account->account_id, origin, method, result, error) &&
	       identity_note(&known, LEDGER_ACCESS, account->account_id, error, "result",
		   RESULT_WORDS[result], "method", METHOD_WORDS[method], "agent", origin->agent, NULL);
}

bool
identity_sign_in(const IdentityScope *scope, const IdentityAttempt *attempt, const IdentityOrigin *origin,
    IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE], GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;

	*ret_result = IDENTITY_WRONG;
	if (!db_txn_begin(scope->db, &txn, error))
		return false;
	if (attempt->account_id == 0)
		return identity_note(scope, LEDGER_ACCESS, 0, error, "result", "unknown", "agent",
			   origin->agent, NULL) &&
		       db_txn_commit(txn, error);
	return identity_find(scope, attempt->account_id, &account, error) &&
	       decide(scope, attempt, &account, ret_result, error) &&
	       conclude(scope, &account, IDENTITY_BY_PASSWORD, IDENTITY_FACTOR_LOCAL, origin, *ret_result,
		   ret_token, error) &&
	       db_txn_commit(txn, error);
}

bool
identity_sign_in_by(const IdentityScope *scope, int64_t account_id, IdentityFactor factor,
    const IdentityOrigin *origin, IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE],
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;
	IdentityRules rules;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_find(scope, account_id, &account, error) ||
	    !identity_rules(scope, &rules, error) ||
	    !check_standing(scope, &account, &rules, ret_result, error))
		return false;
	if (*ret_result == IDENTITY_OK && factor == IDENTITY_FACTOR_PENDING && !account.has_totp)
		factor = IDENTITY_FACTOR_LOCAL;
	/* Half a sign-in forgets no failures: else codes could be tried without end. */
	if (*ret_result == IDENTITY_OK && factor != IDENTITY_FACTOR_PENDING &&
	    !identity_write_standing(scope, &account, true, error))
		return false;
	return conclude(
		   scope, &account, IDENTITY_BY_PROVIDER, factor, origin, *ret_result, ret_token, error) &&
	       db_txn_commit(txn, error);
}

/* The session goes on, under another token. */
static bool
raise_session(const IdentityScope *scope, int64_t account_id, int64_t session_id,
    char ret_token[static SECRET_TEXT_SIZE], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t digest[SECRET_BYTES];

	secret_make_token(ret_token);
	secret_digest(IDENTITY_COOKIE, ret_token, digest);
	if (!db_prepare(scope->db, &IDENTITY_RAISE_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_RAISE_SESSION_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_RAISE_SESSION_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_RAISE_SESSION_P_SESSION_ID, session_id);
	db_bind_bytes(stmt, IDENTITY_RAISE_SESSION_P_TOKEN_HASH, digest, sizeof(digest));
	db_bind_int(stmt, IDENTITY_RAISE_SESSION_P_FACTOR, IDENTITY_FACTOR_LOCAL);
	return db_run(stmt, error);
}

bool
identity_give_code(const IdentityScope *scope, int64_t account_id, int64_t session_id, const char *code,
    const IdentityOrigin *origin, IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE],
    GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	IdentityAccount account;
	IdentityRules rules;
	bool is_right = false;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_find(scope, account_id, &account, error) ||
	    !identity_rules(scope, &rules, error) ||
	    !check_standing(scope, &account, &rules, ret_result, error))
		return false;
	if (*ret_result == IDENTITY_OK && !identity_use_code(scope, &account, code, &is_right, error))
		return false;
	if (*ret_result == IDENTITY_OK && !is_right)
		*ret_result = IDENTITY_WRONG;
	if (*ret_result == IDENTITY_WRONG && !count_failure(scope, &account, &rules, error))
		return false;
	if (*ret_result == IDENTITY_OK &&
	    (!identity_write_standing(scope, &account, true, error) ||
		!raise_session(scope, account_id, session_id, ret_token, error)))
		return false;
	return remember(scope, account_id, origin, IDENTITY_BY_PROVIDER, *ret_result, error) &&
	       identity_note(scope, LEDGER_ACCESS, account_id, error, "result", RESULT_WORDS[*ret_result],
		   "method", "code", NULL) &&
	       db_txn_commit(txn, error);
}

bool
identity_end_session(
    const IdentityScope *scope, int64_t account_id, int64_t session_id, bool *ret_ended, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	const char *number = arena_printf(scope->arena, "%" G_GINT64_FORMAT, session_id);

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !db_prepare(scope->db, &IDENTITY_END_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_END_SESSION_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_END_SESSION_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_END_SESSION_P_SESSION_ID, session_id);
	db_bind_int(stmt, IDENTITY_END_SESSION_P_NOW, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	*ret_ended = db_changes(scope->db) == 1;
	return (!*ret_ended || identity_note(scope, LEDGER_ACCESS, account_id, error, "result", "signed_out",
				   "session", number, NULL)) &&
	       db_txn_commit(txn, error);
}
