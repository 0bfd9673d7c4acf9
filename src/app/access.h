/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ledger.h"
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
#define APP_REVIEW "review"     /* correct drafts */
#define APP_PUBLISH "publish"   /* make a draft a plan that counts */
#define APP_ACCOUNTS "accounts" /* people, accounts, roles */
#define APP_SYSTEM "system"     /* the state of the program */
#define APP_LEDGER "ledger"     /* who did what */
#define APP_CALENDAR "calendar" /* the working calendar */
#define APP_ASSIGN "assign"     /* give work to agencies and people, open and lock periods */
#define APP_UPDATE "update"     /* say how one's own work goes */
#define APP_ACCEPT "accept"     /* accept what others have done, or return it */
#define APP_DECIDE "decide"     /* decide about extensions and objections */

typedef struct AppPermission {
	const char *name;
	const char *label; /* Vietnamese */
} AppPermission;

/* All of the above, ended by a NULL name. */
extern const AppPermission APP_PERMISSIONS[];

bool app_permission_is_known(const char *name);

typedef struct AppVisitor {
	bool is_open;       /* nobody can sign in yet: whoever reaches the program may do everything */
	int64_t session_id; /* 0: not signed in */
	int64_t account_id, person_id;
	const char *name;
	const char *must_go;            /* the only page that may be seen before the others; NULL */
	const char *form_mark;          /* what every form of this session carries; NULL */
	const char *const *permissions; /* ended by NULL; NULL: none */
	bool needs_touch;               /* that the session is in use has to be noted */
} AppVisitor;

typedef struct AppGate {
	/* Says who sent a request; strings live in its arena. `db` may only be read. */
	bool (*recognise)(Db *db, int64_t commune_id, int64_t now_us, HttpRequest *request,
	    AppVisitor *ret_visitor, GError **error);
	/* Notes that the session is in use. */
	bool (*touch)(Db *db, int64_t commune_id, int64_t now_us, const AppVisitor *visitor, GError **error);
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

/* True where the visitor has a permission. */
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
