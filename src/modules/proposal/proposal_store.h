/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/proposal/proposal.h"

/* Rows of proposals and entries, for the files that write them. */

/* Gives it its number. */
bool proposal_insert(const WorkScope *scope, Proposal *proposal, GError **error);

/* Writes what follows from its entries. */
bool proposal_update(const WorkScope *scope, const Proposal *proposal, GError **error);

bool proposal_insert_entry(
    const WorkScope *scope, int64_t proposal_id, const ProposalEntry *entry, GError **error);

/* Gives the proposal that was made of the same entry of a piece; 0: none was. */
bool
proposal_of_origin(const WorkScope *scope, const Proposal *wanted, int64_t *ret_proposal_id, GError **error);

/* Appends (Proposal *) those about a row of a plan that are not over. */
bool proposal_open_of_row(const WorkScope *scope, int64_t plan_id, PlanLineWhat what, int64_t row_no,
    GPtrArray *rows, GError **error);
