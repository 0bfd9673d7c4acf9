/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/notify/notify_redact.h"

#include "modules/notify/notify.sql.h"

#include <string.h>

/* True where a message names what was taken away, or leads to the plan, task or page it was taken from. */
static bool
is_about(const AppRedaction *redaction, const char *subject, const char *body, const char *path)
{
	g_autofree char *plan = g_strdup_printf("ke-hoach=%" G_GINT64_FORMAT, redaction->plan_id);
	g_autofree char *task = g_strdup_printf("/nhiem-vu/%" G_GINT64_FORMAT "?", redaction->task_no);

	if (g_ptr_array_find_with_equal_func(redaction->records, path, g_str_equal, NULL))
		return true;
	if (redaction->plan_id != 0 && g_str_has_suffix(path, plan) &&
	    (redaction->task_no == 0 || g_str_has_prefix(path, task)))
		return true;
	for (guint i = 0; i < redaction->texts->len; i++) {
		const char *text = g_ptr_array_index(redaction->texts, i);

		if (*text != '\0' && (strstr(subject, text) != NULL || strstr(body, text) != NULL))
			return true;
	}
	return false;
}

static bool
redact(const AppRedaction *redaction, int64_t message_id, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(redaction->db, &NOTIFY_REDACT, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_REDACT_P_COMMUNE_ID, redaction->commune_id);
	db_bind_int(stmt, NOTIFY_REDACT_P_MESSAGE_ID, message_id);
	return db_run(stmt, error);
}

bool
notify_redact(const AppRedaction *redaction, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(redaction->db, &NOTIFY_REDACT_SOURCE, &stmt, error))
		return false;
	db_bind_int(stmt, NOTIFY_REDACT_SOURCE_P_COMMUNE_ID, redaction->commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		if (is_about(redaction, db_column_text(stmt, NOTIFY_REDACT_SOURCE_C_SUBJECT),
			db_column_text(stmt, NOTIFY_REDACT_SOURCE_C_BODY),
			db_column_text(stmt, NOTIFY_REDACT_SOURCE_C_PATH)) &&
		    !redact(redaction, db_column_int(stmt, NOTIFY_REDACT_SOURCE_C_MESSAGE_ID), error))
			return false;
	return !has_row;
}
