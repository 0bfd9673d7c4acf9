/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/intake_redact.h"

#include "modules/intake/intake.sql.h"
#include "modules/intake/intake_draft.h"
#include "modules/intake/intake_note.h"
#include "modules/intake/intake_secret.h"
#include "modules/intake/review_cache.h"

static bool
delete_edits(const AppRedaction *redaction, int64_t draft_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(redaction->db, &INTAKE_REDACT_EDITS, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_REDACT_EDITS_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, INTAKE_REDACT_EDITS_P_DRAFT_ID, draft_id);
	return db_run(stmt, error);
}

static bool
redact_draft(const AppRedaction *redaction, int64_t draft_id, int64_t state, GError **error)
{
	const IntakeScope scope = {.db = redaction->db,
	    .commune_id = redaction->commune_id,
	    .directory = redaction->directory,
	    .now_us = redaction->now_us,
	    .actor = redaction->actor};
	int64_t kept = state == INTAKE_PUBLISHED || state == INTAKE_DISCARDED ? state : INTAKE_FAILED;

	return delete_edits(redaction, draft_id, error) && intake_redact_row(&scope, draft_id, kept, error) &&
	       app_redact_object(
		   redaction, arena_printf(redaction->arena, "draft/%" G_GINT64_FORMAT, draft_id), error) &&
	       intake_note_draft(&scope, draft_id, LEDGER_REMOVE, NULL, error);
}

bool
intake_redact(const AppRedaction *redaction, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(redaction->db, &INTAKE_REDACT_DRAFTS, &stmt, error))
		return false;
	db_bind_int(stmt, INTAKE_REDACT_DRAFTS_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, INTAKE_REDACT_DRAFTS_P_PLAN_ID, redaction->plan_id);
	db_bind_int(stmt, INTAKE_REDACT_DRAFTS_P_DRAFT_ID, redaction->draft_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		app_redact_file(redaction, db_column_text(stmt, INTAKE_REDACT_DRAFTS_C_FILE_SHA256));
		if (!db_column_is_null(stmt, INTAKE_REDACT_DRAFTS_C_SOURCE_SHA256))
			app_redact_file(
			    redaction, db_column_text(stmt, INTAKE_REDACT_DRAFTS_C_SOURCE_SHA256));
		if (!redact_draft(redaction, db_column_int(stmt, INTAKE_REDACT_DRAFTS_C_DRAFT_ID),
			db_column_int(stmt, INTAKE_REDACT_DRAFTS_C_STATE), error))
			return false;
	}
	review_cache_forget();
	return !has_row;
}
