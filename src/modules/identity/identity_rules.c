/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_rules.h"

#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"

#include <stddef.h>
#include <string.h>

#define DEFAULT_LEVEL 2 /* TCVN 14423: a system of a State body that holds personal data */

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
    {"admin_password_days", offsetof(IdentityRules, admin_password_days)},
    {"totp_admin", offsetof(IdentityRules, totp_admin)},
    {"totp_all", offsetof(IdentityRules, totp_all)},
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
    .totp_admin = 1,
    .review_months = 6,
};

static void
take(IdentityRules *rules, const IdentityRule *rule)
{
	for (size_t i = 0; i < G_N_ELEMENTS(FIELDS); i++)
		if (strcmp(FIELDS[i].rule, rule->rule) == 0)
			memcpy((char *)rules + FIELDS[i].offset, &rule->value, sizeof(rule->value));
}

bool
identity_rules(const IdentityScope *scope, IdentityRules *ret_rules, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();

	*ret_rules = FIRST;
	if (!identity_rules_on(scope, instant_day(scope->now_us), 0, rules, error))
		return false;
	for (guint i = 0; i < rules->len; i++)
		take(ret_rules, g_ptr_array_index(rules, i));
	return true;
}

bool
identity_level_on(const IdentityScope *scope, int32_t day, IdentityLevel *ret_level, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_FIND_LEVEL, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_LEVEL_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_FIND_LEVEL_P_DAY, day);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_level = (IdentityLevel){.level = DEFAULT_LEVEL, .source = ""};
	if (has_row)
		*ret_level = (IdentityLevel){.level = db_column_int(stmt, IDENTITY_FIND_LEVEL_C_LEVEL),
		    .valid_from = (int32_t)db_column_int(stmt, IDENTITY_FIND_LEVEL_C_VALID_FROM),
		    .source = arena_strdup(scope->arena, db_column_text(stmt, IDENTITY_FIND_LEVEL_C_SOURCE))};
	return true;
}

bool
identity_rule_is_weaker(const IdentityRule *rule, int64_t value, int64_t than)
{
	bool is_unlimited = *rule->zero != '\0' && value == 0;
	bool was_unlimited = *rule->zero != '\0' && than == 0;

	if (is_unlimited || was_unlimited)
		return rule->direction < 0 ? is_unlimited && !was_unlimited : was_unlimited && !is_unlimited;
	return rule->direction < 0 ? value > than : rule->direction > 0 && value < than;
}

static const char *
text_of(const IdentityScope *scope, const DbStmt *stmt, int column)
{
	return arena_strdup(scope->arena, db_column_text(stmt, column));
}

static void
read_own(const IdentityScope *scope, const DbStmt *stmt, IdentityRule *rule)
{
	rule->is_own = !db_column_is_null(stmt, IDENTITY_LIST_RULES_C_OWN_VALUE);
	rule->own_value = db_column_int(
	    stmt, rule->is_own ? IDENTITY_LIST_RULES_C_OWN_VALUE : IDENTITY_LIST_RULES_C_FIRST_VALUE);
	rule->own_source = text_of(scope, stmt,
	    rule->is_own ? IDENTITY_LIST_RULES_C_OWN_SOURCE : IDENTITY_LIST_RULES_C_FIRST_SOURCE);
	if (rule->is_own)
		rule->own_from = (int32_t)db_column_int(stmt, IDENTITY_LIST_RULES_C_OWN_FROM);
}

