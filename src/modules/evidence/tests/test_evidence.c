/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/app_internal.h"
#include "app/filestore.h"
#include "app/testing.h"
#include "base/app-error.h"
#include "base/date.h"
#include "modules/evidence/evidence.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_receive.h"
#include "modules/evidence/evidence_secret.h"
#include "modules/evidence/evidence_upload.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* The rules: what is kept, counted, refused, withdrawn, wiped; and uploads in pieces. */

#define PDF "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"

static const EvidenceObject TASK = {"task", "1/2"};

static EvidenceScope
scope_of(AppTest *test)
{
	return (EvidenceScope){.db = test->db,
	    .commune_id = test->commune_id,
	    .directory = test->directory,
	    .now_us = (int64_t)APP_TEST_TODAY * INSTANT_DAY,
	    .actor = {7, "Lê Thị Thử", "thử nghiệm"},
	    .account_id = 3};
}

static EvidenceFile
keep(AppTest *test, const char *bytes, char key[static FILESTORE_KEY_SIZE])
{
	g_autoptr(GError) error = NULL;

	filestore_add(test->directory, bytes, strlen(bytes), key, &error);
	g_assert_no_error(error);
	return (EvidenceFile){key, "Biên bản.pdf", "pdf", (int64_t)strlen(bytes)};
}

static int64_t
add(AppTest *test, const char *bytes, const char *title)
{
	const EvidenceScope scope = scope_of(test);
	const EvidenceNew told = {title, "bien-ban", NULL, DATE_NONE, TASK};
	g_autoptr(GError) error = NULL;
	char key[FILESTORE_KEY_SIZE];
	EvidenceFile file = keep(test, bytes, key);
	int64_t id = 0;

	evidence_add(&scope, &told, &file, &id, &error);
	g_assert_no_error(error);
	return id;
}

static int64_t
used(AppTest *test)
{
	const EvidenceScope scope = scope_of(test);
	EvidenceLimits limits;

	g_assert_true(evidence_limits(&scope, &limits, NULL));
	return limits.used_bytes;
}

