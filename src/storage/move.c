/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/move.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/catalog.h"
#include "storage/move_rows.h"
#include "storage/move_sql.h"
#include "storage/place.h"

#include <string.h>

static void
sum_free(gpointer data)
{
	DbTableSum *sum = data;

	g_free(sum->table);
	g_free(sum);
}

static gint
compare_sums(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const DbTableSum *const *)a)->table, (*(const DbTableSum *const *)b)->table);
}

static DbTableSum *
sum_new(const DbTable *table)
{
	DbTableSum *sum = g_new0(DbTableSum, 1);

	sum->table = g_strdup(table->name);
	return sum;
}

bool
db_commune_sum(Db *db, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(GPtrArray) tables = NULL;
	g_autoptr(GPtrArray) sums = g_ptr_array_new_with_free_func(sum_free);

	if (!db_txn_write_memory(db, error) || !db_catalog_load(db, &tables, error))
		return false;
	for (guint i = 0; i < tables->len; i++) {
		const DbTable *table = g_ptr_array_index(tables, i);

		if (table->is_derived)
			continue;
		g_ptr_array_add(sums, sum_new(table));
		if (!move_rows(db, commune_id, table, NULL, g_ptr_array_index(sums, sums->len - 1), error))
			return false;
	}
	g_ptr_array_sort(sums, compare_sums);
	*ret_sums = g_steal_pointer(&sums);
	return true;
}

static bool
has_same_columns(const DbTable *a, const DbTable *b)
{
	if (a->columns->len != b->columns->len || a->is_derived != b->is_derived)
		return false;
	for (guint i = 0; i < a->columns->len && !a->is_derived; i++) {
		const DbColumn *x = g_ptr_array_index(a->columns, i), *y = g_ptr_array_index(b->columns, i);

		if (strcmp(x->name, y->name) != 0 || x->type != y->type || x->key_no != y->key_no)
			return false;
	}
	return true;
}

static bool
check_same_tables(const GPtrArray *here, const GPtrArray *there, GError **error)
{
	guint n_same = 0;

	for (guint i = 0; i < here->len; i++)
		for (guint j = 0; j < there->len; j++) {
			const DbTable *a = g_ptr_array_index(here, i), *b = g_ptr_array_index(there, j);

			n_same += strcmp(a->name, b->name) == 0 && (a->is_derived || has_same_columns(a, b));
		}
	if (n_same == here->len && n_same == there->len)
		return true;
	g_set_error_literal(error, APP_ERROR, APP_ERROR_CONFLICT,
	    "hai cơ sở dữ liệu không cùng các bảng; hãy dùng đúng một bản chương trình cho cả hai");
	return false;
}

static bool
copy_rows(Db *from, Db *to, int64_t commune_id, const DbTable *table, DbTableSum *sum, GError **error)
{
	bool waits = to->backend == &DB_BACKEND_PG && table->points_to_itself;
	g_autofree char *name = g_strdup_printf("%s%s", waits ? "waiting_" : "", table->name);
	g_auto(MoveSql) made = {0};
	g_autoptr(DbStmt) insert = NULL;

	if (waits && !move_sql_run(to, move_sql_waiting_room(table), error))
		return false;
	made.text = move_sql_insert(to, name, table);
	if (!move_sql_prepare(&made, to, table->name, table->columns->len, &insert, error) ||
	    !move_rows(from, commune_id, table, insert, sum, error))
		return false;
	return !waits || move_sql_run(to, move_sql_admission(table), error);
}

/* One of two transactions rests while the other works. */
static bool
be_patient(Db *db, GError **error)
{
	static const DbSql PATIENCE = {
	    .name = "patience", .pg = "SET LOCAL idle_in_transaction_session_timeout = 0"};

	return db->backend != &DB_BACKEND_PG || db_run_fixed(db, &PATIENCE, error);
}

/* SQLite waits with its keys until the end of the transaction if it is told to. */
static bool
relax_keys(Db *to, GError **error)
{
	static const DbSql DEFER = {.name = "defer keys", .sqlite = "PRAGMA defer_foreign_keys = ON"};

	return to->backend == &DB_BACKEND_PG || db_run_fixed(to, &DEFER, error);
}

bool
db_commune_copy(Db *from, Db *to, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(GPtrArray) tables = NULL;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(GPtrArray) sums = g_ptr_array_new_with_free_func(sum_free);

	g_return_val_if_fail(from->txn.depth > 0 && to->txn.kind == DB_TXN_WRITE && to->txn.depth > 0, false);
	if (!db_txn_write_memory(from, error) || !db_catalog_load(from, &tables, error) ||
	    !db_catalog_load(to, &there, error) || !check_same_tables(tables, there, error) ||
	    !be_patient(from, error) || !be_patient(to, error) || !relax_keys(to, error))
		return false;
	for (guint i = 0; i < tables->len; i++) {
		const DbTable *table = g_ptr_array_index(tables, i);

		if (table->is_derived)
			continue;
		g_ptr_array_add(sums, sum_new(table));
		if (!copy_rows(from, to, commune_id, table, g_ptr_array_index(sums, sums->len - 1), error)) {
			g_prefix_error(error, "%s: ", table->name);
			return false;
		}
	}
	g_ptr_array_sort(sums, compare_sums);
	*ret_sums = g_steal_pointer(&sums);
	return true;
}

static bool
remove_rows(Db *db, int64_t commune_id, const DbTable *table, GError **error)
{
	g_auto(MoveSql) made = {.text = move_sql_delete(db, table)};
	g_autoptr(DbStmt) stmt = NULL;

	if (!move_sql_prepare(&made, db, table->name, 1, &stmt, error))
		return false;
	db_bind_int(stmt, 1, commune_id);
	if (db_run(stmt, error))
		return true;
	g_prefix_error(error, "%s: ", table->name);
	return false;
}

bool
db_commune_remove(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(GPtrArray) tables = NULL;
	DbPlace place;

	g_return_val_if_fail(db_txn_is_writing(db) && db->backend == &DB_BACKEND_PG, false);
	if (!db_place_read(db, commune_id, &place, NULL, error))
		return false;
	if (place != DB_PLACE_ARRIVING) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_INTERNAL,
		    "only a copy that never lived in its store is removed");
		return false;
	}
	if (!db_catalog_load(db, &tables, error) || !be_patient(db, error))
		return false;
	for (guint i = tables->len; i-- > 0;)
		if (!remove_rows(db, commune_id, g_ptr_array_index(tables, i), error))
			return false;
	return db_place_write(db, commune_id, DB_PLACE_HERE, "", error);
}

const char *
db_sums_differ(const GPtrArray *a, const GPtrArray *b)
{
	for (guint i = 0; i < MAX(a->len, b->len); i++) {
		const DbTableSum *x, *y;

		if (i >= a->len || i >= b->len)
			return ((const DbTableSum *)g_ptr_array_index(i >= a->len ? b : a, i))->table;
		x = g_ptr_array_index(a, i);
		y = g_ptr_array_index(b, i);
		if (strcmp(x->table, y->table) != 0 || x->n_rows != y->n_rows ||
		    memcmp(x->sum, y->sum, DB_SUM_SIZE) != 0)
			return x->table;
	}
	return NULL;
}
