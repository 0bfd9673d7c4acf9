/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/link/link_redact.h"

#include "modules/link/link.sql.h"
#include "modules/link/link_internal.h"

G_STATIC_ASSERT((int)LINK_REDACT_ROWS_P_WORDS == (int)LINK_REDACT_HIGHERS_P_WORDS &&
		(int)LINK_REDACT_ROWS_P_WORDS == (int)LINK_REDACT_DOCUMENTS_P_WORDS);

/* Takes away what repeats a name of what was marked; *ret_any: there was something. */
static bool
take_words(const AppRedaction *redaction, const DbSql *sql, bool *ret_any, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	*ret_any = false;
	if (!db_prepare(redaction->db, sql, &stmt, error))
		return false;
	for (guint i = 0; i < redaction->texts->len; i++) {
		const char *words = g_ptr_array_index(redaction->texts, i);

		if (*words == '\0')
			continue;
		db_bind_int(stmt, LINK_REDACT_ROWS_P_COMMUNE_ID, redaction->commune_id);
		db_bind_text(stmt, LINK_REDACT_ROWS_P_WORDS, words);
		if (!db_run(stmt, error))
			return false;
		*ret_any = *ret_any || db_changes(redaction->db) > 0;
	}
	return true;
}

bool
link_redact(const AppRedaction *redaction, GError **error)
{
	const AppStates states = app_states_to_redact(redaction);
	bool any_row, any_higher, any_document;

	if (redaction->plan_id == 0)
		return true;
	if (!APP_REDACT_RUN(redaction, LINK_REDACT_PAIRS, error) || !link_walk_pairs(&states, error) ||
	    !take_words(redaction, &LINK_REDACT_ROWS, &any_row, error) ||
	    !take_words(redaction, &LINK_REDACT_HIGHERS, &any_higher, error) ||
	    !take_words(redaction, &LINK_REDACT_DOCUMENTS, &any_document, error))
		return false;
	return ((!any_row && !any_higher) || link_walk_highers(&states, error)) &&
	       (!any_document || link_walk_documents(&states, error));
}
