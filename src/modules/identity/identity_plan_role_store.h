/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity_roles.h"

/* Rows of identity_plan_role, and what the ledger keeps of them: object "plan-role/3". */

typedef enum { IDENTITY_HINT_NAME = 1, IDENTITY_HINT_DUTY } IdentityHintPlace;

/* Words by which a plan gives a role. */
typedef struct IdentityHint {
	IdentityHintPlace place;
	const char *phrase, *role;
} IdentityHint;

/* Stores a row and notes it, inside the caller's transaction. */
bool identity_plan_role_insert(
    const IdentityScope *scope, const IdentityPlanRole *row, int64_t *ret_no, GError **error);

/* Sets standing and last day, and notes it with the state before. */
bool identity_plan_role_update(const IdentityScope *scope, const IdentityPlanRole *before,
    IdentityStanding standing, int32_t valid_to, GError **error);

bool identity_hints(const IdentityScope *scope, GPtrArray *ret_hints, GError **error);

/* Notes what a row is after its words were taken away (app/redact.h). */
bool identity_plan_role_note_redacted(const IdentityScope *scope, const IdentityPlanRole *row, GError **error);
