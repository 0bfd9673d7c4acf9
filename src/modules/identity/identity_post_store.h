/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/identity/identity_post.h"

/* Rows of identity_post. */

/* Inside the caller's transaction, without a word to the ledger. */
bool identity_post_store_insert(const IdentityScope *scope, IdentityPost *post, GError **error);
bool identity_post_store_update(const IdentityScope *scope, const IdentityPost *post, GError **error);

/* Fails with APP_ERROR_NOT_FOUND. */
bool
identity_post_store_find(const IdentityScope *scope, int64_t post_id, IdentityPost *ret_post, GError **error);

/* Append all that there ever were, of IdentityPost *. */
bool identity_post_store_of_person(
    const IdentityScope *scope, int64_t person_id, GPtrArray *posts, GError **error);
bool identity_post_store_of_agency(
    const IdentityScope *scope, int64_t agency_id, GPtrArray *posts, GError **error);
bool identity_post_store_all(const IdentityScope *scope, GPtrArray *posts, GError **error);
