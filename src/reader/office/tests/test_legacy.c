/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/office/legacy.h"
#include "reader/office/office.h"
#include "reader/office/tests/support.h"

#include <glib/gstdio.h>
#include <string.h>

#define TIMEOUT_MS 60000

static const LegacyLimits LIMITS = {TIMEOUT_MS, NULL};

/* A program of a few shell lines in place of LibreOffice; the caller's to delete. */
static char *
make_program(const char *lines)
{
	char *path = NULL;
	int fd = g_file_open_tmp("converter-XXXXXX", &path, NULL);
	g_autofree char *script = g_strconcat("#!/bin/sh\n", lines, "\n", NULL);

	g_assert_cmpint(fd, >=, 0);
	g_close(fd, NULL);
	g_assert_true(g_file_set_contents(path, script, -1, NULL));
	g_assert_cmpint(g_chmod(path, 0700), ==, 0);
	return path;
}

static void
check_refused(const char *program, int timeout_ms, const char *file, int code, const char *word)
{
	const LegacyLimits limits = {timeout_ms, NULL};
	g_autoptr(GError) error = NULL;
	ReaderFormat format;
	char *bytes;
	size_t len;

	g_assert_false(
	    legacy_convert_by(program, &limits, file, strlen(file), &bytes, &len, &format, &error));
	g_assert_error(error, APP_ERROR, code);
	if (strstr(error->message, word) == NULL)
		g_error("“%s” is not in “%s”", word, error->message);
}

/* Folders that a conversion left behind. */
static unsigned
count_left(void)
{
	g_autoptr(GDir) folder = g_dir_open(g_get_tmp_dir(), 0, NULL);
	const char *name;
	unsigned n = 0;

	while ((name = g_dir_read_name(folder)) != NULL)
		n += g_str_has_prefix(name, "namro-legacy-") != FALSE;
	return n;
}

static void
test_refusals(void)
{
	g_autofree char *silent = make_program("exit 0");
	unsigned left = count_left();

	check_refused(NULL, TIMEOUT_MS, "{\\rtf1 a}", APP_ERROR_UNREADABLE, "libreoffice-writer-nogui");
	check_refused(NULL, TIMEOUT_MS, "PK....mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
	    APP_ERROR_UNREADABLE, "libreoffice-calc-nogui");
	check_refused(
	    "/nonexistent/soffice", TIMEOUT_MS, "{\\rtf1 a}", APP_ERROR_UNREADABLE, "cần LibreOffice");
	check_refused(silent, TIMEOUT_MS, "{\\rtf1 a}", APP_ERROR_UNREADABLE, "không chuyển được");
	check_refused(silent, TIMEOUT_MS, "chữ", APP_ERROR_UNREADABLE, "không phải .doc");
	g_assert_cmpuint(count_left(), ==, left);
	g_remove(silent);
}

/* A process that was killed is gone, or a zombie that somebody else has to wait for. */
static void
assert_gone(const char *pid)
{
	g_autofree char *proc = g_strdup_printf("/proc/%s/cmdline", pid);
	g_autofree char *command = NULL;

	if (*pid == '\0')
		return;
	for (int i = 0; i < 100 && g_file_get_contents(proc, &command, NULL, NULL) && *command != '\0'; i++) {
		g_clear_pointer(&command, g_free);
		g_usleep(10000);
	}
	g_assert_true(command == NULL || *command == '\0');
}

/* A converter that hangs with a helper that hangs too: both are gone, and their folder. */
static void
test_hanging(void)
{
	g_autofree char *note = g_build_filename(g_get_tmp_dir(), "converter-helper-XXXXXX", NULL);
	g_autofree char *lines = NULL, *program = NULL, *pid = NULL;
	int fd = g_mkstemp(note);
	unsigned left = count_left();

	g_close(fd, NULL);
	lines = g_strdup_printf("sleep 600 & echo $! > %s\nwait", note);
	program = make_program(lines);
	check_refused(program, 1000, "{\\rtf1 a}", APP_ERROR_LIMIT, "không chuyển xong");
	g_assert_cmpuint(count_left(), ==, left);
	g_assert_true(g_file_get_contents(note, &pid, NULL, NULL));
	assert_gone(g_strstrip(pid));
	g_remove(note);
	g_remove(program);
}

