/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan_finding.h"

#include "modules/plan/plan.sql.h"

static bool
add_places(const PlanScope *scope, int64_t finding_no, const PlanFindingPlace *places, size_t n_places,
    GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_FINDING_PLACE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_FINDING_NO, finding_no);
	for (size_t i = 0; i < n_places; i++) {
		db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_PLACE_NO, (int64_t)i + 1);
		db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_LINE, places[i].line);
		db_bind_int(stmt, PLAN_FINDING_PLACE_INSERT_P_BLOCK_NO, places[i].block_no);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}

bool
plan_add_finding(const PlanScope *scope, int64_t finding_no, const Diag *diag, int64_t block_no,
    const PlanFindingPlace *places, size_t n_places, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &PLAN_FINDING_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_FINDING_NO, finding_no);
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_SEVERITY, diag->severity);
	db_bind_text(stmt, PLAN_FINDING_INSERT_P_RULE, diag->rule);
	db_bind_text(stmt, PLAN_FINDING_INSERT_P_MESSAGE, diag->message);
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_LINE, diag->span.line);
	db_bind_int(stmt, PLAN_FINDING_INSERT_P_BLOCK_NO, block_no);
	return db_run(stmt, error) && add_places(scope, finding_no, places, n_places, error);
}

static PlanFindingPlace *
read_place(const DbStmt *stmt, Arena *arena)
{
	PlanFindingPlace *place = arena_new0(arena, PlanFindingPlace);

	place->line = db_column_int(stmt, PLAN_FINDING_PLACE_LIST_C_LINE);
	place->block_no = db_column_int(stmt, PLAN_FINDING_PLACE_LIST_C_BLOCK_NO);
	return place;
}

/* Attaches the related places of findings from `first` on; both come in the order of the findings. */
static bool
read_places(const PlanScope *scope, Arena *arena, const GPtrArray *findings, guint first, GError **error)
{
	const PlanFinding *opening = g_ptr_array_index(findings, first);
	const PlanFinding *closing = g_ptr_array_index(findings, findings->len - 1);
	g_autoptr(DbStmt) stmt = NULL;
	PlanFindingPlace **end = NULL;
	PlanFinding *finding = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_FINDING_PLACE_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_PLACE_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_PLACE_LIST_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_FINDING_PLACE_LIST_P_FIRST, opening->finding_no);
	db_bind_int(stmt, PLAN_FINDING_PLACE_LIST_P_LAST, closing->finding_no);
	while (db_step(stmt, &row, error) && row) {
		int64_t finding_no = db_column_int(stmt, PLAN_FINDING_PLACE_LIST_C_FINDING_NO);

		while (first < findings->len && (finding == NULL || finding->finding_no < finding_no)) {
			finding = g_ptr_array_index(findings, first++);
			end = &finding->places;
		}
		if (finding == NULL || finding->finding_no != finding_no)
			continue;
		*end = read_place(stmt, arena);
		end = &(*end)->next;
	}
	return !row;
}

bool
plan_list_findings(const PlanScope *scope, const PlanFindingFilter *filter, Arena *arena,
    GPtrArray *ret_findings, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	guint first = ret_findings->len;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_FINDING_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_LIST_P_PLAN_ID, scope->plan_id);
	if (filter->has_severity)
		db_bind_int(stmt, PLAN_FINDING_LIST_P_SEVERITY, filter->severity);
	db_bind_text(stmt, PLAN_FINDING_LIST_P_RULE, filter->rule);
	db_bind_int(stmt, PLAN_FINDING_LIST_P_AFTER, filter->after);
	db_bind_int(stmt, PLAN_FINDING_LIST_P_ROW_LIMIT, filter->limit);
	while (db_step(stmt, &row, error) && row) {
		PlanFinding *finding = arena_new0(arena, PlanFinding);

		finding->finding_no = db_column_int(stmt, PLAN_FINDING_LIST_C_FINDING_NO);
		finding->severity = (DiagSeverity)db_column_int(stmt, PLAN_FINDING_LIST_C_SEVERITY);
		finding->rule = arena_strdup(arena, db_column_text(stmt, PLAN_FINDING_LIST_C_RULE));
		finding->message = arena_strdup(arena, db_column_text(stmt, PLAN_FINDING_LIST_C_MESSAGE));
		finding->line = db_column_int(stmt, PLAN_FINDING_LIST_C_LINE);
		finding->block_no = db_column_int(stmt, PLAN_FINDING_LIST_C_BLOCK_NO);
		g_ptr_array_add(ret_findings, finding);
	}
	return !row && (first == ret_findings->len || read_places(scope, arena, ret_findings, first, error));
}

bool
plan_list_block_findings(const PlanScope *scope, int64_t first, int64_t last, Arena *arena,
    GPtrArray *ret_findings, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_FINDING_OF_BLOCKS, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_OF_BLOCKS_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_OF_BLOCKS_P_PLAN_ID, scope->plan_id);
	db_bind_int(stmt, PLAN_FINDING_OF_BLOCKS_P_FIRST, first);
	db_bind_int(stmt, PLAN_FINDING_OF_BLOCKS_P_LAST, last);
	while (db_step(stmt, &row, error) && row) {
		PlanFinding *finding = arena_new0(arena, PlanFinding);

		finding->finding_no = db_column_int(stmt, PLAN_FINDING_OF_BLOCKS_C_FINDING_NO);
		finding->severity = (DiagSeverity)db_column_int(stmt, PLAN_FINDING_OF_BLOCKS_C_SEVERITY);
		finding->rule = arena_strdup(arena, db_column_text(stmt, PLAN_FINDING_OF_BLOCKS_C_RULE));
		finding->message =
		    arena_strdup(arena, db_column_text(stmt, PLAN_FINDING_OF_BLOCKS_C_MESSAGE));
		finding->block_no = db_column_int(stmt, PLAN_FINDING_OF_BLOCKS_C_BLOCK_NO);
		g_ptr_array_add(ret_findings, finding);
	}
	return !row;
}

bool
plan_tally_findings(const PlanScope *scope, Arena *arena, GPtrArray *ret_tallies, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &PLAN_FINDING_TALLY, &stmt, error))
		return false;
	db_bind_int(stmt, PLAN_FINDING_TALLY_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, PLAN_FINDING_TALLY_P_PLAN_ID, scope->plan_id);
	while (db_step(stmt, &row, error) && row) {
		PlanFindingTally *tally = arena_new0(arena, PlanFindingTally);

		tally->severity = (DiagSeverity)db_column_int(stmt, PLAN_FINDING_TALLY_C_SEVERITY);
		tally->rule = arena_strdup(arena, db_column_text(stmt, PLAN_FINDING_TALLY_C_RULE));
		tally->count = db_column_int(stmt, PLAN_FINDING_TALLY_C_FINDING_COUNT);
		g_ptr_array_add(ret_tallies, tally);
	}
	return !row;
}
