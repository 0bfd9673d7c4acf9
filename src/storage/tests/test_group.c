/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/testing.h"
#include "storage/txn.h"

#include <glib/gstdio.h>

/* Transactions that share one commit: what becomes of the others where one of them, or all, fail. */

static const DbSql INSERT = {.name = "insert",
    .sqlite = "INSERT INTO t (id) VALUES (?1)",
    .pg = "INSERT INTO t (id) VALUES ($1)",
    .n_params = 1};
static const DbSql ALL = {.name = "all",
    .sqlite = "SELECT id FROM t ORDER BY id",
    .pg = "SELECT id FROM t ORDER BY id",
    .n_columns = 1};
static const DbSql ROLLBACK = {.name = "rollback", .sqlite = "ROLLBACK", .pg = "ROLLBACK"};

#define TEXT "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY);"

static const DbMigration MIGRATIONS[] = {{1, "0001-t.sql", {TEXT, TEXT}, "aa"}, {.number = 0}};

typedef struct Fixture {
	char *folder, *path;
	Db *db, *reader;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	const DbMigrationSet set = {"test", MIGRATIONS};
	g_autoptr(GError) error = NULL;

	fixture->folder = g_dir_make_tmp("namro-group-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->path = db_test_location(fixture->folder, "namro.db", GPOINTER_TO_INT(data));
	db_open(fixture->path, DB_CREATE, &fixture->db, &error);
	g_assert_no_error(error);
	db_migrate(fixture->db, &set, 1, 1, NULL, &error);
	g_assert_no_error(error);
	db_open(fixture->path, DB_READ, &fixture->reader, &error);
	g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	static const char *const NAMES[] = {"namro.db", "namro.db-wal", "namro.db-shm"};

	(void)data;
	db_free(fixture->reader);
	db_free(fixture->db);
	db_test_drop(fixture->path);
	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(fixture->folder, NAMES[i], NULL);

		g_remove(path);
	}
	g_rmdir(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->folder);
}

static bool
insert(Db *db, int64_t id)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &INSERT, &stmt, NULL))
		return false;
	db_bind_int(stmt, 1, id);
	return db_run(stmt, NULL);
}

/* "1 3 " */
static void
assert_rows(Db *db, const char *expected)
{
	g_autoptr(GString) rows = g_string_new(NULL);
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	g_assert_true(db_prepare(db, &ALL, &stmt, NULL));
	while (db_step(stmt, &has_row, NULL) && has_row)
		g_string_append_printf(rows, "%d ", (int)db_column_int(stmt, 0));
	g_assert_cmpstr(rows->str, ==, expected);
}

static int64_t
version_of(Db *db)
{
	int64_t version;

	g_assert_true(db_version(db, &version, NULL));
	return version;
}

/* A part that is committed where `is_kept`. */
static void
write_part(Db *db, int64_t id, bool is_kept)
{
	g_autoptr(DbTxn) txn = NULL;

	g_assert_true(db_txn_begin(db, &txn, NULL));
	g_assert_true(insert(db, id));
	g_assert_true(!is_kept || db_txn_commit(txn, NULL));
}

static bool
insert_later(Db *db, int64_t id)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &INSERT, &stmt, NULL))
		return false;
	db_bind_int(stmt, 1, id);
	return db_run_later(stmt, NULL);
}

static DbGroup *
begin(Db *db)
{
	g_autoptr(GError) error = NULL;
	DbGroup *group = NULL;

	db_group_begin(db, &group, &error);
	g_assert_no_error(error);
	return group;
}

/* What nobody waited for is there for whoever reads next, and as many of it as may be. */
static void
test_later(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	(void)data;
	g_assert_true(db_txn_begin(fixture->db, &txn, NULL));
	for (int64_t id = 1; id <= 1000; id++)
		g_assert_true(insert_later(fixture->db, id));
	g_assert_true(db_prepare(fixture->db, &ALL, &stmt, NULL));
	for (int64_t id = 1; id <= 1000; id++) {
		g_assert_true(db_step(stmt, &has_row, NULL) && has_row);
		g_assert_cmpint(db_column_int(stmt, 0), ==, id);
	}
	g_assert_true(db_txn_commit(txn, NULL));
}

/* A failure that nobody waited for takes its own part of a group along, by the part's end at the latest, and
 * no other. */
static void
test_later_fails(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbGroup) group = begin(fixture->db);
	g_autoptr(DbTxn) part = NULL;

	(void)data;
	write_part(fixture->db, 1, true);
	g_assert_true(db_txn_begin(fixture->db, &part, NULL));
	g_assert_false(insert_later(fixture->db, 2) && insert_later(fixture->db, 1) &&
		       insert_later(fixture->db, 3) && db_txn_commit(part, NULL));
	g_clear_pointer(&part, db_txn_free);
	write_part(fixture->db, 4, true);
	g_assert_true(db_group_commit(group, NULL));
	assert_rows(fixture->reader, "1 4 ");
}

