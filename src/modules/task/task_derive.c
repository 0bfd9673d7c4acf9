/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_amend.h"
#include "modules/task/task_internal.h"

/* Until form 1 a task's due day was the one that the plan prints, also in "trước ngày 30/11". */

typedef struct Early {
	int64_t plan_id, task_no;
	int32_t last;
	char *raw;
} Early;

static void
early_clear(gpointer data)
{
	g_free(((Early *)data)->raw);
}

static bool
list_early(Db *db, int64_t commune_id, bool is_before_inclusive, GArray *tasks, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &TASK_LIST_DATED, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_LIST_DATED_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, TASK_LIST_DATED_P_KIND, PLAN_DEADLINE_ONCE);
	while (db_step(stmt, &row, error) && row) {
		int32_t due = (int32_t)db_column_int(stmt, TASK_LIST_DATED_C_DUE_DAY);
		const char *raw = db_column_text(stmt, TASK_LIST_DATED_C_DEADLINE_RAW);
		Early task = {.plan_id = db_column_int(stmt, TASK_LIST_DATED_C_PLAN_ID),
		    .task_no = db_column_int(stmt, TASK_LIST_DATED_C_TASK_NO),
		    .last = task_last_day(due, raw, is_before_inclusive)};

		if (task.last == due)
			continue;
		task.raw = g_strdup(raw);
		g_array_append_val(tasks, task);
	}
	return !row;
}

bool
task_derive(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Early));
	CalendarSettings calendar;

	g_array_set_clear_func(tasks, early_clear);
	if (!calendar_settings(db, commune_id, &calendar, error) ||
	    !list_early(db, commune_id, calendar.is_before_inclusive, tasks, error))
		return false;
	for (guint i = 0; i < tasks->len; i++) {
		const Early *task = &g_array_index(tasks, Early, i);
		const PlanScope plan = {db, commune_id, task->plan_id};
		g_autoptr(GArray) progress = g_array_new(FALSE, FALSE, sizeof(TaskProgress));

		/* What is known of its work stands where the new day puts it. */
		if (!task_amend_deadline(&plan, task->task_no, task->last, task->raw, error) ||
		    !task_list_progress(&plan, task->task_no, task->task_no, progress, error) ||
		    !task_set_progress(&plan, task->task_no, progress, error))
			return false;
	}
	return true;
}
