/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "storage/backend.h"
#include "storage/db.h"
#include "storage/migrate.h"
#include "storage/testing.h"
#include "storage/txn.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const DbSql INSERT = {.name = "insert",
    .sqlite = "INSERT INTO t (id, body) VALUES (?1, ?2)",
    .pg = "INSERT INTO t (id, body) VALUES ($1, $2)",
    .n_params = 2};
static const DbSql INSERT_RAW = {.name = "insert raw",
    .sqlite = "INSERT INTO t (id, raw) VALUES (?1, ?2)",
    .pg = "INSERT INTO t (id, raw) VALUES ($1, $2)",
    .n_params = 2};
static const DbSql FIND_RAW = {.name = "find raw",
    .sqlite = "SELECT raw, body FROM t WHERE id = ?1",
    .pg = "SELECT raw, body FROM t WHERE id = $1",
    .n_params = 1,
    .n_columns = 2};
static const DbSql COUNT = {.name = "count",
    .sqlite = "SELECT count(*), coalesce(sum(id), 0) FROM t",
    .pg = "SELECT count(*), coalesce(sum(id), 0) FROM t",
    .n_columns = 2};
static const DbSql FIND = {.name = "find",
    .sqlite = "SELECT body FROM t WHERE id = ?1",
    .pg = "SELECT body FROM t WHERE id = $1",
    .n_params = 1,
    .n_columns = 1};
static const DbSql ALL = {.name = "all",
    .sqlite = "SELECT id FROM t ORDER BY id",
    .pg = "SELECT id FROM t ORDER BY id",
    .n_columns = 1};

/* The same text for both stores. */
#define SCRIPT(text) \
	{ \
		.sqlite = (text), .pg = (text) \
	}

static const DbMigration MIGRATIONS[] = {
    {1, "0001-t.sql", SCRIPT("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, body TEXT, raw BYTEA);"), "aa"},
    {2, "0002-u.sql",
	SCRIPT("CREATE TABLE u (t BIGINT REFERENCES t (id)); INSERT INTO t (id, body) VALUES (0, 'nền');"),
	"bb"},
    {.number = 0},
};

typedef struct Fixture {
	bool on_server; /* PostgreSQL */
	char *folder, *path, *other;
	Db *db;
} Fixture;

static void
migrate(Db *db, const DbMigration *migrations, GError **error)
{
	DbMigrationSet set = {"test", migrations};

	db_migrate(db, &set, 1, 1, NULL, error);
}

static Db *
open_db(const Fixture *fixture, DbMode mode)
{
	g_autoptr(GError) error = NULL;
	Db *db = NULL;

	db_open(fixture->path, mode, &db, &error);
	g_assert_no_error(error);
	return db;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	fixture->on_server = GPOINTER_TO_INT(data);
	fixture->folder = g_dir_make_tmp("namro-storage-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->path = db_test_location(fixture->folder, "namro.db", fixture->on_server);
	fixture->other = db_test_location(fixture->folder, "other.db", fixture->on_server);
	fixture->db = open_db(fixture, DB_CREATE);
	migrate(fixture->db, MIGRATIONS, &error);
	g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	static const char *const NAMES[] = {"namro.db", "namro.db-wal", "namro.db-shm", "other.db"};

	(void)data;
	db_free(fixture->db);
	db_test_drop(fixture->path);
	db_test_drop(fixture->other);
	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(fixture->folder, NAMES[i], NULL);

		g_remove(path);
	}
	g_rmdir(fixture->folder);
	g_free(fixture->other);
	g_free(fixture->path);
	g_free(fixture->folder);
}

static bool
insert(Db *db, int64_t id, const char *body, GError **error)
{
	g_autoptr(DbStmt) stmt = NULL;

	if (!db_prepare(db, &INSERT, &stmt, error))
		return false;
	db_bind_int(stmt, 1, id);
	db_bind_text(stmt, 2, body);
	return db_run(stmt, error);
}

