/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "storage/move.h"

#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/catalog.h"

#include <string.h>

#define PAGE_ROWS 500 /* read at a time: a table may be larger than memory */

/* A statement made of the catalog's names; for as long as its connection's cache may hold it. */
typedef struct Made {
	Db *db;
	DbSql sql;
	GString *text;
} Made;

/* Where rows go; NULL for none. */
typedef struct Sink {
	DbStmt *insert;
} Sink;

/* A key's value, to go on behind it. */
typedef struct Value {
	int64_t number;
	GBytes *bytes;
} Value;

static void
sum_free(gpointer data)
{
	DbTableSum *sum = data;

	g_free(sum->table);
	g_free(sum);
}

static void
made_clear(Made *made)
{
	if (made->text == NULL)
		return;
	db_forget(made->db, &made->sql);
	g_string_free(made->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Made, made_clear)

static bool
made_prepare(Made *made, Db *db, const char *name, unsigned n_params, DbStmt **ret_stmt, GError **error)
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

/* A page of a commune's rows, the first one or that behind a key. */
static GString *
make_select(const Db *db, const DbTable *table, bool is_first)
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
	g_string_append_printf(text, " LIMIT %d", PAGE_ROWS);
	return text;
}

static GString *
make_insert(const Db *db, const char *name, const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "INSERT INTO \"%s\" (", name);
	put_names(text, table->columns, 0);
	g_string_append(text, ") VALUES (");
	put_params(text, db, 1, table->columns->len);
	g_string_append_c(text, ')');
	return text;
}

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
pass_field(const DbStmt *stmt, int column, DbType type, GChecksum *checksum, const Sink *sink)
{
	const char *bytes;
	size_t len;

	if (db_column_is_null(stmt, column)) {
		hash_length(checksum, 'n', 0);
		if (sink != NULL)
			db_bind_null(sink->insert, column + 1);
		return;
	}
	if (type == DB_TYPE_INT) {
		int64_t number = db_column_int(stmt, column);

		hash_length(checksum, 'i', (size_t)number);
		if (sink != NULL)
			db_bind_int(sink->insert, column + 1, number);
		return;
	}
	if (type == DB_TYPE_TEXT) {
		bytes = db_column_text(stmt, column);
		len = strlen(bytes);
		if (sink != NULL)
			db_bind_text(sink->insert, column + 1, bytes);
	} else {
		bytes = db_column_bytes(stmt, column, &len);
		bytes = bytes != NULL ? bytes : "";
		if (sink != NULL)
			db_bind_bytes(sink->insert, column + 1, bytes, len);
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
pass_row(const DbStmt *stmt, const DbTable *table, const Sink *sink, DbTableSum *sum, GError **error)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t hash[DB_SUM_SIZE];
	gsize len = sizeof(hash);

	for (guint i = 0; i < table->columns->len; i++)
		pass_field(stmt, (int)i, ((const DbColumn *)g_ptr_array_index(table->columns, i))->type,
		    checksum, sink);
	g_checksum_get_digest(checksum, hash, &len);
	add_up(sum->sum, hash);
	sum->n_rows++;
	return sink == NULL || db_run(sink->insert, error);
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
pass_page(DbStmt *stmt, const DbTable *table, const Sink *sink, DbTableSum *sum, GArray *last, int *ret_n,
    GError **error)
{
	bool has_row;

	for (*ret_n = 0;; (*ret_n)++) {
		if (!db_step(stmt, &has_row, error))
			return false;
		if (!has_row)
			break;
		if (!pass_row(stmt, table, sink, sum, error))
			return false;
		for (guint i = 1; *ret_n == PAGE_ROWS - 1 && i < table->keys->len; i++)
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

static bool
pass_rows(
    Db *from, int64_t commune_id, const DbTable *table, const Sink *sink, DbTableSum *sum, GError **error)
{
	g_auto(Made) first = {.text = make_select(from, table, true)}, next = {0};
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GArray) last = g_array_sized_new(FALSE, TRUE, sizeof(Value), table->keys->len);
	int n;

	g_array_set_clear_func(last, clear_value);
	g_array_set_size(last, table->keys->len);
	if (!made_prepare(&first, from, table->name, 1, &stmt, error))
		return false;
	db_bind_int(stmt, 1, commune_id);
	if (!pass_page(stmt, table, sink, sum, last, &n, error))
		return false;
	if (n < PAGE_ROWS)
		return true;
	g_clear_pointer(&stmt, db_stmt_release);
	next.text = make_select(from, table, false);
	if (!made_prepare(&next, from, table->name, table->keys->len, &stmt, error))
		return false;
	while (n == PAGE_ROWS) {
		db_bind_int(stmt, 1, commune_id);
		for (guint i = 1; i < table->keys->len; i++)
			bind_value(stmt, (int)i + 1, key_type(table, i), &g_array_index(last, Value, i));
		if (!pass_page(stmt, table, sink, sum, last, &n, error))
			return false;
	}
	return true;
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
		if (!pass_rows(db, commune_id, table, NULL, g_ptr_array_index(sums, sums->len - 1), error))
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

/* PostgreSQL checks keys at the end of each statement. Rows that point to one another wait in a table of
 * their own, and come in by one statement. */
static GString *
make_waiting_room(const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "CREATE TEMPORARY TABLE \"waiting_%s\" (LIKE \"%s\") ON COMMIT DROP",
	    table->name, table->name);
	return text;
}

static GString *
make_admission(const DbTable *table)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "INSERT INTO \"%s\" (", table->name);
	put_names(text, table->columns, 0);
	g_string_append(text, ") SELECT ");
	put_names(text, table->columns, 0);
	g_string_append_printf(text, " FROM \"waiting_%s\"", table->name);
	return text;
}

static bool
run_made(Db *db, GString *text, GError **error)
{
	g_auto(Made) made = {.text = text};
	g_autoptr(DbStmt) stmt = NULL;

	return made_prepare(&made, db, "move", 0, &stmt, error) && db_run(stmt, error);
}

static bool
copy_rows(Db *from, Db *to, int64_t commune_id, const DbTable *table, DbTableSum *sum, GError **error)
{
	bool waits = to->backend == &DB_BACKEND_PG && table->points_to_itself;
	g_autofree char *name = g_strdup_printf("%s%s", waits ? "waiting_" : "", table->name);
	g_auto(Made) made = {0};
	g_autoptr(DbStmt) insert = NULL;

	if (waits && !run_made(to, make_waiting_room(table), error))
		return false;
	made.text = make_insert(to, name, table);
	if (!made_prepare(&made, to, table->name, table->columns->len, &insert, error) ||
	    !pass_rows(from, commune_id, table, &(Sink){insert}, sum, error))
		return false;
	return !waits || run_made(to, make_admission(table), error);
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
