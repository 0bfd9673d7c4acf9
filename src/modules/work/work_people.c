/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "modules/identity/identity.h"
#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_tell.h"

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

void
work_units(const WorkScope *scope, GArray *ret_agency_ids)
{
	for (size_t i = 0; scope->visitor != NULL && i < scope->visitor->n_grants; i++) {
		int64_t agency_id = scope->visitor->grants[i].agency_id;
		bool is_known = agency_id == 0;

		for (guint k = 0; k < ret_agency_ids->len; k++)
			is_known = is_known || g_array_index(ret_agency_ids, int64_t, k) == agency_id;
		if (!is_known)
			g_array_append_val(ret_agency_ids, agency_id);
	}
}

bool
work_may(const WorkScope *scope, const char *permission)
{
	return scope->visitor == NULL || app_visitor_may(scope->visitor, permission);
}

bool
work_may_read(const WorkScope *scope, int64_t plan_id)
{
	return scope->visitor == NULL || scope->visitor->is_open ||
	       app_access_grant(scope->visitor, APP_READ, &(AppTarget){.plan_id = plan_id}) != NULL;
}

static bool
ask(const WorkScope *scope, const char *permission, const AppTarget *target, AppAnswer *ret_answer,
    GError **error)
{
	if (scope->request != NULL)
		return app_access(scope->request, permission, target, ret_answer, error);
	*ret_answer = scope->visitor == NULL
			  ? (AppAnswer){.is_allowed = true}
			  : app_access_of(scope->visitor, NULL, permission, target, scope->arena);
	return true;
}

bool
work_rights(const WorkScope *scope, const WorkPiece *piece, WorkRights *ret_rights, GError **error)
{
	const bool is_lead = piece->role == AGENCY_ROLE_LEAD;
	AppTarget target = {.plan_id = piece->plan_id,
	    .leads = &piece->agency_id,
	    .n_leads = is_lead,
	    .coordinating = &piece->agency_id,
	    .n_coordinating = !is_lead};
	AppAnswer head;

	if (!ask(scope, is_lead ? APP_UPDATE : APP_CONTRIBUTE, &target, &ret_rights->update, error) ||
	    !ask(scope, APP_APPROVE, &target, &head, error) ||
	    !ask(scope, APP_OPERATE, &target, &ret_rights->operate, error))
		return false;
	if (scope->actor.person_id != 0 && scope->actor.person_id == piece->person_id)
		ret_rights->update.is_allowed = true;
	ret_rights->update.is_allowed = ret_rights->update.is_allowed || head.is_allowed;
	ret_rights->assign = ret_rights->operate.is_allowed ? ret_rights->operate : head;
	target.done_by = piece->submitter_id;
	target.done = APP_UPDATE;
	return ask(scope, APP_ACCEPT, &target, &ret_rights->accept, error) &&
	       ask(scope, APP_DECIDE, &target, &ret_rights->decide, error);
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
work_is_asked(const char *agency_name, bool is_higher)
{
	static const char *const BEGINNINGS[] = {"uy ban mttq", "uy ban mat tran", "mat tran",
	    "doan thanh nien", "doan tncs", "hoi ", "lien doan", "cong doan", "dang uy", "van phong dang uy",
	    "ban xay dung dang", "uy ban kiem tra", "dang bo", "chi bo", "hdnd", "thuong truc hdnd"};
	g_autofree char *folded = text_fold_vi(agency_name);

	if (is_higher)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++)
		if (g_str_has_prefix(folded, BEGINNINGS[i]))
			return true;
	return false;
}

bool
work_assign_word(const WorkScope *scope, int64_t agency_id, const char **ret_word, GError **error)
{
	AgencyBook book;

	if (!agency_book_read(scope->db, scope->commune_id, scope->arena, &book, error))
		return false;
	*ret_word = work_agency_is_asked(&book, agency_id, scope->today, false) ? "Đề nghị phối hợp" : "Giao";
	return true;
}
