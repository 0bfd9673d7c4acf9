/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/dated_list.h"
#include "html/link.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/router.h"
#include "modules/identity/identity_duty_edit.h"
#include "modules/identity/identity_pages.h"
#include "modules/identity/identity_roles.h"
#include "modules/plan/plan.h"

/* Pages about roles: of a plan, of what one person may not be at once, and of looking through all that was
 * given. */

#define IDENTITY_ROLES_PATH "/vai-tro"
#define IDENTITY_DUTIES_PATH "/quan-tri/tach-nhiem-vu"
#define IDENTITY_REVIEW_PATH "/quan-tri/ra-soat-quyen"

typedef struct IdentityPlanRoleRow {
	const IdentityPlanRole *row;
	const char *holder;    /* "Mọi người của Phòng …" */
	const char *since;     /* "từ 01/7/2025", "01/7/2025 – 31/12/2026" */
	const char *kind;      /* look of the standing */
	const char *place_url; /* the words in the plan; NULL */
	const char *action;    /* where its forms go */
	bool is_mine;          /* nobody decides about his own role */
} IdentityPlanRoleRow;

/* What was typed into the form; "" where nothing was. */
typedef struct IdentityPlanRoleTyped {
	const char *role, *who, *agency, *account, *from, *to, *source;
} IdentityPlanRoleTyped;

typedef struct IdentityPlanRolesView {
	PlanPage page;
	LinkBase base;
	IdentityPlanRoleRow *rows;
	size_t n_rows, n_proposed, n_over; /* n_over: dismissed and ended ones, not among the rows */
	const GPtrArray *parts;            /* of AgencyPart */
	const GPtrArray *roles, *agencies, *accounts;
	bool may_set;        /* forms are shown */
	const char *problem; /* NULL */
	const char *self_url, *propose_url, *over_url;
	bool shows_over;
	IdentityPlanRoleTyped typed;
	PlanExports exports;
} IdentityPlanRolesView;

/* What a rule may be about, for the form. */
typedef struct IdentityDutyWord {
	const char *word, *title;
	AppDutyKind kind;
} IdentityDutyWord;

#define IDENTITY_DUTY_KINDS 3
extern const IdentityDutyWord IDENTITY_DUTY_WORDS[IDENTITY_DUTY_KINDS];

/* A rule in words: what accounts of one kind may not do is one long sentence over several rules. */
typedef struct IdentityDutyRow {
	const IdentityDutyRule *rule; /* the first */
	const char *text;
} IdentityDutyRow;

/* What was typed; "" where nothing was. */
typedef struct IdentityDutyTyped {
	const char *kind, *first, *second, *decider, *source, *from;
	DatedTyped ends; /* the rule that is to end */
} IdentityDutyTyped;

typedef struct IdentityDutiesView {
	LayoutView layout;
	const GPtrArray *conflicts; /* of char *: sentences */
	DatedList list;             /* of IdentityDutyRow */
	bool may_change;
	const char *problem; /* NULL */
	IdentityDutyTyped typed;
} IdentityDutiesView;

typedef struct IdentityReviewRow {
	const IdentityReviewItem *item;
	const char *field;                         /* of the form */
	const char *holder, *where;                /* where: "toàn xã", the plan's number */
	const char *given, *seen, *reviewed, *due; /* days; "" */
	bool is_due, is_mine;
} IdentityReviewRow;

typedef struct IdentityReviewView {
	LayoutView layout;
	ListPage page;
	IdentityReviewRow *rows;
	size_t n_rows;
	int64_t n_due;
	int64_t months;
	const char *source, *next; /* of the rule; the next day, "" */
	const char *all_url, *due_url;
	bool only_due;
	const char *problem, *done; /* NULL */
	PlanExports exports;
} IdentityReviewView;

bool identity_plan_roles_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_plan_roles_give(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_plan_roles_propose(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_plan_roles_decide(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_duties_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_duty_send(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_duty_end_send(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_review_show(HttpRequest *request, HttpResponse *response, GError **error);
bool identity_review_save(HttpRequest *request, HttpResponse *response, GError **error);
