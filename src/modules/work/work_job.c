/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_internal.h"
#include "storage/db_day.h"
#include "storage/txn.h"

/* The daily work: pieces of the tasks of plans, and of the periods that have begun. */

#define PERIODS_MAX 600 /* made up for one task at once */

/* How far the daily work is with one plan. */
typedef struct Progress {
	int64_t plan_id, task_count, opened_task, period_task;
	int32_t added_day, period_day;
} Progress;

typedef struct Run {
	const WorkScope *scope;
	WorkSettings settings;
	int64_t last_piece;  /* the newest number; -1: not known */
	int64_t first_piece; /* of those whose first entry is not written yet; 0: there are none */
	int n_made;
} Run;

int32_t
work_period_end(PlanPeriod period, int32_t day)
{
	return task_next_occurrence(period, DATE_NONE, day);
}

static bool
list_plans(const WorkScope *scope, GArray *plans, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_LIST_PLANS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_PLANS_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		Progress progress = {.plan_id = db_column_int(stmt, WORK_LIST_PLANS_C_PLAN_ID),
		    .task_count = db_column_int(stmt, WORK_LIST_PLANS_C_TASK_COUNT),
		    .opened_task = db_column_int(stmt, WORK_LIST_PLANS_C_OPENED_TASK),
		    .period_task = db_column_int(stmt, WORK_LIST_PLANS_C_PERIOD_TASK),
		    .added_day = instant_day(db_column_int(stmt, WORK_LIST_PLANS_C_ADDED_AT)),
		    .period_day = db_column_day(stmt, WORK_LIST_PLANS_C_PERIOD_DAY)};

		if (progress.period_day == DATE_NONE)
			progress.period_day = progress.added_day - 1;
		g_array_append_val(plans, progress);
	}
	return !has_row;
}

static bool
put_progress(const WorkScope *scope, const Progress *progress, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_PUT_PROGRESS, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PUT_PROGRESS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PUT_PROGRESS_P_PLAN_ID, progress->plan_id);
	db_bind_int(stmt, WORK_PUT_PROGRESS_P_OPENED_TASK, progress->opened_task);
	db_bind_int(stmt, WORK_PUT_PROGRESS_P_PERIOD_DAY, progress->period_day);
	db_bind_int(stmt, WORK_PUT_PROGRESS_P_PERIOD_TASK, progress->period_task);
	return db_run(stmt, error);
}

bool
work_is_periodic(PlanDeadlineKind kind)
{
	return kind == PLAN_DEADLINE_RECURRING || kind == PLAN_DEADLINE_CONTINUOUS;
}

PlanPeriod
work_period_of(const WorkSettings *settings, PlanDeadlineKind kind, PlanPeriod period)
{
	return kind == PLAN_DEADLINE_RECURRING && period != PLAN_PERIOD_NONE ? period
									     : settings->proof_period;
}

static bool
insert(Run *run, const WorkPiece *piece, int32_t due, int64_t person_id, GError **error)
{
	WorkEntry open = work_entry(WORK_OPEN);
	int64_t piece_id;

	open.due = due;
	open.for_person = person_id;
	run->last_piece = -1;
	if (!work_insert(run->scope, piece, &open, &piece_id, error))
		return false;
	run->n_made += piece_id != 0;
	return true;
}

/* The same for a piece that cannot be there yet. */
static bool
insert_new(Run *run, const WorkPiece *piece, int32_t due, int64_t person_id, GError **error)
{
	WorkEntry open = work_entry(WORK_OPEN);
	WorkPiece numbered = *piece;

	open.due = due;
	open.for_person = person_id;
	if (run->last_piece < 0 && !work_last_piece(run->scope, &run->last_piece, error))
		return false;
	numbered.piece_id = ++run->last_piece;
	if (run->first_piece == 0)
		run->first_piece = numbered.piece_id;
	run->n_made++;
	return work_insert_as(run->scope, &numbered, &open, error);
}

/* The first entries of the pieces that insert_new() has made, by one statement. */
static bool
open_new(Run *run, GError **error)
{
	int64_t first = run->first_piece;

	run->first_piece = 0;
	return first == 0 || work_open_inserted(run->scope, first, error);
}

typedef bool (*Insert)(Run *run, const WorkPiece *piece, int32_t due, int64_t person_id, GError **error);

