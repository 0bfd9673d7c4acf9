/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/calendar/calendar.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"
#include "storage/txn.h"

#include <string.h>

static int32_t
column_day(const DbStmt *stmt, int column)
{
	return db_column_is_null(stmt, column) ? DATE_NONE : (int32_t)db_column_int(stmt, column);
}

static void
bind_day(DbStmt *stmt, int param, int32_t day)
{
	if (day != DATE_NONE)
		db_bind_int(stmt, param, day);
	else
		db_bind_null(stmt, param);
}

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
	    .new_day = column_day(stmt, PROPOSAL_FIND_C_NEW_DAY),
	    .raiser_id = db_column_int(stmt, PROPOSAL_FIND_C_RAISER_ID),
	    .raiser = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_RAISER)),
	    .raised_us = db_column_int(stmt, PROPOSAL_FIND_C_RAISED_US),
	    .state = (ProposalState)CLAMP(
		db_column_int(stmt, PROPOSAL_FIND_C_STATE), PROPOSAL_OPEN, PROPOSAL_STATE_MAX - 1),
	    .step_no = db_column_int(stmt, PROPOSAL_FIND_C_STEP_NO),
	    .due = column_day(stmt, PROPOSAL_FIND_C_DUE),
	    .is_granted = db_column_int(stmt, PROPOSAL_FIND_C_IS_GRANTED) != 0,
	    .doc_number = arena_strdup(arena, db_column_text(stmt, PROPOSAL_FIND_C_DOC_NUMBER)),
	    .doc_day = column_day(stmt, PROPOSAL_FIND_C_DOC_DAY),
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
	    .due = column_day(stmt, PROPOSAL_LIST_ENTRIES_C_DUE),
	    .is_granted = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_IS_GRANTED) != 0,
	    .text = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_TEXT)),
	    .doc_number = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_DOC_NUMBER)),
	    .doc_day = column_day(stmt, PROPOSAL_LIST_ENTRIES_C_DOC_DAY),
	    .plan_id = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_PLAN_ID),
	    .row_no = db_column_int(stmt, PROPOSAL_LIST_ENTRIES_C_ROW_NO),
	    .new_text = arena_strdup(arena, db_column_text(stmt, PROPOSAL_LIST_ENTRIES_C_NEW_TEXT)),
	    .new_day = column_day(stmt, PROPOSAL_LIST_ENTRIES_C_NEW_DAY)};
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

static bool
insert_proposal(const WorkScope *scope, Proposal *proposal, GError **error)
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
	bind_day(stmt, PROPOSAL_INSERT_P_NEW_DAY, proposal->new_day);
	db_bind_int(stmt, PROPOSAL_INSERT_P_RAISER_ID, proposal->raiser_id);
	db_bind_text(stmt, PROPOSAL_INSERT_P_RAISER, proposal->raiser != NULL ? proposal->raiser : "");
	db_bind_int(stmt, PROPOSAL_INSERT_P_RAISED_US, proposal->raised_us);
	db_bind_int(stmt, PROPOSAL_INSERT_P_STATE, proposal->state);
	db_bind_int(stmt, PROPOSAL_INSERT_P_STEP_NO, proposal->step_no);
	bind_day(stmt, PROPOSAL_INSERT_P_DUE, proposal->due);
	db_bind_int(stmt, PROPOSAL_INSERT_P_IS_GRANTED, proposal->is_granted);
	db_bind_text(stmt, PROPOSAL_INSERT_P_DOC_NUMBER, proposal->doc_number);
	bind_day(stmt, PROPOSAL_INSERT_P_DOC_DAY, proposal->doc_day);
	db_bind_int(stmt, PROPOSAL_INSERT_P_N_REOPENED, proposal->n_reopened);
	db_bind_int(stmt, PROPOSAL_INSERT_P_LAST_US, proposal->last_us);
	db_bind_int(stmt, PROPOSAL_INSERT_P_VERSION, proposal->version);
	if (!db_step(stmt, &has_row, error))
		return false;
	proposal->proposal_id = db_column_int(stmt, PROPOSAL_INSERT_C_PROPOSAL_ID);
	return true;
}

