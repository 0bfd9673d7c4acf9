/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commune.h"

#include "app/app.sql.h"
#include "app/app_internal.h"
#include "base/app-error.h"
#include "storage/txn.h"

bool
app_commune_read(Db *db, int64_t commune_id, Arena *arena, AppCommuneText *ret_commune, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &APP_READ_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_READ_COMMUNE_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (!has_row) {
		g_set_error(
		    error, APP_ERROR, APP_ERROR_NOT_FOUND, "không có xã số %" G_GINT64_FORMAT, commune_id);
		return false;
	}
	*ret_commune = (AppCommuneText){
	    .code = arena_strdup(arena, db_column_text(stmt, APP_READ_COMMUNE_C_CODE)),
	    .name = arena_strdup(arena, db_column_text(stmt, APP_READ_COMMUNE_C_NAME)),
	    .province = arena_strdup(arena, db_column_text(stmt, APP_READ_COMMUNE_C_PROVINCE)),
	};
	return true;
}

static char *
state_of(const AppCommuneText *commune)
{
	g_autofree char *code = g_strdup(commune->code), *name = g_strdup(commune->name),
			*province = g_strdup(commune->province);

	return app_commune_state(&(AppCommune){.code = code, .name = name, .province = province});
}

bool
app_commune_complete(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *name,
    const char *province, GError **error)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	g_autofree char *before = NULL, *after = NULL;
	AppCommuneText old, new;

	if (!db_txn_begin(db, &txn, error) || !app_commune_read(db, commune_id, arena, &old, error) ||
	    !db_prepare(db, &APP_COMPLETE_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, APP_COMPLETE_COMMUNE_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_COMPLETE_COMMUNE_P_NAME, name);
	db_bind_text(stmt, APP_COMPLETE_COMMUNE_P_PROVINCE, province);
	if (!db_run(stmt, error) || !app_commune_read(db, commune_id, arena, &new, error))
		return false;
	before = state_of(&old);
	after = state_of(&new);
	if (!g_str_equal(before, after) &&
	    !ledger_note(db, commune_id, actor, now_us,
		&(LedgerNote){LEDGER_CHANGE, APP_COMMUNE_OBJECT, before, after}, error))
		return false;
	return db_txn_commit(txn, error);
}
