/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/move.h"
#include "storage/place.h"
#include "storage/testing.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <string.h>

#define MANY 1234 /* more than two pages of rows */

/* A key of each type, values of each type, rows that point to one another, tables in the wrong order by name,
 * full-text search, a table of the store itself. */
#define TABLES \
	"CREATE TABLE b_commune (commune_id BIGINT NOT NULL, name TEXT, PRIMARY KEY (commune_id));" \
	"CREATE TABLE a_row (commune_id BIGINT NOT NULL, word TEXT NOT NULL, no INTEGER NOT NULL, body " \
	"TEXT," \
	" raw BYTEA, big BIGINT, PRIMARY KEY (commune_id, word, no)," \
	" FOREIGN KEY (commune_id) REFERENCES b_commune (commune_id));" \
	"CREATE TABLE c_bytes (commune_id BIGINT NOT NULL, code BYTEA NOT NULL, PRIMARY KEY (commune_id, " \
	"code));" \
	"CREATE TABLE d_tree (commune_id BIGINT NOT NULL, id INTEGER NOT NULL, above INTEGER," \
	" PRIMARY KEY (commune_id, id), FOREIGN KEY (commune_id, above) REFERENCES d_tree (commune_id, " \
	"id));" \
	"CREATE TABLE db_own (id BIGINT NOT NULL PRIMARY KEY);"

static const DbMigration MIGRATIONS[] = {
    {1, "0001-x.sql",
	{TABLES "CREATE VIRTUAL TABLE s USING fts5 (body, content = '');",
	    TABLES "CREATE TABLE s (commune_id BIGINT NOT NULL, rowid BIGINT "
		   "NOT NULL, s TSVECTOR, PRIMARY KEY (commune_id, rowid));"},
	"aa"},
    {.number = 0}};