static bool
update_proposal(const WorkScope *scope, const Proposal *proposal, GError **error)
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
	bind_day(stmt, PROPOSAL_UPDATE_P_DUE, proposal->due);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_IS_GRANTED, proposal->is_granted);
	db_bind_text(stmt, PROPOSAL_UPDATE_P_DOC_NUMBER, proposal->doc_number);
	bind_day(stmt, PROPOSAL_UPDATE_P_DOC_DAY, proposal->doc_day);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_N_REOPENED, proposal->n_reopened);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_LAST_US, proposal->last_us);
	db_bind_int(stmt, PROPOSAL_UPDATE_P_VERSION, proposal->version);
	return db_run(stmt, error);
}

static bool
insert_entry(const WorkScope *scope, int64_t proposal_id, const ProposalEntry *entry, GError **error)
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
	bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_DUE, entry->due);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_IS_GRANTED, entry->is_granted);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_TEXT, entry->text);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_DOC_NUMBER, entry->doc_number);
	bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_DOC_DAY, entry->doc_day);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_PLAN_ID, entry->plan_id);
	db_bind_int(stmt, PROPOSAL_INSERT_ENTRY_P_ROW_NO, entry->row_no);
	db_bind_text(stmt, PROPOSAL_INSERT_ENTRY_P_NEW_TEXT, entry->new_text);
	bind_day(stmt, PROPOSAL_INSERT_ENTRY_P_NEW_DAY, entry->new_day);
	return db_run(stmt, error);
}

static ProposalEntry
sign(const WorkScope *scope, const ProposalEntry *entry, int64_t entry_no)
{
	ProposalEntry signed_entry = *entry;

	signed_entry.entry_no = entry_no;
	signed_entry.at_us = scope->now_us;
	signed_entry.person_id = scope->actor.person_id;
	signed_entry.name = scope->actor.name;
	return signed_entry;
}

/* Where a step leaves it: at which step it stands then, and until when that one has time. */
static bool
set_step(
    const WorkScope *scope, const GPtrArray *steps, int64_t step_no, ProposalEntry *entry, GError **error)
{
	const ProposalStep *step = proposal_step(steps, step_no);
	g_autoptr(Calendar) calendar = NULL;

	entry->step_no = step_no;
	if (step == NULL)
		return true;
	if (!calendar_load(scope->db, scope->commune_id, &calendar, error))
		return false;
	entry->due = calendar_add_working(calendar, scope->today, step->working_days);
	return true;
}

static bool
find_origin(const WorkScope *scope, const Proposal *wanted, int64_t *ret_proposal_id, GError **error)
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
insert_raised(const WorkScope *scope, Proposal *proposal, const GPtrArray *steps, GError **error)
{
	ProposalEntry raised = proposal_entry(PROPOSAL_RAISE);
	const ProposalEntry *entries[] = {&raised};

	raised.plan_id = proposal->plan_id;
	raised.row_no = proposal->row_no;
	if (!set_step(scope, steps, 1, &raised, error))
		return false;
	raised = sign(scope, &raised, 1);
	proposal_replay(proposal, entries, 1);
	return insert_proposal(scope, proposal, error) &&
	       insert_entry(scope, proposal->proposal_id, &raised, error) &&
	       proposal_note(scope, NULL, proposal, &raised, error);
}

bool
proposal_raise(const WorkScope *scope, const Proposal *wanted, ProposalOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	ProposalOutcome outcome = {.problem = proposal_forbid_raise(scope, wanted)};
	g_autoptr(DbTxn) txn = NULL;
	Proposal proposal = *wanted;

	if (outcome.problem != NULL) {
		*ret_outcome = outcome;
		return true;
	}
	proposal.raiser_id = scope->actor.person_id;
	proposal.raiser = scope->actor.name != NULL ? scope->actor.name : LEDGER_NOBODY;
	proposal.raised_us = scope->now_us;
	if (!db_txn_begin(scope->db, &txn, error) || !find_origin(scope, wanted, &outcome.proposal_id, error))
		return false;
	if (outcome.proposal_id == 0 &&
	    (!proposal_route(scope, wanted->plan_id, scope->today, steps, error) ||
		!insert_raised(scope, &proposal, steps, error)))
		return false;
	if (outcome.proposal_id == 0)
		outcome.proposal_id = proposal.proposal_id;
	*ret_outcome = outcome;
	return db_txn_commit(txn, error);
}

