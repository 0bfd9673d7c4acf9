/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency.h"
#include "modules/identity/identity.h"

/* For other modules: posts: who is in which unit, as what, from when to when. One person may hold several at
 * once. A post stays with the unit it was held in; where that was merged or split since, agency_successors()
 * leads on. Days are day numbers; DATE_NONE as valid_to: still. */

typedef enum {
	IDENTITY_HEAD = 1, /* answers for the unit */
	IDENTITY_DEPUTY,
	IDENTITY_MEMBER,
	IDENTITY_RANK_MAX,
} IdentityRank;

/* Indexed by IdentityRank: "Người đứng đầu"; and the word in forms. */
extern const char *const IDENTITY_RANK_LABELS[IDENTITY_RANK_MAX];
extern const char *const IDENTITY_RANK_WORDS[IDENTITY_RANK_MAX];

typedef struct IdentityPost {
	int64_t post_id, person_id, agency_id;
	const char *person_name, *position; /* "" */
	IdentityRank rank;
	bool is_main; /* else concurrent (kiêm nhiệm) */
	bool is_void; /* entered by mistake */
	int32_t valid_from, valid_to;
	int64_t from_change, to_change; /* changes of units by which it began and ended; 0 */
} IdentityPost;

/* True where it counts on a day. */
bool identity_post_is_on(const IdentityPost *post, int32_t day);

/* Appends a person's posts that count on a day (of IdentityPost *, in the arena), the main one first.
 * DATE_NONE: all there ever were, void ones among them. */
bool identity_posts_of(
    const IdentityScope *scope, int64_t person_id, int32_t day, GPtrArray *posts, GError **error);

/* Appends the posts held in a unit on a day, heads first. Who holds a post in what was merged into the unit
 * by that day counts too. */
bool identity_people_of(const IdentityScope *scope, const AgencyBook *book, int64_t agency_id, int32_t day,
    GPtrArray *posts, GError **error);

/* Gives who heads what a unit is on a day; NULL where nobody does. Of several, the one whose main post it is.
 */
bool identity_head_of(const IdentityScope *scope, const AgencyBook *book, int64_t agency_id, int32_t day,
    const IdentityPost **ret_post, GError **error);

/* Gives a person's rank in a unit on a day, or in what the unit has become by then; IDENTITY_RANK_MAX: they
 * are not in it. For "is this visitor of the lead agency of that row, and its head?". */
bool identity_rank_in(const IdentityScope *scope, const AgencyBook *book, int64_t person_id,
    int64_t agency_id, int32_t day, IdentityRank *ret_rank, GError **error);

/* Appends everybody's posts that count on a day. */
bool identity_posts_on(const IdentityScope *scope, int32_t day, GPtrArray *posts, GError **error);
