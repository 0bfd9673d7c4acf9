/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency.h"

/* Gives each part (of AgencyPart) its place in the alphabet. */
void agency_rank_parts(GArray *parts);

/* Counts the rows and duties of each agency; an item that names one twice counts once. Where two parts are
 * the same agency, the first of them gets the counts. */
void agency_count_parts(const Plan *plan, GArray *parts);

/* Finds the entry that a spelling belongs to (agency_name_key()); 0: none knows it. */
bool agency_find_alias(Db *db, int64_t commune_id, const char *key, int64_t *ret_agency_id, GError **error);

/* Adds an entry; its spellings are another matter. */
bool
agency_insert(Db *db, int64_t commune_id, const PlanAgency *agency, int64_t *ret_agency_id, GError **error);

/* Remembers a spelling, unless it is somebody's already. */
bool agency_learn_alias(Db *db, int64_t commune_id, int64_t agency_id, const char *alias, GError **error);
