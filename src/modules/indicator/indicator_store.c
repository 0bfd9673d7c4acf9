/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/indicator/indicator.h"
#include "modules/indicator/indicator.sql.h"

/* Appends the targets of the indicators first … last and hands each indicator its own; both come in order. */
static bool
read_targets(const PlanScope *scope, Arena *arena, const GPtrArray *indicators, guint first,
    GPtrArray *ret_targets, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (first == indicators->len)
		return true;
	if (!db_prepare(scope->db, &INDICATOR_TARGET_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_TARGET_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_TARGET_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, INDICATOR_TARGET_LIST_P_FIRST,
	    ((const Indicator *)g_ptr_array_index(indicators, first))->indicator_no);
	db_bind_int(stmt, INDICATOR_TARGET_LIST_P_LAST,
	    ((const Indicator *)g_ptr_array_index(indicators, indicators->len - 1))->indicator_no);
	while (db_step(stmt, &row, error) && row) {
		IndicatorTarget *target = arena_new0(arena, IndicatorTarget);
		Indicator *indicator;

		target->indicator_no = db_column_int(stmt, INDICATOR_TARGET_LIST_C_INDICATOR_NO);
		target->year = (int)db_column_int(stmt, INDICATOR_TARGET_LIST_C_YEAR);
		target->comparator = (PlanComparator)db_column_int(stmt, INDICATOR_TARGET_LIST_C_COMPARATOR);
		target->value = decimal_from_micro(db_column_int(stmt, INDICATOR_TARGET_LIST_C_VALUE_MICRO));
		target->value_high =
		    decimal_from_micro(db_column_int(stmt, INDICATOR_TARGET_LIST_C_HIGH_MICRO));
		target->raw = arena_strdup(arena, db_column_text(stmt, INDICATOR_TARGET_LIST_C_RAW));
		while (first + 1 < indicators->len &&
		       ((const Indicator *)g_ptr_array_index(indicators, first))->indicator_no <
			   target->indicator_no)
			first++;
		indicator = g_ptr_array_index(indicators, first);
		if (indicator->indicator_no != target->indicator_no)
			continue; /* a filter left its indicator out */
		if (indicator->n_targets++ == 0)
			indicator->first_target = ret_targets->len;
		g_ptr_array_add(ret_targets, target);
	}
	return !row;
}

static Indicator *
read_row(const DbStmt *stmt, Arena *arena, GPtrArray *targets)
{
	Indicator *indicator = arena_new0(arena, Indicator);

	indicator->indicator_no = db_column_int(stmt, INDICATOR_LIST_C_INDICATOR_NO);
	indicator->item = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_ITEM));
	indicator->no = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_NO));
	indicator->name = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_NAME));
	indicator->unit = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_UNIT));
	indicator->output = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_OUTPUT));
	indicator->lead = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_LEAD));
	indicator->coordinating = arena_strdup(arena, db_column_text(stmt, INDICATOR_LIST_C_COORDINATING));
	indicator->annex_no = db_column_int(stmt, INDICATOR_LIST_C_ANNEX_NO);
	indicator->group_no = db_column_int(stmt, INDICATOR_LIST_C_GROUP_NO);
	indicator->confidence = (int)db_column_int(stmt, INDICATOR_LIST_C_CONFIDENCE);
	indicator->targets = targets;
	return indicator;
}

bool
indicator_list(const PlanScope *scope, const IndicatorFilter *filter, Arena *arena, GPtrArray *ret_indicators,
    GPtrArray *ret_targets, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	guint first = ret_indicators->len;
	bool row = true;

	if (!db_prepare(scope->db, &INDICATOR_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_LIST_P_PLAN_ID, scope->plan_id);
	if (filter->year > 0)
		db_bind_int(stmt, INDICATOR_LIST_P_YEAR, filter->year);
	if (filter->agency_id > 0)
		db_bind_int(stmt, INDICATOR_LIST_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, INDICATOR_LIST_P_ROLE, filter->role);
	if (filter->annex_no != INDICATOR_ANY_ANNEX)
		db_bind_int(stmt, INDICATOR_LIST_P_ANNEX_NO, filter->annex_no);
	db_bind_int(stmt, INDICATOR_LIST_P_AFTER, filter->after);
	db_bind_int(stmt, INDICATOR_LIST_P_ROW_LIMIT, filter->limit);
	while (db_step(stmt, &row, error) && row)
		g_ptr_array_add(ret_indicators, read_row(stmt, arena, ret_targets));
	return !row && read_targets(scope, arena, ret_indicators, first, ret_targets, error);
}

bool
indicator_count(const PlanScope *scope, const IndicatorFilter *filter, int64_t *ret_count, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(scope->db, &INDICATOR_COUNT, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_COUNT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_COUNT_P_PLAN_ID, scope->plan_id);
	if (filter->year > 0)
		db_bind_int(stmt, INDICATOR_COUNT_P_YEAR, filter->year);
	if (filter->agency_id > 0)
		db_bind_int(stmt, INDICATOR_COUNT_P_AGENCY_ID, filter->agency_id);
	db_bind_int(stmt, INDICATOR_COUNT_P_ROLE, filter->role);
	if (filter->annex_no != INDICATOR_ANY_ANNEX)
		db_bind_int(stmt, INDICATOR_COUNT_P_ANNEX_NO, filter->annex_no);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_count = db_column_int(stmt, INDICATOR_COUNT_C_INDICATOR_COUNT);
	return true;
}

bool
indicator_load(const PlanScope *scope, int64_t indicator_no, Arena *arena, Indicator *ret_indicator,
    GPtrArray *ret_targets, GError **error)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	const IndicatorFilter one = {.annex_no = INDICATOR_ANY_ANNEX, .after = indicator_no - 1, .limit = 1};
	const Indicator *indicator;

	if (!indicator_list(scope, &one, arena, found, ret_targets, error))
		return false;
	indicator = found->len > 0 ? g_ptr_array_index(found, 0) : NULL;
	if (indicator == NULL || indicator->indicator_no != indicator_no) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "no indicator %" G_GINT64_FORMAT, indicator_no);
		return false;
	}
	*ret_indicator = *indicator;
	return true;
}

bool
indicator_list_agencies(const PlanScope *scope, int64_t indicator_no, GArray *ret_agencies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &INDICATOR_AGENCY_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_AGENCY_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_AGENCY_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, INDICATOR_AGENCY_LIST_P_INDICATOR_NO, indicator_no);
	while (db_step(stmt, &row, error) && row) {
		IndicatorAgency agency = {(AgencyRole)db_column_int(stmt, INDICATOR_AGENCY_LIST_C_ROLE),
		    db_column_int(stmt, INDICATOR_AGENCY_LIST_C_AGENCY_ID)};

		g_array_append_val(ret_agencies, agency);
	}
	return !row;
}

bool
indicator_list_years(const PlanScope *scope, GArray *ret_years, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &INDICATOR_YEAR_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INDICATOR_YEAR_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INDICATOR_YEAR_LIST_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		IndicatorYear year = {(int)db_column_int(stmt, INDICATOR_YEAR_LIST_C_YEAR),
		    db_column_int(stmt, INDICATOR_YEAR_LIST_C_INDICATOR_COUNT)};

		g_array_append_val(ret_years, year);
	}
	return !row;
}
