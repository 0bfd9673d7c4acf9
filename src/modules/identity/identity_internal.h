/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "app/module.h"
#include "app/secret.h"
#include "modules/identity/identity.h"
#include "modules/identity/identity_rules.h"

/* What the module's own files share. */

#define IDENTITY_COOKIE "namro_phien"
#define IDENTITY_AGENT_BYTES_MAX 200
#define IDENTITY_RECOVERY_CODES 10
#define IDENTITY_PASSWORD_PATH "/doi-mat-khau"
#define IDENTITY_TOTP_PATH "/xac-thuc-hai-lop"
#define IDENTITY_CODE_PATH "/nhap-ma-xac-thuc"
#define IDENTITY_SEALED_BYTES 60 /* a second factor's secret as it is stored */

typedef enum {
	IDENTITY_OK,
	IDENTITY_WRONG, /* password or code */
	IDENTITY_LOCKED,
	IDENTITY_DISABLED,
	IDENTITY_UNUSED,   /* too long: disabled now */
	IDENTITY_UNLINKED, /* right at the provider, but no account of ours is linked */
	IDENTITY_RESULT_MAX,
} IdentityResult;

extern const char *const IDENTITY_RESULT_LABELS[IDENTITY_RESULT_MAX];

/* How somebody came to sign in. */
typedef enum {
	IDENTITY_BY_PASSWORD = 1,
	IDENTITY_BY_PROVIDER, /* OpenID Connect */
	IDENTITY_METHOD_MAX,
} IdentityMethod;

extern const char *const IDENTITY_METHOD_LABELS[IDENTITY_METHOD_MAX];

/* What a session's owner has proved besides. */
typedef enum {
	IDENTITY_FACTOR_PENDING,  /* the second factor is still to be given */
	IDENTITY_FACTOR_LOCAL,    /* what the account has here */
	IDENTITY_FACTOR_PROVIDER, /* a second factor at the provider, which the settings trust */
} IdentityFactor;

/* Where a request comes from. */
typedef struct IdentityOrigin {
	const char *address, *agent;
} IdentityOrigin;

IdentityOrigin identity_origin_of(const HttpRequest *request);
IdentityScope identity_scope_of(const HttpRequest *request);

/* Adds a row to the ledger inside the caller's transaction. Pairs of names and texts end with NULL. */
bool identity_note(const IdentityScope *scope, LedgerAction action, int64_t account_id, GError **error,
    ...) G_GNUC_NULL_TERMINATED;

/* Compares the module's tables with the ledger (AppModule.verify). */
bool identity_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* Writes that an account may sign in, and was seen now, or may no more; without a word to anybody. */
bool identity_write_standing(
    const IdentityScope *scope, const IdentityAccount *account, bool is_enabled, GError **error);

/* --- signing in
 * ---------------------------------------------------------------------------------------------- */

/* What was found out about a sign-in before anything is written. */
typedef struct IdentityAttempt {
	int64_t account_id; /* 0: no such account */
	bool is_password_right;
	const char *password_hash; /* that it was compared with */
	bool is_too_fast;          /* the address tries too often */
	const char *code;          /* as typed; "" */
} IdentityAttempt;

/* Checks a password; reads only, and takes as long for a login that does not exist. */
bool identity_attempt(const IdentityScope *scope, const char *login, const char *password, const char *code,
    IdentityAttempt *ret_attempt, GError **error);

/* Decides about an attempt and writes down what came of it: history, failures, lock, ledger, and a new
 * session. *ret_result: IDENTITY_OK, then ret_token is the session's; else why not. */
bool
identity_sign_in(const IdentityScope *scope, const IdentityAttempt *attempt, const IdentityOrigin *origin,
    IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE], GError **error);

/* Whoever has shown by other means than a password who they are: what comes of it is written down as by
 * identity_sign_in(). factor: what the means prove besides. */
bool identity_sign_in_by(const IdentityScope *scope, int64_t account_id, IdentityFactor factor,
    const IdentityOrigin *origin, IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE],
    GError **error);

/* Takes the code of the second factor of a session that still owes it; IDENTITY_OK: the session goes on with
 * ret_token. */
bool identity_give_code(const IdentityScope *scope, int64_t account_id, int64_t session_id, const char *code,
    const IdentityOrigin *origin, IdentityResult *ret_result, char ret_token[static SECRET_TEXT_SIZE],
    GError **error);

