/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/proposal/proposal_store.h"

#include "base/app-error.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"
#include "storage/db_day.h"

G_STATIC_ASSERT((int)PROPOSAL_FIND_C_VERSION == (int)PROPOSAL_LIST_C_VERSION);
G_STATIC_ASSERT((int)PROPOSAL_FIND_C_VERSION == (int)PROPOSAL_LIST_ROW_C_VERSION);

Proposal
proposal_read(const DbStmt *stmt, Arena *arena)
{
	return (Proposal){.proposal_id = db_column_int(stmt, PROPOSAL_FIND_C_PROPOSAL_ID),
	    .kind = (ProposalKind)CLAMP(
		db_column_int(stmt, PROPOSAL_FIND_C_KIND), PROPOSAL_OBSTACLE, PROPOSAL_KIND_MAX - 1),
	    .plan_id = db_column_int(stmt, PROPOSAL_FIND_C_PLAN_ID),
	    .what = (PlanLineWhat)db_column_int(stmt, PROPOSAL_FIND_C_WHAT),
	    .row_no = db_column_int(stmt, PROPOSAL_FIND_C_ROW_NO),
	    .piece_id = db_column_int(stmt, PROPOSAL_FIND_C_PIECE_ID),
	    .origin_no = db_column_int(stmt, PROPOSAL_FIND_C_ORIGIN_NO),
	    .agency_id = db_column_int(stmt, PROPOSAL_FIND_C_AGENCY_ID),
	    .title = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_TITLE)),
	    .body = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_BODY)),
	    .field = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_FIELD)),
	    .year = (int)db_column_int(stmt, PROPOSAL_FIND_C_YEAR),
	    .new_text = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_NEW_TEXT)),
	    .new_day = db_column_day(stmt, PROPOSAL_FIND_C_NEW_DAY),
	    .raiser_id = db_column_int(stmt, PROPOSAL_FIND_C_RAISER_ID),
	    .raiser = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_RAISER)),
	    .raised_us = db_column_int(stmt, PROPOSAL_FIND_C_RAISED_US),
	    .state = (ProposalState)CLAMP(
		db_column_int(stmt, PROPOSAL_FIND_C_STATE), PROPOSAL_OPEN, PROPOSAL_STATE_MAX - 1),
	    .step_no = db_column_int(stmt, PROPOSAL_FIND_C_STEP_NO),
	    .due = db_column_day(stmt, PROPOSAL_FIND_C_DUE),
	    .is_granted = db_column_int(stmt, PROPOSAL_FIND_C_IS_GRANTED) != 0,
	    .doc_number = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_DOC_NUMBER)),
	    .doc_day = db_column_day(stmt, PROPOSAL_FIND_C_DOC_DAY),
	    .n_reopened = (int)db_column_int(stmt, PROPOSAL_FIND_C_N_REOPENED),
	    .last_us = db_column_int(stmt, PROPOSAL_FIND_C_LAST_US),
	    .version = db_column_int(stmt, PROPOSAL_FIND_C_VERSION)};
}

bool
proposal_find(const WorkScope *scope, int64_t proposal_id, Proposal *ret_proposal, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &PROPOSAL_FIND, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_FIND_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_FIND_P_PROPOSAL_ID, proposal_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row)
		*ret_proposal = proposal_read(stmt, scope->arena);
	if (has_row && proposal_may_read(scope, ret_proposal->plan_id))
		return true;
	g_set_error(
	    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có kiến nghị số %" G_GINT64_FORMAT, proposal_id);
	return false;
}

static ProposalEntry *
read_entry(const DbStmt *stmt, Arena *arena)
{
	ProposalEntry *entry = arena_new0(arena, ProposalEntry);

	*entry = (ProposalEntry){.entry_no = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_ENTRY_NO),
	    .kind = (ProposalEntryKind)CLAMP(
		db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_KIND), PROPOSAL_RAISE, PROPOSAL_ENTRY_MAX - 1),
	    .at_us = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_AT_US),
	    .person_id = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_PERSON_ID),
	    .name = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_NAME)),
	    .step_no = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_STEP_NO),
	    .due = db_column_day(stmt, PROPOSAL_LIST_ENTRIES_C_DUE),
	    .is_granted = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_IS_GRANTED) != 0,
	    .text = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_TEXT)),
	    .doc_number = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_DOC_NUMBER)),
	    .doc_day = db_column_day(stmt, PROPOSAL_LIST_ENTRIES_C_DOC_DAY),
	    .plan_id = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_PLAN_ID),
	    .row_no = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_ROW_NO),
	    .new_text = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_NEW_TEXT)),
	    .new_day = db_column_day(stmt, PROPOSAL_LIST_ENTRIES_C_NEW_DAY)};
	return entry;
}

bool
proposal_entries(const WorkScope *scope, int64_t proposal_id, GPtrArray *ret_entries, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_LIST_ENTRIES, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_LIST_ENTRIES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_LIST_ENTRIES_P_PROPOSAL_ID, proposal_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_ptr_array_add(ret_entries, read_entry(stmt, scope->arena));
	return !has_row;
}

