/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/evidence/evidence_secret.h"

#include "app/filestore.h"
#include "app/ledger_redact.h"
#include "base/app-error.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"
#include "storage/txn.h"

static bool
redact(const EvidenceScope *scope, const Evidence *evidence, GError **error)
{
	g_autofree char *folded = evidence_fold("", "", evidence->number);
	g_autofree char *object = g_strdup_printf("evidence/%" G_GINT64_FORMAT, evidence->evidence_id);
	g_autoptr(DbStmt) stmt = NULL;
	int64_t n = 0;

	if (!db_prepare(scope->db, &EVIDENCE_MAKE_SECRET, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_MAKE_SECRET_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(stmt, EVIDENCE_MAKE_SECRET_P_EVIDENCE_ID, evidence->evidence_id);
	db_bind_text(stmt, EVIDENCE_MAKE_SECRET_P_FOLDED, folded);
	return db_run(stmt, error) &&
	       ledger_redact_object(
		   scope->db, scope->commune_id, &scope->actor, scope->now_us, object, &n, error) &&
	       evidence_note(scope, evidence->evidence_id, LEDGER_REMOVE, NULL, error);
}

/* The others show the same content. */
static bool
redact_all(const EvidenceScope *scope, const Evidence *evidence, Arena *arena, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();

	if (!evidence_same(scope, evidence, arena, ids, error) || !redact(scope, evidence, error))
		return false;
	for (guint i = 0; i < ids->len; i++) {
		const int64_t *id = g_ptr_array_index(ids, i);
		Evidence other;

		if (!evidence_find(scope, *id, arena, &other, error) || !redact(scope, &other, error))
			return false;
	}
	return true;
}

/* The room it took is free again. */
static bool
release(const EvidenceScope *scope, const Evidence *evidence, GError **error)
{
	g_autofree char *before = NULL;
	g_autoptr(DbStmt) stmt = NULL, usage = NULL;

	if (!evidence_content_state(scope, evidence->sha256, &before, error) ||
	    !db_prepare(scope->db, &EVIDENCE_CONTENT_WIPE, &stmt, error) ||
	    !db_prepare(scope->db, &EVIDENCE_USAGE_ADD, &usage, error))
		return false;
	db_bind_int(stmt, EVIDENCE_CONTENT_WIPE_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_CONTENT_WIPE_P_SHA256, evidence->sha256);
	db_bind_int(stmt, EVIDENCE_CONTENT_WIPE_P_NOW_US, scope->now_us);
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_SIZE_BYTES, -evidence->size_bytes);
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_FILE_COUNT, -1);
	return db_run(stmt, error) && db_run(usage, error) &&
	       evidence_note_content(scope, evidence->sha256, LEDGER_REMOVE, before, error);
}

bool
evidence_take_away(const EvidenceScope *scope, const Evidence *evidence, Arena *arena, GError **error)
{
	return redact_all(scope, evidence, arena, error) &&
	       (evidence->sha256 == NULL || release(scope, evidence, error));
}

bool
evidence_mark_secret(const EvidenceScope *scope, int64_t evidence_id, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbTxn) txn = NULL;
	Evidence evidence;

	if (!db_txn_begin(scope->db, &txn, error) ||
	    !evidence_find(scope, evidence_id, arena, &evidence, error))
		return false;
	if (evidence.is_secret) {
		g_set_error_literal(
		    error, APP_ERROR, APP_ERROR_CONFLICT, "Minh chứng này đã được đánh dấu mật trước đó.");
		return false;
	}
	if (!evidence_take_away(scope, &evidence, arena, error) || !db_txn_commit(txn, error))
		return false;
	/* Now that nothing names it; what fails here is done at the next start. */
	return filestore_wipe(scope->directory, evidence.sha256, error);
}

bool
evidence_wipe_left(const EvidenceScope *scope, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(scope->db, &EVIDENCE_CONTENT_WIPED, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_CONTENT_WIPED_P_COMMUNE_ID, scope->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		if (!filestore_wipe(
			scope->directory, db_column_text(stmt, EVIDENCE_CONTENT_WIPED_C_SHA256), error))
			return false;
	return !has_row;
}
