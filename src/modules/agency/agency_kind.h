/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_rule.h"
#include "modules/agency/agency_change.h"

/* For other modules: the kinds of bodies a commune has, from day to day. A kind is added and ended, never
 * rewritten or taken away: units keep the kind that they had (R1, R9). */

#define AGENCY_KIND_NAME_BYTES_MAX 200
#define AGENCY_KINDS_MAX 100 /* of one commune, ended ones among them */

/* The days on which units may be of the kind. */
DatedSpan agency_kind_days(const AgencyKind *kind);

/* True where units may be of the kind on a day. */
bool agency_kind_is_on(const AgencyKind *kind, int32_t day);

/* Adds a kind that counts from kind->valid_from on, today at the earliest; its word is made of its name.
 * ret_problem: Vietnamese, what is wrong; NULL: done. Fails as db_txn_commit(). */
bool
agency_kind_add(const AgencyScope *scope, const AgencyKind *kind, const char **ret_problem, GError **error);

/* Lets a kind end with `last_day`, today at the earliest, on the ground of `source`. Refused where a unit is
 * still of the kind on the day after. Fails as db_txn_commit(), and with APP_ERROR_NOT_FOUND. */
bool agency_kind_end(const AgencyScope *scope, const char *kind, int32_t last_day, const char *source,
    const char **ret_problem, GError **error);
