/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tree.h"

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The commands over files that are not text, with a reader that does what its input says
 * (reader/run/tests/bad-reader.c). */

static char *program;
static char *directory;

static void
write_file(const char *name, const char *bytes, size_t len)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);

	g_assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
}

static void
write_pdf(const char *name, const char *orders)
{
	g_autofree char *text = g_strdup_printf("%%PDF-1.7\n%s", orders);

	write_file(name, text, strlen(text));
}

static char **
make_command(const char *const *arguments)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

	g_strv_builder_add(builder, program);
	for (size_t i = 0; arguments[i] != NULL; i++)
		g_strv_builder_add(builder, arguments[i]);
	return g_strv_builder_end(builder);
}

/* Runs the program in the folder; gives its exit code and what it printed. */
static int
run(const char *const *arguments, char **ret_out, char **ret_log)
{
	g_auto(GStrv) command = make_command(arguments);
	g_autoptr(GError) error = NULL;
	int status;

	g_assert_true(g_spawn_sync(
	    directory, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, ret_out, ret_log, &status, &error));
	g_assert_no_error(error);
	g_assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
assert_run(const char *const *arguments, int code, const char *out_words, const char *log_words)
{
	g_autofree char *out = NULL, *log = NULL;
	int result = run(arguments, &out, &log);

	if (result != code || strstr(out, out_words) == NULL || strstr(log, log_words) == NULL)
		g_error("%s: code %d, out \"%s\", log \"%s\"", arguments[0], result, out, log);
}

static void
test_compile(void)
{
	write_pdf("ke-hoach.txt", "SHEETS:2\nTEXT:I. MỤC ĐÍCH\n"); /* what counts is what is inside */
	assert_run((const char *const[]){"compile", "ke-hoach.txt", NULL}, 0, "\"title\":\"MỤC ĐÍCH\"", "");
	assert_run((const char *const[]){"lint", "ke-hoach.txt", NULL}, 1, "number-repeated", "");
	assert_run((const char *const[]){"diff", "ke-hoach.txt", "ke-hoach.txt", NULL}, 0, "0 thay đổi", "");
}

static void
test_refused(void)
{
	write_pdf("hong.pdf", "DO:crash\n");
	write_file("anh.gif", "GIF89a", 6);
	assert_run((const char *const[]){"compile", "hong.pdf", NULL}, 3, "",
	    "namro compile: hong.pdf: bộ đọc PDF dừng đột ngột ở trang 3");
	assert_run((const char *const[]){"lint", "anh.gif", NULL}, 3, "", "anh.gif: đây là tệp ảnh GIF");
}

static void
test_import(void)
{
	write_pdf("ke-hoach.pdf", "SHEETS:2\n");
	write_pdf("hong.pdf", "DO:crash\n");
	assert_run((const char *const[]){"init", "du-lieu", NULL}, 0, "", "");
	assert_run((const char *const[]){"import", "du-lieu", "ke-hoach.pdf", "hong.pdf", NULL}, 3, "",
	    "không tệp nào được nhập");
	assert_run((const char *const[]){"import", "du-lieu", "ke-hoach.pdf", NULL}, 0, "đã nhập", "");
	assert_run(
	    (const char *const[]){"import", "du-lieu", "ke-hoach.pdf", NULL}, 0, "không thay đổi gì", "");
}

static void
test_import_draft(void)
{
	write_pdf("nhap.pdf", "SHEETS:3\nTEXT:II. NHIỆM VỤ\n");
	write_pdf("hong.pdf", "DO:crash\n");
	assert_run((const char *const[]){"init", "nhap", NULL}, 0, "", "");
	assert_run((const char *const[]){"import", "--draft", "nhap", "nhap.pdf", NULL}, 0,
	    "nhap.pdf: bản nháp số 1", "");
	assert_run((const char *const[]){"import", "--draft", "nhap", "nhap.pdf", NULL}, 0,
	    "đã có trong bản nháp số 1", "");
	/* The file is kept, and the draft says why it cannot be read. */
	assert_run((const char *const[]){"import", "--draft", "nhap", "hong.pdf", NULL}, 3, "",
	    "bộ đọc PDF dừng đột ngột ở trang 3");
	assert_run((const char *const[]){"import", "nhap", "nhap.pdf", NULL}, 0, "đã nhập", "");
}

static void
test_help(void)
{
	assert_run((const char *const[]){"compile", "--help", NULL}, 0, "Word (.docx)", "");
	assert_run((const char *const[]){"import", "--help", NULL}, 0, "Excel (.xlsx)", "");
	assert_run((const char *const[]){"import", "--help", NULL}, 0, "--draft", "");
}

/* Reads a terminal until its other side is closed. */
static char *
read_terminal(int fd)
{
	GString *text = g_string_new(NULL);
	char buffer[1024];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		g_string_append_len(text, buffer, n);
	return g_string_free(text, FALSE);
}

static void
test_progress(void)
{
	const char *const arguments[] = {"compile", "cham.pdf", NULL};
	g_auto(GStrv) command = make_command(arguments);
	int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), nothing = open("/dev/null", O_RDWR), side,
	    status;
	g_autofree char *orders = g_strdup_printf("SHEETS:%u\nSLOW:1\n", 8 * g_get_num_processors());
	g_autofree char *shown = NULL, *out = NULL, *log = NULL;
	g_autoptr(GError) error = NULL;
	GPid pid;

	g_assert_cmpint(terminal, >=, 0);
	g_assert_true(grantpt(terminal) == 0 && unlockpt(terminal) == 0);
	side = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
	g_assert_cmpint(side, >=, 0);
	/* Each page takes 0.2 s; eight rounds of as many as there are cores are enough to be shown. */
	write_pdf("cham.pdf", orders);
	g_assert_true(g_spawn_async_with_fds(directory, command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
	    &pid, nothing, nothing, side, &error));
	g_assert_no_error(error);
	close(side);
	shown = read_terminal(terminal);
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	close(terminal);
	close(nothing);
	g_assert_nonnull(strstr(shown, "Đang đọc trang "));
	g_assert_true(g_str_has_suffix(g_strrstr(shown, "\r\033[K"), "[not-a-plan]\r\n"));

	g_assert_cmpint(run(arguments, &out, &log), ==, 0);
	g_assert_null(strstr(log, "Đang đọc"));
}

static void
link_readers(const char *bad_reader)
{
	static const char *const NAMES[] = {
	    "namro-read-office", "namro-read-web", "namro-read-pdf", "namro-read-ocr", "namro-read-layout"};
	g_autofree char *target = g_canonicalize_filename(bad_reader, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
		g_autofree char *path = g_build_filename(directory, NAMES[i], NULL);

		g_assert_cmpint(symlink(target, path), ==, 0);
	}
	g_assert_true(g_setenv("NAMRO_READERS", directory, TRUE));
}

int
main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(argc, ==, 3);
	program = g_canonicalize_filename(argv[1], NULL); /* it is run in another folder */
	directory = g_dir_make_tmp("namro-formats-XXXXXX", NULL);
	g_assert_nonnull(directory);
	link_readers(argv[2]);
	g_test_add_func("/formats/compile", test_compile);
	g_test_add_func("/formats/refused", test_refused);
	g_test_add_func("/formats/import", test_import);
	g_test_add_func("/formats/import-draft", test_import_draft);
	g_test_add_func("/formats/help", test_help);
	g_test_add_func("/formats/progress", test_progress);
	result = g_test_run();
	tree_remove(directory);
	g_free(directory);
	g_free(program);
	return result;
}