#define SQL(variable, text_sqlite, text_pg, n) \
	static const DbSql variable = { \
	    .name = #variable, .sqlite = (text_sqlite), .pg = (text_pg), .n_params = (n)}

SQL(ADD_COMMUNE, "INSERT INTO b_commune (commune_id, name) VALUES (?1, ?2)",
    "INSERT INTO b_commune (commune_id, name) VALUES ($1, $2)", 2);
SQL(ADD_ROW, "INSERT INTO a_row (commune_id, word, no, body, raw, big) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    "INSERT INTO a_row (commune_id, word, no, body, raw, big) VALUES ($1, $2, $3, $4, $5, $6)", 6);
SQL(ADD_BYTES, "INSERT INTO c_bytes (commune_id, code) VALUES (?1, ?2)",
    "INSERT INTO c_bytes (commune_id, code) VALUES ($1, $2)", 2);
SQL(ADD_TREE, "INSERT INTO d_tree (commune_id, id, above) VALUES (?1, ?2, ?3)",
    "INSERT INTO d_tree (commune_id, id, above) VALUES ($1, $2, $3)", 3);
SQL(POINT, "UPDATE d_tree SET above = ?3 WHERE commune_id = ?1 AND id = ?2",
    "UPDATE d_tree SET above = $3 WHERE commune_id = $1 AND id = $2", 3);
SQL(ADD_SEARCH, "", "INSERT INTO s (commune_id, rowid) VALUES ($1, $2)", 2);
SQL(COUNT_SEARCH, "", "SELECT count(*) FROM s WHERE commune_id = $1", 1);
SQL(CHANGE_ROW, "UPDATE a_row SET body = 'khác' WHERE commune_id = ?1 AND word = 'b' AND no = 7",
    "UPDATE a_row SET body = 'khác' WHERE commune_id = $1 AND word = 'b' AND no = 7", 1);

typedef struct Kinds {
	const char *path;
	bool from_server, to_server;
} Kinds;

typedef struct Fixture {
	char *folder, *locations[2];
	Db *from, *to;
} Fixture;

static Db *
open_new(Fixture *fixture, int i, const char *name, bool on_server, const DbMigration *migrations)
{
	DbMigrationSet set = {"test", migrations};
	g_autoptr(GError) error = NULL;
	Db *db = NULL;

	fixture->locations[i] = db_test_location(fixture->folder, name, on_server);
	db_open(fixture->locations[i], DB_CREATE, &db, &error);
	g_assert_no_error(error);
	db_migrate(db, &set, 1, 1, NULL, &error);
	g_assert_no_error(error);
	return db;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	const Kinds *kinds = data;

	fixture->folder = g_dir_make_tmp("namro-move-XXXXXX", NULL);
	fixture->from = open_new(fixture, 0, "from.db", kinds->from_server, MIGRATIONS);
	fixture->to = open_new(fixture, 1, "to.db", kinds->to_server, MIGRATIONS);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	db_free(fixture->from);
	db_free(fixture->to);
	for (int i = 0; i < 2; i++) {
		db_test_drop(fixture->locations[i]);
		g_remove(fixture->locations[i]);
		g_free(fixture->locations[i]);
	}
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
}

static void
run(Db *db, const DbSql *sql, int64_t commune_id, int64_t number, const char *text)
{
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	db_prepare(db, sql, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, commune_id);
	if (sql->n_params >= 2 && text != NULL)
		db_bind_text(stmt, 2, text);
	else if (sql->n_params >= 2)
		db_bind_int(stmt, 2, number);
	if (sql == &POINT)
		db_bind_int(stmt, 3, number % 5 + 1); /* up and down, and one to itself */
	db_run(stmt, &error);
	g_assert_no_error(error);
}

static void
add_row(Db *db, int64_t commune_id, const char *word, int64_t no, const char *body)
{
	static const char RAW[] = "\0'\\\xff\n";
	g_autoptr(DbStmt) stmt = NULL;
	g_autoptr(GError) error = NULL;

	db_prepare(db, &ADD_ROW, &stmt, &error);
	g_assert_no_error(error);
	db_bind_int(stmt, 1, commune_id);
	db_bind_text(stmt, 2, word);
	db_bind_int(stmt, 3, no);
	db_bind_text(stmt, 4, body);
	if (no % 3 == 1)
		db_bind_bytes(stmt, 5, RAW, (size_t)(no % 6)); /* empty bytes are not NULL */
	else if (no % 3 == 2)
		db_bind_bytes(stmt, 5, RAW, 0);
	if (no % 2 == 0)
		db_bind_int(stmt, 6, no == 0 ? INT64_MIN : INT64_MAX - no);
	db_run(stmt, &error);
	g_assert_no_error(error);
}

static void
add_bytes(Db *db, int64_t commune_id, const void *bytes, size_t len)
{
	g_autoptr(DbStmt) stmt = NULL;

	g_assert_true(db_prepare(db, &ADD_BYTES, &stmt, NULL));
	db_bind_int(stmt, 1, commune_id);
	db_bind_bytes(stmt, 2, bytes, len);
	g_assert_true(db_run(stmt, NULL));
}

/* Words whose order depends on the store's collation; quotes; nothing; what is no ASCII. */
static void
fill(Db *db, int64_t commune_id)
{
	static const char *const WORDS[] = {"b", "B", "a b", "đ", "", "z'\"z", "Ă"};
	g_autoptr(DbTxn) txn = NULL;

	g_assert_true(db_txn_begin(db, &txn, NULL));
	run(db, &ADD_COMMUNE, commune_id, 0, "xã Bình Nguyệt");
	for (int64_t i = 0; i < MANY; i++)
		add_row(
		    db, commune_id, WORDS[i % (int)G_N_ELEMENTS(WORDS)], i, i % 4 == 0 ? NULL : "nội\ndung");
	for (int64_t i = 0; i < MANY; i++)
		add_bytes(db, commune_id, &i, sizeof(i));
	for (int64_t i = 1; i <= 5; i++)
		run(db, &ADD_TREE, commune_id, i, NULL);
	for (int64_t i = 1; i <= 5; i++)
		run(db, &POINT, commune_id, i, NULL);
	g_assert_true(db_txn_commit(txn, NULL));
}

static GPtrArray *
sum(Db *db, int64_t commune_id)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *sums = NULL;

	db_commune_sum(db, commune_id, &sums, &error);
	g_assert_no_error(error);
	return sums;
}

static bool
copy(Fixture *fixture, int64_t commune_id, GPtrArray **ret_sums, GError **error)
{
	g_autoptr(DbTxn) reading = NULL;
	g_autoptr(DbTxn) writing = NULL;

	return db_txn_begin_read(fixture->from, &reading, error) &&
	       db_txn_begin(fixture->to, &writing, error) &&
	       db_commune_copy(fixture->from, fixture->to, commune_id, ret_sums, error) &&
	       db_txn_commit(writing, error);
}

static int64_t
rows_of(const GPtrArray *sums, const char *table)
{
	for (guint i = 0; i < sums->len; i++) {
		const DbTableSum *one = g_ptr_array_index(sums, i);

		if (strcmp(one->table, table) == 0)
			return one->n_rows;
	}
	return -1;
}

static void
test_copy(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GPtrArray) copied = NULL;
	g_autoptr(GPtrArray) before = NULL;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(GPtrArray) after = NULL;
	g_autoptr(GPtrArray) other = NULL;
	g_autoptr(GError) error = NULL;

	(void)data;
	fill(fixture->from, 7);
	fill(fixture->from, 8);
	fill(fixture->to, 9);
	other = sum(fixture->to, 9);
	before = sum(fixture->from, 7);
	g_assert_cmpuint(before->len, ==, 4); /* not the search, not the store's own */
	g_assert_cmpint(rows_of(before, "a_row"), ==, MANY);
	g_assert_cmpint(rows_of(before, "d_tree"), ==, 5);
	copy(fixture, 7, &copied, &error);
	g_assert_no_error(error);
	there = sum(fixture->to, 7);
	g_assert_cmpstr(db_sums_differ(copied, before), ==, NULL);
	g_assert_cmpstr(db_sums_differ(copied, there), ==, NULL);
	/* The source stays as it was, the neighbour at the target too. */
	after = sum(fixture->from, 7);
	g_assert_cmpstr(db_sums_differ(before, after), ==, NULL);
	g_ptr_array_unref(g_steal_pointer(&after));
	after = sum(fixture->to, 9);
	g_assert_cmpstr(db_sums_differ(other, after), ==, NULL);
	g_ptr_array_unref(g_steal_pointer(&after));
	after = sum(fixture->to, 8);
	g_assert_cmpint(rows_of(after, "a_row"), ==, 0);
	/* One letter is seen. */
	run(fixture->to, &CHANGE_ROW, 7, 0, NULL);
	g_ptr_array_unref(g_steal_pointer(&there));
	there = sum(fixture->to, 7);
	g_assert_cmpstr(db_sums_differ(copied, there), ==, "a_row");
}

