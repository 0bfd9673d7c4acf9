/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/calendar/calendar.h"
#include "modules/proposal/proposal_internal.h"
#include "modules/proposal/proposal_store.h"
#include "storage/txn.h"

/* What is done with a proposal: each deed is an entry, from which the proposal follows. */

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
	return proposal_insert(scope, proposal, error) &&
	       proposal_insert_entry(scope, proposal->proposal_id, &raised, error) &&
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
	if (!db_txn_begin(scope->db, &txn, error) ||
	    !proposal_of_origin(scope, wanted, &outcome.proposal_id, error))
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
	return proposal_insert_entry(scope, before->proposal_id, &added, error) &&
	       proposal_update(scope, &after, error) && proposal_note(scope, before, &after, &added, error);
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

bool
proposal_carry(const WorkScope *scope, int64_t old_plan_id, PlanLineWhat what, int64_t old_row_no,
    int64_t new_plan_id, int64_t new_row_no, const char *reason, int *ret_n, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!proposal_open_of_row(scope, old_plan_id, what, old_row_no, rows, error))
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
