/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

#define TASKS_AT_ONCE 100
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

static int32_t
column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
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
		    .period_day = column_day(stmt, WORK_LIST_PLANS_C_PERIOD_DAY)};

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

static bool
is_periodic(PlanDeadlineKind kind)
{
	return kind == PLAN_DEADLINE_RECURRING || kind == PLAN_DEADLINE_CONTINUOUS;
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

/* By which a task repeats: as the plan says, else by the period in which such work proves itself. */
static PlanPeriod
period_of(const Run *run, PlanDeadlineKind kind, PlanPeriod period)
{
	return kind == PLAN_DEADLINE_RECURRING && period != PLAN_PERIOD_NONE ? period
									     : run->settings.proof_period;
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

	if (is_periodic(piece.deadline_kind))
		piece.period = period_of(
		    run, piece.deadline_kind, (PlanPeriod)db_column_int(stmt, WORK_TASK_LEADS_C_PERIOD));
	return piece;
}

static bool
open_lead(Run *run, const Progress *plan, const DbStmt *stmt, GError **error)
{
	WorkPiece piece = read_lead(run, plan, stmt);
	int32_t start = column_day(stmt, WORK_TASK_LEADS_C_START_DAY);

	if (is_periodic(piece.deadline_kind))
		return insert_periods(run, &piece, MAX(start, plan->added_day), 0, insert, error);
	return insert(run, &piece, column_day(stmt, WORK_TASK_LEADS_C_DUE_DAY), 0, error);
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
	int32_t newest = column_day(stmt, WORK_LATEST_PIECES_C_PERIOD_END);

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
		int32_t start = column_day(stmt, WORK_TASK_LEADS_C_START_DAY);

		if (is_periodic((PlanDeadlineKind)db_column_int(stmt, WORK_TASK_LEADS_C_DEADLINE_KIND)) &&
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
			if (!advance(&run, plan, TASKS_AT_ONCE, &did, error))
				return false;
	}
	return db_txn_commit(txn, error);
}

/* What the first piece of a task that is given by hand is made of. */
static bool
describe_new(Run *run, const WorkNew *added, WorkPiece *piece, int32_t *ret_due, GError **error)
{
	PlanScope plan = {run->scope->db, run->scope->commune_id, added->plan_id};
	Task task;

	if (!task_load(&plan, added->task_no, run->scope->arena, &task, error))
		return false;
	*piece = (WorkPiece){.plan_id = added->plan_id,
	    .task_no = added->task_no,
	    .agency_id = added->agency_id,
	    .role = added->role,
	    .part = added->part,
	    .deadline_kind = task.deadline.kind,
	    .period_end = DATE_NONE,
	    .needs_document = added->part == NULL && work_output_is_document(task.output)};
	*ret_due = task.deadline.due;
	if (is_periodic(piece->deadline_kind) && added->part == NULL) {
		piece->period = period_of(run, task.deadline.kind, task.deadline.period);
		piece->period_end = *ret_due = work_period_end(piece->period, run->scope->today);
	}
	return true;
}

static bool
next_part(const WorkScope *scope, const WorkNew *added, int64_t *ret_part_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_part_no = 0;
	if (added->part == NULL)
		return true;
	if (!db_prepare(scope->db, &WORK_NEXT_PART, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_NEXT_PART_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_PLAN_ID, added->plan_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_TASK_NO, added->task_no);
	db_bind_int(stmt, WORK_NEXT_PART_P_AGENCY_ID, added->agency_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_ROLE, added->role);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_part_no = has_row ? db_column_int(stmt, WORK_NEXT_PART_C_PART_NO) : 1;
	return true;
}

static bool
agency_is_there(const WorkScope *scope, int64_t agency_id, bool *ret_is_there, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_FIND_AGENCY, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FIND_AGENCY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FIND_AGENCY_P_AGENCY_ID, agency_id);
	return db_step(stmt, ret_is_there, error);
}

/* Whoever is given a whole task counts among those who lead it, or help with it; with a part he only helps.
 */
static bool
count_given(const WorkScope *scope, const WorkNew *added, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, added->plan_id};
	AgencyBook book;

	if (added->part != NULL && added->role == AGENCY_ROLE_LEAD)
		return true;
	return agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error) &&
	       task_give(&plan, added->task_no, added->role, added->agency_id,
		   agency_name_at(&book, added->agency_id, scope->today), error);
}

bool
work_add(const WorkScope *scope, const WorkNew *added, int64_t *ret_piece_id, const char **ret_problem,
    GError **error)
{
	Run run = {.scope = scope, .last_piece = -1};
	g_autoptr(DbTxn) txn = NULL;
	WorkEntry open = work_entry(WORK_OPEN);
	bool is_there;
	WorkPiece piece;
	int32_t due;

	*ret_piece_id = 0;
	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !work_settings(scope, &run.settings, error) ||
	    !describe_new(&run, added, &piece, &due, error) ||
	    !next_part(scope, added, &piece.part_no, error) ||
	    !agency_is_there(scope, added->agency_id, &is_there, error))
		return false;
	if (!work_may(scope, APP_OPERATE))
		*ret_problem = "Chỉ cơ quan được quyền giao việc mới làm được.";
	else if (!is_there)
		*ret_problem = "Hãy chọn cơ quan, đơn vị.";
	else if (added->due != DATE_NONE && due != DATE_NONE && added->due > due)
		*ret_problem = "Hạn của phần việc không được sau hạn của nhiệm vụ.";
	if (*ret_problem != NULL)
		return true;
	if (added->due != DATE_NONE)
		due = added->due;
	open.due = due;
	open.for_person = added->person_id;
	if (!work_insert(scope, &piece, &open, ret_piece_id, error))
		return false;
	if (*ret_piece_id == 0)
		*ret_problem = "Cơ quan này đã có việc đó rồi; hãy mở phiếu của cơ quan để giao người.";
	if (*ret_piece_id == 0)
		return true;
	piece.piece_id = *ret_piece_id;
	piece.due = due;
	open.entry_no = 1;
	open.name = scope->actor.name;
	return count_given(scope, added, error) &&
	       work_refresh_tasks(scope, added->plan_id, added->task_no, added->task_no, error) &&
	       work_tell(scope, NULL, &piece, &open, NULL, error) && db_txn_commit(txn, error);
}

bool
work_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_LIST_AGENCIES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_AGENCIES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		WorkAgency *agency = arena_new0(scope->arena, WorkAgency);

		agency->agency_id = db_column_int(stmt, WORK_LIST_AGENCIES_C_AGENCY_ID);
		agency->name = arena_strdup(scope->arena, db_column_text(stmt, WORK_LIST_AGENCIES_C_NAME));
		g_ptr_array_add(ret_agencies, agency);
	}
	return !has_row;
}
