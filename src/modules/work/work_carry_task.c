/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"

#define OPEN_TASKS_AT_ONCE 1000 /* of which pieces are made between two looks at what is left */

/* One piece of the task that is left behind. */
typedef struct Standing {
	int64_t piece_id, agency_id, part_no, period_end, version;
	AgencyRole role;
	PlanDeadlineKind deadline_kind;
	PlanPeriod period;
	WorkState state;
	bool has_part;
} Standing;

/* The task that pieces are carried to. */
typedef struct Target {
	const WorkScope *scope;
	const WorkCarryReason *reason;
	WorkCarryTally *tally;
	int64_t plan_id, task_no;
	Task task;
	int32_t due;         /* as work counts it; DATE_NONE */
	GPtrArray *agencies; /* of TaskAgency * */
	GArray *standing;    /* of Standing */
} Target;

bool
work_open_all(const WorkScope *scope, GError **error)
{
	bool is_done = false;
	int n;

	while (!is_done)
		if (!work_run(scope, OPEN_TASKS_AT_ONCE, &n, &is_done, error))
			return false;
	return true;
}

static bool
list_standing(const WorkScope *scope, int64_t plan_id, int64_t task_no, GArray *ret_standing, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_PIECES_AT, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PIECES_AT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_PIECES_AT_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_PIECES_AT_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		const Standing row = {.piece_id = db_column_int(stmt, WORK_PIECES_AT_C_PIECE_ID),
		    .agency_id = db_column_int(stmt, WORK_PIECES_AT_C_AGENCY_ID),
		    .part_no = db_column_int(stmt, WORK_PIECES_AT_C_PART_NO),
		    .period_end = db_column_int(stmt, WORK_PIECES_AT_C_PERIOD_END),
		    .version = db_column_int(stmt, WORK_PIECES_AT_C_VERSION),
		    .role = (AgencyRole)db_column_int(stmt, WORK_PIECES_AT_C_ROLE),
		    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_PIECES_AT_C_DEADLINE_KIND),
		    .period = (PlanPeriod)db_column_int(stmt, WORK_PIECES_AT_C_PERIOD),
		    .state = (WorkState)db_column_int(stmt, WORK_PIECES_AT_C_STATE),
		    .has_part = !db_column_is_null(stmt, WORK_PIECES_AT_C_PART)};

		g_array_append_val(ret_standing, row);
	}
	return !has_row;
}

static bool
is_periodic(PlanDeadlineKind kind)
{
	return kind == PLAN_DEADLINE_RECURRING || kind == PLAN_DEADLINE_CONTINUOUS;
}

static bool
is_ended(WorkState state)
{
	return state == WORK_DONE || state == WORK_CANCELLED;
}

/* Leaves out "các cơ quan, đơn vị": nobody in particular has work. */
static bool
keep_particular(const WorkScope *scope, GPtrArray *agencies, GError **error)
{
	for (guint i = agencies->len; i > 0; i--) {
		const TaskAgency *agency = g_ptr_array_index(agencies, i - 1);
		g_autoptr(DbStmt) stmt = NULL;
		bool has_row;

		if (!db_prepare(scope->db, &WORK_FIND_AGENCY, &stmt, error))
			return false;
		db_bind_int(stmt, WORK_FIND_AGENCY_P_COMMUNE_ID, scope->commune_id);
		db_bind_int(stmt, WORK_FIND_AGENCY_P_AGENCY_ID, agency->agency_id);
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row || db_column_int(stmt, WORK_FIND_AGENCY_C_IS_GENERIC) != 0)
			g_ptr_array_remove_index(agencies, i - 1);
	}
	return true;
}

/* True where the new task names an agency in a role. */
static bool
is_named(const Target *target, AgencyRole role, int64_t agency_id)
{
	for (guint i = 0; i < target->agencies->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(target->agencies, i);

		if (agency->role == role && agency->agency_id == agency_id)
			return true;
	}
	return false;
}

static bool
has_work(const Target *target, AgencyRole role, int64_t agency_id)
{
	for (guint i = 0; i < target->standing->len; i++) {
		const Standing *row = &g_array_index(target->standing, Standing, i);

		if (row->role == role && row->agency_id == agency_id)
			return true;
	}
	return false;
}

