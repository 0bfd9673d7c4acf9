/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_store.h"

#include "base/app-error.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_internal.h"
#include "storage/db_day.h"

#define KEY_NO_DATE 3000000 /* above every day number */

G_STATIC_ASSERT((int)WORK_FIND_PIECE_C_VERSION == (int)WORK_LIST_STAGE_C_VERSION);
G_STATIC_ASSERT((int)WORK_FIND_PIECE_C_VERSION == (int)WORK_ALL_PIECES_C_VERSION);
G_STATIC_ASSERT((int)WORK_LIST_ENTRIES_C_DOC_NUMBER == (int)WORK_ALL_ENTRIES_C_DOC_NUMBER);

WorkStage
work_stage(WorkState state)
{
	switch (state) {
	case WORK_NOT_STARTED:
	case WORK_DOING:
		return WORK_STAGE_OPEN;
	case WORK_WAITING:
		return WORK_STAGE_WAITING;
	case WORK_DONE:
	case WORK_PAUSED:
	case WORK_CANCELLED:
	case WORK_STATE_MAX:
		break;
	}
	return WORK_STAGE_CLOSED;
}

int64_t
work_due_key(const WorkPiece *piece)
{
	return piece->due != DATE_NONE ? piece->due : KEY_NO_DATE;
}

static void
read_folded(const WorkScope *scope, const DbStmt *stmt, WorkPiece *piece)
{
	piece->state =
	    (WorkState)CLAMP(db_column_int(stmt, WORK_FIND_PIECE_C_STATE), WORK_NOT_STARTED, WORK_CANCELLED);
	piece->percent = (int)db_column_int(stmt, WORK_FIND_PIECE_C_PERCENT);
	piece->person_id = db_column_int(stmt, WORK_FIND_PIECE_C_PERSON_ID);
	piece->is_taken = db_column_int(stmt, WORK_FIND_PIECE_C_IS_TAKEN) != 0;
	piece->is_returned = db_column_int(stmt, WORK_FIND_PIECE_C_IS_RETURNED) != 0;
	piece->original_due = db_column_day(stmt, WORK_FIND_PIECE_C_ORIGINAL_DUE);
	piece->due = db_column_day(stmt, WORK_FIND_PIECE_C_DUE);
	piece->submitted_day = db_column_day(stmt, WORK_FIND_PIECE_C_SUBMITTED_DAY);
	piece->submitter_id = db_column_int(stmt, WORK_FIND_PIECE_C_SUBMITTER_ID);
	piece->accepted_day = db_column_day(stmt, WORK_FIND_PIECE_C_ACCEPTED_DAY);
	piece->updated_month = db_column_day(stmt, WORK_FIND_PIECE_C_UPDATED_MONTH);
	piece->event_day = db_column_day(stmt, WORK_FIND_PIECE_C_EVENT_DAY);
	piece->has_product = db_column_int(stmt, WORK_FIND_PIECE_C_HAS_PRODUCT) != 0;
	piece->has_reason = db_column_int(stmt, WORK_FIND_PIECE_C_HAS_REASON) != 0;
	piece->doc_number = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PIECE_C_DOC_NUMBER));
	piece->doc_day = db_column_day(stmt, WORK_FIND_PIECE_C_DOC_DAY);
	piece->pending_no = db_column_int(stmt, WORK_FIND_PIECE_C_PENDING_NO);
	piece->pending_kind = (WorkEntryKind)db_column_int(stmt, WORK_FIND_PIECE_C_PENDING_KIND);
	piece->n_extensions = (int)db_column_int(stmt, WORK_FIND_PIECE_C_N_EXTENSIONS);
	piece->last_us = db_column_int(stmt, WORK_FIND_PIECE_C_LAST_US);
	piece->version = db_column_int(stmt, WORK_FIND_PIECE_C_VERSION);
}

void
work_read_piece(const WorkScope *scope, const DbStmt *stmt, WorkPiece *ret_piece)
{
	int64_t period_end = db_column_int(stmt, WORK_FIND_PIECE_C_PERIOD_END);

	*ret_piece = (WorkPiece){
	    .piece_id = db_column_int(stmt, WORK_FIND_PIECE_C_PIECE_ID),
	    .plan_id = db_column_int(stmt, WORK_FIND_PIECE_C_PLAN_ID),
	    .task_no = db_column_int(stmt, WORK_FIND_PIECE_C_TASK_NO),
	    .agency_id = db_column_int(stmt, WORK_FIND_PIECE_C_AGENCY_ID),
	    .role = (AgencyRole)db_column_int(stmt, WORK_FIND_PIECE_C_ROLE),
	    .part_no = db_column_int(stmt, WORK_FIND_PIECE_C_PART_NO),
	    .part = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PIECE_C_PART)),
	    .deadline_kind = (PlanDeadlineKind)db_column_int(stmt, WORK_FIND_PIECE_C_DEADLINE_KIND),
	    .period = (PlanPeriod)db_column_int(stmt, WORK_FIND_PIECE_C_PERIOD),
	    .period_end = period_end > 0 ? (int32_t)period_end : DATE_NONE,
	    .needs_document = db_column_int(stmt, WORK_FIND_PIECE_C_NEEDS_DOCUMENT) != 0,
	};
	read_folded(scope, stmt, ret_piece);
}