/* The stricter of what the commune has set and what the level asks. */
static IdentityRule *
read_rule(const IdentityScope *scope, const DbStmt *stmt)
{
	IdentityRule *rule = arena_new0(scope->arena, IdentityRule);

	*rule = (IdentityRule){.rule = text_of(scope, stmt, IDENTITY_LIST_RULES_C_RULE),
	    .name = text_of(scope, stmt, IDENTITY_LIST_RULES_C_NAME),
	    .unit = text_of(scope, stmt, IDENTITY_LIST_RULES_C_UNIT),
	    .direction = (int)db_column_int(stmt, IDENTITY_LIST_RULES_C_DIRECTION),
	    .value_min = db_column_int(stmt, IDENTITY_LIST_RULES_C_VALUE_MIN),
	    .value_max = db_column_int(stmt, IDENTITY_LIST_RULES_C_VALUE_MAX),
	    .zero = text_of(scope, stmt, IDENTITY_LIST_RULES_C_ZERO),
	    .is_fixed = db_column_int(stmt, IDENTITY_LIST_RULES_C_IS_FIXED) != 0,
	    .has_level = !db_column_is_null(stmt, IDENTITY_LIST_RULES_C_LEVEL_VALUE)};
	rule->is_choice = *rule->unit == '\0' && rule->value_min == 0 && rule->value_max == 1;
	read_own(scope, stmt, rule);
	rule->value = rule->own_value;
	rule->source = rule->own_source;
	if (rule->has_level) {
		rule->level_value = db_column_int(stmt, IDENTITY_LIST_RULES_C_LEVEL_VALUE);
		rule->level_source = text_of(scope, stmt, IDENTITY_LIST_RULES_C_LEVEL_SOURCE);
	}
	if (rule->has_level && !rule->is_fixed &&
	    (identity_rule_is_weaker(rule, rule->own_value, rule->level_value) ||
		(!rule->is_own && rule->own_value == rule->level_value))) {
		rule->value = rule->level_value;
		rule->source = rule->level_source;
	}
	return rule;
}

bool
identity_rules_on(const IdentityScope *scope, int32_t day, int64_t level, GPtrArray *rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	IdentityLevel current;
	bool has_row;

	if (level == 0) {
		if (!identity_level_on(scope, day, &current, error))
			return false;
		level = current.level;
	}
	if (!db_prepare(scope->db, &IDENTITY_LIST_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_RULES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_RULES_P_DAY, day);
	db_bind_int(stmt, IDENTITY_LIST_RULES_P_LEVEL, level);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		g_ptr_array_add(rules, read_rule(scope, stmt));
	}
}

const IdentityRule *
identity_rule_in(const GPtrArray *rules, const char *rule)
{
	for (guint i = 0; i < rules->len; i++) {
		const IdentityRule *one = g_ptr_array_index(rules, i);

		if (strcmp(one->rule, rule) == 0)
			return one;
	}
	return NULL;
}

const char *
identity_rule_text(const IdentityRule *rule, int64_t value, Arena *arena)
{
	if (rule->is_choice)
		return value != 0 ? "Có" : "Không";
	if (value == 0 && *rule->zero != '\0')
		return rule->zero;
	return arena_printf(arena, "%" G_GINT64_FORMAT " %s", value, rule->unit);
}

const char *
identity_rule_range(const IdentityRule *rule, Arena *arena)
{
	int64_t min = rule->value_min, max = rule->value_max;
	bool may_be_zero = *rule->zero != '\0' && (!rule->has_level || rule->level_value == 0);

	if (rule->is_fixed)
		return "chương trình tự làm, không đặt được";
	if (rule->has_level && rule->direction < 0 && rule->level_value != 0)
		max = MIN(max, rule->level_value);
	if (rule->has_level && rule->direction > 0)
		min = MAX(min, rule->level_value);
	if (rule->is_choice)
		return min > 0 ? "chỉ “Có”" : "“Có” hoặc “Không”";
	return arena_printf(arena, "%" G_GINT64_FORMAT " – %" G_GINT64_FORMAT " %s%s%s", min, max, rule->unit,
	    may_be_zero ? ", hoặc 0: " : "", may_be_zero ? rule->zero : "");
}

bool
identity_seed_rules(const IdentityScope *scope, GError **error)
{
	static const DbSql *const SEEDS[] = {&IDENTITY_SEED_RULES, &IDENTITY_SEED_LEVEL_RULES};

	for (size_t i = 0; i < G_N_ELEMENTS(SEEDS); i++) {
		g_autoptr(DbStmt) stmt = NULL;

		if (!db_prepare(scope->db, SEEDS[i], &stmt, error))
			return false;
		db_bind_int(stmt, IDENTITY_SEED_RULES_P_COMMUNE_ID, scope->commune_id);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}
