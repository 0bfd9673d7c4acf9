/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_facts.h"

#include "modules/work/work.sql.h"

static WorkFacts *
read_facts(const WorkScope *scope, const DbStmt *stmt)
{
	WorkFacts *facts = arena_new0(scope->arena, WorkFacts);
	int n = (int)db_column_int(stmt, WORK_FACTS_OF_PLAN_C_PIECE_COUNT);

	*facts = (WorkFacts){.task_no = db_column_int(stmt, WORK_FACTS_OF_PLAN_C_TASK_NO),
	    .n_pieces = n,
	    .n_done = (int)db_column_int(stmt, WORK_FACTS_OF_PLAN_C_DONE_COUNT),
	    .n_products = (int)db_column_int(stmt, WORK_FACTS_OF_PLAN_C_PRODUCT_COUNT),
	    .percent = n > 0 ? (int)(db_column_int(stmt, WORK_FACTS_OF_PLAN_C_PERCENT_SUM) / n) : 0,
	    .full_day = instant_day(db_column_int(stmt, WORK_FACTS_OF_PLAN_C_LAST_US)),
	    .closed_day = DATE_NONE};
	if (facts->n_done == n && !db_column_is_null(stmt, WORK_FACTS_OF_PLAN_C_ACCEPTED_DAY))
		facts->closed_day = (int32_t)db_column_int(stmt, WORK_FACTS_OF_PLAN_C_ACCEPTED_DAY);
	return facts;
}

bool
work_task_facts(const WorkScope *scope, int64_t plan_id, GPtrArray *ret_facts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_FACTS_OF_PLAN, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FACTS_OF_PLAN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FACTS_OF_PLAN_P_PLAN_ID, plan_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(ret_facts, read_facts(scope, stmt));
	return !has_row;
}