/* Who leads now in the place of an agency that leads no more: the new lead, where it is just one. 0: nobody
 * in particular. */
static int64_t
find_heir(const Target *target)
{
	int64_t heir = 0;

	for (guint i = 0; i < target->agencies->len; i++) {
		const TaskAgency *agency = g_ptr_array_index(target->agencies, i);

		if (agency->role != AGENCY_ROLE_LEAD || has_work(target, AGENCY_ROLE_LEAD, agency->agency_id))
			continue;
		if (heir != 0)
			return 0;
		heir = agency->agency_id;
	}
	return heir;
}

static bool
find_in_place(const Target *target, const WorkPlace *place, const Standing *row, int64_t *ret_piece_id,
    int64_t *ret_version, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(target->scope->db, &WORK_PIECE_IN_PLACE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_COMMUNE_ID, target->scope->commune_id);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_PLAN_ID, place->plan_id);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_TASK_NO, place->task_no);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_AGENCY_ID, place->agency_id);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_ROLE, row->role);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_PART_NO, place->part_no);
	db_bind_int(stmt, WORK_PIECE_IN_PLACE_P_PERIOD_END, row->period_end);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_piece_id = has_row ? db_column_int(stmt, WORK_PIECE_IN_PLACE_C_PIECE_ID) : 0;
	*ret_version = has_row ? db_column_int(stmt, WORK_PIECE_IN_PLACE_C_VERSION) : 0;
	return true;
}

static bool
next_part(const Target *target, const WorkPlace *place, AgencyRole role, int64_t *ret_part_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(target->scope->db, &WORK_NEXT_PART, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_NEXT_PART_P_COMMUNE_ID, target->scope->commune_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_PLAN_ID, place->plan_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_TASK_NO, place->task_no);
	db_bind_int(stmt, WORK_NEXT_PART_P_AGENCY_ID, place->agency_id);
	db_bind_int(stmt, WORK_NEXT_PART_P_ROLE, role);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_part_no = has_row ? db_column_int(stmt, WORK_NEXT_PART_C_PART_NO) : 1;
	return true;
}

static WorkEntry
entry_for(const Target *target, WorkEntryKind kind, const WorkCarry *carry)
{
	WorkEntry entry = work_entry(kind);

	entry.reason = target->reason->text;
	entry.doc_number = target->reason->doc_number;
	entry.day = target->reason->day;
	entry.carry = carry;
	return entry;
}

/* The new plan's work may have begun before it was said to replace the other. A piece nobody has touched
 * gives way; beside one with work of its own the carried piece becomes a further part. */
static bool
make_room(const Target *target, const Standing *row, WorkPlace *place, GError **error)
{
	int64_t other_id, version, part_no;
	WorkPiece other;
	WorkCarry aside;
	WorkEntry entry;

	if (!find_in_place(target, place, row, &other_id, &version, error))
		return false;
	if (other_id == 0 || other_id == row->piece_id)
		return true;
	if (!next_part(target, place, row->role, &part_no, error))
		return false;
	if (version > 1) {
		place->part_no = part_no;
		return true;
	}
	if (!work_find(target->scope, other_id, &other, error))
		return false;
	aside = (WorkCarry){.from = work_place_of(&other),
	    .to = work_place_of(&other),
	    .old_original_due = other.original_due,
	    .old_due = other.due};
	aside.to.part_no = part_no;
	entry = entry_for(target, WORK_CLOSE, &aside);
	entry.state = WORK_CANCELLED;
	entry.reason = arena_printf(target->scope->arena,
	    "Phần việc số %" G_GINT64_FORMAT " của kế hoạch trước được chuyển tiếp vào chỗ này.",
	    row->piece_id);
	return work_append(target->scope, other_id, &entry, &other, error);
}

/* The due day of a piece under the new plan; *ret_clears: it has none any more. */
static int32_t
due_for(const Target *target, const WorkPiece *piece, bool *ret_clears)
{
	*ret_clears = false;
	if (is_ended(piece->state) || piece->part_no != 0 || piece->period_end != DATE_NONE)
		return DATE_NONE;
	if (target->task.deadline.kind == PLAN_DEADLINE_CONDITIONAL && piece->event_day != DATE_NONE)
		return DATE_NONE;
	if (target->due == DATE_NONE) {
		*ret_clears = piece->due != DATE_NONE;
		return DATE_NONE;
	}
	return target->due != piece->original_due ? target->due : DATE_NONE;
}

