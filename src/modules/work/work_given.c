/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_given.h"

#include "modules/task/task.h"
#include "modules/work/work.sql.h"

typedef struct Given {
	int64_t plan_id, task_no, agency_id;
	AgencyRole role;
} Given;

static bool
list_uncounted(const WorkScope *scope, GArray *ret_given, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_GIVEN_UNCOUNTED, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_GIVEN_UNCOUNTED_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		Given given = {.plan_id = db_column_int(stmt, WORK_GIVEN_UNCOUNTED_C_PLAN_ID),
		    .task_no = db_column_int(stmt, WORK_GIVEN_UNCOUNTED_C_TASK_NO),
		    .role = (AgencyRole)db_column_int(stmt, WORK_GIVEN_UNCOUNTED_C_ROLE),
		    .agency_id = db_column_int(stmt, WORK_GIVEN_UNCOUNTED_C_AGENCY_ID)};

		g_array_append_val(ret_given, given);
	}
	return !has_row;
}

bool
work_given_derive(const WorkScope *scope, GError **error)
{
	g_autoptr(GArray) uncounted = g_array_new(FALSE, FALSE, sizeof(Given));
	AgencyBook book;

	if (!list_uncounted(scope, uncounted, error) ||
	    !agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	for (guint i = 0; i < uncounted->len; i++) {
		const Given *given = &g_array_index(uncounted, Given, i);
		const PlanScope plan = {scope->db, scope->commune_id, given->plan_id};

		if (!task_give(&plan, given->task_no, given->role, given->agency_id,
			agency_name_at(&book, given->agency_id, scope->today), error))
			return false;
	}
	return true;
}

bool
work_given_verify(const WorkScope *scope, int64_t plan_id, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_GIVEN_BASELESS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_GIVEN_BASELESS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_GIVEN_BASELESS_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row)
		ledger_report_add(report,
		    "kế hoạch %" G_GINT64_FORMAT ", nhiệm vụ %" G_GINT64_FORMAT
		    ": %s được tính là đơn vị của nhiệm vụ mà không có phần việc nào",
		    plan_id, db_column_int(stmt, WORK_GIVEN_BASELESS_C_TASK_NO),
		    db_column_text(stmt, WORK_GIVEN_BASELESS_C_PRINTED));
	return !has_row;
}
