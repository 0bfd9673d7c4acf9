/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/agency/agency.sql.h"
#include "modules/agency/agency_book.h"
#include "modules/agency/agency_internal.h"

bool
agency_find_alias(Db *db, int64_t commune_id, const char *key, int64_t *ret_agency_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &AGENCY_FIND_ALIAS, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_FIND_ALIAS_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, AGENCY_FIND_ALIAS_P_ALIAS_FOLD, key);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_agency_id = row ? db_column_int(stmt, AGENCY_FIND_ALIAS_C_AGENCY_ID) : 0;
	return true;
}

bool
agency_insert(Db *db, int64_t commune_id, const PlanAgency *agency, int64_t *ret_agency_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &AGENCY_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, AGENCY_INSERT_P_NAME, agency->name);
	db_bind_int(stmt, AGENCY_INSERT_P_IS_GENERIC, agency->is_generic);
	db_bind_int(stmt, AGENCY_INSERT_P_IS_HIGHER, agency->is_higher);
	if (!db_step(stmt, &row, error))
		return false;
	*ret_agency_id = db_column_int(stmt, AGENCY_INSERT_C_AGENCY_ID);
	return true;
}

bool
agency_learn_alias(Db *db, int64_t commune_id, int64_t agency_id, const char *alias, GError **error)
{
	g_autofree char *key = agency_name_key(alias);
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &AGENCY_ALIAS_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_ALIAS_INSERT_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, AGENCY_ALIAS_INSERT_P_ALIAS_FOLD, key);
	db_bind_int(stmt, AGENCY_ALIAS_INSERT_P_AGENCY_ID, agency_id);
	db_bind_text(stmt, AGENCY_ALIAS_INSERT_P_ALIAS, alias);
	return db_run(stmt, error);
}

static bool
resolve_agency(Db *db, int64_t commune_id, const PlanAgency *agency, int64_t *ret_agency_id, GError **error)
{
	g_autofree char *key = agency_name_key(agency->name);
	int64_t agency_id;

	if (!agency_find_alias(db, commune_id, key, &agency_id, error) ||
	    (agency_id == 0 && !agency_insert(db, commune_id, agency, &agency_id, error)) ||
	    !agency_learn_alias(db, commune_id, agency_id, agency->name, error))
		return false;
	for (guint i = 0; i < agency->aliases->len; i++)
		if (!agency_learn_alias(
			db, commune_id, agency_id, g_ptr_array_index(agency->aliases, i), error))
			return false;
	*ret_agency_id = agency_id;
	return true;
}

/* Leads from entries that turned out to be one to the one that counts. */
static bool
follow_joins(Db *db, int64_t commune_id, GArray *parts, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	AgencyBook book;

	if (!agency_book_read(db, commune_id, arena, &book, error))
		return false;
	for (guint i = 0; i < parts->len; i++) {
		AgencyPart *part = &g_array_index(parts, AgencyPart, i);
		const AgencyUnit *unit = agency_find(&book, part->agency_id);

		for (size_t n = 0; unit != NULL && unit->same_as != 0 && n < book.n_units; n++) {
			part->agency_id = unit->same_as;
			unit = agency_find(&book, part->agency_id);
		}
	}
	return true;
}

bool
agency_enter_all(Db *db, int64_t commune_id, const Plan *plan, GArray **ret_parts, GError **error)
{
	g_autoptr(GArray) parts = g_array_new(FALSE, TRUE, sizeof(AgencyPart));

	for (guint i = 0; i < plan->agencies->len; i++) {
		const PlanAgency *agency = g_ptr_array_index(plan->agencies, i);
		AgencyPart part = {
		    .name = agency->name, .is_generic = agency->is_generic, .is_higher = agency->is_higher};

		if (!resolve_agency(db, commune_id, agency, &part.agency_id, error))
			return false;
		g_array_append_val(parts, part);
	}
	if (!follow_joins(db, commune_id, parts, error))
		return false;
	agency_rank_parts(parts);
	agency_count_parts(plan, parts);
	*ret_parts = g_steal_pointer(&parts);
	return true;
}

