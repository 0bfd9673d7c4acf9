/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.sql.h"
#include "modules/task/task_internal.h"
#include "modules/task/task_rows.h"

/* A task as it is stored. */
typedef struct Stored {
	int64_t task_no, annex_no;
	TaskDeadline deadline;
	TaskProgress progress;
	int32_t live_key, live_original;
} Stored;

static int32_t
column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
}

static Stored
read_stored(const DbStmt *stmt)
{
	return (Stored){
	    .task_no = db_column_int(stmt, TASK_PROGRESS_LIST_C_TASK_NO),
	    .annex_no = db_column_int(stmt, TASK_PROGRESS_LIST_C_ANNEX_NO),
	    .deadline = {(PlanDeadlineKind)db_column_int(stmt, TASK_PROGRESS_LIST_C_DEADLINE_KIND),
		column_day(stmt, TASK_PROGRESS_LIST_C_DUE_DAY),
		column_day(stmt, TASK_PROGRESS_LIST_C_START_DAY),
		(PlanPeriod)db_column_int(stmt, TASK_PROGRESS_LIST_C_PERIOD)},
	    .progress = {.stage = (TaskStage)db_column_int(stmt, TASK_PROGRESS_LIST_C_WORK_STAGE),
		.percent = (int)db_column_int(stmt, TASK_PROGRESS_LIST_C_WORK_PERCENT),
		.due = column_day(stmt, TASK_PROGRESS_LIST_C_WORK_DUE),
		.original_due = (int32_t)db_column_int(stmt, TASK_PROGRESS_LIST_C_LIVE_ORIGINAL),
		.late_days = (int)db_column_int(stmt, TASK_PROGRESS_LIST_C_WORK_LATE),
		.n_pieces = (int)db_column_int(stmt, TASK_PROGRESS_LIST_C_PIECE_COUNT),
		.n_done = (int)db_column_int(stmt, TASK_PROGRESS_LIST_C_DONE_COUNT)},
	    .live_key = (int32_t)db_column_int(stmt, TASK_PROGRESS_LIST_C_LIVE_KEY),
	    .live_original = (int32_t)db_column_int(stmt, TASK_PROGRESS_LIST_C_LIVE_ORIGINAL),
	};
}

/* Appends (to an array of Stored) tasks `first` to `last`. */
static bool
list_stored(const PlanScope *scope, int64_t first, int64_t last, GArray *ret_tasks, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_PROGRESS_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_PROGRESS_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_PROGRESS_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_PROGRESS_LIST_P_FIRST, first);
	db_bind_int(stmt, TASK_PROGRESS_LIST_P_LAST, last);
	while (db_step(stmt, &row, error) && row) {
		Stored task = read_stored(stmt);

		g_array_append_val(ret_tasks, task);
	}
	return !row;
}

bool
task_list_progress(const PlanScope *scope, int64_t first, int64_t last, GArray *ret_progress, GError **error)
{
	g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Stored));

	if (!list_stored(scope, first, last, tasks, error))
		return false;
	for (guint i = 0; i < tasks->len; i++)
		g_array_append_val(ret_progress, g_array_index(tasks, Stored, i).progress);
	return true;
}

static bool
write_progress(const PlanScope *scope, const Stored *task, GError **error)
{
	const TaskProgress *progress = &task->progress;
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &TASK_PROGRESS_UPDATE, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_TASK_NO, task->task_no);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_LIVE_KEY, task->live_key);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_LIVE_ORIGINAL, task->live_original);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_WORK_STAGE, progress->stage);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_WORK_PERCENT, progress->percent);
	if (progress->due != DATE_NONE)
		db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_WORK_DUE, progress->due);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_WORK_LATE, progress->late_days);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_PIECE_COUNT, progress->n_pieces);
	db_bind_int(stmt, TASK_PROGRESS_UPDATE_P_DONE_COUNT, progress->n_done);
	return db_run_later(stmt, error);
}

/* Adds `count` to the tasks that stand where `task` does, in one scope. */
static bool
count_in(DbStmt *stmt, const PlanScope *scope, const Stored *task, const TaskAgency *agency, int64_t count,
    GError **error)
{
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_ROLE, agency->role);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_AGENCY_ID, agency->agency_id);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_ANNEX_NO, task->annex_no);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_LIVE_KEY, task->live_key);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_LIVE_ORIGINAL, task->live_original);
	db_bind_int(stmt, TASK_STATE_TALLY_INSERT_P_TASK_COUNT, count);
	return db_run_later(stmt, error);
}

static bool
is_counted(const GPtrArray *agencies, guint index)
{
	const TaskAgency *agency = g_ptr_array_index(agencies, index);

	for (guint i = 0; i < index; i++) {
		const TaskAgency *earlier = g_ptr_array_index(agencies, i);

		if (earlier->role == agency->role && earlier->agency_id == agency->agency_id)
			return true;
	}
	return false;
}