/* Twice is refused, and what was there is as it was. */
static void
test_twice(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GPtrArray) first = NULL;
	g_autoptr(GPtrArray) second = NULL;
	g_autoptr(GPtrArray) there = NULL;
	g_autoptr(GError) error = NULL;

	(void)data;
	fill(fixture->from, 7);
	g_assert_true(copy(fixture, 7, &first, &error));
	g_assert_false(copy(fixture, 7, &second, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	there = sum(fixture->to, 7);
	g_assert_cmpstr(db_sums_differ(first, there), ==, NULL);
}

static int64_t
count_all(Db *db, int64_t commune_id)
{
	g_autoptr(GPtrArray) sums = sum(db, commune_id);
	g_autoptr(DbStmt) stmt = NULL;
	int64_t n = 0;
	bool has_row;

	for (guint i = 0; i < sums->len; i++)
		n += ((const DbTableSum *)g_ptr_array_index(sums, i))->n_rows;
	g_assert_true(db_prepare(db, &COUNT_SEARCH, &stmt, NULL));
	db_bind_int(stmt, 1, commune_id);
	g_assert_true(db_step(stmt, &has_row, NULL));
	return n + db_column_int(stmt, 0);
}

static bool
remove_commune(Db *db, int64_t commune_id, GError **error)
{
	g_autoptr(DbTxn) txn = NULL;

	return db_txn_begin(db, &txn, error) && db_commune_remove(db, commune_id, error) &&
	       db_txn_commit(txn, error);
}

static void
set_place(Db *db, int64_t commune_id, DbPlace place)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbTxn) txn = NULL;

	g_assert_true(db_txn_begin(db, &txn, &error));
	g_assert_true(db_place_write(db, commune_id, place, "x", &error));
	g_assert_true(db_txn_commit(txn, &error));
}

