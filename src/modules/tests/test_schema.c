/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app.sql.h"
#include "app/testing.h"
#include "storage/storage.sql.h"

#include <string.h>

/* What holds for the tables and statements of every module, whoever writes it. */

/* Tables about the store itself: which migrations it has, and the number of its state. */
static const char *const STORE_TABLES[] = {"db_migration", "db_state", NULL};

/* Statements of no commune. sqlc holds every other to one (tools/sqlc/tenancy.h); what is added here needs a
 * reason as good as these. */
static const char *const STORE_STATEMENTS[] = {"storage_list_migrations", /* of the store */
    "storage_add_migration", "storage_find_migration", "storage_version", /* also of commune 0: the store */
    "storage_bump_version", "storage_stamp", "admin_list_migrations", "storage_place",
    "storage_set_place", /* as storage_version */
    "task_search_join",  /* joins the pieces of the index; says nothing */
    "app_all_communes",  /* job run --all: each is then worked for by itself */
    "app_next_commune",  /* the number of a new one; gives numbers alone */
    "app_list_communes", /* whose a directory of an older program is; gives numbers alone */
    NULL};

static const DbSql TABLES = {.name = "tables",
    .sqlite =
	"SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') "
	"AND name NOT LIKE 'sqlite%' ORDER BY name",
    .pg = "SELECT table_name, 'table' FROM information_schema.tables WHERE table_schema = current_schema() "
	  "ORDER BY table_name"};
static const DbSql KEY = {.name = "key",
    .sqlite =
	"SELECT group_concat(name) FROM pragma_table_info(?1) WHERE pk = 1 OR ?2 AND name = 'commune_id'",
    .pg = "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = "
	  "i.indkey[0] "
	  "WHERE i.indisprimary AND i.indrelid = to_regclass($1::text) AND $2::int IS NOT NULL",
    .n_params = 2};
static const DbSql FOREIGN_KEYS = {.name = "foreign_keys",
    .sqlite = "SELECT \"from\", \"to\" FROM pragma_foreign_key_list(?1) WHERE seq = 0",
    .pg = "SELECT a.attname, b.attname FROM pg_constraint c "
	  "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
	  "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] "
	  "WHERE c.contype = 'f' AND c.conrelid = to_regclass($1::text)",
    .n_params = 1};

/* What is unique must be so within a commune: else one would learn of the other's rows by not being able to
 * add its own. */
static const DbSql UNIQUE_INDEXES = {.name = "unique_indexes",
    .sqlite = "SELECT i.name, (SELECT c.name FROM pragma_index_info(i.name) c WHERE c.seqno = 0) "
	      "FROM pragma_index_list(?1) i WHERE i.\"unique\"",
    .pg = "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
	  "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
	  "WHERE i.indisunique AND i.indrelid = to_regclass($1::text)",
    .n_params = 1};

static void
check_unique_indexes(Db *db, const char *table)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;

	db_prepare(db, &UNIQUE_INDEXES, &stmt, &error);
	g_assert_no_error(error);
	db_bind_text(stmt, 1, table);
	while (db_step(stmt, &has_row, &error) && has_row)
		g_assert_cmpstr(db_column_text(stmt, 1), ==, "commune_id");
	g_assert_no_error(error);
}

static void
check_foreign_keys(Db *db, const char *table)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;

	db_prepare(db, &FOREIGN_KEYS, &stmt, &error);
	g_assert_no_error(error);
	db_bind_text(stmt, 1, table);
	while (db_step(stmt, &has_row, &error) && has_row) {
		g_assert_cmpstr(db_column_text(stmt, 0), ==, "commune_id");
		g_assert_cmpstr(db_column_text(stmt, 1), ==, "commune_id");
	}
	g_assert_no_error(error);
}

static void
check_table(Db *db, const char *table, bool is_virtual)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;

	g_test_message("%s", table);
	db_prepare(db, &KEY, &stmt, &error);
	g_assert_no_error(error);
	db_bind_text(stmt, 1, table);
	db_bind_int(stmt, 2, is_virtual);
	db_step(stmt, &has_row, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(db_column_text(stmt, 0), ==, "commune_id");
	check_foreign_keys(db, table);
	check_unique_indexes(db, table);
}

static void
test_keys(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;
	int n = 0;

	db_prepare(test->db, &TABLES, &stmt, &error);
	g_assert_no_error(error);
	while (db_step(stmt, &has_row, &error) && has_row) {
		const char *table = db_column_text(stmt, 0);

		if (!g_strv_contains(STORE_TABLES, table))
			check_table(test->db, table, strcmp(db_column_text(stmt, 1), "virtual") == 0);
		n++;
	}
	g_assert_no_error(error);
	g_assert_cmpint(n, >, (int)g_strv_length((char **)(guintptr)STORE_TABLES));
}