bool
work_find(const WorkScope *scope, int64_t piece_id, WorkPiece *ret_piece, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_FIND_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_FIND_PIECE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_FIND_PIECE_P_PIECE_ID, piece_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		work_read_piece(scope, stmt, ret_piece);
	if (has_row && work_may_read(scope, ret_piece->plan_id))
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có phần việc số %" G_GINT64_FORMAT, piece_id);
	return false;
}

WorkEntry *
work_read_entry(const WorkScope *scope, const DbStmt *stmt)
{
	WorkEntry *entry = arena_new0(scope->arena, WorkEntry);
	Arena *arena = scope->arena;

	*entry = (WorkEntry){
	    .entry_no = db_column_int(stmt, WORK_LIST_ENTRIES_C_ENTRY_NO),
	    .kind = (WorkEntryKind)CLAMP(
		db_column_int(stmt, WORK_LIST_ENTRIES_C_KIND), WORK_OPEN, WORK_ENTRY_MAX - 1),
	    .at_us = db_column_int(stmt, WORK_LIST_ENTRIES_C_AT_US),
	    .person_id = db_column_int(stmt, WORK_LIST_ENTRIES_C_PERSON_ID),
	    .name = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_NAME)),
	    .state = (int)CLAMP(db_column_int(stmt, WORK_LIST_ENTRIES_C_STATE), -1, WORK_CANCELLED),
	    .percent = (int)db_column_int(stmt, WORK_LIST_ENTRIES_C_PERCENT),
	    .month = db_column_day(stmt, WORK_LIST_ENTRIES_C_MONTH),
	    .due = db_column_day(stmt, WORK_LIST_ENTRIES_C_DUE),
	    .day = db_column_day(stmt, WORK_LIST_ENTRIES_C_DAY),
	    .ref_no = db_column_int(stmt, WORK_LIST_ENTRIES_C_REF_NO),
	    .for_person = db_column_int(stmt, WORK_LIST_ENTRIES_C_FOR_PERSON),
	    .is_idle = db_column_int(stmt, WORK_LIST_ENTRIES_C_IS_IDLE) != 0,
	    .is_granted = db_column_int(stmt, WORK_LIST_ENTRIES_C_IS_GRANTED) != 0,
	    .done = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_DONE)),
	    .difficulties = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_DIFFICULTIES)),
	    .proposals = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_PROPOSALS)),
	    .product = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_PRODUCT)),
	    .reason = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_REASON)),
	    .doc_number = arena_strdup(arena, db_column_text(stmt, WORK_LIST_ENTRIES_C_DOC_NUMBER)),
	};
	return entry;
}

bool
work_entries(const WorkScope *scope, int64_t piece_id, GPtrArray *ret_entries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &WORK_LIST_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LIST_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_LIST_ENTRIES_P_PIECE_ID, piece_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(ret_entries, work_read_entry(scope, stmt));
	return !has_row && work_carry_read(scope, piece_id, ret_entries, error);
}

/* The statements that write a piece name what follows from entries in the same order. */
G_STATIC_ASSERT(WORK_INSERT_PIECE_P_VERSION - WORK_INSERT_PIECE_P_STATE ==
		WORK_UPDATE_PIECE_P_VERSION - WORK_UPDATE_PIECE_P_STATE);

static void
bind_folded(DbStmt *stmt, int first, const WorkPiece *piece)
{
	int to = first - WORK_UPDATE_PIECE_P_STATE;

	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_STATE, piece->state);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_STAGE, work_stage(piece->state));
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PERCENT, piece->percent);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PERSON_ID, piece->person_id);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_IS_TAKEN, piece->is_taken);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_IS_RETURNED, piece->is_returned);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_ORIGINAL_DUE, piece->original_due);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_DUE, piece->due);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_DUE_KEY, work_due_key(piece));
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_SUBMITTED_DAY, piece->submitted_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_SUBMITTER_ID, piece->submitter_id);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_ACCEPTED_DAY, piece->accepted_day);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_UPDATED_MONTH, piece->updated_month);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_EVENT_DAY, piece->event_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_HAS_PRODUCT, piece->has_product);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_HAS_REASON, piece->has_reason);
	db_bind_text(stmt, to + WORK_UPDATE_PIECE_P_DOC_NUMBER, piece->doc_number);
	db_bind_day(stmt, to + WORK_UPDATE_PIECE_P_DOC_DAY, piece->doc_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PENDING_NO, piece->pending_no);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PENDING_KIND, piece->pending_kind);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_N_EXTENSIONS, piece->n_extensions);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_LAST_US, piece->last_us);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_VERSION, piece->version);
}

