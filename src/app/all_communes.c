/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/all_communes.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "base/app-error.h"

#include <stdio.h>

#define REASONS_MAX 20 /* told; mostly they are all the same */

static bool
list_communes(Db *db, GArray *ids, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &APP_ALL_COMMUNES, &stmt, error))
		return false;
	db_bind_int(stmt, APP_ALL_COMMUNES_P_AFTER, 0);
	while (db_step(stmt, &has_row, error) && has_row) {
		int64_t id = db_column_int(stmt, APP_ALL_COMMUNES_C_COMMUNE_ID);

		g_array_append_val(ids, id);
	}
	return !has_row;
}

bool
app_for_all_communes(
    const AppOptions *options, AppCommuneDeed deed, void *data, AppAllReport *ret_report, GError **error)
{
	g_autoptr(GPtrArray) modules = NULL;
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(Db) db = NULL;

	*ret_report = (AppAllReport){0};
	if (options->database == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_USAGE,
		    "việc của mọi xã chỉ làm trên máy chủ PostgreSQL; hãy cho địa chỉ bằng --db hoặc "
		    "NAMRO_DB");
		return false;
	}
	if (!app_modules_sort(options->modules, &modules, error) ||
	    !app_open_store(options->database, DB_WRITE, modules, options->now_us, NULL, &db, error) ||
	    !list_communes(db, ids, error))
		return false;
	for (guint i = 0; i < ids->len; i++) {
		int64_t id = g_array_index(ids, int64_t, i);
		g_autoptr(GError) reason = NULL;

		db_set_commune(db, id);
		if (app_derive(modules, db, id, &reason) && deed(db, id, data, &reason)) {
			ret_report->n_done++;
			continue;
		}
		if (++ret_report->n_failed > REASONS_MAX)
			continue;
		fprintf(stderr, "xã số %" G_GINT64_FORMAT ": %s\n", id, reason->message);
	}
	return true;
}
