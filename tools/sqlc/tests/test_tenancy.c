/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/sqlc.h"

#include <string.h>

/* Statements that are held to one commune, and those that only look so. */

#define C "t.commune_id = :commune_id"

static SqlcUnit *
read_statement(const char *text)
{
	g_autofree char *whole =
	    g_strdup_printf("-- name: task_a\n-- columns: x\n-- params: k int, q int?\n%s", text);
	SqlcUnit *unit = sqlc_unit_new("task");

	sqlc_read_statements(unit, "task.sql", whole, strlen(whole));
	return unit;
}

/* What is refused for other reasons (columns and parameters that stand in no text) is not asked here. */
static const char *
refusal_of(const SqlcUnit *unit)
{
	for (guint i = 0; i < unit->errors->len; i++) {
		const char *message = g_ptr_array_index(unit->errors, i);

		if (strstr(message, "commune") != NULL || strstr(message, "is never changed") != NULL ||
		    strstr(message, "is not understood") != NULL)
			return message;
	}
	return NULL;
}

static void
test_held(void)
{
	static const char *const GOOD[] = {
	    "SELECT x FROM t WHERE commune_id = :commune_id;",
	    "SELECT x FROM t WHERE :commune_id = t.commune_id AND x BETWEEN 1 AND 2;",
	    "SELECT x FROM t AS a WHERE a.commune_id = :commune_id AND (a.x = 1 OR a.x = 2);",
	    "SELECT t.x FROM t JOIN u ON u.commune_id = t.commune_id AND u.k = t.k WHERE " C ";",
	    "SELECT t.x FROM t JOIN u USING (commune_id, k) WHERE " C ";",
	    "SELECT t.x FROM t, u WHERE " C " AND u.commune_id = t.commune_id;",
	    "SELECT t.x FROM t LEFT JOIN u ON u.commune_id = :commune_id AND u.k = t.k WHERE " C ";",
	    "SELECT t.x FROM u JOIN v ON v.commune_id = u.commune_id JOIN t ON v.commune_id = t.commune_id "
	    "WHERE " C ";",
	    "SELECT x FROM t WHERE " C " AND EXISTS (SELECT 1 FROM u WHERE u.commune_id = t.commune_id);",
	    "SELECT x FROM t WHERE " C " AND x = CASE WHEN x = 1 AND k = 2 THEN 3 ELSE 4 END AND k = 1;",
	    "SELECT x FROM t WHERE " C " UNION ALL SELECT x FROM u WHERE commune_id = :commune_id;",
	    "WITH w AS (SELECT x FROM t WHERE commune_id = :commune_id) SELECT x FROM w;",
	    "SELECT d.x FROM (SELECT x FROM t WHERE commune_id = :commune_id) d;",
	    "SELECT s.x FROM s WHERE s.s MATCH :k AND s.rowid > (:commune_id * 1048576 + :k) * 16 "
	    "AND s.rowid < (:commune_id * 1048576 + :k + 1) * 16;",
	    "INSERT INTO t (k, commune_id) VALUES (1, :commune_id) RETURNING x;",
	    "INSERT INTO t (commune_id, k) SELECT :commune_id, v.column1 FROM (VALUES (1), (2)) AS v WHERE "
	    "true ON CONFLICT (commune_id, k) DO UPDATE SET k = excluded.k;",
	    "INSERT INTO t (commune_id, k) SELECT u.commune_id, u.k FROM u WHERE u.commune_id = :commune_id;",
	    "INSERT INTO t (commune_id, k) VALUES (:commune_id, (SELECT MAX(u.k) FROM u WHERE u.commune_id = "
	    ":commune_id));",
	    "UPDATE t SET k = (SELECT MAX(u.k) FROM u WHERE u.commune_id = t.commune_id) WHERE " C ";",
	    "UPDATE t SET k = u.k FROM u WHERE " C " AND u.commune_id = t.commune_id;",
	    "DELETE FROM t WHERE commune_id = :commune_id AND x IS DISTINCT FROM 1;",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(GOOD); i++) {
		g_autoptr(SqlcUnit) unit = read_statement(GOOD[i]);

		g_test_message("%s", GOOD[i]);
		g_assert_cmpstr(refusal_of(unit), ==, NULL);
	}
}

