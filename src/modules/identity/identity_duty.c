/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/identity/identity_roles.h"

#include <string.h>

/* One account's roles as they were given, looked at for what does not go together. */
typedef struct Look {
	const IdentityScope *scope;
	const IdentityAccount *account;
	const AppGrant *grants;
	size_t n_grants;
	GPtrArray *conflicts;
	guint first; /* of the account, in conflicts */
} Look;

/* True where a role gives a permission there; a role of one plan gives nothing for the commune as a whole. */
static bool
gives(const AppGrant *grant, const char *permission)
{
	const AppPermission *known = app_permission_find(permission);

	return g_strv_contains(grant->permissions, permission) &&
	       (grant->via == APP_VIA_COMMUNE || known == NULL || known->scope != APP_SCOPE_COMMUNE);
}

/* The same two roles are told once, whatever else of them does not go together. */
static bool
was_told(const Look *look, int64_t plan_id, const AppGrant *first, const AppGrant *second)
{
	for (guint i = look->first; i < look->conflicts->len; i++) {
		const IdentityConflict *told = g_ptr_array_index(look->conflicts, i);
		const char *role = told->first != NULL ? told->first->role : NULL;

		if (told->plan_id == plan_id && ((g_strcmp0(role, first != NULL ? first->role : NULL) == 0 &&
						     strcmp(told->second->role, second->role) == 0) ||
						    (first != NULL && g_strcmp0(role, second->role) == 0 &&
							strcmp(told->second->role, first->role) == 0)))
			return true;
	}
	return false;
}

static void
tell(Look *look, const AppDuty *duty, const AppGrant *first, const AppGrant *second)
{
	int64_t plan_id = second->plan_id != 0 || first == NULL ? second->plan_id : first->plan_id;
	IdentityConflict *conflict;

	if (was_told(look, plan_id, first, second))
		return;
	conflict = arena_new0(look->scope->arena, IdentityConflict);
	*conflict = (IdentityConflict){.account_id = look->account->account_id,
	    .name = look->account->name,
	    .login = look->account->login,
	    .plan_id = plan_id,
	    .duty = duty,
	    .first = first,
	    .second = second};
	g_ptr_array_add(look->conflicts, conflict);
}

static void
look_at_pair(Look *look, const AppDuty *duty, const AppGrant *second)
{
	for (size_t i = 0; i < look->n_grants; i++) {
		const AppGrant *first = &look->grants[i];

		if (gives(first, duty->first) &&
		    (first->plan_id == 0 || second->plan_id == 0 || first->plan_id == second->plan_id))
			tell(look, duty, first, second);
	}
}

static void
look_at_duty(Look *look, const AppDuty *duty)
{
	for (size_t i = 0; i < look->n_grants; i++) {
		const AppGrant *second = &look->grants[i];

		if (!gives(second, duty->second))
			continue;
		if (duty->kind == APP_DUTY_HOLD)
			look_at_pair(look, duty, second);
		else if (duty->kind == APP_DUTY_KIND &&
			 strcmp(duty->first, IDENTITY_KIND_WORDS[look->account->kind]) == 0 &&
			 second->via != APP_VIA_POST)
			tell(look, duty, NULL, second);
	}
}

static bool
look_at_account(const IdentityScope *scope, const AppDuties *duties, const IdentityAccount *account,
    GPtrArray *conflicts, GError **error)
{
	Look look = {.scope = scope, .account = account, .conflicts = conflicts, .first = conflicts->len};

	if (!identity_grants_read(scope->db, scope->commune_id, instant_day(scope->now_us),
		account->account_id, account->person_id, scope->arena, &look.grants, &look.n_grants, error))
		return false;
	for (size_t i = 0; i < duties->n_duties; i++)
		look_at_duty(&look, &duties->duties[i]);
	return true;
}

bool
identity_conflicts(const IdentityScope *scope, int64_t account_id, GPtrArray *ret_conflicts, GError **error)
{
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();
	AppDuties duties;

	if (!identity_duties_read(
		scope->db, scope->commune_id, instant_day(scope->now_us), scope->arena, &duties, error) ||
	    !identity_list(scope, accounts, error))
		return false;
	for (guint i = 0; i < accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(accounts, i);

		if ((account_id == 0 || account->account_id == account_id) && !account->is_disabled &&
		    !look_at_account(scope, &duties, account, ret_conflicts, error))
			return false;
	}
	return true;
}

const char *
identity_conflict_text(const IdentityConflict *conflict, Arena *arena)
{
	const AppPermission *second = app_permission_find(conflict->duty->second);
	const AppPermission *first = app_permission_find(conflict->duty->first);
	const char *end = arena_printf(
	    arena, "Căn cứ: %s. Người quyết định: %s.", conflict->duty->source, conflict->duty->decider);

	if (conflict->first == NULL)
		return arena_printf(arena,
		    "%s (%s) có tài khoản quản trị nên không giữ vai trò “%s” (%s). %s", conflict->name,
		    conflict->login, conflict->second->role_name,
		    second != NULL ? second->label : conflict->duty->second, end);
	return arena_printf(arena,
	    "%s (%s) không được cùng lúc giữ vai trò “%s” (%s) và vai trò “%s” (%s) trong một kế hoạch. %s",
	    conflict->name, conflict->login, conflict->first->role_name,
	    first != NULL ? first->label : conflict->duty->first, conflict->second->role_name,
	    second != NULL ? second->label : conflict->duty->second, end);
}

static bool
is_by(const AppGrant *grant, const char *role, int64_t plan_id)
{
	return grant != NULL && grant->plan_id == plan_id && grant->via != APP_VIA_POST &&
	       strcmp(grant->role, role) == 0;
}

bool
identity_conflict_by(const IdentityScope *scope, int64_t account_id, const char *role, int64_t plan_id,
    const char **ret_problem, GError **error)
{
	g_autoptr(GPtrArray) conflicts = g_ptr_array_new();

	*ret_problem = NULL;
	if (!identity_conflicts(scope, account_id, conflicts, error))
		return false;
	for (guint i = 0; i < conflicts->len && *ret_problem == NULL; i++) {
		const IdentityConflict *conflict = g_ptr_array_index(conflicts, i);

		if (is_by(conflict->first, role, plan_id) || is_by(conflict->second, role, plan_id))
			*ret_problem = identity_conflict_text(conflict, scope->arena);
	}
	return true;
}
