/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_carry.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_note.h"
#include "modules/work/work_tell.h"
#include "storage/txn.h"

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

static int32_t
column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
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
	piece->original_due = column_day(stmt, WORK_FIND_PIECE_C_ORIGINAL_DUE);
	piece->due = column_day(stmt, WORK_FIND_PIECE_C_DUE);
	piece->submitted_day = column_day(stmt, WORK_FIND_PIECE_C_SUBMITTED_DAY);
	piece->submitter_id = db_column_int(stmt, WORK_FIND_PIECE_C_SUBMITTER_ID);
	piece->accepted_day = column_day(stmt, WORK_FIND_PIECE_C_ACCEPTED_DAY);
	piece->updated_month = column_day(stmt, WORK_FIND_PIECE_C_UPDATED_MONTH);
	piece->event_day = column_day(stmt, WORK_FIND_PIECE_C_EVENT_DAY);
	piece->has_product = db_column_int(stmt, WORK_FIND_PIECE_C_HAS_PRODUCT) != 0;
	piece->has_reason = db_column_int(stmt, WORK_FIND_PIECE_C_HAS_REASON) != 0;
	piece->doc_number = arena_strdup(scope->arena, db_column_text(stmt, WORK_FIND_PIECE_C_DOC_NUMBER));
	piece->doc_day = column_day(stmt, WORK_FIND_PIECE_C_DOC_DAY);
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
	    .month = column_day(stmt, WORK_LIST_ENTRIES_C_MONTH),
	    .due = column_day(stmt, WORK_LIST_ENTRIES_C_DUE),
	    .day = column_day(stmt, WORK_LIST_ENTRIES_C_DAY),
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

static void
bind_day(DbStmt *stmt, int param, int32_t day)
{
	if (day != DATE_NONE)
		db_bind_int(stmt, param, day);
	else
		db_bind_null(stmt, param);
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
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_ORIGINAL_DUE, piece->original_due);
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_DUE, piece->due);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_DUE_KEY, work_due_key(piece));
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_SUBMITTED_DAY, piece->submitted_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_SUBMITTER_ID, piece->submitter_id);
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_ACCEPTED_DAY, piece->accepted_day);
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_UPDATED_MONTH, piece->updated_month);
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_EVENT_DAY, piece->event_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_HAS_PRODUCT, piece->has_product);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_HAS_REASON, piece->has_reason);
	db_bind_text(stmt, to + WORK_UPDATE_PIECE_P_DOC_NUMBER, piece->doc_number);
	bind_day(stmt, to + WORK_UPDATE_PIECE_P_DOC_DAY, piece->doc_day);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PENDING_NO, piece->pending_no);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_PENDING_KIND, piece->pending_kind);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_N_EXTENSIONS, piece->n_extensions);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_LAST_US, piece->last_us);
	db_bind_int(stmt, to + WORK_UPDATE_PIECE_P_VERSION, piece->version);
}

static bool
insert_entry(const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, GError **error)
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
	bind_day(stmt, WORK_INSERT_ENTRY_P_MONTH, entry->month);
	bind_day(stmt, WORK_INSERT_ENTRY_P_DUE, entry->due);
	bind_day(stmt, WORK_INSERT_ENTRY_P_DAY, entry->day);
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

static bool
insert_piece(const WorkScope *scope, const WorkPiece *piece, int64_t *ret_piece_id, GError **error)
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

static bool
add_piece(const WorkScope *scope, const WorkPiece *piece, GError **error)
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

static bool
update_piece(const WorkScope *scope, const WorkPiece *piece, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &WORK_UPDATE_PIECE, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_UPDATE_PIECE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_UPDATE_PIECE_P_PIECE_ID, piece->piece_id);
	bind_folded(stmt, WORK_UPDATE_PIECE_P_STATE, piece);
	return db_run_later(stmt, error);
}

/* Who writes it, and when. */
static WorkEntry
sign(const WorkScope *scope, const WorkEntry *entry, int64_t entry_no)
{
	WorkEntry signed_entry = *entry;

	signed_entry.entry_no = entry_no;
	signed_entry.at_us = scope->now_us;
	signed_entry.person_id = scope->actor.person_id;
	signed_entry.name = scope->actor.name;
	return signed_entry;
}

bool
work_insert(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, int64_t *ret_piece_id,
    GError **error)
{
	WorkEntry entry = sign(scope, open, 1);
	const WorkEntry *entries[] = {&entry};
	WorkPiece made = *piece;

	work_replay(&made, entries, 1);
	if (!insert_piece(scope, &made, &made.piece_id, error))
		return false;
	*ret_piece_id = made.piece_id;
	return made.piece_id == 0 || (insert_entry(scope, made.piece_id, &entry, error) &&
					 work_note(scope, NULL, &made, &entry, error));
}

