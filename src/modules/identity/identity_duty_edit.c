/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_duty_edit.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "storage/db_day.h"
#include "storage/txn.h"

#include <string.h>

#define OWN_FIRST 1000 /* numbers below are the program's */

static const char *const KIND_TITLES[] = {[APP_DUTY_HOLD] = "trong một kế hoạch",
    [APP_DUTY_OBJECT] = "với cùng một việc",
    [APP_DUTY_OWN] = "với dòng của cơ quan mình",
    [APP_DUTY_KIND] = "theo loại tài khoản"};

DatedSpan
identity_duty_days(const IdentityDutyRule *rule)
{
	return (DatedSpan){rule->valid_from, rule->valid_to};
}

bool
identity_duties_all(const IdentityScope *scope, GPtrArray *ret_rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	Arena *arena = scope->arena;
	bool has_row = true;

	if (!db_prepare(scope->db, &IDENTITY_ALL_DUTIES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_ALL_DUTIES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		IdentityDutyRule *rule = arena_new0(arena, IdentityDutyRule);

		rule->duty = (AppDuty){.duty_no = db_column_int(stmt, IDENTITY_ALL_DUTIES_C_DUTY_NO),
		    .kind = (AppDutyKind)CLAMP(
			db_column_int(stmt, IDENTITY_ALL_DUTIES_C_KIND), APP_DUTY_HOLD, APP_DUTY_KIND),
		    .first = arena_strdup(arena, db_column_text(stmt, IDENTITY_ALL_DUTIES_C_FIRST)),
		    .second = arena_strdup(arena, db_column_text(stmt, IDENTITY_ALL_DUTIES_C_SECOND)),
		    .decider = arena_strdup(arena, db_column_text(stmt, IDENTITY_ALL_DUTIES_C_DECIDER)),
		    .source = arena_strdup(arena, db_column_text(stmt, IDENTITY_ALL_DUTIES_C_SOURCE))};
		rule->valid_from = (int32_t)db_column_int(stmt, IDENTITY_ALL_DUTIES_C_VALID_FROM);
		rule->valid_to = db_column_day(stmt, IDENTITY_ALL_DUTIES_C_VALID_TO);
		g_ptr_array_add(ret_rules, rule);
	}
	return !has_row;
}

static char *
state_of(const IdentityDutyRule *rule)
{
	GString *out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "kind", KIND_TITLES[rule->duty.kind]);
	json_key_string(&json, "first", rule->duty.first);
	json_key_string(&json, "second", rule->duty.second);
	json_key_string(&json, "decider", rule->duty.decider);
	json_key_day(&json, "from", rule->valid_from);
	json_key_day(&json, "to", rule->valid_to);
	json_key_string(&json, "source", rule->duty.source);
	json_end_object(&json);
	return g_string_free(out, FALSE);
}

static bool
put(const IdentityScope *scope, const IdentityDutyRule *before, const IdentityDutyRule *after, GError **error)
{
	g_autofree char *object = g_strdup_printf("duty/%" G_GINT64_FORMAT, after->duty.duty_no);
	g_autofree char *was = before != NULL ? state_of(before) : NULL, *is = state_of(after);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &IDENTITY_PUT_DUTY, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_PUT_DUTY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_PUT_DUTY_P_DUTY_NO, after->duty.duty_no);
	db_bind_int(stmt, IDENTITY_PUT_DUTY_P_KIND, after->duty.kind);
	db_bind_text(stmt, IDENTITY_PUT_DUTY_P_FIRST, after->duty.first);
	db_bind_text(stmt, IDENTITY_PUT_DUTY_P_SECOND, after->duty.second);
	db_bind_text(stmt, IDENTITY_PUT_DUTY_P_DECIDER, after->duty.decider);
	db_bind_text(stmt, IDENTITY_PUT_DUTY_P_SOURCE, after->duty.source);
	db_bind_int(stmt, IDENTITY_PUT_DUTY_P_VALID_FROM, after->valid_from);
	if (after->valid_to != DATE_NONE)
		db_bind_int(stmt, IDENTITY_PUT_DUTY_P_VALID_TO, after->valid_to);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){was != NULL ? LEDGER_CHANGE : LEDGER_ADD, object, was, is}, error);
}

static const char *
check_decider(const char *decider)
{
	if (*decider == '\0')
		return "Người quyết định: hãy ghi.";
	return strlen(decider) > IDENTITY_DUTY_DECIDER_BYTES_MAX
		   ? "Người quyết định: quá dài (tối đa " G_STRINGIFY(
			 IDENTITY_DUTY_DECIDER_BYTES_MAX) " byte, khoảng 300 chữ)."
		   : NULL;
}

/* Work that a role gives in a plan; what everybody may do needs no separating. */
static bool
is_plan_work(const char *permission)
{
	const AppPermission *known = app_permission_find(permission);

	return known != NULL && known->scope != APP_SCOPE_COMMUNE && known->scope != APP_SCOPE_VIEW;
}

