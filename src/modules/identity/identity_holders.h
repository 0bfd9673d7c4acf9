/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity_post.h"

/* For other modules: who holds a permission, so that they can be told of what waits for them. */

typedef struct IdentityHolder {
	int64_t plan_id; /* 0: in every plan */
	int64_t person_id;
} IdentityHolder;

/* Appends (IdentityHolder) whoever has a role with this permission on a day: for the commune, in a plan, or
 * by a post in an agency that has it in a plan. Roles that count for the rows of an agency alone are left
 * out. A person may come twice. */
bool identity_holders(const IdentityScope *scope, const AgencyBook *book, const char *permission, int32_t day,
    GArray *ret_holders, GError **error);

/* True where `person_id` is among them for a plan. */
bool identity_holders_have(const GArray *holders, int64_t plan_id, int64_t person_id);
