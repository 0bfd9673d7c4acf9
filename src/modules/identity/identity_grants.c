/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "modules/identity/identity.sql.h"
#include "modules/identity/identity_internal.h"
#include "modules/identity/identity_roles.h"

#include <string.h>

static const char *
keep(Arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : NULL;
}

/* Cuts "a b c" into words. */
static const char *const *
cut(Arena *arena, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	guint n = g_strv_length(words);
	const char **kept = arena_array(arena, const char *, n + 1);

	for (guint i = 0; i < n; i++)
		kept[i] = arena_strdup(arena, words[i]);
	kept[n] = NULL;
	return kept;
}

bool
identity_grants_read(Db *db, int64_t commune_id, int32_t today, int64_t account_id, int64_t person_id,
    Arena *arena, const AppGrant **ret_grants, size_t *ret_n, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) grants = g_array_new(FALSE, FALSE, sizeof(AppGrant));
	AppGrant *kept;
	bool has_row;

	if (!db_prepare(db, &IDENTITY_ACCOUNT_GRANTS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_ACCOUNT_GRANTS_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, IDENTITY_ACCOUNT_GRANTS_P_ACCOUNT_ID, account_id);
	db_bind_int(stmt, IDENTITY_ACCOUNT_GRANTS_P_PERSON_ID, person_id);
	db_bind_int(stmt, IDENTITY_ACCOUNT_GRANTS_P_TODAY, today);
	for (;;) {
		AppGrant grant;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		grant = (AppGrant){
		    .via = (AppVia)db_column_int(stmt, IDENTITY_ACCOUNT_GRANTS_C_VIA),
		    .plan_id = db_column_int(stmt, IDENTITY_ACCOUNT_GRANTS_C_PLAN_ID),
		    .agency_id = db_column_int(stmt, IDENTITY_ACCOUNT_GRANTS_C_AGENCY_ID),
		    .is_head = db_column_int(stmt, IDENTITY_ACCOUNT_GRANTS_C_IS_HEAD) != 0,
		    .role = keep(arena, db_column_text(stmt, IDENTITY_ACCOUNT_GRANTS_C_ROLE)),
		    .role_name = keep(arena, db_column_text(stmt, IDENTITY_ACCOUNT_GRANTS_C_ROLE_NAME)),
		    .agency_name = keep(arena, db_column_text(stmt, IDENTITY_ACCOUNT_GRANTS_C_AGENCY_NAME)),
		    .permissions = cut(arena, db_column_text(stmt, IDENTITY_ACCOUNT_GRANTS_C_PERMISSIONS)),
		};
		g_array_append_val(grants, grant);
	}
	kept = arena_array(arena, AppGrant, grants->len + 1);
	if (grants->len > 0)
		memcpy(kept, grants->data, grants->len * sizeof(AppGrant));
	*ret_grants = kept;
	*ret_n = grants->len;
	return true;
}

bool
identity_duties_read(
    Db *db, int64_t commune_id, int32_t today, Arena *arena, AppDuties *ret_duties, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) duties = g_array_new(FALSE, FALSE, sizeof(AppDuty));
	AppDuty *kept;
	bool has_row;

	if (!db_prepare(db, &IDENTITY_LIST_DUTIES, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_DUTIES_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, IDENTITY_LIST_DUTIES_P_TODAY, today);
	for (;;) {
		AppDuty duty;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		duty = (AppDuty){
		    .duty_no = db_column_int(stmt, IDENTITY_LIST_DUTIES_C_DUTY_NO),
		    .kind = (AppDutyKind)db_column_int(stmt, IDENTITY_LIST_DUTIES_C_KIND),
		    .first = keep(arena, db_column_text(stmt, IDENTITY_LIST_DUTIES_C_FIRST)),
		    .second = keep(arena, db_column_text(stmt, IDENTITY_LIST_DUTIES_C_SECOND)),
		    .decider = keep(arena, db_column_text(stmt, IDENTITY_LIST_DUTIES_C_DECIDER)),
		    .source = keep(arena, db_column_text(stmt, IDENTITY_LIST_DUTIES_C_SOURCE)),
		};
		g_array_append_val(duties, duty);
	}
	kept = arena_array(arena, AppDuty, duties->len + 1);
	if (duties->len > 0)
		memcpy(kept, duties->data, duties->len * sizeof(AppDuty));
	*ret_duties = (AppDuties){kept, duties->len};
	return true;
}

