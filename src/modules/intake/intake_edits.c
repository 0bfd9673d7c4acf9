/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_review_internal.h"

bool
intake_edit_list(const IntakeScope *scope, int64_t draft_id, int64_t above_version, Arena *arena,
    GPtrArray *ret_edits, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool row = true;

	if (!db_prepare(scope->db, &INTAKE_EDIT_LIST, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_EDIT_LIST_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_EDIT_LIST_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_EDIT_LIST_P_ABOVE_VERSION, above_version);
	while (db_step(stmt, &row, error) && row) {
		IntakeEdit *edit = arena_new0(arena, IntakeEdit);

		edit->edit_no = db_column_int(stmt, INTAKE_EDIT_LIST_C_EDIT_NO);
		edit->version = db_column_int(stmt, INTAKE_EDIT_LIST_C_VERSION);
		edit->made_at = db_column_int(stmt, INTAKE_EDIT_LIST_C_MADE_AT);
		edit->standing = (IntakeStanding)db_column_int(stmt, INTAKE_EDIT_LIST_C_STANDING);
		if (plan_edit_decode(db_column_text(stmt, INTAKE_EDIT_LIST_C_BODY), arena, &edit->edit, NULL))
			g_ptr_array_add(ret_edits, edit);
	}
	return !row;
}

bool
intake_step_draft(const IntakeScope *scope, int64_t draft_id, int64_t seen_version, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_DRAFT_STEP, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_DRAFT_STEP_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_DRAFT_STEP_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_DRAFT_STEP_P_SEEN_VERSION, seen_version);
	db_bind_int(stmt, INTAKE_DRAFT_STEP_P_READY, INTAKE_READY);
	db_bind_int(stmt, INTAKE_DRAFT_STEP_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	if (db_changes(scope->db) > 0)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "bản nháp vừa được người khác sửa; hãy xem lại rồi làm lại thao tác này");
	return false;
}

static bool
overtake_undone(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_EDIT_OVERTAKE, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_EDIT_OVERTAKE_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_EDIT_OVERTAKE_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_EDIT_OVERTAKE_P_UNDONE, INTAKE_STANDING_UNDONE);
	db_bind_int(stmt, INTAKE_EDIT_OVERTAKE_P_OVERTAKEN, INTAKE_STANDING_OVERTAKEN);
	return db_run(stmt, error);
}

bool
intake_insert_edit(
    const IntakeScope *scope, int64_t draft_id, int64_t version, const char *body, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!overtake_undone(scope, draft_id, error) ||
	    !db_prepare(scope->db, &INTAKE_EDIT_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_EDIT_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_EDIT_INSERT_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_EDIT_INSERT_P_VERSION, version);
	db_bind_text(stmt, INTAKE_EDIT_INSERT_P_BODY, body);
	db_bind_int(stmt, INTAKE_EDIT_INSERT_P_STANDING, INTAKE_STANDING_COUNTS);
	db_bind_int(stmt, INTAKE_EDIT_INSERT_P_NOW_US, scope->now_us);
	return db_run(stmt, error);
}

bool
intake_undo_edit(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_EDIT_UNDO, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_EDIT_UNDO_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_EDIT_UNDO_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_EDIT_UNDO_P_COUNTS, INTAKE_STANDING_COUNTS);
	db_bind_int(stmt, INTAKE_EDIT_UNDO_P_UNDONE, INTAKE_STANDING_UNDONE);
	return db_run(stmt, error);
}

bool
intake_redo_edit(const IntakeScope *scope, int64_t draft_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &INTAKE_EDIT_REDO, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_EDIT_REDO_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, INTAKE_EDIT_REDO_P_DRAFT_ID, draft_id);
	db_bind_int(stmt, INTAKE_EDIT_REDO_P_COUNTS, INTAKE_STANDING_COUNTS);
	db_bind_int(stmt, INTAKE_EDIT_REDO_P_UNDONE, INTAKE_STANDING_UNDONE);
	return db_run(stmt, error);
}