static int64_t
count(Db *db)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	bool has_row;

	db_prepare(db, &COUNT, &stmt, &error);
	g_assert_no_error(error);
	db_step(stmt, &has_row, &error);
	g_assert_no_error(error);
	return db_column_int(stmt, 0);
}

static void
test_values(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	char text[] = "Năm Rõ";
	const void *bytes;
	size_t len = 0;
	bool has_row;

	(void)data;
	g_assert_true(db_prepare(fixture->db, &INSERT, &stmt, &error));
	db_bind_int(stmt, 1, INT64_MAX);
	db_bind_text(stmt, 2, text);
	memset(text, 'x', sizeof(text) - 1); /* bound text is a copy */
	g_assert_true(db_run(stmt, &error));
	g_assert_cmpint(db_changes(fixture->db), ==, 1);
	g_clear_pointer(&stmt, db_stmt_release);

	g_assert_true(db_prepare(fixture->db, &INSERT_RAW, &stmt, &error));
	db_bind_int(stmt, 1, 5);
	db_bind_bytes(stmt, 2, "\0\x01", 2);
	g_assert_true(db_run(stmt, &error));
	g_clear_pointer(&stmt, db_stmt_release);

	g_assert_true(db_prepare(fixture->db, &FIND_RAW, &stmt, &error));
	g_assert_cmpint(db_column_count(stmt), ==, 2);
	db_bind_int(stmt, 1, 5);
	g_assert_true(db_step(stmt, &has_row, &error) && has_row);
	bytes = db_column_bytes(stmt, 0, &len);
	g_assert_true(len == 2 && memcmp(bytes, "\0\x01", 2) == 0);
	g_assert_true(db_column_is_null(stmt, 1) && db_column_text(stmt, 1) == NULL);
	g_clear_pointer(&stmt, db_stmt_release);

	g_assert_true(db_prepare(fixture->db, &FIND, &stmt, &error));
	db_bind_int(stmt, 1, INT64_MAX);
	g_assert_true(db_step(stmt, &has_row, &error) && has_row);
	g_assert_cmpstr(db_column_text(stmt, 0), ==, "Năm Rõ");
	g_assert_true(db_step(stmt, &has_row, &error) && !has_row);
	g_clear_pointer(&stmt, db_stmt_release);

	/* Given back, a statement forgets what was bound. */
	g_assert_true(db_prepare(fixture->db, &FIND, &stmt, &error));
	g_assert_true(db_step(stmt, &has_row, &error) && !has_row);
}

/* A file or schema with something of somebody else's in it. */
static void
make_foreign(const Fixture *fixture)
{
	static const DbScript TABLE = {
	    .pg = "CREATE TABLE khac (x INTEGER);"
		  "DO $$ BEGIN EXECUTE format('COMMENT ON SCHEMA %I IS NULL', current_schema()); END $$"};
	g_autoptr(Db) db = NULL;

	if (!fixture->on_server) {
		g_file_set_contents(
		    fixture->other, "đây không phải là cơ sở dữ liệu, chỉ là vài dòng chữ", -1, NULL);
		return;
	}
	g_assert_true(db_open(fixture->other, DB_CREATE, &db, NULL));
	g_assert_true(db->backend->run_script(db, &TABLE, NULL));
}

