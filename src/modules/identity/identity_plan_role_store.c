/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_plan_role_store.h"

#include "base/app-error.h"
#include "base/date.h"
#include "base/json.h"
#include "modules/identity/identity.sql.h"
#include "storage/db_day.h"

static const char *
object_of(Arena *arena, int64_t plan_role_no)
{
	return arena_printf(arena, "plan-role/%" G_GINT64_FORMAT, plan_role_no);
}

static const char *
state_of(Arena *arena, const IdentityPlanRole *row)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_int(&json, "plan", row->plan_id);
	json_key_string(&json, "role", row->role);
	json_key_string(&json, "who", IDENTITY_WHO_WORDS[row->who]);
	json_key_int(&json, "agency", row->agency_id);
	json_key_int(&json, "account", row->account_id);
	json_key_day(&json, "from", row->valid_from);
	json_key_day(&json, "to", row->valid_to);
	json_key_string(&json, "source", row->source);
	json_key_string(&json, "item", row->item);
	json_key_string(&json, "standing", IDENTITY_STANDING_LABELS[row->standing]);
	json_key_string(&json, "by", row->set_by);
	json_end_object(&json);
	return arena_strdup(arena, out->str);
}

static bool
note(const IdentityScope *scope, LedgerAction action, int64_t plan_role_no, const IdentityPlanRole *before,
    const IdentityPlanRole *after, GError **error)
{
	LedgerNote row = {.action = action,
	    .object = object_of(scope->arena, plan_role_no),
	    .before = before != NULL ? state_of(scope->arena, before) : NULL,
	    .after = state_of(scope->arena, after)};

	return ledger_note(scope->db, scope->commune_id, &scope->actor, scope->now_us, &row, error);
}

static void
bind_number(DbStmt *stmt, int param, int64_t number)
{
	if (number != 0)
		db_bind_int(stmt, param, number);
}

static const char *
actor_name(const IdentityScope *scope)
{
	return scope->actor.name != NULL ? scope->actor.name : "";
}

bool
identity_plan_role_insert(
    const IdentityScope *scope, const IdentityPlanRole *row, int64_t *ret_no, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	IdentityPlanRole stored = *row;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_INSERT_PLAN_ROLE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_PLAN_ID, row->plan_id);
	db_bind_text(stmt, IDENTITY_INSERT_PLAN_ROLE_P_ROLE, row->role);
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_WHO, row->who);
	bind_number(stmt, IDENTITY_INSERT_PLAN_ROLE_P_AGENCY_ID, row->agency_id);
	bind_number(stmt, IDENTITY_INSERT_PLAN_ROLE_P_ACCOUNT_ID, row->account_id);
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_VALID_FROM, row->valid_from);
	if (row->valid_to != DATE_NONE)
		db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_VALID_TO, row->valid_to);
	db_bind_text(stmt, IDENTITY_INSERT_PLAN_ROLE_P_SOURCE, row->source);
	db_bind_text(stmt, IDENTITY_INSERT_PLAN_ROLE_P_ITEM, row->item);
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_STANDING, row->standing);
	db_bind_int(stmt, IDENTITY_INSERT_PLAN_ROLE_P_NOW, scope->now_us);
	db_bind_text(stmt, IDENTITY_INSERT_PLAN_ROLE_P_BY_NAME, actor_name(scope));
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_no = db_column_int(stmt, IDENTITY_INSERT_PLAN_ROLE_C_PLAN_ROLE_NO);
	stored.set_by = actor_name(scope);
	return note(scope, LEDGER_ADD, *ret_no, NULL, &stored, error);
}

