/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/tree.h"
#include "modules/evidence/evidence.h"
#include "modules/evidence/evidence_clamd.h"
#include "modules/evidence/evidence_limits.h"
#include "modules/evidence/evidence_scan.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* Against Debian's own clamd, with one signature that is made here: no database from outside, no network. */

#define START_MS 15000
#define STEP_MS 5000
#define HANG_MS 400
/* In two halves, so that nobody's scanner stops at this file: https://www.eicar.org, the test string. */
#define EICAR_HEAD "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
#define EICAR_TAIL "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

typedef struct Scanner {
	char *folder, *address;
	GPid pid; /* 0: it does not run */
} Scanner;

static void
write_file(const Scanner *scanner, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(scanner->folder, name, NULL);
	g_autoptr(GError) error = NULL;

	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}

static void
write_signature(const Scanner *scanner)
{
	g_autoptr(GString) line = g_string_new("Namro.Eicar:0:*:");

	for (const char *at = EICAR_HEAD EICAR_TAIL; *at != '\0'; at++)
		g_string_append_printf(line, "%02x", (unsigned char)*at);
	g_string_append_c(line, '\n');
	write_file(scanner, "db/namro.ndb", line->str);
}

static bool
answers(const Scanner *scanner)
{
	const ClamdOptions options = {scanner->address, STEP_MS, STEP_MS, NULL};
	g_autofree char *path = g_build_filename(scanner->folder, "clamd.conf", NULL);
	ClamdAnswer answer;

	return g_file_test(scanner->address, G_FILE_TEST_EXISTS) &&
	       clamd_scan(&options, path, &answer, NULL) && answer.verdict == CLAMD_CLEAN;
}

/* False where it does not come up; then the test is skipped. */
static bool
start(Scanner *scanner)
{
	g_autofree char *db = g_build_filename(scanner->folder, "db", NULL);
	g_autofree char *config_path = g_build_filename(scanner->folder, "clamd.conf", NULL);
	g_autofree char *found = g_find_program_in_path("clamd");
	g_autofree char *program = found != NULL ? g_steal_pointer(&found) : g_strdup("/usr/sbin/clamd");
	g_autofree char *flag = g_strdup("-c");
	g_autofree char *config =
	    g_strdup_printf("LocalSocket %s\nDatabaseDirectory %s\nForeground yes\nFixStaleSocket yes\n",
		scanner->address, db);
	char *argv[] = {program, flag, config_path, NULL};

	write_file(scanner, "clamd.conf", config);
	if (!g_spawn_async(NULL, argv, NULL,
		G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
		NULL, &scanner->pid, NULL)) {
		scanner->pid = 0;
		return false;
	}
	for (int ms = 0; ms < START_MS; ms += 50) {
		if (answers(scanner))
			return true;
		g_usleep(50000);
	}
	return false;
}

static void
stop(Scanner *scanner)
{
	if (scanner->pid == 0)
		return;
	kill(scanner->pid, SIGCONT);
	kill(scanner->pid, SIGKILL);
	waitpid(scanner->pid, NULL, 0);
	g_spawn_close_pid(scanner->pid);
	scanner->pid = 0;
}

static Scanner *
scanner_new(void)
{
	Scanner *scanner = g_new0(Scanner, 1);
	g_autofree char *db = NULL;

	scanner->folder = g_dir_make_tmp("namro-clamd-XXXXXX", NULL);
	g_assert_nonnull(scanner->folder);
	scanner->address = g_build_filename(scanner->folder, "clamd.sock", NULL);
	db = g_build_filename(scanner->folder, "db", NULL);
	g_assert_cmpint(g_mkdir(db, 0700), ==, 0);
	write_signature(scanner);
	return scanner;
}

static void
scanner_free(Scanner *scanner)
{
	stop(scanner);
	tree_remove(scanner->folder);
	g_free(scanner->folder);
	g_free(scanner->address);
	g_free(scanner);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scanner, scanner_free)

static int64_t
add(const EvidenceScope *scope, const char *content, const char *name)
{
	const EvidenceNew told = {"t", "bao-cao", NULL, DATE_NONE, {"task", "1/1"}};
	char key[FILESTORE_KEY_SIZE];
	const EvidenceFile file = {key, name, "text", (int64_t)strlen(content)};
	g_autoptr(GError) error = NULL;
	int64_t id = 0;

	g_assert_true(filestore_add(scope->directory, content, strlen(content), key, NULL));
	evidence_add(scope, &told, &file, &id, &error);
	g_assert_no_error(error);
	return id;
}

