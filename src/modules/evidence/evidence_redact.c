/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_redact.h"

#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_secret.h"
#include "modules/evidence/evidence_upload.h"

#include <string.h>

/* What is attached to the plan, to the task or to any of its rows, and to what else is part of it. */
static bool
is_part(const AppRedaction *redaction, const char *kind, const char *id)
{
	g_autofree char *word = g_strconcat(kind, "/", id, NULL);
	g_autofree char *plan = g_strdup_printf("%" G_GINT64_FORMAT "/", redaction->plan_id);
	g_autofree char *whole = g_strdup_printf("plan/%" G_GINT64_FORMAT, redaction->plan_id);
	g_autofree char *task = g_strdup_printf("task/%s%" G_GINT64_FORMAT, plan, redaction->task_no);

	if (g_ptr_array_find_with_equal_func(redaction->records, word, g_str_equal, NULL))
		return true;
	if (redaction->plan_id == 0)
		return false;
	if (redaction->task_no != 0)
		return strcmp(word, task) == 0;
	return strcmp(word, whole) == 0 ||
	       ((strcmp(kind, EVIDENCE_OBJECT_TASK) == 0 || strcmp(kind, "indicator") == 0) &&
		   g_str_has_prefix(id, plan));
}

static bool
take_away(const AppRedaction *redaction, const EvidenceScope *scope, int64_t evidence_id, GError **error)
{
	Evidence evidence;

	if (!evidence_find(scope, evidence_id, redaction->arena, &evidence, error))
		return false;
	if (evidence.is_secret)
		return true;
	app_redact_file(redaction, evidence.sha256);
	return evidence_take_away(scope, &evidence, redaction->arena, error);
}

static bool
drop_uploads(const AppRedaction *redaction, const EvidenceScope *scope, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(redaction->db, &EVIDENCE_UPLOAD_OLD, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_UPLOAD_OLD_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, EVIDENCE_UPLOAD_OLD_P_BEFORE_US, INT64_MAX);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!db_column_is_null(stmt, EVIDENCE_UPLOAD_OLD_C_OBJECT_KIND) &&
		    is_part(redaction, db_column_text(stmt, EVIDENCE_UPLOAD_OLD_C_OBJECT_KIND),
			db_column_text(stmt, EVIDENCE_UPLOAD_OLD_C_OBJECT_ID)))
			g_ptr_array_add(ids, g_strdup(db_column_text(stmt, EVIDENCE_UPLOAD_OLD_C_UPLOAD_ID)));
	for (guint i = 0; i < ids->len && !has_row; i++)
		if (!evidence_upload_drop(scope, g_ptr_array_index(ids, i), error))
			return false;
	return !has_row;
}

bool
evidence_redact(const AppRedaction *redaction, GError **error)
{
	const EvidenceScope scope = {.db = redaction->db,
	    .commune_id = redaction->commune_id,
	    .directory = redaction->directory,
	    .now_us = redaction->now_us,
	    .actor = redaction->actor};
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(redaction->db, &EVIDENCE_REDACT_LINKS, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_REDACT_LINKS_P_COMMUNE_ID, redaction->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t evidence_id = db_column_int(stmt, EVIDENCE_REDACT_LINKS_C_EVIDENCE_ID);

		if (is_part(redaction, db_column_text(stmt, EVIDENCE_REDACT_LINKS_C_OBJECT_KIND),
			db_column_text(stmt, EVIDENCE_REDACT_LINKS_C_OBJECT_ID)))
			g_array_append_val(ids, evidence_id);
	}
	for (guint i = 0; i < ids->len && !has_row; i++)
		if (!take_away(redaction, &scope, g_array_index(ids, int64_t, i), error))
			return false;
	return !has_row && drop_uploads(redaction, &scope, error);
}