bool
proposal_insert(const WorkScope *scope, Proposal *proposal, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &PROPOSAL_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_INSERT_P_KIND, proposal->kind);
	db_bind_int(stmt, PROPOSAL_INSERT_P_PLAN_ID, proposal->plan_id);
	db_bind_int(stmt, PROPOSAL_INSERT_P_WHAT, proposal->what);
	db_bind_int(stmt, PROPOSAL_INSERT_P_ROW_NO, proposal->row_no);
	db_bind_int(stmt, PROPOSAL_INSERT_P_PIECE_ID, proposal->piece_id);
	db_bind_int(stmt, PROPOSAL_INSERT_P_ORIGIN_NO, proposal->origin_no);
	db_bind_int(stmt, PROPOSAL_INSERT_P_AGENCY_ID, proposal->agency_id);
	db_bind_text(stmt, PROPOSAL_INSERT_P_TITLE, proposal->title);
	db_bind_text(stmt, PROPOSAL_INSERT_P_BODY, proposal->body);
	db_bind_text(stmt, PROPOSAL_INSERT_P_FIELD, proposal->field != NULL ? proposal->field : "");
	db_bind_int(stmt, PROPOSAL_INSERT_P_YEAR, proposal->year);
	db_bind_text(stmt, PROPOSAL_INSERT_P_NEW_TEXT, proposal->new_text);
	db_bind_day(stmt, PROPOSAL_INSERT_P_NEW_DAY, proposal->new_day);
	db_bind_int(stmt, PROPOSAL_INSERT_P_RAISER_ID, proposal->raiser_id);
	db_bind_text(stmt, PROPOSAL_INSERT_P_RAISER, proposal->raiser != NULL ? proposal->raiser : "");
	db_bind_int(stmt, PROPOSAL_INSERT_P_RAISED_US, proposal->raised_us);
	db_bind_int(stmt, PROPOSAL_INSERT_P_STATE, proposal->state);
	db_bind_int(stmt, PROPOSAL_INSERT_P_STEP_NO, proposal->step_no);
	db_bind_day(stmt, PROPOSAL_INSERT_P_DUE, proposal->due);
	db_bind_int(stmt, PROPOSAL_INSERT_P_IS_GRANTED, proposal->is_granted);
	db_bind_text(stmt, PROPOSAL_INSERT_P_DOC_NUMBER, proposal->doc_number);
	db_bind_day(stmt, PROPOSAL_INSERT_P_DOC_DAY, proposal->doc_day);
	db_bind_int(stmt, PROPOSAL_INSERT_P_N_REOPENED, proposal->n_reopened);
	db_bind_int(stmt, PROPOSAL_INSERT_P_LAST_US, proposal->last_us);
	db_bind_int(stmt, PROPOSAL_INSERT_P_VERSION, proposal->version);
	if (!db_step(stmt, &has_row, error))
		return false;
	proposal->proposal_id = db_column_int(stmt, PROPOSAL_INSERT_C_PROPOSAL_ID);
	return true;
}

bool
proposal_update(const WorkScope *scope, const Proposal *proposal, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PROPOSAL_UPDATE, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_UPDATE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_PROPOSAL_ID, proposal->proposal_id);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_PLAN_ID, proposal->plan_id);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_ROW_NO, proposal->row_no);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_STATE, proposal->state);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_STEP_NO, proposal->step_no);
	db_bind_day(stmt, PROPOSAL_UPDATE_P_DUE, proposal->due);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_IS_GRANTED, proposal->is_granted);
	db_bind_text(stmt, PROPOSAL_UPDATE_P_DOC_NUMBER, proposal->doc_number);
	db_bind_day(stmt, PROPOSAL_UPDATE_P_DOC_DAY, proposal->doc_day);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_N_REOPENED, proposal->n_reopened);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_LAST_US, proposal->last_us);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_VERSION, proposal->version);
	return db_run(stmt, error);
}

bool
proposal_insert_entry(const WorkScope *scope, int64_t proposal_id, const ProposalEntry *entry, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PROPOSAL_INSERT_ENTRY, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_PROPOSAL_ID, proposal_id);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_ENTRY_NO, entry->entry_no);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_KIND, entry->kind);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_AT_US, entry->at_us);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_PERSON_ID, entry->person_id);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_NAME, entry->name);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_STEP_NO, entry->step_no);
	db_bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_DUE, entry->due);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_IS_GRANTED, entry->is_granted);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_TEXT, entry->text);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_DOC_NUMBER, entry->doc_number);
	db_bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_DOC_DAY, entry->doc_day);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_PLAN_ID, entry->plan_id);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_ROW_NO, entry->row_no);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_NEW_TEXT, entry->new_text);
	db_bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_NEW_DAY, entry->new_day);
	return db_run(stmt, error);
}

bool
proposal_of_origin(const WorkScope *scope, const Proposal *wanted, int64_t *ret_proposal_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_proposal_id = 0;
	if (wanted->piece_id == 0 || wanted->origin_no == 0)
		return true;
	if (!db_prepare(scope->db, &PROPOSAL_OF_ORIGIN, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_OF_ORIGIN_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_OF_ORIGIN_P_PIECE_ID, wanted->piece_id);
	db_bind_int(stmt, PROPOSAL_OF_ORIGIN_P_ORIGIN_NO, wanted->origin_no);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_proposal_id = has_row ? db_column_int(stmt, PROPOSAL_OF_ORIGIN_C_PROPOSAL_ID) : 0;
	return true;
}

static bool
is_over(const Proposal *proposal)
{
	return proposal->state == PROPOSAL_CLOSED || proposal->state == PROPOSAL_WITHDRAWN;
}

bool
proposal_open_of_row(const WorkScope *scope, int64_t plan_id, PlanLineWhat what, int64_t row_no,
    GPtrArray *rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_LIST_ROW, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_LIST_ROW_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_LIST_ROW_P_PLAN_ID, plan_id);
	db_bind_int(stmt, PROPOSAL_LIST_ROW_P_WHAT, what);
	db_bind_int(stmt, PROPOSAL_LIST_ROW_P_ROW_NO, row_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		Proposal *row = arena_new0(scope->arena, Proposal);

		*row = proposal_read(stmt, scope->arena);
		if (!is_over(row))
			g_ptr_array_add(rows, row);
	}
	return !has_row;
}
