/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "storage/txn.h"

static bool
check_commune(App *app, LedgerReport *report, GError **error)
{
	g_auto(AppCommune) commune = {0};
	g_autofree char *state = NULL;
	bool is_found;

	if (!app_find_commune(app->db, app->commune.commune_id, &commune, &is_found, error))
		return false;
	state = app_commune_state(&commune);
	return ledger_check_state(app->db, app->commune.commune_id, APP_COMMUNE_OBJECT, state, report, error);
}

/* One state of the store throughout, also where a server writes meanwhile. */
static bool
check_tables(App *app, LedgerReport *report, GError **error)
{
	if (!check_commune(app, report, error))
		return false;
	for (guint i = 0; i < app->modules->len; i++) {
		const AppModule *module = g_ptr_array_index(app->modules, i);

		if (module->verify != NULL &&
		    !module->verify(app->db, app->commune.commune_id, report, error))
			return false;
	}
	return true;
}

bool
app_verify(App *app, LedgerReport *ret_report, GError **error)
{
	g_auto(LedgerKey) key = {0};
	g_autoptr(DbTxn) txn = NULL;

	return ledger_key_load(app->directory, &key, error) && db_txn_begin_read(app->db, &txn, error) &&
	       ledger_verify(app->db, app->commune.commune_id, &key.public_key, ret_report, error) &&
	       check_tables(app, ret_report, error) && db_txn_commit(txn, error);
}
