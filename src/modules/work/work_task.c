/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_given.h"
#include "modules/work/work_internal.h"
#include "storage/db_day.h"

#define DUE_NEVER INT32_MAX /* of what has no due day: behind everything */

/* The state of a task, of its pieces: the rule stands in README.md. */

static bool
is_whole(const WorkPiece *piece)
{
	return piece->role == AGENCY_ROLE_LEAD && piece->part_no == 0;
}

static int32_t
due_or_never(const WorkPiece *piece)
{
	return piece->due != DATE_NONE ? piece->due : DUE_NEVER;
}

/* Handed in late: days after the due day; within an extension: days after the original one, below 0. */
static int
late_days(const WorkPiece *piece)
{
	WorkWhen when;

	if (piece->submitted_day == DATE_NONE)
		return 0;
	when = work_when(piece, piece->submitted_day, 0);
	if (when.timeliness == WORK_ENDED_LATE)
		return when.days;
	return when.timeliness == WORK_ENDED_EXTENDED ? -when.days_original : 0;
}

/* How far behind a stage is: what is still open decides, then what waits, then what is suspended. */
static int
rank(WorkState state)
{
	static const int RANKS[WORK_STATE_MAX] = {[WORK_NOT_STARTED] = 0,
	    [WORK_DOING] = 0,
	    [WORK_WAITING] = 1,
	    [WORK_PAUSED] = 2,
	    [WORK_DONE] = 3,
	    [WORK_CANCELLED] = 4};

	return RANKS[state];
}

/* True where `piece` decides rather than `other`. */
static bool
is_worse(const WorkPiece *piece, const WorkPiece *other)
{
	bool is_over = rank(piece->state) >= rank(WORK_PAUSED);

	if (rank(piece->state) != rank(other->state)) {
		/* Periods that are over say nothing about whether those to come are suspended. */
		if (is_over && rank(other->state) >= rank(WORK_PAUSED) &&
		    piece->period_end != other->period_end)
			return piece->period_end > other->period_end;
		return rank(piece->state) < rank(other->state);
	}
	if (is_over && piece->period_end != other->period_end)
		return piece->period_end > other->period_end;
	if (rank(piece->state) > 0 && late_days(piece) != late_days(other))
		return late_days(other) <= 0 && (late_days(piece) > 0 || late_days(piece) < late_days(other));
	if (due_or_never(piece) != due_or_never(other))
		return due_or_never(piece) < due_or_never(other);
	return piece->original_due < other->original_due;
}

void
work_fold_task(const WorkPiece *pieces, size_t n_pieces, TaskProgress *ret_progress)
{
	static const TaskStage STAGES[WORK_STATE_MAX] = {[WORK_NOT_STARTED] = TASK_STAGE_NOT_STARTED,
	    [WORK_DOING] = TASK_STAGE_DOING,
	    [WORK_WAITING] = TASK_STAGE_WAITING,
	    [WORK_DONE] = TASK_STAGE_DONE,
	    [WORK_PAUSED] = TASK_STAGE_PAUSED,
	    [WORK_CANCELLED] = TASK_STAGE_CANCELLED};
	TaskProgress progress = {.percent = -1, .due = DATE_NONE, .original_due = DATE_NONE};
	const WorkPiece *worst = NULL;
	bool has_whole = false;

	for (size_t i = 0; i < n_pieces; i++)
		has_whole = has_whole || is_whole(&pieces[i]);
	for (size_t i = 0; i < n_pieces; i++) {
		if (has_whole && !is_whole(&pieces[i]))
			continue;
		progress.n_pieces += pieces[i].state != WORK_CANCELLED;
		progress.n_done += pieces[i].state == WORK_DONE;
		if (worst == NULL || is_worse(&pieces[i], worst))
			worst = &pieces[i];
	}
	if (worst != NULL) {
		progress.stage = STAGES[worst->state];
		progress.percent = worst->percent;
		progress.due = worst->due;
		progress.original_due = worst->original_due;
		progress.late_days = late_days(worst);
	}
	*ret_progress = progress;
}

static WorkPiece
read_piece(const DbStmt *stmt)
{
	return (WorkPiece){
	    .task_no = db_column_int(stmt, WORK_FOLD_LIST_C_TASK_NO),
	    .role = (AgencyRole)db_column_int(stmt, WORK_FOLD_LIST_C_ROLE),
	    .part_no = db_column_int(stmt, WORK_FOLD_LIST_C_PART_NO),
	    .period_end = (int32_t)db_column_int(stmt, WORK_FOLD_LIST_C_PERIOD_END),
	    .state = (WorkState)CLAMP(
		db_column_int(stmt, WORK_FOLD_LIST_C_STATE), WORK_NOT_STARTED, WORK_CANCELLED),
	    .percent = (int)db_column_int(stmt, WORK_FOLD_LIST_C_PERCENT),
	    .original_due = db_column_day(stmt, WORK_FOLD_LIST_C_ORIGINAL_DUE),
	    .due = db_column_day(stmt, WORK_FOLD_LIST_C_DUE),
	    .submitted_day = db_column_day(stmt, WORK_FOLD_LIST_C_SUBMITTED_DAY),
	};
}

