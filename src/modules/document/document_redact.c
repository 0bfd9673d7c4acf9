/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_redact.h"

#include "modules/document/document.sql.h"
#include "modules/document/document_store.h"

G_STATIC_ASSERT((int)DOCUMENT_REDACT_P_COMMUNE_ID == (int)DOCUMENT_REDACT_AREAS_P_COMMUNE_ID &&
		(int)DOCUMENT_REDACT_P_DOCUMENT_ID == (int)DOCUMENT_REDACT_AREAS_P_DOCUMENT_ID);

/* The document goes too where one of its tasks is a secret: it says the same. */
bool
document_redact(const AppRedaction *redaction, GError **error)
{
	static const DbSql *const ALL[] = {&DOCUMENT_REDACT_AREAS, &DOCUMENT_REDACT_MARKS,
	    &DOCUMENT_REDACT_SIGNATURES, &DOCUMENT_REDACT_PAGES, &DOCUMENT_REDACT_BLOCKS, &DOCUMENT_REDACT};
	DocumentInfo info;

	if (redaction->document_id == 0)
		return true;
	if (!document_load(
		redaction->db, redaction->commune_id, redaction->document_id, redaction->arena, &info, error))
		return false;
	app_redact_file(redaction, info.sha256);
	for (size_t i = 0; i < G_N_ELEMENTS(ALL); i++) {
		g_autoptr(DbStmt) stmt = NULL;

		if (!db_prepare(redaction->db, ALL[i], &stmt, error))
			return false;
		db_bind_int(stmt, DOCUMENT_REDACT_P_COMMUNE_ID, redaction->commune_id);
		db_bind_int(stmt, DOCUMENT_REDACT_P_DOCUMENT_ID, redaction->document_id);
		if (!db_run(stmt, error))
			return false;
	}
	return true;
}
