/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plan_access.h"
#include "modules/identity/identity.h"

/* For other modules: who has which role where, and what one person may not be at once
 * (docs/adr/0022-roles-per-plan.md). */

/* All roles of an account on a day. */
bool identity_grants_read(Db *db, int64_t commune_id, int32_t today, int64_t account_id, int64_t person_id,
    Arena *arena, const AppGrant **ret_grants, size_t *ret_n, GError **error);

/* The rules about separate duties that hold on a day. */
bool identity_duties_read(
    Db *db, int64_t commune_id, int32_t today, Arena *arena, AppDuties *ret_duties, GError **error);

/* Gives an account as a visitor, with all that it may; for commands and checks. */
bool
identity_visitor_of(const IdentityScope *scope, int64_t account_id, AppVisitor *ret_visitor, GError **error);

/* --- roles in a plan
 * -------------------------------------------------------------------------------------------- */

typedef enum {
	IDENTITY_WHO_PEOPLE = 1, /* everybody with a post in the agency */
	IDENTITY_WHO_HEAD,       /* its head alone */
	IDENTITY_WHO_ACCOUNT,    /* one account, for an agency or for nobody */
	IDENTITY_WHO_MAX,
} IdentityWho;

typedef enum {
	IDENTITY_PROPOSED = 1, /* read from the plan; counts for nothing until a person confirms it */
	IDENTITY_CONFIRMED,
	IDENTITY_DISMISSED, /* a proposal that was wrong */
	IDENTITY_ENDED,     /* taken away */
	IDENTITY_STANDING_MAX,
} IdentityStanding;

extern const char *const IDENTITY_WHO_LABELS[IDENTITY_WHO_MAX];
extern const char *const IDENTITY_WHO_WORDS[IDENTITY_WHO_MAX];
extern const char *const IDENTITY_STANDING_LABELS[IDENTITY_STANDING_MAX];

typedef struct IdentityPlanRole {
	int64_t plan_role_no, plan_id;
	const char *role, *role_name;
	IdentityWho who;
	int64_t agency_id, account_id, person_id; /* 0: none */
	const char *agency, *account;             /* names; NULL without one */
	int32_t valid_from, valid_to;             /* valid_to DATE_NONE: no end */
	const char *source, *item;                /* item: mark in the document; "" */
	IdentityStanding standing;
	int64_t set_us;
	const char *set_by;
} IdentityPlanRole;

typedef struct IdentityAgency {
	int64_t agency_id;
	const char *name;
} IdentityAgency;

/* Appends what a role in a plan can be: roles (IdentityRole *), and agencies (IdentityAgency *). */
bool identity_roles_for_plans(const IdentityScope *scope, GPtrArray *roles, GError **error);
bool identity_agencies(const IdentityScope *scope, GPtrArray *agencies, GError **error);

/* Gives a role in a plan (scope: by whom). plan_role_no, names and set_… are not read. Refused (ret_problem,
 * Vietnamese, in the arena) where the data are wrong or where somebody would have two duties that one person
 * may not have: both are named, and who decides. Fails as db_txn_commit(). */
bool identity_plan_role_add(const IdentityScope *scope, const IdentityPlanRole *row, int64_t *ret_no,
    const char **ret_problem, GError **error);

/* Confirms a proposal, dismisses it, or ends what was confirmed. Refused as above, and where the row has
 * another standing by now. Fails with APP_ERROR_NOT_FOUND. */
bool identity_plan_role_decide(const IdentityScope *scope, int64_t plan_role_no, IdentityStanding standing,
    const char **ret_problem, GError **error);

bool identity_plan_role_find(
    const IdentityScope *scope, int64_t plan_role_no, IdentityPlanRole *ret_row, GError **error);

/* Appends a plan's rows (IdentityPlanRole *), or those of all plans (plan_id 0), proposals and ended ones
 * too. */