/* True where the rhythm is another, so that what is open of the old one cannot go on. */
static bool
has_other_rhythm(const Target *target, const Standing *row)
{
	bool was_periodic = row->period_end > 0, is_now = is_periodic(target->task.deadline.kind);

	if (was_periodic != is_now)
		return true;
	return is_now && target->task.deadline.kind == PLAN_DEADLINE_RECURRING &&
	       target->task.deadline.period != PLAN_PERIOD_NONE &&
	       target->task.deadline.period != row->period;
}

static bool
carry_piece(const Target *target, const Standing *row, int64_t heir, GError **error)
{
	bool is_lead = row->role == AGENCY_ROLE_LEAD && !row->has_part;
	bool is_kept = !is_lead || is_named(target, row->role, row->agency_id);
	bool closes = !is_ended(row->state) &&
		      ((!is_kept && heir == 0) || (!row->has_part && has_other_rhythm(target, row)));
	WorkCarry carry;
	WorkPiece piece;
	WorkEntry entry;

	if (!work_find(target->scope, row->piece_id, &piece, error))
		return false;
	carry = (WorkCarry){.from = work_place_of(&piece),
	    .to = {.plan_id = target->plan_id,
		.task_no = target->task_no,
		.agency_id = is_kept || is_ended(row->state) || heir == 0 ? row->agency_id : heir,
		.part_no = row->part_no,
		.deadline_kind = row->has_part || closes ? row->deadline_kind : target->task.deadline.kind,
		.needs_document =
		    row->has_part ? piece.needs_document : work_output_is_document(target->task.output)},
	    .old_original_due = piece.original_due,
	    .old_due = piece.due};
	if (!make_room(target, row, &carry.to, error))
		return false;
	entry = entry_for(target, WORK_CARRY, &carry);
	if (closes)
		entry.state = WORK_CANCELLED;
	else
		entry.due = due_for(target, &piece, &carry.clears_due);
	target->tally->n_carried++;
	target->tally->n_closed += closes;
	target->tally->n_due_changed += entry.due != DATE_NONE || carry.clears_due;
	target->tally->n_handed_on += carry.to.agency_id != carry.from.agency_id;
	return work_append(target->scope, row->piece_id, &entry, &piece, error);
}

static bool
has_lead(const Target *target)
{
	for (guint i = 0; i < target->agencies->len; i++)
		if (((const TaskAgency *)g_ptr_array_index(target->agencies, i))->role == AGENCY_ROLE_LEAD)
			return true;
	return false;
}

/* Where the new plan names nobody in particular either, whoever was given the task by hand still has it. */
static bool
keep_given(Target *target, GError **error)
{
	const WorkScope *scope = target->scope;
	PlanScope plan = {scope->db, scope->commune_id, target->plan_id};
	AgencyBook book;

	if (has_lead(target))
		return true;
	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	for (guint i = 0; i < target->standing->len; i++) {
		const Standing *row = &g_array_index(target->standing, Standing, i);
		TaskAgency *given = arena_new0(scope->arena, TaskAgency);

		if (row->role != AGENCY_ROLE_LEAD || row->has_part || row->state == WORK_CANCELLED ||
		    is_named(target, row->role, row->agency_id))
			continue;
		*given = (TaskAgency){.role = row->role, .agency_id = row->agency_id};
		if (!task_give(&plan, target->task_no, row->role, row->agency_id,
			agency_name_at(&book, row->agency_id, scope->today), error))
			return false;
		g_ptr_array_add(target->agencies, given);
	}
	return true;
}

