/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/identity/identity.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"

#include <string.h>

/* The agency that is called so; 0: none. */
static bool
find_agency(const WorkScope *scope, const char *name, int64_t *ret_agency_id, GError **error)
{
	g_autofree char *key = agency_name_key(name);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_AGENCY_OF_KEY, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_AGENCY_OF_KEY_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, WORK_AGENCY_OF_KEY_P_ALIAS_FOLD, key);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_agency_id = has_row ? db_column_int(stmt, WORK_AGENCY_OF_KEY_C_AGENCY_ID) : 0;
	return true;
}

static bool
find_person(
    const WorkScope *scope, int64_t person_id, const char **ret_name, const char **ret_unit, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &WORK_UNIT_OF_PERSON, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_UNIT_OF_PERSON_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, WORK_UNIT_OF_PERSON_P_PERSON_ID, person_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_name =
	    has_row ? arena_strdup(scope->arena, db_column_text(stmt, WORK_UNIT_OF_PERSON_C_NAME)) : NULL;
	*ret_unit =
	    has_row ? arena_strdup(scope->arena, db_column_text(stmt, WORK_UNIT_OF_PERSON_C_UNIT)) : NULL;
	return true;
}

bool
work_units_of(const WorkScope *scope, int64_t person_id, GArray *ret_agency_ids, GError **error)
{
	const char *name, *unit;
	int64_t agency_id;

	if (person_id == 0)
		return true;
	if (!find_person(scope, person_id, &name, &unit, error))
		return false;
	if (unit == NULL || *unit == '\0')
		return true;
	if (!find_agency(scope, unit, &agency_id, error))
		return false;
	if (agency_id != 0)
		g_array_append_val(ret_agency_ids, agency_id);
	return true;
}

bool
work_person_name(const WorkScope *scope, int64_t person_id, const char **ret_name, GError **error)
{
	const char *unit;

	*ret_name = NULL;
	return person_id == 0 || find_person(scope, person_id, ret_name, &unit, error);
}

bool
work_people(const WorkScope *scope, GPtrArray *ret_people, GError **error)
{
	IdentityScope identity = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .now_us = scope->now_us,
	    .actor = scope->actor,
	    .arena = scope->arena};
	g_autoptr(GPtrArray) accounts = g_ptr_array_new();

	if (!identity_list(&identity, accounts, error))
		return false;
	for (guint i = 0; i < accounts->len; i++) {
		const IdentityAccount *account = g_ptr_array_index(accounts, i);
		WorkPerson *person = arena_new0(scope->arena, WorkPerson);

		if (account->is_disabled)
			continue;
		*person = (WorkPerson){account->person_id, account->name, account->unit};
		g_ptr_array_add(ret_people, person);
	}
	return true;
}

bool
work_is_own(const WorkScope *scope, const WorkPiece *piece, bool *ret_is_own, GError **error)
{
	g_autoptr(GArray) units = g_array_new(FALSE, FALSE, sizeof(int64_t));

	*ret_is_own =
	    scope->is_open || (scope->actor.person_id != 0 && piece->person_id == scope->actor.person_id);
	if (*ret_is_own)
		return true;
	if (!work_units_of(scope, scope->actor.person_id, units, error))
		return false;
	for (guint i = 0; i < units->len; i++)
		*ret_is_own = *ret_is_own || g_array_index(units, int64_t, i) == piece->agency_id;
	return true;
}

bool
work_is_asked(const char *agency_name, bool is_higher)
{
	static const char *const BEGINNINGS[] = {"uy ban mttq", "uy ban mat tran", "mat tran",
	    "doan thanh nien", "hoi ", "lien doan", "cong doan", "dang uy", "van phong dang uy",
	    "ban xay dung dang", "uy ban kiem tra", "dang bo", "chi bo", "hdnd", "thuong truc hdnd"};
	g_autofree char *folded = text_fold_vi(agency_name);

	if (is_higher)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++)
		if (g_str_has_prefix(folded, BEGINNINGS[i]))
			return true;
	return false;
}
