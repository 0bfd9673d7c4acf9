/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "modules/proposal/proposal.h"

/* The routes of proposals as data: versions by the family of plans, each from a day on. A proposal goes by
 * the route that held on the day it was raised, whatever is set later (docs/adr/0032-proposals.md). */

#define PROPOSAL_STEPS_MAX 6
#define PROPOSAL_STEP_DAYS_MAX 90
#define PROPOSAL_STEP_TITLE_CHARS 200
#define PROPOSAL_SOURCE_CHARS 300

#define PROPOSAL_FAMILY_MAX (PLAN_FAMILY_PARTY + 1)
extern const char *const PROPOSAL_FAMILY_TITLES[PROPOSAL_FAMILY_MAX];
extern const char *const PROPOSAL_FAMILY_WORDS[PROPOSAL_FAMILY_MAX + 1]; /* ended by NULL */

typedef struct ProposalRoute {
	int family;                   /* PlanFamily */
	int32_t valid_from, valid_to; /* valid_to DATE_NONE: no end; before valid_from: it never held */
	const char *source;           /* of all its steps */
	const char *set_by;           /* "": it came with the program */
	int64_t set_us;               /* 0: likewise */
	ProposalStep steps[PROPOSAL_STEPS_MAX];
	size_t n_steps;
} ProposalRoute;

/* A role that can have a step. */
typedef struct ProposalRole {
	const char *role, *name;
	bool may_decide;
} ProposalRole;

/* Append all versions (ProposalRoute *), by family, the newest first; all roles (ProposalRole *). */
bool proposal_routes(const WorkScope *scope, GPtrArray *ret_routes, GError **error);
bool proposal_roles(const WorkScope *scope, GPtrArray *ret_roles, GError **error);

/* The version that holds for a family on a day; NULL. */
const ProposalRoute *proposal_route_on(const GPtrArray *routes, int family, int32_t day);

/* Sets a family's route from a day on, in place of one that has not begun by then. The last step decides.
 * set_… and valid_to are not read. *ret_problem: Vietnamese, why it is refused; NULL. */
bool proposal_route_set(
    const WorkScope *scope, const ProposalRoute *route, const char **ret_problem, GError **error);

/* Ends a version with a day, or before it begins; what held before it holds again. Refused (*ret_problem) as
 * above. Fails with APP_ERROR_NOT_FOUND. */
bool proposal_route_end(const WorkScope *scope, int family, int32_t valid_from, int32_t last_day,
    const char **ret_problem, GError **error);

/* Compares the versions with what the ledger noted of them. */
bool proposal_routes_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
