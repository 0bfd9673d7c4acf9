/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/decimal.h"
#include "modules/agency/agency.h"

/* Chỉ tiêu: what a plan promises to reach, with a target for each milestone year. */

typedef struct IndicatorTarget {
	int64_t indicator_no;
	int year; /* 0: the plan names none */
	PlanComparator comparator;
	Decimal value, value_high;
	char *raw; /* as printed */
} IndicatorTarget;

typedef struct Indicator {
	int64_t indicator_no; /* place in the plan, from 1 */
	char *item;           /* its mark in the document */
	char *no;             /* as printed; NULL */
	char *name;
	char *unit, *output;       /* NULL */
	char *lead, *coordinating; /* as printed, joined by "; "; "" */
	int64_t annex_no;          /* 0: from the text */
	int64_t group_no;          /* 0: none */
	int confidence;            /* 0 to 100 */
	GPtrArray *targets;        /* of IndicatorTarget *; borrowed from the list */
	guint first_target, n_targets;
} Indicator;

/* Stores a plan's indicators. parts: of AgencyPart, as agency_enter_all() gave them. */
bool indicator_add_all(const PlanScope *scope, const Plan *plan, const GArray *parts, GError **error);

typedef struct IndicatorFilter {
	int64_t annex_no;  /* -1: any; 0: those of the text */
	int year;          /* only those with a target in this year; 0: any */
	int64_t agency_id; /* 0: any */
	AgencyRole role;
	int64_t after; /* the last indicator of the page before */
	int limit;
} IndicatorFilter;

#define INDICATOR_ANY_ANNEX (-1)

/* Appends a page of indicators (Indicator *) with their targets (IndicatorTarget *, in order), all in the
 * arena. */
bool indicator_list(const PlanScope *scope, const IndicatorFilter *filter, Arena *arena,
    GPtrArray *ret_indicators, GPtrArray *ret_targets, GError **error);

/* Counts the indicators of a filter; `after` and `limit` are left aside. */
bool
indicator_count(const PlanScope *scope, const IndicatorFilter *filter, int64_t *ret_count, GError **error);

/* Gives one indicator with its targets. Fails with APP_ERROR_NOT_FOUND. */
bool indicator_load(const PlanScope *scope, int64_t indicator_no, Arena *arena, Indicator *ret_indicator,
    GPtrArray *ret_targets, GError **error);

/* The n-th target of a listed indicator. */
const IndicatorTarget *indicator_target(const Indicator *indicator, guint n);

typedef struct IndicatorAgency {
	AgencyRole role;
	int64_t agency_id;
} IndicatorAgency;

/* Appends (to an array of IndicatorAgency) the agencies of an indicator, leads first. */
bool
indicator_list_agencies(const PlanScope *scope, int64_t indicator_no, GArray *ret_agencies, GError **error);

/* A milestone year and how many indicators have a target in it. */
typedef struct IndicatorYear {
	int year; /* 0: targets without a year */
	int64_t count;
} IndicatorYear;

/* Appends (to an array of IndicatorYear) a plan's milestone years, earliest first. */
bool indicator_list_years(const PlanScope *scope, GArray *ret_years, GError **error);

/* Gives the first milestone year that has not ended on `today`, or 0. years: of IndicatorYear. */
int indicator_next_year(const GArray *years, int32_t today);

/* Appends a target as people read it: "≥ 95,5%", "phấn đấu ≥ 3%", "từ 20 đến 30%"; the printed words where
 * there is no number. unit: NULL where there is none. */
void indicator_append_target(const IndicatorTarget *target, const char *unit, GString *out);