bool
work_insert_entry(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_INSERT_ENTRY, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_PIECE_ID, piece_id);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_ENTRY_NO, entry->entry_no);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_KIND, entry->kind);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_AT_US, entry->at_us);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_PERSON_ID, entry->person_id);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_NAME, entry->name);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_STATE, entry->state);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_PERCENT, entry->percent);
	db_bind_day(stmt, WORK_INSERT_ENTRY_P_MONTH, entry->month);
	db_bind_day(stmt, WORK_INSERT_ENTRY_P_DUE, entry->due);
	db_bind_day(stmt, WORK_INSERT_ENTRY_P_DAY, entry->day);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_REF_NO, entry->ref_no);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_FOR_PERSON, entry->for_person);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_IS_IDLE, entry->is_idle);
	db_bind_int(stmt, WORK_INSERT_ENTRY_P_IS_GRANTED, entry->is_granted);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_DONE, entry->done);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_DIFFICULTIES, entry->difficulties);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_PROPOSALS, entry->proposals);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_PRODUCT, entry->product);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_REASON, entry->reason);
	db_bind_text(stmt, WORK_INSERT_ENTRY_P_DOC_NUMBER, entry->doc_number);
	return db_run_later(stmt, error) && work_carry_insert(scope, piece_id, entry, error);
}

G_STATIC_ASSERT((int)WORK_INSERT_PIECE_P_VERSION == (int)WORK_ADD_PIECE_P_VERSION);
G_STATIC_ASSERT((int)WORK_INSERT_PIECE_P_PLAN_ID == (int)WORK_ADD_PIECE_P_PLAN_ID);

static void
bind_piece(DbStmt *stmt, const WorkPiece *piece)
{
	db_bind_int(stmt, WORK_INSERT_PIECE_P_PLAN_ID, piece->plan_id);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_TASK_NO, piece->task_no);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_AGENCY_ID, piece->agency_id);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_ROLE, piece->role);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_PART_NO, piece->part_no);
	db_bind_text(stmt, WORK_INSERT_PIECE_P_PART, piece->part);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_DEADLINE_KIND, piece->deadline_kind);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_PERIOD, piece->period);
	db_bind_int(stmt, WORK_INSERT_PIECE_P_PERIOD_END, MAX(piece->period_end, 0));
	db_bind_int(stmt, WORK_INSERT_PIECE_P_NEEDS_DOCUMENT, piece->needs_document);
	bind_folded(stmt, WORK_INSERT_PIECE_P_STATE, piece);
}

bool
work_insert_piece(const WorkScope *scope, const WorkPiece *piece, int64_t *ret_piece_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_INSERT_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_INSERT_PIECE_P_COMMUNE_ID, scope->commune_id);
	bind_piece(stmt, piece);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_piece_id = has_row ? db_column_int(stmt, WORK_INSERT_PIECE_C_PIECE_ID) : 0;
	return true;
}

bool
work_add_piece(const WorkScope *scope, const WorkPiece *piece, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_ADD_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_ADD_PIECE_P_COMMUNE_ID, scope->commune_id);
	bind_piece(stmt, piece);
	db_bind_int(stmt, WORK_ADD_PIECE_P_PIECE_ID, piece->piece_id);
	return db_run_later(stmt, error);
}

bool
work_last_piece(const WorkScope *scope, int64_t *ret_piece_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_LAST_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_LAST_PIECE_P_COMMUNE_ID, scope->commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_piece_id = db_column_int(stmt, WORK_LAST_PIECE_C_PIECE_ID);
	return true;
}

bool
work_update_piece(const WorkScope *scope, const WorkPiece *piece, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_UPDATE_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_UPDATE_PIECE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_UPDATE_PIECE_P_PIECE_ID, piece->piece_id);
	bind_folded(stmt, WORK_UPDATE_PIECE_P_STATE, piece);
	return db_run_later(stmt, error);
}

bool
work_open_inserted(const WorkScope *scope, int64_t first_piece, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_OPEN_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_OPEN_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_OPEN_ENTRIES_P_FIRST, first_piece);
	db_bind_int(stmt, WORK_OPEN_ENTRIES_P_KIND, WORK_OPEN);
	db_bind_int(stmt, WORK_OPEN_ENTRIES_P_AT_US, scope->now_us);
	db_bind_int(stmt, WORK_OPEN_ENTRIES_P_PERSON_ID, scope->actor.person_id);
	db_bind_text(stmt, WORK_OPEN_ENTRIES_P_NAME, scope->actor.name);
	return db_run_later(stmt, error);
}
