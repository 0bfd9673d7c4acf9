/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/report/report.h"
#include "modules/report/report.sql.h"

const char *
report_cadence_title(PlanPeriod cadence)
{
	static const char *const TITLES[PLAN_PERIOD_MAX] = {
	    [PLAN_PERIOD_NONE] = "",
	    [PLAN_PERIOD_MONTH] = "hằng tháng",
	    [PLAN_PERIOD_QUARTER] = "hằng quý",
	    [PLAN_PERIOD_HALF] = "6 tháng",
	    [PLAN_PERIOD_YEAR] = "hằng năm",
	    [PLAN_PERIOD_FIVE_YEARS] = "5 năm",
	    [PLAN_PERIOD_ADHOC] = "đột xuất",
	};

	return TITLES[cadence];
}

bool
report_add_all(const PlanScope *scope, const Plan *plan, const char *const *items, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &REPORT_RULE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, REPORT_RULE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REPORT_RULE_INSERT_P_PLAN_ID, scope->plan_id);
	for (guint i = 0; i < plan->reporting->len; i++) {
		const PlanReporting *rule = g_ptr_array_index(plan->reporting, i);

		db_bind_int(stmt, REPORT_RULE_INSERT_P_RULE_NO, (int64_t)i + 1);
		db_bind_text(stmt, REPORT_RULE_INSERT_P_ITEM, items[i]);
		db_bind_int(stmt, REPORT_RULE_INSERT_P_CADENCE, rule->cadence);
		db_bind_int(stmt, REPORT_RULE_INSERT_P_DUE_MONTH, rule->due_month);
		db_bind_int(stmt, REPORT_RULE_INSERT_P_DUE_DAY, rule->due_day);
		db_bind_int(stmt, REPORT_RULE_INSERT_P_IS_BEFORE, rule->is_before);
		db_bind_text(stmt, REPORT_RULE_INSERT_P_SENDER, rule->from);
		db_bind_text(stmt, REPORT_RULE_INSERT_P_RECEIVER, rule->to);
		db_bind_text(stmt, REPORT_RULE_INSERT_P_BODY, rule->raw != NULL ? rule->raw : "");
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
report_list_rules(const PlanScope *scope, Arena *arena, GPtrArray *ret_rules, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &REPORT_RULE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, REPORT_RULE_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, REPORT_RULE_LIST_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		ReportRule *rule = arena_new0(arena, ReportRule);

		rule->rule_no = db_column_int(stmt, REPORT_RULE_LIST_C_RULE_NO);
		rule->item = arena_strdup(arena, db_column_text(stmt, REPORT_RULE_LIST_C_ITEM));
		rule->dates = (ReportRuleDates){
		    .cadence = (PlanPeriod)db_column_int(stmt, REPORT_RULE_LIST_C_CADENCE),
		    .due_month = (int)db_column_int(stmt, REPORT_RULE_LIST_C_DUE_MONTH),
		    .due_day = (int)db_column_int(stmt, REPORT_RULE_LIST_C_DUE_DAY),
		};
		rule->is_before = db_column_int(stmt, REPORT_RULE_LIST_C_IS_BEFORE) != 0;
		rule->sender = arena_strdup(arena, db_column_text(stmt, REPORT_RULE_LIST_C_SENDER));
		rule->receiver = arena_strdup(arena, db_column_text(stmt, REPORT_RULE_LIST_C_RECEIVER));
		rule->body = arena_strdup(arena, db_column_text(stmt, REPORT_RULE_LIST_C_BODY));
		g_ptr_array_add(ret_rules, rule);
	}
	return !row;
}