/* Appends the scopes in which a task is counted: the plan, each agency once in each role, and in a role
 * without any nobody. */
static bool
list_scopes(const PlanScope *scope, int64_t task_no, Arena *arena, GPtrArray *ret_scopes, GError **error)
{
	static TaskAgency plan, no_lead = {.role = AGENCY_ROLE_LEAD},
				no_help = {.role = AGENCY_ROLE_COORDINATING};
	bool has_lead = false, has_help = false;

	g_ptr_array_add(ret_scopes, &plan);
	if (!task_list_agencies(scope, task_no, arena, ret_scopes, error))
		return false;
	for (guint i = 1; i < ret_scopes->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(ret_scopes, i);

		has_lead = has_lead || agency->role == AGENCY_ROLE_LEAD;
		has_help = has_help || agency->role == AGENCY_ROLE_COORDINATING;
	}
	if (!has_lead)
		g_ptr_array_add(ret_scopes, &no_lead);
	if (!has_help)
		g_ptr_array_add(ret_scopes, &no_help);
	return true;
}

static bool
move_counts(const PlanScope *scope, const Stored *before, const Stored *after, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) scopes = g_ptr_array_new();
	g_autoptr(DbStmt) stmt = NULL;

	if (before->live_key == after->live_key && before->live_original == after->live_original)
		return true;
	if (!list_scopes(scope, after->task_no, arena, scopes, error) ||
	    !db_prepare(scope->db, &TASK_STATE_TALLY_INSERT, &stmt, error))
		return false;
	for (guint i = 0; i < scopes->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(scopes, i);

		if (!is_counted(scopes, i) && (!count_in(stmt, scope, before, agency, -1, error) ||
						  !count_in(stmt, scope, after, agency, 1, error)))
			return false;
	}
	return true;
}

bool
task_count_given(
    const PlanScope *scope, int64_t task_no, const TaskAgency *given, bool was_nobody, GError **error)
{
	const TaskAgency nobody = {.role = given->role};
	g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Stored));
	g_autoptr(DbStmt) stmt = NULL;

	if (!list_stored(scope, task_no, task_no, tasks, error) ||
	    !db_prepare(scope->db, &TASK_STATE_TALLY_INSERT, &stmt, error))
		return false;
	for (guint i = 0; i < tasks->len; i++) {
		const Stored *task = &g_array_index(tasks, Stored, i);

		if ((was_nobody && !count_in(stmt, scope, task, &nobody, -1, error)) ||
		    !count_in(stmt, scope, task, given, 1, error))
			return false;
	}
	return true;
}

static bool
is_same(const Stored *a, const Stored *b)
{
	const TaskProgress *x = &a->progress, *y = &b->progress;

	return a->live_key == b->live_key && a->live_original == b->live_original && x->stage == y->stage &&
	       x->percent == y->percent && x->due == y->due && x->late_days == y->late_days &&
	       x->n_pieces == y->n_pieces && x->n_done == y->n_done;
}

bool
task_set_progress(const PlanScope *scope, int64_t first, const GArray *progress, GError **error)
{
	g_autoptr(GArray) tasks = g_array_new(FALSE, FALSE, sizeof(Stored));

	if (!list_stored(scope, first, first + progress->len - 1, tasks, error))
		return false;
	for (guint i = 0; i < tasks->len; i++) {
		const Stored *before = &g_array_index(tasks, Stored, i);
		Stored after = *before;

		if (before->task_no - first >= progress->len)
			continue;
		after.progress = g_array_index(progress, TaskProgress, before->task_no - first);
		after.live_key = task_live_key(&after.deadline, &after.progress);
		after.live_original = task_live_original(&after.deadline, &after.progress);
		if (!is_same(before, &after) &&
		    (!write_progress(scope, &after, error) || !move_counts(scope, before, &after, error)))
			return false;
	}
	return true;
}

bool
task_verify_counts(const PlanScope *scope, LedgerReport *report, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &TASK_STATE_TALLY_DIFFERENCES, &stmt, error))
		return false;
	db_bind_int(stmt, TASK_STATE_TALLY_DIFFERENCES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, TASK_STATE_TALLY_DIFFERENCES_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row)
		ledger_report_add(report,
		    "kế hoạch %" G_GINT64_FORMAT ": bảng đếm nhiệm vụ theo tình trạng khác với các nhiệm vụ "
		    "(%" G_GINT64_FORMAT " ghi là %" G_GINT64_FORMAT ")",
		    scope->plan_id, db_column_int(stmt, TASK_STATE_TALLY_DIFFERENCES_C_COUNTED),
		    db_column_int(stmt, TASK_STATE_TALLY_DIFFERENCES_C_STORED));
	return !row;
}
