/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_rules.h"
#include "storage/txn.h"

#include <string.h>

#define PAST "Ngày bắt đầu không được trước hôm nay: quy tắc đã áp dụng thì không sửa lùi được."
#define NO_SOURCE "Hãy ghi căn cứ (số, ngày của quyết định hoặc văn bản), không quá dài."

const char *
identity_rule_object(Arena *arena, const char *rule)
{
	return arena_printf(arena, "signin-rule/%s", rule);
}

/* Writes one value with its day and source, as the ledger and its check have it. */
static void
put_value(JsonWriter *json, int64_t valid_from, int64_t value, const char *source)
{
	char day[DATE_ISO_SIZE];

	date_format_iso((int32_t)valid_from, day);
	json_begin_object(json);
	json_key_string(json, "from", day);
	json_key_int(json, "value", value);
	json_key_string(json, "source", source);
	json_end_object(json);
}

/* All values that were ever set for one rule; NULL where there is none. */
static bool
rule_state(const IdentityScope *scope, const char *rule, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GString) state = g_string_new(NULL);
	JsonWriter json;
	bool has_row, is_any = false;

	if (!db_prepare(scope->db, &IDENTITY_LIST_RULE_VALUES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_RULE_VALUES_P_COMMUNE_ID, scope->commune_id);
	json_init(&json, state, false);
	json_begin_array(&json);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		if (strcmp(db_column_text(stmt, IDENTITY_LIST_RULE_VALUES_C_RULE), rule) != 0)
			continue;
		is_any = true;
		put_value(&json, db_column_int(stmt, IDENTITY_LIST_RULE_VALUES_C_VALID_FROM),
		    db_column_int(stmt, IDENTITY_LIST_RULE_VALUES_C_VALUE),
		    db_column_text(stmt, IDENTITY_LIST_RULE_VALUES_C_SOURCE));
	}
	json_end_array(&json);
	*ret_state = is_any ? g_string_free(g_steal_pointer(&state), FALSE) : NULL;
	return true;
}

static bool
level_state(const IdentityScope *scope, char **ret_state, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GString) state = g_string_new(NULL);
	JsonWriter json;
	bool has_row, is_any = false;

	if (!db_prepare(scope->db, &IDENTITY_LIST_LEVELS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_LEVELS_P_COMMUNE_ID, scope->commune_id);
	json_init(&json, state, false);
	json_begin_array(&json);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		is_any = true;
		put_value(&json, db_column_int(stmt, IDENTITY_LIST_LEVELS_C_VALID_FROM),
		    db_column_int(stmt, IDENTITY_LIST_LEVELS_C_LEVEL),
		    db_column_text(stmt, IDENTITY_LIST_LEVELS_C_SOURCE));
	}
	json_end_array(&json);
	*ret_state = is_any ? g_string_free(g_steal_pointer(&state), FALSE) : NULL;
	return true;
}

static bool
is_source(const char *source)
{
	return *source != '\0' && strlen(source) <= IDENTITY_SOURCE_BYTES_MAX;
}

/* Gives what is wrong with a new value, given the rule as it is on the day it begins; NULL: nothing. */
static const char *
problem_of(const IdentityScope *scope, const IdentityRule *rule, const IdentityRuleChange *change)
{
	bool is_zero = change->value == 0 && *rule->zero != '\0';

	if (rule->is_fixed)
		return "Quy tắc này do chương trình tự làm, không đặt được.";
	if (!is_source(change->source))
		return NO_SOURCE;
	if (change->valid_from < instant_day(scope->now_us))
		return PAST;
	if (!is_zero && (change->value < rule->value_min || change->value > rule->value_max))
		return arena_printf(
		    scope->arena, "Giá trị phải trong khoảng %s.", identity_rule_range(rule, scope->arena));
	if (rule->has_level && identity_rule_is_weaker(rule, change->value, rule->level_value))
		return arena_printf(scope->arena,
		    "Giá trị này yếu hơn yêu cầu của cấp độ đang áp dụng (%s; %s). Khoảng được đặt: %s. Muốn "
		    "đặt "
		    "yếu hơn thì phải hạ cấp độ trước.",
		    identity_rule_text(rule, rule->level_value, scope->arena), rule->level_source,
		    identity_rule_range(rule, scope->arena));
	return NULL;
}

