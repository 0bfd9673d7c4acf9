/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_known.h"
#include "storage/txn.h"

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
is_alive(const IdentityKnown *known, int64_t now_us)
{
	const IdentityRules *rules = &known->rules;
	bool is_admin = known->kind == IDENTITY_ADMIN;
	int64_t idle_us = (is_admin ? rules->admin_idle_minutes : rules->idle_minutes) * MINUTE_US;
	int64_t life_us = rules->session_hours * INSTANT_HOUR;

	return now_us - known->used_us <= idle_us && now_us - known->created_us <= life_us;
}

/* Nobody works with half a sign-in, with a password that somebody else knows or that is too old, or without
 * the second factor where the rules ask for one. */
static const char *
first_duty(const IdentityKnown *known, int64_t now_us)
{
	const IdentityRules *rules = &known->rules;
	bool is_admin = known->kind == IDENTITY_ADMIN;
	bool must_have = rules->totp_all != 0 || (is_admin && rules->totp_admin != 0);

	if (known->factor == IDENTITY_FACTOR_PENDING && known->has_totp)
		return IDENTITY_CODE_PATH;
	if (known->must_change || (is_admin && identity_password_is_old(rules, known->password_us, now_us)))
		return IDENTITY_PASSWORD_PATH;
	if (must_have && !known->has_totp && known->factor != IDENTITY_FACTOR_PROVIDER)
		return IDENTITY_TOTP_PATH;
	return NULL;
}

/* Reads the session with its account; *ret_found false: there is none that may do anything. */
static bool
find_session(Db *db, IdentityKnown *known, Arena *arena, bool *ret_found, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &IDENTITY_FIND_SESSION, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_FIND_SESSION_P_COMMUNE_ID, known->commune_id);
	db_bind_bytes(stmt, IDENTITY_FIND_SESSION_P_TOKEN_HASH, known->digest, sizeof(known->digest));
	if (!db_step(stmt, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	known->kind = (IdentityKind)db_column_int(stmt, IDENTITY_FIND_SESSION_C_KIND);
	known->factor = (IdentityFactor)db_column_int(stmt, IDENTITY_FIND_SESSION_C_FACTOR);
	known->must_change = db_column_int(stmt, IDENTITY_FIND_SESSION_C_MUST_CHANGE) != 0;
	known->has_totp = db_column_int(stmt, IDENTITY_FIND_SESSION_C_HAS_TOTP) != 0;
	known->created_us = db_column_int(stmt, IDENTITY_FIND_SESSION_C_CREATED_US);
	known->used_us = db_column_int(stmt, IDENTITY_FIND_SESSION_C_USED_US);
	known->password_us = db_column_int(stmt, IDENTITY_FIND_SESSION_C_PASSWORD_US);
	known->visitor = (AppVisitor){
	    .session_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_SESSION_ID),
	    .account_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_ACCOUNT_ID),
	    .person_id = db_column_int(stmt, IDENTITY_FIND_SESSION_C_PERSON_ID),
	    .name = arena_strdup(arena, db_column_text(stmt, IDENTITY_FIND_SESSION_C_NAME)),
	};
	return true;
}

/* Reads everything about a session from the store. */
static bool
read_known(Db *db, int64_t now_us, const char *token, IdentityKnown *known, Arena *arena, bool *ret_found,
    GError **error)
{
	const IdentityScope scope = {
	    .db = db, .commune_id = known->commune_id, .now_us = now_us, .arena = arena};
	char mark[SECRET_TEXT_SIZE];

	if (!find_session(db, known, arena, ret_found, error))
		return false;
	if (!*ret_found)
		return true;
	secret_digest_text(MARK_PURPOSE, token, mark);
	known->visitor.form_mark = arena_strdup(arena, mark);
	if (!identity_rules(&scope, &known->rules, error) ||
	    !identity_fill_grants(
		db, known->commune_id, known->day, known->kind, arena, &known->visitor, error))
		return false;
	identity_known_keep(known);
	return true;
}

/* What is remembered is as the store has it, but for when the session was used: that is read again as soon as
 * it matters. The stamp is read before anything that is remembered under it. */
static bool
read_session(Db *db, int64_t commune_id, int64_t now_us, const char *token, Arena *arena, AppVisitor *visitor,
    GError **error)
{
	IdentityKnown known = {.commune_id = commune_id, .day = instant_day(now_us)};
	bool is_found = true;

	secret_digest(IDENTITY_COOKIE, token, known.digest);
	if (!db_stamp(db, commune_id, &known.stamp, error))
		return false;
	if ((!identity_known_recall(&known, arena) || now_us - known.used_us >= TOUCH_US) &&
	    !read_known(db, now_us, token, &known, arena, &is_found, error))
		return false;
	if (!is_found || !is_alive(&known, now_us))
		return true;
	*visitor = known.visitor;
	visitor->must_go = first_duty(&known, now_us);
	visitor->needs_touch = now_us - known.used_us >= TOUCH_US;
	return true;
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
