/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/catalog.h"

#include "base/app-error.h"

#include <string.h>

#define BOOKKEEPING "db_" /* tables of the store itself begin so */
#define COMMUNE "commune_id"

static const DbSql COLUMNS = {.name = "catalog columns",
    .sqlite = "SELECT l.name, c.name, lower(c.type), c.pk, l.type = 'virtual' FROM pragma_table_list l "
	      "JOIN pragma_table_info(l.name) c WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') "
	      "AND l.name NOT LIKE 'sqlite%' ORDER BY l.name, c.name",
    .pg = "SELECT t.relname, a.attname, format_type(a.atttypid, NULL), COALESCE((SELECT k.n FROM pg_index i "
	  "CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (att, n) "
	  "WHERE i.indrelid = t.oid AND i.indisprimary AND k.att = a.attnum), 0), "
	  "EXISTS (SELECT 1 FROM pg_attribute v WHERE v.attrelid = t.oid AND v.atttypid = "
	  "'tsvector'::regtype) "
	  "FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
	  "WHERE t.relkind IN ('r', 'p') AND t.relnamespace = to_regnamespace(current_schema()) "
	  "ORDER BY t.relname, a.attname",
    .n_columns = 5};
enum { COLUMNS_TABLE, COLUMNS_NAME, COLUMNS_TYPE, COLUMNS_KEY_NO, COLUMNS_IS_DERIVED };

static const DbSql FOREIGN_KEYS = {.name = "catalog foreign keys",
    .sqlite = "SELECT DISTINCT l.name, f.\"table\" FROM pragma_table_list l "
	      "JOIN pragma_foreign_key_list(l.name) f WHERE l.schema = 'main' AND l.type = 'table'",
    .pg = "SELECT DISTINCT t.relname, r.relname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
	  "JOIN pg_class r ON r.oid = c.confrelid WHERE c.contype = 'f' AND t.relnamespace = "
	  "to_regnamespace(current_schema())",
    .n_columns = 2};

static void
column_free(gpointer data)
{
	DbColumn *column = data;

	g_free(column->name);
	g_free(column);
}

static void
table_free(gpointer data)
{
	DbTable *table = data;

	g_ptr_array_unref(table->keys);
	g_ptr_array_unref(table->columns);
	g_ptr_array_unref(table->points_to);
	g_free(table->name);
	g_free(table);
}

static DbType
type_of(const char *name)
{
	static const struct {
		const char *name;
		DbType type;
	} TYPES[] = {{"integer", DB_TYPE_INT}, {"bigint", DB_TYPE_INT}, {"smallint", DB_TYPE_INT},
	    {"text", DB_TYPE_TEXT}, {"bytea", DB_TYPE_BYTES}, {"blob", DB_TYPE_BYTES}};

	for (size_t i = 0; i < G_N_ELEMENTS(TYPES); i++)
		if (strcmp(TYPES[i].name, name) == 0)
			return TYPES[i].type;
	return DB_TYPE_OTHER;
}

static DbTable *
table_new(const char *name, bool is_derived)
{
	DbTable *table = g_new0(DbTable, 1);

	table->name = g_strdup(name);
	table->columns = g_ptr_array_new_with_free_func(column_free);
	table->keys = g_ptr_array_new();
	table->points_to = g_ptr_array_new_with_free_func(g_free);
	table->is_derived = is_derived;
	return table;
}

static void
add_column(DbTable *table, const DbStmt *stmt)
{
	DbColumn *column = g_new0(DbColumn, 1);

	column->name = g_strdup(db_column_text(stmt, COLUMNS_NAME));
	column->type = type_of(db_column_text(stmt, COLUMNS_TYPE));
	column->key_no = (unsigned)db_column_int(stmt, COLUMNS_KEY_NO);
	g_ptr_array_add(table->columns, column);
}

