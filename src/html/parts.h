/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/link.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Pieces that several pages show, for {% call part_…(…) %}. `kind` is one of the looks of a state in app.css:
 * "ok", "run", "soon", "late", "idle". Strings are borrowed. */

/* A state as word, shape and colour. */
void part_state(GString *out, const char *kind, const char *label);

/* How serious a finding is: 'E', 'W' or 'I'. */
void part_severity(GString *out, char severity);

/* A card with a number that opens its list. note: under the number, may be NULL. */
typedef struct PartFigure {
	const char *kind; /* NULL: no colour */
	const char *label;
	int64_t value;
	int64_t of;      /* "31/53"; below 0: not shown */
	const char *url; /* NULL: not a link */
	const char *note;
} PartFigure;
void part_figure(GString *out, const PartFigure *figure);

/* The form, folded, that ends a dated rule after a day, with a ground: fields "den-ngay" and "can-cu". Days
 * are ISO 8601. */
typedef struct PartEnding {
	const char *action;
	const char *key; /* of the rule among those of the page */
	const char *today;
	bool is_typed; /* it was sent and refused: unfolded, with what was typed */
	const char *last_day, *source;
} PartEnding;
void part_ending(GString *out, const PartEnding *ending);

/* A bar of counts by state. Segments of 0 are left out; without any, nothing is written. */
typedef struct PartSegment {
	const char *kind;
	const char *label; /* "hoàn thành" */
	int64_t count;
} PartSegment;
void part_bar(GString *out, const PartSegment *segments, size_t n_segments);

/* What is shown of a list, and the way to the rest. URLs that are NULL lead nowhere and are left out. */
typedef struct PartPager {
	const char *noun;    /* "nhiệm vụ" */
	int64_t first, last; /* 1-based; first 0 where the list is empty */
	int64_t total;
	const char *first_url, *previous_url, *next_url, *last_url;
} PartPager;
void part_pager(GString *out, const PartPager *pager);

/* The same for a list that reads on from a row: how many there are on the page, of how many (below 0: not
 * counted), `noun` behind that, and the ways on; URLs may be NULL. */
void part_steps(
    GString *out, int64_t n, int64_t of, const char *noun, const char *first_url, const char *next_url);

/* A way to look at the same list: Toàn xã, Giao cho tôi, Liên quan đến tôi. */
typedef struct PartTab {
	const char *title, *url;
	bool is_current;
} PartTab;
void part_tabs(GString *out, const PartTab *tabs, size_t n_tabs, const char *label);

/* A column's heading by which its list can be sorted. */
typedef enum { PART_SORT_NONE, PART_SORT_UP, PART_SORT_DOWN } PartSortOrder;
typedef struct PartSort {
	const char *label;
	const char *url;
	PartSortOrder order;
} PartSort;
void part_sort(GString *out, const PartSort *sort);

/* Works out a heading: `param` of the page holds the sort key, with "-" before it for the other direction.
 * The link sorts upwards, or downwards where the list is sorted so already, and leaves `page_param` out (may
 * be NULL). */
PartSort part_sort_make(Arena *arena, const LinkBase *base, const char *param, const char *page_param,
    const char *key, const char *label);