static void
for_each_statement(void (*check)(Db *db, const DbSql *sql))
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(GPtrArray) lists = g_ptr_array_new();

	g_ptr_array_add(lists, (gpointer)(guintptr)storage_statements);
	g_ptr_array_add(lists, (gpointer)(guintptr)app_statements);
	for (const AppModule *const *module = APP_MODULES; *module != NULL; module++)
		if ((*module)->statements != NULL)
			g_ptr_array_add(lists, (gpointer)(guintptr)(*module)->statements);
	for (guint i = 0; i < lists->len; i++)
		for (const DbSql *const *sql = g_ptr_array_index(lists, i); *sql != NULL; sql++)
			check(test->db, *sql);
}

static void
check_prepares(Db *db, const DbSql *sql)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	db_prepare(db, sql, &stmt, &error);
	g_assert_no_error(error);
	g_assert_cmpint(db_column_count(stmt), ==, sql->n_columns);
}

static void
check_scope(Db *db, const DbSql *sql)
{
	bool is_listed = g_strv_contains(STORE_STATEMENTS, sql->name);

	(void)db;
	if (sql->is_of_store != is_listed)
		g_test_message("%s", sql->name);
	g_assert_true(sql->is_of_store == is_listed);
}

static void
test_scope(void)
{
	for_each_statement(check_scope);
}

/* sqlc makes sure that a statement is held to its commune; here, that it fits the tables. */
static void
test_prepare(void)
{
	for_each_statement(check_prepares);
}

/* True for a step of a query plan that walks over a whole table. `plan`: the steps above it, where a subquery
 * that is walked over was announced. */
static bool
is_full_scan(const char *step, const char *plan)
{
	g_auto(GStrv) words = g_strsplit(step, " ", 3);
	g_autofree char *materialized = NULL, *coroutine = NULL;
	const char *index = strstr(step, "VIRTUAL TABLE INDEX ");

	if (strcmp(words[0], "SCAN") != 0 || g_str_has_prefix(step, "SCAN CONSTANT ROW") || *words[1] == '(')
		return false;
	if (index != NULL)
		return g_str_has_suffix(step, ":"); /* nothing was handed to the index */
	materialized = g_strdup_printf("MATERIALIZE %s\n", words[1]);
	coroutine = g_strdup_printf("CO-ROUTINE %s\n", words[1]);
	return strstr(plan, materialized) == NULL && strstr(plan, coroutine) == NULL;
}

static void
check_plan(Db *db, const DbSql *sql)
{
	g_autofree char *text = g_strconcat("EXPLAIN QUERY PLAN ", sql->sqlite, NULL);
	DbSql *explain = g_new0(DbSql, 1); /* kept by the connection's cache as long as it lives */
	g_autoptr(GString) plan = g_string_new(NULL);
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;

	g_test_queue_free(explain);
	/* PostgreSQL plans by how much is there: in an empty store it walks over every table. */
	if (!sql->is_hot || g_strcmp0(g_getenv("NAMRO_TEST_STORE"), "postgresql") == 0)
		return;
	*explain = (DbSql){.name = sql->name, .sqlite = text};
	db_prepare(db, explain, &stmt, &error);
	g_assert_no_error(error);
	while (db_step(stmt, &has_row, &error) && has_row) {
		const char *step = db_column_text(stmt, 3);

		if (is_full_scan(step, plan->str))
			g_test_message("%s: %s", sql->name, step);
		g_assert_false(is_full_scan(step, plan->str));
		g_string_append_printf(plan, "%s\n", step);
	}
	g_assert_no_error(error);
}

static void
test_hot(void)
{
	for_each_statement(check_plan);
}

static void
test_full_scan(void)
{
	g_assert_true(is_full_scan("SCAN task", ""));
	g_assert_true(is_full_scan("SCAN t USING INDEX task_by_due", ""));
	g_assert_true(is_full_scan("SCAN task_search VIRTUAL TABLE INDEX 0:", ""));
	g_assert_false(is_full_scan("SCAN task_search VIRTUAL TABLE INDEX 0:M1", ""));
	g_assert_false(is_full_scan("SEARCH task USING INDEX task_by_due (commune_id=?)", ""));
	g_assert_false(is_full_scan("SCAN CONSTANT ROW", ""));
	g_assert_false(is_full_scan("SCAN (subquery-1)", ""));
	g_assert_false(is_full_scan("SCAN r", "MATERIALIZE r\nSEARCH task\n"));
	g_assert_true(is_full_scan("SCAN r", "MATERIALIZE rows\n"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/schema/keys-begin-with-the-commune", test_keys);
	g_test_add_func("/schema/statements-of-the-store-are-few", test_scope);
	g_test_add_func("/schema/statements-fit-the-tables", test_prepare);
	g_test_add_func("/schema/full-scans-are-seen", test_full_scan);
	g_test_add_func("/schema/hot-statements-use-indexes", test_hot);
	return g_test_run();
}