static void
test_not_held(void)
{
	static const struct {
		const char *text, *named;
	} BAD[] = {
	    {"SELECT x FROM t WHERE :commune_id > 0;", " t is"},
	    {"SELECT x FROM t WHERE commune_id = :k AND :commune_id = 1;", " t is"},
	    {"SELECT x FROM t WHERE commune_id = :commune_id OR x = 1;", " t is"},
	    {"SELECT x FROM t WHERE (commune_id = :commune_id OR x = 1);", " t is"},
	    {"SELECT x FROM t WHERE NOT commune_id = :commune_id;", " t is"},
	    {"SELECT x FROM t WHERE commune_id <> :commune_id;", " t is"},
	    {"SELECT x FROM t WHERE commune_id = :commune_id + 1;", " t is"},
	    {"SELECT x FROM t WHERE commune_id >= :commune_id;", " t is"},
	    {"SELECT x FROM t WHERE x = 'commune_id = :commune_id' AND k = :commune_id;", " t is"},
	    {"SELECT x FROM t WHERE t.commune_id = t.commune_id AND k = :commune_id;", " t is"},
	    {"SELECT x FROM t WHERE (:q IS NULL OR commune_id = :commune_id);", " t is"},
	    {"SELECT CASE WHEN commune_id = :commune_id THEN x END FROM t;", " t is"},
	    {"SELECT x FROM t WHERE x = CASE WHEN k = 1 AND commune_id = :commune_id AND k = 2 THEN 1 END;",
		" t is"},
	    {"SELECT x FROM t WHERE x BETWEEN 1 AND commune_id = :commune_id;", " t is"},
	    {"SELECT t.x FROM t, u WHERE " C ";", " u is"},
	    {"SELECT t.x FROM t JOIN u ON u.k = t.k WHERE " C ";", " u is"},
	    {"SELECT t.x FROM t JOIN u ON u.k = t.k WHERE commune_id = :commune_id;", " t is"},
	    {"SELECT t.x FROM t LEFT JOIN u ON u.k = t.k AND " C " WHERE u.commune_id = :commune_id;",
		" t is"},
	    {"SELECT t.x FROM t LEFT JOIN u ON u.commune_id = t.commune_id OR u.k = 1 WHERE " C ";", " u is"},
	    {"SELECT t.x FROM t RIGHT JOIN u ON u.commune_id = t.commune_id WHERE " C ";", "RIGHT JOIN"},
	    {"SELECT x FROM t WHERE " C " AND x IN (SELECT u.x FROM u);", " u is"},
	    {"SELECT x FROM t WHERE " C " AND EXISTS (SELECT 1 FROM u WHERE u.k = t.commune_id);", " u is"},
	    {"SELECT (SELECT MAX(k) FROM u) AS x FROM t WHERE " C ";", " u is"},
	    {"SELECT x FROM t WHERE " C " UNION SELECT x FROM u;", " u is"},
	    {"SELECT x FROM u UNION SELECT x FROM t WHERE " C ";", " u is"},
	    {"WITH w AS (SELECT x FROM u) SELECT x FROM t WHERE " C ";", " u is"},
	    {"SELECT d.x FROM (SELECT x FROM u) d JOIN t ON t.x = d.x WHERE " C ";", " u is"},
	    {"SELECT d.x FROM (SELECT :k AS commune_id) d JOIN t ON t.commune_id = d.commune_id AND d.k = "
	     ":commune_id;",
		" t is"},
	    {"SELECT s.x FROM s WHERE s.rowid > (:commune_id * 1048576 + :k) * 16;", " s is"},
	    {"SELECT s.x FROM s WHERE s.rowid > (:commune_id * 1048576 + :k) * 16 AND s.rowid < :k;",
		" s is"},
	    {"SELECT s.x FROM s WHERE s.rowid > (:k * 1048576 + :commune_id) AND s.rowid < (:commune_id * "
	     "1048576 + 1);",
		" s is"},
	    {"INSERT INTO t (k) VALUES (:commune_id);", " t gets"},
	    {"INSERT INTO t (commune_id, k) VALUES (:k, :commune_id);", "begins a row"},
	    {"INSERT INTO t (commune_id, k) VALUES (:commune_id, 1), (:k, 2);", "begins a row"},
	    {"INSERT INTO t (commune_id, k) SELECT u.k, u.commune_id FROM u WHERE u.commune_id = "
	     ":commune_id;",
		"begins a row"},
	    {"INSERT INTO t (commune_id, k) SELECT :commune_id, u.k FROM u;", " u is"},
	    {"INSERT INTO t (commune_id, k) VALUES (:commune_id, (SELECT MAX(u.k) FROM u));", " u is"},
	    {"INSERT INTO t (commune_id, k) VALUES (:commune_id, 1) ON CONFLICT (commune_id, k) DO UPDATE "
	     "SET "
	     "commune_id = 7;",
		"is never changed"},
	    {"UPDATE t SET commune_id = :commune_id;", "is never changed"},
	    {"UPDATE t SET k = :commune_id;", " t is"},
	    {"UPDATE t SET k = 1 FROM u WHERE " C ";", " u is"},
	    {"DELETE FROM t WHERE k = :commune_id;", " t is"},
	    {"DELETE FROM t WHERE " C " AND k IN (SELECT k FROM u);", " u is"},
	    {"REPLACE INTO t (commune_id) VALUES (:commune_id);", "cannot be held"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(BAD); i++) {
		g_autoptr(SqlcUnit) unit = read_statement(BAD[i].text);
		const char *message = refusal_of(unit);

		g_test_message("%s: %s", BAD[i].text, message);
		g_assert_nonnull(message);
		g_assert_nonnull(strstr(message, BAD[i].named));
	}
}

/* Both texts of a statement are looked at; one about the store itself is not. */
static void
test_texts(void)
{
	static const char PG[] = "-- name: task_a\nDELETE FROM t WHERE commune_id = :commune_id;\n"
				 "-- pg:\nDELETE FROM t WHERE k = :commune_id;";
	static const char STORE[] = "-- name: task_a\n-- scope: store\nDELETE FROM t;";
	g_autoptr(SqlcUnit) unit = sqlc_unit_new("task");
	g_autoptr(SqlcUnit) of_store = sqlc_unit_new("task");

	g_assert_false(sqlc_read_statements(unit, "task.sql", PG, strlen(PG)));
	g_assert_nonnull(strstr(g_ptr_array_index(unit->errors, 0), "task.sql:4: task_a: t is not held"));
	g_assert_true(sqlc_read_statements(of_store, "task.sql", STORE, strlen(STORE)));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tenancy/held", test_held);
	g_test_add_func("/tenancy/not-held", test_not_held);
	g_test_add_func("/tenancy/texts", test_texts);
	return g_test_run();
}
