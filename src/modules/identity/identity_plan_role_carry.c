/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_plan_role_store.h"

#include "base/date.h"

#include <string.h>

static bool
is_held(const GPtrArray *rows, const IdentityPlanRole *row)
{
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *other = g_ptr_array_index(rows, i);

		if ((other->standing == IDENTITY_PROPOSED || other->standing == IDENTITY_CONFIRMED) &&
		    strcmp(other->role, row->role) == 0 && other->who == row->who &&
		    other->agency_id == row->agency_id && other->account_id == row->account_id)
			return true;
	}
	return false;
}

/* Confirmed where the actor may and nobody comes to have two duties that one person may not have; else it
 * waits for somebody who decides. */
static bool
carry_row(const IdentityScope *scope, const IdentityPlanRole *row, bool confirms, int *ret_n_confirmed,
    int *ret_n_proposed, GError **error)
{
	bool is_own = row->person_id != 0 && row->person_id == scope->actor.person_id;
	IdentityPlanRole carried = *row;
	const char *problem = NULL;

	carried.standing = confirms && !is_own ? IDENTITY_CONFIRMED : IDENTITY_PROPOSED;
	if (!identity_plan_role_insert(scope, &carried, &carried.plan_role_no, error))
		return false;
	if (carried.standing == IDENTITY_CONFIRMED &&
	    !identity_conflict_by(scope, row->account_id, row->role, row->plan_id, &problem, error))
		return false;
	if (problem != NULL &&
	    !identity_plan_role_update(scope, &carried, IDENTITY_PROPOSED, carried.valid_to, error))
		return false;
	*(carried.standing == IDENTITY_CONFIRMED && problem == NULL ? ret_n_confirmed : ret_n_proposed) += 1;
	return true;
}

bool
identity_plan_role_carry(const IdentityScope *scope, int64_t old_plan_id, int64_t new_plan_id,
    int32_t from_day, const char *source, bool confirms, int *ret_n_confirmed, int *ret_n_proposed,
    GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	g_autoptr(GPtrArray) there = g_ptr_array_new();

	*ret_n_confirmed = *ret_n_proposed = 0;
	if (!identity_plan_roles(scope, old_plan_id, rows, error) ||
	    !identity_plan_roles(scope, new_plan_id, there, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		IdentityPlanRole row = *(const IdentityPlanRole *)g_ptr_array_index(rows, i);

		if (row.standing != IDENTITY_CONFIRMED ||
		    (row.valid_to != DATE_NONE && row.valid_to < from_day) || is_held(there, &row))
			continue;
		row.plan_id = new_plan_id;
		row.valid_from = MAX(row.valid_from, from_day);
		row.source = source;
		row.item = "";
		if (!carry_row(scope, &row, confirms, ret_n_confirmed, ret_n_proposed, error))
			return false;
	}
	return true;
}
