/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "html/parts.h"
#include "http/router.h"
#include "modules/proposal/proposal_internal.h"
#include "modules/proposal/proposal_routes.h"

/* Khó khăn, kiến nghị: the register, one proposal, and the form that raises one. */

#define PROPOSAL_PATH "/kien-nghi"
#define PROPOSAL_NEW_PATH "/neu-kien-nghi"
#define PROPOSAL_ROUTES_PATH "/tuyen-kien-nghi"

typedef struct ProposalTab {
	const char *title, *url;
	bool is_current;
} ProposalTab;

typedef struct ProposalRow {
	const Proposal *proposal;
	const char *url, *agency, *when;
	const char *state, *look; /* "Quá hạn 3 ngày: Cơ quan thường trực …" */
	const char *step, *due;   /* NULL: none */
	bool is_late;
} ProposalRow;

typedef struct ProposalListView {
	LayoutView layout;
	ProposalTab tabs[WORK_WHOSE_MAX];
	ProposalRow *rows;
	size_t n_rows;
	const char *whose_word, *choice_word;
	int choice, kind;
	int64_t agency_id;
	const GPtrArray *agencies;
	const char *next_url, *first_url, *csv_url, *json_url; /* next, first: NULL */
	bool is_nobody;
} ProposalListView;

extern const char *const PROPOSAL_CHOICE_WORDS[];
extern const char *const PROPOSAL_CHOICE_TITLES[];

/* Which forms a card offers. */
typedef struct ProposalForms {
	bool forward, give_back, answer, decide, refer, higher, supplement, confirm, reopen, withdraw;
} ProposalForms;

typedef struct ProposalHistoryLine {
	const ProposalEntry *entry;
	const char *who, *when, *said; /* said: NULL */
} ProposalHistoryLine;

typedef struct ProposalCardView {
	LayoutView layout;
	ProposalRow row;
	const GPtrArray *steps; /* of ProposalStep * */
	ProposalHistoryLine *history;
	size_t n_history;
	ProposalForms forms;
	const char *plan_number, *row_url, *row_name, *piece_url; /* NULL */
	const char *field_title, *current, *wanted;               /* of an adjustment; NULL */
	const char *problem, *typed_text, *typed_number;          /* NULL */
	const char *decide_reason;                                /* why the actor may not decide; NULL */
	bool is_conflict;
} ProposalCardView;

typedef struct ProposalFormView {
	LayoutView layout;
	Proposal typed;
	const char *row_name, *row_kind, *typed_day; /* row_name: NULL of the plan as a whole */
	const char *plan_number;
	const int *years; /* of the indicator's targets */
	size_t n_years;
	const GPtrArray *agencies, *steps;
	const char *problem;
} ProposalFormView;

typedef enum { PROPOSAL_STANDING_ON, PROPOSAL_STANDING_COMING, PROPOSAL_STANDING_OVER } ProposalRouteStanding;

typedef struct ProposalRouteLine {
	const ProposalRoute *route;
	ProposalRouteStanding standing;
	const char *roles[PROPOSAL_STEPS_MAX]; /* names of those of the steps */
	bool can_end;
} ProposalRouteLine;

/* A step as it was typed. */
typedef struct ProposalStepTyped {
	const char *role, *title, *days;
} ProposalStepTyped;

typedef struct ProposalRouteTyped {
	int family;
	const char *valid_from, *source;
	ProposalStepTyped steps[PROPOSAL_STEPS_MAX];
} ProposalRouteTyped;

typedef struct ProposalRoutesView {
	LayoutView layout;
	ProposalRouteLine *lines;
	size_t n_lines;
	const GPtrArray *roles; /* of ProposalRole * */
	ProposalRouteTyped typed;
	bool may_change;
	const char *today;   /* "2026-12-15" */
	const char *problem; /* NULL */
} ProposalRoutesView;

bool proposal_routes_show(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_route_post(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_route_end_post(HttpRequest *request, HttpResponse *response, GError **error);

/* Fills in a row as lists and cards show it. */
bool
proposal_fill_row(const WorkScope *scope, const Proposal *proposal, ProposalRow *ret_row, GError **error);
WorkScope proposal_scope_of(const HttpRequest *request);

bool proposal_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_card_show(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_form_show(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_post_raise(HttpRequest *request, HttpResponse *response, GError **error);
bool proposal_post_act(HttpRequest *request, HttpResponse *response, GError **error);