static bool
append(const WorkScope *scope, const Proposal *before, GPtrArray *entries, const ProposalEntry *entry,
    GError **error)
{
	ProposalEntry added = sign(scope, entry, before->version + 1);
	Proposal after = *before;

	g_ptr_array_add(entries, &added);
	proposal_replay(&after, (const ProposalEntry *const *)entries->pdata, entries->len);
	return insert_entry(scope, before->proposal_id, &added, error) &&
	       update_proposal(scope, &after, error) && proposal_note(scope, before, &after, &added, error);
}

/* The step at which an entry leaves it. */
static bool
find_next(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps, ProposalEntry *entry,
    GError **error)
{
	switch (entry->kind) {
	case PROPOSAL_FORWARD:
		return set_step(scope, steps, proposal->step_no + 1, entry, error);
	case PROPOSAL_SUPPLEMENT:
		return set_step(scope, steps, proposal->step_no, entry, error);
	case PROPOSAL_HIGHER:
		return proposal->kind != PROPOSAL_ADJUST ||
		       set_step(scope, steps, proposal->step_no, entry, error);
	case PROPOSAL_CONFIRM:
		return entry->is_granted || set_step(scope, steps, proposal->step_no, entry, error);
	case PROPOSAL_REOPEN:
		return set_step(scope, steps, 1, entry, error);
	case PROPOSAL_RAISE:
	case PROPOSAL_RETURN:
	case PROPOSAL_ANSWER:
	case PROPOSAL_DECIDE:
	case PROPOSAL_REFER:
	case PROPOSAL_WITHDRAW:
	case PROPOSAL_CARRY:
	case PROPOSAL_ENTRY_MAX:
		break;
	}
	return true;
}

static bool
judge(const WorkScope *scope, const Proposal *before, const ProposalEntry *entry, GPtrArray *steps,
    const char **ret_problem, GError **error)
{
	ProposalRights rights;

	if (!proposal_route(scope, before->plan_id, instant_day(before->raised_us), steps, error) ||
	    !proposal_rights(scope, before, steps, &rights, error))
		return false;
	*ret_problem = proposal_forbid(scope, before, steps, &rights, entry);
	return true;
}

bool
proposal_act(const WorkScope *scope, int64_t proposal_id, int64_t version, const ProposalEntry *entry,
    ProposalOutcome *ret_outcome, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	ProposalOutcome outcome = {.proposal_id = proposal_id};
	ProposalEntry added = *entry;
	g_autoptr(DbTxn) txn = NULL;
	Proposal before;

	if (!db_txn_begin(scope->db, &txn, error) || !proposal_find(scope, proposal_id, &before, error) ||
	    !proposal_entries(scope, proposal_id, entries, error) ||
	    !judge(scope, &before, entry, steps, &outcome.problem, error))
		return false;
	outcome.is_conflict = version != WORK_ANY_VERSION && version != before.version;
	if (!outcome.is_conflict && outcome.problem == NULL && entry->kind == PROPOSAL_DECIDE &&
	    entry->is_granted && before.kind == PROPOSAL_ADJUST &&
	    !proposal_apply(scope, &before, entry, &outcome.problem, error))
		return false;
	*ret_outcome = outcome;
	if (outcome.is_conflict || outcome.problem != NULL)
		return true;
	return find_next(scope, &before, steps, &added, error) &&
	       append(scope, &before, entries, &added, error) && db_txn_commit(txn, error);
}

/* --- lists -------------------------------------------------------------------------------------------------
 */

static bool
is_mine(const WorkScope *scope, const Proposal *proposal, WorkWhose whose, bool *ret_is, GError **error)
{
	g_autoptr(GPtrArray) steps = g_ptr_array_new();
	ProposalRights rights;

	*ret_is = true;
	if (whose == WORK_ALL || scope->visitor == NULL)
		return true;
	if (!proposal_route(scope, proposal->plan_id, instant_day(proposal->raised_us), steps, error) ||
	    !proposal_rights(scope, proposal, steps, &rights, error))
		return false;
	if (whose == WORK_MINE)
		*ret_is = (rights.is_holder &&
			      (proposal->state == PROPOSAL_OPEN || proposal->state == PROPOSAL_REFERRED)) ||
			  (rights.is_raiser &&
			      (proposal->state == PROPOSAL_RETURNED || proposal->state == PROPOSAL_ANSWERED));
	else
		*ret_is = rights.is_raiser || rights.is_any;
	return true;
}

