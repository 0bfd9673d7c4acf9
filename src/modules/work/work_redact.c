/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/work/work_redact.h"

#include "modules/work/work.sql.h"
#include "modules/work/work_internal.h"
#include "modules/work/work_note.h"

static bool
run(const AppRedaction *redaction, const DbSql *sql, int64_t piece_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(redaction->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_REDACT_ENTRIES_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, WORK_REDACT_ENTRIES_P_PIECE_ID, piece_id);
	return db_run(stmt, error);
}

/* Every entry is noted anew as it is now, so that the check of the tables goes on. */
static bool
note_entries(const AppRedaction *redaction, const WorkScope *scope, int64_t piece_id, GError **error)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new();
	WorkPiece piece;

	if (!work_find(scope, piece_id, &piece, error) || !work_entries(scope, piece_id, entries, error))
		return false;
	for (guint i = 0; i < entries->len; i++) {
		const WorkEntry *entry = g_ptr_array_index(entries, i);

		work_replay(&piece, (const WorkEntry *const *)entries->pdata, i + 1);
		if (!app_redact_object(redaction,
			arena_printf(redaction->arena, "work/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
			    piece_id, entry->entry_no),
			error) ||
		    !work_note(scope, NULL, &piece, entry, error))
			return false;
	}
	return true;
}

bool
work_redact(const AppRedaction *redaction, GError **error)
{
	const WorkScope scope = {.db = redaction->db,
	    .commune_id = redaction->commune_id,
	    .now_us = redaction->now_us,
	    .today = instant_day(redaction->now_us),
	    .actor = redaction->actor,
	    .arena = redaction->arena};
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (redaction->plan_id == 0)
		return true;
	if (!db_prepare(redaction->db, &WORK_REDACT_PIECES, &stmt, error))
		return false;
	db_bind_int(stmt, WORK_REDACT_PIECES_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, WORK_REDACT_PIECES_P_PLAN_ID, redaction->plan_id);
	db_bind_int(stmt, WORK_REDACT_PIECES_P_TASK_NO, redaction->task_no);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t piece_id = db_column_int(stmt, WORK_REDACT_PIECES_C_PIECE_ID);

		g_array_append_val(pieces, piece_id);
	}
	for (guint i = 0; i < pieces->len && !has_row; i++) {
		int64_t piece_id = g_array_index(pieces, int64_t, i);

		app_redact_record(
		    redaction, arena_printf(redaction->arena, "work/%" G_GINT64_FORMAT, piece_id));
		if (!run(redaction, &WORK_REDACT_PIECE, piece_id, error) ||
		    !run(redaction, &WORK_REDACT_ENTRIES, piece_id, error) ||
		    !note_entries(redaction, &scope, piece_id, error))
			return false;
	}
	return !has_row && work_redact_products(redaction, error);
}
