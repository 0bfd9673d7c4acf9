/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_redact.h"

#include "modules/task/task.sql.h"
#include "modules/task/task_search.h"

static bool
remove_from_search(const AppRedaction *redaction, GError **error)
{
	const PlanScope scope = {redaction->db, redaction->commune_id, redaction->plan_id};
	g_autoptr(DbStmt) join = NULL;

	return task_search_remove(&scope, redaction->task_no, error) &&
	       db_prepare(redaction->db, &TASK_SEARCH_JOIN, &join, error) && db_run(join, error);
}

bool
task_redact(const AppRedaction *redaction, GError **error)
{
	return redaction->plan_id == 0 || (remove_from_search(redaction, error) &&
					      APP_REDACT_RUN(redaction, TASK_REDACT_AGENCIES, error) &&
					      APP_REDACT_RUN(redaction, TASK_REDACT, error));
}
