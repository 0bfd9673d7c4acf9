/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc.h"

#include <string.h>

static SqlcUnit *
read_text(const char *text)
{
	SqlcUnit *unit = sqlc_unit_new("task");

	sqlc_read_statements(unit, "task.sql", text, strlen(text));
	return unit;
}

/* Each text has exactly one mistake, and is told exactly so. */
static void
test_refusals(void)
{
	static const char *const CASES[][2] = {
	    {"SELECT 1;", "task.sql:1: a statement without a \"-- name:\""},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id",
		"task.sql:1: task_a has no semicolon at its end"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id; SELECT 2;",
		"task.sql:2: text after the semicolon of task_a: begin a new \"-- name:\""},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id;\n"
	     "-- name: task_a\nDELETE FROM u WHERE commune_id = :commune_id;",
		"task.sql:3: the name task_a is already used in line 1"},
	    {"-- name: plan_a\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:1: the name plan_a must begin with task_"},
	    {"-- name: task A\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:1: \"task A\" is no name: small letters, digits and _"},
	    {"-- name: task_a\n-- colums: id\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: unknown directive \"-- colums\": known are name, columns, params, scope, hot, "
		"pg"},
	    {"-- columns: id\n", "task.sql:1: \"-- columns\" stands before the first \"-- name:\""},
	    {"-- name: task_a\n-- columns: id\nSELECT id, title FROM t WHERE commune_id = :commune_id;",
		"task.sql:1: task_a selects 2 columns but \"-- columns:\" lists 1"},
	    {"-- name: task_a\nSELECT id FROM t WHERE commune_id = :commune_id;",
		"task.sql:1: task_a gives rows but has no \"-- columns:\""},
	    {"-- name: task_a\n-- columns: id\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:1: task_a gives no rows but has \"-- columns:\""},
	    {"-- name: task_a\n-- columns: id, id\nSELECT a, b FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: the column id is listed twice"},
	    {"-- name: task_a\n-- columns: a b\nSELECT a FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: \"a b\" is no name of a column: small letters, digits and _"},
	    {"-- name: task_a\n-- params: id int\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: the parameter id is declared but not used"},
	    {"-- name: task_a\n-- params: id int\nDELETE FROM t WHERE commune_id = :commune_id AND id = :id "
	     "AND x = :x;",
		"task.sql:3: the parameter :x is not in \"-- params:\""},
	    {"-- name: task_a\n-- params: id number\nDELETE FROM t WHERE commune_id = :commune_id AND id = "
	     ":id;",
		"task.sql:2: \"id number\" is no parameter: write \"name int\", \"name text?\" or \"name "
		"bytes\""},
	    {"-- name: task_a\n-- params: id int, id text\nDELETE FROM t WHERE commune_id = :commune_id AND "
	     "id = :id;",
		"task.sql:2: the parameter id is declared twice"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id AND (:q IS NULL OR q = :q);",
		"task.sql:2: the parameter :q is compared with NULL: declare it, \"-- params: q int?\""},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id\n AND id = ?;",
		"task.sql:3: a parameter is written :name; ?, $ and @ are refused"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id AND id = :Id;",
		"task.sql:2: a parameter is written :name, in small letters, digits and _"},
	    {"-- name: task_a\nDELETE FROM %s WHERE commune_id = :commune_id;",
		"task.sql:2: SQL is never built from strings: write a :name parameter instead of a % format"},
	    {"-- name: task_a\nDELETE FROM {t} WHERE commune_id = :commune_id;",
		"task.sql:2: SQL is never built from strings and knows no such sign ({ } # ` [ ] \\)"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id AND name = 'x;\n\n",
		"task.sql:2: this quote is never closed"},
	    {"-- name: task_a\n/* x\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: this comment is never closed"},
	    {"-- name: task_a\nDELETE FROM t;",
		"task.sql:1: task_a does not use :commune_id (a statement about the store itself says "
		"\"-- scope: store\")"},
	    {"-- name: task_a\n-- scope: all\nDELETE FROM t;",
		"task.sql:2: the only scope that can be declared is \"store\""},
	    {"-- name: task_a\n-- pg:\nDELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: \"-- pg:\" stands before the end of the statement task_a"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id;\n-- pg:\n",
		"task.sql:1: the \"-- pg:\" text of task_a is empty or has no semicolon at its end"},
	    {"-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id;\n-- hot\n",
		"task.sql:3: \"-- hot\" must stand before the text of task_a"},
	    {"-- name: task_a\n\x01"
	     "DELETE FROM t WHERE commune_id = :commune_id;",
		"task.sql:2: a control character"},
	    {"-- name: task_a\n-- \xff\n", "task.sql:2: no valid UTF-8"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(SqlcUnit) unit = read_text(CASES[i][0]);

		g_assert_cmpuint(unit->errors->len, >, 0);
		g_assert_cmpstr(g_ptr_array_index(unit->errors, 0), ==, CASES[i][1]);
	}
}

