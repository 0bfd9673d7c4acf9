/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/parts.h"
#include "http/query.h"
#include "modules/link/link.h"
#include "modules/link/link_panel.h"
#include "modules/plan/plan.h"

#define LINK_PATH "/lien-ket"
#define LINK_ORPHAN_PATH "/lien-ket/thieu"
#define LINK_DOCUMENT_PATH "/can-cu"
#define LINK_HIGHER_PATH "/cap-tren"
#define LINK_PAGE_ROWS 100

LinkScope link_scope_of(const HttpRequest *request);

/* --- a card's panel --------------------------------------------------------------------------------------
 */

typedef struct LinkPanelLine {
	const char *no, *name, *url;
} LinkPanelLine;

struct LinkPanel {
	bool is_task;
	LinkPanelLine *lines;
	size_t n_lines;
	const char *more_url;
	LinkBasis *bases;
	size_t n_bases; /* with a warning */
	const char *bases_url;
};

/* --- tasks and indicators --------------------------------------------------------------------------------
 */

typedef struct LinkPairsView {
	PlanPage page;
	int state; /* LinkState that is shown */
	int64_t counts[LINK_STATE_MAX];
	const char *urls[LINK_STATE_MAX];
	LinkPair *pairs;
	size_t n_pairs, n_all, first;
	const char *next_url, *first_url;
	LinkOrphans orphans;
	const char *orphan_tasks_url, *orphan_indicators_url;
	PlanExports exports;
	bool may_decide;
	const LinkPair *just; /* just decided, to be taken back; NULL */
} LinkPairsView;

bool link_pairs_show(HttpRequest *request, HttpResponse *response, GError **error);
bool link_pairs_decide(HttpRequest *request, HttpResponse *response, GError **error);

typedef struct LinkOrphanView {
	PlanPage page;
	bool is_tasks;
	const LinkItem **items;
	size_t n_items, n_total;
	const char *tasks_url, *indicators_url, *links_url;
	PlanExports exports;
} LinkOrphanView;

bool link_orphans_show(HttpRequest *request, HttpResponse *response, GError **error);

/* --- legal documents -------------------------------------------------------------------------------------
 */

typedef struct LinkDocumentsView {
	PlanPage page;
	const GPtrArray *documents; /* of LinkDocument * */
	const GPtrArray *bases;     /* of LinkBasis *, of the plan that is chosen */
	bool may_change;
	LinkDocument typed;  /* what the form holds */
	const char *problem; /* NULL */
	PlanExports exports;
} LinkDocumentsView;

bool link_documents_show(HttpRequest *request, HttpResponse *response, GError **error);
bool link_documents_post(HttpRequest *request, HttpResponse *response, GError **error);

/* --- higher plans ----------------------------------------------------------------------------------------
 */

typedef struct LinkHighersView {
	PlanPage page;
	const GPtrArray *highers; /* of LinkHigher * */
	const char *problem;      /* NULL */
	bool may_import;
} LinkHighersView;

typedef struct LinkHigherView {
	PlanPage page;
	LinkHigher higher;
	const char *caption;
	int answer; /* LinkAnswer that is shown; LINK_ANSWER_MAX: all */
	int64_t counts[LINK_ANSWER_MAX];
	const char *urls[LINK_ANSWER_MAX + 1];
	LinkComparison *rows;
	size_t n_rows, n_all;
	PlanExports exports;
	bool may_decide, may_import;
} LinkHigherView;

bool link_highers_show(HttpRequest *request, HttpResponse *response, GError **error);
bool link_highers_upload(HttpRequest *request, HttpResponse *response, GError **error);
bool link_higher_show(HttpRequest *request, HttpResponse *response, GError **error);
bool link_higher_decide(HttpRequest *request, HttpResponse *response, GError **error);
bool link_higher_drop(HttpRequest *request, HttpResponse *response, GError **error);
