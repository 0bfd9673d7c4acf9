/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"
#include "app/context.h"
#include "html/layout.h"
#include "html/link.h"
#include "html/parts.h"
#include "http/response.h"
#include "modules/plan/plan_rows.h"

/* What every page about a plan begins with: which plan is shown (`?ke-hoach=`, else the newest), the frame
 * around the page, and links that keep the choice. */

typedef struct PlanPage {
	PlanScope scope;
	const PlanInfo *plan; /* NULL: no plan has come in yet */
	LayoutView layout;
	Arena *arena;
	int32_t today;
	int32_t soon_days;      /* of today: with so many days left, work is "sắp đến hạn" */
	const char *plan_query; /* value of ke-hoach in links; NULL where the newest plan is shown */
	const PlanAnnexInfo *const *annexes;
	size_t n_annexes;
} PlanPage;

#define PLAN_PARAM "ke-hoach"

/* Chooses the plan and fills in the frame. Fails with APP_ERROR_INVALID or APP_ERROR_NOT_FOUND (no such
 * plan). */
bool
plan_page_begin(HttpRequest *request, LayoutNav nav, const char *title, PlanPage *ret_page, GError **error);

/* Gives a link of the program with the choice of the plan kept: path, then what `format` writes as further
 * query
 * ("muc=…", may hold "#…"), or nothing where it is NULL. Values must be percent-encoded already. */
const char *
plan_page_link(const PlanPage *page, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* Percent-encodes a value for plan_page_link(). */
const char *plan_page_encode(const PlanPage *page, const char *value);

/* Gives a copy of what was written, in the page's arena. */
const char *plan_page_keep(const PlanPage *page, const GString *text);

/* Gives an annex by its number; NULL for 0 and for one that is not there. */
const PlanAnnexInfo *plan_page_annex(const PlanPage *page, int64_t annex_no);

/* "Phụ lục II"; "Phần lời văn" for NULL. */
const char *plan_page_annex_title(const PlanPage *page, const PlanAnnexInfo *annex);

/* Answers for a store without plans. Gives true, to end a handler with. */
bool plan_page_show_empty(const PlanPage *page, HttpResponse *response);

/* Data in all formats: links under a list. */
typedef struct PlanExports {
	const char *csv_url, *json_url;
} PlanExports;

/* The same list as data: `base`, a list's address without its paging, with .csv and .json behind its path. */
PlanExports plan_page_exports(const PlanPage *page, const LinkBase *base);

/* The plan's findings by severity, errors first: three numbers that open their lists. */
void plan_severity_figures(const PlanPage *page, PartFigure ret_figures[3]);

/* {% call plan_exports(…) %}: the links. */
void plan_exports(GString *out, const PlanExports *exports);

/* {% call plan_group_row(…) %}: a group row of an annex over `n_columns`. */
void plan_group_row(GString *out, const PlanGroupInfo *group, int n_columns);

/* Leaves of a list of PlanInfo * those that the visitor may look at. */
void plan_keep_readable(const AppVisitor *visitor, GPtrArray *plans);