/* The periods from the one that holds `from` to the one that holds today. */
static bool
insert_periods(
    Run *run, const WorkPiece *piece, int32_t from, int64_t person_id, Insert insert_one, GError **error)
{
	WorkPiece occurrence = *piece;
	int32_t day = from;

	for (int i = 0; i < PERIODS_MAX && day <= run->scope->today; i++) {
		occurrence.period_end = work_period_end(piece->period, day);
		if (occurrence.period_end == DATE_NONE)
			return true;
		if (!insert_one(run, &occurrence, occurrence.period_end, person_id, error))
			return false;
		day = occurrence.period_end + 1;
	}
	return true;
}

static WorkPiece
read_lead(const Run *run, const Progress *plan, const DbStmt *stmt)
{
	WorkPiece piece = {.plan_id = plan->plan_id,
	    .task_no = db_column_int(stmt, WORK_TASK_LEADS_C_TASK_NO),
	    .agency_id = db_column_int(stmt, WORK_TASK_LEADS_C_AGENCY_ID),
	    .role = AGENCY_ROLE_LEAD,
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_TASK_LEADS_C_DEADLINE_KIND),
	    .period_end = DATE_NONE,
	    .needs_document = work_output_is_document(db_column_text(stmt, WORK_TASK_LEADS_C_OUTPUT))};

	if (work_is_periodic(piece.deadline_kind))
		piece.period = work_period_of(&run->settings, piece.deadline_kind,
		    (PlanPeriod)db_column_int(stmt, WORK_TASK_LEADS_C_PERIOD));
	return piece;
}

static bool
open_lead(Run *run, const Progress *plan, const DbStmt *stmt, GError **error)
{
	WorkPiece piece = read_lead(run, plan, stmt);
	int32_t start = db_column_day(stmt, WORK_TASK_LEADS_C_START_DAY);

	if (work_is_periodic(piece.deadline_kind))
		return insert_periods(run, &piece, MAX(start, plan->added_day), 0, insert, error);
	return insert(run, &piece, db_column_day(stmt, WORK_TASK_LEADS_C_DUE_DAY), 0, error);
}

static bool
bind_range(const Run *run, const DbSql *sql, const Progress *plan, int64_t after, int64_t last,
    DbStmt **ret_stmt, GError **error)
{
	G_STATIC_ASSERT((int)WORK_TASK_LEADS_P_LAST == (int)WORK_LATEST_PIECES_P_LAST);
	if (!db_prepare(run->scope->db, sql, ret_stmt, error))
		return false;
	db_bind_int(*ret_stmt, WORK_TASK_LEADS_P_COMMUNE_ID, run->scope->commune_id);
	db_bind_int(*ret_stmt, WORK_TASK_LEADS_P_PLAN_ID, plan->plan_id);
	db_bind_int(*ret_stmt, WORK_TASK_LEADS_P_AFTER, after);
	db_bind_int(*ret_stmt, WORK_TASK_LEADS_P_LAST, last);
	return true;
}

/* Pieces of the next tasks of a plan; periodic ones with all their periods so far. */
static bool
open_tasks(Run *run, Progress *plan, int limit, GError **error)
{
	int64_t last = MIN(plan->opened_task + limit, plan->task_count);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!bind_range(run, &WORK_TASK_LEADS, plan, plan->opened_task, last, &stmt, error))
		return false;
	while (db_step(stmt, &has_row, error) && has_row)
		if (!open_lead(run, plan, stmt, error))
			return false;
	if (has_row || !work_refresh_tasks(run->scope, plan->plan_id, plan->opened_task + 1, last, error))
		return false;
	plan->opened_task = last;
	return put_progress(run->scope, plan, error);
}

/* The next periods of one agency's part, after the newest that is there. */
static bool
go_on(Run *run, const Progress *plan, const DbStmt *stmt, GError **error)
{
	WorkPiece piece = {.plan_id = plan->plan_id,
	    .task_no = db_column_int(stmt, WORK_LATEST_PIECES_C_TASK_NO),
	    .agency_id = db_column_int(stmt, WORK_LATEST_PIECES_C_AGENCY_ID),
	    .role = (AgencyRole)db_column_int(stmt, WORK_LATEST_PIECES_C_ROLE),
	    .part_no = db_column_int(stmt, WORK_LATEST_PIECES_C_PART_NO),
	    .part = arena_strdup(run->scope->arena, db_column_text(stmt, WORK_LATEST_PIECES_C_PART)),
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_LATEST_PIECES_C_DEADLINE_KIND),
	    .period = (PlanPeriod)db_column_int(stmt, WORK_LATEST_PIECES_C_PERIOD),
	    .needs_document = db_column_int(stmt, WORK_LATEST_PIECES_C_NEEDS_DOCUMENT) != 0};
	WorkState state = (WorkState)db_column_int(stmt, WORK_LATEST_PIECES_C_STATE);
	int32_t newest = db_column_day(stmt, WORK_LATEST_PIECES_C_PERIOD_END);

	if (state == WORK_PAUSED || state == WORK_CANCELLED)
		return true;
	return insert_periods(run, &piece, MAX(plan->period_day, newest) + 1,
	    db_column_int(stmt, WORK_LATEST_PIECES_C_PERSON_ID), insert_new, error);
}

