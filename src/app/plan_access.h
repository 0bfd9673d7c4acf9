/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/access.h"

/* What somebody may do in one plan, on one row of it, and why (docs/adr/0022-roles-per-plan.md). All that is
 * known of a visitor is read once, when the request comes in; asking costs no statement, but for the
 * permissions that the rules about separate duties guard. */

/* Through what a role came. */
typedef enum {
	APP_VIA_COMMUNE = 1, /* given to the account for the commune as a whole */
	APP_VIA_PLAN,        /* given to the account for one plan */
	APP_VIA_AGENCY,      /* given for one plan to an agency in which the visitor has a post */
	APP_VIA_POST,        /* of itself, by a post in an agency: for the rows that name the agency */
} AppVia;

struct AppGrant {
	AppVia via;
	int64_t plan_id;   /* 0: every plan */
	int64_t agency_id; /* for whose rows; 0: of any agency in which the visitor has a post */
	bool is_head;      /* of that agency */
	const char *role, *role_name;
	const char *agency_name;        /* NULL without one */
	const char *const *permissions; /* of the role; ended by NULL */
};

/* On what somebody acts. */
typedef struct AppTarget {
	int64_t plan_id;             /* 0: no plan: only what counts for the commune as a whole is enough */
	const int64_t *leads;        /* agencies that lead the row, or whose data it is */
	const int64_t *coordinating; /* agencies that help with it */
	size_t n_leads, n_coordinating;
	/* The person who did the step that this one judges (proposed what is decided, updated what is
	 * accepted); 0: nobody. */
	int64_t done_by;
	const char *done; /* the permission of that step: APP_PROPOSE, APP_UPDATE; NULL */
} AppTarget;

typedef struct AppAnswer {
	bool is_allowed;
	/* In the request's arena. Allowed: "vì là người của đơn vị chủ trì (Phòng …)". Refused: a whole
	 * sentence, with what is missing and who can help. */
	const char *reason;
} AppAnswer;

/* What one person may not do together. */
typedef enum {
	APP_DUTY_HOLD = 1, /* both in one plan: not given, and `second` is refused to who has `first` */
	APP_DUTY_OBJECT,   /* `second` on what the same person did by `first` */
	APP_DUTY_OWN,      /* `second` on rows of one's own agency; `first` is empty */
	APP_DUTY_KIND,     /* `second` with an account of the kind `first` */
} AppDutyKind;

typedef struct AppDuty {
	int64_t duty_no;
	AppDutyKind kind;
	const char *first,
	    *second; /* permissions; for APP_DUTY_KIND a word of an account's kind, and a permission */
	const char *decider; /* who decides about an exception or a change of the rule */
	const char *source;
} AppDuty;

typedef struct AppDuties {
	const AppDuty *duties;
	size_t n_duties;
} AppDuties;

/* Says whether the visitor of a request may do something. Use it before a form or button is offered. Fails as
 * db_step(). */
bool app_access(const HttpRequest *request, const char *permission, const AppTarget *target,
    AppAnswer *ret_answer, GError **error);

/* The same at the time of acting: fails with APP_ERROR_FORBIDDEN where it is not allowed, the reason in
 * request->problem. */
bool
app_access_require(HttpRequest *request, const char *permission, const AppTarget *target, GError **error);

/* For a list that may be narrowed to a plan: who names one must be allowed to read it. plan_id: 0: none named.
 */
bool app_access_require_named(HttpRequest *request, int64_t plan_id, GError **error);

/* The same without a request: of a visitor and the rules that hold. duties: NULL: none. is_allowed false
 * leaves `reason` NULL where nothing but the role is missing. */
AppAnswer app_access_of(const AppVisitor *visitor, const AppDuties *duties, const char *permission,
    const AppTarget *target, Arena *arena);

/* Gives the grant by which the visitor has a permission there; NULL: none. */
const AppGrant *app_access_grant(const AppVisitor *visitor, const char *permission, const AppTarget *target);

/* Writes what `grant` gives as a reason: "vì …", in the arena. */
const char *app_access_reason(const AppGrant *grant, const char *permission, Arena *arena);

/* Gives the sentence for somebody without a permission: what is missing, which roles have it, who gives them.
 */
bool app_access_missing(
    const HttpRequest *request, const char *permission, const char **ret_sentence, GError **error);