/* True where accounts of a kind may not have a permission at all. */
static bool
is_kept_from(const AppDuties *duties, IdentityKind kind, const char *permission)
{
	if (kind != IDENTITY_ADMIN && strcmp(permission, APP_ACCOUNTS) == 0)
		return true;
	for (size_t i = 0; i < duties->n_duties; i++)
		if (duties->duties[i].kind == APP_DUTY_KIND &&
		    strcmp(duties->duties[i].first, IDENTITY_KIND_WORDS[kind]) == 0 &&
		    strcmp(duties->duties[i].second, permission) == 0)
			return true;
	return false;
}

/* Takes out of a role what the account's kind may not have, and what a role of one plan cannot give. The names
 * that are left are the program's own constants. */
static const char *const *
sift(const AppGrant *grant, const AppDuties *duties, IdentityKind kind, Arena *arena)
{
	const char **kept =
	    arena_array(arena, const char *, g_strv_length((char **)(guintptr)grant->permissions) + 1);
	size_t n = 0;

	for (const char *const *name = grant->permissions; *name != NULL; name++) {
		const AppPermission *known = app_permission_find(*name);

		if (known != NULL && !is_kept_from(duties, kind, *name) &&
		    (grant->via == APP_VIA_COMMUNE || known->scope != APP_SCOPE_COMMUNE))
			kept[n++] = known->name;
	}
	kept[n] = NULL;
	return kept;
}

/* Everything that counts anywhere, once. */
static const char *const *
unite(const AppGrant *grants, size_t n_grants, Arena *arena)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new();
	const char **kept;

	for (size_t i = 0; i < n_grants; i++)
		for (const char *const *name = grants[i].permissions; *name != NULL; name++)
			if (!g_ptr_array_find_with_equal_func(found, *name, g_str_equal, NULL))
				g_ptr_array_add(found, (gpointer)(guintptr)*name);
	kept = arena_array(arena, const char *, found->len + 1);
	for (guint i = 0; i < found->len; i++)
		kept[i] = g_ptr_array_index(found, i);
	kept[found->len] = NULL;
	return kept;
}

bool
identity_fill_grants(Db *db, int64_t commune_id, int32_t today, IdentityKind kind, Arena *arena,
    AppVisitor *visitor, GError **error)
{
	const AppGrant *read;
	AppGrant *grants;
	AppDuties duties = {0};
	size_t n;

	if (!identity_grants_read(
		db, commune_id, today, visitor->account_id, visitor->person_id, arena, &read, &n, error) ||
	    (kind == IDENTITY_ADMIN && !identity_duties_read(db, commune_id, today, arena, &duties, error)))
		return false;
	grants = arena_array(arena, AppGrant, n + 1);
	for (size_t i = 0; i < n; i++) {
		grants[i] = read[i];
		grants[i].permissions = sift(&read[i], &duties, kind, arena);
	}
	visitor->grants = grants;
	visitor->n_grants = n;
	visitor->permissions = unite(grants, n, arena);
	return true;
}

bool
identity_visitor_of(const IdentityScope *scope, int64_t account_id, AppVisitor *ret_visitor, GError **error)
{
	IdentityAccount account;

	if (!identity_find(scope, account_id, &account, error))
		return false;
	*ret_visitor = (AppVisitor){
	    .session_id = 1, .account_id = account_id, .person_id = account.person_id, .name = account.name};
	return identity_fill_grants(scope->db, scope->commune_id, instant_day(scope->now_us), account.kind,
	    scope->arena, ret_visitor, error);
}

bool
identity_roles_with(
    Db *db, int64_t commune_id, const char *permission, Arena *arena, const char **ret_names, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GString) names = g_string_new(NULL);
	bool has_row;

	if (!db_prepare(db, &IDENTITY_ROLES_WITH, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_ROLES_WITH_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, IDENTITY_ROLES_WITH_P_PERMISSION, permission);
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
		    db_column_text(stmt, IDENTITY_ROLES_WITH_C_NAME));
	}
	*ret_names = arena_strdup(arena, names->str);
	return true;
}

bool
identity_gate_duties(
    Db *db, int64_t commune_id, int64_t now_us, Arena *arena, AppDuties *ret_duties, GError **error)
{
	return identity_duties_read(db, commune_id, instant_day(now_us), arena, ret_duties, error);
}