static bool
write_value(const IdentityScope *scope, const IdentityRuleChange *change, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_SET_RULE_VALUE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_RULE_VALUE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_SET_RULE_VALUE_P_RULE, change->rule);
	db_bind_int(stmt, IDENTITY_SET_RULE_VALUE_P_VALID_FROM, change->valid_from);
	db_bind_int(stmt, IDENTITY_SET_RULE_VALUE_P_VALUE, change->value);
	db_bind_text(stmt, IDENTITY_SET_RULE_VALUE_P_SOURCE, change->source);
	return db_run(stmt, error);
}

static bool
note_change(
    const IdentityScope *scope, const char *object, const char *before, const char *after, GError **error)
{
	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
	    &(LedgerNote){LEDGER_CHANGE, object, before, after}, error);
}

bool
identity_set_rule(
    const IdentityScope *scope, const IdentityRuleChange *change, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autofree char *before = NULL, *after = NULL;
	g_autoptr(DbTxn) txn = NULL;
	const IdentityRule *rule;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_seed_rules(scope, error) ||
	    !identity_rules_on(scope, change->valid_from, 0, rules, error))
		return false;
	rule = identity_rule_in(rules, change->rule);
	if (rule == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có quy tắc \"%s\"", change->rule);
		return false;
	}
	*ret_problem = problem_of(scope, rule, change);
	if (*ret_problem != NULL)
		return true;
	return rule_state(scope, change->rule, &before, error) && write_value(scope, change, error) &&
	       rule_state(scope, change->rule, &after, error) &&
	       note_change(scope, identity_rule_object(scope->arena, change->rule), before, after, error) &&
	       db_txn_commit(txn, error);
}

static bool
write_level(const IdentityScope *scope, const IdentityLevel *level, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_SET_LEVEL, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_SET_LEVEL_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_SET_LEVEL_P_VALID_FROM, level->valid_from);
	db_bind_int(stmt, IDENTITY_SET_LEVEL_P_LEVEL, level->level);
	db_bind_text(stmt, IDENTITY_SET_LEVEL_P_SOURCE, level->source);
	return db_run(stmt, error);
}

bool
identity_set_level(
    const IdentityScope *scope, const IdentityLevel *level, const char **ret_problem, GError **error)
{
	g_autofree char *before = NULL, *after = NULL;
	g_autoptr(DbTxn) txn = NULL;

	*ret_problem = NULL;
	if (level->level < IDENTITY_LEVEL_FIRST || level->level > IDENTITY_LEVEL_LAST)
		*ret_problem = "Chỉ có cấp độ 2 và cấp độ 3.";
	else if (!is_source(level->source))
		*ret_problem = NO_SOURCE;
	else if (level->valid_from < instant_day(scope->now_us))
		*ret_problem = PAST;
	if (*ret_problem != NULL)
		return true;
	return db_txn_begin(scope->db, &txn, error) && identity_seed_rules(scope, error) &&
	       level_state(scope, &before, error) && write_level(scope, level, error) &&
	       level_state(scope, &after, error) &&
	       note_change(scope, IDENTITY_LEVEL_OBJECT, before, after, error) && db_txn_commit(txn, error);
}

/* --- what a change of level does -------------------------------------------------------------------------
 */

void
identity_level_preview_clear(IdentityLevelPreview *preview)
{
	g_clear_pointer(&preview->rules_before, g_ptr_array_unref);
	g_clear_pointer(&preview->rules_after, g_ptr_array_unref);
	g_clear_pointer(&preview->needs_totp, g_ptr_array_unref);
	g_clear_pointer(&preview->old_password, g_ptr_array_unref);
}

static int64_t
value_in(const GPtrArray *rules, const char *rule)
{
	const IdentityRule *found = identity_rule_in(rules, rule);

	return found != NULL ? found->value : 0;
}