bool
identity_plan_role_update(const IdentityScope *scope, const IdentityPlanRole *before,
    IdentityStanding standing, int32_t valid_to, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	IdentityPlanRole after = *before;

	after.standing = standing;
	after.valid_to = valid_to;
	after.set_us = scope->now_us;
	after.set_by = actor_name(scope);
	if (!db_prepare(scope->db, &IDENTITY_DECIDE_PLAN_ROLE, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_PLAN_ROLE_NO, before->plan_role_no);
	db_bind_int(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_STANDING, standing);
	if (valid_to != DATE_NONE)
		db_bind_int(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_VALID_TO, valid_to);
	db_bind_int(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_SET_US, after.set_us);
	db_bind_text(stmt, IDENTITY_DECIDE_PLAN_ROLE_P_SET_BY, after.set_by);
	return db_run(stmt, error) && note(scope, LEDGER_CHANGE, before->plan_role_no, before, &after, error);
}

static const char *
text_at(const IdentityScope *scope, const DbStmt *stmt, int column)
{
	const char *text = db_column_text(stmt, column);

	return text != NULL ? arena_strdup(scope->arena, text) : NULL;
}

static void
read_row(const IdentityScope *scope, const DbStmt *stmt, IdentityPlanRole *row)
{
	*row = (IdentityPlanRole){
	    .plan_role_no = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_PLAN_ROLE_NO),
	    .plan_id = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_PLAN_ID),
	    .role = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_ROLE),
	    .role_name = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_ROLE_NAME),
	    .who = (IdentityWho)CLAMP(db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_WHO),
		IDENTITY_WHO_PEOPLE, IDENTITY_WHO_ACCOUNT),
	    .agency_id = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_AGENCY_ID),
	    .account_id = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_ACCOUNT_ID),
	    .person_id = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_PERSON_ID),
	    .agency = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_AGENCY),
	    .account = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_ACCOUNT),
	    .valid_from = (int32_t)db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_VALID_FROM),
	    .valid_to = db_column_day(stmt, IDENTITY_LIST_PLAN_ROLES_C_VALID_TO),
	    .source = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_SOURCE),
	    .item = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_ITEM),
	    .standing = (IdentityStanding)CLAMP(
		db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_STANDING), IDENTITY_PROPOSED, IDENTITY_ENDED),
	    .set_us = db_column_int(stmt, IDENTITY_LIST_PLAN_ROLES_C_SET_US),
	    .set_by = text_at(scope, stmt, IDENTITY_LIST_PLAN_ROLES_C_SET_BY),
	};
}

static bool
list(const IdentityScope *scope, int64_t plan_id, int64_t plan_role_no, GPtrArray *rows, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_PLAN_ROLES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_PLAN_ROLES_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, IDENTITY_LIST_PLAN_ROLES_P_PLAN_ID, plan_id);
	db_bind_int(stmt, IDENTITY_LIST_PLAN_ROLES_P_PLAN_ROLE_NO, plan_role_no);
	for (;;) {
		IdentityPlanRole *row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		row = arena_new0(scope->arena, IdentityPlanRole);
		read_row(scope, stmt, row);
		g_ptr_array_add(rows, row);
	}
}

bool
identity_plan_roles(const IdentityScope *scope, int64_t plan_id, GPtrArray *ret_rows, GError **error)
{
	return list(scope, plan_id, 0, ret_rows, error);
}

bool
identity_plan_role_find(
    const IdentityScope *scope, int64_t plan_role_no, IdentityPlanRole *ret_row, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	if (!list(scope, 0, plan_role_no, rows, error))
		return false;
	if (rows->len == 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_NOT_FOUND,
		    "không có vai trò số %" G_GINT64_FORMAT " trong kế hoạch nào", plan_role_no);
		return false;
	}
	*ret_row = *(const IdentityPlanRole *)g_ptr_array_index(rows, 0);
	return true;
}

bool
identity_hints(const IdentityScope *scope, GPtrArray *ret_hints, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &IDENTITY_LIST_HINTS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_HINTS_P_COMMUNE_ID, scope->commune_id);
	for (;;) {
		IdentityHint *hint;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		hint = arena_new0(scope->arena, IdentityHint);
		hint->place = (IdentityHintPlace)db_column_int(stmt, IDENTITY_LIST_HINTS_C_PLACE);
		hint->phrase = text_at(scope, stmt, IDENTITY_LIST_HINTS_C_PHRASE);
		hint->role = text_at(scope, stmt, IDENTITY_LIST_HINTS_C_ROLE);
		g_ptr_array_add(ret_hints, hint);
	}
}

bool
identity_plan_role_verify(Db *db, int64_t commune_id, LedgerReport *report, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	IdentityScope scope = {.db = db, .commune_id = commune_id, .arena = arena};

	if (!list(&scope, 0, 0, rows, error))
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const IdentityPlanRole *row = g_ptr_array_index(rows, i);

		if (!ledger_check_state(db, commune_id, object_of(arena, row->plan_role_no),
			state_of(arena, row), report, error))
			return false;
	}
	return true;
}

bool
identity_plan_role_note_redacted(const IdentityScope *scope, const IdentityPlanRole *row, GError **error)
{
	return note(scope, LEDGER_REMOVE, row->plan_role_no, NULL, row, error);
}
