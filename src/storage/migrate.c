/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/migrate.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/storage.migrations.h"
#include "storage/storage.sql.h"
#include "storage/txn.h"

#include <string.h>

static const DbMigration *
find_migration(const DbMigrationSet *sets, size_t n_sets, const char *module, int64_t number)
{
	for (size_t i = 0; i < n_sets; i++) {
		if (strcmp(sets[i].module, module) != 0)
			continue;
		for (const DbMigration *migration = sets[i].migrations; migration->number != 0; migration++)
			if (migration->number == number)
				return migration;
	}
	return NULL;
}

static bool
check_recorded(const DbStmt *stmt, const DbMigrationSet *sets, size_t n_sets, GError **error)
{
	const char *module = db_column_text(stmt, STORAGE_LIST_MIGRATIONS_C_MODULE);
	const char *name = db_column_text(stmt, STORAGE_LIST_MIGRATIONS_C_NAME);
	const char *checksum = db_column_text(stmt, STORAGE_LIST_MIGRATIONS_C_CHECKSUM);
	int64_t number = db_column_int(stmt, STORAGE_LIST_MIGRATIONS_C_NUMBER);
	const DbMigration *ours = find_migration(sets, n_sets, module, number);

	if (ours == NULL) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "cơ sở dữ liệu do một phiên bản mới hơn của chương trình tạo ra (bước nâng cấp %s/%s); "
		    "hãy dùng "
		    "phiên bản chương trình mới hơn",
		    module, name);
		return false;
	}
	if (strcmp(ours->checksum, checksum) != 0) {
		g_set_error(error, APP_ERROR, APP_ERROR_CONFLICT,
		    "bước nâng cấp %s/%s trong cơ sở dữ liệu khác với bước cùng số của chương trình này; hãy "
		    "dùng đúng "
		    "bản chương trình đã phát hành",
		    module, name);
		return false;
	}
	return true;
}

/* Walks what the store has; *applied gets "module/number" of each. */
static bool
read_recorded(Db *db, const DbMigrationSet *sets, size_t n_sets, GHashTable *applied, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db->backend->has_table(db, "db_migration", &has_row, error))
		return false;
	if (!has_row)
		return true;
	if (!db_prepare(db, &STORAGE_LIST_MIGRATIONS, &stmt, error))
		return false;
	for (;;) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		if (!check_recorded(stmt, sets, n_sets, error))
			return false;
		g_hash_table_add(
		    applied, g_strdup_printf("%s/%d", db_column_text(stmt, STORAGE_LIST_MIGRATIONS_C_MODULE),
				 (int)db_column_int(stmt, STORAGE_LIST_MIGRATIONS_C_NUMBER)));
	}
}

/* Asks again inside the transaction: another process may have been faster. */
static bool
is_applied(Db *db, const char *module, const DbMigration *migration, bool *ret_is, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db->backend->has_table(db, "db_migration", ret_is, error))
		return false;
	if (!*ret_is)
		return true;
	if (!db_prepare(db, &STORAGE_FIND_MIGRATION, &stmt, error))
		return false;
	db_bind_text(stmt, STORAGE_FIND_MIGRATION_P_MODULE, module);
	db_bind_int(stmt, STORAGE_FIND_MIGRATION_P_NUMBER, migration->number);
	return db_step(stmt, ret_is, error);
}

static bool
record(Db *db, const char *module, const DbMigration *migration, int64_t now_us, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &STORAGE_ADD_MIGRATION, &stmt, error))
		return false;
	db_bind_text(stmt, STORAGE_ADD_MIGRATION_P_MODULE, module);
	db_bind_int(stmt, STORAGE_ADD_MIGRATION_P_NUMBER, migration->number);
	db_bind_text(stmt, STORAGE_ADD_MIGRATION_P_NAME, migration->name);
	db_bind_text(stmt, STORAGE_ADD_MIGRATION_P_CHECKSUM, migration->checksum);
	db_bind_int(stmt, STORAGE_ADD_MIGRATION_P_APPLIED_US, now_us);
	return db_run(stmt, error);
}

static bool
apply(Db *db, const char *module, const DbMigration *migration, int64_t now_us, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;
	bool is_there = false;

	if (!db_txn_begin(db, &txn, error))
		return false;
	db->txn.keeps_version = true; /* its table may not be there yet */
	if (!is_applied(db, module, migration, &is_there, error))
		return false;
	return is_there || (db->backend->run_script(db, &migration->script, error) &&
			       record(db, module, migration, now_us, error) && db_txn_commit(txn, error));
}

/* Pages made before are old, for every commune. */
static bool
move_version_on(Db *db, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) && db_txn_commit(txn, error);
}

/* Gives the sets with the store's own before them; free it with g_free(). */
static DbMigrationSet *
with_own(const DbMigrationSet *sets, size_t n_sets)
{
	DbMigrationSet *all = g_new(DbMigrationSet, n_sets + 1);

	all[0] = (DbMigrationSet){"storage", storage_migrations};
	if (n_sets > 0)
		memcpy(all + 1, sets, n_sets * sizeof(*sets));
	return all;
}

bool
db_migrate(
    Db *db, const DbMigrationSet *sets, size_t n_sets, int64_t now_us, unsigned *ret_applied, GError **error)
{
	g_autofree DbMigrationSet *all = with_own(sets, n_sets);
	g_autoptr(GHashTable) applied = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	unsigned n_applied = 0;

	g_return_val_if_fail(db->commune_id == 0, false);
	if (!read_recorded(db, all, n_sets + 1, applied, error))
		return false;
	for (size_t i = 0; i <= n_sets; i++) {
		for (const DbMigration *migration = all[i].migrations; migration->number != 0; migration++) {
			g_autofree char *key = g_strdup_printf("%s/%u", all[i].module, migration->number);

			if (g_hash_table_contains(applied, key))
				continue;
			if (!apply(db, all[i].module, migration, now_us, error)) {
				g_prefix_error(error, "%s/%s: ", all[i].module, migration->name);
				return false;
			}
			n_applied++;
		}
	}
	if (ret_applied != NULL)
		*ret_applied = n_applied;
	return n_applied == 0 || move_version_on(db, error);
}