static void
work(const EvidenceScope *scope)
{
	gint is_cancelled = 0;
	const AppWork one = {.db = scope->db,
	    .commune_id = scope->commune_id,
	    .directory = scope->directory,
	    .now_us = scope->now_us,
	    .is_cancelled = &is_cancelled};
	bool did = true;

	while (did) {
		g_autoptr(GError) error = NULL;

		evidence_work(&one, &did, &error);
		g_assert_no_error(error);
	}
}

static void
assert_scan(const EvidenceScope *scope, int64_t id, EvidenceScan scan)
{
	g_autoptr(Arena) arena = arena_new();
	Evidence found;

	g_assert_true(evidence_find(scope, id, arena, &found, NULL));
	g_test_message("%s: %d %s", found.file_name, (int)found.scan, found.scan_message);
	g_assert_cmpint(found.scan, ==, scan);
	if (scan == EVIDENCE_SUSPECT)
		g_assert_nonnull(strstr(found.scan_message, "Namro.Eicar"));
	if (scan == EVIDENCE_UNSCANNED)
		g_assert_cmpstr(found.scan_message, !=, "");
}

static int
download(AppTest *test, int64_t id)
{
	g_autofree char *target = g_strdup_printf("/minh-chung/%" G_GINT64_FORMAT "/tep", id), *body = NULL;

	return app_test_get(test, target, &body);
}

/* An infected file does not leave and does not count; a clean one does both. */
static void
check_found_and_clean(AppTest *test, const EvidenceScope *scope)
{
	int64_t infected = add(scope, EICAR_HEAD EICAR_TAIL, "thu.txt");
	int64_t clean = add(scope, "Báo cáo kết quả tháng 11.\n", "bao-cao.txt"), n;

	work(scope);
	assert_scan(scope, infected, EVIDENCE_SUSPECT);
	assert_scan(scope, clean, EVIDENCE_CLEAN);
	g_assert_cmpint(download(test, infected), ==, 409);
	g_assert_cmpint(download(test, clean), ==, 200);
	g_assert_true(evidence_count(scope, &(EvidenceObject){"task", "1/1"}, NULL, &n, NULL));
	g_assert_cmpint(n, ==, 1);
}

/* Stopped, it takes the connection and says nothing: nobody waits longer than the step. */
static void
check_hanging(const Scanner *scanner)
{
	const ClamdOptions options = {scanner->address, HANG_MS, 2 * HANG_MS, NULL};
	g_autofree char *path = g_build_filename(scanner->folder, "clamd.conf", NULL);
	g_autoptr(GError) error = NULL;
	ClamdAnswer answer;

	g_assert_cmpint(kill(scanner->pid, SIGSTOP), ==, 0);
	g_assert_false(clamd_scan(&options, path, &answer, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_assert_cmpint(kill(scanner->pid, SIGCONT), ==, 0);
	g_assert_true(answers(scanner));
}

/* Gone, the file waits unscanned and says why; when it is back, the file is scanned after the time to wait.
 */
static void
check_gone(EvidenceScope *scope, Scanner *scanner)
{
	int64_t id;

	stop(scanner);
	id = add(scope, "Nộp khi chương trình quét không chạy.\n", "cho.txt");
	work(scope);
	assert_scan(scope, id, EVIDENCE_UNSCANNED);
	g_assert_true(start(scanner));
	work(scope);
	assert_scan(scope, id, EVIDENCE_UNSCANNED); /* not asked again at once */
	scope->now_us += INSTANT_HOUR;
	work(scope);
	assert_scan(scope, id, EVIDENCE_CLEAN);
}

static void
test_clamd(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Scanner) scanner = scanner_new();
	const LedgerActor actor = {0, "thử", ""};
	EvidenceScope scope = {
	    test->db, test->commune_id, test->directory, (int64_t)APP_TEST_TODAY * INSTANT_DAY, actor, 0};

	if (!start(scanner)) {
		g_test_skip("clamd (gói clamav-daemon) không chạy được ở đây");
		return;
	}
	g_assert_true(app_setting_set(
	    test->db, test->commune_id, &actor, scope.now_us, EVIDENCE_SCANNER_KEY, scanner->address, NULL));
	check_found_and_clean(test, &scope);
	check_hanging(scanner);
	check_gone(&scope, scanner);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/evidence/clamd/real", test_clamd);
	return g_test_run();
}
