/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/compact.h"

#include "storage/backend.h"

bool
db_compact(Db *db, bool *ret_is_done, GError **error)
{
	static const DbScript VACUUM = {.sqlite = "VACUUM", .pg = ""};
	static const DbSql TRUNCATE = {.name = "truncate log",
	    .sqlite = "PRAGMA wal_checkpoint(TRUNCATE)",
	    .pg = "SELECT 0",
	    .n_columns = 3};
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	*ret_is_done = true;
	if (db->backend != &DB_BACKEND_SQLITE)
		return true;
	if (!db->backend->run_script(db, &VACUUM, error) || !db_prepare(db, &TRUNCATE, &stmt, error) ||
	    !db_step(stmt, &has_row, error))
		return false;
	*ret_is_done = has_row && db_column_int(stmt, 0) == 0;
	return true;
}
