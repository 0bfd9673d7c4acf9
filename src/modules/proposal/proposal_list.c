/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"

/* Lists: what the visitor may look at, and whose turn it is. */

#define ROWS_AT_ONCE 200

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
