/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/task/task_redact.h"

#include "base/text.h"
#include "modules/task/task.sql.h"
#include "modules/task/task_search.h"

#include <string.h>

/* The words must be those that task_search_add() was given. */
static char *
body_of(const DbStmt *source)
{
	static const int TEXTS[TASK_SEARCH_TEXTS] = {TASK_REDACT_SOURCE_C_NO, TASK_REDACT_SOURCE_C_NAME,
	    TASK_REDACT_SOURCE_C_OUTPUT, TASK_REDACT_SOURCE_C_LEAD, TASK_REDACT_SOURCE_C_COORDINATING,
	    TASK_REDACT_SOURCE_C_DEADLINE_RAW};
	GString *words = g_string_new(NULL);

	for (size_t i = 0; i < TASK_SEARCH_TEXTS; i++) {
		const char *text =
		    db_column_is_null(source, TEXTS[i]) ? NULL : db_column_text(source, TEXTS[i]);

		if (text == NULL)
			continue;
		text_fold_append(words, text, strlen(text));
		g_string_append_c(words, '\n');
	}
	return g_string_free(words, FALSE);
}

static bool
remove_from_search(const AppRedaction *redaction, GError **error)
{
	g_autoptr(DbStmt) source = NULL, remove = NULL, join = NULL;
	bool has_row = true;

	if (!db_prepare(redaction->db, &TASK_REDACT_SOURCE, &source, error) ||
	    !db_prepare(redaction->db, &TASK_SEARCH_REMOVE, &remove, error) ||
	    !db_prepare(redaction->db, &TASK_SEARCH_JOIN, &join, error))
		return false;
	db_bind_int(source, TASK_REDACT_SOURCE_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(source, TASK_REDACT_SOURCE_P_PLAN_ID, redaction->plan_id);
	db_bind_int(source, TASK_REDACT_SOURCE_P_TASK_NO, redaction->task_no);
	db_bind_int(remove, TASK_SEARCH_REMOVE_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(remove, TASK_SEARCH_REMOVE_P_PLAN_ID, redaction->plan_id);
	while (db_step(source, &has_row, error) && has_row) {
		g_autofree char *body = body_of(source);

		db_bind_int(remove, TASK_SEARCH_REMOVE_P_TASK_NO,
		    db_column_int(source, TASK_REDACT_SOURCE_C_TASK_NO));
		db_bind_text(remove, TASK_SEARCH_REMOVE_P_BODY, body);
		if (!db_run(remove, error))
			return false;
	}
	return !has_row && db_run(join, error);
}

bool
task_redact(const AppRedaction *redaction, GError **error)
{
	return redaction->plan_id == 0 || (remove_from_search(redaction, error) &&
					      APP_REDACT_RUN(redaction, TASK_REDACT_AGENCIES, error) &&
					      APP_REDACT_RUN(redaction, TASK_REDACT, error));
}