/* The same where it is undone before anybody has asked. */
static void
test_later_undone(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbGroup) group = begin(fixture->db);
	g_autoptr(DbTxn) part = NULL;

	(void)data;
	write_part(fixture->db, 1, true);
	g_assert_true(db_txn_begin(fixture->db, &part, NULL));
	(void)insert_later(fixture->db, 1);
	(void)insert_later(fixture->db, 2);
	g_clear_pointer(&part, db_txn_free);
	write_part(fixture->db, 5, true);
	g_assert_true(db_group_commit(group, NULL));
	assert_rows(fixture->reader, "1 5 ");
}

static void
test_parts(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbGroup) group = NULL;
	g_autoptr(DbTxn) outer = NULL, inner = NULL;
	int64_t version = version_of(fixture->reader);

	(void)data;
	group = begin(fixture->db);
	g_assert_false(db_txn_is_writing(fixture->db));
	write_part(fixture->db, 1, true);
	write_part(fixture->db, 2, false);
	/* What a part holds inside keeps its rules: an inner one that is not committed takes it along. */
	g_assert_true(db_txn_begin(fixture->db, &outer, NULL) && db_txn_begin(fixture->db, &inner, NULL));
	g_assert_true(insert(fixture->db, 3));
	g_clear_pointer(&inner, db_txn_free);
	g_assert_false(db_txn_commit(outer, NULL));
	g_clear_pointer(&outer, db_txn_free);
	write_part(fixture->db, 4, true);
	assert_rows(fixture->db, "1 4 ");
	assert_rows(fixture->reader, "");
	g_assert_cmpint(version_of(fixture->reader), ==, version);
	g_assert_true(db_group_commit(group, NULL));
	assert_rows(fixture->reader, "1 4 ");
	g_assert_cmpint(version_of(fixture->reader), ==, version + 1);
	write_part(fixture->db, 5, true); /* by itself again */
	assert_rows(fixture->reader, "1 4 5 ");
	g_assert_cmpint(version_of(fixture->reader), ==, version + 2);
}

/* Nothing was changed: nobody's page is old. */
static void
test_only_read(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbGroup) group = NULL;
	g_autoptr(DbTxn) txn = NULL;
	int64_t version = version_of(fixture->reader);

	(void)data;
	group = begin(fixture->db);
	g_assert_true(db_txn_begin_read(fixture->db, &txn, NULL));
	assert_rows(fixture->db, "");
	g_clear_pointer(&txn, db_txn_free);
	g_assert_true(db_group_commit(group, NULL));
	g_assert_cmpint(version_of(fixture->reader), ==, version);
}

/* A statement that fails, wherever it stands, is its own part's trouble alone. */
static void
test_failures(Fixture *fixture, gconstpointer data)
{
	g_autoptr(DbGroup) group = begin(fixture->db);
	g_autoptr(DbTxn) txn = NULL;

	(void)data;
	write_part(fixture->db, 1, true);
	g_assert_false(insert(fixture->db, 1)); /* outside of any part */
	write_part(fixture->db, 2, true);
	g_assert_true(db_txn_begin(fixture->db, &txn, NULL));
	g_assert_true(insert(fixture->db, 3));
	g_assert_false(insert(fixture->db, 1));
	g_clear_pointer(&txn, db_txn_free);
	g_assert_true(db_txn_begin_read(fixture->db, &txn, NULL));
	g_assert_false(insert(fixture->db, 2));
	g_clear_pointer(&txn, db_txn_free);
	write_part(fixture->db, 4, true);
	g_assert_false(db_group_is_lost(group));
	g_assert_true(db_group_commit(group, NULL));
	assert_rows(fixture->reader, "1 2 4 ");
}

static void
test_not_committed(Fixture *fixture, gconstpointer data)
{
	int64_t version = version_of(fixture->reader);
	DbGroup *group = begin(fixture->db);

	(void)data;
	write_part(fixture->db, 1, true);
	db_group_free(group);
	assert_rows(fixture->db, "");
	group = begin(fixture->db);
	write_part(fixture->db, 2, true);
	db_backend_fail_after(fixture->db, 1);
	g_assert_false(db_group_commit(group, NULL));
	db_group_free(group);
	assert_rows(fixture->db, "");
	g_assert_cmpint(version_of(fixture->reader), ==, version);
	write_part(fixture->db, 3, true);
	assert_rows(fixture->reader, "3 ");
}