bool
work_insert_as(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *open, GError **error)
{
	WorkEntry entry = sign(scope, open, 1);
	const WorkEntry *entries[] = {&entry};
	WorkPiece made = *piece;

	work_replay(&made, entries, 1);
	return add_piece(scope, &made, error) && work_note(scope, NULL, &made, &entry, error);
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

static const WorkEntry *
find_entry(const GPtrArray *entries, int64_t entry_no)
{
	for (guint i = 0; i < entries->len; i++)
		if (((const WorkEntry *)g_ptr_array_index(entries, i))->entry_no == entry_no)
			return g_ptr_array_index(entries, i);
	return NULL;
}

/* Everything that decides whether the entry may be added. */
static bool
judge(const WorkScope *scope, const WorkPiece *piece, const GPtrArray *entries, const WorkEntry *entry,
    const char **ret_problem, GError **error)
{
	WorkAttempt attempt = {.piece = piece, .entry = entry, .ref = find_entry(entries, entry->ref_no)};
	g_auto(WorkNeeds) needs = {0};
	WorkSettings settings;

	if (!work_settings(scope, &settings, error) || !work_rights(scope, piece, &attempt.rights, error) ||
	    (entry->month != DATE_NONE && !work_lock(scope, entry->month, &attempt.lock, error)))
		return false;
	if (entry->kind == WORK_SUBMIT || entry->kind == WORK_ACCEPT) {
		if (!work_needs(scope, piece, &needs, error))
			return false;
		attempt.needs = &needs;
	}
	if (entry->kind == WORK_ACCEPT && attempt.rights.accept.is_allowed)
		attempt.damaged = work_damaged(scope, &needs);
	*ret_problem = work_forbid(scope, &settings, &attempt);
	return true;
}

/* What a unit reports makes the figures of its plan newer. */
static bool
note_news(const WorkScope *scope, const WorkPiece *piece, const WorkEntry *entry, GError **error)
{
	const PlanScope plan = {scope->db, scope->commune_id, piece->plan_id};

	return (entry->kind != WORK_UPDATE && entry->kind != WORK_SUBMIT) ||
	       task_set_news(&plan, entry->at_us, piece->agency_id, error);
}

/* The task that the piece was of, and the one that it has gone to. */
static bool
refresh_tasks(const WorkScope *scope, const WorkPiece *before, const WorkPiece *after, GError **error)
{
	bool has_moved = before->plan_id != after->plan_id || before->task_no != after->task_no;

	return work_refresh_tasks(scope, before->plan_id, before->task_no, before->task_no, error) &&
	       (!has_moved ||
		   work_refresh_tasks(scope, after->plan_id, after->task_no, after->task_no, error));
}

static bool
append(const WorkScope *scope, const WorkPiece *before, GPtrArray *entries, const WorkEntry *entry,
    WorkOutcome *outcome, GError **error)
{
	WorkEntry added = sign(scope, entry, before->version + 1);

	g_ptr_array_add(entries, &added);
	outcome->piece = *before;
	work_replay(&outcome->piece, (const WorkEntry *const *)entries->pdata, entries->len);
	outcome->entry_no = added.entry_no;
	return insert_entry(scope, before->piece_id, &added, error) &&
	       update_piece(scope, &outcome->piece, error) &&
	       refresh_tasks(scope, before, &outcome->piece, error) &&
	       note_news(scope, before, &added, error) &&
	       work_note(scope, before, &outcome->piece, &added, error) &&
	       work_tell(scope, before, &outcome->piece, &added, find_entry(entries, entry->ref_no), error);
}

bool
work_append(
    const WorkScope *scope, int64_t piece_id, const WorkEntry *entry, WorkPiece *ret_piece, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkOutcome outcome = {0};
	WorkPiece before;

	if (!work_find(scope, piece_id, &before, error) || !work_entries(scope, piece_id, entries, error) ||
	    !append(scope, &before, entries, entry, &outcome, error))
		return false;
	*ret_piece = outcome.piece;
	return true;
}

/* Whoever has done a part of it has begun, whatever the form said before the percentage was typed. */
static WorkEntry
with_beginning(const WorkPiece *piece, const WorkEntry *entry)
{
	WorkEntry said = *entry;
	bool stays = said.state < 0 ? piece->state == WORK_NOT_STARTED : said.state == WORK_NOT_STARTED;

	if (said.kind == WORK_UPDATE && said.percent > 0 && stays)
		said.state = WORK_DOING;
	return said;
}

bool
work_act(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(DbTxn) txn = NULL;
	WorkOutcome outcome = {0};
	WorkPiece before;
	WorkEntry said;

	if (!db_txn_begin(scope->db, &txn, error) || !work_find(scope, piece_id, &before, error) ||
	    !work_entries(scope, piece_id, entries, error))
		return false;
	said = with_beginning(&before, entry);
	if (!judge(scope, &before, entries, &said, &outcome.problem, error))
		return false;
	outcome.piece = before;
	outcome.is_conflict = version != WORK_ANY_VERSION && version != before.version;
	if (outcome.is_conflict || outcome.problem != NULL) {
		*ret_outcome = outcome;
		return true;
	}
	if (!append(scope, &before, entries, &said, &outcome, error) || !db_txn_commit(txn, error))
		return false;
	*ret_outcome = outcome;
	return true;
}

bool
work_try(const WorkScope *scope, int64_t piece_id, int64_t version, const WorkEntry *entry,
    WorkOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkOutcome outcome = {0};
	WorkEntry said;

	if (!work_find(scope, piece_id, &outcome.piece, error) ||
	    !work_entries(scope, piece_id, entries, error))
		return false;
	said = with_beginning(&outcome.piece, entry);
	if (!judge(scope, &outcome.piece, entries, &said, &outcome.problem, error))
		return false;
	outcome.is_conflict = version != WORK_ANY_VERSION && version != outcome.piece.version;
	*ret_outcome = outcome;
	return true;
}
