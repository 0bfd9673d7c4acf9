/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity_people.h"

/* What the ledger is told of people and posts. */

/* States, the caller's. Contacts stand there as digests: whoever reads the ledger need not see them. */
char *identity_person_state(const IdentityPerson *person);
char *identity_post_state(const IdentityPost *post);

/* before: NULL for a new one. Nothing is noted where both are the same. */
bool identity_note_person(
    const IdentityScope *scope, const IdentityPerson *before, const IdentityPerson *after, GError **error);
bool identity_note_post(
    const IdentityScope *scope, const IdentityPost *before, const IdentityPost *after, GError **error);
