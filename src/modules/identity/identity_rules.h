/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity.h"

/* The rules of signing in: what the security level of the system asks (TCVN 14423), and what the commune has
 * set itself, each from a day on. What counts is the stricter of the two. */

#define IDENTITY_LEVEL_FIRST 2
#define IDENTITY_LEVEL_LAST 3
#define IDENTITY_LEVEL_OBJECT "signin-level"
#define IDENTITY_SOURCE_BYTES_MAX 300

typedef struct IdentityLevel {
	int64_t level;
	int32_t valid_from; /* day; 0: ever */
	const char *source; /* "" where nobody has decided */
} IdentityLevel;

typedef struct IdentityRule {
	const char *rule, *name, *unit;
	int direction; /* 1: more is stricter; -1: less is; 0: neither */
	int64_t value_min, value_max;
	const char *zero; /* what 0 is called where it means no limit; "" where it does not */
	bool is_fixed;    /* nobody sets it */
	bool is_choice;   /* yes or no */
	bool has_level, is_own;
	int64_t value, own_value, level_value; /* what counts; the commune's, the program's where !is_own */
	int32_t own_from;
	const char *source, *own_source, *level_source;
} IdentityRule;

/* The level of a day. */
bool identity_level_on(const IdentityScope *scope, int32_t day, IdentityLevel *ret_level, GError **error);

/* The rules of a day, of IdentityRule *; level 0: that of the day. Empty where there is no account yet. */
bool
identity_rules_on(const IdentityScope *scope, int32_t day, int64_t level, GPtrArray *rules, GError **error);

/* NULL where there is none. */
const IdentityRule *identity_rule_in(const GPtrArray *rules, const char *rule);

/* True where the one value asks less than the other. */
bool identity_rule_is_weaker(const IdentityRule *rule, int64_t value, int64_t than);

/* "15 phút", "Có", "không bắt buộc"; in the arena. */
const char *identity_rule_text(const IdentityRule *rule, int64_t value, Arena *arena);

/* What may be set: "1 – 15 phút"; in the arena. */
const char *identity_rule_range(const IdentityRule *rule, Arena *arena);

/* A value from a day on, by a decision. */
typedef struct IdentityRuleChange {
	const char *rule;
	int64_t value;
	int32_t valid_from;
	const char *source;
} IdentityRuleChange;

/* Sets a value. Refused (ret_problem) where it is out of range, weaker than the level of that day asks,
 * begins before today, or has no source. Fails with APP_ERROR_NOT_FOUND for an unknown rule. */
bool identity_set_rule(
    const IdentityScope *scope, const IdentityRuleChange *change, const char **ret_problem, GError **error);

/* What a change of level does on its day. */
typedef struct IdentityLevelPreview {
	IdentityLevel before;
	GPtrArray *rules_before, *rules_after; /* of IdentityRule *, in the same order */
	GPtrArray *needs_totp;                 /* of IdentityAccount *: have to set up the second factor */
	GPtrArray *old_password;               /* of IdentityAccount *: have to change the password */
	int64_t n_accounts;                    /* that may sign in */
} IdentityLevelPreview;

void identity_level_preview_clear(IdentityLevelPreview *preview);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(IdentityLevelPreview, identity_level_preview_clear)

bool identity_preview_level(const IdentityScope *scope, int64_t level, int32_t valid_from,
    IdentityLevelPreview *ret_preview, GError **error);

/* Sets the level. Refused (ret_problem) where there is no such level, it begins before today, or has no
 * source. */
bool identity_set_level(
    const IdentityScope *scope, const IdentityLevel *level, const char **ret_problem, GError **error);

/* What the ledger calls a rule; in the arena. */
const char *identity_rule_object(Arena *arena, const char *rule);

/* One change, as the ledger has it. */
typedef struct IdentityRuleEvent {
	int64_t at_us;
	const char *who, *what;
} IdentityRuleEvent;

/* The history of a rule, or of the level (rule NULL), the newest first; of IdentityRuleEvent *. */
bool identity_rule_history(
    const IdentityScope *scope, const IdentityRule *rule, GPtrArray *events, GError **error);

/* Brings the rows of rules and levels to what this program knows; does nothing where they are there. */
bool identity_seed_rules(const IdentityScope *scope, GError **error);

/* Compares what was set with what the ledger noted. */
bool identity_verify_rules(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