static bool
read_columns(Db *db, GPtrArray *tables, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	DbTable *table = NULL;
	bool has_row;

	if (!db_prepare(db, &COLUMNS, &stmt, error))
		return false;
	for (;;) {
		const char *name;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		name = db_column_text(stmt, COLUMNS_TABLE);
		if (g_str_has_prefix(name, BOOKKEEPING))
			continue;
		if (table == NULL || strcmp(table->name, name) != 0) {
			table = table_new(name, db_column_int(stmt, COLUMNS_IS_DERIVED) != 0);
			g_ptr_array_add(tables, table);
		}
		add_column(table, stmt);
	}
}

static DbTable *
find_table(const GPtrArray *tables, const char *name)
{
	for (guint i = 0; i < tables->len; i++) {
		DbTable *table = g_ptr_array_index(tables, i);

		if (strcmp(table->name, name) == 0)
			return table;
	}
	return NULL;
}

static bool
read_foreign_keys(Db *db, const GPtrArray *tables, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	if (!db_prepare(db, &FOREIGN_KEYS, &stmt, error))
		return false;
	for (;;) {
		DbTable *table;

		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			return true;
		table = find_table(tables, db_column_text(stmt, 0));
		if (table == NULL)
			continue;
		if (strcmp(table->name, db_column_text(stmt, 1)) == 0)
			table->points_to_itself = true;
		else
			g_ptr_array_add(table->points_to, g_strdup(db_column_text(stmt, 1)));
	}
}

static bool
refuse(const DbTable *table, const char *what, GError **error)
{
	g_set_error(
	    error, APP_ERROR, APP_ERROR_INTERNAL, "the table %s cannot be moved: %s", table->name, what);
	return false;
}

static void
collect_keys(DbTable *table)
{
	for (unsigned n = 1; n <= table->columns->len; n++)
		for (guint i = 0; i < table->columns->len; i++) {
			DbColumn *column = g_ptr_array_index(table->columns, i);

			if (column->key_no == n)
				g_ptr_array_add(table->keys, column);
		}
}

static bool
check_table(DbTable *table, GError **error)
{
	if (table->is_derived)
		return true;
	collect_keys(table);
	if (table->keys->len == 0 ||
	    strcmp(((const DbColumn *)g_ptr_array_index(table->keys, 0))->name, COMMUNE) != 0)
		return refuse(table, "its key does not begin with " COMMUNE, error);
	for (guint i = 0; i < table->columns->len; i++)
		if (((const DbColumn *)g_ptr_array_index(table->columns, i))->type == DB_TYPE_OTHER)
			return refuse(table, "a column is neither a whole number nor text nor bytes", error);
	return true;
}

static bool
is_ready(const DbTable *table, const GPtrArray *sorted)
{
	for (guint i = 0; i < table->points_to->len; i++)
		if (find_table(sorted, g_ptr_array_index(table->points_to, i)) == NULL)
			return false;
	return true;
}

/* Takes out of `tables`, time and again, those that point only to what was taken already. */
static bool
sort(GPtrArray *tables, GPtrArray *sorted, GError **error)
{
	while (tables->len > 0) {
		guint n_before = tables->len;

		for (guint i = 0; i < tables->len;) {
			if (is_ready(g_ptr_array_index(tables, i), sorted))
				g_ptr_array_add(sorted, g_ptr_array_steal_index(tables, i));
			else
				i++;
		}
		if (tables->len == n_before)
			return refuse(
			    g_ptr_array_index(tables, 0), "tables point to one another in a circle", error);
	}
	return true;
}

bool
db_catalog_load(Db *db, GPtrArray **ret_tables, GError **error)
{
	g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(table_free);
	g_autoptr(GPtrArray) sorted = g_ptr_array_new_with_free_func(table_free);

	if (!read_columns(db, tables, error) || !read_foreign_keys(db, tables, error))
		return false;
	for (guint i = 0; i < tables->len; i++)
		if (!check_table(g_ptr_array_index(tables, i), error))
			return false;
	if (!sort(tables, sorted, error))
		return false;
	*ret_tables = g_steal_pointer(&sorted);
	return true;
}