/* The store has ended the transaction by itself, as with a full disk: nothing is written behind its back. */
static void
test_lost(Fixture *fixture, gconstpointer data)
{
	DbGroup *group = begin(fixture->db);
	g_autoptr(DbTxn) txn = NULL;
	g_autoptr(GError) error = NULL;

	(void)data;
	write_part(fixture->db, 1, true);
	g_assert_true(db_txn_begin(fixture->db, &txn, NULL));
	g_assert_true(db_run_fixed(fixture->db, &ROLLBACK, NULL));
	g_assert_false(db_txn_commit(txn, NULL));
	g_clear_pointer(&txn, db_txn_free);
	g_assert_true(db_group_is_lost(group));
	g_assert_false(db_txn_begin(fixture->db, &txn, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_assert_false(db_group_commit(group, NULL));
	db_group_free(group);
	assert_rows(fixture->db, "");
	write_part(fixture->db, 2, true);
	assert_rows(fixture->reader, "2 ");
}

/* The fixture's connection ends, as when the server is stopped. */
static void
cut_connection(const Fixture *fixture)
{
	static const DbSql WHO = {.name = "who", .pg = "SELECT pg_backend_pid()", .n_columns = 1};
	static const DbSql CUT = {
	    .name = "cut", .pg = "SELECT pg_terminate_backend($1::integer)", .n_params = 1, .n_columns = 1};
	g_autoptr(Db) db = NULL;
	g_autoptr(DbStmt) who = NULL, cut = NULL;
	g_autoptr(GError) error = NULL;
	bool has_row;

	db_prepare(fixture->db, &WHO, &who, &error);
	g_assert_no_error(error);
	g_assert_true(db_step(who, &has_row, NULL) && has_row);
	db_open(fixture->path, DB_WRITE, &db, &error);
	g_assert_no_error(error);
	db_prepare(db, &CUT, &cut, &error);
	g_assert_no_error(error);
	db_bind_int(cut, 1, db_column_int(who, 0));
	g_assert_true(db_step(cut, &has_row, NULL));
	g_assert_cmpint(db_column_int(cut, 0), ==, 1);
}

/* A connection that went away is the reason whatever it first showed in, and whatever had failed before: all
 * are told to send again. */
static void
test_lost_connection(Fixture *fixture, gconstpointer data)
{
	(void)data;
	for (unsigned n_statements = 0; n_statements < 3; n_statements++) {
		DbGroup *group = begin(fixture->db);
		g_autoptr(DbTxn) txn = NULL;
		g_autoptr(GError) error = NULL;

		write_part(fixture->db, 1, true);
		g_assert_false(insert(fixture->db, 1));
		g_assert_true(db_txn_begin(fixture->db, &txn, NULL));
		cut_connection(fixture);
		for (unsigned i = 0; i < n_statements; i++)
			insert(fixture->db, 2 + i);
		g_assert_false(db_txn_commit(txn, NULL));
		g_clear_pointer(&txn, db_txn_free);
		g_assert_true(db_group_is_lost(group));
		g_assert_false(db_group_commit(group, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
		db_group_free(group);
		assert_rows(fixture->db, "");
	}
}

/* Wherever a fault strikes: either the commit succeeds and exactly the parts that said so are there, or
 * nothing is. */
static void
test_faults(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GString) expected = g_string_new(NULL);
	bool was_hit = true;

	(void)data;
	for (unsigned n = 1; was_hit; n++) {
		g_autoptr(DbGroup) group = begin(fixture->db);
		gsize had = expected->len;

		db_backend_fail_after(fixture->db, n);
		for (unsigned i = 0; i < 3 && !db_group_is_lost(group); i++) {
			g_autoptr(DbTxn) txn = NULL;

			if (db_txn_begin(fixture->db, &txn, NULL) && insert(fixture->db, n * 10 + i) &&
			    db_txn_commit(txn, NULL))
				g_string_append_printf(expected, "%u ", n * 10 + i);
		}
		if (!db_group_commit(group, NULL))
			g_string_truncate(expected, had);
		was_hit = fixture->db->fail_after == 0;
		db_backend_fail_after(fixture->db, 0);
		g_clear_pointer(&group, db_group_free);
		assert_rows(fixture->reader, expected->str);
		g_assert_cmpuint(n, <, 100);
	}
	g_assert_cmpuint(expected->len, >, 0);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *, gconstpointer);
	} TESTS[] = {
	    {"/storage/group/parts", test_parts},
	    {"/storage/group/later", test_later},
	    {"/storage/group/later-fails", test_later_fails},
	    {"/storage/group/later-undone", test_later_undone},
	    {"/storage/group/only-read", test_only_read},
	    {"/storage/group/failures", test_failures},
	    {"/storage/group/not-committed", test_not_committed},
	    {"/storage/group/lost", test_lost},
	    {"/storage/group/faults", test_faults},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(TESTS); i++) {
		g_autofree char *on_server = g_strconcat("/postgresql", TESTS[i].path, NULL);

		g_test_add(TESTS[i].path, Fixture, GINT_TO_POINTER(false), set_up, TESTS[i].test, tear_down);
		if (db_test_has_server())
			g_test_add(
			    on_server, Fixture, GINT_TO_POINTER(true), set_up, TESTS[i].test, tear_down);
	}
	if (db_test_has_server())
		g_test_add("/postgresql/storage/group/lost-connection", Fixture, GINT_TO_POINTER(true),
		    set_up, test_lost_connection, tear_down);
	return g_test_run();
}
