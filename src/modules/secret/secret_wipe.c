/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "modules/secret/secret_store.h"
#include "storage/compact.h"
#include "storage/txn.h"

bool
secret_wipe_files(const SecretScope *scope, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new();

	if (!secret_store_files(scope, files, error))
		return false;
	for (guint i = 0; i < files->len; i++) {
		const char *sha256 = g_ptr_array_index(files, i);
		g_autoptr(DbTxn) txn = NULL;

		if (!filestore_wipe(scope->directory, sha256, error) ||
		    !db_txn_begin(scope->db, &txn, error) || !secret_store_drop_file(scope, sha256, error) ||
		    !db_txn_commit(txn, error))
			return false;
	}
	return true;
}

/* The words are gone from the tables, not yet from the pages of the store that they stood on. */
static bool
compact(const SecretScope *scope, bool *ret_did, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool is_done;
	int64_t n;

	if (!secret_store_waiting(scope, &n, error))
		return false;
	if (n == 0)
		return true;
	if (!db_compact(scope->db, &is_done, error))
		return false;
	if (!is_done)
		return true; /* at the next change, or the next start */
	if (!db_txn_begin(scope->db, &txn, error) || !secret_store_set_compact(scope, error) ||
	    !db_txn_commit(txn, error))
		return false;
	*ret_did = true;
	return true;
}

bool
secret_finish(const SecretScope *scope, bool *ret_did, GError **error)
{
	*ret_did = false;
	return secret_wipe_files(scope, error) && compact(scope, ret_did, error);
}
