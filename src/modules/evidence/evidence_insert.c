/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/text.h"
#include "modules/evidence/evidence.sql.h"
#include "modules/evidence/evidence_internal.h"

char *
evidence_fold(const char *title, const char *file_name, const char *number)
{
	g_autofree char *joined = g_strdup_printf("%s %s %s", title, file_name, number);

	return text_fold_vi(joined);
}

/* Counts the bytes of a content that was not there. */
static bool
insert_content(const EvidenceScope *scope, const EvidenceFile *file, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL, usage = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_CONTENT_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_CONTENT_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_CONTENT_INSERT_P_SHA256, file->sha256);
	db_bind_int(stmt, EVIDENCE_CONTENT_INSERT_P_SIZE_BYTES, file->size_bytes);
	db_bind_text(stmt, EVIDENCE_CONTENT_INSERT_P_TYPE, file->type);
	db_bind_int(stmt, EVIDENCE_CONTENT_INSERT_P_NOW_US, scope->now_us);
	if (!db_run(stmt, error))
		return false;
	if (db_changes(scope->db) == 0)
		return true;
	if (!db_prepare(scope->db, &EVIDENCE_USAGE_ADD, &usage, error))
		return false;
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_COMMUNE_ID, scope->commune_id);
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_SIZE_BYTES, file->size_bytes);
	db_bind_int(usage, EVIDENCE_USAGE_ADD_P_FILE_COUNT, 1);
	return db_run(usage, error) && evidence_note_content(scope, file->sha256, LEDGER_ADD, NULL, error);
}

bool
evidence_insert_link(
    const EvidenceScope *scope, int64_t evidence_id, const EvidenceObject *object, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(scope->db, &EVIDENCE_LINK_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_LINK_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_LINK_INSERT_P_OBJECT_KIND, object->kind);
	db_bind_text(stmt, EVIDENCE_LINK_INSERT_P_OBJECT_ID, object->id);
	db_bind_int(stmt, EVIDENCE_LINK_INSERT_P_EVIDENCE_ID, evidence_id);
	db_bind_int(stmt, EVIDENCE_LINK_INSERT_P_NOW_US, scope->now_us);
	db_bind_text(stmt, EVIDENCE_LINK_INSERT_P_PERSON, scope->actor.name);
	return db_run(stmt, error);
}

static bool
insert_row(const EvidenceScope *scope, const EvidenceNew *told, const EvidenceFile *file, bool is_secret,
    int64_t *ret_evidence_id, GError **error)
{
	const char *file_name = file != NULL ? file->name : "",
		   *number = told->number != NULL ? told->number : "";
	g_autofree char *folded = evidence_fold(told->title, file_name, number);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(scope->db, &EVIDENCE_INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, EVIDENCE_INSERT_P_COMMUNE_ID, scope->commune_id);
	db_bind_text(stmt, EVIDENCE_INSERT_P_TITLE, told->title);
	db_bind_text(stmt, EVIDENCE_INSERT_P_KIND, told->kind);
	db_bind_text(stmt, EVIDENCE_INSERT_P_NUMBER, number);
	if (told->issued_day != DATE_NONE)
		db_bind_int(stmt, EVIDENCE_INSERT_P_ISSUED_DAY, told->issued_day);
	db_bind_int(stmt, EVIDENCE_INSERT_P_IS_SECRET, is_secret);
	db_bind_text(stmt, EVIDENCE_INSERT_P_SHA256, file != NULL ? file->sha256 : NULL);
	db_bind_text(stmt, EVIDENCE_INSERT_P_FILE_NAME, file_name);
	db_bind_text(stmt, EVIDENCE_INSERT_P_FOLDED, folded);
	db_bind_int(stmt, EVIDENCE_INSERT_P_PERSON_ID, scope->actor.person_id);
	db_bind_text(
	    stmt, EVIDENCE_INSERT_P_PERSON, scope->actor.name != NULL ? scope->actor.name : LEDGER_NOBODY);
	db_bind_int(stmt, EVIDENCE_INSERT_P_NOW_US, scope->now_us);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_evidence_id = db_column_int(stmt, EVIDENCE_INSERT_C_EVIDENCE_ID);
	return true;
}

bool
evidence_insert_row(const EvidenceScope *scope, const EvidenceNew *told, const EvidenceFile *file,
    bool is_secret, int64_t *ret_evidence_id, GError **error)
{
	return (file == NULL || insert_content(scope, file, error)) &&
	       insert_row(scope, told, file, is_secret, ret_evidence_id, error) &&
	       (told->object.kind == NULL ||
		   evidence_insert_link(scope, *ret_evidence_id, &told->object, error)) &&
	       evidence_note(scope, *ret_evidence_id, LEDGER_ADD, NULL, error);
}
