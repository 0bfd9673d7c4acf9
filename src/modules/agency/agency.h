/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"
#include "modules/agency/agency_book.h"
#include "modules/agency/agency_change.h"
#include "modules/plan/plan.h"

/* Cơ quan: who does what. Agencies belong to the commune and outlive its plans; each plan gives them a part.
 */

typedef enum { AGENCY_ROLE_LEAD = 1, AGENCY_ROLE_COORDINATING = 2 } AgencyRole;

/* An agency's part in one plan. */
typedef struct AgencyPart {
	int64_t agency_id;
	char *name;
	bool is_generic; /* "Các cơ quan, đơn vị": nobody in particular */
	bool is_higher;  /* of the city, the province or a ministry */
	int64_t rank;    /* place in the alphabet among the plan's agencies, from 1 */
	int64_t lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties;
} AgencyPart;

typedef struct AgencyDuty {
	char *body, *item;
} AgencyDuty;

/* Finds or adds each of a plan's agencies, learns their spellings, and counts their part in it.
 * ret_parts: of AgencyPart, one for each of plan->agencies in that order; the caller's. Two of them may be
 * the same agency. Nothing is stored for the plan yet. */
bool agency_enter_all(Db *db, int64_t commune_id, const Plan *plan, GArray **ret_parts, GError **error);

/* Stores what agency_enter_all() counted, and the duties. duty_items: the mark of each of plan->duties. */
bool agency_add_parts(const PlanScope *scope, const Plan *plan, const GArray *parts,
    const char *const *duty_items, GError **error);

/* Counts one task more that a unit leads or helps with in a plan. *ret_rank: its place among the plan's. */
bool agency_add_task(
    const PlanScope *scope, int64_t agency_id, AgencyRole role, int64_t *ret_rank, GError **error);

/* Appends the parts of a plan's agencies (AgencyPart *, in the arena) in the order of the alphabet. */
bool agency_list(const PlanScope *scope, Arena *arena, GPtrArray *ret_parts, GError **error);

/* What one plan gives to one entry, whatever became of it since. */
typedef struct AgencyPlanPart {
	int64_t plan_id, agency_id;
	int64_t lead_tasks, coordinating_tasks, lead_indicators, coordinating_indicators, duties;
} AgencyPlanPart;

/* Appends the parts of all plans (AgencyPlanPart). */
bool agency_list_all_parts(Db *db, int64_t commune_id, GArray *ret_parts, GError **error);

/* Appends an agency's spellings (char *), or its duties in a plan (AgencyDuty *). */
bool agency_list_aliases(
    const PlanScope *scope, int64_t agency_id, Arena *arena, GPtrArray *ret_aliases, GError **error);
bool agency_list_duties(
    const PlanScope *scope, int64_t agency_id, Arena *arena, GPtrArray *ret_duties, GError **error);

/* Appends the names of the commune's agencies (char *, in the arena), the newest first, at most `limit`. */
bool agency_list_names(
    Db *db, int64_t commune_id, int64_t limit, Arena *arena, GPtrArray *ret_names, GError **error);

/* Gives the form that decides whether two spellings mean one agency: folded, letters and digits only
 * ("Phòng Văn hoá- Xã hội" and "Phòng Văn hóa - Xã hội" are one). The result is the caller's. */
char *agency_name_key(const char *name);

/* Gives the names of an item's agencies (PlanAgencyRef *) as printed, "; " between them. The result is the
 * caller's. */
char *agency_join_printed(const GPtrArray *refs);