static bool
has_double(const GPtrArray *rules, const IdentityDutyRule *told)
{
	for (guint i = 0; i < rules->len; i++) {
		const IdentityDutyRule *other = g_ptr_array_index(rules, i);
		bool is_same = strcmp(other->duty.first, told->duty.first) == 0 &&
			       strcmp(other->duty.second, told->duty.second) == 0;
		bool is_turned = told->duty.kind == APP_DUTY_HOLD &&
				 strcmp(other->duty.first, told->duty.second) == 0 &&
				 strcmp(other->duty.second, told->duty.first) == 0;

		if (other->duty.kind == told->duty.kind && (is_same || is_turned) &&
		    dated_meets(identity_duty_days(other), told->valid_from))
			return true;
	}
	return false;
}

static const char *
check_new(const GPtrArray *rules, const IdentityDutyRule *told, int32_t today)
{
	const AppDuty *duty = &told->duty;
	const char *problem = dated_check_first_day(told->valid_from, today);

	if (duty->kind != APP_DUTY_HOLD && duty->kind != APP_DUTY_OBJECT && duty->kind != APP_DUTY_OWN)
		return "Phạm vi: hãy chọn một phạm vi trong danh sách.";
	if (duty->kind == APP_DUTY_OWN ? *duty->first != '\0' : !is_plan_work(duty->first))
		return duty->kind == APP_DUTY_OWN
			   ? "Việc thứ nhất: để trống khi phạm vi là dòng của cơ quan mình."
			   : "Việc thứ nhất: hãy chọn một việc trong danh sách.";
	if (!is_plan_work(duty->second))
		return "Việc thứ hai: hãy chọn một việc trong danh sách.";
	if (strcmp(duty->first, duty->second) == 0)
		return "Việc thứ hai: phải khác việc thứ nhất.";
	if (problem != NULL)
		return problem;
	if (has_double(rules, told))
		return "Đã có quy định như thế đang dùng vào ngày này.";
	if (rules->len >= IDENTITY_DUTIES_MAX)
		return "Đã có quá nhiều quy định tách nhiệm vụ.";
	problem = check_decider(duty->decider);
	return problem != NULL ? problem : dated_check_source(duty->source);
}

bool
identity_duty_add(
    const IdentityScope *scope, const IdentityDutyRule *told, const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	IdentityDutyRule added = *told;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_duties_all(scope, rules, error))
		return false;
	*ret_problem = check_new(rules, told, instant_day(scope->now_us));
	if (*ret_problem != NULL)
		return true;
	added.valid_to = DATE_NONE;
	added.duty.duty_no = OWN_FIRST;
	for (guint i = 0; i < rules->len; i++)
		added.duty.duty_no = MAX(added.duty.duty_no,
		    ((const IdentityDutyRule *)g_ptr_array_index(rules, i))->duty.duty_no + 1);
	return put(scope, NULL, &added, error) && db_txn_commit(txn, error);
}

static const char *
check_end(const IdentityDutyRule *rule, int32_t last_day, const char *source, int32_t today)
{
	const DatedSpan days = identity_duty_days(rule);
	const char *problem = dated_check_last_day(days, last_day, today);

	if (rule->duty.kind == APP_DUTY_KIND)
		return "Tài khoản quản trị luôn tách khỏi việc chuyên môn (TCVN 14423): quy định này không "
		       "thôi dùng được.";
	if (dated_standing(days, today) == DATED_OVER)
		return "Quy định này đã thôi dùng.";
	return problem != NULL ? problem : dated_check_source(source);
}

bool
identity_duty_end(const IdentityScope *scope, int64_t duty_no, int32_t last_day, const char *source,
    const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	const IdentityDutyRule *found = NULL;
	IdentityDutyRule ended;

	if (!db_txn_begin(scope->db, &txn, error) || !identity_duties_all(scope, rules, error))
		return false;
	for (guint i = 0; i < rules->len; i++)
		if (((const IdentityDutyRule *)g_ptr_array_index(rules, i))->duty.duty_no == duty_no)
			found = g_ptr_array_index(rules, i);
	if (found == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có quy định tách nhiệm vụ số %" G_GINT64_FORMAT, duty_no);
		return false;
	}
	*ret_problem = check_end(found, last_day, source, instant_day(scope->now_us));
	if (*ret_problem != NULL)
		return true;
	ended = *found;
	ended.valid_to = last_day;
	ended.duty.source = dated_ended_source(scope->arena, found->duty.source, source);
	return put(scope, found, &ended, error) && db_txn_commit(txn, error);
}

bool
identity_duties_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	g_autoptr(Arena) arena = arena_new();
	const IdentityScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	if (!identity_duties_all(&scope, rules, error))
		return false;
	for (guint i = 0; i < rules->len; i++) {
		const IdentityDutyRule *rule = g_ptr_array_index(rules, i);
		g_autofree char *object = g_strdup_printf("duty/%" G_GINT64_FORMAT, rule->duty.duty_no);
		g_autofree char *state = state_of(rule), *noted = NULL;

		if (!ledger_last_state(db, commune_id, object, &noted, error))
			return false;
		/* The program's own are noted when somebody ends them. */
		if (noted == NULL && rule->duty.duty_no < OWN_FIRST && rule->valid_to == DATE_NONE)
			continue;
		if (!ledger_check_state(db, commune_id, object, state, report, error))
			return false;
	}
	return true;
}
