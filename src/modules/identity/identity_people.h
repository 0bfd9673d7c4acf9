/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency_change.h"
#include "modules/identity/identity_post.h"

/* For other modules: people and the posts they hold: what is done to them. A person needs no account. How
 * somebody is reached is personal data: shown to who manages accounts alone, and the ledger holds a digest of
 * it. Each call is one transaction; ret_problem: Vietnamese, what is wrong, in the arena or static; NULL:
 * done. All fail as db_txn_commit() does, and with APP_ERROR_NOT_FOUND. */

#define IDENTITY_PEOPLE_MAX 5000 /* of one commune; the largest wards have a few hundred */

typedef struct IdentityPerson {
	int64_t person_id;
	const char *name, *email, *phone, *other_contact; /* "" */
	const char *position, *unit;                      /* of the main post, in words */
	int64_t account_id;                               /* the first account; 0: none */
	const char *login;                                /* "" */
	bool is_disabled;                                 /* the account */
	int64_t created_us;
} IdentityPerson;

bool identity_person_find(
    const IdentityScope *scope, int64_t person_id, IdentityPerson *ret_person, GError **error);

/* Appends everybody, of IdentityPerson *, in the order in which they were entered. */
bool identity_people(const IdentityScope *scope, GPtrArray *people, GError **error);

/* Name and contacts of `person` count; its id is set. */
bool identity_person_add(
    const IdentityScope *scope, IdentityPerson *person, const char **ret_problem, GError **error);
bool identity_person_change(
    const IdentityScope *scope, const IdentityPerson *person, const char **ret_problem, GError **error);

/* Begins a post: person, unit, position, rank, is_main, valid_from count, valid_to where it is known; its id
 * is set. A main post ends no other; a person has one main post at a time. */
bool
identity_post_begin(const IdentityScope *scope, IdentityPost *post, const char **ret_problem, GError **error);

/* The same inside the caller's transaction, which goes on where the post was refused. */
bool
identity_post_enter(const IdentityScope *scope, IdentityPost *post, const char **ret_problem, GError **error);

/* Changes position, rank, is_main and days of a post that were entered wrongly. */
bool identity_post_correct(
    const IdentityScope *scope, const IdentityPost *post, const char **ret_problem, GError **error);

/* The same inside the caller's transaction, which goes on where it was refused. */
bool identity_post_fix(
    const IdentityScope *scope, const IdentityPost *post, const char **ret_problem, GError **error);

/* Ends a post after `last_day`. */
bool identity_post_end(
    const IdentityScope *scope, int64_t post_id, int32_t last_day, const char **ret_problem, GError **error);

/* Says that a post was entered by mistake. */
bool
identity_post_void(const IdentityScope *scope, int64_t post_id, const char **ret_problem, GError **error);

/* Hands a post over: it ends the day before `day`, and another person holds it from then on. */
bool identity_post_hand_over(const IdentityScope *scope, int64_t post_id, int64_t person_id, int32_t day,
    const char **ret_problem, GError **error);

/* Lets the posts of a unit go on in another from the first day of a change of units. Who headed it does so no
 * more where `drops_heads`. ret_n: how many moved. */
bool identity_posts_move(const IdentityScope *scope, int64_t from_agency, int64_t to_agency,
    int64_t change_no, int32_t day, bool drops_heads, int64_t *ret_n, GError **error);

/* Takes back what identity_posts_move() did for a change. */
bool identity_posts_move_back(const IdentityScope *scope, int64_t change_no, GError **error);

/* Gives the rank that a position's words tell: "Phó Trưởng phòng" is a deputy. */
IdentityRank identity_rank_guess(const char *position);

/* What is wrong with a person's name and contacts; NULL. */
const char *identity_person_problem(const IdentityPerson *person);

/* For a new account: the person it names, or a new one with a post in the unit it names in words. Inside the
 * caller's transaction. */
bool identity_person_enter(
    const IdentityScope *scope, const IdentityNew *account, int64_t *ret_person_id, GError **error);

/* Gives posts to people whose unit is but a word (AppModule.work). */
bool identity_people_place(const IdentityScope *scope, GError **error);

/* Compares the tables with the ledger. */
bool identity_people_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