/* Only a copy that never lived in the store goes, all of it or nothing, and nothing else with it. */
static void
test_remove(Fixture *fixture, gconstpointer data)
{
	static const DbPlace LIVED[] = {DB_PLACE_HERE, DB_PLACE_LEAVING, DB_PLACE_LEFT};
	g_autoptr(GPtrArray) first = NULL;
	g_autoptr(GPtrArray) second = NULL;
	g_autoptr(GError) error = NULL;
	int64_t beside, whole;
	DbPlace place;

	(void)data;
	fill(fixture->from, 7);
	fill(fixture->to, 9);
	db_set_commune(fixture->to, 7);
	g_assert_true(copy(fixture, 7, &first, &error));
	run(fixture->to, &ADD_SEARCH, 7, 1, NULL);
	run(fixture->to, &ADD_SEARCH, 9, 1, NULL);
	beside = count_all(fixture->to, 9);
	whole = count_all(fixture->to, 7);
	for (size_t i = 0; i < G_N_ELEMENTS(LIVED); i++) {
		set_place(fixture->to, 7, LIVED[i]);
		g_assert_false(remove_commune(fixture->to, 7, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
		g_clear_error(&error);
		g_assert_cmpint(count_all(fixture->to, 7), ==, whole);
	}
	set_place(fixture->to, 7, DB_PLACE_ARRIVING);
	for (unsigned n = 1; n <= 8; n++) {
		db_backend_fail_after(fixture->to, n);
		g_assert_false(remove_commune(fixture->to, 7, &error));
		db_backend_fail_after(fixture->to, 0);
		g_clear_error(&error);
		g_assert_cmpint(count_all(fixture->to, 7), ==, whole);
	}
	remove_commune(fixture->to, 7, &error);
	g_assert_no_error(error);
	g_assert_cmpint(count_all(fixture->to, 7), ==, 0);
	g_assert_cmpint(count_all(fixture->to, 9), ==, beside);
	g_assert_true(db_place_read(fixture->to, 7, &place, NULL, &error));
	g_assert_cmpint(place, ==, DB_PLACE_HERE);
	g_assert_true(copy(fixture, 7, &second, &error));
	g_assert_cmpstr(db_sums_differ(first, second), ==, NULL);
}

/* Wherever it breaks off, nothing of the commune is at the target. */
static void
test_breaking_off(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fill(fixture->from, 7);
	for (unsigned n = 1; n < 2 * MANY; n = n * 3 + 1) {
		g_autoptr(GPtrArray) copied = NULL;
		g_autoptr(GPtrArray) there = NULL;
		g_autoptr(GError) error = NULL;

		db_backend_fail_after(fixture->to, n);
		g_assert_false(copy(fixture, 7, &copied, &error));
		db_backend_fail_after(fixture->to, 0);
		there = sum(fixture->to, 7);
		for (guint i = 0; i < there->len; i++)
			g_assert_cmpint(((const DbTableSum *)g_ptr_array_index(there, i))->n_rows, ==, 0);
	}
}

/* What cannot be moved is refused by name; the tests of the whole schema meet it first. */
static void
test_refusals(void)
{
	static const struct {
		const char *sql, *named;
	} CASES[] = {
	    {"CREATE TABLE x (id BIGINT NOT NULL PRIMARY KEY)", "the table x cannot be moved: its key"},
	    {"CREATE TABLE x (commune_id BIGINT NOT NULL, at REAL, PRIMARY KEY (commune_id))", "neither"},
	    {"CREATE TABLE x (commune_id BIGINT NOT NULL PRIMARY KEY REFERENCES y (commune_id)); CREATE "
	     "TABLE y "
	     "(commune_id BIGINT NOT NULL PRIMARY KEY REFERENCES x (commune_id))",
		"in a circle"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const DbMigration migrations[] = {
		    {1, "0001-x.sql", {CASES[i].sql, CASES[i].sql}, "aa"}, {.number = 0}};
		Fixture fixture = {.folder = g_dir_make_tmp("namro-move-XXXXXX", NULL)};
		g_autoptr(GError) error = NULL;
		GPtrArray *sums = NULL;

		fixture.from = open_new(&fixture, 0, "from.db", false, migrations);
		fixture.to = open_new(&fixture, 1, "to.db", false, MIGRATIONS);
		g_assert_false(db_commune_sum(fixture.from, 1, &sums, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
		g_assert_nonnull(strstr(error->message, CASES[i].named));
		tear_down(&fixture, NULL);
	}
}

static void
test_other_tables(void)
{
	const DbMigration migrations[] = {{1, "0001-x.sql",
					      {"CREATE TABLE x (commune_id BIGINT NOT NULL PRIMARY KEY)",
						  "CREATE TABLE x (commune_id BIGINT NOT NULL PRIMARY KEY)"},
					      "aa"},
	    {.number = 0}};
	Fixture fixture = {.folder = g_dir_make_tmp("namro-move-XXXXXX", NULL)};
	g_autoptr(GError) error = NULL;
	GPtrArray *sums = NULL;

	fixture.from = open_new(&fixture, 0, "from.db", false, MIGRATIONS);
	fixture.to = open_new(&fixture, 1, "to.db", false, migrations);
	g_assert_false(copy(&fixture, 1, &sums, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	tear_down(&fixture, NULL);
}

int
main(int argc, char **argv)
{
	static const Kinds KINDS[] = {{"sqlite-sqlite", false, false}, {"sqlite-postgresql", false, true},
	    {"postgresql-sqlite", true, false}, {"postgresql-postgresql", true, true}};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++) {
		g_autofree char *path = g_strdup_printf("/move/%s/copy", KINDS[i].path);
		g_autofree char *twice = g_strdup_printf("/move/%s/twice", KINDS[i].path);
		g_autofree char *remove = g_strdup_printf("/move/%s/remove", KINDS[i].path);
		g_autofree char *breaking = g_strdup_printf("/move/%s/breaking-off", KINDS[i].path);

		if ((KINDS[i].from_server || KINDS[i].to_server) && !db_test_has_server())
			continue;
		g_test_add(path, Fixture, &KINDS[i], set_up, test_copy, tear_down);
		g_test_add(twice, Fixture, &KINDS[i], set_up, test_twice, tear_down);
		g_test_add(breaking, Fixture, &KINDS[i], set_up, test_breaking_off, tear_down);
		if (KINDS[i].to_server)
			g_test_add(remove, Fixture, &KINDS[i], set_up, test_remove, tear_down);
	}
	g_test_add_func("/move/refusals", test_refusals);
	g_test_add_func("/move/other-tables", test_other_tables);
	return g_test_run();
}
