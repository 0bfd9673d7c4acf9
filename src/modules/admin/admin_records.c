/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/admin/admin_records.h"

#include "app/context.h"
#include "app/ledger.h"
#include "app/ledger_state.h"
#include "modules/admin/admin.sql.h"

#include <string.h>

/* All settings, or those that begin with a word ("settings/evidence"), each as a field. */

typedef struct Walk {
	AppRecord *record;
	const char *key;
	GArray *changes; /* of AppRecordChange, newest first */
} Walk;

static bool
visit(void *data, const LedgerRow *row)
{
	Walk *walk = data;
	Arena *arena = walk->record->arena;
	LedgerPair old[LEDGER_PAIRS_MAX], new[LEDGER_PAIRS_MAX];
	size_t n_old = ledger_pairs(arena, row->before, old), n_new = ledger_pairs(arena, row->after, new);
	const AppRecordChange change = {row->seq, walk->key, ledger_pair_value(old, n_old, "value"),
	    ledger_pair_value(new, n_new, "value")};

	g_array_append_val(walk->changes, change);
	return true;
}

static bool
add_setting(const AppContext *context, const char *key, const char *value, AppRecord *record, GError **error)
{
	g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(AppRecordChange));
	const char *object = arena_printf(record->arena, "setting/%s", key);
	Walk walk = {record, arena_strdup(record->arena, key), changes};

	if (!ledger_walk_back(context->db, context->commune_id, object, INT64_MAX, visit, &walk, error))
		return false;
	for (guint i = changes->len; i > 0; i--) {
		const AppRecordChange *change = &g_array_index(changes, AppRecordChange, i - 1);

		app_record_add_change(record, change->seq, change->key, change->before, change->after);
	}
	app_record_add_source(record, object, NULL, false);
	app_record_add_field(record, key, key, value);
	return true;
}

static bool
load_settings(HttpRequest *request, const char *id, AppRecord *record, GError **error)
{
	const AppContext *context = app_context(request);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	record->title = *id != '\0' ? arena_printf(record->arena, "Các thiết lập “%s”", id) : "Các thiết lập";
	record->url = NULL;
	if (!db_prepare(context->db, &ADMIN_LIST_SETTINGS, &stmt, error))
		return false;
	db_bind_int(stmt, ADMIN_LIST_SETTINGS_P_COMMUNE_ID, context->commune_id);
	while (db_step(stmt, &has_row, error) && has_row) {
		const char *key = db_column_text(stmt, ADMIN_LIST_SETTINGS_C_KEY);

		if (g_str_has_prefix(key, id) &&
		    !add_setting(context, arena_strdup(record->arena, key),
			arena_strdup(record->arena, db_column_text(stmt, ADMIN_LIST_SETTINGS_C_VALUE)),
			record, error))
			return false;
	}
	return !has_row;
}

const AppRecordKind ADMIN_RECORDS[] = {
    {.kind = "settings", .title = "Thiết lập", .permission = APP_SYSTEM, .load = load_settings},
    {.kind = "setting", .title = "Thiết lập", .permission = APP_SYSTEM},
    {.kind = "commune", .title = "Xã, phường, đặc khu", .permission = APP_SYSTEM},
    {.kind = NULL},
};