static void
test_errors(Fixture *fixture, gconstpointer data)
{
	static const DbSql WRONG = {
	    .name = "wrong", .sqlite = "SELECT nothing FROM t", .pg = "SELECT nothing FROM t"};
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	Db *db = NULL;
	bool has_row;

	(void)data;
	g_assert_false(insert(fixture->db, 0, "hai lần", &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_nonnull(strstr(error->message, "insert: "));
	g_clear_error(&error);

	g_assert_false(db_prepare(fixture->db, &WRONG, &stmt, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_clear_error(&error);

	g_assert_true(db_prepare(fixture->db, &FIND, &stmt, &error));
	db_bind_int(stmt, 7, 1); /* there is no seventh */
	g_assert_false(db_step(stmt, &has_row, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_clear_error(&error);

	g_assert_false(db_open(fixture->other, DB_WRITE, &db, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	g_clear_error(&error);

	make_foreign(fixture);
	g_assert_false(db_open(fixture->other, DB_CREATE, &db, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
}

static void
test_nested_statements(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) outer = NULL;
	bool has_outer, has_inner;
	int n = 0;

	(void)data;
	for (int64_t id = 1; id < 4; id++)
		g_assert_true(insert(fixture->db, id, NULL, &error));
	g_assert_true(db_prepare(fixture->db, &ALL, &outer, &error));
	while (db_step(outer, &has_outer, &error) && has_outer) {
		g_autoptr(DbStmt) inner = NULL;

		g_assert_true(db_prepare(fixture->db, &ALL, &inner, &error));
		while (db_step(inner, &has_inner, &error) && has_inner)
			n++;
	}
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, 16);
}

static void
test_transactions(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	DbTxn *outer = NULL, *inner = NULL;

	(void)data;
	g_assert_true(db_txn_begin(fixture->db, &outer, &error));
	g_assert_true(insert(fixture->db, 1, NULL, &error));
	db_txn_free(outer);
	g_assert_cmpint(count(fixture->db), ==, 1); /* rolled back by its end */

	g_assert_true(db_txn_begin(fixture->db, &outer, &error));
	g_assert_true(db_txn_begin(fixture->db, &inner, &error));
	g_assert_true(insert(fixture->db, 1, NULL, &error));
	g_assert_true(db_txn_commit(inner, &error));
	db_txn_free(inner);
	g_assert_true(db_txn_commit(outer, &error));
	db_txn_free(outer);
	g_assert_cmpint(count(fixture->db), ==, 2);

	g_assert_true(db_txn_begin(fixture->db, &outer, &error));
	g_assert_true(db_txn_begin(fixture->db, &inner, &error));
	db_txn_free(inner);
	g_assert_false(db_txn_commit(outer, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
	g_clear_error(&error);
	db_txn_free(outer);

	g_assert_true(db_txn_begin_read(fixture->db, &outer, &error));
	g_assert_false(db_txn_begin(fixture->db, &inner, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INTERNAL);
	db_txn_free(outer);
}

static int64_t
version(Db *db)
{
	g_autoptr(GError) error = NULL;
	int64_t result = 0;

	db_version(db, &result, &error);
	g_assert_no_error(error);
	return result;
}

/* A reader keeps its state while another connection writes, and sees the new one afterwards. */
static void
test_reader_beside_writer(Fixture *fixture, gconstpointer data)
{
	g_autoptr(Db) reader = open_db(fixture, DB_READ);
	g_autoptr(GError) error = NULL;
	DbTxn *read = NULL, *write = NULL;
	int64_t before = version(reader);

	(void)data;
	g_assert_true(db_txn_begin_read(reader, &read, &error));
	g_assert_cmpint(count(reader), ==, 1);
	g_assert_true(db_txn_begin(fixture->db, &write, &error));
	g_assert_true(insert(fixture->db, 1, NULL, &error));
	g_assert_true(db_txn_commit(write, &error));
	db_txn_free(write);
	g_assert_cmpint(count(reader), ==, 1);
	g_assert_cmpint(version(reader), ==, before);
	db_txn_free(read);
	g_assert_cmpint(count(reader), ==, 2);
	g_assert_cmpint(version(reader), >, before);

	g_assert_false(insert(reader, 9, NULL, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
}

/* What one commune does moves the number of its own pages; what is done to the store moves everybody's. */
static void
test_versions(Fixture *fixture, gconstpointer data)
{
	g_autoptr(Db) one = open_db(fixture, DB_WRITE);
	g_autoptr(Db) other = open_db(fixture, DB_WRITE);
	g_autoptr(GError) error = NULL;
	int64_t before_one, before_other;
	DbTxn *txn = NULL;

	(void)data;
	db_set_commune(one, 1);
	db_set_commune(other, 2);
	before_one = version(one);
	before_other = version(other);
	for (int i = 0; i < 2; i++) {
		g_assert_true(db_txn_begin(one, &txn, &error));
		g_assert_true(db_txn_commit(txn, &error));
		db_txn_free(txn);
	}
	g_assert_cmpint(version(one), ==, before_one + 2);
	g_assert_cmpint(version(other), ==, before_other);
	g_assert_true(db_txn_begin(fixture->db, &txn, &error)); /* of no commune */
	g_assert_true(db_txn_commit(txn, &error));
	db_txn_free(txn);
	g_assert_cmpint(version(one), ==, before_one + 3);
	g_assert_cmpint(version(other), ==, before_other + 1);
}

static gpointer
write_in_turn(gpointer data)
{
	Db *db = data;
	DbTxn *txn = NULL;
	g_autoptr(GError) error = NULL;

	if (db_txn_begin(db, &txn, &error))
		db_txn_commit(txn, &error);
	db_txn_free(txn);
	g_assert_no_error(error);
	return NULL;
}

/* Waits at most a moment for what another thread does to the store. */
static bool
has_ended(Db *watch, int64_t before)
{
	for (int i = 0; i < 20; i++) {
		if (version(watch) > before)
			return true;
		g_usleep(10000);
	}
	return false;
}

/* While a commune's transaction is open, another commune writes; its own next writer waits, and so does who
 * changes the store as a whole. */
static void
test_communes_side_by_side(Fixture *fixture, gconstpointer data)
{
	g_autoptr(Db) one = open_db(fixture, DB_WRITE);
	g_autoptr(Db) same = open_db(fixture, DB_WRITE);
	g_autoptr(Db) other = open_db(fixture, DB_WRITE);
	g_autoptr(GError) error = NULL;
	DbTxn *held = NULL, *txn = NULL;
	GThread *waits, *waits_too;
	int64_t before;

	(void)data;
	db_set_commune(one, 1);
	db_set_commune(same, 1);
	db_set_commune(other, 2);
	g_assert_true(db_txn_begin(one, &held, &error));
	g_assert_true(insert(one, 10, "một", &error));

	g_assert_true(db_txn_begin(other, &txn, &error));
	g_assert_true(insert(other, 20, "hai", &error));
	g_assert_true(db_txn_commit(txn, &error));
	db_txn_free(txn);

	before = version(other);
	waits = g_thread_new("same", write_in_turn, same);
	waits_too = g_thread_new("store", write_in_turn, fixture->db);
	g_assert_false(has_ended(other, before)); /* the store's own writer would have moved it */
	g_assert_true(db_txn_commit(held, &error));
	db_txn_free(held);
	g_thread_join(waits);
	g_thread_join(waits_too);
	g_assert_cmpint(version(other), ==, before + 1);
	g_assert_cmpint(count(other), ==, 3);
}

static gpointer
read_for_long(gpointer data)
{
	const Fixture *fixture = data;
	g_autoptr(Db) db = open_db(fixture, DB_READ);
	int64_t seen = 0;

	while (seen < 201) {
		int64_t now = count(db);

		g_assert_cmpint(now, >=, seen);
		g_assert_cmpint(now % 2, ==, 1); /* rows come in pairs, one transaction each */
		seen = now;
	}
	return NULL;
}

static void
test_concurrent_readers(Fixture *fixture, gconstpointer data)
{
	GThread *threads[3];
	g_autoptr(GError) error = NULL;

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("reader", read_for_long, fixture);
	for (int64_t i = 0; i < 100; i++) {
		g_autoptr(DbTxn) txn = NULL;

		g_assert_true(db_txn_begin(fixture->db, &txn, &error));
		g_assert_true(insert(fixture->db, 2 * i + 1, "a", &error) &&
			      insert(fixture->db, 2 * i + 2, "b", &error));
		g_assert_true(db_txn_commit(txn, &error));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

static void
test_migrations(Fixture *fixture, gconstpointer data)
{
	const DbMigration CHANGED[] = {
	    MIGRATIONS[0], {2, "0002-u.sql", SCRIPT("SELECT 1;"), "cc"}, {.number = 0}};
	const DbMigration OLDER[] = {MIGRATIONS[0], {.number = 0}};
	const DbMigration NEWER[] = {MIGRATIONS[0], MIGRATIONS[1],
	    {3, "0003-v.sql", SCRIPT("CREATE TABLE v (id INTEGER); BROKEN;"), "dd"}, {.number = 0}};
	static const DbSql HAS_V = {.name = "has_v", .sqlite = "SELECT 1 FROM v", .pg = "SELECT 1 FROM v"};
	DbMigrationSet set = {"test", MIGRATIONS};
	g_autoptr(GError) error = NULL;
	g_autoptr(DbStmt) stmt = NULL;
	unsigned applied = 99;

	(void)data;
	g_assert_true(db_migrate(fixture->db, &set, 1, 1, &applied, &error));
	g_assert_cmpuint(applied, ==, 0);

	migrate(fixture->db, CHANGED, &error);
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);
	migrate(fixture->db, OLDER, &error);
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_clear_error(&error);

	/* One that breaks in the middle leaves nothing behind. */
	migrate(fixture->db, NEWER, &error);
	g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
	g_assert_nonnull(strstr(error->message, "test/0003-v.sql"));
	g_clear_error(&error);
	g_assert_false(db_prepare(fixture->db, &HAS_V, &stmt, NULL));
}

static gpointer
migrate_new(gpointer path)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Db) db = NULL;

	g_assert_true(db_open(path, DB_WRITE, &db, &error));
	migrate(db, MIGRATIONS, &error);
	g_assert_no_error(error);
	return NULL;
}

/* Two programs that start on the same old store at the same time. */
static void
test_migration_race(Fixture *fixture, gconstpointer data)
{
	GThread *threads[4];
	Db *db = NULL;

	(void)data;
	g_assert_true(db_open(fixture->other, DB_CREATE, &db, NULL));
	db_free(db);
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("migrate", migrate_new, fixture->other);
	for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

/* Whichever step fails, nothing of the transaction is there and the next one works. */
static void
test_faults(Fixture *fixture, gconstpointer data)
{
	bool is_through = false;

	(void)data;
	for (unsigned n = 1; !is_through; n++) {
		g_autoptr(DbTxn) txn = NULL;
		g_autoptr(GError) error = NULL;

		db_backend_fail_after(fixture->db, n);
		is_through = db_txn_begin(fixture->db, &txn, &error) &&
			     insert(fixture->db, 1, "một", &error) && insert(fixture->db, 2, "hai", &error) &&
			     db_txn_commit(txn, &error);
		db_backend_fail_after(fixture->db, 0);
		g_clear_pointer(&txn, db_txn_free);
		g_assert_true(is_through == (error == NULL));
		g_assert_cmpint(count(fixture->db), ==, is_through ? 3 : 1);
		g_assert_cmpuint(n, <, 10);
	}
}

/* Cuts every connection of the fixture's store but the one that is asked to do it. */
static void
cut_connections(const Fixture *fixture)
{
	static const DbScript CUT = {.pg = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid "
					   "<> pg_backend_pid() AND query LIKE "
					   "'%FROM t%' AND application_name = 'namro'"};
	g_autoptr(Db) db = open_db(fixture, DB_WRITE);
	g_autoptr(GError) error = NULL;

	db->backend->run_script(db, &CUT, &error);
	g_assert_no_error(error);
}

/* A connection that the server cut is made anew between transactions; inside one the work is lost, and said
 * to be. */
static void
test_reconnect(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	DbTxn *txn = NULL;

	(void)data;
	g_assert_cmpint(count(fixture->db), ==, 1);
	cut_connections(fixture);
	g_assert_cmpint(count(fixture->db), ==, 1);

	g_assert_true(db_txn_begin(fixture->db, &txn, &error));
	g_assert_true(insert(fixture->db, 1, NULL, &error));
	g_assert_cmpint(count(fixture->db), ==, 2);
	cut_connections(fixture);
	g_assert_false(insert(fixture->db, 2, NULL, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_clear_error(&error);
	g_assert_false(db_txn_commit(txn, &error));
	g_clear_error(&error);
	db_txn_free(txn);

	g_assert_true(db_txn_begin(fixture->db, &txn, &error));
	g_assert_true(insert(fixture->db, 3, NULL, &error));
	g_assert_true(db_txn_commit(txn, &error));
	db_txn_free(txn);
	g_assert_cmpint(count(fixture->db), ==, 2);
}

/* The child's second half is not committed when it dies; a promise on the pipe says the first half is. */
static G_GNUC_NORETURN void
write_and_die(const Fixture *fixture, int promise)
{
	Db *db = open_db(fixture, DB_WRITE);
	DbTxn *txn = NULL;

	if (!db_txn_begin(db, &txn, NULL))
		_exit(1);
	for (int64_t id = 1; id <= 1000; id++)
		insert(db, id, "một dòng của kế hoạch", NULL);
	if (!db_txn_commit(txn, NULL) || write(promise, "x", 1) != 1)
		_exit(1);
	db_txn_free(txn);
	if (!db_txn_begin(db, &txn, NULL))
		_exit(1);
	for (int64_t id = 1001; id <= 2000; id++)
		insert(db, id, "một dòng của kế hoạch", NULL);
	kill(getpid(), SIGKILL);
	_exit(1);
}

static void
test_kill(Fixture *fixture, gconstpointer data)
{
	int promise[2], status;
	char byte;
	pid_t child;

	(void)data;
	g_clear_pointer(&fixture->db, db_free);
	g_assert_cmpint(pipe(promise), ==, 0);
	child = fork();
	if (child == 0)
		write_and_die(fixture, promise[1]);
	close(promise[1]);
	g_assert_cmpint(read(promise[0], &byte, 1), ==, 1);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	close(promise[0]);

	fixture->db = open_db(fixture, DB_WRITE);
	g_assert_cmpint(count(fixture->db), ==, 1001);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *, gconstpointer);
	} TESTS[] = {
	    {"/storage/values", test_values},
	    {"/storage/errors", test_errors},
	    {"/storage/nested-statements", test_nested_statements},
	    {"/storage/transactions", test_transactions},
	    {"/storage/reader-beside-writer", test_reader_beside_writer},
	    {"/storage/concurrent-readers", test_concurrent_readers},
	    {"/storage/versions", test_versions},
	    {"/storage/migrations", test_migrations},
	    {"/storage/migration-race", test_migration_race},
	    {"/storage/faults", test_faults},
	    {"/storage/kill", test_kill},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(TESTS); i++) {
		g_autofree char *on_server = g_strconcat("/postgresql", TESTS[i].path, NULL);

		g_test_add(TESTS[i].path, Fixture, GINT_TO_POINTER(false), set_up, TESTS[i].test, tear_down);
		if (db_test_has_server())
			g_test_add(
			    on_server, Fixture, GINT_TO_POINTER(true), set_up, TESTS[i].test, tear_down);
	}
	if (db_test_has_server()) {
		g_test_add("/postgresql/storage/reconnect", Fixture, GINT_TO_POINTER(true), set_up,
		    test_reconnect, tear_down);
		g_test_add("/postgresql/storage/communes-side-by-side", Fixture, GINT_TO_POINTER(true),
		    set_up, test_communes_side_by_side, tear_down);
	}
	return g_test_run();
}
