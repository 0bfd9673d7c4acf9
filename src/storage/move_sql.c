/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/move_sql.h"

#include "storage/backend.h"

void
move_sql_clear(MoveSql *made)
{
	if (made->text == NULL)
		return;
	db_forget(made->db, &made->sql);
	g_string_free(made->text, TRUE);
}
bool
move_sql_prepare(
    MoveSql *made, Db *db, const char *name, unsigned n_params, DbStmt **ret_stmt, GError **error)
{
	made->db = db;
	made->sql = (DbSql){
	    .name = name, .sqlite = made->text->str, .pg = made->text->str, .n_params = (uint8_t)n_params};
	return db_prepare(db, &made->sql, ret_stmt, error);
}

static void
put_param(GString *text, const Db *db, unsigned number)
{
	g_string_append_printf(text, "%c%u", db->backend == &DB_BACKEND_PG ? '$' : '?', number);
}

/* "a", "b", … */
static void
put_names(GString *text, const GPtrArray *columns, guint first)
{
	for (guint i = first; i < columns->len; i++)
		g_string_append_printf(text, "%s\"%s\"", i > first ? ", " : "",
		    ((const DbColumn *)g_ptr_array_index(columns, i))->name);
}

static void
put_params(GString *text, const Db *db, unsigned first, unsigned last)
{
	for (unsigned i = first; i <= last; i++) {
		g_string_append(text, i > first ? ", " : "");
		put_param(text, db, i);
	}
}

GString *
move_sql_select(const Db *db, const DbTable *table, bool is_first)
{
	GString *text = g_string_new("SELECT ");

	put_names(text, table->columns, 0);
	g_string_append_printf(text, " FROM \"%s\" WHERE commune_id = ", table->name);
	put_param(text, db, 1);
	if (!is_first) {
		g_string_append(text, " AND (");
		put_names(text, table->keys, 1);
		g_string_append(text, ") > (");
		put_params(text, db, 2, table->keys->len);
		g_string_append_c(text, ')');
	}
	if (table->keys->len > 1) {
		g_string_append(text, " ORDER BY ");
		put_names(text, table->keys, 1);
	}
	g_string_append_printf(text, " LIMIT %d", MOVE_PAGE_ROWS);
	return text;
}

GString *
move_sql_insert(const Db *db, const char *name, const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "INSERT INTO \"%s\" (", name);
	put_names(text, table->columns, 0);
	g_string_append(text, ") VALUES (");
	put_params(text, db, 1, table->columns->len);
	g_string_append_c(text, ')');
	return text;
}

GString *
move_sql_delete(const Db *db, const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "DELETE FROM \"%s\" WHERE commune_id = ", table->name);
	put_param(text, db, 1);
	return text;
}

GString *
move_sql_waiting_room(const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "CREATE TEMPORARY TABLE \"waiting_%s\" (LIKE \"%s\") ON COMMIT DROP",
	    table->name, table->name);
	return text;
}

GString *
move_sql_admission(const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "INSERT INTO \"%s\" (", table->name);
	put_names(text, table->columns, 0);
	g_string_append(text, ") SELECT ");
	put_names(text, table->columns, 0);
	g_string_append_printf(text, " FROM \"waiting_%s\"", table->name);
	return text;
}

bool
move_sql_run(Db *db, GString *text, GError **error)
{
	g_auto(MoveSql) made = {.text = text};
	g_autoptr(DbStmt) stmt = NULL;

	return move_sql_prepare(&made, db, "move", 0, &stmt, error) && db_run(stmt, error);
}
