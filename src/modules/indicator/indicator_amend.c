/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator_amend.h"

#include "modules/indicator/indicator.sql.h"

bool
indicator_amend_target(const PlanScope *scope, const IndicatorTarget *target, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INDICATOR_TARGET_SET, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_TARGET_SET_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_TARGET_SET_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, INDICATOR_TARGET_SET_P_INDICATOR_NO, target->indicator_no);
	db_bind_int(stmt, INDICATOR_TARGET_SET_P_YEAR, target->year);
	db_bind_int(stmt, INDICATOR_TARGET_SET_P_COMPARATOR, target->comparator);
	if (target->comparator != PLAN_COMPARATOR_TEXT)
		db_bind_int(stmt, INDICATOR_TARGET_SET_P_VALUE_MICRO, decimal_to_micro(target->value));
	if (target->comparator == PLAN_COMPARATOR_RANGE)
		db_bind_int(stmt, INDICATOR_TARGET_SET_P_HIGH_MICRO, decimal_to_micro(target->value_high));
	db_bind_text(stmt, INDICATOR_TARGET_SET_P_RAW, target->raw);
	return db_run(stmt, error);
}