/* Ends one session of an account; *ret_ended false: it was not there. */
bool identity_end_session(
    const IdentityScope *scope, int64_t account_id, int64_t session_id, bool *ret_ended, GError **error);

extern const AppGate IDENTITY_GATE;

/* Fills in what a visitor may: grants and permissions. Reads one statement, for administrators two. */
bool identity_fill_grants(Db *db, int64_t commune_id, int32_t today, IdentityKind kind, Arena *arena,
    AppVisitor *visitor, GError **error);

/* Parts of the gate (app/access.h). */
bool identity_roles_with(
    Db *db, int64_t commune_id, const char *permission, Arena *arena, const char **ret_names, GError **error);
bool identity_gate_duties(
    Db *db, int64_t commune_id, int64_t now_us, Arena *arena, struct AppDuties *ret_duties, GError **error);

/* False where an address has tried too often in the last minute; counts the call. */
bool identity_rate_allows(const char *address);

/* Forgets what was counted; for tests. */
void identity_rate_reset(void);

/* --- second factor
 * --------------------------------------------------------------------------------------------- */

/* RFC 6238 with SHA-1 and 30 seconds: the code of a step. */
uint32_t identity_totp_code(const uint8_t *secret, size_t len, int64_t step, unsigned digits);

/* Gives the step that `code` is right for, one before or behind now included, above `after`; 0: none. */
int64_t identity_totp_match(
    const uint8_t secret[static IDENTITY_TOTP_BYTES], int64_t now_us, int64_t after, const char *code);

/* Base32 (RFC 4648) without padding, in the arena. */
char *identity_base32(const uint8_t *bytes, size_t len, Arena *arena);

/* False where the text is not the Base32 of IDENTITY_TOTP_BYTES bytes. */
bool identity_base32_decode(const char *text, uint8_t ret_secret[static IDENTITY_TOTP_BYTES]);

/* Seals and opens a second factor's secret with the key of the data directory. Fail with APP_ERROR_STORAGE,
 * saying what to do, where the key is missing or does not fit. */
bool identity_seal_totp(const IdentityScope *scope, int64_t account_id,
    const uint8_t secret[static IDENTITY_TOTP_BYTES], uint8_t ret_sealed[static IDENTITY_SEALED_BYTES],
    GError **error);
bool identity_open_totp(const IdentityScope *scope, const IdentityAccount *account,
    uint8_t ret_secret[static IDENTITY_TOTP_BYTES], GError **error);

/* Seals what was stored before there was a key. */
bool identity_seal_all(const IdentityScope *scope, unsigned *ret_n, GError **error);

/* AppModule.work: after an upgrade, brings the rows of rules up to date and seals what is not. */
bool identity_work(const AppWork *work, bool *ret_did, GError **error);

/* Stores the secret with new recovery codes (of char *, shown once). step: of the code that proved it. */
bool identity_set_totp(const IdentityScope *scope, int64_t account_id,
    const uint8_t secret[static IDENTITY_TOTP_BYTES], int64_t step, GPtrArray *ret_codes, GError **error);

/* Uses up a code of the second factor, or a recovery code, inside the caller's transaction. */
bool identity_use_code(const IdentityScope *scope, const IdentityAccount *account, const char *code,
    bool *ret_is_right, GError **error);

/* --- passwords
 * ------------------------------------------------------------------------------------------------- */

/* True where an administrator has had the password for longer than the rules allow. */
bool identity_password_is_old(const IdentityRules *rules, int64_t password_us, int64_t now_us);

/* When the password was set; 0: never. */
bool
identity_password_set_us(const IdentityScope *scope, int64_t account_id, int64_t *ret_us, GError **error);

/* The hashes that a new password may not fit, the newest first; of char *. Reads only. */
bool identity_password_history(
    const IdentityScope *scope, int64_t account_id, int64_t max, GPtrArray *hashes, GError **error);

/* --- lists for pages
 * ------------------------------------------------------------------------------------------- */

typedef struct IdentitySession {
	int64_t session_id, created_us, used_us;
	const char *address, *agent;
} IdentitySession;

typedef struct IdentitySignIn {
	int64_t at_us;
	const char *address, *agent;
	IdentityResult result;
	IdentityMethod method;
} IdentitySignIn;

bool identity_sessions(const IdentityScope *scope, int64_t account_id, GPtrArray *sessions, GError **error);
bool identity_signins(const IdentityScope *scope, int64_t account_id, GPtrArray *signins, GError **error);
