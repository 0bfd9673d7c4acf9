/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"

#include "app/app.sql.h"
#include "base/json.h"
#include "storage/txn.h"

bool
app_setting_get(Db *db, int64_t commune_id, const char *key, char **ret_value, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &APP_GET_SETTING, &stmt, error))
		return false;
	db_bind_int(stmt, APP_GET_SETTING_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_GET_SETTING_P_KEY, key);
	if (!db_step(stmt, &has_row, error))
		return false;
	*ret_value = has_row ? g_strdup(db_column_text(stmt, APP_GET_SETTING_C_VALUE)) : NULL;
	return true;
}

bool
app_setting_get_int(
    Db *db, int64_t commune_id, const char *key, int64_t fallback, int64_t *ret_value, GError **error)
{
	g_autofree char *text = NULL;
	gint64 value;

	if (!app_setting_get(db, commune_id, key, &text, error))
		return false;
	if (text == NULL || !g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &value, NULL))
		value = fallback;
	*ret_value = value;
	return true;
}

static bool
put(Db *db, int64_t commune_id, const char *key, const char *value, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_PUT_SETTING, &stmt, error))
		return false;
	db_bind_int(stmt, APP_PUT_SETTING_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_PUT_SETTING_P_KEY, key);
	db_bind_text(stmt, APP_PUT_SETTING_P_VALUE, value);
	return db_run(stmt, error);
}

static bool
remove_key(Db *db, int64_t commune_id, const char *key, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_DELETE_SETTING, &stmt, error))
		return false;
	db_bind_int(stmt, APP_DELETE_SETTING_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_DELETE_SETTING_P_KEY, key);
	return db_run(stmt, error);
}

static char *
state_of(const char *value)
{
	g_autoptr(GString) out = g_string_new(NULL);
	JsonWriter json;

	if (value == NULL)
		return NULL;
	json_init(&json, out, false);
	json_begin_object(&json);
	json_key_string(&json, "value", value);
	json_end_object(&json);
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
note(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *key, const char *old,
    const char *value, GError **error)
{
	g_autofree char *object = g_strconcat("setting/", key, NULL);
	g_autofree char *before = state_of(old), *after = state_of(value);
	const LedgerNote row = {value == NULL ? LEDGER_REMOVE
				: old == NULL ? LEDGER_ADD
					      : LEDGER_CHANGE,
	    object, before, after};

	return g_strcmp0(old, value) == 0 || ledger_note(db, commune_id, actor, now_us, &row, error);
}

bool
app_setting_set(Db *db, int64_t commune_id, const LedgerActor *actor, int64_t now_us, const char *key,
    const char *value, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autofree char *old = NULL;
	bool is_ok;

	if (!db_txn_begin(db, &txn, error) || !app_setting_get(db, commune_id, key, &old, error))
		return false;
	is_ok =
	    value != NULL ? put(db, commune_id, key, value, error) : remove_key(db, commune_id, key, error);
	return is_ok && note(db, commune_id, actor, now_us, key, old, value, error) &&
	       db_txn_commit(txn, error);
}
