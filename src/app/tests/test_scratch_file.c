/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scratch_file.h"
#include "base/app-error.h"

#include <glib/gstdio.h>

/* Files that a library writes and we read: what was written comes back, and nothing is left behind. */

typedef struct Told {
	const char *text; /* NULL: writing fails */
	bool is_lost;     /* the file is gone when it is read back */
	char *path;
} Told;

static bool
write_told(const char *path, void *data, GError **error)
{
	Told *told = data;

	told->path = g_strdup(path);
	if (told->text == NULL) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_STORAGE, "đầy");
		return false;
	}
	g_assert_true(g_file_set_contents(path, told->text, -1, NULL));
	return !told->is_lost || g_unlink(path) == 0;
}

static void
test_written(void)
{
	g_autoptr(GString) out = g_string_new("trước ");
	g_autoptr(GError) error = NULL;
	Told told = {.text = "nội dung"};

	g_assert_true(scratch_file_fill("tệp Excel", write_told, &told, out, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(out->str, ==, "trước nội dung");
	g_assert_false(g_file_test(told.path, G_FILE_TEST_EXISTS));
	g_free(told.path);
}

static void
test_failed(void)
{
	Told cases[] = {{.text = NULL}, {.text = "a", .is_lost = true}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new("");
		g_autoptr(GError) error = NULL;

		g_assert_false(scratch_file_fill("tệp Excel", write_told, &cases[i], out, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
		g_assert_cmpstr(out->str, ==, "");
		g_assert_false(g_file_test(cases[i].path, G_FILE_TEST_EXISTS));
		g_free(cases[i].path);
	}
}

/* The folder for temporary files is not there: said, and nothing is written. */
static void
test_no_folder(void)
{
	g_autoptr(GString) out = g_string_new("");
	g_autoptr(GError) error = NULL;
	Told told = {.text = "a"};

	if (g_test_subprocess()) {
		g_assert_false(scratch_file_fill("tệp Excel", write_told, &told, out, &error));
		g_assert_error(error, APP_ERROR, APP_ERROR_STORAGE);
		g_assert_null(told.path);
		return;
	}
	g_setenv("TMPDIR", "/khong-co-thu-muc-nay", TRUE);
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_unsetenv("TMPDIR");
	g_test_trap_assert_passed();
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scratch-file/written", test_written);
	g_test_add_func("/scratch-file/failed", test_failed);
	g_test_add_func("/scratch-file/no-folder", test_no_folder);
	return g_test_run();
}
