/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/money/money.sql.h"
#include "modules/money/money_internal.h"
#include "storage/txn.h"

G_STATIC_ASSERT((int)MONEY_FIND_FINDING_C_TASK == (int)MONEY_LIST_FINDINGS_C_TASK);
G_STATIC_ASSERT((int)MONEY_FIND_FINDING_C_TASK == (int)MONEY_FINDINGS_OF_TASK_C_TASK);
G_STATIC_ASSERT((int)MONEY_FIND_FINDING_C_TASK == (int)MONEY_ALL_FINDINGS_C_TASK);

const char *const MONEY_FINDING_TITLES[MONEY_FINDING_MAX] = {[MONEY_FINDING_OPEN] = "Đang mở",
    [MONEY_FINDING_CLOSED] = "Đã khép",
    [MONEY_FINDING_GONE] = "Đã khớp lại"};
const char *const MONEY_FINDING_STATES[MONEY_FINDING_MAX] = {"dang-mo", "da-khep", "da-khop", NULL};

static MoneyFinding *
read_finding(const MoneyScope *scope, const DbStmt *stmt)
{
	MoneyFinding *finding = arena_new0(scope->arena, MoneyFinding);
	Arena *arena = scope->arena;

	*finding = (MoneyFinding){
	    .finding_id = db_column_int(stmt, MONEY_FIND_FINDING_C_FINDING_ID),
	    .plan_id = db_column_int(stmt, MONEY_FIND_FINDING_C_PLAN_ID),
	    .task_no = db_column_int(stmt, MONEY_FIND_FINDING_C_TASK_NO),
	    .rule = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_RULE)),
	    .facts = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_FACTS)),
	    .state = (MoneyFindingState)CLAMP(
		db_column_int(stmt, MONEY_FIND_FINDING_C_STATE), MONEY_FINDING_OPEN, MONEY_FINDING_GONE),
	    .opened_day = (int32_t)db_column_int(stmt, MONEY_FIND_FINDING_C_OPENED_DAY),
	    .changed_us = db_column_int(stmt, MONEY_FIND_FINDING_C_CHANGED_US),
	    .reason = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_REASON)),
	    .name = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_NAME)),
	    .no = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_NO)),
	    .task = arena_strdup(arena, db_column_text(stmt, MONEY_FIND_FINDING_C_TASK)),
	};
	return finding;
}

static bool
read_all(const MoneyScope *scope, DbStmt *stmt, GPtrArray *findings, GError **error)
{
	bool has_row = true;

	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(findings, read_finding(scope, stmt));
	return !has_row;
}

bool
money_list_findings(const MoneyScope *scope, MoneyFindingState state, int64_t plan_id, const char *rule,
    int64_t after, int limit, GPtrArray *ret_findings, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_LIST_FINDINGS, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_LIST_FINDINGS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_LIST_FINDINGS_P_STATE, state);
	db_bind_int(stmt, MONEY_LIST_FINDINGS_P_AFTER, after);
	db_bind_int(stmt, MONEY_LIST_FINDINGS_P_ROW_LIMIT, limit);
	if (plan_id > 0)
		db_bind_int(stmt, MONEY_LIST_FINDINGS_P_PLAN_ID, plan_id);
	if (rule != NULL)
		db_bind_text(stmt, MONEY_LIST_FINDINGS_P_RULE, rule);
	return read_all(scope, stmt, ret_findings, error);
}

bool
money_findings_of_task(
    const MoneyScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_findings, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_FINDINGS_OF_TASK, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_FINDINGS_OF_TASK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_FINDINGS_OF_TASK_P_PLAN_ID, plan_id);
	db_bind_int(stmt, MONEY_FINDINGS_OF_TASK_P_TASK_NO, task_no);
	return read_all(scope, stmt, ret_findings, error);
}

bool
money_findings_of_plan(const MoneyScope *scope, int64_t plan_id, GPtrArray *ret_findings, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_ALL_FINDINGS, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_ALL_FINDINGS_P_COMMUNE_ID, scope->commune_id);
	if (plan_id > 0)
		db_bind_int(stmt, MONEY_ALL_FINDINGS_P_PLAN_ID, plan_id);
	return read_all(scope, stmt, ret_findings, error);
}

bool
money_find_finding(const MoneyScope *scope, int64_t finding_id, MoneyFinding *ret_finding, GError **error)
{
	g_autoptr(GPtrArray) findings = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_FIND_FINDING, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_FIND_FINDING_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_FIND_FINDING_P_FINDING_ID, finding_id);
	if (!read_all(scope, stmt, findings, error))
		return false;
	if (findings->len > 0) {
		*ret_finding = *(const MoneyFinding *)g_ptr_array_index(findings, 0);
		return true;
	}
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có điểm lệch số %" G_GINT64_FORMAT, finding_id);
	return false;
}

static bool
insert(const MoneyScope *scope, MoneyFinding *finding, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &MONEY_PUT_FINDING, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_PUT_FINDING_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_PUT_FINDING_P_PLAN_ID, finding->plan_id);
	db_bind_int(stmt, MONEY_PUT_FINDING_P_TASK_NO, finding->task_no);
	db_bind_text(stmt, MONEY_PUT_FINDING_P_RULE, finding->rule);
	db_bind_text(stmt, MONEY_PUT_FINDING_P_FACTS, finding->facts);
	db_bind_int(stmt, MONEY_PUT_FINDING_P_STATE, finding->state);
	db_bind_int(stmt, MONEY_PUT_FINDING_P_OPENED_DAY, finding->opened_day);
	db_bind_int(stmt, MONEY_PUT_FINDING_P_CHANGED_US, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	finding->finding_id = has_row ? db_column_int(stmt, MONEY_PUT_FINDING_C_FINDING_ID) : 0;
	return true;
}

static bool
update(const MoneyScope *scope, const MoneyFinding *finding, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &MONEY_SET_FINDING, &stmt, error))
		return false;
	db_bind_int(stmt, MONEY_SET_FINDING_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, MONEY_SET_FINDING_P_FINDING_ID, finding->finding_id);
	db_bind_text(stmt, MONEY_SET_FINDING_P_FACTS, finding->facts);
	db_bind_int(stmt, MONEY_SET_FINDING_P_STATE, finding->state);
	db_bind_int(stmt, MONEY_SET_FINDING_P_OPENED_DAY, finding->opened_day);
	db_bind_int(stmt, MONEY_SET_FINDING_P_CHANGED_US, scope->now_us);
	db_bind_text(stmt, MONEY_SET_FINDING_P_REASON, finding->reason);
	db_bind_text(stmt, MONEY_SET_FINDING_P_NAME, finding->name);
	return db_run(stmt, error);
}

bool
money_put_finding(const MoneyScope *scope, const MoneyFinding *finding, GError **error)
{
	g_autofree char *object = NULL, *state = NULL;
	g_autoptr(DbTxn) txn = NULL;
	MoneyFinding put = *finding;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !(put.finding_id == 0 ? insert(scope, &put, error) : update(scope, &put, error)))
		return false;
	object = money_finding_object(put.finding_id);
	state = money_finding_state(&put);
	return money_note(scope, object, state, error) && db_txn_commit(txn, error);
}
