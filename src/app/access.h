/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
#include "base/arena.h"
#include "http/router.h"
#include "storage/db.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Who sends a request, and whether a route is for them. Who people are is a module's matter: it fills in an
 * AppGate (AppModule.gate); without one, everything is open. */

/* Permissions of routes; a route with none of these is for nobody once people sign in. Two are not given by a
 * role: everybody has `public`, and `self` whoever has signed in. */
#define APP_PUBLIC "public"
#define APP_SELF "self"
#define APP_READ "read"         /* pages about plans */
#define APP_DOWNLOAD "download" /* documents as they came */
#define APP_IMPORT "import"     /* bring documents in */
#define APP_EVIDENCE "evidence" /* hand in and withdraw evidence */
#define APP_REVIEW "review"     /* correct drafts */
#define APP_PUBLISH "publish"   /* make a draft a plan that counts */
#define APP_ACCOUNTS "accounts" /* people, accounts, roles */
#define APP_SYSTEM "system"     /* the state of the program */
#define APP_LEDGER "ledger"     /* who did what */
#define APP_CALENDAR "calendar" /* the working calendar */
#define APP_REMIND "remind"     /* the ladder of reminders, the list of whom to call */

/* The work on a plan. A route may name one of these; whether it is given for the plan and row in question is
 * for app_access_require() to say (app/plan_access.h). */
#define APP_UPDATE "update"           /* state, result and values of the rows one's agency leads */
#define APP_CONTRIBUTE "contribute"   /* add to rows one's agency coordinates; closes nothing */
#define APP_APPROVE "approve"         /* the data of one's own agency, as its head */
#define APP_ACCEPT "accept"           /* accept that a row is done */
#define APP_OPERATE "operate"         /* periods, reminders, assignment: the standing agency's work */
#define APP_CONSOLIDATE "consolidate" /* make one report of those of the agencies */
#define APP_PROPOSE "propose"         /* a change of the plan */
#define APP_DECIDE "decide"           /* about a proposed change */
#define APP_INSPECT "inspect"         /* programmes and findings of inspections */
#define APP_SUPERVISE "supervise"     /* supervision and criticism by the Front */
#define APP_GRADE "grade"             /* results of agencies */
#define APP_EXPLAIN "explain"         /* ask for an explanation; told of by the ladder as the leader */
#define APP_ROLES "roles"             /* who has which role in a plan */

/* For what a permission counts. */
typedef enum {
	APP_SCOPE_COMMUNE,      /* the commune as a whole: no role of a single plan gives it */
	APP_SCOPE_VIEW,         /* looking at a plan */
	APP_SCOPE_PLAN,         /* a plan as a whole */
	APP_SCOPE_LEAD,         /* rows that an agency of the visitor leads */
	APP_SCOPE_COORDINATING, /* rows that it leads or helps with */
	APP_SCOPE_HEAD,         /* rows that an agency leads of which the visitor is the head */
} AppScope;

typedef struct AppPermission {
	const char *name;
	const char *label; /* Vietnamese */
	AppScope scope;
} AppPermission;

/* All of the above, ended by a NULL name. */
extern const AppPermission APP_PERMISSIONS[];

bool app_permission_is_known(const char *name);

/* Gives the row of a permission; NULL for one that is not known. */
const AppPermission *app_permission_find(const char *name);

/* A role that a visitor has, and where it counts. */
typedef struct AppGrant AppGrant;

typedef struct AppVisitor {
	bool is_open;       /* nobody can sign in yet: whoever reaches the program may do everything */
	int64_t session_id; /* 0: not signed in */
	int64_t account_id, person_id;
	const char *name;
	const char *must_go;            /* the only page that may be seen before the others; NULL */
	const char *form_mark;          /* what every form of this session carries; NULL */
	const char *const *permissions; /* that count anywhere; ended by NULL; NULL: none */
	const AppGrant *grants;         /* app/plan_access.h */
	size_t n_grants;
	bool needs_touch; /* that the session is in use has to be noted */
} AppVisitor;

struct AppDuties;

typedef struct AppGate {
	/* Says who sent a request; strings live in its arena. `db` may only be read. */
	bool (*recognise)(Db *db, int64_t commune_id, int64_t now_us, HttpRequest *request,
	    AppVisitor *ret_visitor, GError **error);
	/* Notes that the session is in use. */
	bool (*touch)(Db *db, int64_t commune_id, int64_t now_us, const AppVisitor *visitor, GError **error);
	/* Gives what one person may not be at once (AppDuties, app/plan_access.h); NULL: no such rules. */
	bool (*duties)(Db *db, int64_t commune_id, int64_t now_us, Arena *arena, struct AppDuties *ret_duties,
	    GError **error);
	/* Gives the names of the roles that give a permission, "A, B", in the arena; "" where none does. */
	bool (*roles_with)(Db *db, int64_t commune_id, const char *permission, Arena *arena,
	    const char **ret_names, GError **error);
} AppGate;

/* Where people sign in and out; the module behind the gate answers there. */
#define APP_SIGN_IN_PATH "/dang-nhap"
#define APP_SIGN_OUT_PATH "/dang-xuat"

typedef enum {
	APP_MAY,
	APP_MUST_SIGN_IN,
	APP_MUST_GO, /* to visitor->must_go first */
	APP_MAY_NOT,
} AppVerdict;

/* True where the visitor has a permission, be it for one plan alone. */
bool app_visitor_may(const AppVisitor *visitor, const char *permission);

AppVerdict app_access_judge(const AppVisitor *visitor, const HttpRoute *route);

/* The visitor of a request, for the ledger. */
LedgerActor app_actor(const HttpRequest *request);

/* Writes into the ledger that a visitor was refused a route. Fails as ledger_append() and db_txn_commit(). */
bool app_access_note_refusal(Db *db, int64_t commune_id, int64_t now_us, const HttpRequest *request,
    const HttpRoute *route, GError **error);

/* Fails with APP_ERROR_FORBIDDEN where a form of somebody who has signed in does not carry the session's
 * mark. */
bool app_form_mark_check(const AppVisitor *visitor, HttpRequest *request, GError **error);

/* Puts the mark into every form of a page that is sent by POST; no template has to think of it. */
void app_form_mark_insert(GString *page, const char *mark);
