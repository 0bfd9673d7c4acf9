/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_rows.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

/* A piece that somebody gives by hand. */

/* What the first piece of a task that is given by hand is made of. */
static bool
describe_new(const WorkScope *scope, const WorkNew *added, WorkPiece *piece, int32_t *ret_due, GError **error)
{
	PlanScope plan = {scope->db, scope->commune_id, added->plan_id};
	WorkSettings settings;
	Task task;

	if (!work_settings(scope, &settings, error) ||
	    !task_load(&plan, added->task_no, scope->arena, &task, error))
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
	if (work_is_periodic(piece->deadline_kind) && added->part == NULL) {
		piece->period = work_period_of(&settings, task.deadline.kind, task.deadline.period);
		piece->period_end = *ret_due = work_period_end(piece->period, scope->today);
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
	g_autoptr(DbTxn) txn = NULL;
	WorkEntry open = work_entry(WORK_OPEN);
	bool is_there;
	WorkPiece piece;
	int32_t due;

	*ret_piece_id = 0;
	*ret_problem = NULL;
	if (!db_txn_begin(scope->db, &txn, error) || !describe_new(scope, added, &piece, &due, error) ||
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
