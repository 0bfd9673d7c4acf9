/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "storage/txn.h"

/* What holds where nobody has set anything. */
static const WorkSettings DEFAULTS = {.soon_days = 30,
    .action_days = 7,
    .undo_seconds = 10,
    .lock_day = 10,
    .proof_period = PLAN_PERIOD_QUARTER};

static bool
get(const WorkScope *scope, const char *key, int64_t fallback, int64_t max, int64_t *ret_value,
    GError **error)
{
	if (!app_setting_get_int(scope->db, scope->commune_id, key, fallback, ret_value, error))
		return false;
	if (*ret_value < 0 || *ret_value > max)
		*ret_value = fallback;
	return true;
}

bool
work_settings(const WorkScope *scope, WorkSettings *ret_settings, GError **error)
{
	int64_t soon, action, undo, lock, proof;

	if (!get(scope, "work.soon_days", DEFAULTS.soon_days, 365, &soon, error) ||
	    !get(scope, "work.action_days", DEFAULTS.action_days, 365, &action, error) ||
	    !get(scope, "work.undo_seconds", DEFAULTS.undo_seconds, 3600, &undo, error) ||
	    !get(scope, "work.lock_day", DEFAULTS.lock_day, 28, &lock, error) ||
	    !get(scope, "work.proof_period", DEFAULTS.proof_period, PLAN_PERIOD_FIVE_YEARS, &proof, error))
		return false;
	*ret_settings = (WorkSettings){.soon_days = (int32_t)soon,
	    .action_days = (int32_t)action,
	    .undo_seconds = (int)undo,
	    .lock_day = (int)lock,
	    .proof_period = proof > PLAN_PERIOD_NONE ? (PlanPeriod)proof : DEFAULTS.proof_period};
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
