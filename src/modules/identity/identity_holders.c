/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/identity/identity_holders.h"

#include "modules/identity/identity.sql.h"

typedef struct Granted {
	int64_t plan_id, person_id, agency_id;
	bool is_head_only;
} Granted;

#define WHO_PEOPLE 1 /* of identity_plan_role: all people of the agency */

static bool
list_granted(const IdentityScope *scope, const char *permission, int32_t day, GArray *granted, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &IDENTITY_LIST_HOLDERS, &stmt, error))
		return false;
	db_bind_int(stmt, IDENTITY_LIST_HOLDERS_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, IDENTITY_LIST_HOLDERS_P_PERMISSION, permission);
	db_bind_int(stmt, IDENTITY_LIST_HOLDERS_P_TODAY, day);
	while (db_step(stmt, &has_row, error) && has_row) {
		const Granted row = {.plan_id = db_column_int(stmt, IDENTITY_LIST_HOLDERS_C_PLAN_ID),
		    .person_id = db_column_int(stmt, IDENTITY_LIST_HOLDERS_C_PERSON_ID),
		    .agency_id = db_column_int(stmt, IDENTITY_LIST_HOLDERS_C_AGENCY_ID),
		    .is_head_only = db_column_int(stmt, IDENTITY_LIST_HOLDERS_C_WHO) != WHO_PEOPLE};

		g_array_append_val(granted, row);
	}
	return !has_row;
}

static bool
add_agency(const IdentityScope *scope, const AgencyBook *book, const Granted *granted, int32_t day,
    GArray *holders, GError **error)
{
	g_autoptr(GArray) now = agency_successors(book, granted->agency_id, day);

	for (guint i = 0; i < now->len; i++) {
		g_autoptr(GPtrArray) posts = g_ptr_array_new();

		if (!identity_people_of(scope, book, g_array_index(now, int64_t, i), day, posts, error))
			return false;
		for (guint k = 0; k < posts->len; k++) {
			const IdentityPost *post = g_ptr_array_index(posts, k);
			const IdentityHolder holder = {granted->plan_id, post->person_id};

			if (!granted->is_head_only || post->rank == IDENTITY_HEAD)
				g_array_append_val(holders, holder);
		}
	}
	return true;
}

bool
identity_holders(const IdentityScope *scope, const AgencyBook *book, const char *permission, int32_t day,
    GArray *ret_holders, GError **error)
{
	g_autoptr(GArray) granted = g_array_new(FALSE, FALSE, sizeof(Granted));

	if (!list_granted(scope, permission, day, granted, error))
		return false;
	for (guint i = 0; i < granted->len; i++) {
		const Granted *row = &g_array_index(granted, Granted, i);
		const IdentityHolder holder = {row->plan_id, row->person_id};

		if (row->person_id != 0)
			g_array_append_val(ret_holders, holder);
		else if (!add_agency(scope, book, row, day, ret_holders, error))
			return false;
	}
	return true;
}

bool
identity_holders_have(const GArray *holders, int64_t plan_id, int64_t person_id)
{
	for (guint i = 0; i < holders->len; i++) {
		const IdentityHolder *holder = &g_array_index(holders, IdentityHolder, i);

		if (holder->person_id == person_id && (holder->plan_id == 0 || holder->plan_id == plan_id))
			return true;
	}
	return false;
}
