/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/agency/agency.h"
#include "modules/people/people_common.h"

/* Units as lists show them, on a day. */

typedef struct UnitRow {
	const AgencyUnit *unit;
	const AgencyVersion *at;
	const char *kind_name, *parent_name; /* "" */
	const char *now;                     /* "nay là …"; NULL */
	const IdentityPost *head;            /* NULL */
	int64_t n_people;
	int64_t lead_tasks, coordinating_tasks, lead_indicators; /* of the plans in force */
	int depth;                                               /* below how many others */
	const char *sort_key;
} UnitRow;

typedef enum { UNIT_LIVING, UNIT_UNCONFIRMED, UNIT_ENDED, UNIT_ALL, UNIT_FILTER_MAX } UnitFilter;

typedef struct UnitQuery {
	int32_t day;
	UnitFilter filter;
	const char *kind;   /* "": all */
	const char *search; /* folded; "": all */
} UnitQuery;

typedef struct UnitRows {
	AgencyBook book;
	UnitRow *rows; /* as a tree, or by name where something is sought */
	size_t n_rows;
	size_t n_unconfirmed; /* of all that live on the day */
} UnitRows;

/* What the pages of others need: no people, no parts of plans where `is_plain`. */
bool unit_rows_read(
    const HttpRequest *request, const UnitQuery *query, bool is_plain, UnitRows *ret_rows, GError **error);