static const SqlcStatement *
only_statement(const SqlcUnit *unit)
{
	for (guint i = 0; i < unit->errors->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(unit->errors, i));
	g_assert_cmpuint(unit->errors->len, ==, 0);
	g_assert_cmpuint(unit->statements->len, ==, 1);
	return g_ptr_array_index(unit->statements, 0);
}

static void
test_both_spellings(void)
{
	g_autoptr(SqlcUnit) unit =
	    read_text("-- Finds by id; or all of them.\n-- name: task_find\n-- columns: id, title\n"
		      "-- params: id int?, q text\n"
		      "SELECT id, title -- the heading\nFROM task\n"
		      "WHERE commune_id = :commune_id AND (:id IS NULL OR id = :id)\n\tAND title <> ':id; -- "
		      "x' || :q;\n");
	const SqlcStatement *statement = only_statement(unit);

	g_assert_cmpstr(statement->sqlite->str, ==,
	    "SELECT id, title FROM task WHERE commune_id = ?3 AND (?1 IS NULL OR id = ?1) "
	    "AND title <> ':id; -- x' || ?2");
	g_assert_cmpstr(statement->pg->str, ==,
	    "SELECT id, title FROM task WHERE commune_id = $3::bigint AND ($1::bigint IS NULL OR id = "
	    "$1::bigint) "
	    "AND title <> ':id; -- x' || $2::text");
}

static void
test_pg_variant(void)
{
	g_autoptr(SqlcUnit) unit = read_text("-- name: task_a\n-- columns: n\n-- hot\n"
					     "SELECT unixepoch(:at) FROM t WHERE commune_id = :commune_id;\n"
					     "-- pg:\nSELECT extract(epoch FROM :at::date) FROM t\n"
					     "WHERE commune_id = :commune_id;\n");
	const SqlcStatement *statement = only_statement(unit);

	g_assert_true(statement->is_hot);
	g_assert_cmpstr(statement->sqlite->str, ==, "SELECT unixepoch(?1) FROM t WHERE commune_id = ?2");
	g_assert_cmpstr(statement->pg->str, ==,
	    "SELECT extract(epoch FROM $1::date) FROM t WHERE commune_id = $2::bigint");
}

/* Full-text search has a word in SQLite and an operator of ours in PostgreSQL. */
static void
test_match(void)
{
	g_autoptr(SqlcUnit) unit =
	    read_text("-- name: task_a\n-- columns: n\n-- params: q text\n"
		      "SELECT n FROM t WHERE t.words MATCH :q AND commune_id = :commune_id;\n");
	const SqlcStatement *statement = only_statement(unit);

	g_assert_cmpstr(
	    statement->sqlite->str, ==, "SELECT n FROM t WHERE t.words MATCH ?1 AND commune_id = ?2");
	g_assert_cmpstr(
	    statement->pg->str, ==, "SELECT n FROM t WHERE t.words === $1::text AND commune_id = $2::bigint");
}