static bool
is_counting(const GArray *parts, guint index)
{
	for (guint i = 0; i < index; i++)
		if (g_array_index(parts, AgencyPart, i).agency_id ==
		    g_array_index(parts, AgencyPart, index).agency_id)
			return false;
	return true;
}

static bool
add_parts(const PlanScope *scope, const GArray *parts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &AGENCY_PART_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_PART_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_PART_INSERT_P_PLAN_ID, scope->plan_id);
	for (guint i = 0; i < parts->len; i++) {
		const AgencyPart *part = &g_array_index(parts, AgencyPart, i);

		if (!is_counting(parts, i))
			continue;
		db_bind_int(stmt, AGENCY_PART_INSERT_P_AGENCY_ID, part->agency_id);
		db_bind_int(stmt, AGENCY_PART_INSERT_P_RANK, part->rank);
		db_bind_int(stmt, AGENCY_PART_INSERT_P_LEAD_TASKS, part->lead_tasks);
		db_bind_int(stmt, AGENCY_PART_INSERT_P_COORDINATING_TASKS, part->coordinating_tasks);
		db_bind_int(stmt, AGENCY_PART_INSERT_P_LEAD_INDICATORS, part->lead_indicators);
		db_bind_int(
		    stmt, AGENCY_PART_INSERT_P_COORDINATING_INDICATORS, part->coordinating_indicators);
		db_bind_int(stmt, AGENCY_PART_INSERT_P_DUTIES, part->duties);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
agency_add_parts(const PlanScope *scope, const Plan *plan, const GArray *parts, const char *const *duty_items,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!add_parts(scope, parts, error) || !db_prepare(scope->db, &AGENCY_DUTY_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_DUTY_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_DUTY_INSERT_P_PLAN_ID, scope->plan_id);
	for (guint i = 0; i < plan->duties->len; i++) {
		const PlanDuty *duty = g_ptr_array_index(plan->duties, i);

		db_bind_int(stmt, AGENCY_DUTY_INSERT_P_DUTY_NO, (int64_t)i + 1);
		db_bind_int(stmt, AGENCY_DUTY_INSERT_P_AGENCY_ID,
		    g_array_index(parts, AgencyPart, duty->agency.agency).agency_id);
		db_bind_text(stmt, AGENCY_DUTY_INSERT_P_BODY, duty->text);
		db_bind_text(stmt, AGENCY_DUTY_INSERT_P_ITEM, duty_items[i]);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
agency_add_task(const PlanScope *scope, int64_t agency_id, AgencyRole role, int64_t *ret_rank, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &AGENCY_PART_ADD, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_PART_ADD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_PART_ADD_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, AGENCY_PART_ADD_P_AGENCY_ID, agency_id);
	db_bind_int(stmt, AGENCY_PART_ADD_P_LEAD_TASKS, role == AGENCY_ROLE_LEAD);
	db_bind_int(stmt, AGENCY_PART_ADD_P_COORDINATING_TASKS, role == AGENCY_ROLE_COORDINATING);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_rank = has_row ? db_column_int(stmt, AGENCY_PART_ADD_C_RANK) : 0;
	return true;
}

bool
agency_list(const PlanScope *scope, Arena *arena, GPtrArray *ret_parts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &AGENCY_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_LIST_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		AgencyPart *part = arena_new0(arena, AgencyPart);

		part->agency_id = db_column_int(stmt, AGENCY_LIST_C_AGENCY_ID);
		part->name = arena_strdup(arena, db_column_text(stmt, AGENCY_LIST_C_NAME));
		part->is_generic = db_column_int(stmt, AGENCY_LIST_C_IS_GENERIC) != 0;
		part->is_higher = db_column_int(stmt, AGENCY_LIST_C_IS_HIGHER) != 0;
		part->rank = db_column_int(stmt, AGENCY_LIST_C_RANK);
		part->lead_tasks = db_column_int(stmt, AGENCY_LIST_C_LEAD_TASKS);
		part->coordinating_tasks = db_column_int(stmt, AGENCY_LIST_C_COORDINATING_TASKS);
		part->lead_indicators = db_column_int(stmt, AGENCY_LIST_C_LEAD_INDICATORS);
		part->coordinating_indicators = db_column_int(stmt, AGENCY_LIST_C_COORDINATING_INDICATORS);
		part->duties = db_column_int(stmt, AGENCY_LIST_C_DUTIES);
		g_ptr_array_add(ret_parts, part);
	}
	return !row;
}

bool
agency_list_names(
    Db *db, int64_t commune_id, int64_t limit, Arena *arena, GPtrArray *ret_names, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row;

	if (!db_prepare(db, &AGENCY_NAME_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_NAME_LIST_P_COMMUNE_ID, commune_id);
	db_bind_int(stmt, AGENCY_NAME_LIST_P_ROW_LIMIT, limit);
	while (db_step(stmt, &row, error)) {
		if (!row)
			return true;
		g_ptr_array_add(
		    ret_names, arena_strdup(arena, db_column_text(stmt, AGENCY_NAME_LIST_C_NAME)));
	}
	return false;
}

bool
agency_list_aliases(
    const PlanScope *scope, int64_t agency_id, Arena *arena, GPtrArray *ret_aliases, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &AGENCY_ALIAS_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_ALIAS_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_ALIAS_LIST_P_AGENCY_ID, agency_id);
	while (db_step(stmt, &row, error) && row)
		g_ptr_array_add(
		    ret_aliases, arena_strdup(arena, db_column_text(stmt, AGENCY_ALIAS_LIST_C_ALIAS)));
	return !row;
}

bool
agency_list_duties(
    const PlanScope *scope, int64_t agency_id, Arena *arena, GPtrArray *ret_duties, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &AGENCY_DUTY_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_DUTY_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, AGENCY_DUTY_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, AGENCY_DUTY_LIST_P_AGENCY_ID, agency_id);
	while (db_step(stmt, &row, error) && row) {
		AgencyDuty *duty = arena_new0(arena, AgencyDuty);

		duty->body = arena_strdup(arena, db_column_text(stmt, AGENCY_DUTY_LIST_C_BODY));
		duty->item = arena_strdup(arena, db_column_text(stmt, AGENCY_DUTY_LIST_C_ITEM));
		g_ptr_array_add(ret_duties, duty);
	}
	return !row;
}

bool
agency_list_all_parts(Db *db, int64_t commune_id, GArray *ret_parts, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(db, &AGENCY_PART_OF_ALL, &stmt, error))
		return false;
	db_bind_int(stmt, AGENCY_PART_OF_ALL_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &row, error) && row) {
		const AgencyPlanPart part = {
		    .plan_id = db_column_int(stmt, AGENCY_PART_OF_ALL_C_PLAN_ID),
		    .agency_id = db_column_int(stmt, AGENCY_PART_OF_ALL_C_AGENCY_ID),
		    .lead_tasks = db_column_int(stmt, AGENCY_PART_OF_ALL_C_LEAD_TASKS),
		    .coordinating_tasks = db_column_int(stmt, AGENCY_PART_OF_ALL_C_COORDINATING_TASKS),
		    .lead_indicators = db_column_int(stmt, AGENCY_PART_OF_ALL_C_LEAD_INDICATORS),
		    .coordinating_indicators =
			db_column_int(stmt, AGENCY_PART_OF_ALL_C_COORDINATING_INDICATORS),
		    .duties = db_column_int(stmt, AGENCY_PART_OF_ALL_C_DUTIES),
		};

		g_array_append_val(ret_parts, part);
	}
	return !row;
}
