/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_numbers.h"
#include "storage/txn.h"

bool
work_settings(const WorkScope *scope, WorkSettings *ret_settings, GError **error)
{
	WorkNumber numbers[WORK_NUMBER_MAX];

	if (!work_numbers(scope, scope->today, numbers, error))
		return false;
	*ret_settings = (WorkSettings){.soon_days = (int32_t)numbers[WORK_NUMBER_SOON].value,
	    .action_days = (int32_t)numbers[WORK_NUMBER_ACTION].value,
	    .undo_seconds = (int)numbers[WORK_NUMBER_UNDO].value,
	    .lock_day = (int)numbers[WORK_NUMBER_LOCK].value,
	    .proof_period = (PlanPeriod)numbers[WORK_NUMBER_PROOF].value};
	return true;
}

/* The rule of the settings: from the day behind `lock_day` of the next month. */
static bool
is_locked_by_rule(const WorkSettings *settings, int32_t month, int32_t today)
{
	return settings->lock_day > 0 && today > month + settings->lock_day;
}

bool
work_lock(const WorkScope *scope, int32_t month, WorkLock *ret_lock, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	WorkSettings settings;
	bool has_row;

	if (!work_settings(scope, &settings, error) || !db_prepare(scope->db, &WORK_FIND_LOCK, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FIND_LOCK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FIND_LOCK_P_MONTH, month);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		*ret_lock = (WorkLock){db_column_int(stmt, WORK_FIND_LOCK_C_IS_LOCKED) != 0,
		    arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_LOCK_C_NAME))};
	else
		*ret_lock = (WorkLock){is_locked_by_rule(&settings, month, scope->today), NULL};
	return true;
}

bool
work_set_lock(const WorkScope *scope, int32_t month, bool is_locked, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autofree char *object = NULL, *before = NULL;
	char iso[DATE_ISO_SIZE];
	const char *after = is_locked ? "{\"locked\":true}" : "{\"locked\":false}";

	date_format_iso(month, iso);
	object = g_strdup_printf("work-month/%s", iso);
	if (!db_txn_begin(scope->db, &txn, error) || !db_prepare(scope->db, &WORK_PUT_LOCK, &stmt, error) ||
	    !ledger_last_state(scope->db, scope->commune_id, object, &before, error))
		return false;
	db_bind_int(stmt, WORK_PUT_LOCK_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PUT_LOCK_P_MONTH, month);
	db_bind_int(stmt, WORK_PUT_LOCK_P_IS_LOCKED, is_locked);
	db_bind_text(stmt, WORK_PUT_LOCK_P_NAME, scope->actor.name);
	db_bind_int(stmt, WORK_PUT_LOCK_P_AT_US, scope->now_us);
	return db_run(stmt, error) &&
	       ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us,
		   &(LedgerNote){before == NULL ? LEDGER_ADD : LEDGER_CHANGE, object, before, after},
		   error) &&
	       db_txn_commit(txn, error);
}