static void
verify_is_sound(AppTest *test, bool reads_all)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;

	app_verify(test->app, &report, &error);
	g_assert_no_error(error);
	app_verify_files(test->app, reads_all, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		g_test_message("%s", (const char *)g_ptr_array_index(report.problems, i));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

static guint
count_problems(AppTest *test, bool reads_all, const char *about)
{
	g_auto(LedgerReport) report = {0};
	g_autoptr(GError) error = NULL;
	guint n = 0;

	app_verify(test->app, &report, &error);
	app_verify_files(test->app, reads_all, &report, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < report.problems->len; i++)
		n += strstr(g_ptr_array_index(report.problems, i), about) != NULL;
	return n;
}

static void
test_add(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	const EvidenceScope scope = scope_of(test);
	g_autoptr(GError) error = NULL;
	int64_t id = add(test, PDF, "  Biên bản   họp "), n;
	Evidence found;

	evidence_find(&scope, id, arena, &found, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(found.title, ==, "Biên bản họp");
	g_assert_cmpstr(found.kind_title, ==, "Biên bản");
	g_assert_cmpstr(found.person, ==, "Lê Thị Thử");
	g_assert_cmpint(found.size_bytes, ==, strlen(PDF));
	g_assert_cmpint(found.scan, ==, EVIDENCE_UNSCANNED);
	g_assert_true(evidence_list(&scope, &TASK, arena, rows, NULL));
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_true(evidence_count(&scope, &TASK, "bien-ban", &n, NULL));
	g_assert_cmpint(n, ==, 1);
	g_assert_true(evidence_count(&scope, &TASK, "bao-cao", &n, NULL));
	g_assert_cmpint(n, ==, 0);
	verify_is_sound(test, true);
}

/* The same content twice is two records and one file. */
static void
test_once(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) same = g_ptr_array_new();
	const EvidenceScope scope = scope_of(test);
	int64_t first = add(test, PDF, "a"), second = add(test, PDF, "b");
	Evidence found;

	g_assert_cmpint(first, !=, second);
	g_assert_cmpint(used(test), ==, strlen(PDF));
	g_assert_true(evidence_find(&scope, first, arena, &found, NULL));
	g_assert_true(evidence_same(&scope, &found, arena, same, NULL));
	g_assert_cmpuint(same->len, ==, 1);
	verify_is_sound(test, false);
}

static void
test_refusals(void)
{
	static const struct {
		const char *kind, *number, *object_kind, *object_id;
		int32_t day;
	} CASES[] = {
	    {"khong-co", NULL, NULL, NULL, DATE_NONE},
	    {"van-ban", NULL, NULL, NULL, APP_TEST_TODAY},
	    {"van-ban", "12/QĐ-UBND", NULL, NULL, DATE_NONE},
	    {"van-ban", "12/QĐ-UBND", NULL, NULL, APP_TEST_TODAY + 1},
	    {"bao-cao", NULL, "task", "..\\etc", DATE_NONE},
	    {"bao-cao", NULL, "Task", "1", DATE_NONE},
	    {"bao-cao", NULL, "task", "1 OR 1=1", DATE_NONE},
	};
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const EvidenceScope scope = scope_of(test);
	char key[FILESTORE_KEY_SIZE];
	EvidenceFile file = keep(test, PDF, key);

	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		const EvidenceNew told = {"t", CASES[i].kind, CASES[i].number, CASES[i].day,
		    {CASES[i].object_kind, CASES[i].object_id}};
		g_autoptr(GError) error = NULL;
		int64_t id;

		g_assert_false(evidence_add(&scope, &told, &file, &id, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	}
	g_assert_cmpint(used(test), ==, 0);
}

static void
test_withdraw(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	g_autoptr(GError) error = NULL, again = NULL, attached = NULL;
	int64_t id = add(test, PDF, "a"), n;
	g_autofree char *path = NULL;
	Evidence found;

	g_assert_false(evidence_withdraw(&scope, id, "  ", &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_assert_true(evidence_withdraw(&scope, id, "nộp nhầm", NULL));
	g_assert_false(evidence_withdraw(&scope, id, "nữa", &again));
	g_assert_error(again, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_false(evidence_attach(&scope, id, &(EvidenceObject){"update", "5"}, &attached));
	g_assert_error(attached, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_true(evidence_find(&scope, id, arena, &found, NULL));
	g_assert_cmpstr(found.withdrawn_why, ==, "nộp nhầm");
	g_assert_cmpstr(found.withdrawn_by, ==, "Lê Thị Thử");
	g_assert_true(evidence_count(&scope, &TASK, NULL, &n, NULL));
	g_assert_cmpint(n, ==, 0);
	path = filestore_path(test->directory, found.sha256);
	g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
	verify_is_sound(test, true);
}

static void
test_attach(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) links = g_ptr_array_new();
	const EvidenceScope scope = scope_of(test);
	const EvidenceObject update = {"update", "481"};
	int64_t id = add(test, PDF, "a");

	g_assert_true(evidence_attach(&scope, id, &update, NULL));
	g_assert_true(evidence_attach(&scope, id, &update, NULL));
	g_assert_true(evidence_links(&scope, id, arena, links, NULL));
	g_assert_cmpuint(links->len, ==, 2);
	verify_is_sound(test, false);
}

static void
test_search(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const EvidenceScope scope = scope_of(test);
	static const struct {
		const char *words;
		guint n;
	} CASES[] = {{"bien ban", 1}, {"BIÊN BẢN", 1}, {"họp", 1}, {"khong co", 0}, {"%", 0}, {"anh", 1}};

	add(test, PDF, "Biên bản họp");
	add(test, PDF "2", "Ảnh lớp học");
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autoptr(Arena) arena = arena_new();
		g_autoptr(GPtrArray) rows = g_ptr_array_new();
		const EvidenceFilter filter = {
		    .words = CASES[i].words, .scan = -1, .withdrawn = -1, .limit = 10};

		/* both have "Biên bản.pdf" as their file's name */
		g_assert_true(evidence_page(&scope, &filter, arena, rows, NULL));
		if (i < 2)
			g_assert_cmpuint(rows->len, ==, 2);
		else
			g_assert_cmpuint(rows->len, ==, CASES[i].n);
	}
}

static void
set(AppTest *test, const char *key, const char *value)
{
	g_autofree char *form = g_strdup_printf("evidence.file_mb=%s&evidence.quota_mb=%s&evidence.reserve_"
						"mb=0&evidence.upload_hours=48&evidence.scan_mb=100",
	    strcmp(key, "file") == 0 ? value : "200", strcmp(key, "quota") == 0 ? value : "51200");

	g_assert_cmpint(app_test_post(test, "/minh-chung/thiet-lap", form, NULL, NULL), ==, 303);
}

static void
test_quota(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	const EvidenceScope scope = scope_of(test);
	const EvidenceNew told = {"t", "bao-cao", NULL, DATE_NONE, {NULL, NULL}};
	const EvidenceFile large = {"0000000000000000000000000000000000000000000000000000000000000000",
	    "a.pdf", "pdf", 101 * EVIDENCE_BYTES_PER_MB};
	g_autoptr(GError) error = NULL;
	int64_t id;

	set(test, "quota", "100");
	g_assert_false(evidence_add(&scope, &told, &large, &id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_LIMIT);
	g_assert_nonnull(strstr(error->message, "100,0 MB"));
}

static char *
put_aside(AppTest *test, const char *bytes, size_t len)
{
	char *path = g_build_filename(test->directory, "den", NULL);

	g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
	return path;
}

static void
test_receive(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	g_autofree char *path = put_aside(test, "xin chào\n", strlen("xin chào\n"));
	EvidenceArrival arrival = {path, "ghi chú.txt", NULL, (int64_t)strlen("xin chào\n")};
	g_autoptr(GError) error = NULL;
	g_autofree char *place = NULL;
	EvidenceFile file;

	evidence_receive(&scope, &arrival, arena, &file, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(file.type, ==, "text");
	place = filestore_path(test->directory, file.sha256);
	g_assert_true(g_file_test(place, G_FILE_TEST_EXISTS));
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* Neither the file that arrived nor anything in the store is left. */
static void
test_receive_secret(void)
{
	static const char SECRET[] = "UBND XÃ BÌNH NGUYỆT\nSố: 5/KH-UBND\nMẬT\n\nKẾ HOẠCH\nVề một việc\n";
	static const char TALK[] =
	    "UBND XÃ BÌNH NGUYỆT\nSố: 5/KH-UBND\n\nKẾ HOẠCH\nBảo vệ bí mật nhà nước năm 2026\n";
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	g_autofree char *path = put_aside(test, SECRET, strlen(SECRET)), *files = NULL, *again = NULL;
	EvidenceArrival arrival = {path, "kế hoạch.txt", NULL, (int64_t)strlen(SECRET)};
	g_autoptr(GError) error = NULL;
	EvidenceFile file;

	g_assert_false(evidence_receive(&scope, &arrival, arena, &file, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_assert_nonnull(strstr(error->message, "“MẬT”"));
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	files = g_build_filename(test->directory, "files", NULL);
	g_assert_cmpint(g_rmdir(files) == 0 || errno == ENOENT, ==, 1); /* it is empty */
	again = put_aside(test, TALK, strlen(TALK));
	arrival.size_bytes = (int64_t)strlen(TALK);
	g_assert_true(evidence_receive(&scope, &arrival, arena, &file, NULL));
}

static void
test_mark_secret(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	const EvidenceNew told = {"Kế hoạch nọ", "van-ban", "5/KH-UBND", APP_TEST_TODAY - 3, TASK};
	g_autoptr(GError) error = NULL, again = NULL, back = NULL;
	char key[FILESTORE_KEY_SIZE];
	EvidenceFile file = keep(test, PDF, key);
	g_autofree char *path = filestore_path(test->directory, key);
	int64_t first, second;
	Evidence found;

	g_assert_true(evidence_add(&scope, &told, &file, &first, NULL));
	g_assert_true(evidence_add(&scope, &told, &file, &second, NULL));
	evidence_mark_secret(&scope, first, &error);
	g_assert_no_error(error);
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_assert_cmpint(used(test), ==, 0);
	for (int64_t id = first; id <= second; id++) {
		g_assert_true(evidence_find(&scope, id, arena, &found, NULL));
		g_assert_true(found.is_secret);
		g_assert_cmpstr(found.title, ==, "");
		g_assert_cmpstr(found.file_name, ==, "");
		g_assert_null(found.sha256);
		g_assert_cmpstr(found.number, ==, "5/KH-UBND");
		g_assert_cmpint(found.issued_day, ==, APP_TEST_TODAY - 3);
	}
	g_assert_false(evidence_mark_secret(&scope, first, &again));
	g_assert_error(again, APP_ERROR, APP_ERROR_CONFLICT);
	/* the same content does not come back */
	file = keep(test, PDF, key);
	g_assert_false(evidence_add(&scope, &told, &file, &first, &back));
	g_assert_error(back, APP_ERROR, APP_ERROR_INVALID);
	g_assert_cmpuint(count_problems(test, false, "vẫn còn"), ==, 1);
	g_assert_true(evidence_wipe_left(&scope, NULL));
	verify_is_sound(test, true);
}

static void
test_register_secret(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	EvidenceNew told = {"Không được giữ", "van-ban", "5/KH-UBND", APP_TEST_TODAY, TASK};
	g_autoptr(GError) error = NULL;
	Evidence found;
	int64_t id;

	g_assert_true(evidence_add_secret(&scope, &told, &id, NULL));
	g_assert_true(evidence_find(&scope, id, arena, &found, NULL));
	g_assert_cmpstr(found.title, ==, "");
	g_assert_true(found.is_secret);
	told.number = "";
	g_assert_false(evidence_add_secret(&scope, &told, &id, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	verify_is_sound(test, true);
}

static void
test_verify(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	int64_t id = add(test, PDF, "a");
	g_autofree char *path = NULL;
	Evidence found;

	g_assert_true(evidence_find(&scope, id, arena, &found, NULL));
	path = filestore_path(test->directory, found.sha256);
	/* as long, but another content: only reading all of it tells */
	g_assert_true(g_file_set_contents(path, "x" PDF, (gssize)strlen(PDF), NULL));
	g_assert_cmpuint(count_problems(test, false, "minh chứng"), ==, 0);
	g_assert_cmpuint(count_problems(test, true, "bị hỏng"), ==, 1);
	g_assert_true(g_file_set_contents(path, "x", 1, NULL));
	g_assert_cmpuint(count_problems(test, false, "dài 1 byte"), ==, 1);
	g_unlink(path);
	g_assert_cmpuint(count_problems(test, false, "thiếu tệp"), ==, 1);
}

/* ---- uploads in pieces ---- */

static EvidenceUpload
begin(AppTest *test, int64_t size, Arena *arena)
{
	const EvidenceScope scope = scope_of(test);
	const EvidenceUpload announced = {.file_name = "a.txt",
	    .size_bytes = size,
	    .changed_ms = 17,
	    .told = {"", "bao-cao", "", DATE_NONE, TASK}};
	g_autoptr(GError) error = NULL;
	EvidenceUpload upload;

	evidence_upload_begin(&scope, &announced, arena, &upload, &error);
	g_assert_no_error(error);
	return upload;
}

static bool
append(AppTest *test, EvidenceUpload *upload, int64_t offset, const char *bytes, GError **error)
{
	const EvidenceScope scope = scope_of(test);
	g_autofree char *path = put_aside(test, bytes, strlen(bytes));

	return evidence_upload_append(&scope, upload, offset, path, error);
}

static void
test_upload(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	EvidenceUpload upload = begin(test, 10, arena), known;
	g_autoptr(GError) error = NULL, long_error = NULL, early = NULL;
	EvidenceFile file;

	g_assert_cmpint(upload.offset, ==, 0);
	g_assert_true(append(test, &upload, 0, "12345", NULL));
	/* a piece that was sent twice, and one that is too far on: the answer is where to go on */
	g_assert_false(append(test, &upload, 0, "12345", &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_CONFLICT);
	g_assert_cmpint(upload.offset, ==, 5);
	g_assert_false(append(test, &upload, 5, "6789012", &long_error));
	g_assert_error(long_error, APP_ERROR, APP_ERROR_LIMIT);
	g_assert_false(evidence_upload_complete(&scope, &upload, NULL, arena, &file, &early));
	g_assert_error(early, APP_ERROR, APP_ERROR_CONFLICT);
	/* the browser was closed and chooses the same file again */
	known = begin(test, 10, arena);
	g_assert_cmpstr(known.upload_id, ==, upload.upload_id);
	g_assert_cmpint(known.offset, ==, 5);
	g_assert_true(append(test, &known, 5, "67890", NULL));
	g_assert_true(evidence_upload_complete(&scope, &known,
	    "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646", arena, &file, NULL));
	g_assert_cmpstr(file.sha256, ==, "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646");
}

static void
test_upload_wrong_hash(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	EvidenceUpload upload = begin(test, 10, arena);
	g_autoptr(GError) error = NULL;
	EvidenceFile file;

	g_assert_true(append(test, &upload, 0, "1234567899", NULL));
	g_assert_false(evidence_upload_complete(&scope, &upload,
	    "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646", arena, &file, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_INVALID);
	g_assert_true(evidence_upload_find(&scope, upload.upload_id, arena, &upload, NULL));
	g_assert_cmpint(upload.offset, ==, 0);
}

/* Nobody but the account itself goes on with an upload; a wrong number is no path. */
static void
test_upload_others(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	EvidenceScope scope = scope_of(test);
	EvidenceUpload upload = begin(test, 10, arena), found;
	static const char *const WRONG[] = {"", "abc", "../../../etc/passwd",
	    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"};

	scope.account_id = 4;
	g_assert_false(evidence_upload_find(&scope, upload.upload_id, arena, &found, NULL));
	scope.account_id = 3;
	for (size_t i = 0; i < G_N_ELEMENTS(WRONG); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(evidence_upload_find(&scope, WRONG[i], arena, &found, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_NOT_FOUND);
	}
}

static void
test_upload_ceilings(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	const EvidenceScope scope = scope_of(test);
	EvidenceUpload announced = {.file_name = "a.txt", .told = {"", "bao-cao", "", DATE_NONE, TASK}},
		       upload;
	g_autoptr(GError) error = NULL, type = NULL, room = NULL;

	for (int i = 1; i <= EVIDENCE_UPLOADS_MAX; i++)
		begin(test, i, arena);
	announced.size_bytes = 99;
	g_assert_false(evidence_upload_begin(&scope, &announced, arena, &upload, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_LIMIT);
	announced.file_name = "a.exe";
	g_assert_false(evidence_upload_begin(&scope, &announced, arena, &upload, &type));
	g_assert_error(type, APP_ERROR, APP_ERROR_UNREADABLE);
	g_assert_true(evidence_upload_drop(&scope, begin(test, 1, arena).upload_id, NULL));
	announced.file_name = "a.txt";
	announced.size_bytes = 201 * EVIDENCE_BYTES_PER_MB;
	g_assert_false(evidence_upload_begin(&scope, &announced, arena, &upload, &room));
	g_assert_error(room, APP_ERROR, APP_ERROR_LIMIT);
	g_assert_nonnull(strstr(room->message, "200,0 MB"));
}

static void
test_upload_expires(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Arena) arena = arena_new();
	EvidenceScope scope = scope_of(test);
	EvidenceUpload upload = begin(test, 10, arena), found;
	g_autofree char *folder =
	    g_strdup_printf("%s/uploads/%" G_GINT64_FORMAT, test->directory, test->commune_id);
	g_autofree char *stray = g_build_filename(folder, "stray.part", NULL);
	int64_t n;

	g_assert_true(append(test, &upload, 0, "12345", NULL));
	g_assert_true(g_file_set_contents(stray, "x", 1, NULL));
	g_assert_true(evidence_upload_expire(&scope, true, &n, NULL));
	g_assert_cmpint(n, ==, 0);
	g_assert_false(g_file_test(stray, G_FILE_TEST_EXISTS));
	g_assert_true(evidence_upload_find(&scope, upload.upload_id, arena, &found, NULL));
	g_assert_cmpint(found.offset, ==, 5);
	/* far behind both the row's clock and the disk's */
	scope.now_us += 20000 * INSTANT_DAY;
	g_assert_true(evidence_upload_expire(&scope, false, &n, NULL));
	g_assert_cmpint(n, ==, 1);
	g_assert_false(evidence_upload_find(&scope, upload.upload_id, arena, &found, NULL));
}

static void
test_piece(void)
{
	static const char HASH[] = "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646";
	EvidencePiece piece;

	g_assert_true(evidence_piece_parse("4194304", HASH, &piece));
	g_assert_cmpint(piece.offset, ==, 4194304);
	g_assert_cmpstr(piece.sha256, ==, HASH);
	g_assert_true(evidence_piece_parse("0", NULL, &piece));
	g_assert_cmpstr(piece.sha256, ==, "");
	g_assert_false(evidence_piece_parse(NULL, NULL, &piece));
	g_assert_false(evidence_piece_parse("", NULL, &piece));
	g_assert_false(evidence_piece_parse("-1", NULL, &piece));
	g_assert_false(evidence_piece_parse("+1", NULL, &piece));
	g_assert_false(evidence_piece_parse(" 1", NULL, &piece));
	g_assert_false(evidence_piece_parse("0x10", NULL, &piece));
	g_assert_false(evidence_piece_parse("99999999999999999999", NULL, &piece));
	g_assert_false(evidence_piece_parse("1", "abc", &piece));
	g_assert_false(evidence_piece_parse(
	    "1", "C775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646", &piece));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/evidence/add", test_add);
	g_test_add_func("/evidence/once", test_once);
	g_test_add_func("/evidence/refusals", test_refusals);
	g_test_add_func("/evidence/withdraw", test_withdraw);
	g_test_add_func("/evidence/attach", test_attach);
	g_test_add_func("/evidence/search", test_search);
	g_test_add_func("/evidence/quota", test_quota);
	g_test_add_func("/evidence/receive", test_receive);
	g_test_add_func("/evidence/secret/received", test_receive_secret);
	g_test_add_func("/evidence/secret/marked", test_mark_secret);
	g_test_add_func("/evidence/secret/registered", test_register_secret);
	g_test_add_func("/evidence/verify", test_verify);
	g_test_add_func("/evidence/upload/pieces", test_upload);
	g_test_add_func("/evidence/upload/wrong-hash", test_upload_wrong_hash);
	g_test_add_func("/evidence/upload/others", test_upload_others);
	g_test_add_func("/evidence/upload/ceilings", test_upload_ceilings);
	g_test_add_func("/evidence/upload/expires", test_upload_expires);
	g_test_add_func("/evidence/upload/piece", test_piece);
	return g_test_run();
}
