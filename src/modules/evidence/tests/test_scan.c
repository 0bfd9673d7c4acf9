/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filestore.h"
#include "app/setting.h"
#include "app/testing.h"
#include "base/date.h"
#include "modules/evidence/evidence.h"
#include "modules/evidence/evidence_clamd.h"
#include "modules/evidence/evidence_internal.h"
#include "modules/evidence/evidence_limits.h"
#include "modules/evidence/evidence_scan.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The scanner, against a clamd of our own that behaves and misbehaves. */

#define CONTENT "x5o!not really a virus"
#define HANG_MS 400

typedef enum {
	FAKE_CLEAN,
	FAKE_FOUND,
	FAKE_ERROR,
	FAKE_GARBAGE,
	FAKE_HANGS,
	FAKE_CLOSES,
	FAKE_SILENT,
	FAKE_FOUND_EARLY
} FakeMood;

/* Listens on a socket in a folder, answers one client, and keeps what was streamed to it. */
typedef struct Fake {
	char *folder, *address;
	int listen_fd;
	FakeMood mood;
	GThread *thread;
	GString *received;
	gint is_over;
} Fake;

static bool
read_exactly(int fd, void *bytes, size_t len)
{
	for (char *at = bytes; len > 0;) {
		ssize_t n = recv(fd, at, len, 0);

		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool
read_stream(Fake *fake, int fd)
{
	char command[10];

	if (!read_exactly(fd, command, sizeof(command)) || memcmp(command, "zINSTREAM", 10) != 0)
		return false;
	for (;;) {
		uint32_t len_be;
		g_autofree char *bytes = NULL;
		size_t len;

		if (!read_exactly(fd, &len_be, 4))
			return false;
		len = GUINT32_FROM_BE(len_be);
		if (len == 0)
			return true;
		bytes = g_malloc(len);
		if (!read_exactly(fd, bytes, len))
			return false;
		g_string_append_len(fake->received, bytes, (gssize)len);
	}
}

static void
wait_for_end(Fake *fake)
{
	for (int i = 0; i < 500 && g_atomic_int_get(&fake->is_over) == 0; i++)
		g_usleep(10000);
}

static void
answer(Fake *fake, int fd)
{
	static const char *const ANSWERS[] = {[FAKE_CLEAN] = "stream: OK",
	    [FAKE_FOUND] = "stream: Eicar-Signature FOUND",
	    [FAKE_ERROR] = "INSTREAM size limit exceeded. ERROR",
	    [FAKE_GARBAGE] = "\x01\x02 garbage \xFF",
	    [FAKE_FOUND_EARLY] = "stream: Early FOUND"};
	char command[10];

	if (fake->mood == FAKE_HANGS) {
		wait_for_end(fake);
	} else if (fake->mood == FAKE_CLOSES) {
		read_exactly(fd, command, sizeof(command));
	} else if (fake->mood == FAKE_FOUND_EARLY) {
		read_exactly(fd, command, sizeof(command));
		send(fd, ANSWERS[fake->mood], strlen(ANSWERS[fake->mood]) + 1, MSG_NOSIGNAL);
		shutdown(fd, SHUT_WR);
		wait_for_end(fake);
	} else if (read_stream(fake, fd) && fake->mood != FAKE_SILENT) {
		send(fd, ANSWERS[fake->mood], strlen(ANSWERS[fake->mood]) + 1, MSG_NOSIGNAL);
	}
}

static gpointer
run(gpointer data)
{
	Fake *fake = data;
	int fd = accept(fake->listen_fd, NULL, NULL);

	if (fd >= 0) {
		answer(fake, fd);
		close(fd);
	}
	return NULL;
}

static Fake *
fake_new(FakeMood mood)
{
	Fake *fake = g_new0(Fake, 1);
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	fake->folder = g_dir_make_tmp("clamd-XXXXXX", NULL);
	fake->address = g_build_filename(fake->folder, "s", NULL);
	fake->mood = mood;
	fake->received = g_string_new(NULL);
	g_strlcpy(address.sun_path, fake->address, sizeof(address.sun_path));
	fake->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert_cmpint(bind(fake->listen_fd, (struct sockaddr *)(void *)&address, sizeof(address)), ==, 0);
	g_assert_cmpint(listen(fake->listen_fd, 1), ==, 0);
	fake->thread = g_thread_new("clamd", run, fake);
	return fake;
}

static void
fake_free(Fake *fake)
{
	g_atomic_int_set(&fake->is_over, 1);
	shutdown(fake->listen_fd, SHUT_RDWR);
	g_thread_join(fake->thread);
	close(fake->listen_fd);
	g_unlink(fake->address);
	g_rmdir(fake->folder);
	g_string_free(fake->received, TRUE);
	g_free(fake->address);
	g_free(fake->folder);
	g_free(fake);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fake, fake_free)

static char *
write_file(const Fake *fake, size_t len)
{
	char *path = g_build_filename(fake->folder, "file", NULL);
	g_autofree char *bytes = g_malloc0(len);

	memcpy(bytes, CONTENT, MIN(len, sizeof(CONTENT) - 1));
	g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
	return path;
}

static const struct {
	const char *name;
	FakeMood mood;
	size_t len;
	bool is_answered;
	ClamdVerdict verdict;
} CASES[] = {
    {"clean", FAKE_CLEAN, sizeof(CONTENT) - 1, true, CLAMD_CLEAN},
    {"large", FAKE_CLEAN, 3000000, true, CLAMD_CLEAN},
    {"found", FAKE_FOUND, sizeof(CONTENT) - 1, true, CLAMD_FOUND},
    {"found-early", FAKE_FOUND_EARLY, 3000000, true, CLAMD_FOUND},
    {"error", FAKE_ERROR, sizeof(CONTENT) - 1, true, CLAMD_ERROR},
    {"garbage", FAKE_GARBAGE, sizeof(CONTENT) - 1, true, CLAMD_GARBAGE},
    {"hangs", FAKE_HANGS, 3000000, false, CLAMD_GARBAGE},
    {"closes", FAKE_CLOSES, 3000000, false, CLAMD_GARBAGE},
    {"silent", FAKE_SILENT, sizeof(CONTENT) - 1, false, CLAMD_GARBAGE},
};

static void
test_talk(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autoptr(Fake) fake = fake_new(CASES[i].mood);
	const ClamdOptions options = {fake->address, HANG_MS, 4 * HANG_MS, NULL};
	g_autofree char *path = write_file(fake, CASES[i].len);
	g_autoptr(GError) error = NULL;
	ClamdAnswer answered;

	g_assert_cmpint(clamd_scan(&options, path, &answered, &error), ==, CASES[i].is_answered);
	if (CASES[i].is_answered)
		g_assert_cmpint(answered.verdict, ==, CASES[i].verdict);
	else
		g_assert_nonnull(error);
	if (CASES[i].mood == FAKE_CLEAN)
		g_assert_cmpuint(fake->received->len, ==, CASES[i].len);
	g_unlink(path);
}

static void
test_address(void)
{
	g_assert_true(clamd_address_is_valid("/run/clamav/clamd.ctl"));
	g_assert_true(clamd_address_is_valid("127.0.0.1:3310"));
	g_assert_false(clamd_address_is_valid("10.0.0.1:3310"));
	g_assert_false(clamd_address_is_valid("scanner.example:3310"));
	g_assert_false(clamd_address_is_valid("127.0.0.1"));
	g_assert_false(clamd_address_is_valid("127.0.0.1:0"));
	g_assert_false(clamd_address_is_valid(""));
}

/* ---- the work behind the pages ---- */

static int64_t
add(AppTest *test, const EvidenceScope *scope)
{
	const EvidenceNew told = {"t", "bao-cao", NULL, DATE_NONE, {"task", "1/1"}};
	g_autoptr(GError) error = NULL;
	char key[FILESTORE_KEY_SIZE];
	EvidenceFile file = {key, "a.txt", "text", sizeof(CONTENT) - 1};
	int64_t id = 0;

	g_assert_true(filestore_add(test->directory, CONTENT, sizeof(CONTENT) - 1, key, NULL));
	evidence_add(scope, &told, &file, &id, &error);
	g_assert_no_error(error);
	return id;
}

static bool
work(AppTest *test, const EvidenceScope *scope)
{
	gint is_cancelled = 0;
	const AppWork one = {.db = test->db,
	    .commune_id = test->commune_id,
	    .directory = test->directory,
	    .now_us = scope->now_us,
	    .is_cancelled = &is_cancelled,
	    .is_first = true};
	g_autoptr(GError) error = NULL;
	bool did;

	evidence_work(&one, &did, &error);
	g_assert_no_error(error);
	return did;
}

static void
check_sound(AppTest *test)
{
	g_auto(LedgerReport) report = {0};

	g_assert_true(app_verify(test->app, &report, NULL));
	g_assert_cmpuint(report.problems->len, ==, 0);
}

static void
test_states(void)
{
	static const struct {
		FakeMood mood;
		EvidenceScan scan;
		int64_t counts;
	} STATES[] = {{FAKE_CLEAN, EVIDENCE_CLEAN, 1}, {FAKE_FOUND, EVIDENCE_SUSPECT, 0},
	    {FAKE_GARBAGE, EVIDENCE_UNSCANNED, 1}, {FAKE_SILENT, EVIDENCE_UNSCANNED, 1}};

	for (size_t i = 0; i < G_N_ELEMENTS(STATES); i++) {
		g_autoptr(AppTest) test = app_test_new(APP_MODULES);
		g_autoptr(Fake) fake = fake_new(STATES[i].mood);
		g_autoptr(Arena) arena = arena_new();
		const LedgerActor actor = {0, "thử", ""};
		const EvidenceScope scope = {test->db, test->commune_id, test->directory,
		    (int64_t)APP_TEST_TODAY * INSTANT_DAY, actor, 0};
		int64_t id = add(test, &scope), n;
		Evidence found;

		/* nobody to ask: nothing is done */
		g_assert_false(work(test, &scope));
		g_assert_true(app_setting_set(test->db, test->commune_id, &actor, scope.now_us,
		    EVIDENCE_SCANNER_KEY, fake->address, NULL));
		g_assert_true(work(test, &scope));
		g_assert_true(evidence_find(&scope, id, arena, &found, NULL));
		g_assert_cmpint(found.scan, ==, STATES[i].scan);
		if (STATES[i].scan == EVIDENCE_UNSCANNED)
			g_assert_cmpstr(found.scan_message, !=, "");
		if (STATES[i].scan == EVIDENCE_SUSPECT)
			g_assert_cmpstr(found.scan_message, ==, "Eicar-Signature");
		g_assert_true(evidence_count(&scope, &(EvidenceObject){"task", "1/1"}, NULL, &n, NULL));
		g_assert_cmpint(n, ==, STATES[i].counts);
		/* what failed is not tried again at once */
		g_assert_false(work(test, &scope));
		check_sound(test);
	}
}

/* A suspect file leaves only by an administrator's step, which is noted. */
static void
test_quarantine(void)
{
	g_autoptr(AppTest) test = app_test_new(APP_MODULES);
	g_autoptr(Fake) fake = fake_new(FAKE_FOUND);
	const LedgerActor actor = {0, "thử", ""};
	const EvidenceScope scope = {
	    test->db, test->commune_id, test->directory, (int64_t)APP_TEST_TODAY * INSTANT_DAY, actor, 0};
	g_autofree char *body = NULL, *refused = NULL, *given = NULL, *state = NULL;

	add(test, &scope);
	g_assert_cmpint(app_test_get(test, "/minh-chung/1/tep", &body), ==, 200);
	g_assert_cmpstr(body, ==, CONTENT);
	g_assert_true(app_setting_set(
	    test->db, test->commune_id, &actor, scope.now_us, EVIDENCE_SCANNER_KEY, fake->address, NULL));
	g_assert_true(work(test, &scope));
	g_assert_cmpint(app_test_get(test, "/minh-chung/1/tep", &refused), ==, 409);
	g_assert_nonnull(strstr(refused, "Eicar-Signature"));
	g_assert_null(strstr(refused, CONTENT));
	g_assert_cmpint(
	    app_test_post(test, "/minh-chung/1/lay-tep-nghi-nhiem", "ly-do=", NULL, NULL), ==, 422);
	g_assert_cmpint(
	    app_test_post(test, "/minh-chung/1/lay-tep-nghi-nhiem", "ly-do=kiem+tra", &given, NULL), ==, 200);
	g_assert_cmpstr(given, ==, CONTENT);
	g_assert_true(ledger_last_state(test->db, test->commune_id, "quarantine/1", &state, NULL));
	g_assert_nonnull(strstr(state, "kiem tra"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *path = g_strconcat("/evidence/clamd/", CASES[i].name, NULL);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_talk);
	}
	g_test_add_func("/evidence/clamd/address", test_address);
	g_test_add_func("/evidence/scan/states", test_states);
	g_test_add_func("/evidence/scan/quarantine", test_quarantine);
	return g_test_run();
}