static bool
must_have_totp(const GPtrArray *rules, int64_t kind)
{
	return value_in(rules, "totp_all") != 0 ||
	       (kind == IDENTITY_ADMIN && value_in(rules, "totp_admin") != 0);
}

static bool
is_password_old(const GPtrArray *rules, int64_t kind, int64_t password_us, int32_t day)
{
	int64_t days = value_in(rules, "admin_password_days");

	return kind == IDENTITY_ADMIN && days > 0 && day - instant_day(password_us) > days;
}

static bool
add_account(const IdentityScope *scope, int64_t account_id, GPtrArray *accounts, GError **error)
{
	IdentityAccount *account = arena_new0(scope->arena, IdentityAccount);

	g_ptr_array_add(accounts, account);
	return identity_find(scope, account_id, account, error);
}

/* Those for whom something becomes due that was not before. */
static bool
find_concerned(const IdentityScope *scope, int32_t day, IdentityLevelPreview *preview, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_CONCERNED, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_CONCERNED_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		int64_t account_id, kind, password_us;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		preview->n_accounts++;
		account_id = db_column_int(stmt, IDENTITY_LIST_CONCERNED_C_ACCOUNT_ID);
		kind = db_column_int(stmt, IDENTITY_LIST_CONCERNED_C_KIND);
		password_us = db_column_int(stmt, IDENTITY_LIST_CONCERNED_C_PASSWORD_US);
		if (must_have_totp(preview->rules_after, kind) &&
		    db_column_int(stmt, IDENTITY_LIST_CONCERNED_C_HAS_TOTP) == 0 &&
		    !add_account(scope, account_id, preview->needs_totp, error))
			return false;
		if (is_password_old(preview->rules_after, kind, password_us, day) &&
		    !add_account(scope, account_id, preview->old_password, error))
			return false;
	}
}

bool
identity_preview_level(const IdentityScope *scope, int64_t level, int32_t valid_from,
    IdentityLevelPreview *ret_preview, GError **error)
{
	*ret_preview = (IdentityLevelPreview){.rules_before = g_ptr_array_new(),
	    .rules_after = g_ptr_array_new(),
	    .needs_totp = g_ptr_array_new(),
	    .old_password = g_ptr_array_new()};
	return identity_level_on(scope, valid_from, &ret_preview->before, error) &&
	       identity_rules_on(
		   scope, valid_from, ret_preview->before.level, ret_preview->rules_before, error) &&
	       identity_rules_on(scope, valid_from, level, ret_preview->rules_after, error) &&
	       find_concerned(scope, valid_from, ret_preview, error);
}

/* A rule without a value of the commune's own has nothing noted. */
static bool
check_noted(
    const IdentityScope *scope, const char *object, const char *state, LedgerReport *report, GError **error)
{
	g_autofree char *noted = NULL;

	if (state != NULL)
		return ledger_check_state(scope->db, scope->commune_id, object, state, report, error);
	if (!ledger_last_state(scope->db, scope->commune_id, object, &noted, error))
		return false;
	if (noted != NULL)
		ledger_report_add(report, "%s: nhật ký có ghi nhận nhưng không còn trong dữ liệu.", object);
	return true;
}

bool
identity_verify_rules(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope scope = {.db = db, .commune_id = commune_id, .arena = arena};
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autofree char *levels = NULL;

	if (!identity_rules_on(&scope, 0, IDENTITY_LEVEL_FIRST, rules, error) ||
	    !level_state(&scope, &levels, error) ||
	    !check_noted(&scope, IDENTITY_LEVEL_OBJECT, levels, report, error))
		return false;
	for (guint i = 0; i < rules->len; i++) {
		const IdentityRule *rule = g_ptr_array_index(rules, i);
		g_autofree char *state = NULL;

		if (!rule_state(&scope, rule->rule, &state, error) ||
		    !check_noted(&scope, identity_rule_object(arena, rule->rule), state, report, error))
			return false;
	}
	return true;
}
