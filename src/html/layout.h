/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The frame around every page: head, top bar, navigation, page header, footer. A page is
 * layout_begin(), its own content, layout_end(); templates use {% call layout_begin(&v->layout) %}. */

typedef enum {
	LAYOUT_NAV_DASHBOARD,
	LAYOUT_NAV_TASKS,
	LAYOUT_NAV_INDICATORS,
	LAYOUT_NAV_AGENCIES,
	LAYOUT_NAV_CALENDAR,
	LAYOUT_NAV_FINDINGS,
	LAYOUT_NAV_DOCUMENT,
	LAYOUT_NAV_MAX,
	LAYOUT_NAV_NONE = LAYOUT_NAV_MAX, /* an error page */
} LayoutNav;

/* A plan that the reader can switch to. */
typedef struct LayoutPlan {
	const char *value; /* of the query parameter "ke-hoach" */
	const char *label;
	bool is_current;
} LayoutPlan;

/* Where an entry of the menu stands: in the bar, or in one of the groups behind "Thêm". */
typedef enum LayoutGroup {
	LAYOUT_BAR, /* before the entries of LAYOUT_NAV: what a person has to do */
	LAYOUT_DOING,
	LAYOUT_PLANNING,
	LAYOUT_REMINDING,
	LAYOUT_KEEPING,
	LAYOUT_GROUP_MAX,
} LayoutGroup;

extern const char *const LAYOUT_GROUP_TITLES[LAYOUT_GROUP_MAX];

typedef struct LayoutNavItem {
	const char *path;
	const char *label;
	LayoutGroup group;
} LayoutNavItem;

/* Who looks at the page. */
typedef struct LayoutVisitor {
	const char *name;    /* NULL: nobody who has signed in */
	bool is_open;        /* nobody can sign in yet, and everybody may do everything */
	bool has_accounts;   /* may manage accounts */
	unsigned hidden_nav; /* bit 1 << LayoutNav: places that are not shown */
} LayoutVisitor;

/* All strings are borrowed; those that are NULL are left out. */
typedef struct LayoutView {
	const char *title;      /* the page's heading, and the first part of the window's title */
	const char *commune;    /* "UBND phường …" */
	const char *plan_label; /* "Kế hoạch số 57/KH-UBND ngày 24/02/2026" */
	const char *as_of;      /* "Tính đến ngày 15/12/2026" */
	const char *version;
	const char *
	    path; /* the page's own path: where the plan switcher leads, and which entry of the menu is lit */
	const char *plan; /* the plan being shown, where links must carry it on: "2" in "?ke-hoach=2" */
	LayoutNav nav;
	const LayoutNavItem *more_nav; /* entries of further modules */
	size_t n_more_nav;
	const LayoutVisitor *visitor; /* NULL: nobody is told of */
	const LayoutPlan *plans;      /* shown where there is more than one */
	size_t n_plans;
	const char *script; /* a further script of this page; NULL */
	bool reloads;       /* asks for itself again after some seconds where there is no script to do it */
} LayoutView;

/* Indexed by LayoutNav. */
extern const LayoutNavItem LAYOUT_NAV[LAYOUT_NAV_MAX];

/* True for the page at `place` and the pages below it. */
bool layout_is_within(const char *path, const char *place);

/* The entry behind "Thêm" that leads to the page, or to the nearest one above it; NULL where there is none.
 */
const LayoutNavItem *layout_here(const LayoutView *view);

/* True where the menu has an entry of this group. */
bool layout_has_group(const LayoutView *view, LayoutGroup group);

void layout_begin(GString *out, const LayoutView *v);
void layout_end(GString *out, const LayoutView *v);