typedef struct {
	const char *note; /* the file that the converter writes once it runs */
	gint is_cancelled;
} Cancelling;

static gpointer
cancel_once_running(gpointer data)
{
	Cancelling *cancelling = data;
	GStatBuf status;

	while (g_stat(cancelling->note, &status) != 0 || status.st_size == 0)
		g_usleep(1000);
	g_atomic_int_set(&cancelling->is_cancelled, 1);
	return NULL;
}

/* A reading that nobody wants any more takes the converter and its helper along. */
static void
test_cancelled(void)
{
	g_autofree char *note = g_build_filename(g_get_tmp_dir(), "converter-helper", NULL);
	g_autofree char *lines = g_strdup_printf("sleep 600 & echo $! > %s\nwait", note), *pid = NULL;
	g_autofree char *program = make_program(lines);
	Cancelling cancelling = {.note = note};
	const LegacyLimits limits = {TIMEOUT_MS * 10, &cancelling.is_cancelled};
	GThread *thread = g_thread_new("cancel", cancel_once_running, &cancelling);
	g_autoptr(GError) error = NULL;
	unsigned left = count_left();
	ReaderFormat format;
	char *bytes;
	size_t len;

	g_assert_false(legacy_convert_by(program, &limits, "{\\rtf1 a}", 9, &bytes, &len, &format, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_thread_join(thread);
	g_assert_cmpuint(count_left(), ==, left);
	g_assert_true(g_file_get_contents(note, &pid, NULL, NULL));
	assert_gone(g_strstrip(pid));
	g_remove(note);
	g_remove(program);
}

/* What the program sees: its own folder as home, nothing of our environment, nothing open. */
static void
test_surroundings(void)
{
	g_autofree char *program = make_program("[ \"$HOME\" = \"$PWD\" ] && [ -z \"$NAMRO_SECRET\" ] && [ "
						"$(ls /proc/self/fd | wc -l) -le 4 ] && "
						"[ -f in.rtf ] && printf done > in.docx");
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	ReaderFormat format;
	size_t len;

	g_setenv("NAMRO_SECRET", "x", TRUE);
	g_assert_true(legacy_convert_by(program, &LIMITS, "{\\rtf1 a}", 9, &bytes, &len, &format, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(len, ==, 4);
	g_assert_cmpstr(bytes, ==, "done");
	g_assert_cmpint(format, ==, READER_FORMAT_WORD);
	g_remove(program);
}

static void
test_libreoffice(void)
{
	static const char RTF[] =
	    "{\\rtf1\\ansi\\uc1 K\\u7871? ho\\u7841?ch\\par\\trowd\\cellx2000\\cellx4000\\intbl STT\\cell "
	    "N\\u7897?i dung\\cell\\row\\trowd\\cellx2000\\cellx4000\\intbl 1\\cell "
	    "Vi\\u7879?c\\cell\\row\\pard Sau\\par}";
	g_autofree char *program = g_find_program_in_path("soffice"), *bytes = NULL, *dump = NULL;
	g_autoptr(GError) error = NULL;
	ReaderFormat format;
	size_t len;

	if (program == NULL) {
		g_test_skip("LibreOffice is not installed");
		return;
	}
	if (!legacy_convert(RTF, strlen(RTF), "ke-hoach.rtf", NULL, &bytes, &len, &format, &error))
		g_error("%s", error->message);
	dump = dump_read(office_read_word, bytes, len);
	g_assert_cmpstr(dump, ==, "Kế hoạch\n[2 rows × 2, 0 header]\nSTT | Nội dung\n1 | Việc\nSau\n");
}

int
main(int argc, char **argv)
{
	/* A temporary folder that nobody else puts anything into. */
	g_autofree char *folder = g_dir_make_tmp("test-legacy-XXXXXX", NULL);
	int result;

	g_assert_nonnull(folder);
	g_setenv("TMPDIR", folder, TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/legacy/refusals", test_refusals);
	g_test_add_func("/legacy/hanging", test_hanging);
	g_test_add_func("/legacy/cancelled", test_cancelled);
	g_test_add_func("/legacy/surroundings", test_surroundings);
	g_test_add_func("/legacy/libreoffice", test_libreoffice);
	result = g_test_run();
	g_rmdir(folder);
	return result;
}
