/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/move_rows.h"

#include "storage/move_sql.h"

#include <string.h>

/* A key's value, to go on behind it. */
typedef struct Value {
	int64_t number;
	GBytes *bytes;
} Value;

static void
value_clear(Value *value)
{
	g_clear_pointer(&value->bytes, g_bytes_unref);
}

static void
take_value(const DbStmt *stmt, int column, DbType type, Value *value)
{
	const void *bytes;
	size_t len;

	value_clear(value);
	if (type == DB_TYPE_INT) {
		value->number = db_column_int(stmt, column);
		return;
	}
	if (type == DB_TYPE_TEXT) {
		bytes = db_column_text(stmt, column);
		len = strlen(bytes) + 1;
	} else {
		bytes = db_column_bytes(stmt, column, &len);
	}
	value->bytes = g_bytes_new(bytes, len);
}

static void
bind_value(DbStmt *stmt, int param, DbType type, const Value *value)
{
	size_t len;
	const void *bytes;

	if (type == DB_TYPE_INT) {
		db_bind_int(stmt, param, value->number);
		return;
	}
	bytes = g_bytes_get_data(value->bytes, &len);
	if (type == DB_TYPE_TEXT)
		db_bind_text(stmt, param, bytes);
	else
		db_bind_bytes(stmt, param, bytes != NULL ? bytes : "", len);
}

static void
hash_length(GChecksum *checksum, char tag, size_t len)
{
	guint64 size = GUINT64_TO_LE((guint64)len);

	g_checksum_update(checksum, (const guchar *)&tag, 1);
	g_checksum_update(checksum, (const guchar *)&size, sizeof(size));
}

/* Passes one field on: into the row's hash, and to where rows go. A field carries its kind and length, so
 * that none can be moved into another unseen. */
static void
pass_field(const DbStmt *stmt, int column, DbType type, GChecksum *checksum, DbStmt *insert)
{
	const char *bytes;
	size_t len;

	if (db_column_is_null(stmt, column)) {
		hash_length(checksum, 'n', 0);
		if (insert != NULL)
			db_bind_null(insert, column + 1);
		return;
	}
	if (type == DB_TYPE_INT) {
		int64_t number = db_column_int(stmt, column);

		hash_length(checksum, 'i', (size_t)number);
		if (insert != NULL)
			db_bind_int(insert, column + 1, number);
		return;
	}
	if (type == DB_TYPE_TEXT) {
		bytes = db_column_text(stmt, column);
		len = strlen(bytes);
		if (insert != NULL)
			db_bind_text(insert, column + 1, bytes);
	} else {
		bytes = db_column_bytes(stmt, column, &len);
		bytes = bytes != NULL ? bytes : "";
		if (insert != NULL)
			db_bind_bytes(insert, column + 1, bytes, len);
	}
	hash_length(checksum, type == DB_TYPE_TEXT ? 't' : 'b', len);
	g_checksum_update(checksum, (const guchar *)bytes, (gssize)len);
}

/* As numbers of 256 bits, the lowest byte first. */
static void
add_up(uint8_t sum[static DB_SUM_SIZE], const uint8_t row[static DB_SUM_SIZE])
{
	unsigned carry = 0;

	for (size_t i = 0; i < DB_SUM_SIZE; i++) {
		carry += (unsigned)sum[i] + row[i];
		sum[i] = (uint8_t)carry;
		carry >>= 8;
	}
}

static bool
pass_row(const DbStmt *stmt, const DbTable *table, DbStmt *insert, DbTableSum *sum, GError **error)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t hash[DB_SUM_SIZE];
	gsize len = sizeof(hash);

	for (guint i = 0; i < table->columns->len; i++)
		pass_field(stmt, (int)i, ((const DbColumn *)g_ptr_array_index(table->columns, i))->type,
		    checksum, insert);
	g_checksum_get_digest(checksum, hash, &len);
	add_up(sum->sum, hash);
	sum->n_rows++;
	return insert == NULL || db_run(insert, error);
}

/* Where the columns of the key stand among all. */
static int
place_of_key(const DbTable *table, guint key)
{
	guint index = 0;

	g_ptr_array_find(table->columns, g_ptr_array_index(table->keys, key), &index);
	return (int)index;
}

static DbType
key_type(const DbTable *table, guint key)
{
	return ((const DbColumn *)g_ptr_array_index(table->keys, key))->type;
}

/* Passes the rows of one page; *ret_n: how many they were; `last` gets the key of the last. */
static bool
pass_page(DbStmt *stmt, const DbTable *table, DbStmt *insert, DbTableSum *sum, GArray *last, int *ret_n,
    GError **error)
{
	bool has_row;

	for (*ret_n = 0;; (*ret_n)++) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		if (!pass_row(stmt, table, insert, sum, error))
			return false;
		for (guint i = 1; *ret_n == MOVE_PAGE_ROWS - 1 && i < table->keys->len; i++)
			take_value(
			    stmt, place_of_key(table, i), key_type(table, i), &g_array_index(last, Value, i));
	}
	db_stmt_reset(stmt);
	return true;
}

static void
clear_value(gpointer data)
{
	value_clear(data);
}

bool
move_rows(Db *from, int64_t commune_id, const DbTable *table, DbStmt *insert, DbTableSum *sum, GError **error)
{
	g_auto(MoveSql) first = {.text = move_sql_select(from, table, true)}, next = {0};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) last = g_array_sized_new(FALSE, TRUE, sizeof(Value), table->keys->len);
	int n;

	g_array_set_clear_func(last, clear_value);
	g_array_set_size(last, table->keys->len);
	if (!move_sql_prepare(&first, from, table->name, 1, &stmt, error))
		return false;
	db_bind_int(stmt, 1, commune_id);
	if (!pass_page(stmt, table, insert, sum, last, &n, error))
		return false;
	if (n < MOVE_PAGE_ROWS)
		return true;
	g_clear_pointer(&stmt, db_stmt_release);
	next.text = move_sql_select(from, table, false);
	if (!move_sql_prepare(&next, from, table->name, table->keys->len, &stmt, error))
		return false;
	while (n == MOVE_PAGE_ROWS) {
		db_bind_int(stmt, 1, commune_id);
		for (guint i = 1; i < table->keys->len; i++)
			bind_value(stmt, (int)i + 1, key_type(table, i), &g_array_index(last, Value, i));
		if (!pass_page(stmt, table, insert, sum, last, &n, error))
			return false;
	}
	return true;
}