bool
work_carry_task(const WorkScope *scope, int64_t from_plan_id, int64_t from_task_no, int64_t to_plan_id,
    int64_t to_task_no, const WorkCarryReason *reason, WorkCarryTally *tally, GError **error)
{
	g_autoptr(GArray) standing = g_array_new(FALSE, FALSE, sizeof(Standing));
	g_autoptr(GPtrArray) agencies = g_ptr_array_new();
	PlanScope plan = {scope->db, scope->commune_id, to_plan_id};
	Target target = {.scope = scope,
	    .reason = reason,
	    .tally = tally,
	    .plan_id = to_plan_id,
	    .task_no = to_task_no,
	    .agencies = agencies,
	    .standing = standing};
	int64_t heir;

	if (!task_load(&plan, to_task_no, scope->arena, &target.task, error) ||
	    !task_list_agencies(&plan, to_task_no, scope->arena, agencies, error) ||
	    !keep_particular(scope, agencies, error) ||
	    !list_standing(scope, from_plan_id, from_task_no, standing, error) || !keep_given(&target, error))
		return false;
	target.due = target.task.deadline.due;
	heir = find_heir(&target);
	for (guint i = 0; i < standing->len; i++)
		if (!carry_piece(&target, &g_array_index(standing, Standing, i), heir, error))
			return false;
	return true;
}

/* Adds the same kind of entry to what is open of a task. */
static bool
stay(const Target *target, WorkEntryKind kind, int state, GError **error)
{
	for (guint i = 0; i < target->standing->len; i++) {
		const Standing *row = &g_array_index(target->standing, Standing, i);
		WorkCarry carry;
		WorkPiece piece;
		WorkEntry entry;

		if (is_ended(row->state) ||
		    (kind == WORK_ADJUST && (row->part_no != 0 || row->period_end > 0)))
			continue;
		if (!work_find(target->scope, row->piece_id, &piece, error))
			return false;
		carry = (WorkCarry){.from = work_place_of(&piece),
		    .to = work_place_of(&piece),
		    .old_original_due = piece.original_due,
		    .old_due = piece.due};
		entry = entry_for(target, kind, &carry);
		entry.state = state;
		entry.due = target->due;
		target->tally->n_closed += kind == WORK_CLOSE;
		target->tally->n_due_changed += kind == WORK_ADJUST;
		if (!work_append(target->scope, row->piece_id, &entry, &piece, error))
			return false;
	}
	return true;
}

bool
work_close_task(const WorkScope *scope, int64_t plan_id, int64_t task_no, const WorkCarryReason *reason,
    WorkCarryTally *tally, GError **error)
{
	g_autoptr(GArray) standing = g_array_new(FALSE, FALSE, sizeof(Standing));
	const Target target = {
	    .scope = scope, .reason = reason, .tally = tally, .due = DATE_NONE, .standing = standing};

	return list_standing(scope, plan_id, task_no, standing, error) &&
	       stay(&target, WORK_CLOSE, WORK_CANCELLED, error);
}

bool
work_adjust_due(const WorkScope *scope, int64_t plan_id, int64_t task_no, int32_t due,
    const WorkCarryReason *reason, WorkCarryTally *tally, GError **error)
{
	g_autoptr(GArray) standing = g_array_new(FALSE, FALSE, sizeof(Standing));
	const Target target = {
	    .scope = scope, .reason = reason, .tally = tally, .due = due, .standing = standing};

	return list_standing(scope, plan_id, task_no, standing, error) &&
	       stay(&target, WORK_ADJUST, -1, error);
}

bool
work_carried_away(
    const WorkScope *scope, int64_t plan_id, int64_t task_no, GPtrArray *ret_rows, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_CARRIED_AWAY, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_CARRIED_AWAY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_CARRIED_AWAY_P_PLAN_ID, plan_id);
	db_bind_int(stmt, WORK_CARRIED_AWAY_P_TASK_NO, task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t piece_id = db_column_int(stmt, WORK_CARRIED_AWAY_C_PIECE_ID);

		if (work_may_read(scope, db_column_int(stmt, WORK_CARRIED_AWAY_C_TO_PLAN_ID)))
			g_array_append_val(ids, piece_id);
	}
	if (has_row)
		return false;
	for (guint i = 0; i < ids->len; i++) {
		WorkRow *row = arena_new0(scope->arena, WorkRow);

		if (!work_find_row(scope, g_array_index(ids, int64_t, i), row, error))
			return false;
		g_ptr_array_add(ret_rows, row);
	}
	return true;
}