/* A task that repeats may have begun only now. */
static bool
begin_late(Run *run, const Progress *plan, int64_t last, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!bind_range(run, &WORK_TASK_LEADS, plan, plan->period_task, last, &stmt, error))
		return false;
	while (db_step(stmt, &has_row, error) && has_row) {
		int32_t start = db_column_day(stmt, WORK_TASK_LEADS_C_START_DAY);

		if (work_is_periodic(
			(PlanDeadlineKind)db_column_int(stmt, WORK_TASK_LEADS_C_DEADLINE_KIND)) &&
		    start > plan->period_day && start <= run->scope->today &&
		    !open_lead(run, plan, stmt, error))
			return false;
	}
	return !has_row;
}

static bool
open_periods(Run *run, Progress *plan, int limit, GError **error)
{
	int64_t last = MIN(plan->period_task + limit, plan->task_count);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!bind_range(run, &WORK_LATEST_PIECES, plan, plan->period_task, last, &stmt, error))
		return false;
	while (db_step(stmt, &has_row, error) && has_row)
		if (!go_on(run, plan, stmt, error))
			return false;
	if (has_row || !open_new(run, error) || !begin_late(run, plan, last, error) ||
	    !work_refresh_tasks(run->scope, plan->plan_id, plan->period_task + 1, last, error))
		return false;
	plan->period_task = last;
	if (last == plan->task_count) {
		plan->period_day = run->scope->today;
		plan->period_task = 0;
	}
	return put_progress(run->scope, plan, error);
}

/* The next portion of one plan; *ret_did false: it is up to date. */
static bool
advance(Run *run, Progress *plan, int limit, bool *ret_did, GError **error)
{
	*ret_did = true;
	if (plan->opened_task < plan->task_count)
		return open_tasks(run, plan, limit, error);
	if (plan->period_day < run->scope->today)
		return open_periods(run, plan, limit, error);
	*ret_did = false;
	return true;
}

bool
work_run(const WorkScope *scope, int limit, int *ret_made, bool *ret_is_done, GError **error)
{
	g_autoptr(GArray) plans = g_array_new(FALSE, FALSE, sizeof(Progress));
	g_autoptr(DbTxn) txn = NULL;
	Run run = {.scope = scope, .last_piece = -1};
	bool did = false;

	*ret_made = 0;
	if (!list_plans(scope, plans, error))
		return false;
	for (guint i = 0; i < plans->len && !did; i++) {
		const Progress *plan = &g_array_index(plans, Progress, i);

		did = plan->opened_task < plan->task_count || plan->period_day < scope->today;
	}
	*ret_is_done = !did;
	if (!did)
		return true;
	g_array_set_size(plans, 0);
	if (!db_txn_begin(scope->db, &txn, error) || !list_plans(scope, plans, error) ||
	    !work_settings(scope, &run.settings, error))
		return false;
	did = false;
	for (guint i = 0; i < plans->len && !did; i++)
		if (!advance(&run, &g_array_index(plans, Progress, i), limit, &did, error))
			return false;
	*ret_made = run.n_made;
	return db_txn_commit(txn, error);
}

bool
work_open_plan(const WorkScope *scope, int64_t plan_id, GError **error)
{
	g_autoptr(GArray) plans = g_array_new(FALSE, FALSE, sizeof(Progress));
	g_autoptr(DbTxn) txn = NULL;
	Run run = {.scope = scope, .last_piece = -1};
	bool did = true;

	if (!db_txn_begin(scope->db, &txn, error) || !list_plans(scope, plans, error) ||
	    !work_settings(scope, &run.settings, error))
		return false;
	for (guint i = 0; i < plans->len; i++) {
		Progress *plan = &g_array_index(plans, Progress, i);

		for (did = plan->plan_id == plan_id; did;)
			if (!advance(&run, plan, WORK_TASKS_AT_ONCE, &did, error))
				return false;
	}
	return db_txn_commit(txn, error);
}
