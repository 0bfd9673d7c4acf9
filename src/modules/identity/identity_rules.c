/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"

#include <stddef.h>
#include <string.h>

/* Where the value of each rule stands in IdentityRules. */
static const struct RuleField {
	const char *rule;
	size_t offset;
} FIELDS[] = {
    {"idle_minutes", offsetof(IdentityRules, idle_minutes)},
    {"admin_idle_minutes", offsetof(IdentityRules, admin_idle_minutes)},
    {"session_hours", offsetof(IdentityRules, session_hours)},
    {"failures_max", offsetof(IdentityRules, failures_max)},
    {"lock_minutes", offsetof(IdentityRules, lock_minutes)},
    {"unused_days", offsetof(IdentityRules, unused_days)},
    {"password_length", offsetof(IdentityRules, password_length)},
    {"password_length_totp", offsetof(IdentityRules, password_length_totp)},
    {"password_history", offsetof(IdentityRules, password_history)},
    {"review_months", offsetof(IdentityRules, review_months)},
};

/* As long as there is no account, no rules are stored either; these are the ones that will be. */
static const IdentityRules FIRST = {
    .idle_minutes = 15,
    .admin_idle_minutes = 5,
    .session_hours = 12,
    .failures_max = 5,
    .lock_minutes = 15,
    .unused_days = 45,
    .password_length = 14,
    .password_length_totp = 8,
    .password_history = 10,
    .review_months = 6,
};

static void
take(IdentityRules *rules, const char *rule, int64_t value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(FIELDS); i++)
		if (strcmp(FIELDS[i].rule, rule) == 0)
			memcpy((char *)rules + FIELDS[i].offset, &value, sizeof(value));
}

bool
identity_rules(const IdentityScope *scope, IdentityRules *ret_rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_rules = FIRST;
	if (!db_prepare(scope->db, &IDENTITY_LIST_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_RULES_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		take(ret_rules, db_column_text(stmt, IDENTITY_LIST_RULES_C_RULE),
		    db_column_int(stmt, IDENTITY_LIST_RULES_C_VALUE));
	}
}

bool
identity_rule_list(const IdentityScope *scope, GPtrArray *rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_RULES_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		IdentityRule *rule;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		rule = arena_new0(scope->arena, IdentityRule);
		rule->name = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_RULES_C_NAME));
		rule->source = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_LIST_RULES_C_SOURCE));
		rule->value = db_column_int(stmt, IDENTITY_LIST_RULES_C_VALUE);
		g_ptr_array_add(rules, rule);
	}
}