/* Select lists whose commas, stars and FROMs are not what they look like. */
static void
test_column_count(void)
{
	static const struct {
		const char *columns, *sql;
	} CASES[] = {
	    {"a", "SELECT coalesce(x, y, 0) FROM t WHERE commune_id = :commune_id;"},
	    {"a, b", "SELECT x * 2, count(*) FROM t WHERE commune_id = :commune_id;"},
	    {"a, b", "SELECT x IS DISTINCT FROM y, z FROM t WHERE commune_id = :commune_id;"},
	    {"a, b", "WITH r AS (SELECT 1, 2, 3) SELECT x, y FROM r WHERE :commune_id > 0;"},
	    {"a", "INSERT INTO t (x, commune_id) SELECT x, commune_id FROM u WHERE commune_id = :commune_id "
		  "RETURNING id;"},
	    {"a, b", "SELECT x, ',' || 'from' FROM t WHERE commune_id = :commune_id;"},
	    {"a, b, c", "SELECT t.* FROM t WHERE commune_id = :commune_id;"}, /* cannot be told */
	    {"a", "SELECT DISTINCT x FROM t WHERE commune_id = :commune_id UNION ALL SELECT 1;"},
	    {"a", "SELECT (SELECT max(x, y) FROM u WHERE u.commune_id = t.commune_id) FROM t WHERE "
		  "commune_id = :commune_id;"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *text =
		    g_strdup_printf("-- name: task_a\n-- columns: %s\n%s", CASES[i].columns, CASES[i].sql);
		g_autoptr(SqlcUnit) unit = read_text(text);

		only_statement(unit);
	}
}

static void
test_generated(void)
{
	g_autoptr(SqlcUnit) unit =
	    read_text("-- name: task_find\n-- columns: id\n-- params: q text?\n"
		      "SELECT \"id\" FROM t WHERE commune_id = :commune_id AND q = :q;\n");
	g_autoptr(GString) header = g_string_new(NULL);
	g_autoptr(GString) source = g_string_new(NULL);

	only_statement(unit);
	sqlc_write_statements_header(unit, header);
	sqlc_write_statements_source(unit, source);
	g_assert_nonnull(strstr(header->str, "extern const DbSql TASK_FIND;\n"));
	g_assert_nonnull(strstr(header->str, "\tTASK_FIND_P_Q = 1, /* may be NULL */\n"));
	g_assert_nonnull(strstr(header->str, "\tTASK_FIND_P_COMMUNE_ID = 2,\n"));
	g_assert_nonnull(strstr(header->str, "\tTASK_FIND_C_ID = 0,\n"));
	g_assert_nonnull(strstr(source->str, "SELECT \\\"id\\\" FROM t"));
	g_assert_nonnull(strstr(source->str, ".n_params = 2,\n\t.n_columns = 1,\n\t.is_hot = false,"));
}

static bool
read_migration(SqlcUnit *unit, const char *file, const char *text)
{
	return sqlc_read_migration(unit, file, text, strlen(text));
}

static void
test_migrations(void)
{
	g_autoptr(SqlcUnit) unit = sqlc_unit_new("task");
	g_autoptr(GString) source = g_string_new(NULL);

	g_assert_true(read_migration(unit, "sql/0001-task.sql", "CREATE TABLE t (a TEXT); -- \"t\"\n"));
	g_assert_true(read_migration(unit, "sql/0002-more.sql",
	    "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = 'x'; END;\n"));
	sqlc_write_migrations_source(unit, source);
	g_assert_nonnull(strstr(source->str, "\"CREATE TABLE t (a TEXT); -- \\\"t\\\"\\n\""));
	g_assert_nonnull(strstr(source->str, "0002-more.sql"));
}

/* Each store runs what is its own, on the line where the file has it. */
static void
test_migration_stores(void)
{
	g_autoptr(SqlcUnit) unit = sqlc_unit_new("task");
	const SqlcMigration *migration;

	g_assert_true(read_migration(unit, "0001-task.sql",
	    "SELECT 1;\n-- only: sqlite\nSELECT 2;\n-- only: pg\nSELECT a @@ b;\n-- only: both\nSELECT "
	    "4;\n"));
	migration = g_ptr_array_index(unit->migrations, 0);
	g_assert_cmpstr(
	    migration->sqlite, ==, "SELECT 1;\n-- only: sqlite\nSELECT 2;\n\n\n-- only: both\nSELECT 4;\n");
	g_assert_cmpstr(
	    migration->pg, ==, "SELECT 1;\n\n\n-- only: pg\nSELECT a @@ b;\n-- only: both\nSELECT 4;\n");
}

static void
test_migration_refusals(void)
{
	static const char *const CASES[][3] = {
	    {"task.sql", "SELECT 1;", "task.sql:1: a migration is named 0001-what-it-does.sql"},
	    {"0002-x.sql", "SELECT 1;", "0002-x.sql:1: the migration after number 0 must be number 1"},
	    {"0001-x.sql", "", "0001-x.sql:1: the migration is empty"},
	    {"0001-x.sql", "SELECT 1", "0001-x.sql:1: the last statement has no semicolon"},
	    {"0001-x.sql", "BEGIN; SELECT 1;",
		"0001-x.sql:1: BEGIN: a migration runs inside one transaction already"},
	    {"0001-x.sql", "SELECT 1;\nPRAGMA foreign_keys = OFF;",
		"0001-x.sql:2: PRAGMA: a migration runs inside one transaction that it does not control"},
	    {"0001-x.sql", "-- only: mysql\nSELECT 1;",
		"0001-x.sql:1: \"-- only:\" is followed by sqlite, pg or both"},
	    {"0001-x.sql", "SELECT :a;", "0001-x.sql:1: a migration has no parameters"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(SqlcUnit) unit = sqlc_unit_new("task");

		g_assert_false(read_migration(unit, CASES[i][0], CASES[i][1]));
		g_assert_cmpstr(g_ptr_array_index(unit->errors, 0), ==, CASES[i][2]);
	}
}

/* Pieces of a real file in any order and cut anywhere: it must answer, never crash. */
static void
test_any_bytes(void)
{
	static const char SEED[] =
	    "-- name: task_a\n-- columns: a\n-- params: q int?\n-- pg:\n-- hot\nSELECT (a), '\n"
	    "-- name:' FROM t WHERE :q IS NULL; /* */ \"\" :: :commune_id ) ] \x80\xff % ?\n";
	GRand *rand = g_rand_new_with_seed(57);

	for (int i = 0; i < 3000; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GString) out = g_string_new(NULL);
		g_autoptr(SqlcUnit) unit = sqlc_unit_new("task");
		int n = g_rand_int_range(rand, 1, 8);

		for (int piece = 0; piece < n; piece++) {
			gint32 from = g_rand_int_range(rand, 0, (gint32)sizeof(SEED) - 1);
			gint32 len = g_rand_int_range(rand, 0, (gint32)sizeof(SEED) - from);

			g_string_append_len(text, SEED + from, len);
		}
		if (sqlc_read_statements(unit, "any.sql", text->str, text->len))
			sqlc_write_statements_source(unit, out);
		else
			g_assert_cmpuint(unit->errors->len, >, 0);
	}
	g_rand_free(rand);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sqlc/refusals", test_refusals);
	g_test_add_func("/sqlc/both-spellings", test_both_spellings);
	g_test_add_func("/sqlc/pg-variant", test_pg_variant);
	g_test_add_func("/sqlc/match", test_match);
	g_test_add_func("/sqlc/column-count", test_column_count);
	g_test_add_func("/sqlc/generated", test_generated);
	g_test_add_func("/sqlc/migrations", test_migrations);
	g_test_add_func("/sqlc/migration-stores", test_migration_stores);
	g_test_add_func("/sqlc/migration-refusals", test_migration_refusals);
	g_test_add_func("/sqlc/any-bytes", test_any_bytes);
	return g_test_run();
}
