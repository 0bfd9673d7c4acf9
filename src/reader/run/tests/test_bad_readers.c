/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "reader/reader.h"
#include "reader/run/program.h"
#include "reader/run/tests/fake.h"

#include <glib/gstdio.h>
#include <string.h>

/* Whatever a reader does, the reading ends with a message that says what happened, nothing of the reader is
 * left, and the next file is read. */

#define OFFICE "PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0word/\n"

static GString *
word_file(const char *orders)
{
	GString *bytes = g_string_new(NULL);

	g_string_append_len(bytes, OFFICE, sizeof(OFFICE) - 1);
	g_string_append(bytes, orders);
	return bytes;
}

static void
assert_reads(void)
{
	g_autoptr(GString) file = word_file("");
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	program_limits(READER_PROGRAM_OFFICE)->wall_s = 60;
	g_assert_true(reader_read(file->str, file->len, NULL, &document, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(document->blocks->len, ==, 1);
	fake_assert_no_process();
}

static void
assert_refused(const char *orders, AppErrorCode code, const char *words)
{
	const ReaderOptions options = {.file_name = "ke-hoach.docx"};
	g_autoptr(GString) file = word_file(orders);
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_false(reader_read(file->str, file->len, &options, &document, &error));
	g_assert_error(error, APP_ERROR, (gint)code);
	if (!g_str_has_prefix(error->message, "ke-hoach.docx: ") || strstr(error->message, words) == NULL)
		g_error("\"%s\" does not say \"%s\"", error->message, words);
	g_assert_null(document);
	fake_assert_no_process();
	assert_reads();
}

static const struct {
	const char *deed;
	AppErrorCode code;
	const char *words;
	bool is_endless;
} CASES[] = {
    {"loop", APP_ERROR_LIMIT, "chạy quá lâu", true},
    {"use-up", APP_ERROR_LIMIT, "chạy quá lâu", false},
    {"sleep", APP_ERROR_LIMIT, "chạy quá lâu", true},
    {"close", APP_ERROR_LIMIT, "chạy quá lâu", true},
    {"flood-log", APP_ERROR_LIMIT, "chạy quá lâu", true},
    {"memory", APP_ERROR_LIMIT, "128 MB bộ nhớ", false},
    {"flood", APP_ERROR_LIMIT, "kết quả lớn hơn 4 MB", false},
    {"socket", APP_ERROR_UNREADABLE, "không được phép", false},
    {"fork", APP_ERROR_UNREADABLE, "không được phép", false},
    {"exec", APP_ERROR_UNREADABLE, "không được phép", false},
    {"crash", APP_ERROR_UNREADABLE, "dừng đột ngột ở trang 3", false},
    {"abort", APP_ERROR_UNREADABLE, "dừng đột ngột", false},
    {"orphan", APP_ERROR_UNREADABLE, "dừng đột ngột", false},
    {"leave-with-code", APP_ERROR_UNREADABLE, "dừng đột ngột", false},
    {"leave", APP_ERROR_UNREADABLE, "hỏng hoặc dở dang", false},
    {"garbage", APP_ERROR_UNREADABLE, "hỏng hoặc dở dang", false},
    {"half", APP_ERROR_UNREADABLE, "hỏng hoặc dở dang", false},
    {"huge-frame", APP_ERROR_UNREADABLE, "hỏng hoặc dở dang", false},
};

static void
test_deed(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	g_autofree char *orders = g_strdup_printf("DO:%s\n", CASES[i].deed);

	/* On a busy machine anything takes long: only what does not end by itself meets the clock. */
	program_limits(READER_PROGRAM_OFFICE)->wall_s = CASES[i].is_endless ? 3 : 60;
	assert_refused(orders, CASES[i].code, CASES[i].words);
}

static void
test_write(void)
{
	g_autofree char *path = g_build_filename(fake_directory, "written", NULL);
	g_autofree char *orders = g_strdup_printf("WRITE:%s\n", path);

	assert_refused(orders, APP_ERROR_UNREADABLE, "không ghi được");
	g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

/* What is whole counts, even if the process does not end. */
static void
test_end_asleep(void)
{
	g_autoptr(GString) file = word_file("DO:end-asleep\n");
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(reader_read(file->str, file->len, NULL, &document, &error));
	g_assert_no_error(error);
	fake_assert_no_process();
}

static void
test_missing(void)
{
	g_autofree char *path = g_build_filename(fake_directory, "namro-read-office", NULL);
	g_autofree char *aside = g_build_filename(fake_directory, "aside", NULL);
	g_autoptr(GString) file = word_file("");
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(g_rename(path, aside), ==, 0);
	g_assert_false(reader_read(file->str, file->len, NULL, &document, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_UNREADABLE);
	g_assert_nonnull(strstr(error->message, "namro-read-office"));
	g_assert_nonnull(strstr(error->message, "cài đặt lại"));
	g_assert_cmpint(g_rename(aside, path), ==, 0);
	assert_reads();
}

static gpointer
cancel_soon(gpointer data)
{
	g_usleep(100 * 1000);
	g_atomic_int_set((gint *)data, 1);
	return NULL;
}

static void
test_cancel(void)
{
	gint is_cancelled = 0;
	const ReaderOptions options = {.is_cancelled = &is_cancelled};
	g_autoptr(GString) file = word_file("DO:sleep\n");
	g_autoptr(BlockDocument) document = NULL;
	g_autoptr(GError) error = NULL;
	GThread *thread = g_thread_new("cancel", cancel_soon, &is_cancelled);

	g_assert_false(reader_read(file->str, file->len, &options, &document, &error));
	g_assert_error(error, APP_ERROR, APP_ERROR_BUSY);
	g_thread_join(thread);
	fake_assert_no_process();
	assert_reads();
}

int
main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	g_assert_cmpint(argc, ==, 2);
	fake_set_up(argv[1]);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *name = g_strconcat("/bad-readers/", CASES[i].deed, NULL);

		g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_deed);
	}
	g_test_add_func("/bad-readers/write", test_write);
	g_test_add_func("/bad-readers/end-asleep", test_end_asleep);
	g_test_add_func("/bad-readers/missing", test_missing);
	g_test_add_func("/bad-readers/cancel", test_cancel);
	result = g_test_run();
	fake_tear_down();
	return result;
}
