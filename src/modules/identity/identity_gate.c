/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"

#include <string.h>

#define MINUTE_US (60 * INSTANT_SECOND)
#define TOUCH_US (30 * INSTANT_SECOND) /* how exactly the use of a session is known */
#define MARK_PURPOSE "form"

IdentityScope
identity_scope_of(const HttpRequest *request)
{
	const AppContext *context = app_context(request);

	return (IdentityScope){.db = context->db,
	    .commune_id = context->commune_id,
	    .now_us = context->now_us,
	    .directory = context->directory,
	    .actor = app_actor(request),
	    .arena = request->arena};
}

IdentityOrigin
identity_origin_of(const HttpRequest *request)
{
	const char *agent = request->user_agent != NULL ? request->user_agent : "";
	g_autofree char *clean = NULL;

	if (!text_ingest(agent, (gssize)MIN(strlen(agent), IDENTITY_AGENT_BYTES_MAX), &clean, NULL))
		clean = g_strdup("?");
	return (IdentityOrigin){.address = request->address != NULL ? request->address : "",
	    .agent = arena_strdup(request->arena, clean)};
}

/* True where the session was used lately enough. */
static bool
is_alive(const DbStmt *stmt, const IdentityRules *rules, int64_t now_us)
{
	bool is_admin = db_column_int(stmt, IDENTITY_FIND_SESSION_C_KIND) == IDENTITY_ADMIN;
	int64_t idle_us = (is_admin ? rules->admin_idle_minutes : rules->idle_minutes) * MINUTE_US;
	int64_t life_us = rules->session_hours * INSTANT_HOUR;

	return now_us - db_column_int(stmt, IDENTITY_FIND_SESSION_C_USED_US) <= idle_us &&
	       now_us - db_column_int(stmt, IDENTITY_FIND_SESSION_C_CREATED_US) <= life_us;
}

/* Nobody works with half a sign-in, with a password that somebody else knows or that is too old, or without
 * the second factor where the rules ask for one. */
static const char *
first_duty(const DbStmt *stmt, const IdentityRules *rules, int64_t now_us)
{
	bool is_admin = db_column_int(stmt, IDENTITY_FIND_SESSION_C_KIND) == IDENTITY_ADMIN;
	bool has_totp = db_column_int(stmt, IDENTITY_FIND_SESSION_C_HAS_TOTP) != 0;
	int64_t factor = db_column_int(stmt, IDENTITY_FIND_SESSION_C_FACTOR);
	int64_t password_us = db_column_int(stmt, IDENTITY_FIND_SESSION_C_PASSWORD_US);
	bool must_have = rules->totp_all != 0 || (is_admin && rules->totp_admin != 0);

	if (factor == IDENTITY_FACTOR_PENDING && has_totp)
		return IDENTITY_CODE_PATH;
	if (db_column_int(stmt, IDENTITY_FIND_SESSION_C_MUST_CHANGE) != 0 ||
	    (is_admin && identity_password_is_old(rules, password_us, now_us)))
		return IDENTITY_PASSWORD_PATH;
	if (must_have && !has_totp && factor != IDENTITY_FACTOR_PROVIDER)
		return IDENTITY_TOTP_PATH;
	return NULL;
}

static bool
read_session(Db *db, int64_t commune_id, int64_t now_us, const char *token, Arena *arena, AppVisitor *visitor,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	uint8_t digest[SECRET_BYTES];
	char mark[SECRET_TEXT_SIZE];
	const IdentityScope scope = {.db = db, .commune_id = commune_id, .now_us = now_us, .arena = arena};
	IdentityRules rules;
	bool has_row;

	secret_digest(IDENTITY_COOKIE, token, digest);
	if (!db_prepare(db, &IDENTITY_FIND_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_SESSION_P_COMMUNE_ID, commune_id);
	db_bind_bytes(stmt, IDENTITY_FIND_SESSION_P_TOKEN_HASH, digest, sizeof(digest));
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row)
		return true;
	if (!identity_rules(&scope, &rules, error))
		return false;
	if (!is_alive(stmt, &rules, now_us))
		return true;
	secret_digest_text(MARK_PURPOSE, token, mark);
	*visitor = (AppVisitor){
	    .session_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_SESSION_ID),
	    .account_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_ACCOUNT_ID),
	    .person_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_PERSON_ID),
	    .name = arena_strdup(arena, db_column_text(stmt, IDENTITY_FIND_SESSION_C_NAME)),
	    .must_go = first_duty(stmt, &rules, now_us),
	    .form_mark = arena_strdup(arena, mark),
	    .needs_touch = now_us - db_column_int(stmt, IDENTITY_FIND_SESSION_C_USED_US) >= TOUCH_US,
	};
	return identity_fill_grants(db, commune_id, instant_day(now_us),
	    (IdentityKind)db_column_int(stmt, IDENTITY_FIND_SESSION_C_KIND), arena, visitor, error);
}

static bool
recognise(
    Db *db, int64_t commune_id, int64_t now_us, HttpRequest *request, AppVisitor *ret_visitor, GError **error)
{
	const char *token = http_request_cookie(request, IDENTITY_COOKIE);
	bool is_closed;

	*ret_visitor = (AppVisitor){0};
	if (token != NULL && strlen(token) == SECRET_TEXT_SIZE - 1 &&
	    !read_session(db, commune_id, now_us, token, request->arena, ret_visitor, error))
		return false;
	if (ret_visitor->session_id != 0)
		return true;
	if (!identity_is_closed(db, commune_id, &is_closed, error))
		return false;
	ret_visitor->is_open = !is_closed;
	return true;
}

/* Outside of a transaction, so that it does not make every page of everybody new (db_version()). */
static bool
touch(Db *db, int64_t commune_id, int64_t now_us, const AppVisitor *visitor, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &IDENTITY_TOUCH_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_TOUCH_SESSION_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, IDENTITY_TOUCH_SESSION_P_SESSION_ID, visitor->session_id);
	db_bind_int(stmt, IDENTITY_TOUCH_SESSION_P_NOW, now_us);
	return db_run(stmt, error);
}

const AppGate IDENTITY_GATE = {.recognise = recognise,
    .touch = touch,
    .duties = identity_gate_duties,
    .roles_with = identity_roles_with};
