/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/admin/admin.h"

#include "modules/admin/admin.sql.h"
#include "storage/txn.h"

#include <string.h>

static bool
read_commune(Db *db, int64_t commune_id, Arena *arena, AdminSystem *system, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &ADMIN_FIND_COMMUNE, &stmt, error))
		return false;
	db_bind_int(stmt, ADMIN_FIND_COMMUNE_P_COMMUNE_ID, commune_id);
	if (!db_step(stmt, &has_row, error))
		return false;
	if (has_row) {
		system->code = arena_strdup(arena, db_column_text(stmt, ADMIN_FIND_COMMUNE_C_CODE));
		system->commune = arena_strdup(arena, db_column_text(stmt, ADMIN_FIND_COMMUNE_C_NAME));
		system->province = arena_strdup(arena, db_column_text(stmt, ADMIN_FIND_COMMUNE_C_PROVINCE));
		system->created_us = db_column_int(stmt, ADMIN_FIND_COMMUNE_C_CREATED_US);
	}
	return true;
}

static bool
read_migrations(Db *db, Arena *arena, AdminSystem *system, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(AdminMigration));
	bool has_row;

	if (!db_prepare(db, &ADMIN_LIST_MIGRATIONS, &stmt, error))
		return false;
	for (;;) {
		AdminMigration row;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		row.module = arena_strdup(arena, db_column_text(stmt, ADMIN_LIST_MIGRATIONS_C_MODULE));
		row.name = arena_strdup(arena, db_column_text(stmt, ADMIN_LIST_MIGRATIONS_C_NAME));
		row.applied_us = db_column_int(stmt, ADMIN_LIST_MIGRATIONS_C_APPLIED_US);
		g_array_append_val(rows, row);
	}
	system->n_migrations = rows->len;
	system->migrations = arena_array(arena, AdminMigration, rows->len + 1);
	if (rows->len > 0)
		memcpy(system->migrations, rows->data, rows->len * sizeof(AdminMigration));
	return true;
}

bool
admin_read_system(Db *db, int64_t commune_id, Arena *arena, AdminSystem *ret_system, GError **error)
{
	AdminSystem system = {.code = "", .commune = "", .province = ""};

	if (!db_version(db, &system.store_version, error) ||
	    !read_commune(db, commune_id, arena, &system, error) ||
	    !read_migrations(db, arena, &system, error))
		return false;
	*ret_system = system;
	return true;
}
