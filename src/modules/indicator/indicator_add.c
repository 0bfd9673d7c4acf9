/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator.h"
#include "modules/indicator/indicator.sql.h"
#include "modules/plan/plan.h"

/* The statements that one import uses for every row. */
typedef struct Adding {
	const PlanScope *scope;
	const Plan *plan;
	const GArray *parts;
	DbStmt *row, *target, *agency;
} Adding;

static bool
add_row(const Adding *adding, int64_t number, const PlanIndicator *indicator, GError **error)
{
	g_autofree char *lead = agency_join_printed(indicator->lead);
	g_autofree char *coordinating = agency_join_printed(indicator->coordinating);
	DbStmt *stmt = adding->row;

	db_bind_int(stmt, INDICATOR_INSERT_P_INDICATOR_NO, number);
	db_bind_text(stmt, INDICATOR_INSERT_P_ITEM, indicator->id);
	db_bind_text(stmt, INDICATOR_INSERT_P_NO, indicator->no);
	db_bind_text(stmt, INDICATOR_INSERT_P_NAME, indicator->name);
	db_bind_text(stmt, INDICATOR_INSERT_P_UNIT, indicator->unit);
	db_bind_text(stmt, INDICATOR_INSERT_P_OUTPUT, indicator->output);
	db_bind_text(stmt, INDICATOR_INSERT_P_LEAD, lead);
	db_bind_text(stmt, INDICATOR_INSERT_P_COORDINATING, coordinating);
	db_bind_int(stmt, INDICATOR_INSERT_P_ANNEX_NO, plan_annex_number(adding->plan, indicator->annex));
	db_bind_int(stmt, INDICATOR_INSERT_P_GROUP_NO, plan_group_number(adding->plan, indicator->group));
	db_bind_text(stmt, INDICATOR_INSERT_P_SECTION, indicator->section);
	db_bind_int(stmt, INDICATOR_INSERT_P_CONFIDENCE, indicator->confidence);
	db_bind_int(stmt, INDICATOR_INSERT_P_LINE, indicator->span.line);
	return db_run(stmt, error);
}

static bool
add_targets(const Adding *adding, int64_t number, const PlanIndicator *indicator, GError **error)
{
	DbStmt *stmt = adding->target;

	for (guint i = 0; i < indicator->targets->len; i++) {
		const PlanTarget *target = g_ptr_array_index(indicator->targets, i);

		db_bind_int(stmt, INDICATOR_TARGET_INSERT_P_INDICATOR_NO, number);
		db_bind_int(stmt, INDICATOR_TARGET_INSERT_P_TARGET_NO, (int64_t)i + 1);
		db_bind_int(stmt, INDICATOR_TARGET_INSERT_P_YEAR, target->year);
		db_bind_int(stmt, INDICATOR_TARGET_INSERT_P_COMPARATOR, target->comparator);
		if (target->comparator == PLAN_COMPARATOR_TEXT)
			db_bind_null(stmt, INDICATOR_TARGET_INSERT_P_VALUE_MICRO);
		else
			db_bind_int(
			    stmt, INDICATOR_TARGET_INSERT_P_VALUE_MICRO, decimal_to_micro(target->value));
		if (target->comparator == PLAN_COMPARATOR_RANGE)
			db_bind_int(
			    stmt, INDICATOR_TARGET_INSERT_P_HIGH_MICRO, decimal_to_micro(target->value_high));
		else
			db_bind_null(stmt, INDICATOR_TARGET_INSERT_P_HIGH_MICRO);
		db_bind_text(stmt, INDICATOR_TARGET_INSERT_P_RAW, target->raw != NULL ? target->raw : "");
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_agencies(const Adding *adding, int64_t number, const GPtrArray *refs, AgencyRole role, GError **error)
{
	DbStmt *stmt = adding->agency;

	for (guint i = 0; i < refs->len; i++) {
		const PlanAgencyRef *ref = g_ptr_array_index(refs, i);

		db_bind_int(stmt, INDICATOR_AGENCY_INSERT_P_INDICATOR_NO, number);
		db_bind_int(stmt, INDICATOR_AGENCY_INSERT_P_ROLE, role);
		db_bind_int(stmt, INDICATOR_AGENCY_INSERT_P_POSITION, (int64_t)i + 1);
		db_bind_int(stmt, INDICATOR_AGENCY_INSERT_P_AGENCY_ID,
		    g_array_index(adding->parts, AgencyPart, ref->agency).agency_id);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

static bool
add_indicators(const Adding *adding, GError **error)
{
	const GPtrArray *indicators = adding->plan->indicators;

	for (guint i = 0; i < indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(indicators, i);
		int64_t number = (int64_t)i + 1;

		if (!add_row(adding, number, indicator, error) ||
		    !add_targets(adding, number, indicator, error) ||
		    !add_agencies(adding, number, indicator->lead, AGENCY_ROLE_LEAD, error) ||
		    !add_agencies(adding, number, indicator->coordinating, AGENCY_ROLE_COORDINATING, error))
			return false;
	}
	return true;
}

bool
indicator_add_all(const PlanScope *scope, const Plan *plan, const GArray *parts, GError **error)
{
	g_autoptr(DbStmt) row = NULL;
	g_autoptr(DbStmt) target = NULL;
	g_autoptr(DbStmt) agency = NULL;

	if (!db_prepare(scope->db, &INDICATOR_INSERT, &row, error) ||
	    !db_prepare(scope->db, &INDICATOR_TARGET_INSERT, &target, error) ||
	    !db_prepare(scope->db, &INDICATOR_AGENCY_INSERT, &agency, error))
		return false;
	db_bind_int(row, INDICATOR_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(row, INDICATOR_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(target, INDICATOR_TARGET_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(target, INDICATOR_TARGET_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(agency, INDICATOR_AGENCY_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(agency, INDICATOR_AGENCY_INSERT_P_PLAN_ID, scope->plan_id);
	return add_indicators(&(Adding){scope, plan, parts, row, target, agency}, error);
}
