/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/proposal/proposal.h"

/* What the module's own files share. */

bool proposal_family_of(
    const WorkScope *scope, int64_t plan_id, int *ret_family, const char **ret_number, GError **error);

/* Gives a commune that has none the routes that come with the program; the second notes them too, in a
 * transaction of its own. */
bool proposal_seed(Db *db, int64_t commune_id, GError **error);
bool proposal_routes_note_seed(Db *db, int64_t commune_id, int64_t now_us, GError **error);

/* Reads the columns of a proposal as statements of lists give them. */
Proposal proposal_read(const DbStmt *stmt, Arena *arena);

/* The step at which it stands; NULL. steps: of ProposalStep *. */
const ProposalStep *proposal_step(const GPtrArray *steps, int64_t step_no);

/* What the actor may do with a proposal as it stands. */
typedef struct ProposalRights {
	bool is_raiser; /* or of the unit that raised it */
	bool is_holder; /* of the step at which it stands */
	bool is_any;    /* of some step of the route */
	AppAnswer decide;
} ProposalRights;

bool proposal_rights(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps,
    ProposalRights *ret_rights, GError **error);

/* Gives why an attempt is refused, in Vietnamese; NULL: it is not. */
const char *proposal_forbid(const WorkScope *scope, const Proposal *proposal, const GPtrArray *steps,
    const ProposalRights *rights, const ProposalEntry *entry);
const char *proposal_forbid_raise(const WorkScope *scope, const Proposal *wanted);

bool proposal_may_read(const WorkScope *scope, int64_t plan_id);
bool proposal_may_raise(const WorkScope *scope, int64_t plan_id);

/* Notes an entry with what the proposal is after it. */
bool proposal_note(const WorkScope *scope, const Proposal *before, const Proposal *after,
    const ProposalEntry *entry, GError **error);

/* Makes the new version of a row of a granted adjustment, with what work follows from it. *ret_problem: why
 * it cannot be, in Vietnamese; NULL. */
bool proposal_apply(const WorkScope *scope, const Proposal *proposal, const ProposalEntry *decision,
    const char **ret_problem, GError **error);

/* Gives what a field holds now, as printed; "" for none. */
bool
proposal_current(const WorkScope *scope, const Proposal *proposal, const char **ret_text, GError **error);

bool proposal_agency_name(const WorkScope *scope, int64_t agency_id, const char **ret_name, GError **error);

typedef struct ProposalAgency {
	int64_t agency_id;
	const char *name;
} ProposalAgency;

bool proposal_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error);
