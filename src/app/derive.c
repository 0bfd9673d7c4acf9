/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.sql.h"
#include "app/app_internal.h"
#include "storage/txn.h"

/* In which form each module has what follows from a commune's rows: name → number. */
static bool
read_forms(Db *db, int64_t commune_id, GHashTable *forms, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row = true;

	if (!db_prepare(db, &APP_LIST_DERIVED, &stmt, error))
		return false;
	db_bind_int(stmt, APP_LIST_DERIVED_P_COMMUNE_ID, commune_id);
	while (db_step(stmt, &has_row, error) && has_row)
		g_hash_table_insert(forms, g_strdup(db_column_text(stmt, APP_LIST_DERIVED_C_MODULE)),
		    GINT_TO_POINTER((int)db_column_int(stmt, APP_LIST_DERIVED_C_FORM)));
	return !has_row;
}

/* *ret_is_ours false: another program has done it meanwhile. */
static bool
put_form(Db *db, int64_t commune_id, const AppModule *module, bool *ret_is_ours, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &APP_PUT_DERIVED, &stmt, error))
		return false;
	db_bind_int(stmt, APP_PUT_DERIVED_P_COMMUNE_ID, commune_id);
	db_bind_text(stmt, APP_PUT_DERIVED_P_MODULE, module->name);
	db_bind_int(stmt, APP_PUT_DERIVED_P_FORM, module->form);
	if (!db_run(stmt, error))
		return false;
	*ret_is_ours = db_changes(db) > 0;
	return true;
}

static bool
derive(const AppModule *module, Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool is_ours;

	if (!db_txn_begin(db, &txn, error) || !put_form(db, commune_id, module, &is_ours, error))
		return false;
	return !is_ours || (module->derive(db, commune_id, error) && db_txn_commit(txn, error));
}

bool
app_derive(const GPtrArray *modules, Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(GHashTable) forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	if (!read_forms(db, commune_id, forms, error))
		return false;
	for (guint i = 0; i < modules->len; i++) {
		const AppModule *module = g_ptr_array_index(modules, i);

		if (module->derive != NULL &&
		    GPOINTER_TO_INT(g_hash_table_lookup(forms, module->name)) < module->form &&
		    !derive(module, db, commune_id, error))
			return false;
	}
	return true;
}