static void
fold_next(GArray *pieces, GArray *progress)
{
	TaskProgress next;

	work_fold_task((const WorkPiece *)(const void *)pieces->data, pieces->len, &next);
	g_array_append_val(progress, next);
	g_array_set_size(pieces, 0);
}

/* Appends (TaskProgress) how far tasks `first` to `last` are. */
static bool
fold_tasks(
    const WorkScope *scope, int64_t plan_id, int64_t first, int64_t last, GArray *progress, GError **error)
{
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(WorkPiece));
	g_autoptr(DbStmt) stmt = NULL;
	int64_t task_no = first;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_FOLD_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FOLD_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FOLD_LIST_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_FOLD_LIST_P_FIRST, first);
	db_bind_int(stmt, WORK_FOLD_LIST_P_LAST, last);
	while (db_step(stmt, &has_row, error) && has_row) {
		WorkPiece piece = read_piece(stmt);

		for (; task_no < piece.task_no; task_no++)
			fold_next(pieces, progress);
		g_array_append_val(pieces, piece);
	}
	for (; !has_row && task_no <= last; task_no++)
		fold_next(pieces, progress);
	return !has_row;
}

bool
work_refresh_tasks(const WorkScope *scope, int64_t plan_id, int64_t first, int64_t last, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, plan_id};
	g_autoptr(GArray) progress = g_array_new(FALSE, FALSE, sizeof(TaskProgress));

	return first > last || (fold_tasks(scope, plan_id, first, last, progress, error) &&
				   task_set_progress(&plan, first, progress, error));
}

#define REFRESH_TASKS_AT_ONCE 1000

static bool
list_plans(const WorkScope *scope, GArray *numbers, GArray *counts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_EVERY_PLAN, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_EVERY_PLAN_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t plan_id = db_column_int(stmt, WORK_EVERY_PLAN_C_PLAN_ID);
		int64_t n_tasks = db_column_int(stmt, WORK_EVERY_PLAN_C_TASK_COUNT);

		g_array_append_val(numbers, plan_id);
		g_array_append_val(counts, n_tasks);
	}
	return !has_row;
}

bool
work_refresh_plans(const WorkScope *scope, GError **error)
{
	g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(int64_t));

	if (!list_plans(scope, numbers, counts, error))
		return false;
	for (guint i = 0; i < numbers->len; i++) {
		int64_t last = g_array_index(counts, int64_t, i);

		for (int64_t first = 1; first <= last; first += REFRESH_TASKS_AT_ONCE)
			if (!work_refresh_tasks(scope, g_array_index(numbers, int64_t, i), first,
				MIN(last, first + REFRESH_TASKS_AT_ONCE - 1), error))
				return false;
	}
	return true;
}

static bool
is_same(const TaskProgress *a, const TaskProgress *b)
{
	return a->stage == b->stage && a->percent == b->percent && a->due == b->due &&
	       a->late_days == b->late_days && a->n_pieces == b->n_pieces && a->n_done == b->n_done;
}

bool
work_verify_tasks(
    const WorkScope *scope, int64_t plan_id, int64_t n_tasks, LedgerReport *report, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, plan_id};
	g_autoptr(GArray) folded = g_array_new(FALSE, FALSE, sizeof(TaskProgress));
	g_autoptr(GArray) stored = g_array_new(FALSE, FALSE, sizeof(TaskProgress));

	if (!fold_tasks(scope, plan_id, 1, n_tasks, folded, error) ||
	    !task_list_progress(&plan, 1, n_tasks, stored, error) ||
	    !task_verify_counts(&plan, report, error) || !work_given_verify(scope, plan_id, report, error))
		return false;
	for (guint i = 0; i < stored->len && i < folded->len; i++)
		if (!is_same(
			&g_array_index(folded, TaskProgress, i), &g_array_index(stored, TaskProgress, i)))
			ledger_report_add(report,
			    "kế hoạch %" G_GINT64_FORMAT
			    ", nhiệm vụ %u: tình trạng ghi khác với các phần việc của nó",
			    plan_id, i + 1);
	return true;
}
