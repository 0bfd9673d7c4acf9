/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/redact.h"

#include "app/ledger_redact.h"
#include "app/module.h"

bool
app_redact_object(const AppRedaction *redaction, const char *object, GError **error)
{
	int64_t n = 0;

	g_ptr_array_add(redaction->objects, g_strdup(object));
	return ledger_redact_object(
	    redaction->db, redaction->commune_id, &redaction->actor, redaction->now_us, object, &n, error);
}

void
app_redact_file(const AppRedaction *redaction, const char *sha256)
{
	if (sha256 != NULL && !g_ptr_array_find_with_equal_func(redaction->files, sha256, g_str_equal, NULL))
		g_ptr_array_add(redaction->files, g_strdup(sha256));
}

void
app_redact_record(const AppRedaction *redaction, const char *object)
{
	g_ptr_array_add(redaction->records, g_strdup(object));
}

bool
app_redact(AppRedaction *redaction, GError **error)
{
	g_autoptr(GPtrArray) sorted = NULL;

	redaction->objects = g_ptr_array_new_with_free_func(g_free);
	redaction->files = g_ptr_array_new_with_free_func(g_free);
	redaction->records = g_ptr_array_new_with_free_func(g_free);
	if (!app_modules_sort(APP_MODULES, &sorted, error))
		return false;
	for (guint i = sorted->len; i > 0; i--) {
		const AppModule *module = g_ptr_array_index(sorted, i - 1);

		if (module->redact != NULL && !module->redact(redaction, error))
			return false;
	}
	return true;
}

void
app_redaction_clear(AppRedaction *redaction)
{
	g_clear_pointer(&redaction->objects, g_ptr_array_unref);
	g_clear_pointer(&redaction->files, g_ptr_array_unref);
	g_clear_pointer(&redaction->records, g_ptr_array_unref);
}

bool
app_redact_run(const AppRedaction *redaction, const DbSql *sql, const int params[static 3], GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(redaction->db, sql, &stmt, error))
		return false;
	db_bind_int(stmt, params[0], redaction->commune_id);
	db_bind_int(stmt, params[1], redaction->plan_id);
	db_bind_int(stmt, params[2], redaction->task_no);
	return db_run(stmt, error);
}
