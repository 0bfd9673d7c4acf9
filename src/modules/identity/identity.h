/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Tài khoản: people, how they sign in, and what they may. Every change is a row of the ledger, in the same
 * transaction. */

/* Kinds of accounts of TCVN 14423. */
typedef enum {
	IDENTITY_ADMIN = 1, /* quản trị */
	IDENTITY_WORK,      /* tác nghiệp */
	IDENTITY_TECHNICAL, /* kỹ thuật */
	IDENTITY_SERVICE,   /* dịch vụ */
	IDENTITY_KIND_MAX,
} IdentityKind;

/* Indexed by IdentityKind: what it is called, and its word in forms and commands. */
extern const char *const IDENTITY_KIND_LABELS[IDENTITY_KIND_MAX];
extern const char *const IDENTITY_KIND_WORDS[IDENTITY_KIND_MAX];

#define IDENTITY_ADMIN_ROLE "quan-tri"
#define IDENTITY_TOTP_BYTES 20
#define IDENTITY_LOGIN_BYTES_MAX 64
#define IDENTITY_TEXT_BYTES_MAX 200

typedef struct IdentityAccount {
	int64_t account_id, person_id;
	IdentityKind kind;
	const char *login, *name, *position, *unit;
	const char *password_hash;
	bool must_change, is_disabled, has_totp;
	int64_t failed_count, locked_until_us, last_seen_us, created_us;
	const uint8_t *totp; /* the second factor's secret as it is stored, sealed; NULL: none */
	size_t totp_len;
	int64_t totp_step;
} IdentityAccount;

typedef struct IdentityRole {
	const char *role, *name;
} IdentityRole;

/* On whose behalf, in which commune, when. */
typedef struct IdentityScope {
	Db *db;
	int64_t commune_id, now_us;
	const char *directory; /* the data directory, for its keys; NULL where nothing sealed is touched */
	LedgerActor actor;
	Arena *arena; /* what is read lives there */
} IdentityScope;

/* The numbers that the rules ask for today (modules/identity/identity_rules.h). */
typedef struct IdentityRules {
	int64_t idle_minutes, admin_idle_minutes, session_hours, failures_max, lock_minutes, unused_days,
	    password_length, password_length_totp, password_history, admin_password_days, totp_admin,
	    totp_all, review_months;
} IdentityRules;

bool identity_rules(const IdentityScope *scope, IdentityRules *ret_rules, GError **error);

/* Roles, permissions and rules of a commune that has none yet; inside the caller's transaction. */
bool identity_seed(const IdentityScope *scope, GError **error);

/* True from the first administrator's account on: from then on everybody has to sign in. */
bool identity_is_closed(Db *db, int64_t commune_id, bool *ret_is_closed, GError **error);

/* What a new account is made of. */
typedef struct IdentityNew {
	const char *login, *name, *position, *unit; /* UTF-8 in NFC; login: a-z, 0-9, ".", "-", "_" */
	int64_t person_id; /* who is there already: name, position and unit count for the password alone; 0 */
	IdentityKind kind;
	const char *role;          /* NULL: none yet */
	const char *password_hash; /* secret_hash_password() of one that identity_password_check() let pass */
	bool must_change;          /* somebody else knows it */
} IdentityNew;

/* Adds a person with an account. ret_problem: Vietnamese, what is wrong with the data, NULL where it was
 * added; static or in the arena. Fails as db_txn_commit(). */
bool identity_add(const IdentityScope *scope, const IdentityNew *account, int64_t *ret_account_id,
    const char **ret_problem, GError **error);

/* Gives what is wrong with a login as such, Vietnamese; NULL: nothing. */
const char *identity_login_problem(const char *login);

/* Fails with APP_ERROR_NOT_FOUND. */
bool
identity_find(const IdentityScope *scope, int64_t account_id, IdentityAccount *ret_account, GError **error);

/* *ret_account_id: 0 where there is no such login. Capitals count as small letters. */
bool identity_find_by_login(
    const IdentityScope *scope, const char *login, int64_t *ret_account_id, GError **error);

/* All accounts, in the order in which they were made; of IdentityAccount *. */
bool identity_list(const IdentityScope *scope, GPtrArray *accounts, GError **error);

/* All roles, or those of an account; of IdentityRole *. */
bool identity_roles(const IdentityScope *scope, GPtrArray *roles, GError **error);
bool identity_roles_of(const IdentityScope *scope, int64_t account_id, GPtrArray *roles, GError **error);

/* The permissions of a role; of char *. Empty where there is no such role. */
bool identity_role_permissions(
    const IdentityScope *scope, const char *role, GPtrArray *permissions, GError **error);

/* Gives a role or takes it away, and ends the account's sessions where it loses one. Refused (ret_problem)
 * for an unknown role, the role of administrators to other kinds, and the last administrator. */
bool identity_grant(const IdentityScope *scope, int64_t account_id, const char *role, bool is_granted,
    const char **ret_problem, GError **error);

/* Lets an account sign in no more, and ends its sessions, or lets it again. The last administrator is
 * refused. */
bool identity_set_enabled(const IdentityScope *scope, int64_t account_id, bool is_enabled,
    const char **ret_problem, GError **error);

/* Sets a new password and ends all sessions but one. must_change: somebody else knows it. */
bool identity_set_password(const IdentityScope *scope, int64_t account_id, const char *password_hash,
    bool must_change, int64_t but_session, GError **error);

/* Takes the second factor away, for somebody who lost the device. */
bool identity_clear_totp(const IdentityScope *scope, int64_t account_id, GError **error);

/* After the loss of the key that second factors are sealed with: takes away those that it sealed. */
bool identity_clear_sealed(const IdentityScope *scope, unsigned *ret_n, GError **error);

/* Gives what a new password of the account has to be like: of const char *, in Vietnamese, from the arena. */
void identity_password_demands(
    const IdentityRules *rules, const IdentityAccount *account, Arena *arena, GPtrArray *demands);

/* Gives what is wrong with a new password, in Vietnamese, from the arena; NULL: nothing. */
const char *identity_password_check(
    const IdentityRules *rules, const IdentityAccount *account, const char *password, Arena *arena);

/* Gives a random password that keeps the rules; in the arena. */
char *identity_password_make(Arena *arena);
