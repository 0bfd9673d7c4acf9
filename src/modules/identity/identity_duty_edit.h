/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_rule.h"
#include "modules/identity/identity_roles.h"

/* The rules about separate duties from day to day. A rule is added and ended, never rewritten or taken away
 * (R1); what keeps accounts of administrators from professional work stays (TCVN 14423). */

#define IDENTITY_DUTY_DECIDER_BYTES_MAX 400
#define IDENTITY_DUTIES_MAX 200 /* of one commune, ended ones among them */

/* A rule with its days. */
typedef struct IdentityDutyRule {
	AppDuty duty;
	int32_t valid_from, valid_to; /* valid_to: the last day; DATE_NONE: no end */
} IdentityDutyRule;

DatedSpan identity_duty_days(const IdentityDutyRule *rule);

/* Appends every rule there is or was (IdentityDutyRule *, in the arena), by number. */
bool identity_duties_all(const IdentityScope *scope, GPtrArray *ret_rules, GError **error);

/* Adds a rule of the kind APP_DUTY_HOLD, APP_DUTY_OBJECT or APP_DUTY_OWN that counts from told->valid_from
 * on, today at the earliest. ret_problem: Vietnamese, what is wrong; NULL: done. Fails as db_txn_commit(). */
bool identity_duty_add(
    const IdentityScope *scope, const IdentityDutyRule *told, const char **ret_problem, GError **error);

/* Lets a rule end with `last_day`, today at the earliest, on the ground of `source`. Fails as
 * db_txn_commit(), and with APP_ERROR_NOT_FOUND. */
bool identity_duty_end(const IdentityScope *scope, int64_t duty_no, int32_t last_day, const char *source,
    const char **ret_problem, GError **error);

/* Compares the rules that somebody added or ended with what the ledger noted. */
bool identity_duties_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
