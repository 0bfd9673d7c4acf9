/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/proposal/proposal.sql.h"
#include "modules/proposal/proposal_internal.h"
#include "storage/txn.h"

bool
proposal_family_of(
    const WorkScope *scope, int64_t plan_id, int *ret_family, const char **ret_number, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &PROPOSAL_FAMILY, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_FAMILY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_FAMILY_P_PLAN_ID, plan_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row || !proposal_may_read(scope, plan_id)) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có kế hoạch số %" G_GINT64_FORMAT, plan_id);
		return false;
	}
	*ret_family = (int)db_column_int(stmt, PROPOSAL_FAMILY_C_FAMILY);
	*ret_number = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_FAMILY_C_NUMBER));
	return true;
}

bool
proposal_seed(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &PROPOSAL_SEED_ROUTES, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_SEED_ROUTES_P_COMMUNE_ID, commune_id);
	return db_run(stmt, error);
}

static bool
read_steps(const WorkScope *scope, int family, int32_t day, GPtrArray *ret_steps, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_ROUTE_ON, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_ROUTE_ON_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_ROUTE_ON_P_FAMILY, family);
	db_bind_int(stmt, PROPOSAL_ROUTE_ON_P_DAY, day);
	while (db_step(stmt, &has_row, error) && has_row) {
		ProposalStep *step = arena_new0(scope->arena, ProposalStep);

		*step = (ProposalStep){.step_no = db_column_int(stmt, PROPOSAL_ROUTE_ON_C_STEP_NO),
		    .role = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_ROUTE_ON_C_ROLE)),
		    .title = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_ROUTE_ON_C_TITLE)),
		    .source = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_ROUTE_ON_C_SOURCE)),
		    .working_days = (int)db_column_int(stmt, PROPOSAL_ROUTE_ON_C_WORKING_DAYS),
		    .decides = db_column_int(stmt, PROPOSAL_ROUTE_ON_C_DECIDES) != 0};
		g_ptr_array_add(ret_steps, step);
	}
	return !has_row;
}

bool
proposal_route(const WorkScope *scope, int64_t plan_id, int32_t day, GPtrArray *ret_steps, GError **error)
{
	const char *number;
	int family;

	if (!proposal_family_of(scope, plan_id, &family, &number, error) ||
	    (db_txn_is_writing(scope->db) && !proposal_seed(scope->db, scope->commune_id, error)))
		return false;
	return read_steps(scope, family, day, ret_steps, error);
}

bool
proposal_agency_name(const WorkScope *scope, int64_t agency_id, const char **ret_name, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_name = NULL;
	if (agency_id == 0)
		return true;
	if (!db_prepare(scope->db, &PROPOSAL_AGENCY_NAME, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_AGENCY_NAME_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PROPOSAL_AGENCY_NAME_P_AGENCY_ID, agency_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_name =
	    has_row ? arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_AGENCY_NAME_C_NAME)) : NULL;
	return true;
}

bool
proposal_agencies(const WorkScope *scope, GPtrArray *ret_agencies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &PROPOSAL_AGENCIES, &stmt, error))
		return false;
	db_bind_int(stmt, PROPOSAL_AGENCIES_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		ProposalAgency *agency = arena_new0(scope->arena, ProposalAgency);

		agency->agency_id = db_column_int(stmt, PROPOSAL_AGENCIES_C_AGENCY_ID);
		agency->name = arena_strdup(scope->arena, db_column_text(stmt, PROPOSAL_AGENCIES_C_NAME));
		g_ptr_array_add(ret_agencies, agency);
	}
	return !has_row;
}