static void
bind_filter(DbStmt *stmt, const WorkScope *scope, const ProposalFilter *filter, int64_t below, int limit)
{
	db_bind_int(stmt, PROPOSAL_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_LIST_P_BELOW, below);
	db_bind_int(stmt, PROPOSAL_LIST_P_ROW_LIMIT, limit);
	if (filter->kind != 0)
		db_bind_int(stmt, PROPOSAL_LIST_P_KIND, filter->kind);
	if (filter->state != 0)
		db_bind_int(stmt, PROPOSAL_LIST_P_STATE, filter->state);
	if (filter->is_late)
		db_bind_int(stmt, PROPOSAL_LIST_P_LATE_ON, scope->today);
	if (filter->agency_id != 0)
		db_bind_int(stmt, PROPOSAL_LIST_P_AGENCY_ID, filter->agency_id);
	if (filter->plan_id != 0)
		db_bind_int(stmt, PROPOSAL_LIST_P_PLAN_ID, filter->plan_id);
}

#define ROWS_AT_ONCE 200

/* The next rows below *below, whoever may read them. */
static bool
read_rows(
    const WorkScope *scope, const ProposalFilter *filter, int64_t *below, GPtrArray *rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_LIST, &stmt, error))
		return false;
	bind_filter(stmt, scope, filter, *below, ROWS_AT_ONCE);
	while (db_step(stmt, &has_row, error) && has_row) {
		Proposal *row = arena_new0(scope->arena, Proposal);

		*row = proposal_read(stmt, scope->arena);
		*below = row->proposal_id;
		g_ptr_array_add(rows, row);
	}
	return !has_row;
}

bool
proposal_list(const WorkScope *scope, const ProposalFilter *filter, GPtrArray *ret_proposals, GError **error)
{
	int64_t below = filter->below != 0 ? filter->below : G_MAXINT64;
	guint n = ROWS_AT_ONCE, first = ret_proposals->len;

	while (n == ROWS_AT_ONCE && ret_proposals->len - first < (guint)filter->limit) {
		g_autoptr(GPtrArray) rows = g_ptr_array_new();

		if (!read_rows(scope, filter, &below, rows, error))
			return false;
		n = rows->len;
		for (guint i = 0; i < n && ret_proposals->len - first < (guint)filter->limit; i++) {
			Proposal *row = g_ptr_array_index(rows, i);
			bool is_wanted;

			if (!proposal_may_read(scope, row->plan_id))
				continue;
			if (!is_mine(scope, row, filter->whose, &is_wanted, error))
				return false;
			if (is_wanted)
				g_ptr_array_add(ret_proposals, row);
		}
	}
	return true;
}

static bool
is_over(const Proposal *proposal)
{
	return proposal->state == PROPOSAL_CLOSED || proposal->state == PROPOSAL_WITHDRAWN;
}

static bool
list_row(const WorkScope *scope, int64_t plan_id, PlanLineWhat what, int64_t row_no, GPtrArray *rows,
    GError **error)
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

bool
proposal_carry(const WorkScope *scope, int64_t old_plan_id, PlanLineWhat what, int64_t old_row_no,
    int64_t new_plan_id, int64_t new_row_no, const char *reason, int *ret_n, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!list_row(scope, old_plan_id, what, old_row_no, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const Proposal *row = g_ptr_array_index(rows, i);
		g_autoptr(GPtrArray) entries = g_ptr_array_new();
		ProposalEntry entry = proposal_entry(PROPOSAL_CARRY);

		entry.plan_id = new_plan_id;
		entry.row_no = new_row_no;
		entry.text = reason;
		if (!proposal_entries(scope, row->proposal_id, entries, error) ||
		    !append(scope, row, entries, &entry, error))
			return false;
		*ret_n += 1;
	}
	return true;
}