bool identity_plan_roles(const IdentityScope *scope, int64_t plan_id, GPtrArray *ret_rows, GError **error);

/* Reads what a plan itself says about roles, and stores what is not there yet as proposals; gives how many.
 */
bool identity_plan_role_propose(const IdentityScope *scope, int64_t plan_id, int64_t *ret_n, GError **error);

/* Gives a new plan the roles that hold in the one before, from a day on, in the caller's transaction: as
 * confirmed where `confirms` says that the actor may and nobody comes to have two duties that one person may
 * not have, else as proposals. What the new plan has already is left out. */
bool identity_plan_role_carry(const IdentityScope *scope, int64_t old_plan_id, int64_t new_plan_id,
    int32_t from_day, const char *source, bool confirms, int *ret_n_confirmed, int *ret_n_proposed,
    GError **error);

/* Compares the rows with what the ledger noted last (AppModule.verify). */
bool identity_plan_role_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);

/* --- separate duties
 * -------------------------------------------------------------------------------------------- */

/* One account with two duties that one person may not have. */
typedef struct IdentityConflict {
	int64_t account_id;
	const char *name, *login;
	int64_t plan_id; /* 0: in every plan */
	const AppDuty *duty;
	const AppGrant *first, *second; /* first NULL for APP_DUTY_KIND */
} IdentityConflict;

/* Appends what is wrong as things stand (IdentityConflict *, in the arena). account_id 0: of all accounts. */
bool
identity_conflicts(const IdentityScope *scope, int64_t account_id, GPtrArray *ret_conflicts, GError **error);

/* Gives the sentence about the first conflict to which a role adds that was just given (plan_id 0: for the
 * commune as a whole); *ret_problem NULL: it adds to none. Called inside the transaction that gave it. */
bool identity_conflict_by(const IdentityScope *scope, int64_t account_id, const char *role, int64_t plan_id,
    const char **ret_problem, GError **error);

/* Gives the sentence about a conflict, in the arena. */
const char *identity_conflict_text(const IdentityConflict *conflict, Arena *arena);

/* --- looking through what was given
 * ---------------------------------------------------------------------------- */

typedef enum {
	IDENTITY_REVIEW_KEPT = 1,
	IDENTITY_REVIEW_TAKEN,
	IDENTITY_REVIEW_MAX,
} IdentityReviewResult;

/* One role of one account, or of an agency in a plan (account_id 0). */
typedef struct IdentityReviewItem {
	int64_t account_id, plan_role_no, plan_id; /* plan_role_no 0: for the commune as a whole */
	const char *name, *login, *unit;           /* login "": an agency */
	IdentityWho who;                           /* of a role in a plan */
	IdentityKind kind;                         /* 0: an agency */
	bool is_disabled;
	const char *role, *role_name;
	const char *given_by;                   /* "": not kept here */
	int64_t given_us, seen_us, reviewed_us; /* 0: never */
	const char *reviewed_by;                /* "" */
	int32_t due;                            /* the last day by which it has to be looked at */
} IdentityReviewItem;

/* Appends everything that was given (IdentityReviewItem *), what is due first at the top. */
bool identity_review_items(const IdentityScope *scope, GPtrArray *ret_items, GError **error);

/* Records that an item was looked at by the scope's actor; TAKEN ends the role. Refused (ret_problem) as
 * identity_grant(), and to somebody who looks at his own roles (reviewer: his account). */
bool identity_review_record(const IdentityScope *scope, const IdentityReviewItem *item, int64_t reviewer,
    IdentityReviewResult result, const char **ret_problem, GError **error);

/* The day by which something has to be looked at next; DATE_NONE: nothing was given yet. ret_n_due: how many
 * are over it. */
bool identity_review_next(
    const IdentityScope *scope, int32_t today, int32_t *ret_due, int64_t *ret_n_due, GError **error);

/* Compares the reviews with what the ledger noted (AppModule.verify). */
bool identity_review_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
