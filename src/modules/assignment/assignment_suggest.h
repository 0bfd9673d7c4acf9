/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency.h"
#include "modules/work/work_unassigned.h"

/* Which unit might lead a task that names none: people decide. */

typedef struct AssignmentSuggestion {
	int64_t agency_id;  /* 0: none */
	const char *reason; /* "cùng có “an ninh mạng” với trách nhiệm được giao"; NULL */
} AssignmentSuggestion;

/* Gives one for each task (WorkUnassigned *, of one plan), in the arena: the unit whose name stands in the
 * task, else the one with the nearest duty in the plan. Only units that live on `today` and are nobody's
 * superior. */
bool assignment_suggest(const PlanScope *scope, const AgencyBook *book, int32_t today, const GPtrArray *tasks,
    Arena *arena, AssignmentSuggestion **ret_suggestions, GError **error);
