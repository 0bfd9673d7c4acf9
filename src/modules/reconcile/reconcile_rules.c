/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "base/json.h"
#include "modules/reconcile/reconcile.h"
#include "modules/reconcile/reconcile.sql.h"
#include "storage/txn.h"

#include <string.h>

#define SOURCE_CHARACTERS 300

bool
reconcile_rules(const MoneyScope *scope, int32_t day, GPtrArray *ret_rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	Arena *arena = scope->arena;
	bool has_row = true;

	if (!db_prepare(scope->db, &RECONCILE_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, RECONCILE_RULES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, RECONCILE_RULES_P_DAY, day);
	while (db_step(stmt, &has_row, error) && has_row) {
		ReconcileRule *rule = arena_new0(arena, ReconcileRule);

		*rule =
		    (ReconcileRule){.rule = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_RULE)),
			.title = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_TITLE)),
			.hint = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_HINT)),
			.unit = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_UNIT)),
			.is_on = db_column_int(stmt, RECONCILE_RULES_C_IS_ON) != 0,
			.threshold = db_column_int(stmt, RECONCILE_RULES_C_THRESHOLD),
			.valid_from = (int32_t)db_column_int(stmt, RECONCILE_RULES_C_VALID_FROM),
			.source = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_SOURCE)),
			.name = arena_strdup(arena, db_column_text(stmt, RECONCILE_RULES_C_NAME))};
		g_ptr_array_add(ret_rules, rule);
	}
	return !has_row;
}

static char *
object_of(const char *rule, int32_t valid_from)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(valid_from, iso);
	return g_strdup_printf("reconcile-rule/%s/%s", rule, iso);
}

static char *
state_of(bool is_on, int64_t threshold, const char *source)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "on", is_on);
	json_key_int(&json, "threshold", threshold);
	json_key_string(&json, "source", source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
is_known(const MoneyScope *scope, const char *rule, bool *ret_is, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();

	*ret_is = false;
	if (!reconcile_rules(scope, scope->today, rules, error))
		return false;
	for (guint i = 0; i < rules->len; i++)
		*ret_is =
		    *ret_is || strcmp(((const ReconcileRule *)g_ptr_array_index(rules, i))->rule, rule) == 0;
	if (!*ret_is)
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có quy tắc \"%s\"", rule);
	return *ret_is;
}

static bool
put(const MoneyScope *scope, const ReconcileRule *rule, GError **error)
{
	g_autofree char *object = object_of(rule->rule, rule->valid_from), *before = NULL;
	g_autofree char *state = state_of(rule->is_on, rule->threshold, rule->source);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &RECONCILE_PUT_RULE, &stmt, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	db_bind_int(stmt, RECONCILE_PUT_RULE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, RECONCILE_PUT_RULE_P_RULE, rule->rule);
	db_bind_int(stmt, RECONCILE_PUT_RULE_P_VALID_FROM, rule->valid_from);
	db_bind_int(stmt, RECONCILE_PUT_RULE_P_IS_ON, rule->is_on);
	db_bind_int(stmt, RECONCILE_PUT_RULE_P_THRESHOLD, rule->threshold);
	db_bind_text(stmt, RECONCILE_PUT_RULE_P_SOURCE, rule->source);
	db_bind_text(stmt, RECONCILE_PUT_RULE_P_NAME, scope->actor.name);
	db_bind_int(stmt, RECONCILE_PUT_RULE_P_AT_US, scope->now_us);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, state}, error);
}

bool
reconcile_set_rule(
    const MoneyScope *scope, const ReconcileRule *rule, const char **ret_problem, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool is;

	*ret_problem = NULL;
	if (!is_known(scope, rule->rule, &is, error))
		return false;
	if (rule->threshold < 0 || rule->threshold > RECONCILE_THRESHOLD_MAX)
		*ret_problem = "Ngưỡng phải từ 0 đến 1.000.";
	else if (rule->valid_from < scope->today)
		*ret_problem =
		    "Ngày bắt đầu không được trước hôm nay: quy tắc đã áp dụng thì không sửa lùi được.";
	else if (rule->source == NULL || *rule->source == '\0' ||
		 g_utf8_strlen(rule->source, -1) > SOURCE_CHARACTERS)
		*ret_problem = "Hãy ghi căn cứ (số, ngày của quyết định hoặc văn bản), không quá 300 ký tự.";
	if (*ret_problem != NULL)
		return true;
	return db_txn_begin(scope->db, &txn, error) && put(scope, rule, error) && db_txn_commit(txn, error);
}

bool
reconcile_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &RECONCILE_OWN_RULES, &stmt, error))
		return false;
	db_bind_int(stmt, RECONCILE_OWN_RULES_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		g_autofree char *object = object_of(db_column_text(stmt, RECONCILE_OWN_RULES_C_RULE),
		    (int32_t)db_column_int(stmt, RECONCILE_OWN_RULES_C_VALID_FROM));
		g_autofree char *state = state_of(db_column_int(stmt, RECONCILE_OWN_RULES_C_IS_ON) != 0,
		    db_column_int(stmt, RECONCILE_OWN_RULES_C_THRESHOLD),
		    db_column_text(stmt, RECONCILE_OWN_RULES_C_SOURCE));

		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return !has_row;
}
